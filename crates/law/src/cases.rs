//! Worked examples that a jurist can read: what is asked, what must come out, the steps, and where it is written.

use crate::{
    Law,
    dates::{self, in_words},
    due::{
        Due, NoDue, ReportDue,
        count::{self, Manner},
    },
    regulation::Unit,
};
use jiff::civil::Date;
use serde::Deserialize;
use std::{collections::BTreeMap, fmt};

/// What came of a file of cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseReport {
    /// Cases that came out as expected.
    pub passed: usize,
    /// Cases that did not.
    pub failed: usize,
    /// Cases on topics that cannot be run.
    pub skipped: usize,
    /// The cases that did not.
    pub failures: Vec<Failure>,
}

/// A case that did not come out as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its id.
    pub id: String,
    /// Its name; empty when it has none.
    pub name: String,
    /// What should have come out.
    pub expected: String,
    /// What came out.
    pub got: String,
    /// How it came out.
    pub steps: Vec<String>,
}

impl fmt::Display for CaseReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Failure { id, name, expected, got, steps } in &self.failures {
            writeln!(out, "{id} {name}\n  expected: {expected}\n  got:      {got}")?;
            for step in steps {
                writeln!(out, "    {step}")?;
            }
        }
        write!(out, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "steps and references are for the reader; typed so that a misspelt key is refused")]
struct CaseFile {
    meta: Option<toml::Table>,
    vector: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "steps and references are for the reader; typed so that a misspelt key is refused")]
struct Case {
    id: String,
    #[serde(default)]
    name: String,
    topic: String,
    input: toml::Table,
    expected: toml::Table,
    #[serde(default)]
    steps: String,
    reference: String,
    rule_confidence: Option<String>,
    note: Option<String>,
}

/// What came out, by key, and how.
struct Got {
    values: BTreeMap<&'static str, String>,
    steps: Vec<String>,
}

impl Law {
    /// Runs a file of cases; an unreadable file is an error, in words.
    pub fn run_cases(&self, text: &str) -> Result<CaseReport, String> {
        let file: CaseFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut report = CaseReport::default();
        for case in &file.vector {
            match self.run_case(case) {
                None => report.skipped += 1,
                Some(None) => report.passed += 1,
                Some(Some(failure)) => {
                    report.failed += 1;
                    report.failures.push(failure);
                }
            }
        }
        Ok(report)
    }

    /// None when the topic cannot be run; otherwise what failed.
    fn run_case(&self, case: &Case) -> Option<Option<Failure>> {
        let got = match case.topic.as_str() {
            "deadline" if case.input.contains_key("regulation") => input(case).map(|asked| self.event(&asked)),
            "deadline" => input(case).map(|asked| self.term_of_days(&asked)),
            "working_day" => input(case).map(|asked: DayAsked| self.working_day(asked.date)),
            "date_rule" => input(case).and_then(|asked| self.date_rule(&asked)),
            _ => return None,
        };
        let got = got.unwrap_or_else(|problem| Got { values: BTreeMap::new(), steps: vec![problem] });
        let came = |key: &str| got.values.get(key).map_or("-", String::as_str);
        if case.expected.iter().all(|(key, value)| plain(value) == came(key)) {
            return Some(None);
        }
        let list = |pairs: Vec<String>| pairs.join(", ");
        Some(Some(Failure {
            id: case.id.clone(),
            name: case.name.clone(),
            expected: list(case.expected.iter().map(|(key, value)| format!("{key} = {}", plain(value))).collect()),
            got: list(case.expected.keys().map(|key| format!("{key} = {}", came(key))).collect()),
            steps: got.steps,
        }))
    }

    fn event(&self, asked: &EventAsked) -> Got {
        let due = match (self.regulation(&asked.regulation), asked.activated_on) {
            (Some(regulation), Some(day)) => self.due_under(&regulation.activated("", day), &asked.event, asked.date),
            _ => self.due(&asked.regulation, &asked.event, asked.date),
        };
        due.map_or_else(|none| none.into(), |due| Got::from(&due))
    }

    fn term_of_days(&self, asked: &TermAsked) -> Got {
        let unit = match asked.unit {
            AskedUnit::Working => Unit::WorkingDays,
            AskedUnit::Calendar => Unit::CalendarDays,
            AskedUnit::Month => Unit::Month,
            AskedUnit::Year => Unit::Year,
        };
        let counted = count::from(&self.calendar, &Manner::civil_code(), asked.days, unit, asked.event_date);
        let steps = counted.because.into_iter().map(|reason| reason.sentence).collect();
        Got { values: BTreeMap::from([("due", counted.on.to_string())]), steps }
    }

    fn working_day(&self, date: Date) -> Got {
        let day = self.calendar.day(date);
        let values = BTreeMap::from([("working_day", day.is_working().to_string()), ("day", day.in_words())]);
        Got { values, steps: vec![format!("{}: {}", in_words(date), day.in_words())] }
    }

    fn date_rule(&self, asked: &RuleAsked) -> Result<Got, String> {
        match asked.rule.as_str() {
            "before_date" => Ok(Got::from(&self.before_date(asked.date))),
            "no_later_than" => Ok(Got::from(&self.no_later_than(asked.date))),
            other => Err(format!("không có quy tắc ngày {other}")),
        }
    }
}

impl From<&Due> for Got {
    fn from(due: &Due) -> Got {
        let window = due.window.iter().map(Date::to_string).collect::<Vec<_>>().join(" ");
        let values = BTreeMap::from([
            ("due", due.on.to_string()),
            ("remind", due.remind_on.to_string()),
            ("window", window),
            ("article", due.article.clone()),
            ("responsible", due.responsible.clone()),
            ("provisional", due.provisional.to_string()),
        ]);
        let day = |day: &super::CountedDay| {
            format!("{} {} {}", in_words(day.date), day.counted.map_or("-".into(), |place| place.to_string()), day.why)
        };
        let steps = due.because.iter().map(|reason| reason.sentence.clone()).chain(due.days.iter().map(day)).collect();
        Got { values, steps }
    }
}

impl From<NoDue> for Got {
    fn from(none: NoDue) -> Got {
        let code = match none {
            NoDue::UnknownRegulation(_) => "unknown_regulation",
            NoDue::UnknownEvent(_) => "unknown_event",
            NoDue::NotActivated => "not_activated",
            NoDue::BeforeEffect(_) => "before_effect",
            NoDue::Disabled { .. } => "disabled",
        };
        Got { values: BTreeMap::from([("none", code.to_owned())]), steps: vec![none.to_string()] }
    }
}

impl From<&ReportDue> for Got {
    fn from(due: &ReportDue) -> Got {
        let values = BTreeMap::from([("due", due.on.to_string()), ("late_from", due.late_from.to_string())]);
        Got { values, steps: due.because.iter().map(|reason| reason.sentence.clone()).collect() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventAsked {
    regulation: String,
    event: String,
    #[serde(deserialize_with = "dates::day")]
    date: Date,
    #[serde(default, deserialize_with = "dates::maybe_day")]
    activated_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermAsked {
    #[serde(deserialize_with = "dates::day")]
    event_date: Date,
    days: u32,
    unit: AskedUnit,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum AskedUnit {
    Working,
    Calendar,
    Month,
    Year,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayAsked {
    #[serde(deserialize_with = "dates::day")]
    date: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleAsked {
    #[serde(deserialize_with = "dates::day")]
    date: Date,
    rule: String,
}

fn input<T: serde::de::DeserializeOwned>(case: &Case) -> Result<T, String> {
    case.input.clone().try_into().map_err(|error: toml::de::Error| error.message().to_owned())
}

/// A value as it is compared: dates as `2026-11-24`, lists with spaces.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
