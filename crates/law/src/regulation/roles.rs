//! Who may do what, who grants accounts, and who consents.

use super::basis::based;
use serde::Deserialize;

/// How far a role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleScope {
    /// One's own dossier.
    OwnRecord,
    /// The unit without the units below it.
    OwnUnit,
    /// People whose using unit it is, secondees in included.
    UsedByUnit,
    /// A body of level 2 with all its sections and units; at base level the unit itself.
    OwnBody,
    /// The unit with everything below it.
    OwnAndSubordinate,
    /// The whole department.
    Department,
    /// The whole province.
    Province,
    /// Account data only, without personnel content.
    Accounts,
    /// Operation data only, without personnel content.
    System,
}

impl RoleScope {
    /// Its name on screen.
    pub fn name_vi(self) -> &'static str {
        match self {
            RoleScope::OwnRecord => "hồ sơ của chính mình",
            RoleScope::OwnUnit => "đơn vị mình",
            RoleScope::UsedByUnit => "người do đơn vị sử dụng",
            RoleScope::OwnBody => "nội bộ cơ quan, đơn vị, địa phương",
            RoleScope::OwnAndSubordinate => "đơn vị mình và đơn vị trực thuộc",
            RoleScope::Department => "toàn ngành",
            RoleScope::Province => "toàn tỉnh",
            RoleScope::Accounts => "dữ liệu tài khoản",
            RoleScope::System => "dữ liệu vận hành",
        }
    }
}

/// How many accounts of a role may exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountLimit {
    /// One in the whole installation.
    ExactlyOne,
    /// One for each body.
    OnePerBody,
    /// One for each leader.
    OnePerLeader,
    /// One for each person.
    OnePerPerson,
    /// One for each person who asks.
    OnePerPersonOnRequest,
    /// Those named by decision.
    NamedByDecision,
    /// Those named by the unit.
    NamedByUnit,
    /// Those delegated to.
    ByDelegation,
    /// None of its own: the unit's account is used.
    UsesTheUnitAccount,
    /// None.
    None,
    /// The text is silent.
    #[serde(alias = "")]
    Silent,
}

impl AccountLimit {
    /// How many, in words; nothing where the text is silent.
    pub fn name_vi(self) -> &'static str {
        match self {
            AccountLimit::ExactlyOne => "một tài khoản trong toàn hệ thống",
            AccountLimit::OnePerBody => "mỗi cơ quan một tài khoản",
            AccountLimit::OnePerLeader => "mỗi lãnh đạo một tài khoản",
            AccountLimit::OnePerPerson | AccountLimit::OnePerPersonOnRequest => "mỗi người một tài khoản",
            AccountLimit::NamedByDecision => "theo quyết định phân công",
            AccountLimit::NamedByUnit => "do đơn vị phân công",
            AccountLimit::ByDelegation => "theo ủy quyền",
            AccountLimit::UsesTheUnitAccount => "dùng tài khoản của đơn vị",
            AccountLimit::None => "không có tài khoản",
            AccountLimit::Silent => "",
        }
    }
}

based! {
    /// A role.
    pub struct Role {
        /// Stable code.
        pub code: String,
        /// Name on screen.
        pub name_vi: String,
        /// Kinds of bodies or people that hold it.
        pub holders: Vec<String>,
        /// How far it reaches.
        pub scope: RoleScope,
        /// What the text permits.
        pub permissions: Vec<String>,
        /// About `permissions`.
        pub permissions_note: Option<String>,
        /// What another clause needs though this one does not name it.
        #[serde(default)]
        pub implied_permissions: Vec<String>,
        /// That other clause.
        pub implied_from: Option<String>,
        /// How many accounts may exist.
        pub accounts: AccountLimit,
        /// About `accounts`.
        pub accounts_note: Option<String>,
        /// People may have accounts of their own (role `person`).
        pub self_access: Option<bool>,
        /// Row of the appendix table.
        pub appendix_row: Option<u8>,
        /// Wording of that row.
        pub rights_vi: Option<String>,
        /// Which report forms it sees.
        pub reports: Option<String>,
    }
}

impl Role {
    /// What it permits, whether written or implied, each once.
    pub fn all_permissions(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.permissions.iter().chain(&self.implied_permissions).map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether it permits this, written or implied.
    pub fn permits(&self, permission: &str) -> bool {
        self.permissions.iter().chain(&self.implied_permissions).any(|given| given == permission)
    }
}

based! {
    /// Who grants, changes or resets accounts, and with which paper.
    pub struct AccountRule {
        /// Stable code.
        pub code: String,
        /// The rule on screen.
        pub rule_vi: String,
        /// Who acts.
        pub granted_by: Vec<String>,
        /// A document is needed.
        pub requires_document: bool,
        /// What is recorded of it.
        pub document_fields: Vec<String>,
        /// Which document.
        pub document: Option<String>,
        /// Article that asks for it, when another one.
        pub document_article: Option<String>,
        /// About its form.
        pub form_note: Option<String>,
        /// Who is told.
        pub notify: Option<String>,
        /// Through whom a request goes.
        #[serde(default)]
        pub chain: Vec<String>,
        /// What follows in the software.
        #[serde(default)]
        pub effects: Vec<String>,
        /// Who else may act.
        pub also_by: Option<String>,
        /// What happens when a password may be stolen.
        pub on_suspected_theft: Option<String>,
    }
}

based! {
    /// Consent to read records outside one's duties.
    pub struct Consent {
        /// It is needed.
        pub required: bool,
        /// `written` or `recorded`.
        pub form: String,
        /// About `form`.
        pub form_note: Option<String>,
        /// Who gives it.
        pub given_by: String,
        /// One's own data needs none.
        pub own_data_exempt: bool,
        /// How long it lasts unless it says otherwise.
        pub valid_days_default: u32,
        /// What is recorded of it.
        pub fields: Vec<String>,
    }
}
