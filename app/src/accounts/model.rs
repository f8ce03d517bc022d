//! What an account is, and the rules of giving one.

use crate::{
    error::{Error, Result},
    form::show_day,
};
use jiff::civil::Date;
use law::{
    Regulation,
    regulation::{AccountRule, Role},
};
use serde::{Deserialize, Serialize};
use vault::{Row, Seen};

/// One account in a list and on its page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AccountLine {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) login: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) unit_id: Option<i64>,
    #[serde(skip)]
    pub(super) dossier_id: Option<i64>,
    pub(super) unit_name: String,
    pub(super) must_change_password: bool,
}

impl AccountLine {
    /// The row as it was seen.
    pub(super) fn seen(&self) -> Seen {
        Seen { id: self.id, version: self.version }
    }

    /// Whether the account may go from its state to another; a closed one stays closed.
    pub(super) fn may_become(&self, next: &str) -> Result<()> {
        match (self.state.as_str(), next) {
            ("active", "suspended" | "closed") | ("suspended", "active" | "closed") => Ok(()),
            ("closed", _) => Err(Error::Conflict("Tài khoản đã đóng, không mở lại được. Cấp tài khoản mới".into())),
            _ => Err(Error::Conflict("Tài khoản đang ở trạng thái này rồi".into())),
        }
    }

    /// An account as it may look.
    pub(super) fn sample(state: &str) -> AccountLine {
        AccountLine {
            id: 1,
            version: 1,
            login: "yb.van-thu".into(),
            name: "Văn thư xã Mẫu".into(),
            kind: "unit".into(),
            state: state.into(),
            unit_id: Some(1),
            dossier_id: None,
            unit_name: "UBND xã Mẫu".into(),
            must_change_password: true,
        }
    }
}

/// One role an account holds or held.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RoleLine {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) role: String,
    pub(super) name_vi: String,
    pub(super) unit_name: String,
    pub(super) unit_path: String,
    pub(super) from_on: String,
    pub(super) until_on: String,
    pub(super) document: String,
    pub(super) article: String,
}

impl RoleLine {
    pub(super) fn read(row: &Row) -> Result<RoleLine> {
        Ok(RoleLine {
            id: row.int("id")?,
            version: row.int("version")?,
            role: row.text("role_code")?,
            name_vi: row.text("role_code")?,
            unit_name: row.text("unit_name")?,
            unit_path: row.text("path")?,
            from_on: day(row, "from_on")?,
            until_on: day(row, "until_on")?,
            document: document(row)?,
            article: String::new(),
        })
    }

    /// The same with the name and the article that the regulation gives the role.
    pub(super) fn named(mut self, regulation: Option<&Regulation>) -> RoleLine {
        if let Some(role) = regulation.and_then(|regulation| regulation.roles.iter().find(|role| role.code == self.role)) {
            self.name_vi = role.name_vi.clone();
            self.article = role.article.clone();
        }
        self
    }
}

/// One person who uses or used a unit's account.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OperatorLine {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) name: String,
    pub(super) from_on: String,
    pub(super) until_on: String,
    pub(super) document: String,
}

impl OperatorLine {
    pub(super) fn read(row: &Row) -> Result<OperatorLine> {
        Ok(OperatorLine {
            id: row.int("id")?,
            version: row.int("version")?,
            name: row.text("name")?,
            from_on: day(row, "from_on")?,
            until_on: day(row, "until_on")?,
            document: document(row)?,
        })
    }
}

fn day(row: &Row, column: &str) -> Result<String> {
    Ok(row.get::<Option<Date>>(column)?.map(show_day).unwrap_or_default())
}

fn document(row: &Row) -> Result<String> {
    let number = row.get::<Option<String>>("document_number")?.unwrap_or_default();
    let issuer = row.get::<Option<String>>("document_issuer")?.unwrap_or_default();
    let signed = day(row, "document_signed_on")?;
    Ok([number, signed, issuer].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}

/// The document behind an act on an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its number.
    pub number: Option<String>,
    /// The day it was signed.
    pub signed_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
}

/// What a permission allows when roles are given: a row of `data/access.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Granting {
    /// The permission of the giver.
    pub permission: String,
    /// Role codes, or `*`.
    pub roles: Vec<String>,
    /// Only at units below the giver's own.
    pub below_only: bool,
    /// Where the permission comes from.
    pub articles: Vec<String>,
}

/// The file of grantings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantingFile {
    /// Its rows.
    pub granting: Vec<Granting>,
}

impl Granting {
    /// Whether somebody of the unit at `own` may give the role at the unit at `at`.
    pub(super) fn covers(&self, role: &str, own: &str, at: &str) -> bool {
        let named = self.roles.iter().any(|known| known == "*" || known == role);
        named && (!self.below_only || (at.starts_with(own) && at != own))
    }
}

/// The rule of the regulation for opening an account of this role at a unit of this level.
pub(super) fn opening_rule<'a>(regulation: &'a Regulation, role: &Role, level_rank: Option<i64>) -> Option<&'a AccountRule> {
    let rule = |code: &str| regulation.account_rules.iter().find(|rule| rule.code == code);
    match role.code.as_str() {
        "person" => rule("grant_personal").or_else(|| rule("grant_unit")),
        _ if level_rank == Some(1) => rule("grant_subordinate"),
        _ => rule("grant_unit"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_account_stays_closed() {
        assert!(AccountLine::sample("active").may_become("suspended").is_ok());
        assert!(AccountLine::sample("suspended").may_become("active").is_ok());
        assert!(AccountLine::sample("closed").may_become("active").is_err());
        assert!(AccountLine::sample("active").may_become("active").is_err());
    }

    #[test]
    fn a_unit_gives_accounts_only_below_itself_where_the_text_says_so() {
        let below = Granting {
            permission: "create_subordinate_accounts".into(),
            roles: vec!["operator".into()],
            below_only: true,
            articles: vec![],
        };
        assert!(below.covers("operator", "/1/2/", "/1/2/3/"));
        assert!(!below.covers("operator", "/1/2/", "/1/2/"));
        assert!(!below.covers("unit_admin", "/1/2/", "/1/2/3/"));
    }
}
