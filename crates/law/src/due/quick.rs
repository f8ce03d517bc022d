//! The day alone, for many at once: the same as [`Law::due_under`], without its reasons. A test holds both against each other.

use super::NoDue;
use crate::{
    Law,
    regulation::{CountedFrom, Regulation, Roll, Unit},
};
use jiff::{Span, ToSpan, civil::Date};

impl Law {
    /// The last day on which an event's work is on time.
    pub fn due_on(&self, regulation: &Regulation, event: &str, day: Date) -> Result<Date, NoDue> {
        let deadline = regulation.deadline(event).ok_or_else(|| NoDue::UnknownEvent(event.to_owned()))?;
        let at_month_end = deadline.counted_from == CountedFrom::EndOfMonth;
        let day = if at_month_end { day.last_of_month() } else { day };
        let first = regulation.identity.effective_on.ok_or(NoDue::NotActivated)?;
        if day < first {
            return Err(NoDue::BeforeEffect(first));
        }
        if !deadline.enabled {
            return Err(NoDue::Disabled { event_vi: deadline.event_vi.clone(), article: deadline.article.clone() });
        }
        if at_month_end {
            return Ok(day);
        }
        let counting = &regulation.counting;
        let slow = || self.due_under(regulation, event, day).map(|due| due.on);
        if !counting.swapped_working_days_count {
            return slow();
        }
        let start = if counting.include_first_day { day.checked_sub(1.day()).unwrap_or(day) } else { day };
        let number = i64::from(deadline.number);
        let nominal = match deadline.unit {
            Unit::WorkingDays if deadline.number == 0 => return Ok(start),
            Unit::WorkingDays => return self.calendar.nth_working_day(start, deadline.number).map_or_else(slow, Ok),
            Unit::CalendarDays => start.checked_add(number.days()),
            Unit::Month => start.checked_add(Span::new().months(number)),
            Unit::Year => start.checked_add(Span::new().months(12 * number)),
        };
        let Ok(nominal) = nominal else { return slow() };
        let rolls = counting.roll_if_non_working == Roll::NextWorkingDay && counting.roll_applies_to.contains(&deadline.unit);
        match (rolls, self.calendar.is_counted_working_day(nominal)) {
            (false, _) | (true, Some(true)) => Ok(nominal),
            (true, Some(false)) => self.calendar.nth_working_day(nominal, 1).map_or_else(slow, Ok),
            (true, None) => slow(),
        }
    }
}
