//! Rules over what is typed into a dossier: lengths of numbers, ranges, the order of dates, rows that may not overlap.
//!
//! `data/dossier/checks.toml` holds them; the generic editor, the importer and the exporter apply them alike.

use crate::{
    data::{DataSource, Fault},
    dossier::{FieldRef, Section},
};
use serde::{Deserialize, Deserializer, de::Error};
use std::collections::BTreeMap;

/// What a broken rule means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Nothing is written.
    Refuse,
    /// The sentence is shown and can be confirmed.
    Warn,
}

/// All rules, by kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldChecks {
    /// Numbers of a certain length.
    pub number: Vec<NumberRule>,
    /// Numbers whose pattern follows from a code beside them.
    pub number_by_code: Vec<NumberByCode>,
    /// The structure of the personal number.
    pub personal_number: PersonalNumber,
    /// Smallest and largest values.
    pub range: Vec<RangeRule>,
    /// Days that are not after today.
    pub not_future: Vec<NotFuture>,
    /// Days of one row in order.
    pub order: Vec<OrderRule>,
    /// Days after birth, or from an age on.
    pub since_birth: Vec<SinceBirth>,
    /// Relatives born before the person.
    pub born_before: Vec<BornBefore>,
    /// Periods of a list that may not overlap.
    pub no_overlap: Vec<NoOverlap>,
    /// Rows of which one may be marked.
    pub one_true: Vec<OneTrue>,
    /// Fields of which one must be there.
    pub one_of: Vec<OneOf>,
    /// Fields needed when another says so.
    pub needed_when: Vec<NeededWhen>,
    /// Codes of which only some fit.
    pub codes_of: Vec<CodesOf>,
    /// A second code list for a field.
    pub also_from: Vec<AlsoFrom>,
    /// Coded fields that also take words.
    pub free_words: Vec<FreeWords>,
    /// Names that follow from a code.
    pub filled_from: Vec<FilledFrom>,
    /// What a new dossier needs.
    pub start: Start,
    /// How code lists are offered.
    pub choose: Choose,
}

/// A number of certain lengths.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberRule {
    /// The field.
    pub at: FieldRef,
    /// What the sentence calls it.
    pub name_vi: String,
    /// Digits it may have.
    pub lengths: Vec<usize>,
    /// Letters and digits it may have instead.
    pub lettered: Option<Lettered>,
    /// How it begins.
    pub starts_with: Option<String>,
    /// Accepted instead of a leading 0.
    pub country_code: Option<String>,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
    /// The text that says so.
    #[serde(default)]
    pub legal: String,
}

/// A number that begins with letters.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lettered {
    /// Letters in front.
    pub letters: usize,
    /// Digits after them.
    pub digits: usize,
}

/// A number whose `pattern` stands in the code list of a field beside it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberByCode {
    /// The field.
    pub at: FieldRef,
    /// The coded field of the same row.
    pub code: String,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
}

/// Century, gender, year and province inside the personal number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonalNumber {
    /// The field.
    pub at: FieldRef,
    /// Birth date.
    pub born: FieldRef,
    /// Gender.
    pub gender: FieldRef,
    /// First year of the century of the first digit in each list.
    pub first_century: i16,
    /// Fourth digit by gender code, one for each century.
    pub digits: BTreeMap<String, Vec<String>>,
    /// Period of the province codes it begins with.
    pub provinces: String,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
    /// The text that says so.
    pub legal: String,
}

/// Smallest and largest value, as people write them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeRule {
    /// The field.
    pub at: FieldRef,
    /// Smallest.
    pub min: String,
    /// Largest, if any.
    pub max: Option<String>,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
    /// The text that says so.
    #[serde(default)]
    pub legal: String,
}

/// Days that are not after today.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotFuture {
    /// The fields.
    pub fields: Vec<FieldRef>,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
}

/// Days of one row in order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderRule {
    /// The pairs.
    pub fields: Vec<Pair>,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
}

/// Two days of one row, written `section.first <= section.then`.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The earlier one.
    pub first: FieldRef,
    /// The later one.
    pub then: FieldRef,
    /// They may fall on the same day.
    pub may_equal: bool,
}

/// Days not before an age.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SinceBirth {
    /// The fields.
    pub fields: Vec<FieldRef>,
    /// The age in years.
    pub years: i16,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
    /// The text that says so.
    #[serde(default)]
    pub legal: String,
}

/// Relatives born before the person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BornBefore {
    /// The relative's birth.
    pub at: FieldRef,
    /// The coded relation of the same row.
    pub code: String,
    /// The relations meant.
    pub values: Vec<String>,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
}

/// Periods of a list that may not overlap.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoOverlap {
    /// The section.
    pub section: String,
    /// Field that begins the period.
    pub from: String,
    /// Field that ends it; empty means until now.
    pub until: String,
    /// Words that allow it.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Fields in which they stand.
    #[serde(default)]
    pub unless_in: Vec<String>,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
}

/// Rows of which one may be marked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneTrue {
    /// The mark.
    pub at: FieldRef,
    /// The coded field that says which rows count.
    pub group: String,
    /// The codes that count.
    pub values: Vec<String>,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
}

/// Fields of which one must be there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneOf {
    /// The section.
    pub section: String,
    /// The fields.
    pub fields: Vec<String>,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
}

/// A field needed when another holds a value.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeededWhen {
    /// The field.
    pub at: FieldRef,
    /// The other field of the row.
    pub field: String,
    /// Its value, as stored.
    pub is: String,
    /// What a breach means.
    pub grade: Grade,
    /// Source key.
    pub source: String,
}

/// Codes of which only some fit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodesOf {
    /// The field.
    pub at: FieldRef,
    /// Attribute of the code list.
    pub attribute: String,
    /// Its values.
    pub values: Vec<String>,
    /// Source key.
    pub source: String,
}

/// A second code list for a field.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlsoFrom {
    /// The field.
    pub at: FieldRef,
    /// The code list.
    pub catalogue: String,
    /// Source key.
    pub source: String,
}

/// A coded field that also takes words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeWords {
    /// The field.
    pub at: FieldRef,
    /// Source key.
    pub source: String,
}

/// A name that follows from a code of the same row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilledFrom {
    /// The field.
    pub at: FieldRef,
    /// The coded field.
    pub code: String,
    /// Source key.
    pub source: String,
}

/// What a new dossier needs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// The fields, in the order of the form.
    pub fields: Vec<FieldRef>,
    /// Source key.
    pub source: String,
}

/// How code lists are offered.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// Longer lists are searched by typing.
    pub longest_list: usize,
}

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Pair, D::Error> {
        let text = String::deserialize(input)?;
        let (may_equal, parts) = match text.split_once(" <= ") {
            Some(parts) => (true, Some(parts)),
            None => (false, text.split_once(" < ")),
        };
        let side = |text: &str| text.split_once('.').map(|(section, field)| FieldRef { section: section.into(), field: field.into() });
        let pair = parts.and_then(|(first, then)| Some(Pair { first: side(first)?, then: side(then)?, may_equal }));
        pair.ok_or_else(|| D::Error::custom(format!("{text}: cần dạng muc.truong <= muc.truong")))
    }
}

impl FieldChecks {
    /// The code lists a field takes besides its own.
    pub fn also_from(&self, section: &str, field: &str) -> Option<&str> {
        self.also_from.iter().find(|rule| is(&rule.at, section, field)).map(|rule| rule.catalogue.as_str())
    }

    /// Whether a coded field also takes words.
    pub fn takes_words(&self, section: &str, field: &str) -> bool {
        self.free_words.iter().any(|rule| is(&rule.at, section, field))
    }

    /// Whether a text has the shape a code list asks for.
    pub fn fits(pattern: &str, text: &str) -> bool {
        regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
    }

    fn fields(&self) -> Vec<&FieldRef> {
        let single = self.number.iter().map(|rule| &rule.at).chain(self.number_by_code.iter().map(|rule| &rule.at));
        let single = single.chain(self.range.iter().map(|rule| &rule.at)).chain(self.born_before.iter().map(|rule| &rule.at));
        let single = single.chain(self.one_true.iter().map(|rule| &rule.at)).chain(self.needed_when.iter().map(|rule| &rule.at));
        let single = single.chain(self.codes_of.iter().map(|rule| &rule.at)).chain(self.also_from.iter().map(|rule| &rule.at));
        let single = single.chain(self.free_words.iter().map(|rule| &rule.at)).chain(self.filled_from.iter().map(|rule| &rule.at));
        let person = [&self.personal_number.at, &self.personal_number.born, &self.personal_number.gender];
        let several = self.not_future.iter().flat_map(|rule| &rule.fields).chain(self.since_birth.iter().flat_map(|rule| &rule.fields));
        let pairs = self.order.iter().flat_map(|rule| &rule.fields).flat_map(|pair| [&pair.first, &pair.then]);
        single.chain(person).chain(several).chain(pairs).chain(&self.start.fields).collect()
    }
}

/// Whether a reference names this field.
pub(crate) fn is(at: &FieldRef, section: &str, field: &str) -> bool {
    at.section == section && at.field == field
}

/// Reads `data/dossier/checks.toml`; a rule over a field that does not exist is a fault.
pub(crate) fn read(source: &DataSource, sections: &[Section]) -> Result<FieldChecks, Fault> {
    const FILE: &str = "dossier/checks.toml";
    let checks: FieldChecks = source.parse(FILE)?;
    let known = |at: &FieldRef| sections.iter().any(|section| section.key == at.section && section.field(&at.field).is_some());
    let part = |section: &str, field: &str| FieldRef { section: section.into(), field: field.into() };
    let inside: Vec<FieldRef> = checks
        .no_overlap
        .iter()
        .flat_map(|rule| [&rule.from, &rule.until].into_iter().chain(&rule.unless_in).map(|field| part(&rule.section, field)))
        .chain(checks.one_of.iter().flat_map(|rule| rule.fields.iter().map(|field| part(&rule.section, field))))
        .collect();
    match checks.fields().into_iter().chain(&inside).find(|at| !known(at)) {
        Some(at) => Err(Fault::new(FILE, format!("{}.{}", at.section, at.field), "không có trường này")),
        None => Ok(checks),
    }
}
