//! One flat row per dossier: what of a section goes into it, and how complete the section is.

use crate::{
    Result, Value,
    names::{first_day, folded, sort_name},
};
use jiff::civil::Date;
use law::{Derive, Field, FieldRef, Kind, Law, RosterColumn, Section};
use serde_json::{Map, Value as Json, json};

/// A row as pairs of column and value.
pub(crate) type Facts<'a> = Vec<(&'a str, Value)>;

/// How sections feed the roster; made once from the field catalogue.
pub(crate) struct Plan {
    pub(crate) sections: Vec<Part>,
    /// Columns that every dossier has, whatever its sections hold.
    pub(crate) unit_name: Option<String>,
    pub(crate) completeness: Option<String>,
    pub(crate) changed_at: Option<String>,
}

/// One section of the plan.
pub(crate) struct Part {
    pub(crate) key: String,
    pub(crate) table: String,
    single: bool,
    needs_a_row: bool,
    required: Vec<Field>,
    /// Keys of the forms that ask for it.
    forms: Vec<String>,
    /// Columns read from it, `dossier_id` first.
    pub(crate) wanted: Vec<String>,
    feeds: Vec<Feed>,
}

/// How a column of a section fills one of the roster.
struct Feed {
    /// Roster column.
    key: String,
    /// Column of the section.
    column: String,
    /// How it is turned.
    derive: Option<Derive>,
    /// Column of days by which the latest row is found; without it the first row is taken.
    by: Option<String>,
}

impl Plan {
    pub(crate) fn of(law: &Law) -> Result<Plan> {
        let own = |wanted: Derive| law.roster.iter().find(|column| column.derive == Some(wanted)).map(|column| column.key.clone());
        Ok(Plan {
            sections: law.sections.iter().map(|section| Part::of(law, section)).collect(),
            unit_name: own(Derive::UnitName),
            completeness: own(Derive::Completeness),
            changed_at: own(Derive::ChangedAt),
        })
    }

    pub(crate) fn part(&self, table: &str) -> Option<&Part> {
        self.sections.iter().find(|part| part.table == table)
    }

    /// Percent of the required fields that are filled, from the counts of the sections that a form asks for.
    pub(crate) fn completeness(&self, form: &str, missing: &Map<String, Json>) -> i64 {
        let asked = || self.sections.iter().filter(|part| part.forms.iter().any(|asks| asks == form));
        let count = |place: usize| -> i64 { asked().filter_map(|part| missing.get(&part.key)?.get(place)?.as_i64()).sum() };
        let (gaps, wanted) = (count(0), count(1));
        if wanted == 0 { 100 } else { (wanted - gaps) * 100 / wanted }
    }
}

impl Part {
    fn of(law: &Law, section: &Section) -> Part {
        let required: Vec<Field> = section.fields.iter().filter(|field| field.required).cloned().collect();
        let asked: Vec<String> = required.iter().flat_map(asked).collect();
        let of_here =
            |field: &Option<FieldRef>| field.as_ref().filter(|field| field.section == section.key).map(|field| field.field.clone());
        let feed = |column: &RosterColumn| {
            let (key, by) = (column.key.clone(), of_here(&column.by));
            let feed = |field, derive| Feed { key, column: field, derive, by: by.clone() };
            match of_here(&column.from) {
                Some(field) => Some(feed(field, None)),
                None => of_here(&column.of).map(|field| feed(field, column.derive)),
            }
            .filter(|_| section.is_single() || by.is_some())
        };
        let feeds: Vec<Feed> = law.roster.iter().filter_map(feed).collect();
        let mut wanted = vec!["dossier_id".to_owned()];
        let fed = feeds.iter().flat_map(|feed| std::iter::once(&feed.column).chain(&feed.by));
        for column in asked.iter().chain(fed) {
            if !wanted.contains(column) {
                wanted.push(column.clone());
            }
        }
        Part {
            key: section.key.clone(),
            table: section.table(),
            single: section.is_single(),
            needs_a_row: section.needs_a_row,
            required,
            forms: section.templates.clone(),
            wanted,
            feeds,
        }
    }

    /// Whether neither the roster nor completeness asks for anything of it.
    pub(crate) fn is_idle(&self) -> bool {
        self.feeds.is_empty() && self.required.is_empty() && !self.needs_a_row
    }

    /// How many required fields are empty, of how many; nothing when none are asked for.
    pub(crate) fn gaps(&self, rows: &[Facts<'_>]) -> Option<Json> {
        let fields = self.required.len();
        let (gaps, wanted) = match (rows.is_empty(), self.single) {
            (true, true) => (fields, fields),
            (true, false) => (usize::from(self.needs_a_row && fields > 0), usize::from(self.needs_a_row && fields > 0)),
            (false, _) => {
                let empty = |row: &Facts<'_>| {
                    let has = |column: &str| value(row, column).is_some_and(|value| !value.is_empty());
                    self.required.iter().filter(|field| !field.is_filled(has)).count()
                };
                (rows.iter().map(empty).sum(), fields * rows.len())
            }
        };
        (wanted > 0).then(|| json!([gaps, wanted]))
    }

    /// The roster columns it fills.
    pub(crate) fn fill(&self, rows: &[Facts<'_>]) -> Vec<(&str, Value)> {
        let turned = |feed: &Feed| -> Value {
            let row = match &feed.by {
                Some(by) => rows.iter().max_by_key(|row| day(row, by)),
                None => rows.first(),
            };
            let found = row.and_then(|row| value(row, &feed.column)).cloned().unwrap_or(Value::Null);
            match (feed.derive, found) {
                (Some(Derive::FoldedName), Value::Text(name)) => folded(&name).into(),
                (Some(Derive::SortName), Value::Text(name)) => sort_name(&name).into(),
                (Some(Derive::FirstDay), Value::Text(partial)) => first_day(&partial).into(),
                (_, found) => found,
            }
        };
        self.feeds.iter().map(|feed| (feed.key.as_str(), turned(feed))).collect()
    }
}

/// A day of a row, however its database keeps it; none comes before every day.
fn day(row: &Facts<'_>, column: &str) -> Option<Date> {
    match value(row, column)? {
        Value::Date(on) => Some(*on),
        Value::Text(text) => text.parse().ok(),
        Value::Null | Value::Int(_) | Value::Bool(_) | Value::Instant(_) | Value::Json(_) | Value::Bytes(_) => None,
    }
}

/// The columns that decide whether a field is filled; [`Field::is_filled`] asks for no others.
fn asked(field: &Field) -> Vec<String> {
    let parts: &[&str] = match field.kind {
        Kind::Address => &["as_written", "province_code"],
        Kind::Decision => &["number", "signed_on"],
        Kind::Text | Kind::Date | Kind::PartialDate | Kind::Enum | Kind::Int | Kind::Decimal | Kind::Bool | Kind::File => {
            return vec![field.key.clone()];
        }
    };
    parts.iter().map(|part| format!("{}_{part}", field.key)).collect()
}

fn value<'a>(row: &'a Facts<'_>, column: &str) -> Option<&'a Value> {
    row.iter().find(|(name, _)| *name == column).map(|(_, value)| value)
}
