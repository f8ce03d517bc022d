//! When something is due, and why: the terms of a regulation on the business calendar.

pub(crate) mod count;
mod quick;
mod reports;

pub use reports::ReportDue;

use crate::{
    Law,
    calendar::{Calendar, Certainty},
    dates::in_words,
    regulation::{CountedFrom, Deadline, Regulation},
};
use jiff::civil::Date;
use std::fmt;

/// One sentence of an explanation, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// For the person who asks.
    pub sentence: String,
    /// Article and document.
    pub source: String,
}

/// One day of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedDay {
    /// The day.
    pub date: Date,
    /// Its place in the count; none when it does not count.
    pub counted: Option<u32>,
    /// What it is, in words.
    pub why: String,
}

/// When something is due, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day on which it is on time.
    pub on: Date,
    /// The day that reminders aim at: the last working day by then.
    pub remind_on: Date,
    /// Every day on which it may be done, where only some are; empty when any day up to `on` will do.
    pub window: Vec<Date>,
    /// Why that day.
    pub because: Vec<Reason>,
    /// Clause id, or `silent`.
    pub article: String,
    /// The text says nothing; the term is a default.
    pub silent: bool,
    /// The calendar of some year is not final or not there: the day may change.
    pub provisional: bool,
    /// Role or body that must act.
    pub responsible: String,
    /// Its name.
    pub responsible_vi: String,
    /// The days counted.
    pub days: Vec<CountedDay>,
}

/// Why nothing is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoDue {
    /// No regulation has this code.
    UnknownRegulation(String),
    /// No term has this id.
    UnknownEvent(String),
    /// The text came without number and date, and nobody has entered them.
    NotActivated,
    /// The event lies before the first day of the regulation.
    BeforeEffect(Date),
    /// The regulation has no such term.
    Disabled {
        /// What the term would be for.
        event_vi: String,
        /// Clause id, or `silent`.
        article: String,
    },
}

impl fmt::Display for NoDue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoDue::UnknownRegulation(code) => write!(out, "Không có quy chế mang mã {code}"),
            NoDue::UnknownEvent(event) => write!(out, "Không có thời hạn mang mã {event}"),
            NoDue::NotActivated => write!(out, "Quy chế chưa được kích hoạt: chưa nhập số và ngày hiệu lực"),
            NoDue::BeforeEffect(first) => write!(out, "Sự việc xảy ra trước ngày quy chế có hiệu lực ({})", in_words(*first)),
            NoDue::Disabled { event_vi, .. } => write!(out, "Quy chế không đặt thời hạn: {event_vi}"),
        }
    }
}

impl std::error::Error for NoDue {}

impl Law {
    /// When an event's work is due: the day is the one the term is counted from (`Deadline::counted_from`), or any
    /// day of the month for a term at its end.
    pub fn due(&self, regulation: &str, event: &str, day: Date) -> Result<Due, NoDue> {
        let found = self.regulation(regulation).ok_or_else(|| NoDue::UnknownRegulation(regulation.to_owned()))?;
        self.due_under(found, event, day)
    }

    /// The same for a regulation at hand, for instance one that an administrator has activated.
    pub fn due_under(&self, regulation: &Regulation, event: &str, day: Date) -> Result<Due, NoDue> {
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

        let counted = if at_month_end {
            count::last_days_of_month(&self.calendar, deadline.number, day)
        } else {
            let manner = count::Manner::of(&regulation.counting, deadline.unit);
            count::from(&self.calendar, &manner, deadline.number, deadline.unit, day)
        };
        let mut because = vec![self.term(regulation, deadline)];
        because.extend(counted.because);
        let provisional = self.note_uncertain_years(day, counted.on, &mut because);
        Ok(Due {
            on: counted.on,
            remind_on: counted.remind_on,
            window: counted.window,
            because,
            article: deadline.article.clone(),
            silent: deadline.silent,
            provisional,
            responsible: deadline.responsible.clone(),
            responsible_vi: self.actor_vi(regulation, &deadline.responsible).to_owned(),
            days: counted.days,
        })
    }

    /// What the text says of the term.
    fn term(&self, regulation: &Regulation, deadline: &Deadline) -> Reason {
        let Deadline { event_vi, number, unit, counted_from, silent, .. } = deadline;
        let mark = if *silent { " (mặc định, quy chế không quy định)" } else { "" };
        let sentence = if *counted_from == CountedFrom::EndOfMonth {
            format!("{event_vi}: trong {number} {} cuối tháng{mark}", unit.name_vi())
        } else {
            format!("{event_vi}: {number} {} kể từ {}{mark}", unit.name_vi(), counted_from.name_vi())
        };
        Reason { sentence, source: self.cite(regulation, &deadline.article) }
    }

    /// An article as people cite it: its place and the document.
    pub fn cite(&self, regulation: &Regulation, article: &str) -> String {
        let document = Some(&regulation.identity.number).filter(|number| !number.is_empty()).unwrap_or(&regulation.identity.name_vi);
        match self.clauses.get(article).or_else(|| self.clauses.under(article).next()) {
            Some(clause) => format!("{}, {document}", clause.article),
            None => document.clone(),
        }
    }

    fn note_uncertain_years(&self, from: Date, to: Date, because: &mut Vec<Reason>) -> bool {
        let before = because.len();
        for year in from.year().min(to.year())..=from.year().max(to.year()) {
            let sentence = match self.calendar.certainty(year) {
                Certainty::Final => continue,
                Certainty::Estimated => format!("Lịch nghỉ năm {year} là dự kiến: hạn tạm tính, có thể thay đổi"),
                Certainty::Missing => format!("Chưa có lịch nghỉ năm {year}: chỉ trừ ngày nghỉ hằng tuần, hạn tạm tính"),
            };
            because.push(Reason { sentence, source: crate::calendar::FILE.to_owned() });
        }
        because.len() > before
    }
}

/// The words and the source of a counting rule.
fn rule(calendar: &Calendar, code: &str, sentence: String) -> Reason {
    Reason { sentence, source: calendar.rule(code).map(|rule| rule.reference.clone()).unwrap_or_default() }
}
