//! Roster columns as lists show them, prepared once at the start.

use super::counts::Counts;
use crate::page::escaped;
use law::{Derive, Kind, Law, RosterColumn, RosterKind, Sensitivity};
use std::fmt::Write;
use vault::Value;

/// Bytes of a label from which its column needs room for words.
const LONG_LABEL: usize = 16;
/// The list of codes that people know by the code itself.
const KNOWN_BY_CODE: &str = "ranks";

/// How the stored value of a column reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reads {
    /// As it is.
    Words,
    /// A code of this catalogue; several may stand with commas between.
    Code(String),
    /// A civil day, or a partial date.
    Day,
    /// The day of an instant.
    Moment,
    /// A whole number.
    Number,
    /// Hundredths, always with both.
    Hundredths,
    /// Hundredths of a percent figure, whole where it is whole.
    Percent,
    /// Yes or no.
    YesNo,
    /// How much of a dossier is filled.
    Completeness,
}

/// One column that a list may show.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in the roster.
    pub key: String,
    /// Its heading.
    pub label: String,
    /// How its values read.
    pub reads: Reads,
    /// The roster column by which it sorts; none when lists are not sorted by it.
    pub sort: Option<String>,
    /// What the roster keeps in it.
    pub kind: RosterKind,
    /// The roster column that is compared in a range of days.
    pub compared: String,
    /// Only those who manage the dossier, and the person, read it.
    pub personal: bool,
    /// Shown unless somebody chose otherwise.
    pub default: bool,
    /// The person's name: first column, link to the dossier.
    pub is_name: bool,
    /// The cell's opening tag.
    pub cell: String,
}

/// What lists need, made once; and counts kept for a few seconds.
pub struct Lists {
    /// Columns that may be shown, the name first.
    pub columns: Vec<Column>,
    pub(super) counts: Counts,
    pub(super) units: super::choices::Kept,
}

impl Lists {
    /// From the roster of the law.
    pub fn new(law: &Law) -> Lists {
        let helper = |column: &RosterColumn| matches!(column.derive, Some(Derive::FoldedName | Derive::SortName | Derive::FirstDay));
        let open = law.roster.iter().filter(|column| !helper(column) && column.sensitivity != Sensitivity::Secret);
        let mut columns: Vec<Column> = open.map(|column| Column::new(law, column)).collect();
        columns.sort_by_key(|column| !column.is_name);
        Lists { columns, counts: Counts::default(), units: Default::default() }
    }

    /// The column with this key.
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.key == key)
    }
}

impl Column {
    fn new(law: &Law, column: &RosterColumn) -> Column {
        let helper = |derive: Derive| {
            let of_same = |other: &&RosterColumn| other.derive == Some(derive) && other.of == column.from && column.from.is_some();
            law.roster.iter().find(of_same).map(|other| other.key.clone())
        };
        let by_name = helper(Derive::SortName);
        let is_name = by_name.is_some();
        let first_day = helper(Derive::FirstDay);
        let sort = by_name.or_else(|| first_day.clone()).or_else(|| column.sortable.then(|| column.key.clone()));
        let reads = reads(law, column);
        let long = |key: &String| law.catalogue(key).is_some_and(|list| list.items.iter().any(|item| item.label_vi.len() > LONG_LABEL));
        let class = match &reads {
            Reads::Number | Reads::Hundredths | Reads::Percent => "num",
            Reads::Day | Reads::Moment | Reads::Completeness => "nowrap",
            Reads::Words if column.kind == RosterKind::Text => "words",
            Reads::Code(key) if long(key) => "words",
            Reads::Words | Reads::Code(_) | Reads::YesNo => "",
        };
        let mut cell = String::from("<td");
        if !class.is_empty() {
            write!(cell, " class=\"{class}\"").unwrap_or_default();
        }
        write!(cell, " data-label=\"").unwrap_or_default();
        escaped(&column.label_vi, &mut cell);
        cell.push_str("\">");
        Column {
            key: column.key.clone(),
            label: column.label_vi.clone(),
            sort,
            kind: if first_day.is_some() { RosterKind::Date } else { column.kind },
            compared: first_day.unwrap_or_else(|| column.key.clone()),
            personal: column.sensitivity != Sensitivity::PublicInUnit,
            default: column.default,
            is_name,
            cell,
            reads,
        }
    }

    /// Whether its figures stand at the right.
    pub fn is_figure(&self) -> bool {
        matches!(self.reads, Reads::Number | Reads::Hundredths | Reads::Percent)
    }

    /// The value in words, as lists and exports show it; empty when nothing is known.
    pub fn words(&self, law: &Law, value: &Value, out: &mut String) {
        match (value, &self.reads) {
            (Value::Null, _) => {}
            (Value::Text(text), Reads::Code(key)) => labels(law, key, text, out),
            (Value::Text(text), Reads::Day) => day(text, out),
            (Value::Text(text), Reads::Moment) => match text.parse::<jiff::Timestamp>() {
                Ok(at) => civil(crate::day_of(at), out),
                Err(_) => out.push_str(text),
            },
            (Value::Text(text), _) => out.push_str(text),
            (Value::Date(on), _) => civil(*on, out),
            (Value::Instant(at), _) => civil(crate::day_of(*at), out),
            (Value::Bool(yes), _) => out.push_str(yes_no(*yes)),
            (Value::Int(number), Reads::YesNo) => out.push_str(yes_no(*number != 0)),
            (Value::Int(number), Reads::Hundredths) => hundredths(*number, out),
            (Value::Int(number), Reads::Percent) if number % 100 == 0 => write!(out, "{}", number / 100).unwrap_or_default(),
            (Value::Int(number), Reads::Percent) => hundredths(*number, out),
            (Value::Int(number), _) => write!(out, "{number}").unwrap_or_default(),
            (Value::Json(_) | Value::Bytes(_), _) => {}
        }
    }
}

fn reads(law: &Law, column: &RosterColumn) -> Reads {
    let field = column.from.as_ref().and_then(|from| law.section(&from.section)?.field(&from.field));
    match (column.kind, column.derive) {
        (_, Some(Derive::Completeness)) => Reads::Completeness,
        (_, Some(Derive::ChangedAt)) => Reads::Moment,
        (RosterKind::Code, _) => match &column.catalogue {
            Some(key) if key != KNOWN_BY_CODE => Reads::Code(key.clone()),
            Some(_) | None => Reads::Words,
        },
        (RosterKind::Date, _) => Reads::Day,
        (RosterKind::Text, _) if field.is_some_and(|field| field.kind == Kind::PartialDate) => Reads::Day,
        (RosterKind::Text | RosterKind::Key, _) => Reads::Words,
        (RosterKind::Int, _) => Reads::Number,
        (RosterKind::Decimal, _) if column.label_vi.contains('%') => Reads::Percent,
        (RosterKind::Decimal, _) => Reads::Hundredths,
        (RosterKind::Bool, _) => Reads::YesNo,
    }
}

fn labels(law: &Law, key: &str, codes: &str, out: &mut String) {
    let Some(list) = law.catalogue(key) else { return out.push_str(codes) };
    for (place, code) in codes.split(',').enumerate() {
        out.push_str(if place == 0 { "" } else { ", " });
        out.push_str(list.label(code.trim()));
    }
}

/// `1985-03-14` as `14/03/1985`, and less where less is known.
fn day(stored: &str, out: &mut String) {
    for (place, part) in stored.rsplit('-').enumerate() {
        out.push_str(if place == 0 { "" } else { "/" });
        out.push_str(part);
    }
}

fn civil(on: jiff::civil::Date, out: &mut String) {
    write!(out, "{:02}/{:02}/{:04}", on.day(), on.month(), on.year()).unwrap_or_default();
}

fn hundredths(number: i64, out: &mut String) {
    write!(out, "{},{:02}", number / 100, (number % 100).abs()).unwrap_or_default();
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "Có" } else { "Không" }
}
