//! Terms, reports, reminders and the monthly approval.

use super::basis::based;
use jiff::civil::Date;
use serde::Deserialize;
use std::fmt;

/// What a term is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Ngày làm việc.
    WorkingDays,
    /// Ngày (lịch).
    CalendarDays,
    /// Tháng.
    Month,
    /// Năm.
    Year,
}

impl Unit {
    /// Its name on screen.
    pub fn name_vi(self) -> &'static str {
        match self {
            Unit::WorkingDays => "ngày làm việc",
            Unit::CalendarDays => "ngày",
            Unit::Month => "tháng",
            Unit::Year => "năm",
        }
    }
}

/// The day that a term is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedFrom {
    /// Date of the decision.
    DecisionDate,
    /// Date of the decision or of the contract.
    DecisionOrContractDate,
    /// Date of the decision to receive the person.
    ReceptionDecisionDate,
    /// Date of the decision to recruit the person.
    RecruitmentDecisionDate,
    /// Day on which the decision takes effect.
    EffectiveDate,
    /// Day on which a valid paper file lay before the unit.
    ValidPaperFileDate,
    /// Day on which the document came in.
    DocumentReceived,
    /// Day on which the supplement came in.
    SupplementReceived,
    /// Day on which the information changed.
    ChangeDate,
    /// Day on which the request came in.
    RequestReceived,
    /// Day on which the dossier arrived in the software.
    ArrivalInSoftware,
    /// Day on which the account was issued.
    AccountIssued,
    /// Day on which the file came in.
    FileReceived,
    /// Last day of the month.
    EndOfMonth,
    /// Day of the previous check.
    PreviousCheck,
    /// Day of the previous declaration.
    PreviousDeclaration,
}

impl CountedFrom {
    /// How people say it.
    pub fn name_vi(self) -> &'static str {
        match self {
            CountedFrom::DecisionDate => "ngày ban hành quyết định",
            CountedFrom::DecisionOrContractDate => "ngày ban hành quyết định hoặc ký hợp đồng",
            CountedFrom::ReceptionDecisionDate => "ngày ban hành quyết định tiếp nhận",
            CountedFrom::RecruitmentDecisionDate => "ngày ban hành quyết định tuyển dụng",
            CountedFrom::EffectiveDate => "ngày quyết định có hiệu lực",
            CountedFrom::ValidPaperFileDate => "ngày có hồ sơ giấy hợp lệ",
            CountedFrom::DocumentReceived => "ngày nhận được văn bản",
            CountedFrom::SupplementReceived => "ngày nhận phiếu bổ sung",
            CountedFrom::ChangeDate => "ngày thông tin thay đổi",
            CountedFrom::RequestReceived => "ngày nhận được đề nghị",
            CountedFrom::ArrivalInSoftware => "ngày hồ sơ đến trên phần mềm",
            CountedFrom::AccountIssued => "ngày được cấp tài khoản",
            CountedFrom::FileReceived => "ngày tiếp nhận hồ sơ",
            CountedFrom::EndOfMonth => "ngày cuối tháng",
            CountedFrom::PreviousCheck => "ngày kiểm tra lần trước",
            CountedFrom::PreviousDeclaration => "ngày kê khai lần trước",
        }
    }
}

based! {
    /// The term for one event.
    pub struct Deadline {
        /// One of the twelve ids.
        pub id: String,
        /// Name on screen.
        pub event_vi: String,
        /// Role or body that must act.
        pub responsible: String,
        /// What it must do.
        pub action: String,
        /// The regulation has this term.
        pub enabled: bool,
        /// How many units.
        pub number: u32,
        /// Of what.
        pub unit: Unit,
        /// From which day.
        pub counted_from: CountedFrom,
        /// Papers that go with it.
        pub attachments: Vec<String>,
        /// About `attachments`.
        pub attachments_note: Option<String>,
        /// The original is checked against the copy.
        #[serde(default)]
        pub original_checked: bool,
        /// About the first day.
        pub start_note: Option<String>,
        /// Who enters it, when not the responsible unit.
        pub entered_by: Option<String>,
        /// Leaving statuses the term covers.
        #[serde(default)]
        pub statuses: Vec<String>,
        /// What else is done.
        pub also: Option<String>,
        /// Events the term includes.
        #[serde(default)]
        pub includes: Vec<String>,
        /// What sets it going.
        pub starts_with: Option<String>,
        /// Month of a yearly campaign.
        pub campaign_month: Option<u8>,
        /// About the month.
        pub campaign_note: Option<String>,
    }
}

based! {
    /// When data is approved.
    pub struct ApprovalWindow {
        /// The regulation has a window.
        pub enabled: bool,
        /// How long it is.
        pub days: u32,
        /// Days of what kind.
        pub unit: Unit,
        /// Where in the month it lies.
        pub position: String,
        /// Who approves.
        pub approver: String,
        /// What happens outside it.
        pub outside: Option<String>,
        /// What happens when it holds no working day.
        pub if_no_working_day: String,
        /// Why.
        pub if_no_working_day_why: Option<String>,
        /// Day that reminders aim at.
        pub reminder_target: Option<String>,
        /// What becomes of data that was not approved.
        pub missed: Option<String>,
    }
}

/// How the date of a report is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueRule {
    /// Late from the date itself.
    Before,
    /// Still on time on the date.
    NoLaterThan,
    /// After the reports of the units.
    AfterUnits,
    /// After the approval window.
    AfterWindow,
    /// At intervals that the body sets.
    Periodic,
    /// Once a year, without a date.
    Yearly,
    /// The request sets it.
    AsRequested,
}

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct MonthDay {
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month.
    pub day: i8,
}

impl MonthDay {
    /// That day of a year; 29 February becomes the last day of a shorter month.
    pub fn in_year(self, year: i16) -> Option<Date> {
        let month = Date::new(year, self.month, 1).ok()?;
        Date::new(year, self.month, self.day.min(month.days_in_month())).ok()
    }
}

impl TryFrom<String> for MonthDay {
    type Error = String;

    fn try_from(text: String) -> Result<MonthDay, String> {
        // Any leap year accepts every day that some year has.
        let day: Date = format!("2024-{text}").parse().map_err(|_| format!("{text} không phải là ngày dạng tháng-ngày"))?;
        Ok(MonthDay { month: day.month(), day: day.day() })
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}/{:02}", self.day, self.month)
    }
}

based! {
    /// A report and its dates.
    pub struct Report {
        /// Stable code.
        pub code: String,
        /// Name on screen.
        pub name_vi: String,
        /// Who sends it.
        pub from: String,
        /// About `from`.
        pub from_note: Option<String>,
        /// Who receives it.
        pub to: Vec<String>,
        /// Through whom; empty when straight.
        pub via: String,
        /// How often.
        pub frequency: String,
        /// On which days of the year.
        pub due: Vec<MonthDay>,
        /// How those days are meant.
        pub due_rule: DueRule,
        /// About the days.
        pub due_note: Option<String>,
        /// Days after the units' reports, where the text gives no date.
        pub due_default_days: Option<u32>,
        /// Day the figures describe.
        pub as_of: Option<String>,
        /// First day the report exists.
        #[serde(default, deserialize_with = "crate::dates::maybe_day")]
        pub valid_from: Option<Date>,
        /// What it holds.
        pub contents: Vec<String>,
    }
}

based! {
    /// A reminder.
    pub struct Alert {
        /// Stable code.
        pub code: String,
        /// Name on screen.
        pub name_vi: String,
        /// Roles and bodies that get it.
        pub recipients: Vec<String>,
        /// How long before.
        pub lead: u32,
        /// Of what.
        pub lead_unit: Unit,
    }
}
