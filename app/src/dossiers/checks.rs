//! A typed row checked against the rules of `data/dossier/checks.toml`: what to write, what must be put right, what may be
//! confirmed.

use super::{
    dates,
    line::{Line, Shape},
    periods, person, value,
};
use crate::form::Problems;
use jiff::civil::Date;
use law::{Grade, Kind, Sensitivity};
use std::collections::BTreeMap;
use vault::Value;

/// What was typed, by column.
pub(crate) type Typed = BTreeMap<String, String>;

/// What the rest of the dossier says about the person, for rules that reach beyond one row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// Birth date as stored.
    pub(crate) born: String,
}

/// A row as far as it was understood.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// Columns and values to write.
    pub(crate) set: Vec<(String, Value)>,
    /// What keeps it from being written.
    pub(crate) problems: Problems,
    /// What is unusual and may be confirmed.
    pub(crate) warnings: Problems,
}

/// Where a row is checked.
pub(crate) struct Around<'a> {
    /// The row as it stands; nothing for a new one.
    pub(crate) stored: Option<&'a Line>,
    /// The other rows of the section.
    pub(crate) others: &'a [Line],
    /// The person.
    pub(crate) person: &'a Person,
    /// Today.
    pub(crate) today: Date,
    /// Fields above this level are neither read nor written.
    pub(crate) level: Sensitivity,
}

impl Checked {
    pub(super) fn say(&mut self, grade: Grade, column: &str, sentence: impl Into<String>) {
        match grade {
            Grade::Refuse => self.problems.add(column, sentence),
            Grade::Warn => self.warnings.add(column, sentence),
        }
    }
}

/// Values of a row by column, whether typed or kept.
pub(super) struct After<'a> {
    pub(super) shape: &'a Shape<'a>,
    pub(super) values: Vec<Value>,
}

impl After<'_> {
    pub(super) fn value(&self, column: &str) -> &Value {
        self.shape.place(column).and_then(|place| self.values.get(place)).unwrap_or(&Value::Null)
    }

    /// The value as it is stored, in words; empty for nothing.
    pub(super) fn text(&self, column: &str) -> String {
        match self.value(column) {
            Value::Text(text) => text.clone(),
            Value::Date(day) => day.to_string(),
            Value::Bool(yes) => yes.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Null | Value::Instant(_) | Value::Json(_) | Value::Bytes(_) => String::new(),
        }
    }

    pub(super) fn label(&self, field: &str) -> String {
        self.shape.section.field(field).map_or(field, |field| &field.label_vi).to_owned()
    }

    fn span(&self, column: &str) -> Option<(Date, Date)> {
        dates::span(&self.text(column))
    }
}

/// Reads what was typed and applies every rule of the section. Columns that were not typed keep what they hold.
pub(crate) fn check(shape: &Shape<'_>, typed: &Typed, around: &Around<'_>) -> Checked {
    let mut checked = Checked::default();
    let mut after = After { shape, values: shape.columns.iter().map(|_| Value::Null).collect() };
    let row = |column: &str| match typed.get(column) {
        Some(text) => value::plain(text),
        None => around.stored.map(|line| line.value(shape, column)).map_or(String::new(), |value| match value {
            Value::Text(text) => text.clone(),
            _ => String::new(),
        }),
    };
    for (place, spot) in shape.spots().enumerate() {
        let stored = around.stored.map_or(&Value::Null, |line| line.at(place));
        let column = spot.column.name.as_str();
        let given = typed.get(column).filter(|_| spot.field.sensitivity <= around.level);
        let found = match given {
            None => stored.clone(),
            Some(text) => value::read(spot, &number_typed(shape, spot.field.key.as_str(), text), stored, around.today, &row)
                .unwrap_or_else(|sentence| {
                    checked.problems.add(column, sentence);
                    Value::Null
                }),
        };
        if given.is_some() && found != *stored {
            checked.set.push((column.to_owned(), found.clone()));
        }
        if let Some(slot) = after.values.get_mut(place) {
            *slot = found;
        }
    }
    fill_names(&mut after, typed, &mut checked);
    apply(&after, around, &mut checked);
    checked
}

/// Digits of a number without the blanks, points and dashes people put between them.
fn number_typed(shape: &Shape<'_>, field: &str, text: &str) -> String {
    let rule = shape.law.checks.number.iter().find(|rule| rule.at.section == shape.section.key && rule.at.field == field);
    let Some(rule) = rule else { return text.to_owned() };
    let bare: String = value::plain(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    let home = rule.country_code.as_deref().and_then(|code| bare.strip_prefix(code));
    home.map_or_else(|| bare.to_uppercase(), |rest| format!("0{rest}"))
}

/// A name that follows from a code is filled in when it is left blank.
fn fill_names(after: &mut After<'_>, typed: &Typed, checked: &mut Checked) {
    for rule in after.shape.law.checks.filled_from.iter().filter(|rule| rule.at.section == after.shape.section.key) {
        let code = after.text(&rule.code);
        let blank = typed.get(&rule.at.field).is_some_and(|text| text.trim().is_empty());
        let spot = after.shape.spots().find(|spot| spot.column.name == rule.code);
        if let (true, false, Some(spot)) = (blank, code.is_empty(), spot) {
            let name = value::show(spot, &Value::Text(code));
            if let Some(place) = after.shape.place(&rule.at.field)
                && let Some(slot) = after.values.get_mut(place)
            {
                *slot = Value::Text(name.clone());
                checked.set.retain(|(column, _)| *column != rule.at.field);
                checked.set.push((rule.at.field.clone(), Value::Text(name)));
            }
        }
    }
}

fn apply(after: &After<'_>, around: &Around<'_>, checked: &mut Checked) {
    let (section, rules) = (after.shape.section.key.as_str(), &after.shape.law.checks);
    for rule in rules.number.iter().filter(|rule| rule.at.section == section) {
        person::number(rule, &after.text(&rule.at.field), checked);
    }
    for rule in rules.number_by_code.iter().filter(|rule| rule.at.section == section) {
        person::number_by_code(rule, after, checked);
    }
    if rules.personal_number.at.section == section {
        person::structure(after, checked);
    }
    ranges(after, checked);
    for rule in rules.not_future.iter().flat_map(|rule| rule.fields.iter().map(move |at| (rule.grade, at))) {
        let (grade, at) = rule;
        if at.section == section && after.span(&at.field).is_some_and(|(first, _)| first > around.today) {
            checked.say(
                grade,
                &at.field,
                format!("{} không được sau hôm nay {}", after.label(&at.field), crate::form::show_day(around.today)),
            );
        }
    }
    for (grade, pair) in rules.order.iter().flat_map(|rule| rule.fields.iter().map(move |pair| (rule.grade, pair))) {
        let both = (pair.first.section == section).then(|| after.span(&pair.first.field).zip(after.span(&pair.then.field))).flatten();
        let Some(((first, _), (_, last))) = both else { continue };
        if first > last || (first == last && !pair.may_equal && after.text(&pair.first.field).len() == 10) {
            let (then, first) = (after.label(&pair.then.field), after.label(&pair.first.field));
            checked.say(grade, &pair.then.field, format!("{then} phải sau {}", lower(&first)));
        }
    }
    since_birth(after, around, checked);
    periods::check(after, around, checked);
    together(after, checked);
}

fn ranges(after: &After<'_>, checked: &mut Checked) {
    let section = &after.shape.section.key;
    for rule in after.shape.law.checks.range.iter().filter(|rule| rule.at.section == *section) {
        let Value::Int(number) = after.value(&rule.at.field) else { continue };
        let is_decimal = after.shape.section.field(&rule.at.field).is_some_and(|field| field.kind == Kind::Decimal);
        let bound = |text: &str| value::hundredths(text).ok().map(|bound| if is_decimal { bound } else { bound / 100 });
        let low = bound(&rule.min).is_some_and(|min| *number < min);
        let high = rule.max.as_deref().and_then(bound).is_some_and(|max| *number > max);
        if low || high {
            let limits = match &rule.max {
                Some(max) => format!("từ {} đến {}", rule.min.replace('.', ","), max.replace('.', ",")),
                None => format!("không nhỏ hơn {}", rule.min.replace('.', ",")),
            };
            let shown = if is_decimal { value::decimal(*number) } else { number.to_string() };
            checked.say(rule.grade, &rule.at.field, format!("{} là {shown}; giá trị đúng {limits}", after.label(&rule.at.field)));
        }
    }
}

fn since_birth(after: &After<'_>, around: &Around<'_>, checked: &mut Checked) {
    let section = &after.shape.section.key;
    let Some((born, _)) = dates::span(&around.person.born) else { return };
    for rule in &after.shape.law.checks.since_birth {
        let Some(old_enough) = born.checked_add(jiff::Span::new().years(rule.years)).ok() else { continue };
        for at in rule.fields.iter().filter(|at| at.section == *section) {
            if after.span(&at.field).is_some_and(|(_, last)| last < old_enough) {
                let label = after.label(&at.field);
                let sentence = match rule.years {
                    0 => format!("{label} trước ngày sinh {}", crate::page::show_date(&around.person.born)),
                    years => format!("{label} khi chưa đủ {years} tuổi (sinh {})", crate::page::show_date(&around.person.born)),
                };
                checked.say(rule.grade, &at.field, sentence);
            }
        }
    }
    for rule in after.shape.law.checks.born_before.iter().filter(|rule| rule.at.section == *section) {
        let meant = rule.values.contains(&after.text(&rule.code));
        if meant && after.span(&rule.at.field).is_some_and(|(first, _)| first >= born) {
            checked.say(
                rule.grade,
                &rule.at.field,
                format!("Cha, mẹ phải sinh trước bản thân, sinh {}", crate::page::show_date(&around.person.born)),
            );
        }
    }
}

/// Fields that go together.
fn together(after: &After<'_>, checked: &mut Checked) {
    let (section, rules) = (after.shape.section.key.as_str(), &after.shape.law.checks);
    for rule in rules.one_of.iter().filter(|rule| rule.section == section) {
        if rule.fields.iter().all(|field| after.value(field).is_empty()) {
            let labels = rule.fields.iter().map(|field| lower(&after.label(field))).collect::<Vec<_>>().join(", ");
            checked.say(rule.grade, rule.fields.first().map_or("", String::as_str), format!("Cần một trong: {labels}"));
        }
    }
    for rule in rules.needed_when.iter().filter(|rule| rule.at.section == section) {
        if after.text(&rule.field) == rule.is && after.value(&rule.at.field).is_empty() {
            checked.say(rule.grade, &rule.at.field, format!("Chưa có {}", lower(&after.label(&rule.at.field))));
        }
    }
}

/// A label inside a sentence.
pub(crate) fn lower(label: &str) -> String {
    let mut letters = label.chars();
    let second_is_small = label.chars().nth(1).is_some_and(|c| c.is_lowercase() || c == ' ');
    match letters.next() {
        Some(first) if second_is_small => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}
