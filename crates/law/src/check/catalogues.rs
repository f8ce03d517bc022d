//! The code lists, and the codes that other files name.

use super::refuse_unknown_origin;
use crate::{
    Law,
    catalogue::{Catalogue, Item},
    crosswalk,
    data::Fault,
    ranks,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Keys of an entry that are codes of another list: list, key, other list.
const REFERENCES: [(&str, &str, &str); 9] = [
    ("communes", "province_code", "provinces"),
    ("communes", "unit_type", "administrative_unit_types"),
    ("communes_until_2025_06_30", "district_code", "districts_until_2025_06_30"),
    ("communes_until_2025_06_30", "unit_type", "administrative_unit_types"),
    ("districts_until_2025_06_30", "province_code", "provinces"),
    ("districts_until_2025_06_30", "unit_type", "administrative_unit_types"),
    ("provinces", "unit_type", "administrative_unit_types"),
    ("provinces", "successor_code", "provinces"),
    ("discipline_forms", "system", "discipline_systems"),
];

pub(super) fn check(law: &Law, sources: &BTreeSet<String>, faults: &mut Vec<Fault>) {
    for catalogue in law.catalogues.values() {
        let file = file_of(catalogue);
        for item in &catalogue.items {
            let mut refuse = |reason: String| faults.push(Fault::new(&file, item.code.as_str(), reason));
            if item.code.is_empty() || item.label_vi.is_empty() {
                refuse("mã và tên không được để trống".into());
            }
            if let (Some(first), Some(last)) = (item.effective_from, item.effective_to)
                && last < first
            {
                refuse(format!("hết hiệu lực ({last}) trước khi có hiệu lực ({first})"));
            }
            // Ranks name sources of their own file, which is checked with the files of the law.
            if catalogue.key != ranks::KEY {
                refuse_unknown_origin(&file, &item.code, (&item.source, &item.confidence), sources, faults);
            }
        }
        overlaps(catalogue, &file, faults);
    }
    references(law, faults);
    crossings(law, faults);
    quota_kinds(law, faults);
}

/// Who fills the posts that decisions assign.
fn quota_kinds(law: &Law, faults: &mut Vec<Fault>) {
    for kind in law.quota_kinds() {
        let mut refuse = |reason: String| faults.push(Fault::new("catalogues/quota_kinds.toml", kind.code.as_str(), reason));
        if kind.held.personnel_types.is_empty() {
            refuse("phải nêu đối tượng được tính (personnel_types)".into());
        }
        for (list, codes) in [("personnel_types", &kind.held.personnel_types), ("contract_types", &kind.held.contract_types)] {
            for code in codes.iter().filter(|code| law.catalogue(list).is_none_or(|known| known.item(code).is_none())) {
                refuse(format!("không có mã {code} trong {list}"));
            }
        }
    }
}

fn file_of(catalogue: &Catalogue) -> String {
    if catalogue.key == ranks::KEY { ranks::FILE.to_owned() } else { format!("catalogues/{}.toml", catalogue.key) }
}

/// A code means one thing on a day.
fn overlaps(catalogue: &Catalogue, file: &str, faults: &mut Vec<Fault>) {
    let period = |item: &Item| (item.effective_from.unwrap_or(Date::MIN), item.effective_to.unwrap_or(Date::MAX));
    let codes: BTreeSet<&str> = catalogue.items.iter().map(|item| item.code.as_str()).collect();
    if codes.len() == catalogue.items.len() {
        return;
    }
    for code in codes {
        let mut periods: Vec<(Date, Date)> = catalogue.with_code(code).map(period).collect();
        periods.sort_unstable();
        let clash = periods.iter().zip(periods.iter().skip(1)).any(|((_, last), (first, _))| first <= last);
        if clash {
            faults.push(Fault::new(file, code, "trùng mã trong cùng thời gian hiệu lực"));
        }
    }
}

fn references(law: &Law, faults: &mut Vec<Fault>) {
    for (list, key, other) in REFERENCES {
        let (Some(catalogue), Some(target)) = (law.catalogue(list), law.catalogue(other)) else {
            faults.push(Fault::new("catalogues", list, format!("thiếu danh mục {list} hoặc {other}")));
            continue;
        };
        for item in &catalogue.items {
            if let Some(code) = item.more.get(key).filter(|code| target.item(code).is_none()) {
                faults.push(Fault::new(&file_of(catalogue), item.code.as_str(), format!("{key}: không có mã {code} trong {other}")));
            }
        }
    }
    for item in law.catalogue("decision_types").into_iter().flat_map(|list| &list.items) {
        if let Some(section) = item.more.get("updates_section").filter(|section| law.section(section).is_none()) {
            faults.push(Fault::new("catalogues/decision_types.toml", item.code.as_str(), format!("không có mục hồ sơ {section}")));
        }
    }
}

/// What the regulations' own names are translated to.
fn crossings(law: &Law, faults: &mut Vec<Fault>) {
    let names = &law.crosswalk;
    let mut known = |key: String, list: &str, codes: &[String]| {
        for code in codes {
            if law.catalogue(list).is_none_or(|list| list.item(code).is_none()) {
                faults.push(Fault::new(crosswalk::FILE, key.as_str(), format!("không có mã {code} trong {list}")));
            }
        }
    };
    for (name, codes) in &names.subject {
        known(format!("subject.{name}"), "personnel_types", &codes.personnel_types);
        known(format!("subject.{name}"), "contract_types", &codes.contract_types);
        known(format!("subject.{name}"), "dossier_statuses", &codes.dossier_statuses);
    }
    for (name, codes) in &names.member {
        known(format!("member.{name}"), "unit_types", codes);
    }
    for (name, codes) in names.decision_type.iter().chain(&names.attachment_event) {
        known(format!("decision_type.{name}"), "decision_types", codes);
    }
    for (name, codes) in &names.status {
        known(format!("status.{name}"), "dossier_statuses", codes);
    }
    for (name, codes) in &names.template {
        known(format!("template.{name}"), "dossier_forms", std::slice::from_ref(&codes.form));
        known(format!("template.{name}"), "dossier_forms", codes.form_public_employee.as_slice());
    }
    for (name, codes) in &names.template {
        if law.form(&codes.fields).is_none() {
            faults.push(Fault::new(
                crosswalk::FILE,
                format!("template.{name}"),
                format!("không có mẫu {} trong dossier/forms", codes.fields),
            ));
        }
    }
}
