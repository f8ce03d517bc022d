//! What was chosen on the mapping screen, as it comes out of the form.

use super::{
    actions::Said,
    model::{Choice, Mode},
};
use std::collections::BTreeMap;

/// Names and values of a form.
pub(super) type Fields = BTreeMap<String, String>;

/// What people said about the file; a page without a choice keeps what stands.
pub(super) fn said(fields: &Fields) -> Said {
    let text = |name: &str| fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let column = |(name, value): (&String, &String)| Some((name.strip_prefix("cot-")?.parse().ok()?, value.clone()));
    Said {
        sheet: text("trang").parse().ok(),
        encoding: Some(text("bang-ma")).filter(|code| !code.is_empty()),
        unit_id: text("don-vi").parse().ok(),
        mode: Mode::read(&text("cach")),
        clear: fields.contains_key("lam-trong"),
        personnel_type: text("loai"),
        columns: fields.iter().filter_map(column).collect(),
        remember: fields.contains_key("nho"),
    }
}

/// What people decided about rows.
pub(super) fn choices(fields: &Fields) -> BTreeMap<usize, Choice> {
    let choice = |(name, value): (&String, &String)| {
        let row = name.strip_prefix("dong-")?.parse().ok()?;
        let choice = match value.as_str() {
            "skip" => Choice::Skip,
            "create" => Choice::Create,
            "update" => Choice::Update,
            _ => return None,
        };
        Some((row, choice))
    };
    fields.iter().filter_map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_by_column_and_by_row() {
        let fields: Fields = [("cot-3", "identity.gender"), ("cach", "both"), ("dong-31", "create"), ("dong-9", "x"), ("nho", "on")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        let said = said(&fields);
        assert_eq!(said.columns, BTreeMap::from([(3, "identity.gender".to_owned())]));
        assert!(said.mode == Some(Mode::Both) && said.remember && !said.clear && said.encoding.is_none());
        assert_eq!(choices(&fields), BTreeMap::from([(31, Choice::Create)]));
    }
}
