//! A section as columns, and one of its rows as typed values.

use super::{codes, value, value::Spot};
use law::{Column, Field, Kind, Law, Section, Sensitivity};
use serde_json::{Map, Value as Json};
use vault::{Row, Seen, Value};

/// The columns of a section, each with its field.
pub(crate) struct Shape<'a> {
    /// The rules.
    pub(crate) law: &'a Law,
    /// The section.
    pub(crate) section: &'a Section,
    /// Field and column, in the order of the form.
    pub(crate) columns: Vec<(&'a Field, &'a Column)>,
}

/// One row of a section.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// The row.
    pub(crate) id: i64,
    /// The version that was read.
    pub(crate) version: i64,
    /// Values in the order of [`Shape::columns`].
    pub(crate) values: Vec<Value>,
    /// Fields of a province's own.
    pub(crate) own: Map<String, Json>,
}

const NULL: &Value = &Value::Null;

/// Columns of [`Shape::select`] that stand before those of the section.
const BEFORE: usize = 3;

impl<'a> Shape<'a> {
    /// The shape of a section.
    pub(crate) fn new(law: &'a Law, section: &'a Section) -> Shape<'a> {
        let columns = section.fields.iter().flat_map(|field| field.columns().iter().map(move |column| (field, column)));
        Shape { law, section, columns: columns.collect() }
    }

    /// Where a column stands.
    pub(crate) fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|(_, found)| found.name == column)
    }

    /// Field and column with everything [`value`] needs.
    pub(crate) fn spots(&self) -> impl Iterator<Item = Spot<'_>> {
        self.columns.iter().map(|(field, column)| Spot { law: self.law, section: self.section, field, column })
    }

    /// The columns of one field.
    pub(crate) fn spots_of(&self, field: &'a Field) -> impl Iterator<Item = (usize, Spot<'_>)> {
        self.spots().enumerate().filter(move |(_, spot)| std::ptr::eq(spot.field, field))
    }

    /// Fields that somebody of this level may read, in the order of the form.
    pub(crate) fn readable(&self, level: Sensitivity) -> impl Iterator<Item = &'a Field> {
        self.section.fields.iter().filter(move |field| field.sensitivity <= level)
    }

    /// `SELECT` over the section's table of one dossier, all columns, oldest first.
    pub(crate) fn select(&self) -> String {
        let names: String = self.columns.iter().flat_map(|(_, column)| [", t.", column.name.as_str()]).collect();
        format!(
            "SELECT t.id, t.version, t.own_fields{names} FROM {{{}}} t WHERE t.dossier_id = $1 ORDER BY t.ordinal, t.id",
            self.section.table()
        )
    }

    /// A row of [`Shape::select`].
    pub(crate) fn line(&self, row: &Row) -> vault::Result<Line> {
        let Seen { id, version } = row.seen()?;
        let own = match row.get::<Option<Json>>("own_fields")? {
            Some(Json::Object(own)) => own,
            _ => Map::new(),
        };
        let values = row.values().iter().skip(BEFORE).zip(&self.columns);
        Ok(Line { id, version, values: values.map(|(value, (_, column))| typed(column.kind, value.clone())).collect(), own })
    }

    /// A row as it was kept: an object with all columns.
    pub(crate) fn known(&self, row: &Json) -> Line {
        let number = |key: &str| row.get(key).and_then(Json::as_i64).unwrap_or_default();
        let values = self.columns.iter().map(|(_, column)| row.get(&column.name).map_or(Value::Null, |json| from_json(column.kind, json)));
        let own = row.get("own_fields").and_then(Json::as_object).cloned().unwrap_or_default();
        Line { id: number("id"), version: number("version"), values: values.collect(), own }
    }
}

/// A value as the record keeps it.
pub(crate) fn from_json(kind: Kind, json: &Json) -> Value {
    let value = match json {
        Json::Bool(yes) => Value::Bool(*yes),
        Json::Number(number) => number.as_i64().map_or(Value::Null, Value::Int),
        Json::String(text) => Value::Text(text.clone()),
        Json::Null | Json::Array(_) | Json::Object(_) => Value::Null,
    };
    typed(kind, value)
}

/// SQLite keeps days as text and yes/no as numbers.
fn typed(kind: Kind, value: Value) -> Value {
    match (kind, value) {
        (Kind::Bool, Value::Int(number)) => Value::Bool(number != 0),
        (Kind::Date, Value::Text(text)) => text.parse().map_or(Value::Text(text), Value::Date),
        (_, value) => value,
    }
}

impl Line {
    /// The value in a column.
    pub(crate) fn value(&self, shape: &Shape<'_>, column: &str) -> &Value {
        shape.place(column).and_then(|place| self.values.get(place)).unwrap_or(NULL)
    }

    /// The value in a place.
    pub(crate) fn at(&self, place: usize) -> &Value {
        self.values.get(place).unwrap_or(NULL)
    }

    /// What people read for a whole field, addresses and decisions as one text.
    pub(crate) fn show(&self, shape: &Shape<'_>, field: &Field) -> String {
        let part = |part: &str| {
            let column = format!("{}_{part}", field.key);
            let place = shape.place(&column);
            let spot = place.and_then(|place| shape.spots().nth(place));
            spot.map(|spot| value::show(spot, self.value(shape, &column))).unwrap_or_default()
        };
        match field.kind {
            Kind::Address => address(shape.law, part),
            Kind::Decision => decision(part),
            _ => {
                let place = shape.place(&field.key);
                let spot = place.and_then(|place| shape.spots().nth(place));
                spot.map(|spot| value::show(spot, self.value(shape, &field.key))).unwrap_or_default()
            }
        }
    }

    /// Whether a whole field holds something.
    pub(crate) fn has(&self, shape: &Shape<'_>, field: &Field) -> bool {
        field.is_filled(|column| !self.value(shape, column).is_empty())
    }
}

/// An address in one line: the words of the paper, or what is coded; what it is called today behind it.
fn address(law: &Law, part: impl Fn(&str) -> String) -> String {
    let model = part("model");
    let coded = |key: &str| codes::place_label(law, key, &model, &part(key)).to_owned();
    let pieces = [part("detail"), coded("commune_code"), coded("district_code"), coded("province_code")];
    let composed = pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(", ");
    let (written, today) = (part("as_written"), part("current_equivalent"));
    let main = if written.is_empty() { composed } else { written };
    match today.is_empty() {
        true => main,
        false => format!("{main} (nay là {today})"),
    }
}

/// A decision in one line: `Số 26/QĐ-UBND ngày 01/07/2025, UBND phường Đông Kinh`.
fn decision(part: impl Fn(&str) -> String) -> String {
    let (number, day, body, signer) = (part("number"), part("signed_on"), part("issuing_body"), part("signer"));
    let head = match (number.is_empty(), day.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("ngày {day}"),
        (false, true) => number,
        (false, false) => format!("{number} ngày {day}"),
    };
    [head, body, signer].into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(", ")
}
