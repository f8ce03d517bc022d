//! From a row of a sheet to what would be typed into each section.

use super::{
    cells::{Said, say},
    model::Mapping,
    places::{Coded, Places},
    wide::{ADDRESS, PAY, PaySlots},
    words::{Target, Words},
};
use crate::dossiers::{
    OwnField, Shape, Typed, own_with_column,
    value::{Spot, read as read_value},
};
use jiff::civil::Date;
use law::{FieldChecks, FieldRef, Kind, Law};
use paper::sheet::Cell;
use std::collections::{BTreeMap, HashMap};
use vault::Value;

/// Something to be said about a cell; without a column, about the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) column: Option<usize>,
    pub(super) sentence: String,
}

/// A row as far as its cells were understood.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What would be typed, by place of the section in the plan.
    pub(super) typed: BTreeMap<usize, Typed>,
    /// What keeps the row from being written.
    pub(super) problems: Vec<Remark>,
    /// What is unusual.
    pub(super) unusual: Vec<Remark>,
    /// What the column of units says.
    pub(super) unit: Option<(usize, String)>,
}

/// Where the columns of a sheet go, ready for use.
pub(super) struct Plan<'a> {
    pub(super) law: &'a Law,
    pub(super) words: &'a Words,
    /// Fields of the province's own that are filled in today.
    pub(super) own: &'a [OwnField],
    pub(super) today: Date,
    /// Sections in use, the person's identity first.
    pub(super) shapes: Vec<Shape<'a>>,
    feeds: Vec<Feed>,
    /// Where some column holds addresses.
    pub(super) places: Option<Places<'a>>,
    /// Section and column, with the column of the sheet that gives it.
    origin: HashMap<(usize, String), usize>,
}

/// Words already turned into codes.
#[derive(Default)]
pub(super) struct Memo {
    codes: HashMap<(usize, String), Result<String, String>>,
    pub(super) addresses: HashMap<String, Option<Coded>>,
}

struct Feed {
    column: usize,
    to: To,
}

enum To {
    Unit,
    Birth(&'static str),
    Name,
    Pay(PaySlots),
    Cell(Slot),
    Tick(usize, String, String),
}

pub(super) struct Slot {
    pub(super) section: usize,
    pub(super) column: String,
    kind: Kind,
    catalogue: Option<String>,
    lengths: Vec<usize>,
    is_address: bool,
    is_personal_number: bool,
}

const MEN: &str = "Nam";
const WOMEN: &str = "Nữ";
/// Words remembered before the memory is emptied.
pub(super) const KEPT: usize = 50_000;

impl<'a> Plan<'a> {
    /// Prepares a mapping.
    pub(super) fn new(law: &'a Law, words: &'a Words, own: &'a [OwnField], mapping: &Mapping, today: Date) -> Plan<'a> {
        let mut plan = Plan { law, words, own, today, shapes: Vec::new(), feeds: Vec::new(), places: None, origin: HashMap::new() };
        plan.section("identity");
        for brought in words.initial.iter().chain(&words.implied) {
            plan.section(&brought.set.section);
        }
        plan.section("identity_documents");
        for column in mapping.columns.keys() {
            plan.feed(*column, mapping.target(*column, law));
        }
        let has_address = plan.feeds.iter().any(|feed| matches!(&feed.to, To::Cell(slot) if slot.is_address));
        plan.places = has_address.then(|| Places::new(law, words));
        plan
    }

    pub(super) fn section(&mut self, key: &str) -> Option<usize> {
        let known = self.shapes.iter().position(|shape| shape.section.key == key);
        known.or_else(|| {
            let section = self.law.section(key)?;
            self.shapes.push(Shape::new(self.law, section));
            Some(self.shapes.len() - 1)
        })
    }

    fn feed(&mut self, column: usize, target: Target) {
        let to = match target {
            Target::Skip => None,
            Target::Unit => Some(To::Unit),
            Target::BirthMale => Some(To::Birth(MEN)),
            Target::BirthFemale => Some(To::Birth(WOMEN)),
            Target::FamilyName | Target::GivenName => Some(To::Name),
            Target::Pay => self.pay().map(To::Pay),
            Target::Tick(at, code) => self.section(&at.section).map(|section| To::Tick(section, at.field, code)),
            Target::Field(at) => self.slot(&at).map(To::Cell),
        };
        let Some(to) = to else { return };
        let at = match &to {
            To::Birth(_) => vec![(0, "birth_date".to_owned())],
            To::Name => vec![(0, "full_name".to_owned())],
            To::Pay(slots) => PAY.iter().map(|(section, name)| (slots.of(section), (*name).to_owned())).collect(),
            To::Cell(slot) if slot.is_address => ADDRESS.iter().map(|part| (slot.section, slot.part(part))).collect(),
            To::Cell(slot) => vec![(slot.section, slot.column.clone())],
            To::Tick(section, field, _) => vec![(*section, field.clone())],
            To::Unit => Vec::new(),
        };
        for at in at {
            self.origin.entry(at).or_insert(column);
        }
        self.feeds.push(Feed { column, to });
    }

    pub(super) fn slot(&mut self, at: &FieldRef) -> Option<Slot> {
        let own = own_with_column(self.own, &at.section, &at.field).map(|own| &own.field);
        let field = self.law.section(&at.section)?.field(&at.field).or(own)?;
        let section = self.section(&at.section)?;
        let is_address = field.kind == Kind::Address;
        let rule = self.law.checks.number.iter().find(|rule| rule.at == *at);
        Some(Slot {
            section,
            column: if is_address { format!("{}_as_written", field.key) } else { at.field.clone() },
            kind: field.kind,
            catalogue: field.catalogue.clone(),
            lengths: rule.map(|rule| rule.lengths.clone()).unwrap_or_default(),
            is_address,
            is_personal_number: self.law.checks.personal_number.at == *at,
        })
    }

    /// The place of a section in this plan.
    pub(super) fn place(&self, section: &str) -> Option<usize> {
        self.shapes.iter().position(|shape| shape.section.key == section)
    }

    /// The column of the sheet that gives a column of a section.
    pub(super) fn origin(&self, section: usize, column: &str) -> Option<usize> {
        self.origin.get(&(section, column.to_owned())).copied()
    }

    /// Whether the sheet gives a field.
    pub(super) fn gives(&self, at: &FieldRef) -> bool {
        self.place(&at.section).is_some_and(|section| self.origin(section, &at.field).is_some())
    }

    /// Columns of a section that the sheet gives.
    pub(super) fn given(&self, section: usize) -> impl Iterator<Item = &str> {
        self.origin.keys().filter(move |(of, _)| *of == section).map(|(_, column)| column.as_str())
    }

    /// Reads the cells of a row.
    pub(super) fn read(&self, cells: &[Cell], memo: &mut Memo) -> Reading {
        let mut reading = Reading::default();
        for (place, feed) in self.feeds.iter().enumerate() {
            let Some(cell) = cells.get(feed.column).filter(|cell| !cell.is_empty()) else { continue };
            match &feed.to {
                To::Unit => {
                    if let Said::Text(text) = say(Kind::Text, &[], cell, self.today) {
                        reading.unit = Some((feed.column, text));
                    }
                }
                To::Birth(gender) => self.read_birth(feed.column, gender, cell, &mut reading),
                To::Name => {
                    if let Said::Text(text) = say(Kind::Text, &[], cell, self.today) {
                        let name = slot(&mut reading, 0, "full_name");
                        *name = format!("{name} {text}").trim().to_owned();
                    }
                }
                To::Tick(section, field, code) => match paper::sheet::values::tick(cell) {
                    Ok(true) => *slot(&mut reading, *section, field) = code.clone(),
                    Ok(false) => {}
                    Err(problem) => reading.problem(Some(feed.column), problem.sentence),
                },
                To::Pay(to) => self.read_pay(place, feed.column, to, cell, &mut reading, memo),
                To::Cell(to) => self.read_cell(place, feed.column, to, cell, &mut reading, memo),
            }
        }
        reading
    }

    fn read_birth(&self, column: usize, gender: &str, cell: &Cell, reading: &mut Reading) {
        if paper::sheet::values::tick(cell).is_ok_and(|ticked| ticked) {
            self.set_gender(column, gender, reading);
            return;
        }
        match say(Kind::PartialDate, &[], cell, self.today) {
            Said::Nothing => {}
            Said::Unclear(sentence) => reading.problem(Some(column), sentence),
            Said::Text(day) | Said::Unusual(day, _) => {
                self.set_gender(column, gender, reading);
                *slot(reading, 0, "birth_date") = day;
            }
        }
    }

    fn set_gender(&self, column: usize, gender: &str, reading: &mut Reading) {
        let known = slot(reading, 0, "gender");
        if !known.is_empty() && known != gender {
            return reading.problem(Some(column), "Cả cột Nam và cột Nữ đều có dữ liệu. Chỉ giữ một cột".into());
        }
        gender.clone_into(known);
    }

    fn read_cell(&self, place: usize, column: usize, to: &Slot, cell: &Cell, reading: &mut Reading, memo: &mut Memo) {
        let text = match say(to.kind, &to.lengths, cell, self.today) {
            Said::Nothing => return,
            Said::Unclear(sentence) => return reading.problem(Some(column), sentence),
            Said::Text(text) => text,
            Said::Unusual(text, why) => {
                reading.unusual.push(Remark { column: Some(column), sentence: why });
                text
            }
        };
        if to.is_personal_number && self.old_number(column, &text, reading) {
            return;
        }
        if to.kind == Kind::Enum {
            return match self.code(place, to, text, memo) {
                Ok(code) => *slot(reading, to.section, &to.column) = code,
                Err(sentence) => reading.problem(Some(column), sentence),
            };
        }
        if to.is_address {
            return self.read_address(to, text, reading, memo);
        }
        *slot(reading, to.section, &to.column) = text;
    }

    /// An identity card of old in the column of personal numbers is kept as the paper it is.
    fn old_number(&self, column: usize, text: &str, reading: &mut Reading) -> bool {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
        let lengths = self.law.checks.number.iter().find(|rule| rule.at == self.law.checks.personal_number.at).map(|rule| &rule.lengths);
        if lengths.is_some_and(|lengths| lengths.contains(&digits.len())) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let types = self.law.catalogue("identity_document_types");
        let fits = types.and_then(|list| {
            list.items.iter().find(|item| item.more.get("pattern").is_some_and(|pattern| FieldChecks::fits(pattern, &digits)))
        });
        let (Some(kind), Some(section)) = (fits, self.place("identity_documents")) else { return false };
        *slot(reading, section, "document_type") = kind.code.clone();
        *slot(reading, section, "number") = digits;
        let sentence =
            format!("Số này là {}; ghi vào giấy tờ tùy thân, chưa có số định danh cá nhân", crate::dossiers::lower(&kind.label_vi));
        reading.unusual.push(Remark { column: Some(column), sentence });
        true
    }

    /// Words as a code: abbreviations of lists first, then the code list itself.
    pub(super) fn code(&self, place: usize, to: &Slot, text: String, memo: &mut Memo) -> Result<String, String> {
        let key = (place, text);
        if let Some(known) = memo.codes.get(&key) {
            return known.clone();
        }
        let (shape, text) = (self.shapes.get(to.section), &key.1);
        let spot = shape.and_then(|shape| shape.spots().find(|spot| spot.column.name == to.column).map(|spot| (shape, spot)));
        let found = match spot {
            None => Ok(text.clone()),
            Some((_, spot)) => self.lookup(spot, to, text),
        };
        if memo.codes.len() >= KEPT {
            memo.codes.clear();
        }
        memo.codes.insert(key, found.clone());
        found
    }

    fn lookup(&self, spot: Spot<'_>, to: &Slot, text: &str) -> Result<String, String> {
        let known = to.catalogue.as_deref().and_then(|list| self.words.code(list, text));
        if let Some(code) = known {
            return Ok(code.to_owned());
        }
        match read_value(spot, text, &Value::Null, self.today, &|_| String::new()) {
            Ok(Value::Text(code)) => Ok(code),
            Ok(_) => Ok(text.to_owned()),
            Err(sentence) => Err(sentence),
        }
    }
}

impl Reading {
    pub(super) fn problem(&mut self, column: Option<usize>, sentence: String) {
        self.problems.push(Remark { column, sentence });
    }

    /// What would be typed into a column of a section; empty for nothing.
    pub(super) fn text(&self, section: usize, column: &str) -> &str {
        self.typed.get(&section).and_then(|typed| typed.get(column)).map_or("", String::as_str)
    }
}

/// The place for what would be typed into a column of a section.
pub(super) fn slot<'r>(reading: &'r mut Reading, section: usize, column: &str) -> &'r mut String {
    reading.typed.entry(section).or_default().entry(column.to_owned()).or_default()
}
