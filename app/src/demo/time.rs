//! Days and months as careers count them.

use jiff::civil::Date;
use std::{fmt, ops::Add};

/// A month of a year; written `2026-11`, as partial dates are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(i32);

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Month {
        Month::new(day.year().into(), day.month().into())
    }

    /// A month by year and number.
    pub fn new(year: i32, month: i32) -> Month {
        Month(year * 12 + month - 1)
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Its number, from 1.
    pub fn number(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        day(self.year(), self.number(), 1)
    }

    /// Months from another month to this one.
    pub fn since(self, earlier: Month) -> i32 {
        self.0 - earlier.0
    }
}

impl Add<i32> for Month {
    type Output = Month;

    fn add(self, months: i32) -> Month {
        Month(self.0 + months)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year(), self.number())
    }
}

/// A civil day; the 28th at most is always there.
pub fn day(year: i32, month: i32, day: i32) -> Date {
    let part = |number: i32| i8::try_from(number).unwrap_or(1);
    Date::new(i16::try_from(year).unwrap_or(1), part(month), part(day)).unwrap_or(Date::ZERO)
}

/// A number of days before or after.
pub fn shift(from: Date, days: i32) -> Date {
    from.saturating_add(jiff::Span::new().days(days))
}

/// The same day so many years later; 28 February stands in for 29.
pub fn years_later(from: Date, years: i32) -> Date {
    from.saturating_add(jiff::Span::new().years(years))
}
