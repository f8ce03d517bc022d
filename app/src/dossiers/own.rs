//! Fields of a province's own: laid down by an administrator, kept in one JSON column of the section's table, and treated
//! like any other field in form, display and history.

use super::{
    checks::Typed,
    line::{Line, Shape},
    value::{self, Spot},
};
use crate::{error::Result, form::Problems};
use jiff::civil::Date;
use law::{Column, Field, Kind, Law, Section, Sensitivity};
use serde_json::{Map, Value as Json};
use vault::{Read, Row, Value};

/// How the column of an own field begins where it stands among columns of the section.
pub(crate) const COLUMN: &str = "rieng_";

/// Every own field; see [`read`].
pub(super) const ALL: &str = "
    SELECT o.id, o.version, o.section_key, o.key, o.label_vi, o.kind, o.catalogue, o.required, o.sensitivity, o.until_on
    FROM own_fields o ORDER BY o.section_key, o.sort_order, o.id";

/// Kinds an own field may have: code, words.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("text", "Chữ"),
    ("date", "Ngày"),
    ("partial_date", "Ngày, tháng hoặc năm"),
    ("int", "Số nguyên"),
    ("decimal", "Số thập phân"),
    ("bool", "Có, không"),
    ("enum", "Mã theo danh mục"),
];

/// Levels of secrecy: code, words.
pub(crate) const LEVELS: &[(&str, &str)] =
    &[("public-in-unit", "Người trong đơn vị"), ("personal", "Chính chủ và người quản lý hồ sơ"), ("secret", "Người được phép")];

/// One own field.
#[derive(Clone, Debug)]
pub(crate) struct OwnField {
    /// The row that lays it down.
    pub(crate) id: i64,
    /// Its version.
    pub(crate) version: i64,
    /// Its section.
    pub(crate) section: String,
    /// The field as the catalogue would describe it.
    pub(crate) field: Field,
    /// Its only column.
    pub(crate) column: Column,
    /// The last day on which it is filled in.
    pub(crate) until_on: Option<Date>,
}

fn kind(code: &str) -> Kind {
    match code {
        "date" => Kind::Date,
        "partial_date" => Kind::PartialDate,
        "int" => Kind::Int,
        "decimal" => Kind::Decimal,
        "bool" => Kind::Bool,
        "enum" => Kind::Enum,
        _ => Kind::Text,
    }
}

/// The code of a kind.
pub(crate) fn kind_code(of: Kind) -> &'static str {
    KINDS.iter().map(|(code, _)| *code).find(|code| kind(code) == of).unwrap_or("text")
}

/// The code of a level.
pub(crate) fn level_code(of: Sensitivity) -> &'static str {
    match of {
        Sensitivity::PublicInUnit => "public-in-unit",
        Sensitivity::Personal => "personal",
        Sensitivity::Secret => "secret",
    }
}

/// Every own field.
pub(crate) async fn all(from: &mut impl Read) -> Result<Vec<OwnField>> {
    read(&from.rows(ALL, &[]).await?)
}

/// The rows of [`ALL`].
pub(super) fn read(rows: &[Row]) -> Result<Vec<OwnField>> {
    rows.iter()
        .map(|row| {
            let (key, kind) = (row.text("key")?, kind(&row.text("kind")?));
            let sensitivity = match row.text("sensitivity")?.as_str() {
                "public-in-unit" => Sensitivity::PublicInUnit,
                "personal" => Sensitivity::Personal,
                _ => Sensitivity::Secret,
            };
            let column = Column { name: format!("{COLUMN}{key}"), kind, part: "" };
            let field = Field {
                act: None,
                key: key.clone(),
                label_vi: row.text("label_vi")?,
                kind,
                catalogue: row.get("catalogue")?,
                multiple: false,
                two_decimals: false,
                required: row.bool("required")?,
                item_2c_2008: None,
                item_hs02_vc: None,
                item_tt06_2023: None,
                sensitivity,
                hint: String::new(),
                validation: String::new(),
                source: String::new(),
                confidence: String::new(),
                columns: Default::default(),
            };
            let (id, version) = (row.int("id")?, row.int("version")?);
            Ok(OwnField { id, version, section: row.text("section_key")?, field, column, until_on: row.get("until_on")? })
        })
        .collect()
}

impl OwnField {
    /// Field and column with everything [`value`] needs.
    pub(crate) fn spot<'a>(&'a self, law: &'a Law, section: &'a Section) -> Spot<'a> {
        Spot { law, section, field: &self.field, column: &self.column }
    }

    /// What a row holds in it.
    pub(crate) fn value(&self, line: &Line) -> Value {
        line.own.get(&self.field.key).map_or(Value::Null, |json| super::line::from_json(self.field.kind, json))
    }

    /// Whether it is still filled in.
    pub(crate) fn is_open(&self, today: Date) -> bool {
        self.until_on.is_none_or(|until| until >= today)
    }
}

/// The own field of a section with this column.
pub(crate) fn with_column<'a>(own: &'a [OwnField], section: &str, column: &str) -> Option<&'a OwnField> {
    own.iter().find(|own| own.section == section && own.column.name == column)
}

/// The own fields of a row after what was typed; nothing when none of them changes.
pub(crate) fn check(
    own: &[OwnField],
    shape: &Shape<'_>,
    typed: &Typed,
    stored: Option<&Line>,
    level: Sensitivity,
    today: Date,
    problems: &mut Problems,
) -> Option<Value> {
    let (law, section) = (shape.law, shape.section);
    let before = stored.map(|line| line.own.clone()).unwrap_or_default();
    let mut after = before.clone();
    for field in own.iter().filter(|field| field.section == section.key && field.field.sensitivity <= level) {
        let Some(text) = typed.get(&field.column.name) else { continue };
        let stands = stored.map_or(Value::Null, |line| field.value(line));
        match value::read(field.spot(law, section), text, &stands, today, &|_| String::new()) {
            Ok(value) => put(&mut after, &field.field.key, &value),
            Err(sentence) => problems.add(field.column.name.clone(), sentence),
        }
    }
    (after != before).then_some(Value::Json(Json::Object(after)))
}

fn put(own: &mut Map<String, Json>, key: &str, value: &Value) {
    let json = match value {
        Value::Text(text) => Json::from(text.as_str()),
        Value::Int(number) => Json::from(*number),
        Value::Bool(yes) => Json::from(*yes),
        Value::Date(day) => Json::from(day.to_string()),
        Value::Null | Value::Instant(_) | Value::Json(_) | Value::Bytes(_) => Json::Null,
    };
    match json {
        Json::Null => {
            own.remove(key);
        }
        json => {
            own.insert(key.to_owned(), json);
        }
    }
}
