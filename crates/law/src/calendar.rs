//! The business calendar: weekends, public holidays, days exchanged, and the rules by which terms run.
//!
//! A year whose list is not final, or not there, still answers; the answer says that it is provisional.

use crate::{
    data::{DataSource, Fault},
    dates,
    regulation::WeekDay,
};
use jiff::{ToSpan, civil::Date, civil::Weekday};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};
use worked::Worked;

/// Path of the calendar inside `data/`.
pub(crate) const FILE: &str = "law/holidays.toml";

/// A public holiday, or the day off that makes up for one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day.
    #[serde(deserialize_with = "dates::day")]
    pub date: Date,
    /// Year of the list it stands in.
    pub year: i16,
    /// Which holiday.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// It makes up for a holiday on a weekend.
    pub compensated: bool,
    /// That holiday.
    #[serde(default, deserialize_with = "dates::maybe_day")]
    pub instead_of: Option<Date>,
    /// The official list is not out.
    #[serde(default)]
    pub estimated: bool,
    /// What is still to be checked.
    #[serde(default)]
    pub note: String,
    /// Where it is written.
    pub reference: String,
    /// Key of `sources`.
    pub source: String,
    /// `verified` or `from-memory`.
    pub confidence: String,
}

/// A weekday taken off for a weekend day worked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    /// The weekday off.
    #[serde(deserialize_with = "dates::day")]
    pub day_off: Date,
    /// The weekend day worked.
    #[serde(deserialize_with = "dates::day")]
    pub day_worked: Date,
    /// Where it is written.
    pub reference: String,
    /// Key of `sources`.
    pub source: String,
    /// `verified` or `from-memory`.
    pub confidence: String,
}

/// A rule by which terms run, in words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountingRule {
    /// Its code: `working_days`, `calendar_days`, `months` …
    pub code: String,
    /// What it says.
    pub rule: String,
    /// Where it is written.
    pub reference: String,
    /// `verified` or `from-memory`.
    pub confidence: String,
}

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// An ordinary working day.
    Working,
    /// A weekly day off.
    Weekend,
    /// A public holiday, or the day off that makes up for one.
    Holiday(&'a Holiday),
    /// A weekday taken off in exchange.
    TakenOff(&'a Swap),
    /// A weekend day worked in exchange.
    WorkedInstead(&'a Swap),
}

/// How sure the calendar of a year is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The official list is in.
    Final,
    /// Holidays are worked out; exchanges are not known.
    Estimated,
    /// Nothing is known but weekends.
    Missing,
}

/// A day and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day<'a> {
    /// The day.
    pub date: Date,
    /// What it is.
    pub kind: DayKind<'a>,
    /// How sure that is.
    pub certainty: Certainty,
}

/// The business calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Weekly days off.
    pub weekend: Vec<WeekDay>,
    /// Public holidays by day.
    pub holidays: BTreeMap<Date, Holiday>,
    /// Exchanges, in the order of the file.
    pub swaps: Vec<Swap>,
    /// Rules by which terms run.
    pub rules: Vec<CountingRule>,
    /// Years with a list, and whether it is final.
    pub years: BTreeMap<i16, bool>,
    taken_off: HashMap<Date, usize>,
    worked: HashMap<Date, usize>,
    counted: OnceLock<Worked>,
}

impl Day<'_> {
    /// Whether offices work.
    pub fn is_working(&self) -> bool {
        matches!(self.kind, DayKind::Working | DayKind::WorkedInstead(_))
    }

    /// What it is, in words.
    pub fn in_words(&self) -> String {
        let weekday = weekday_vi(self.date.weekday());
        match self.kind {
            DayKind::Working => format!("{weekday}, ngày làm việc"),
            DayKind::Weekend => format!("{weekday}, ngày nghỉ hằng tuần"),
            DayKind::Holiday(holiday) => format!("{weekday}, {}", holiday.name),
            DayKind::TakenOff(swap) => format!("{weekday}, nghỉ hoán đổi, làm bù ngày {}", dates::in_words(swap.day_worked)),
            DayKind::WorkedInstead(swap) => format!("{weekday}, làm bù cho ngày {}", dates::in_words(swap.day_off)),
        }
    }

    /// Where that is written; nothing for ordinary days and weekends.
    pub fn reference(&self) -> Option<&str> {
        match self.kind {
            DayKind::Working | DayKind::Weekend => None,
            DayKind::Holiday(holiday) => Some(&holiday.reference),
            DayKind::TakenOff(swap) | DayKind::WorkedInstead(swap) => Some(&swap.reference),
        }
    }
}

impl Calendar {
    /// What a day is.
    pub fn day(&self, date: Date) -> Day<'_> {
        let swap = |places: &HashMap<Date, usize>| places.get(&date).and_then(|place| self.swaps.get(*place));
        let kind = if let Some(swap) = swap(&self.worked) {
            DayKind::WorkedInstead(swap)
        } else if let Some(holiday) = self.holidays.get(&date) {
            DayKind::Holiday(holiday)
        } else if let Some(swap) = swap(&self.taken_off) {
            DayKind::TakenOff(swap)
        } else if self.weekend.iter().any(|day| weekday(*day) == date.weekday()) {
            DayKind::Weekend
        } else {
            DayKind::Working
        };
        Day { date, kind, certainty: self.certainty(date.year()) }
    }

    /// Whether offices work on a day.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.day(date).is_working()
    }

    /// How sure the calendar of a year is.
    pub fn certainty(&self, year: i16) -> Certainty {
        match self.years.get(&year) {
            Some(true) => Certainty::Final,
            Some(false) => Certainty::Estimated,
            None => Certainty::Missing,
        }
    }

    /// The days after `date`, without end.
    pub fn days_after(&self, date: Date) -> impl Iterator<Item = Day<'_>> {
        date.series(1.day()).skip(1).map(|date| self.day(date))
    }

    /// The days before `date`, latest first.
    pub fn days_before(&self, date: Date) -> impl Iterator<Item = Day<'_>> {
        date.series(-1.day()).skip(1).map(|date| self.day(date))
    }

    /// The `count`th working day after `date`; the day itself for none.
    pub fn add_working_days(&self, date: Date, count: u32) -> Date {
        let place = usize::try_from(count).unwrap_or(usize::MAX);
        match place.checked_sub(1) {
            None => date,
            Some(skipped) => self.days_after(date).filter(Day::is_working).nth(skipped).map_or(Date::MAX, |day| day.date),
        }
    }

    /// The last working day before `date`.
    pub fn last_working_day_before(&self, date: Date) -> Date {
        self.working_day_before(date, 1)
    }

    /// The `count`th working day before `date`; the day itself for none.
    pub fn working_day_before(&self, date: Date, count: u32) -> Date {
        let place = usize::try_from(count).unwrap_or(usize::MAX);
        match place.checked_sub(1) {
            None => date,
            Some(skipped) => self.days_before(date).filter(Day::is_working).nth(skipped).map_or(Date::MIN, |day| day.date),
        }
    }

    /// `date` if offices work on it, otherwise the next day on which they do.
    pub fn roll_forward(&self, date: Date) -> Date {
        if self.is_working_day(date) { date } else { self.add_working_days(date, 1) }
    }

    /// The `number`th working day after a day, found without walking; nothing beyond the years that are counted once.
    pub(crate) fn nth_working_day(&self, date: Date, number: u32) -> Option<Date> {
        self.counted.get_or_init(|| Worked::count(self)).after(date, number)
    }

    /// Whether offices work on a day, found without looking it up; nothing beyond the years that are counted once.
    pub(crate) fn is_counted_working_day(&self, date: Date) -> Option<bool> {
        self.counted.get_or_init(|| Worked::count(self)).is_working(date)
    }

    /// The rule with this code.
    pub fn rule(&self, code: &str) -> Option<&CountingRule> {
        self.rules.iter().find(|rule| rule.code == code)
    }
}

fn weekday(day: WeekDay) -> Weekday {
    match day {
        WeekDay::Monday => Weekday::Monday,
        WeekDay::Tuesday => Weekday::Tuesday,
        WeekDay::Wednesday => Weekday::Wednesday,
        WeekDay::Thursday => Weekday::Thursday,
        WeekDay::Friday => Weekday::Friday,
        WeekDay::Saturday => Weekday::Saturday,
        WeekDay::Sunday => Weekday::Sunday,
    }
}

fn weekday_vi(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "thứ Hai",
        Weekday::Tuesday => "thứ Ba",
        Weekday::Wednesday => "thứ Tư",
        Weekday::Thursday => "thứ Năm",
        Weekday::Friday => "thứ Sáu",
        Weekday::Saturday => "thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    }
}

/// Reads the calendar.
pub(crate) fn read(source: &DataSource) -> Result<Calendar, Fault> {
    let file: file::CalendarFile = source.parse(FILE)?;
    let places = |day: fn(&Swap) -> Date| file.swap.iter().enumerate().map(|(place, swap)| (day(swap), place)).collect();
    Ok(Calendar {
        taken_off: places(|swap| swap.day_off),
        worked: places(|swap| swap.day_worked),
        counted: OnceLock::new(),
        weekend: file.meta.weekend,
        years: file.year_summary.iter().map(|summary| (summary.year, summary.is_final)).collect(),
        holidays: file.holiday.into_iter().map(|holiday| (holiday.date, holiday)).collect(),
        swaps: file.swap,
        rules: file.deadline_rule,
    })
}

pub(crate) mod file;
mod worked;
