//! From what would be typed to what will be written: the rules of the dossier applied to a row of a sheet.

use super::{
    fates::Fate,
    reading::{Memo, Plan, Reading, Remark},
    units::Units,
};
use crate::dossiers::{Around, Line, Person, Typed, check, check_own};
use law::Sensitivity;
use paper::sheet::Cell;
use std::collections::HashMap;
use vault::{NewDossier, Seen, Value};

/// Rows of dossiers that exist: by dossier and place of the section.
pub(super) type Stored = HashMap<(i64, usize), Vec<Line>>;

/// What a row comes to.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) row: usize,
    pub(super) write: Write,
    pub(super) problems: Vec<Remark>,
    pub(super) unusual: Vec<Remark>,
}

/// What will be written.
#[derive(Debug)]
pub(super) enum Write {
    /// A new dossier.
    Open(NewDossier),
    /// Fields of one that exists.
    Change(i64, Vec<Part>),
    /// Nothing, for this reason.
    Skip(String),
    /// Nothing, because of the problems.
    Nothing,
}

/// Columns of one row of a section.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) section: String,
    pub(super) row: Option<Seen>,
    pub(super) set: Vec<(String, Value)>,
}

/// Everything rows are judged by.
pub(super) struct Judge<'a> {
    pub(super) plan: Plan<'a>,
    pub(super) units: &'a Units,
    pub(super) unit_id: i64,
    pub(super) personnel_type: &'a str,
    /// The regulation in force at the unit.
    pub(super) regulation: Option<&'a law::Regulation>,
    /// Empty cells empty filled fields.
    pub(super) clear: bool,
    pub(super) memo: Memo,
}

/// Nobody is left without a name.
const NAME: &str = "full_name";
/// Without one of these a person is not recognised when the list comes again, and would get a second dossier.
const UNKNOWN: &str = "Thiếu cả ngày sinh và số định danh cá nhân. Nhập ít nhất một trong hai để nhận ra đúng người";
/// Columns by which rows of a list section are the same row.
const SAME_ROW: &[(&str, &str)] = &[("identity_documents", "document_type"), ("degree_history", "qualification")];

impl Judge<'_> {
    /// Judges one row.
    pub(super) fn judge(&mut self, row: usize, cells: &[Cell], fate: &Fate, stored: &Stored) -> Judged {
        let mut judged = Judged { row, write: Write::Nothing, problems: Vec::new(), unusual: Vec::new() };
        let dossier_id = match fate {
            Fate::Skip(reason) => {
                judged.write = Write::Skip(reason.clone());
                return judged;
            }
            Fate::Refuse(remark) => {
                judged.problems.push(remark.clone());
                None
            }
            Fate::Create => None,
            Fate::Update(dossier) => Some(*dossier),
        };
        let mut reading = self.plan.read(cells, &mut self.memo);
        let unit_id = self.unit(&mut reading);
        if reading.text(0, NAME).is_empty() && dossier_id.is_none() {
            let column = self.plan.origin(0, NAME);
            reading.problem(column, "Thiếu họ và tên. Nhập họ và tên khai sinh".into());
        }
        let known = |at: &law::FieldRef| self.plan.place(&at.section).is_some_and(|place| !reading.text(place, &at.field).is_empty());
        if dossier_id.is_none() && !self.plan.words.recognised_by.iter().any(known) {
            let column = self.plan.origin(0, "birth_date");
            reading.problem(column, UNKNOWN.into());
        }
        self.bring_along(&mut reading, dossier_id.is_none(), unit_id);
        judged.problems.append(&mut reading.problems);
        judged.unusual.append(&mut reading.unusual);
        let parts = self.check(&reading, dossier_id, stored, &mut judged);
        if judged.problems.is_empty() {
            judged.write = match dossier_id {
                Some(_) if parts.is_empty() => Write::Skip("không có gì thay đổi".into()),
                Some(dossier) => Write::Change(dossier, parts),
                None => {
                    let form = self.form(&parts);
                    let sections = parts.into_iter().map(|part| (part.section, part.set)).collect();
                    Write::Open(NewDossier { unit_id, form, sections })
                }
            };
        }
        judged
    }

    /// The form on which the regulation has such a person declare the dossier.
    fn form(&self, parts: &[Part]) -> String {
        let header = parts.iter().find(|part| part.section == "dossier_header");
        let kind = header.and_then(|header| header.set.iter().find(|(column, _)| column == "personnel_type"));
        let kind = if let Some((_, Value::Text(kind))) = kind { kind.as_str() } else { "" };
        let form = self.regulation.and_then(|regulation| self.plan.law.declaration_form(regulation, kind));
        form.map_or(self.plan.words.fallback_form.clone(), |form| form.key.clone())
    }

    /// The unit of the row: what its column says, or the one chosen for the file.
    fn unit(&self, reading: &mut Reading) -> i64 {
        let Some((column, text)) = reading.unit.take() else { return self.unit_id };
        match self.units.find(&text) {
            Ok(id) => id,
            Err(sentence) => {
                reading.problem(Some(column), sentence);
                self.unit_id
            }
        }
    }

    /// Values that follow from others, and those that a new dossier begins with.
    fn bring_along(&self, reading: &mut Reading, is_new: bool, unit_id: i64) {
        let words = self.plan.words;
        for brought in &words.implied {
            let (Some(at), Some(set)) = (&brought.at, self.plan.place(&brought.set.section)) else { continue };
            let given = self.plan.place(&at.section).is_some_and(|section| !reading.text(section, &at.field).is_empty());
            if given && !self.plan.gives(&brought.set) {
                let value = self.filled(&brought.value, reading, unit_id);
                reading.typed.entry(set).or_default().entry(brought.set.field.clone()).or_insert(value);
            }
        }
        if !is_new {
            return;
        }
        for brought in &words.initial {
            let Some(set) = self.plan.place(&brought.set.section) else { continue };
            if reading.text(set, &brought.set.field).is_empty() {
                let value = self.filled(&brought.value, reading, unit_id);
                reading.typed.entry(set).or_default().insert(brought.set.field.clone(), value);
            }
        }
        let Some(header) = self.plan.place("dossier_header") else { return };
        if reading.text(header, "personnel_type").is_empty() && !self.personnel_type.is_empty() {
            reading.typed.entry(header).or_default().insert("personnel_type".into(), self.personnel_type.into());
        }
    }

    fn filled(&self, value: &str, reading: &Reading, unit_id: i64) -> String {
        match value {
            "{unit}" => self.units.name(unit_id).to_owned(),
            "{number}" => reading.text(0, "personal_id_number").to_owned(),
            value => value.to_owned(),
        }
    }

    /// Applies the rules of every section; gives what changes.
    fn check(&self, reading: &Reading, dossier_id: Option<i64>, stored: &Stored, judged: &mut Judged) -> Vec<Part> {
        let mut parts = Vec::new();
        let none = Vec::new();
        let of = |section: usize| dossier_id.and_then(|dossier| stored.get(&(dossier, section))).unwrap_or(&none);
        let mut person = Person::default();
        for (place, shape) in self.plan.shapes.iter().enumerate() {
            let lines = of(place);
            let mut typed: Typed = reading.typed.get(&place).cloned().unwrap_or_default();
            if self.clear && dossier_id.is_some() && shape.section.is_single() {
                for column in self.plan.given(place).filter(|column| *column != NAME) {
                    typed.entry(column.to_owned()).or_default();
                }
            }
            if typed.is_empty() && place != 0 {
                continue;
            }
            let line = match shape.section.is_single() {
                true => lines.first(),
                false => same_row(shape, &typed, lines),
            };
            let others: Vec<Line> = lines.iter().filter(|other| line.is_none_or(|line| line.id != other.id)).cloned().collect();
            let around = Around { stored: line, others: &others, person: &person, today: self.plan.today, level: Sensitivity::Personal };
            let mut checked = check(shape, &typed, &around);
            let own = check_own(self.plan.own, shape, &typed, line, Sensitivity::Personal, self.plan.today, &mut checked.problems);
            checked.set.extend(own.map(|value| ("own_fields".to_owned(), value)));
            if place == 0 {
                let after = |column: &str| {
                    let written = checked.set.iter().find(|(name, _)| name == column).map(|(_, value)| value);
                    match written.or_else(|| line.map(|line| line.value(shape, column))) {
                        Some(Value::Text(text)) => text.clone(),
                        _ => String::new(),
                    }
                };
                person = Person { born: after("birth_date") };
            }
            let remark =
                |(column, sentence): (&str, &str)| Remark { column: self.plan.origin(place, column), sentence: sentence.to_owned() };
            judged.problems.extend(checked.problems.iter().map(remark));
            judged.unusual.extend(checked.warnings.iter().map(remark));
            let filled = checked.set.iter().any(|(_, value)| *value != Value::Null);
            if !checked.set.is_empty() && (line.is_some() || filled) {
                let row = line.map(|line| Seen { id: line.id, version: line.version });
                parts.push(Part { section: shape.section.key.clone(), row, set: checked.set });
            }
        }
        parts
    }
}

/// The row of a list that a sheet means: one of the same kind.
fn same_row<'l>(shape: &crate::dossiers::Shape<'_>, typed: &Typed, lines: &'l [Line]) -> Option<&'l Line> {
    let column = SAME_ROW.iter().find(|(section, _)| *section == shape.section.key).map(|(_, column)| *column)?;
    match typed.get(column) {
        Some(code) => lines.iter().find(|line| *line.value(shape, column) == Value::Text(code.clone())),
        None => lines.first().filter(|_| lines.len() == 1),
    }
}
