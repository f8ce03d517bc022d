//! Ranks, scales and terms of pay, from `data/law/`.

use super::{time::Month, words::day_of};
use jiff::civil::Date;
use law::{DataSource, Faults, Law};
use serde::Deserialize;
use std::collections::HashMap;

/// What a rank is paid by.
#[derive(Clone, Debug)]
pub struct Rank {
    pub label: String,
    pub scale: String,
    pub job_grade: Option<i64>,
    pub from: Date,
}

/// A scale of pay, coefficients in hundredths.
#[derive(Clone, Debug)]
pub struct Scale {
    pub steps: Vec<i64>,
    pub months: i32,
    pub over_frame: bool,
}

impl Scale {
    /// The coefficient of a step, from 1.
    pub fn coefficient(&self, step: usize) -> i64 {
        step.checked_sub(1).and_then(|place| self.steps.get(place)).copied().unwrap_or_default()
    }

    /// The first step with this coefficient or more; the last one when there is none.
    pub fn step_for(&self, coefficient: i64) -> usize {
        self.steps.iter().position(|step| *step >= coefficient).map_or(self.steps.len(), |place| place + 1)
    }
}

/// Everything about pay the generator needs.
pub struct Pay {
    ranks: HashMap<String, Rank>,
    scales: HashMap<String, Scale>,
    leading: HashMap<(String, String), (i64, Date)>,
    probation: HashMap<(String, String), (i32, i64)>,
    entry: HashMap<(String, String), usize>,
    extension: HashMap<(String, String), i32>,
    /// Over the frame: first percent, percent a year, months between.
    pub over_frame: (i64, i64, i32),
    /// The first month of the scales.
    pub scales_from: Month,
    /// How long an appointment runs, in months.
    pub term_months: i32,
}

#[derive(Deserialize)]
struct RankFile {
    rank: Vec<RankRow>,
    entry_step: Vec<EntryRow>,
}

#[derive(Deserialize)]
struct RankRow {
    code: String,
    label: String,
    scale: String,
    effective_from: toml::value::Datetime,
    job_grade: Option<i64>,
}

#[derive(Deserialize)]
struct EntryRow {
    scale: String,
    education: String,
    step: usize,
}

#[derive(Deserialize)]
struct ScaleFile {
    scale: Vec<ScaleRow>,
    leadership_allowance: Vec<LeadingRow>,
}

#[derive(Deserialize)]
struct ScaleRow {
    code: String,
    steps: Vec<f64>,
    months_to_next: i32,
    over_frame: bool,
    effective_from: toml::value::Datetime,
}

#[derive(Deserialize)]
struct LeadingRow {
    level: String,
    position: String,
    coefficient: f64,
    effective_from: toml::value::Datetime,
}

#[derive(Deserialize)]
struct RaiseFile {
    over_frame: OverFrame,
    appointment: Appointment,
    probation: Vec<ProbationRow>,
    extension: Vec<ExtensionRow>,
}

#[derive(Deserialize)]
struct OverFrame {
    first_percent: i64,
    yearly_percent: i64,
    interval_months: i32,
}

#[derive(Deserialize)]
struct Appointment {
    term_months: i32,
}

#[derive(Deserialize)]
struct ProbationRow {
    personnel_type: String,
    level: String,
    months: i32,
    salary_percent: i64,
}

#[derive(Deserialize)]
struct ExtensionRow {
    personnel_type: String,
    form: String,
    months: i32,
}

impl Pay {
    /// Reads the law of pay.
    pub fn read(source: &DataSource, law: &Law) -> Result<Pay, Faults> {
        let ranks: RankFile = source.parse("law/ranks.toml")?;
        let scales: ScaleFile = source.parse("law/salary-scales.toml")?;
        let raises: RaiseFile = source.parse("law/raise-rules.toml")?;
        let mut known: HashMap<String, Rank> = HashMap::new();
        for old in law.catalogue("ranks_historical").into_iter().flat_map(|catalogue| &catalogue.items) {
            let scale = old.more.get("salary_group").cloned().unwrap_or_default();
            known.insert(old.code.clone(), Rank { label: old.label_vi.clone(), scale, job_grade: None, from: Date::ZERO });
        }
        for row in ranks.rank {
            let from = day_of(&row.effective_from);
            known.insert(row.code, Rank { label: row.label, scale: row.scale, job_grade: row.job_grade, from });
        }
        let scale = |row: ScaleRow| {
            let steps = row.steps.iter().map(|step| hundredths(*step)).collect();
            (row.code, Scale { steps, months: row.months_to_next, over_frame: row.over_frame })
        };
        let leading = |row: LeadingRow| ((row.level, row.position), (hundredths(row.coefficient), day_of(&row.effective_from)));
        let OverFrame { first_percent, yearly_percent, interval_months } = raises.over_frame;
        let scales_from = scales.scale.iter().map(|row| Month::of(day_of(&row.effective_from))).min().unwrap_or(Month::new(2004, 10));
        Ok(Pay {
            scales_from,
            ranks: known,
            scales: scales.scale.into_iter().map(scale).collect(),
            leading: scales.leadership_allowance.into_iter().map(leading).collect(),
            probation: raises
                .probation
                .into_iter()
                .map(|row| ((row.personnel_type, row.level), (row.months, row.salary_percent)))
                .collect(),
            entry: ranks.entry_step.into_iter().map(|row| ((row.scale, row.education), row.step)).collect(),
            extension: raises.extension.into_iter().map(|row| ((row.personnel_type, row.form), row.months)).collect(),
            over_frame: (first_percent, yearly_percent, interval_months),
            term_months: raises.appointment.term_months,
        })
    }

    /// A rank by code.
    pub fn rank(&self, code: &str) -> Option<&Rank> {
        self.ranks.get(code)
    }

    /// The scale of a rank.
    pub fn scale_of(&self, rank_code: &str) -> Option<&Scale> {
        self.scales.get(&self.ranks.get(rank_code)?.scale)
    }

    /// Coefficient of a leading post and the first day of it.
    pub fn leading(&self, post: &(String, String)) -> Option<(i64, Date)> {
        self.leading.get(post).copied()
    }

    /// Months of probation and percent of pay meanwhile.
    pub fn probation(&self, kind: &str, level: &str) -> Option<(i32, i64)> {
        self.probation.get(&(kind.to_owned(), level.to_owned())).copied()
    }

    /// The step at which somebody with this degree begins.
    pub fn entry_step(&self, rank_code: &str, degree: &str) -> usize {
        let scale = self.ranks.get(rank_code).map(|rank| rank.scale.clone()).unwrap_or_default();
        self.entry.get(&(scale, degree.to_owned())).copied().unwrap_or(1)
    }

    /// Months by which a discipline puts off the next raise.
    pub fn extension(&self, kind: &str, form: &str) -> i32 {
        self.extension.get(&(kind.to_owned(), form.to_owned())).copied().unwrap_or_default()
    }

    /// The month from which a rank may be held.
    pub fn rank_from(&self, code: &str) -> Option<Month> {
        self.ranks.get(code).map(|rank| Month::of(rank.from))
    }
}

fn hundredths(coefficient: f64) -> i64 {
    // Two decimals at most, so that rounding is exact.
    format!("{:.0}", coefficient * 100.0).parse().unwrap_or_default()
}
