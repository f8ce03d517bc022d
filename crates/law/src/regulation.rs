//! Regulations: what a province or a sector has laid down, one file each, all of one shape.
//!
//! Every table names its article. Where the text is silent the table says so, with the value chosen and why.

mod basis;
mod deadlines;
mod identity;
mod keeping;
mod roles;
mod tables;
mod work;

pub use basis::{Based, Basis};
pub use deadlines::{Alert, ApprovalWindow, CountedFrom, Deadline, DueRule, MonthDay, Report, Unit};
pub use identity::{Counting, DeclarationTemplate, Identifier, Identity, Level, Model, Roll, Subject, Uniqueness, WeekDay};
pub use keeping::{Backup, Deletion, Fees, Integration, LegalValue, Note, Outage, OutageUnit, Ranking, Retention, Sharing, Snapshot};
pub use roles::{AccountLimit, AccountRule, Consent, Role, RoleScope};
pub use work::{Attachment, DecisionType, Gate, Step, Workflow};

use jiff::civil::Date;
use serde::Deserialize;

/// The twelve events that have a term, in the order of the profiles.
pub const DEADLINES: [&str; 12] = [
    "new_record",
    "declare_new",
    "change_personal",
    "change_by_decision",
    "move_internal",
    "move_out_send",
    "move_in_forward",
    "leave_scope",
    "leave_service",
    "incoming_external",
    "monthly_approval",
    "review_check",
];

/// The twelve orders of work.
pub const WORKFLOWS: [&str; 12] = [
    "new_record",
    "change_personal",
    "change_by_decision",
    "approval",
    "move_internal",
    "move_between_units",
    "incoming_external",
    "leave",
    "revocation",
    "account_grant",
    "operator_change",
    "password_reset",
];

/// One regulation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regulation {
    /// Shape of the file; 1.
    pub schema_version: u32,
    /// Names, dates and address.
    pub identity: Identity,
    /// Levels of management and who edits the unit tree.
    pub model: Model,
    /// The levels, lowest first.
    #[serde(rename = "level")]
    pub levels: Vec<Level>,
    /// Declaration forms and the people they serve.
    #[serde(rename = "template")]
    pub templates: Vec<DeclarationTemplate>,
    /// Kinds of people the regulation covers, or leaves out.
    #[serde(rename = "subject")]
    pub subjects: Vec<Subject>,
    /// How days run.
    pub counting: Counting,
    /// One active unit per person.
    pub uniqueness: Uniqueness,
    /// Codes of units.
    pub identifier: Identifier,
    /// The twelve terms.
    #[serde(rename = "deadline")]
    pub deadlines: Vec<Deadline>,
    /// Who may do what, and where.
    #[serde(rename = "role")]
    pub roles: Vec<Role>,
    /// Who grants, changes and resets accounts.
    #[serde(rename = "account_rule")]
    pub account_rules: Vec<AccountRule>,
    /// Consent to read records outside one's duties.
    pub consent: Consent,
    /// The twelve orders of work.
    #[serde(rename = "workflow")]
    pub workflows: Vec<Workflow>,
    /// Decisions that are digitised.
    #[serde(rename = "decision_type")]
    pub decision_types: Vec<DecisionType>,
    /// Papers demanded with a change.
    #[serde(rename = "attachment")]
    pub attachments: Vec<Attachment>,
    /// When data is approved, where it is.
    pub approval_window: ApprovalWindow,
    /// Reports and their dates.
    #[serde(rename = "report")]
    pub reports: Vec<Report>,
    /// Backups asked for and made.
    pub backup: Backup,
    /// Frozen copies.
    pub snapshot: Snapshot,
    /// How long records stay, and those of leavers.
    pub retention: Retention,
    /// Whether records may be removed.
    pub deletion: Deletion,
    /// What is refused, and on which condition.
    #[serde(rename = "gate")]
    pub gates: Vec<Gate>,
    /// Reminders.
    #[serde(rename = "alert")]
    pub alerts: Vec<Alert>,
    /// Connections with other systems.
    pub sharing: Sharing,
    /// Sign-on, national database, imports.
    #[serde(rename = "integration")]
    pub integrations: Vec<Integration>,
    /// Announcing that the software is down.
    pub outage: Outage,
    /// Data-entry fees.
    pub fees: Fees,
    /// Ranking of units by use.
    pub ranking: Ranking,
    /// When a signed export equals an original.
    pub legal_value: LegalValue,
    /// Defects of the text, and how it is read.
    #[serde(rename = "note")]
    pub notes: Vec<Note>,
}

impl Regulation {
    /// Its code, as units name it.
    pub fn code(&self) -> &str {
        &self.identity.code
    }

    /// The term for an event.
    pub fn deadline(&self, event: &str) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.id == event)
    }

    /// The role with this code.
    pub fn role(&self, code: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.code == code)
    }

    /// The order of work with this code.
    pub fn workflow(&self, code: &str) -> Option<&Workflow> {
        self.workflows.iter().find(|workflow| workflow.code == code)
    }

    /// The gates with this code, one per stage.
    pub fn gates<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Gate> {
        self.gates.iter().filter(move |gate| gate.code == code)
    }

    /// Whether data demanded for its activation is still missing (a text that came without number and date).
    pub fn waits_for_activation(&self) -> bool {
        self.identity.effective_on.is_none()
    }

    /// The same regulation with the number and first day that an administrator entered.
    pub fn activated(&self, number: &str, effective_on: Date) -> Regulation {
        let mut regulation = self.clone();
        number.clone_into(&mut regulation.identity.number);
        regulation.identity.effective_on = Some(effective_on);
        regulation
    }
}
