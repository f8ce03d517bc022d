//! Which copies stay, and when the next is due.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};

/// Every copy stays this long; afterwards the last of each month.
const RECENT_DAYS: i32 = 14;

/// How often copies are made, as the regulations in force have it applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Each day.
    Day,
    /// On the first day of each month.
    Month,
}

impl Every {
    /// The most frequent of what regulations say (`backup.applied`); each day where none says anything.
    pub fn of<'a>(applied: impl Iterator<Item = &'a str>) -> Every {
        let mut applied = applied.peekable();
        match applied.peek().is_some() && applied.all(|often| often == "monthly") {
            true => Every::Month,
            false => Every::Day,
        }
    }

    /// The last moment, now or before, at which a copy was due.
    pub fn last_due(self, now: DateTime, at: Time) -> DateTime {
        let day = match self {
            Every::Day => now.date(),
            Every::Month => now.date().first_of_month(),
        };
        let due = day.to_datetime(at);
        let before = match self {
            Every::Day => due.checked_sub(1.day()),
            Every::Month => due.checked_sub(1.month()),
        };
        if due <= now { due } else { before.unwrap_or(due) }
    }
}

/// The copies that go: older than the recent days, and not the last of one of the `months` kept.
pub fn dropped(copies: &[DateTime], today: Date, months: u32) -> Vec<DateTime> {
    let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let is_recent = |copy: &DateTime| today.since(copy.date()).is_ok_and(|age| age.get_days() < RECENT_DAYS);
    let is_monthly = |copy: &DateTime| {
        let last_of_month = !copies.iter().any(|other| month(other.date()) == month(copy.date()) && other > copy);
        let age = month(today) - month(copy.date());
        last_of_month && u32::try_from(age).is_ok_and(|age| age <= months)
    };
    copies.iter().filter(|copy| !is_recent(copy) && !is_monthly(copy)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime {
        text.parse().unwrap()
    }

    #[test]
    fn two_weeks_stay_whole_and_then_the_last_of_each_month() {
        let today: Date = "2026-11-19".parse().unwrap();
        let daily: Vec<DateTime> = (0..400).map(|back| at("2026-11-19T01:30:00").checked_sub(i64::from(back).days()).unwrap()).collect();
        let gone = dropped(&daily, today, 6);
        let stay: Vec<String> = daily.iter().filter(|copy| !gone.contains(copy)).map(|copy| copy.date().to_string()).collect();
        assert_eq!(stay.iter().filter(|day| day.starts_with("2026-11")).count(), 14);
        assert_eq!(&stay[14..], ["2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31"]);
    }

    #[test]
    fn a_copy_is_due_each_day_at_its_hour_and_monthly_on_the_first() {
        let hour = "01:30".parse().unwrap();
        assert_eq!(Every::Day.last_due(at("2026-11-19T01:29:00"), hour), at("2026-11-18T01:30:00"));
        assert_eq!(Every::Day.last_due(at("2026-11-19T01:30:00"), hour), at("2026-11-19T01:30:00"));
        assert_eq!(Every::Month.last_due(at("2026-11-19T01:29:00"), hour), at("2026-11-01T01:30:00"));
        assert_eq!(Every::Month.last_due(at("2026-11-01T01:29:00"), hour), at("2026-10-01T01:30:00"));
    }

    #[test]
    fn the_strictest_regulation_says_how_often() {
        assert_eq!(Every::of(["monthly", "daily"].into_iter()), Every::Day);
        assert_eq!(Every::of(["monthly"].into_iter()), Every::Month);
        assert_eq!(Every::of([].into_iter()), Every::Day);
    }
}
