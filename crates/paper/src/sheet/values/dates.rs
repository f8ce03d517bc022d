//! Days, months and years as people type them.

use std::fmt;

use jiff::civil::Date;

use super::{Problem, quoted, refuse_fault};
use crate::sheet::{Cell, formats::serial_day};

/// A date known to the day, the month or the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// Only the year is known.
    Year(i16),
    /// The year and month are known.
    Month(i16, i8),
    /// The day is known.
    Day(Date),
}

impl PartialDate {
    /// The year.
    pub fn year(self) -> i16 {
        match self {
            PartialDate::Year(year) | PartialDate::Month(year, _) => year,
            PartialDate::Day(date) => date.year(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(out, "{year:04}"),
            PartialDate::Month(year, month) => write!(out, "{month:02}/{year:04}"),
            PartialDate::Day(date) => write!(out, "{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        }
    }
}

/// Years that occur in dossiers.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2199;

/// Reads `dd/mm/yyyy`, `mm/yyyy`, `yyyy`, two-digit years, dashes and dots, days in words, and serial numbers.
/// A two-digit year is the latest one that is not after `today`.
pub fn date(cell: &Cell, today: Date) -> Result<Option<PartialDate>, Problem> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Date(day) => Ok(Some(PartialDate::Day(*day))),
        Cell::Moment(moment) => Ok(Some(PartialDate::Day(moment.date()))),
        Cell::Bool(_) => Err(Problem::new("Nhập ngày, ví dụ 28/08/2025")),
        Cell::Number(number) => from_number(*number).map(Some),
        Cell::Text(text) => from_text(text.trim(), today),
    }
}

fn from_number(number: f64) -> Result<PartialDate, Problem> {
    if number.fract() == 0.0 && (1900.0..=2199.0).contains(&number) {
        #[expect(clippy::cast_possible_truncation, reason = "range checked above")]
        return Ok(PartialDate::Year(number as i16));
    }
    // A number typed as 3.1987 is a month and year to the person who typed it.
    let month = number.trunc();
    let year = ((number - month) * 10_000.0).round();
    if (1.0..=12.0).contains(&month) && (1900.0..=2199.0).contains(&year) {
        return Err(Problem::suggest(format!("“{number}” là số, không phải tháng và năm"), format!("{month:02.0}/{year:.0}")));
    }
    match serial_day(number, false).filter(|day| day.year() >= 1910) {
        Some(day) => Ok(PartialDate::Day(day)),
        None => Err(Problem::new(format!("“{number}” không phải ngày. Nhập ngày, ví dụ 28/08/2025"))),
    }
}

fn from_text(text: &str, today: Date) -> Result<Option<PartialDate>, Problem> {
    let text = text.trim_start_matches('\'').trim();
    if text.is_empty() || matches!(text, "-" | "–" | "—") {
        return Ok(None);
    }
    refuse_fault(text)?;
    if let Some(day) = iso_day(text) {
        return Ok(Some(PartialDate::Day(day)));
    }
    let unreadable = || Problem::new(format!("Không đọc được ngày “{}”. Nhập ngày, ví dụ 28/08/2025", quoted(text)));
    let parts = parts(text).ok_or_else(unreadable)?;
    let found = match parts.as_slice() {
        [one] => alone(one).ok_or_else(unreadable)?,
        [month, year] => of_month(value(month), self::year(year, today).ok_or_else(unreadable)?)?,
        [day, month, year] => of_day(value(day), value(month), self::year(year, today).ok_or_else(unreadable)?)?,
        _ => return Err(unreadable()),
    };
    Ok(Some(found))
}

/// The numbers of a date; none if it holds words other than those of dates.
fn parts(text: &str) -> Option<Vec<&str>> {
    let is_clock = |word: &str| word.contains(':') || word.eq_ignore_ascii_case("AM") || word.eq_ignore_ascii_case("PM");
    let mut numbers = Vec::new();
    for word in text.split(|letter: char| letter.is_whitespace() || "/-.,\\".contains(letter)).filter(|word| !word.is_empty()) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 8 {
            numbers.push(word);
        } else if is_clock(word) {
            break;
        } else if !matches!(crate::text::fold(word).as_str(), "ngay" | "thang" | "nam" | "sinh" | "th") {
            return None;
        }
    }
    Some(numbers)
}

fn value(number: &str) -> i64 {
    number.parse().unwrap_or(0)
}

/// A year alone, a serial number, or a day without separators.
fn alone(number: &str) -> Option<PartialDate> {
    let found = value(number);
    match number.len() {
        4 if YEARS.contains(&found) => i16::try_from(found).ok().map(PartialDate::Year),
        5 => serial_day(f64::from(u32::try_from(found).ok()?), false).map(PartialDate::Day),
        8 => {
            let part = |range| number.get(range).map(value);
            let year = part(4..8).filter(|year| YEARS.contains(year))?;
            Date::new(year.try_into().ok()?, part(2..4)?.try_into().ok()?, part(0..2)?.try_into().ok()?).ok().map(PartialDate::Day)
        }
        _ => None,
    }
}

fn year(number: &str, today: Date) -> Option<i64> {
    let found = value(number);
    match number.len() {
        4 if YEARS.contains(&found) => Some(found),
        2 if 2000 + found <= i64::from(today.year()) => Some(2000 + found),
        2 => Some(1900 + found),
        _ => None,
    }
}

fn of_month(month: i64, year: i64) -> Result<PartialDate, Problem> {
    match (i16::try_from(year), i8::try_from(month)) {
        (Ok(year), Ok(month @ 1..=12)) => Ok(PartialDate::Month(year, month)),
        _ => Err(Problem::suggest(format!("Không có tháng {month}"), format!("{year}"))),
    }
}

fn of_day(day: i64, month: i64, year: i64) -> Result<PartialDate, Problem> {
    let fits = |day: i64, month: i64| Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok();
    if let Some(date) = fits(day, month) {
        return Ok(PartialDate::Day(date));
    }
    if !(1..=12).contains(&month) {
        let turned = fits(month, day).map(|date| PartialDate::Day(date).to_string());
        let sentence = format!("Không có tháng {month}");
        return Err(match turned {
            Some(turned) => Problem::suggest(sentence, turned),
            None => Problem::new(format!("{sentence}. Nhập ngày, ví dụ 28/08/{year}")),
        });
    }
    let Some(last) = fits(1, month).map(Date::last_of_month) else {
        return Err(Problem::new("Nhập ngày, ví dụ 28/08/2025"));
    };
    if day == 0 {
        return Err(Problem::suggest("Không có ngày 0", format!("{month:02}/{year}")));
    }
    let which = if month == 2 { format!("Tháng 2 năm {year}") } else { format!("Tháng {month}") };
    Err(Problem::suggest(format!("{which} chỉ có {} ngày", last.day()), PartialDate::Day(last).to_string()))
}

/// A day written `yyyy-mm-dd`, with or without a time after it.
pub(in crate::sheet) fn iso_day(text: &str) -> Option<Date> {
    let day = text.get(..10)?;
    let mut parts = day.split('-');
    let (year, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || !matches!(text.as_bytes().get(10), None | Some(b'T' | b' ')) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, last.parse().ok()?).ok()
}
