//! From what is asked to a condition on the roster, and to words.

use super::{
    Asked, Column, Scope,
    asked::{BANDS, How, Test},
    columns::Reads,
};
use crate::{App, error::Result, form, quotas::Rules};
use law::RosterKind;
use serde::Serialize;
use vault::{Read, Reader, Value};

const UNIT: &str = "SELECT u.path, u.name FROM units u WHERE u.id = $1";

/// A condition on `{roster} r`, with its parameters from `$1` on.
pub struct Condition {
    /// The text; true for every row when nothing is asked.
    pub sql: String,
    /// The parameters.
    pub args: Vec<Value>,
    /// An index tells who comes into question, so they are gathered and sorted.
    pub gathers: bool,
}

impl Condition {
    /// One more parameter; gives its mark.
    pub fn bind(&mut self, value: impl Into<Value>) -> String {
        self.args.push(value.into());
        format!("${}", self.args.len())
    }

    /// One more condition.
    pub fn and(&mut self, condition: &str) {
        if !self.sql.is_empty() {
            self.sql.push_str(" AND ");
        }
        self.sql.push_str(condition);
    }
}

/// The condition behind a list. What the visitor may not read takes no part in it.
pub async fn condition(app: &App, reader: &mut Reader<'_>, scope: &Scope, asked: &Asked) -> Result<Condition> {
    let mut made = Condition { sql: String::new(), args: Vec::new(), gathers: false };
    if let Some(state) = asked.state.stored() {
        let state = made.bind(state);
        made.and(&format!("{} = {state}", reader.column("r.state")));
    }
    if let Some(unit) = asked.unit {
        let path = reader.one(UNIT, &[unit.into()]).await?.text("path")?;
        let (from, until) = (made.bind(path.as_str()), made.bind(format!("{}0", path.trim_end_matches('/'))));
        let column = reader.column("r.unit_path");
        made.and(&format!("{column} >= {from} AND {column} < {until}"));
    }
    if !asked.personnel.is_empty() {
        let kind = made.bind(asked.personnel.as_str());
        made.and(&format!("{} = {kind}", reader.column("r.personnel_type")));
    }
    if !asked.group.is_empty() {
        let rules = Rules::read(app, reader).await?;
        if rules.label(&asked.group).is_some() {
            let Condition { args, .. } = &mut made;
            let mut bind = |value: Value| {
                args.push(value);
                format!("${}", args.len())
            };
            let group = rules.condition(&asked.group, &mut bind, &|column| reader.column(column));
            made.and(&format!("({group})"));
        }
    }
    if asked.flagged {
        made.and("EXISTS (SELECT 1 FROM {discrepancies} x WHERE x.dossier_id = r.dossier_id AND x.state = 'open')");
    }
    if let Some((_, from, until, _)) = BANDS.iter().find(|band| band.0 == asked.band) {
        let (from, until) = (made.bind(*from), made.bind(*until));
        made.and(&format!("{} BETWEEN {from} AND {until}", reader.column("r.completeness")));
    }
    for test in &asked.tests {
        if let Some(column) = app.lists.column(&test.column).filter(|column| scope.shows(column)) {
            tested(&mut made, reader, column, &test.how);
        }
    }
    words(&mut made, reader, scope, &asked.words).await?;
    if made.sql.is_empty() {
        made.and("1 = 1");
    }
    Ok(made)
}

async fn words(made: &mut Condition, reader: &mut Reader<'_>, scope: &Scope, words: &str) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    if !words.contains(|letter: char| letter.is_ascii_digit()) {
        let names = reader.names(words).await?;
        let place = made.args.len() + 1;
        made.args.extend(names.values());
        made.and(&names.condition(place));
        made.gathers = names.are_few();
        return Ok(());
    }
    // Every number that begins so: `:` follows the last digit.
    let (from, until) = (made.bind(words), made.bind(format!("{words}:")));
    let mut numbers = format!("r.officer_number >= {from} AND r.officer_number < {until}");
    if scope.is_personal() {
        numbers.push_str(&format!(" OR r.personal_id_number >= {from} AND r.personal_id_number < {until}"));
    }
    made.and(&format!("({numbers})"));
    Ok(())
}

fn tested(made: &mut Condition, reader: &Reader<'_>, column: &Column, how: &How) {
    let key = reader.column(&format!("r.{}", column.key));
    match how {
        How::Missing => made.and(&format!("{key} IS NULL")),
        How::OneOf(codes) if column.kind == RosterKind::Bool => {
            let yes = made.bind(codes.iter().any(|code| code == "co"));
            made.and(&format!("{key} = {yes}"));
        }
        How::OneOf(codes) => {
            let marks: Vec<String> = codes.iter().map(|code| made.bind(code.as_str())).collect();
            made.and(&format!("{key} IN ({})", marks.join(", ")));
        }
        How::Contains(text) => {
            let text = made.bind(format!("%{}%", text.replace(['%', '_', '\\'], "")));
            made.and(&format!("{key} LIKE {text}"));
        }
        How::Between(from, until) => {
            for (typed, sign, end) in [(from, ">=", false), (until, "<=", true)] {
                if let Some(value) = bound(column, typed, end) {
                    let value = made.bind(value);
                    made.and(&format!("{} {sign} {value}", reader.column(&format!("r.{}", column.compared))));
                }
            }
        }
    }
}

/// One end of a range: `1985` is its first day or its last.
fn bound(column: &Column, typed: &str, end: bool) -> Option<Value> {
    match column.kind {
        RosterKind::Date => form::day(typed).or_else(|| part_of(typed, end)).map(Value::from),
        RosterKind::Int => typed.parse::<i64>().ok().map(Value::from),
        RosterKind::Decimal => hundredths(typed).map(Value::from),
        RosterKind::Text | RosterKind::Key | RosterKind::Code | RosterKind::Bool => None,
    }
}

/// First or last day of a month or a year.
fn part_of(typed: &str, end: bool) -> Option<jiff::civil::Date> {
    let (month, year) = match typed.rsplit_once('/') {
        Some((month, year)) => (Some(month.parse::<i8>().ok()?), year.parse::<i16>().ok()?),
        None => (None, typed.parse::<i16>().ok()?),
    };
    let day = jiff::civil::Date::new(year, month.unwrap_or(if end { 12 } else { 1 }), 1).ok()?;
    Some(if end { day.last_of_month() } else { day })
}

fn hundredths(typed: &str) -> Option<i64> {
    let (whole, part) = typed.split_once([',', '.']).unwrap_or((typed, ""));
    let part: String = format!("{part:0<2}").chars().take(2).collect();
    Some(whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?)
}

/// A condition in words, and the list without it.
#[derive(Clone, Debug, Serialize)]
pub struct Sentence {
    /// The words.
    pub words: String,
    /// Address of the list without it.
    pub without: String,
}

/// What a list is narrowed to, one sentence for each condition.
pub async fn sentences(app: &App, reader: &mut Reader<'_>, scope: &Scope, asked: &Asked) -> Result<Vec<Sentence>> {
    let mut said = Vec::new();
    let mut say = |words: String, without: Asked| said.push(Sentence { words, without: without.address("") });
    if !asked.words.is_empty() {
        say(format!("Tìm: {}", asked.words), Asked { words: String::new(), ..asked.clone() });
    }
    if let Some(unit) = asked.unit {
        let name = reader.one(UNIT, &[unit.into()]).await?.text("name")?;
        say(format!("Đơn vị: {name} và trực thuộc"), Asked { unit: None, ..asked.clone() });
    }
    if !asked.personnel.is_empty() {
        let label = app.law.catalogue("personnel_types").map_or(asked.personnel.as_str(), |list| list.label(&asked.personnel));
        say(format!("Loại: {label}"), Asked { personnel: String::new(), ..asked.clone() });
    }
    if !asked.group.is_empty()
        && let Some(label) = Rules::read(app, reader).await?.label(&asked.group)
    {
        say(label.to_owned(), Asked { group: String::new(), ..asked.clone() });
    }
    if asked.flagged {
        say("Có sai lệch chưa xử lý".to_owned(), Asked { flagged: false, ..asked.clone() });
    }
    if asked.state != Default::default() {
        say(format!("Hồ sơ: {}", asked.state.label().to_lowercase()), Asked { state: Default::default(), ..asked.clone() });
    }
    if let Some((.., label)) = BANDS.iter().find(|band| band.0 == asked.band) {
        say(format!("Mức đầy đủ: {}", label.to_lowercase()), Asked { band: String::new(), ..asked.clone() });
    }
    for test in &asked.tests {
        if let Some(column) = app.lists.column(&test.column).filter(|column| scope.shows(column)) {
            let rest = asked.tests.iter().filter(|other| *other != test).cloned().collect();
            say(in_words(app, column, test), Asked { tests: rest, ..asked.clone() });
        }
    }
    Ok(said)
}

fn in_words(app: &App, column: &Column, test: &Test) -> String {
    let label = &column.label;
    match &test.how {
        How::Missing => format!("{label}: còn thiếu"),
        How::OneOf(codes) => {
            let read = |code: &String| match (&column.reads, code.as_str()) {
                (Reads::YesNo, "co") => "có".to_owned(),
                (Reads::YesNo, _) => "không".to_owned(),
                (Reads::Code(key), code) => app.law.catalogue(key).map_or(code, |list| list.label(code)).to_owned(),
                (_, code) => code.to_owned(),
            };
            format!("{label}: {}", codes.iter().map(read).collect::<Vec<_>>().join(" hoặc "))
        }
        How::Contains(text) => format!("{label} có chữ “{text}”"),
        How::Between(from, until) if until.is_empty() => format!("{label}: từ {from}"),
        How::Between(from, until) if from.is_empty() => format!("{label}: đến {until}"),
        How::Between(from, until) => format!("{label}: {from} đến {until}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_of_a_range_may_be_a_day_a_month_or_a_year() {
        assert_eq!(part_of("1985", false).unwrap().to_string(), "1985-01-01");
        assert_eq!(part_of("1985", true).unwrap().to_string(), "1985-12-31");
        assert_eq!(part_of("02/2024", true).unwrap().to_string(), "2024-02-29");
        assert_eq!(hundredths("2,34"), Some(234));
        assert_eq!(hundredths("2.3"), Some(230));
        assert_eq!(hundredths("4"), Some(400));
    }
}
