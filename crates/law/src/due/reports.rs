//! When reports are due.

use super::{Reason, rule};
use crate::{
    Law,
    dates::in_words,
    regulation::{DueRule, Regulation, Report},
};
use jiff::{ToSpan, civil::Date};

/// When a report is due, and from when it is late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportDue {
    /// The day to aim at.
    pub on: Date,
    /// The first day on which it is late.
    pub late_from: Date,
    /// Why.
    pub because: Vec<Reason>,
}

impl Law {
    /// "Trước ngày D": aim at the last working day before it; late from the day itself.
    pub fn before_date(&self, date: Date) -> ReportDue {
        let on = self.calendar.last_working_day_before(date);
        let words = format!("Trước ngày {}: ngày làm việc cuối cùng trước đó là {}", in_words(date), in_words(on));
        ReportDue { on, late_from: date, because: vec![rule(&self.calendar, "before_date", words)] }
    }

    /// "Chậm nhất ngày D": the day itself, or the next working day.
    pub fn no_later_than(&self, date: Date) -> ReportDue {
        let on = self.calendar.roll_forward(date);
        let mut words = format!("Chậm nhất ngày {}", in_words(date));
        if on != date {
            words = format!("{words}, là {}: chuyển sang {}", self.calendar.day(date).in_words(), in_words(on));
        }
        let late_from = on.checked_add(1.day()).unwrap_or(on);
        ReportDue { on, late_from, because: vec![rule(&self.calendar, "no_later_than", words)] }
    }

    /// The dates of a report in a year; none for reports without dates and for years before it existed.
    pub fn report_due(&self, regulation: &Regulation, report: &Report, year: i16) -> Vec<ReportDue> {
        let first = [regulation.identity.effective_on, report.valid_from].into_iter().flatten().max();
        let days = report.due.iter().filter_map(|day| day.in_year(year)).filter(|day| first.is_none_or(|first| first <= *day));
        let dated = days.filter_map(|day| match report.due_rule {
            DueRule::Before => Some(self.before_date(day)),
            DueRule::NoLaterThan => Some(self.no_later_than(day)),
            DueRule::AfterUnits | DueRule::AfterWindow | DueRule::Periodic | DueRule::Yearly | DueRule::AsRequested => None,
        });
        let cited = dated.map(|mut due| {
            due.because.insert(0, Reason { sentence: report.name_vi.clone(), source: self.cite(regulation, &report.article) });
            due
        });
        cited.collect()
    }
}
