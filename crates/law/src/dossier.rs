//! The fields of a dossier, described once: sections, kinds of fields, and the columns that hold them.

use serde::Deserialize;
use std::{fmt, sync::OnceLock};

/// One group of data of a dossier; a table of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its key; the table is `s_` and this.
    pub key: String,
    /// Heading on screen.
    pub label_vi: String,
    /// One record for a person, or many rows.
    pub cardinality: Cardinality,
    /// Keys of the printed forms that hold something of it.
    pub templates: Vec<String>,
    /// What a developer should know.
    #[serde(default)]
    pub note: String,
    /// Source key of `dossier/sources.toml`.
    pub source: String,
    /// `verified` or `from-memory`.
    pub confidence: String,
    /// A complete dossier has at least one row (list sections only).
    #[serde(default)]
    pub needs_a_row: bool,
    /// Fields in the order of the form.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// How many records of a section one person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cardinality {
    /// One.
    Single,
    /// Rows of a table.
    List,
}

/// Who may read a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Sensitivity {
    /// Everyone who may open the dossier.
    #[serde(rename = "public-in-unit")]
    PublicInUnit,
    /// The person and those who manage the dossier.
    #[serde(rename = "personal")]
    Personal,
    /// Only those named in writing.
    #[serde(rename = "secret")]
    Secret,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words.
    Text,
    /// A civil day.
    Date,
    /// A day, a month or a year, kept as precisely as it was declared: `1985-03-14`, `1985-03`, `1985`.
    PartialDate,
    /// A code of a catalogue.
    Enum,
    /// A whole number.
    Int,
    /// A number with two decimals, kept in hundredths.
    Decimal,
    /// Yes or no.
    Bool,
    /// A file of the store, by id.
    File,
    /// A place, in words and coded.
    Address,
    /// A decision, as far as the paper says.
    Decision,
}

/// One datum.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its key; the first column has this name.
    pub key: String,
    /// Label on screen.
    pub label_vi: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The code list, where `kind` is [`Kind::Enum`].
    pub catalogue: Option<String>,
    /// Several codes may stand in it, separated by commas.
    #[serde(default)]
    pub multiple: bool,
    /// Written with two decimals even where they are naught, as coefficients are.
    #[serde(default)]
    pub two_decimals: bool,
    /// A complete dossier has it.
    pub required: bool,
    /// Item number on 2C-BNV/2008.
    pub item_2c_2008: Option<String>,
    /// Item number on HS02-VC/BNV.
    pub item_hs02_vc: Option<String>,
    /// Item number on the form of TT 06/2023.
    pub item_tt06_2023: Option<String>,
    /// Who may read it.
    pub sensitivity: Sensitivity,
    /// What writing it is among the acts that gates refuse.
    pub act: Option<String>,
    /// One short sentence below the field, for those who fill it in; empty where the label says enough.
    #[serde(default)]
    pub hint: String,
    /// The rule in words, for those who work on the program; never shown.
    #[serde(default)]
    pub validation: String,
    /// Source key of `dossier/sources.toml`.
    pub source: String,
    /// `verified` or `from-memory`.
    pub confidence: String,
    /// Its columns, once they have been asked for.
    #[serde(skip)]
    pub columns: Columns,
}

/// The columns of a field, made once: pages ask for those of all fields again and again.
#[derive(Clone, Debug, Default)]
pub struct Columns(OnceLock<Vec<Column>>);

/// One column of a section table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: the field key, or the field key and the part (`hometown_province_code`).
    pub name: String,
    /// What it holds; never [`Kind::Address`] or [`Kind::Decision`].
    pub kind: Kind,
    /// The part of an address or a decision, empty for a plain field.
    pub part: &'static str,
}

/// Parts of an address: as the paper says, and coded in the model of its time.
pub const ADDRESS_PARTS: &[(&str, Kind, &str)] = &[
    ("as_written", Kind::Text, "Nguyên văn trên giấy tờ"),
    ("model", Kind::Text, "Mô hình địa giới"),
    ("detail", Kind::Text, "Số nhà, đường, thôn, tổ dân phố"),
    ("province_code", Kind::Text, "Tỉnh, thành phố"),
    ("district_code", Kind::Text, "Huyện, quận (đến 30/06/2025)"),
    ("commune_code", Kind::Text, "Xã, phường, đặc khu"),
    ("valid_on", Kind::Date, "Ngày địa danh có hiệu lực"),
    ("current_equivalent", Kind::Text, "Địa chỉ tương ứng hiện nay (2 cấp)"),
];

/// Parts of a decision as far as an old paper says.
pub const DECISION_PARTS: &[(&str, Kind, &str)] = &[
    ("number", Kind::Text, "Số quyết định"),
    ("signed_on", Kind::Date, "Ngày quyết định"),
    ("issuing_body", Kind::Text, "Cơ quan quyết định"),
    ("signer", Kind::Text, "Người ký"),
];

impl Section {
    /// The table that holds it.
    pub fn table(&self) -> String {
        format!("s_{}", self.key)
    }

    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Every column, in the order of the fields.
    pub fn columns(&self) -> Vec<&Column> {
        self.fields.iter().flat_map(Field::columns).collect()
    }

    /// Whether it holds one record.
    pub fn is_single(&self) -> bool {
        self.cardinality == Cardinality::Single
    }
}

impl Field {
    /// The columns that hold this field.
    pub fn columns(&self) -> &[Column] {
        self.columns.0.get_or_init(|| self.lay_out())
    }

    fn lay_out(&self) -> Vec<Column> {
        let parts = |parts: &'static [(&'static str, Kind, &'static str)]| {
            let column =
                |(part, kind, _): &(&'static str, Kind, &'static str)| Column { name: format!("{}_{part}", self.key), kind: *kind, part };
            parts.iter().map(column).collect()
        };
        match self.kind {
            Kind::Address => parts(ADDRESS_PARTS),
            Kind::Decision => parts(DECISION_PARTS),
            kind => vec![Column { name: self.key.clone(), kind, part: "" }],
        }
    }

    /// Its item number on a printed form, by the form's key.
    pub fn item(&self, form: &str) -> Option<&str> {
        match form {
            "2C-2008" => self.item_2c_2008.as_deref(),
            "HS02-VC" => self.item_hs02_vc.as_deref(),
            "TT06-2023" => self.item_tt06_2023.as_deref(),
            _ => None,
        }
    }
}

/// A field named from elsewhere, written `section.field`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct FieldRef {
    /// Key of the section.
    pub section: String,
    /// Key of the field inside it.
    pub field: String,
}

impl TryFrom<String> for FieldRef {
    type Error = String;

    fn try_from(text: String) -> Result<FieldRef, String> {
        let (section, field) = text.split_once('.').ok_or_else(|| format!("{text} phải viết dạng mục.trường"))?;
        Ok(FieldRef { section: section.to_owned(), field: field.to_owned() })
    }
}

impl fmt::Display for FieldRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.section, self.field)
    }
}
