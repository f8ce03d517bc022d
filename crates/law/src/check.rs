//! Whether the data files agree with each other. What a file itself must look like is refused when it is read.

mod calendar;
mod catalogues;
mod clauses;
mod dossier;
mod regulations;
mod shapes;
mod tables;

use crate::{
    Law,
    data::{DataSource, Fault, Faults},
};
use std::collections::BTreeSet;

/// Checks every file of `data/`; no faults means that all is well.
pub fn check(source: &DataSource) -> Faults {
    let mut faults = Vec::new();
    tables::check(source, &mut faults);
    calendar::check(source, &mut faults);
    match Law::load(source) {
        Ok(law) => {
            let sources = law.sources.keys().cloned().collect();
            catalogues::check(&law, &sources, &mut faults);
            dossier::check(&law, &sources, &mut faults);
            regulations::check(&law, &mut faults);
            clauses::check(&law, &mut faults);
            crate::effects::check(&law, &mut faults);
            calendar::compare(source, &law, &mut faults);
        }
        Err(Faults(found)) => faults.extend(found),
    }
    // A file that cannot be read is met by several checks; it is said once.
    let mut said = BTreeSet::new();
    faults.retain(|fault| said.insert(fault.to_string()));
    Faults(faults)
}

/// Says which entries of a list stand in it twice.
pub(crate) fn refuse_doubles<'a>(file: &str, entries: impl IntoIterator<Item = &'a str>, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for entry in entries {
        if !seen.insert(entry) {
            faults.push(Fault::new(file, entry, "trùng mã"));
        }
    }
}

/// Says when a source or a mark of confidence is unknown.
fn refuse_unknown_origin(file: &str, key: &str, origin: (&str, &str), sources: &BTreeSet<String>, faults: &mut Vec<Fault>) {
    let (source, confidence) = origin;
    if !sources.contains(source) {
        faults.push(Fault::new(file, key, format!("không có nguồn {source} trong {}", crate::sources::FILE)));
    }
    if !["verified", "from-memory"].contains(&confidence) {
        faults.push(Fault::new(file, key, format!("độ tin cậy {confidence} không hợp lệ: verified hoặc from-memory")));
    }
}
