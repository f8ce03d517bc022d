//! Who counts against the staffing quota, who stands beside it, and which posts are assigned by decision.

use crate::{Law, regulation::Regulation};

/// The list of the kinds of posts that a decision assigns.
const QUOTA_KINDS: &str = "quota_kinds";
/// The list of dossier statuses, and what it says of people who are not counted where the dossier lies.
const STATUSES: &str = "dossier_statuses";
const COUNTED: &str = "counts_in_headcount";

/// Codes by which people are recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Codes of `personnel_types`.
    pub personnel_types: Vec<String>,
    /// Codes of `contract_types` that narrow them; empty for every contract and none.
    pub contract_types: Vec<String>,
}

/// A kind of people as one regulation counts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Code of the subject.
    pub code: String,
    /// Name on screen.
    pub label_vi: String,
    /// The article that says so, or `silent`.
    pub article: String,
    /// The regulation covers them.
    pub included: bool,
    /// They count against the quota.
    pub in_quota: bool,
    /// Who belongs to it.
    pub held: Held,
}

/// A kind of posts that a decision assigns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaKind {
    /// Its code.
    pub code: String,
    /// Name on screen.
    pub label_vi: String,
    /// Whether these posts are staffing quota; posts for contracts stand beside it.
    pub in_quota: bool,
    /// Who fills them.
    pub held: Held,
}

impl Held {
    /// Whether somebody of this kind, on this contract, belongs here.
    pub fn holds(&self, personnel_type: &str, contract_type: &str) -> bool {
        let named = |codes: &[String], code: &str| codes.iter().any(|known| known == code);
        named(&self.personnel_types, personnel_type) && (self.contract_types.is_empty() || named(&self.contract_types, contract_type))
    }
}

impl Law {
    /// The kinds of people that a regulation names, in its order; kinds that a status makes are no kind of staff.
    pub fn staff(&self, regulation: &Regulation) -> Vec<Staff> {
        let staff = regulation.subjects.iter().filter_map(|subject| {
            let codes = self.crosswalk.subject.get(&subject.code).filter(|codes| !codes.personnel_types.is_empty())?;
            Some(Staff {
                code: subject.code.clone(),
                label_vi: subject.name_vi.clone(),
                article: subject.article.clone(),
                included: subject.included,
                in_quota: subject.counts_in_quota,
                held: Held { personnel_types: codes.personnel_types.clone(), contract_types: codes.contract_types.clone() },
            })
        });
        staff.collect()
    }

    /// Codes of dossier statuses whose people are not counted where the dossier lies.
    pub fn uncounted_statuses(&self) -> Vec<&str> {
        let items = self.catalogue(STATUSES).into_iter().flat_map(|list| &list.items);
        items.filter(|item| item.more.get(COUNTED).is_some_and(|counted| counted == "false")).map(|item| item.code.as_str()).collect()
    }

    /// The kinds of posts that decisions assign, in the order of their list.
    pub fn quota_kinds(&self) -> Vec<QuotaKind> {
        let items = self.catalogue(QUOTA_KINDS).into_iter().flat_map(|list| &list.items);
        let kind = |item: &crate::Item| {
            let codes = |key: &str| item.more.get(key).map(|text| text.split("; ").map(str::to_owned).collect()).unwrap_or_default();
            QuotaKind {
                code: item.code.clone(),
                label_vi: item.label_vi.clone(),
                in_quota: item.more.get("in_quota").is_some_and(|yes| yes == "true"),
                held: Held { personnel_types: codes("personnel_types"), contract_types: codes("contract_types") },
            }
        };
        items.map(kind).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DataSource;

    #[test]
    fn nobody_belongs_to_two_kinds_of_staff_and_posts_are_filled_by_whom_the_quota_means() {
        let law = Law::load(&DataSource::Embedded).unwrap_or_else(|faults| panic!("{faults}"));
        let codes =
            |list: &str| law.catalogue(list).into_iter().flat_map(|list| &list.items).map(|item| item.code.clone()).collect::<Vec<_>>();
        let pairs: Vec<(String, String)> = codes("personnel_types")
            .into_iter()
            .flat_map(|kind| codes("contract_types").into_iter().chain([String::new()]).map(move |contract| (kind.clone(), contract)))
            .collect();
        for regulation in &law.regulations {
            let staff = law.staff(regulation);
            for (kind, contract) in &pairs {
                let found: Vec<&Staff> = staff.iter().filter(|staff| staff.held.holds(kind, contract)).collect();
                assert!(found.len() <= 1, "{} {kind} {contract}: {found:?}", regulation.code());
                let posts: Vec<QuotaKind> = law.quota_kinds().into_iter().filter(|posts| posts.held.holds(kind, contract)).collect();
                assert!(posts.len() <= 1, "{kind} {contract}: {posts:?}");
                if let (Some(staff), Some(posts)) = (found.first().filter(|staff| staff.included), posts.first()) {
                    assert_eq!(staff.in_quota, posts.in_quota, "{} {kind} {contract}", regulation.code());
                }
            }
        }
    }

    #[test]
    fn contracts_of_the_decrees_stand_beside_the_quota() {
        let law = Law::load(&DataSource::Embedded).unwrap_or_else(|faults| panic!("{faults}"));
        for (regulation, contract, code) in [
            ("yen-bai-2020", "nd68", "contract_nd68"),
            ("lang-son-2022", "nd161", "contract_nd161"),
            ("dong-thap-2014", "nd68", "contract_nd68"),
            ("hue-health-2017", "hdld_khac", "other_worker"),
            ("vinh-phuc-2024", "nd111_ho_tro", "contract_worker"),
        ] {
            let staff = law.regulation(regulation).map(|regulation| law.staff(regulation)).unwrap_or_default();
            let found = staff.iter().find(|staff| staff.held.holds("nguoi_lao_dong", contract));
            assert_eq!(found.map(|staff| (staff.code.as_str(), staff.in_quota)), Some((code, false)), "{regulation}");
            assert!(staff.iter().any(|staff| staff.in_quota && staff.held.holds("cong_chuc", "")), "{regulation}");
        }
        assert!(law.uncounted_statuses().contains(&"seconded_in") && !law.uncounted_statuses().contains(&"working"));
    }
}
