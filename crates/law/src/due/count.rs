//! Counting days.

use super::{CountedDay, Reason, rule};
use crate::{
    calendar::{Calendar, Day, DayKind},
    dates::in_words,
    regulation::{Counting, Roll, Unit},
};
use jiff::{Span, ToSpan, civil::Date};

/// Where a count ends, and how it ran.
pub(crate) struct Counted {
    pub(crate) on: Date,
    pub(super) remind_on: Date,
    pub(super) window: Vec<Date>,
    pub(crate) because: Vec<Reason>,
    pub(crate) days: Vec<CountedDay>,
}

/// How a term runs.
pub(crate) struct Manner {
    first_day_counts: bool,
    rolls: bool,
    swaps_count: bool,
}

impl Manner {
    /// As a regulation says.
    pub(super) fn of(counting: &Counting, unit: Unit) -> Manner {
        Manner {
            first_day_counts: counting.include_first_day,
            rolls: counting.roll_if_non_working == Roll::NextWorkingDay && counting.roll_applies_to.contains(&unit),
            swaps_count: counting.swapped_working_days_count,
        }
    }

    /// As the Civil Code says, where no regulation is asked.
    pub(crate) fn civil_code() -> Manner {
        Manner { first_day_counts: false, rolls: true, swaps_count: true }
    }
}

/// Counts `number` units from `event`.
pub(crate) fn from(calendar: &Calendar, manner: &Manner, number: u32, unit: Unit, event: Date) -> Counted {
    // Counting from the day before makes the day of the event day 1.
    let start = if manner.first_day_counts { event.checked_sub(1.day()).unwrap_or(event) } else { event };
    let mut because = Vec::new();
    if !manner.first_day_counts {
        because.push(rule(calendar, "first_day", format!("Không tính ngày {}, đếm từ ngày liền sau", in_words(event))));
    }
    let mut counted = match unit {
        Unit::WorkingDays => working_days(calendar, manner, number, start),
        Unit::CalendarDays => calendar_days(calendar, number, start),
        Unit::Month => months(calendar, number.into(), start, &format!("{number} tháng")),
        Unit::Year => months(calendar, 12 * i64::from(number), start, &format!("{number} năm")),
    };
    because.append(&mut counted.because);
    counted.because = because;
    if manner.rolls && unit != Unit::WorkingDays {
        roll(calendar, unit, &mut counted);
    }
    counted
}

/// The last `number` calendar days of the month that ends on `last`, days off included.
pub(super) fn last_days_of_month(calendar: &Calendar, number: u32, last: Date) -> Counted {
    let before = i64::from(number.saturating_sub(1));
    let first = last.checked_sub(before.days()).unwrap_or(last);
    let in_window: Vec<Day<'_>> = first.series(1.day()).take_while(|date| *date <= last).map(|date| calendar.day(date)).collect();
    let days = in_window.iter().zip(1..).map(|(day, place)| CountedDay { date: day.date, counted: Some(place), why: day.in_words() });
    let mut days: Vec<CountedDay> = days.collect();
    let words = format!("Cửa sổ từ {} đến {}", in_words(first), in_words(last));
    let mut because = vec![rule(calendar, "last_days_of_month", words)];

    let remind_on = match in_window.iter().rev().find(|day| day.is_working()) {
        Some(day) => day.date,
        None => {
            let extra = calendar.last_working_day_before(first);
            let words = format!("Cả {number} ngày đều là ngày nghỉ: mở thêm {}, ngày làm việc liền trước", in_words(extra));
            because.push(rule(calendar, "last_days_of_month", words));
            days.insert(0, CountedDay { date: extra, counted: None, why: calendar.day(extra).in_words() });
            extra
        }
    };
    let window = days.iter().map(|day| day.date).collect();
    Counted { on: last, remind_on, window, because, days }
}

fn working_days(calendar: &Calendar, manner: &Manner, number: u32, start: Date) -> Counted {
    let counts = |day: &Day<'_>| match day.kind {
        DayKind::WorkedInstead(_) => manner.swaps_count,
        DayKind::TakenOff(_) => !manner.swaps_count,
        _ => day.is_working(),
    };
    let (mut on, mut place, mut days) = (start, 0, Vec::new());
    for day in calendar.days_after(start) {
        if place == number {
            break;
        }
        let counted = counts(&day).then(|| {
            place += 1;
            place
        });
        on = day.date;
        days.push(CountedDay { date: day.date, counted, why: day.in_words() });
    }
    let words = format!("Ngày làm việc thứ {number} là {}", in_words(on));
    Counted { on, remind_on: on, window: Vec::new(), because: vec![rule(calendar, "working_days", words)], days }
}

fn calendar_days(calendar: &Calendar, number: u32, start: Date) -> Counted {
    let length = usize::try_from(number).unwrap_or(usize::MAX);
    let counted = |(day, place): (Day<'_>, u32)| CountedDay { date: day.date, counted: Some(place), why: day.in_words() };
    let days: Vec<CountedDay> = calendar.days_after(start).zip(1..).take(length).map(counted).collect();
    let on = days.last().map_or(start, |day| day.date);
    let words = format!("Ngày thứ {number} là {}", in_words(on));
    let because = vec![rule(calendar, "calendar_days", words)];
    Counted { on, remind_on: last_working_by(calendar, on), window: Vec::new(), because, days }
}

fn months(calendar: &Calendar, months: i64, start: Date, length: &str) -> Counted {
    // A day the last month does not have becomes its last day, which is what the date library does.
    let on = start.checked_add(Span::new().months(months)).unwrap_or(Date::MAX);
    let because = vec![rule(calendar, "months", format!("Sau {length} là {}", in_words(on)))];
    let days = vec![CountedDay { date: on, counted: None, why: calendar.day(on).in_words() }];
    Counted { on, remind_on: last_working_by(calendar, on), window: Vec::new(), because, days }
}

/// Moves the end to the next working day when it falls on a day off.
fn roll(calendar: &Calendar, unit: Unit, counted: &mut Counted) {
    let nominal = counted.on;
    let rolled = calendar.roll_forward(nominal);
    if rolled == nominal {
        return;
    }
    let code = if unit == Unit::CalendarDays { "calendar_days" } else { "months" };
    let why = calendar.day(nominal).in_words();
    let words = format!("{} là {why}: hạn chuyển sang ngày làm việc tiếp theo, {}", in_words(nominal), in_words(rolled));
    counted.because.push(rule(calendar, code, words));
    let after = calendar.days_after(nominal).take_while(|day| day.date <= rolled);
    counted.days.extend(after.map(|day| CountedDay { date: day.date, counted: None, why: day.in_words() }));
    counted.on = rolled;
    counted.remind_on = rolled;
}

fn last_working_by(calendar: &Calendar, date: Date) -> Date {
    if calendar.is_working_day(date) { date } else { calendar.last_working_day_before(date) }
}
