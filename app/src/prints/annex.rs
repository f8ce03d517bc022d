//! Fields of a province's own, for which no official form has a place: a sheet of its own behind the signatures.

use super::fill::WITHHELD;
use crate::dossiers::{Line, OwnField, Shape, Sheet, value};
use jiff::civil::Date;
use law::{Law, Sensitivity};
use paper::forms::Entry;

/// Over the sheet.
const TITLE: &str = "THÔNG TIN BỔ SUNG CỦA ĐỊA PHƯƠNG";

/// The entries of the sheet; none when the province has no field of its own. Those above the level say so.
pub(super) fn entries(law: &Law, sheet: &Sheet<'_>, own: &[OwnField], level: Sensitivity, today: Date) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (shape, lines) in sheet.sections() {
        let held = |own: &OwnField| lines.iter().any(|line| !own.value(line).is_empty());
        let of_section = own.iter().filter(|own| own.section == shape.section.key);
        let fields: Vec<&OwnField> = of_section.filter(|own| own.is_open(today) || held(own)).collect();
        if fields.is_empty() {
            continue;
        }
        entries.push(Entry::Heading { mark: String::new(), label: shape.section.label_vi.clone() });
        match shape.section.is_single() {
            true => entries.extend(fields.iter().map(|own| Entry::Line {
                mark: String::new(),
                label: own.field.label_vi.clone(),
                text: lines.first().map_or_else(String::new, |line| shown(law, shape, own, line, level)),
            })),
            false => entries.push(table(law, shape, lines, &fields, level)),
        }
    }
    if !entries.is_empty() {
        entries.insert(0, Entry::Heading { mark: String::new(), label: TITLE.into() });
    }
    entries
}

/// The rows of a list, each named by the first thing that may be read of it.
fn table(law: &Law, shape: &Shape<'_>, lines: &[Line], fields: &[&OwnField], level: Sensitivity) -> Entry {
    let name = |line: &Line| shape.readable(level).map(|field| line.show(shape, field)).find(|text| !text.is_empty()).unwrap_or_default();
    let row = |line: &Line| {
        let own = fields.iter().map(|own| shown(law, shape, own, line, level));
        std::iter::once(name(line)).chain(own).collect()
    };
    Entry::Table {
        columns: std::iter::once(String::from("Dòng")).chain(fields.iter().map(|own| own.field.label_vi.clone())).collect(),
        rows: lines.iter().map(row).collect(),
    }
}

fn shown(law: &Law, shape: &Shape<'_>, own: &OwnField, line: &Line, level: Sensitivity) -> String {
    match own.field.sensitivity <= level {
        true => value::show(own.spot(law, shape.section), &own.value(line)),
        false => WITHHELD.to_owned(),
    }
}
