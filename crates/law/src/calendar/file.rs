//! The shape of `data/law/holidays.toml`.

use super::{CountingRule, Holiday, Swap};
use crate::{
    dates,
    regulation::{MonthDay, WeekDay},
};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalendarFile {
    pub(crate) meta: Meta,
    pub(crate) sources: BTreeMap<String, Source>,
    pub(crate) holiday: Vec<Holiday>,
    pub(crate) swap: Vec<Swap>,
    pub(crate) year_summary: Vec<YearSummary>,
    pub(crate) deadline_rule: Vec<CountingRule>,
    pub(crate) province_deadline: Vec<ProvinceDeadline>,
    pub(crate) report_deadline: Vec<ReportDeadline>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "words for readers of the file; typed so that a misspelt key is refused")]
pub(crate) struct Meta {
    pub(crate) title: String,
    pub(crate) weekend: Vec<WeekDay>,
    working_week: String,
    unit_override: String,
    compensation: String,
    national_day: String,
    tet_days: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "words for readers of the file; typed so that a misspelt key is refused")]
pub(crate) struct Source {
    title: String,
    seen: String,
}

/// Counts of a year, to compare the list with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct YearSummary {
    pub(crate) year: i16,
    #[serde(deserialize_with = "dates::day")]
    pub(crate) tet_day_1: Date,
    #[serde(deserialize_with = "dates::day")]
    pub(crate) hung_kings_day: Date,
    pub(crate) weekdays_off: usize,
    pub(crate) weekend_days_worked: usize,
    #[serde(rename = "final")]
    pub(crate) is_final: bool,
    #[expect(dead_code, reason = "for readers of the file")]
    confidence: String,
}

/// A term of a regulation, noted a second time to compare the profiles with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "words for readers of the file; typed so that a misspelt key is refused")]
pub(crate) struct ProvinceDeadline {
    pub(crate) province: String,
    document: String,
    pub(crate) event: String,
    pub(crate) days: u32,
    pub(crate) unit: String,
    counted_from: String,
    article: String,
    confidence: String,
}

/// A report date of a regulation, noted a second time.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "words for readers of the file; typed so that a misspelt key is refused")]
pub(crate) struct ReportDeadline {
    pub(crate) province: String,
    document: String,
    code: String,
    pub(crate) month_day: MonthDay,
    pub(crate) rule: String,
    article: String,
    confidence: String,
}
