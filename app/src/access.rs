//! Who is signed in, and proof of what they may do: the extractors of every handler.

use crate::{
    App,
    error::{Error, Result},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use serde::Serialize;
use std::{collections::BTreeMap, marker::PhantomData, ops::Deref};
use vault::Permission;

/// A permission of the role tables as a type, so that a handler's signature states it.
macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)+) => {
        $($(#[$doc])* pub struct $name;
        impl Permission for $name { const CODE: &'static str = $code; })+

        /// Every code that has a type.
        pub const CODES: &[&str] = &[$($code),+];
    };
}

permissions! {
    /// Open dossiers.
    ViewRecord = "view_record";
    /// Find people.
    Search = "search";
    /// Take lists and dossiers out, with a purpose.
    Export = "export";
    /// Begin dossiers, by hand or by import.
    CreateRecord = "create_record";
    /// Write in dossiers.
    EditRecord = "edit_record";
    /// Change the unit tree.
    ManageUnitTree = "manage_unit_tree";
    /// Change the inner sections of one's own unit.
    EditInternalDepartments = "edit_internal_departments";
    /// Open, close and change accounts.
    ManageAccounts = "manage_accounts";
    /// Read the audit of dossiers.
    ViewAudit = "view_audit";
    /// Change fields of a province's own and settings.
    ConfigureSystem = "configure_system";
}

/// Somebody signed in, as pages show them and as acts record them.
#[derive(Clone)]
pub struct Visitor {
    /// Account and rights of this moment.
    pub viewer: vault::Viewer,
    /// The person behind the account.
    pub person: String,
    /// Role, in words.
    pub role: String,
    /// The account's unit.
    pub unit_name: String,
    /// The regulation in force there, in words.
    pub regulation: String,
    /// The address being looked at.
    pub path: String,
}

/// Proof that the visitor holds permission `P`, and where.
pub struct Grant<P> {
    grant: vault::Grant<P>,
    /// Who asks.
    pub visitor: Visitor,
    permission: PhantomData<fn() -> P>,
}

impl<P> Deref for Grant<P> {
    type Target = vault::Grant<P>;

    fn deref(&self) -> &vault::Grant<P> {
        &self.grant
    }
}

/// What the layout shows around every page.
#[derive(Serialize)]
pub struct Frame {
    person: String,
    role: String,
    unit_name: String,
    regulation: String,
    nav: Vec<NavEntry>,
    may: BTreeMap<&'static str, bool>,
    assets: String,
    version: &'static str,
    today: String,
}

#[derive(Serialize)]
struct NavEntry {
    href: &'static str,
    label: &'static str,
    here: bool,
}

/// Main navigation: address, label, the permission that shows it (empty for everybody).
const NAV: &[(&str, &str, &str)] = &[("/", "Việc cần làm", "")];

impl Visitor {
    /// Whether a permission is held anywhere.
    pub fn may(&self, code: &str) -> bool {
        self.viewer.holds(code)
    }

    /// What the layout shows.
    pub fn frame(&self, app: &App) -> Frame {
        let shown = NAV.iter().filter(|(_, _, code)| code.is_empty() || self.may(code));
        let here = |href: &str| if href == "/" { self.path == "/" } else { self.path.starts_with(href) };
        Frame {
            person: self.person.clone(),
            role: self.role.clone(),
            unit_name: self.unit_name.clone(),
            regulation: self.regulation.clone(),
            nav: shown.map(|(href, label, _)| NavEntry { href, label, here: here(href) }).collect(),
            may: CODES.iter().map(|code| (*code, self.may(code))).collect(),
            assets: app.assets.clone(),
            version: env!("CARGO_PKG_VERSION"),
            today: crate::form::show_day(app.today()),
        }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Visitor> {
        parts.extensions.get::<Visitor>().cloned().ok_or(Error::SignedOut)
    }
}

impl<P: Permission> FromRequestParts<App> for Grant<P> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Grant<P>> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let grant = visitor.viewer.may::<P>().ok_or(Error::Forbidden)?;
        Ok(Grant { grant, visitor, permission: PhantomData })
    }
}
