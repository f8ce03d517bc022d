//! Who counts as what, by the regulation in force where the dossier lies: in memory for counts, as SQL for lists.

use crate::{App, error::Result, units};
use law::{Held, Staff};
use vault::{Read, Value};

/// Those who count against the quota.
pub const IN_QUOTA: &str = "bien-che";
/// Those who stand beside the quota, of a kind the regulation names or not.
pub const BESIDE: &str = "ngoai-bien-che";
/// Those whom the regulation names nowhere: no kind of staff, or a contract on no known basis.
pub const OTHER: &str = "khac";
/// All who are counted where their dossier lies.
pub const COUNTED: &str = "tinh";
/// Those who are counted elsewhere or not yet: secondees from another body, dossiers being made.
pub const UNCOUNTED: &str = "khong-tinh";
/// The groups that every regulation has, with their names; the others are its kinds of staff beside the quota.
const GROUPS: &[(&str, &str)] = &[
    (IN_QUOTA, "Trong biên chế"),
    (BESIDE, "Ngoài biên chế"),
    (OTHER, "Khác, chưa rõ căn cứ hợp đồng"),
    (COUNTED, "Tính vào số có mặt"),
    (UNCOUNTED, "Không tính tại đơn vị"),
];

/// Kinds of staff by the part of the tree in which their regulation holds.
pub struct Rules {
    /// Path from which it holds, and its kinds; a longer path goes before a shorter one it lies under.
    in_force: Vec<(String, Vec<Staff>)>,
    uncounted: Vec<String>,
}

impl Rules {
    /// The rules of today.
    pub async fn read(app: &App, from: &mut impl Read) -> Result<Rules> {
        let in_force = units::regulations_in_force(from, app.today()).await?;
        let staff = |code: &str| app.law.regulation(code).map(|regulation| app.law.staff(regulation)).unwrap_or_default();
        Ok(Rules {
            in_force: in_force.into_iter().map(|(path, code)| (path, staff(&code))).collect(),
            uncounted: app.law.uncounted_statuses().into_iter().map(str::to_owned).collect(),
        })
    }

    /// The kinds of staff at a unit.
    pub fn staff_at(&self, path: &str) -> &[Staff] {
        let nearest = self.in_force.iter().filter(|(from, _)| path.starts_with(from.as_str())).max_by_key(|(from, _)| from.len());
        nearest.map_or(&[], |(_, staff)| staff.as_slice())
    }

    /// The kinds of staff beside the quota that the regulations of these units know, each once.
    pub fn beside<'a>(&'a self, paths: impl Iterator<Item = &'a str>) -> Vec<&'a Staff> {
        let mut found: Vec<&Staff> = Vec::new();
        for staff in paths.flat_map(|path| self.staff_at(path)).filter(|staff| !staff.in_quota) {
            if !found.iter().any(|known| known.code == staff.code) {
                found.push(staff);
            }
        }
        found
    }

    /// Whether people of this status are counted where their dossier lies.
    pub fn is_counted(&self, status: &str) -> bool {
        !self.uncounted.iter().any(|code| code == status)
    }

    /// The name of a group.
    pub fn label<'a>(&'a self, group: &'a str) -> Option<&'a str> {
        let known = GROUPS.iter().find(|(code, _)| *code == group).map(|(_, label)| *label);
        known.or_else(|| {
            self.in_force.iter().flat_map(|(_, staff)| staff).find(|staff| staff.code == group).map(|staff| staff.label_vi.as_str())
        })
    }

    /// A group as a condition on `{roster} r`: the same people that [`super::Tally`] counts in it. `bind` takes a parameter and gives
    /// its mark, `column` gives a column as the reader wants it.
    pub fn condition(&self, group: &str, bind: &mut dyn FnMut(Value) -> String, column: &dyn Fn(&str) -> String) -> String {
        let status = one_of(&column("r.dossier_status"), &self.uncounted, bind);
        let counted = format!("NOT {status}");
        match group {
            UNCOUNTED => status,
            COUNTED => counted,
            BESIDE => format!("{counted} AND NOT ({})", self.anywhere(IN_QUOTA, bind, column)),
            group => format!("{counted} AND ({})", self.anywhere(group, bind, column)),
        }
    }

    /// The group under each regulation, each for its part of the tree.
    fn anywhere(&self, group: &str, bind: &mut dyn FnMut(Value) -> String, column: &dyn Fn(&str) -> String) -> String {
        let path = column("r.unit_path");
        let mut parts = Vec::new();
        let inside = |from: &str, bind: &mut dyn FnMut(Value) -> String| {
            let (from, until) = (bind(from.into()), bind(format!("{}0", from.trim_end_matches('/')).as_str().into()));
            format!("{path} >= {from} AND {path} < {until}")
        };
        for (from, staff) in &self.in_force {
            let mut part = inside(from, bind);
            for (below, _) in self.in_force.iter().filter(|(below, _)| below.len() > from.len() && below.starts_with(from.as_str())) {
                part.push_str(&format!(" AND NOT ({})", inside(below, bind)));
            }
            let wanted = |staff: &&Staff| match group {
                IN_QUOTA => staff.in_quota,
                OTHER => true,
                code => staff.code == code,
            };
            let held: Vec<String> = staff.iter().filter(wanted).map(|staff| held(&staff.held, bind, column)).collect();
            let held = if held.is_empty() { "1 = 0".to_owned() } else { held.join(" OR ") };
            let not = if group == OTHER { "NOT " } else { "" };
            parts.push(format!("({part} AND {not}({held}))"));
        }
        if group == OTHER {
            let ruled: Vec<String> = self.in_force.iter().map(|(from, _)| format!("({})", inside(from, bind))).collect();
            parts.push(if ruled.is_empty() { "1 = 1".to_owned() } else { format!("NOT ({})", ruled.join(" OR ")) });
        }
        if parts.is_empty() { "1 = 0".to_owned() } else { parts.join(" OR ") }
    }
}

fn held(held: &Held, bind: &mut dyn FnMut(Value) -> String, column: &dyn Fn(&str) -> String) -> String {
    let kind = one_of(&column("r.personnel_type"), &held.personnel_types, bind);
    match held.contract_types.is_empty() {
        true => kind,
        false => format!("{kind} AND {}", one_of(&column("r.contract_type"), &held.contract_types, bind)),
    }
}

/// Nothing known is none of the codes; it is not unknown whether it is.
fn one_of(column: &str, codes: &[String], bind: &mut dyn FnMut(Value) -> String) -> String {
    let marks: Vec<String> = codes.iter().map(|code| bind(code.as_str().into())).collect();
    match marks.is_empty() {
        true => "(1 = 0)".to_owned(),
        false => format!("(COALESCE({column}, '') IN ({}))", marks.join(", ")),
    }
}
