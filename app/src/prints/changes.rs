//! What changed in a dossier in a period, as phiếu bổ sung lý lịch lists it.

use crate::dossiers::{Line, Shape, Sheet};
use law::{Field, Kind, Law, Layout, Section, Sensitivity};
use std::collections::BTreeMap;
use vault::Value;

/// Key of the section that heads the forms; it says nothing of the person.
const HEADER: &str = "dossier_header";

/// Rows of the table, each under the keys the layout uses.
pub(super) fn between(law: &Law, before: &Sheet<'_>, after: &Sheet<'_>, level: Sensitivity) -> Vec<BTreeMap<String, String>> {
    let mut rows = Vec::new();
    let declared = |section: &Section| {
        let official = |key: &String| law.form(key).is_some_and(|form| form.layout == Layout::Official);
        section.key != HEADER && section.templates.iter().any(official)
    };
    for (shape, now) in after.sections().filter(|(shape, _)| declared(shape.section)) {
        let then = before.section(&shape.section.key).map_or(&[][..], |(_, lines)| lines);
        for line in now {
            let old = then.iter().find(|old| old.id == line.id);
            rows.extend(Changed { shape, old, new: Some(line), level }.row());
        }
        for old in then.iter().filter(|old| !now.iter().any(|line| line.id == old.id)) {
            rows.extend(Changed { shape, old: Some(old), new: None, level }.row());
        }
    }
    rows
}

/// One row of a section, before and after.
struct Changed<'a, 'l> {
    shape: &'a Shape<'l>,
    old: Option<&'a Line>,
    new: Option<&'a Line>,
    level: Sensitivity,
}

impl Changed<'_, '_> {
    fn row(&self) -> Option<BTreeMap<String, String>> {
        let show = |line: Option<&Line>, field: &Field| line.map(|line| line.show(self.shape, field)).unwrap_or_default();
        let readable = self.shape.readable(self.level).filter(|field| field.kind != Kind::File);
        let differing: Vec<&Field> = readable.filter(|field| show(self.old, field) != show(self.new, field)).collect();
        if differing.is_empty() {
            return None;
        }
        let said = |line: Option<&Line>| {
            let pairs = differing.iter().map(|field| (field, show(line, field))).filter(|(_, text)| !text.is_empty());
            pairs.map(|(field, text)| format!("{}: {text}", field.label_vi)).collect::<Vec<_>>().join("; ")
        };
        let after = match self.new {
            Some(_) => said(self.new),
            None => "Bỏ nội dung này".to_owned(),
        };
        let row = [
            ("kind", self.shape.section.label_vi.clone()),
            ("before", said(self.old)),
            ("after", after),
            ("effective_on", self.first_of(&[Kind::Date, Kind::PartialDate])),
            ("evidence", self.evidence()),
        ];
        Some(row.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (key.to_owned(), text)).collect())
    }

    /// The decision the row names, or that a scan is attached.
    fn evidence(&self) -> String {
        let decision = self.first_of(&[Kind::Decision]);
        let line = self.new.or(self.old);
        let scanned = self
            .shape
            .readable(self.level)
            .any(|field| field.kind == Kind::File && line.is_some_and(|line| matches!(line.value(self.shape, &field.key), Value::Int(_))));
        match (decision.is_empty(), scanned) {
            (false, _) => decision,
            (true, true) => "Bản chụp đính kèm hồ sơ".to_owned(),
            (true, false) => String::new(),
        }
    }

    fn first_of(&self, kinds: &[Kind]) -> String {
        // The day of one datum of many, such as a birth date, is not the day from which the change holds.
        if self.shape.section.is_single() {
            return String::new();
        }
        let Some(line) = self.new.or(self.old) else { return String::new() };
        let fields = self.shape.readable(self.level).filter(|field| kinds.contains(&field.kind));
        fields.map(|field| line.show(self.shape, field)).find(|text| !text.is_empty()).unwrap_or_default()
    }
}
