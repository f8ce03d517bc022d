//! What a regulation is called, whom it covers, and how its days run.

use super::basis::based;
use super::deadlines::Unit;
use jiff::civil::Date;
use serde::Deserialize;

based! {
    /// Names, dates and address of a regulation.
    pub struct Identity {
        /// Stable code, as units name it.
        pub code: String,
        /// What its clause ids begin with.
        pub prefix: String,
        /// Name on screen.
        pub name_vi: String,
        /// Name in English.
        pub name_en: String,
        /// Number of the decision; empty when the available text leaves it blank.
        pub number: String,
        /// Who issued it.
        pub issuer: String,
        /// Day of signature.
        #[serde(deserialize_with = "crate::dates::maybe_day")]
        pub issued_on: Option<Date>,
        /// First day for which it produces terms.
        #[serde(deserialize_with = "crate::dates::maybe_day")]
        pub effective_on: Option<Date>,
        /// How that day is known.
        pub effective_rule: String,
        /// What must be entered before it is used.
        #[serde(default)]
        pub activation_requires: Vec<String>,
        /// Who owns the data, where the text says.
        pub owner: Option<String>,
        /// Name of the software in the text.
        pub software_vi: String,
        /// Address of the software in the text.
        pub url: String,
        /// Address of the pilot.
        pub url_pilot: Option<String>,
        /// Parts of the software that are switched on.
        pub modules: Vec<String>,
        /// About `modules`.
        pub modules_note: Option<String>,
    }
}

based! {
    /// Levels of management.
    pub struct Model {
        /// Two or three.
        pub levels: u8,
        /// The body at the top.
        pub top: String,
        /// Whether units edit the tree: `none` or `internal_departments_only`.
        pub tree_edit_by_units: String,
        /// About `tree_edit_by_units`.
        pub tree_note: Option<String>,
        /// Nodes that only the top edits.
        pub reserved_nodes: Vec<String>,
        /// Between two neighbouring levels stands no other: what is founded under a unit is of the next level down.
        #[serde(default)]
        pub nothing_between: bool,
        /// What departs from the levels.
        pub exception: Option<String>,
    }
}

based! {
    /// One level of the model.
    pub struct Level {
        /// 1 is the lowest.
        pub rank: u8,
        /// Stable code.
        pub code: String,
        /// Name on screen.
        pub name_vi: String,
        /// Kinds of bodies on this level.
        pub members: Vec<String>,
        /// Members that have no level below them.
        #[serde(default)]
        pub childless_members: Vec<String>,
        /// What the level does.
        pub duties: Vec<String>,
        /// Who acts for it.
        pub delegate: Option<String>,
    }
}

based! {
    /// A declaration form and the kinds of people who fill it.
    pub struct DeclarationTemplate {
        /// Code of the form, as the text writes it.
        pub code: String,
        /// Codes of `subject`.
        pub applies_to: Vec<String>,
        /// Name on screen.
        pub name_vi: String,
        /// What introduced the form.
        pub legal_basis: String,
    }
}

based! {
    /// A kind of people.
    pub struct Subject {
        /// Stable code.
        pub code: String,
        /// Name on screen.
        pub name_vi: String,
        /// The regulation covers them.
        pub included: bool,
        /// They count against the staffing quota.
        pub counts_in_quota: bool,
        /// Where they count, when not where they work.
        pub counted_at: Option<String>,
    }
}

/// What becomes of a term that ends on a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// It ends on the next working day.
    NextWorkingDay,
    /// It ends on that day all the same.
    None,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekDay {
    /// Thứ Hai.
    Monday,
    /// Thứ Ba.
    Tuesday,
    /// Thứ Tư.
    Wednesday,
    /// Thứ Năm.
    Thursday,
    /// Thứ Sáu.
    Friday,
    /// Thứ Bảy.
    Saturday,
    /// Chủ nhật.
    Sunday,
}

based! {
    /// How days run.
    pub struct Counting {
        /// The day of the event is day 1.
        pub include_first_day: bool,
        /// What becomes of a term that ends on a day off.
        pub roll_if_non_working: Roll,
        /// Which terms that holds for.
        pub roll_applies_to: Vec<Unit>,
        /// Weekly days off.
        pub weekend: Vec<WeekDay>,
        /// A weekend day worked in exchange counts, and the day taken off does not.
        pub swapped_working_days_count: bool,
        /// File of holidays and swaps, seen from the folder of the regulations.
        pub calendar: String,
        /// Day that reminders for "before D" aim at.
        pub before_date_target: String,
        /// First moment at which "before D" is late.
        pub before_date_late_from: String,
        /// Day on which "no later than D" is still on time.
        pub no_later_than_target: String,
    }
}

based! {
    /// One active unit per person.
    pub struct Uniqueness {
        /// `one_active_unit_per_person`.
        pub rule: String,
        /// What decides which unit that is.
        pub anchor: String,
        /// What happens when another unit already has the person.
        pub on_conflict: String,
        /// Where a secondee's dossier stays.
        pub secondee_stays_at: String,
        /// About secondees.
        pub secondee_note: Option<String>,
    }
}

based! {
    /// Codes of units.
    pub struct Identifier {
        /// Which codes.
        pub scheme: String,
        /// Regular expression they obey; empty when none is known.
        pub pattern: String,
        /// `verified` or `from-memory`.
        pub pattern_confidence: Option<String>,
        /// Longest code.
        pub max_length: Option<u16>,
        /// No two units share one.
        pub unique: bool,
        /// What introduced the codes.
        pub legal_basis: String,
        /// Uses that demand one.
        pub required_for: Vec<String>,
    }
}
