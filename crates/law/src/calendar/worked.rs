//! Working days counted once, so that a term is found without walking over its days.

use super::Calendar;
use jiff::{ToSpan, civil::Date};

/// Years whose working days are counted; terms beyond them are walked.
const YEARS: (i16, i16) = (2000, 2060);

/// The working days of sixty years, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Worked {
    first: Option<Date>,
    /// How many working days come before each day, the first of January of the first year being day 0.
    before: Vec<u32>,
    /// The places of the working days.
    days: Vec<u32>,
}

impl Worked {
    pub(super) fn count(calendar: &Calendar) -> Worked {
        let Ok(first) = Date::new(YEARS.0, 1, 1) else { return Worked::default() };
        let mut worked = Worked { first: Some(first), ..Worked::default() };
        let all = first.series(1.day()).take_while(|day| day.year() <= YEARS.1);
        for (place, day) in (0_u32..).zip(all) {
            worked.before.push(u32::try_from(worked.days.len()).unwrap_or(u32::MAX));
            if calendar.is_working_day(day) {
                worked.days.push(place);
            }
        }
        worked
    }

    fn place(&self, day: Date) -> Option<usize> {
        let first = self.first?;
        usize::try_from(day.since(first).ok()?.get_days()).ok()
    }

    fn day(&self, place: u32) -> Option<Date> {
        self.first?.checked_add(i64::from(place).days()).ok()
    }

    /// The `number`th working day after a day; nothing beyond the years that are counted.
    pub(super) fn after(&self, day: Date, number: u32) -> Option<Date> {
        let place = self.place(day)?;
        let until = *self.before.get(place + 1)?;
        let wanted = usize::try_from(until.checked_add(number)?.checked_sub(1)?).ok()?;
        self.day(*self.days.get(wanted)?)
    }

    /// Whether offices work on a day; nothing beyond the years that are counted.
    pub(super) fn is_working(&self, day: Date) -> Option<bool> {
        let place = self.place(day)?;
        Some(self.before.get(place + 1)? > self.before.get(place)?)
    }
}
