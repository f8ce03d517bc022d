//! Orders of work, decisions, papers and gates.

use super::basis::based;

based! {
    /// An order of work.
    pub struct Workflow {
        /// One of the twelve codes.
        pub code: String,
        /// Name on screen.
        pub name_vi: String,
        /// Who does what, in order.
        #[serde(rename = "step")]
        pub steps: Vec<Step>,
    }
}

based! {
    /// One step of it.
    pub struct Step {
        /// Place, from 1.
        pub order: u8,
        /// Role or body.
        pub actor: String,
        /// What it does.
        pub action: String,
    }
}

based! {
    /// A kind of decision that is digitised.
    pub struct DecisionType {
        /// Stable code.
        pub code: String,
        /// Its number in the list of the text.
        pub number: Option<u8>,
        /// Name on screen.
        pub name_vi: String,
        /// Events it covers.
        pub events: Vec<String>,
    }
}

based! {
    /// Papers demanded with a change.
    pub struct Attachment {
        /// Decision type or event.
        pub decision_type: String,
        /// Which papers.
        pub documents: Vec<String>,
        /// The change waits for them.
        pub mandatory: bool,
        /// About `mandatory`.
        pub mandatory_note: Option<String>,
        /// At which stage.
        pub stage: Option<String>,
        /// What makes a copy valid.
        pub legal_validity: Option<String>,
        /// The original is checked against the copy.
        #[serde(default)]
        pub original_checked: bool,
    }
}

based! {
    /// What is refused, at which level, on which condition.
    pub struct Gate {
        /// Stable code.
        pub code: String,
        /// What it is about: person, unit, account, document …
        pub level: String,
        /// When it holds.
        pub condition: String,
        /// Acts it refuses; empty when it only warns.
        pub blocks: Vec<String>,
        /// Who may pass it, and how.
        #[serde(rename = "override")]
        pub passed_by: String,
        /// Whose stage.
        pub stage: Option<String>,
        /// What eases it.
        pub relief: Option<String>,
        /// Acts among the refused ones that a written order lets through.
        #[serde(default)]
        pub relief_acts: Vec<String>,
        /// About `relief`.
        pub relief_note: Option<String>,
    }
}
