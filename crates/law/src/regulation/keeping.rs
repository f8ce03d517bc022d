//! Keeping, sharing and judging data: backups, snapshots, retention, connections, ranking.

use super::basis::based;
use serde::Deserialize;

based! {
    /// Backups.
    pub struct Backup {
        /// What the text asks for.
        pub required: String,
        /// What the software does.
        pub applied: String,
        /// Why that.
        pub applied_why: String,
        /// Backups are encrypted.
        pub encrypted: bool,
        /// How many monthly copies stay.
        pub keep_monthly: u32,
        /// A missing backup raises an alert.
        pub alert_if_missing: bool,
        /// Who makes them.
        pub performed_by: Option<String>,
    }
}

based! {
    /// Frozen copies of the data.
    pub struct Snapshot {
        /// They are made.
        pub enabled: bool,
        /// How often.
        pub frequency: String,
        /// On which day.
        pub day: String,
        /// At which time of it.
        pub time: String,
        /// What happens on a day off.
        pub roll_if_non_working: super::Roll,
        /// Nobody changes them.
        pub immutable: bool,
        /// What they hold.
        pub contents: Vec<String>,
        /// Who makes them.
        pub performed_by: String,
    }
}

based! {
    /// How long records stay.
    pub struct Retention {
        /// `permanent`, `long_term` or `by_law`.
        pub period: String,
        /// About `period`.
        pub period_note: Option<String>,
        /// Where the records of leavers are.
        pub leavers: String,
        /// They have a folder of their own.
        pub leavers_folder: bool,
        /// Reasons for leaving.
        pub reasons: Vec<String>,
    }
}

based! {
    /// Whether records may be removed.
    pub struct Deletion {
        /// The text knows such a right.
        pub right_exists: bool,
        /// Roles that hold it.
        pub held_by: Vec<String>,
        /// How it is carried out.
        pub mode: String,
        /// Why that way.
        pub why_mode: String,
        /// Rows are erased. Never so.
        pub hard_delete: bool,
    }
}

based! {
    /// Connections with other systems.
    pub struct Sharing {
        /// They need consent.
        pub consent_required: bool,
        /// Who gives it.
        pub given_by: Option<String>,
        /// What is recorded of it.
        pub document_fields: Vec<String>,
        /// What is shared without it.
        pub default_shared: Vec<String>,
        /// Through what.
        pub channel: String,
        /// Paper is not asked for where a connection exists.
        #[serde(default)]
        pub no_paper_if_connected: bool,
        /// What is in the database is not asked again.
        #[serde(default)]
        pub no_redeclaration: bool,
    }
}

based! {
    /// A connection that the text foresees.
    pub struct Integration {
        /// Stable code.
        pub code: String,
        /// Name on screen.
        pub name_vi: String,
        /// Of which kind.
        pub kind: String,
        /// It is switched on.
        pub enabled: Option<bool>,
        /// From when.
        pub when: Option<String>,
        /// Through what.
        pub channel: Option<String>,
        /// With which key.
        pub credential: Option<String>,
        /// Whose signature.
        pub signature: Option<String>,
    }
}

/// What the length of an outage is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutageUnit {
    /// Every incident.
    Incident,
    /// Working days in a row.
    ConsecutiveWorkingDays,
}

based! {
    /// Announcing that the software is down.
    pub struct Outage {
        /// From which length.
        pub threshold: u32,
        /// Of what.
        pub unit: OutageUnit,
        /// About `threshold`.
        pub threshold_note: Option<String>,
        /// A mere risk is announced as well.
        pub on_risk: bool,
        /// How it is announced.
        pub channels: Vec<String>,
        /// Who announces it.
        pub sender: String,
        /// Together with whom.
        #[serde(default)]
        pub with_parties: Vec<String>,
    }
}

based! {
    /// Data-entry fees.
    pub struct Fees {
        /// There are fees.
        pub enabled: bool,
        /// For what.
        pub kinds: Vec<String>,
        /// Who pays.
        pub payers: Vec<String>,
        /// How much, in words.
        pub rates: Option<String>,
        /// How much until someone sets it.
        pub rate_default: Option<i64>,
        /// In which currency.
        pub currency: Option<String>,
    }
}

based! {
    /// Ranking of units by use.
    pub struct Ranking {
        /// There is one.
        pub enabled: bool,
        /// How often.
        pub frequency: String,
        /// By what.
        pub measures: Vec<String>,
        /// About `measures`.
        pub measures_note: Option<String>,
        /// For what.
        pub uses: Vec<String>,
        /// Of whom.
        #[serde(default)]
        pub levels: Vec<String>,
    }
}

based! {
    /// When a signed export equals an original.
    pub struct LegalValue {
        /// It can.
        pub signed_export_equals_original: bool,
        /// With whose signatures.
        pub signatures: Vec<String>,
        /// With all of them.
        pub both_required: Option<bool>,
        /// What it is otherwise.
        pub otherwise: Option<String>,
        /// What uploaded documents must have.
        pub uploaded_documents: Option<String>,
    }
}

based! {
    /// A defect of the text, or how it is read.
    pub struct Note {
        /// In words.
        pub text: String,
    }
}
