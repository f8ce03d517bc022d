//! Who is signed in, and proof of what they may do: the extractors of every handler.

mod permissions;
mod session;

pub use permissions::*;
pub use session::{From, MARK, SESSION, Token, cookie, recognise, set_cookie, token};

use crate::{
    App,
    error::{Error, Result},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use serde::Serialize;
use std::{collections::BTreeMap, ops::Deref, sync::Arc};
use vault::Permission;

/// Somebody signed in, as pages show them and as acts record them.
#[derive(Clone)]
pub struct Visitor {
    /// Account and rights of this moment.
    pub viewer: vault::Viewer,
    /// What the bar on top says.
    pub sign: Arc<Sign>,
    /// The address being looked at.
    pub path: String,
}

/// Who acts, and for which unit, in words.
#[derive(Clone, Debug, Default)]
pub struct Sign {
    /// The person behind the account.
    pub person: String,
    /// Roles, in words.
    pub role: String,
    /// The account's unit.
    pub unit_name: String,
    /// The regulation in force there, in words.
    pub regulation: String,
}

/// Proof that the visitor holds permission `P`, and where.
pub struct Grant<P> {
    grant: vault::Grant<P>,
    /// Who asks.
    pub visitor: Visitor,
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

/// Main navigation: address, label, the permissions any of which shows it (none for everybody).
const NAV: &[(&str, &str, &[&str])] = &[
    ("/", "Việc cần làm", &[]),
    ("/thoi-han", "Thời hạn", &["view_record"]),
    ("/ho-so", "Hồ sơ", &["view_record"]),
    ("/quyet-dinh", "Quyết định", &["view_record"]),
    ("/khai-bao", "Khai báo", &["verify_data", "approve_data", "edit_record"]),
    ("/chuyen-ho-so", "Điều chuyển", &["transfer_record", "receive_record"]),
    ("/tong-hop", "Số lượng, chất lượng", &["view_reports", "view_record"]),
    ("/bien-che", "Biên chế", &["view_reports", "view_record"]),
    ("/nhap-excel", "Nhập từ Excel", &["create_record"]),
    ("/don-vi", "Đơn vị", &["view_record", "manage_unit_tree", "manage_accounts"]),
    ("/tai-khoan", "Tài khoản", &["manage_accounts", "create_subordinate_accounts", "create_normal_accounts", "manage_unit_accounts"]),
    ("/sao-luu", "Sao lưu", &["backup_restore"]),
    (
        "/quan-tri",
        "Quản trị",
        &[
            "administer_system",
            "configure_system",
            "configure_fields",
            "manage_catalogues",
            "manage_accounts",
            "backup_restore",
            "view_health",
        ],
    ),
    ("/quy-che", "Quy chế", &[]),
];

impl Visitor {
    /// Whether a permission is held anywhere; for menus, never for deciding.
    pub fn may(&self, code: &str) -> bool {
        self.viewer.holds(code)
    }

    /// A grant to what everybody signed in may read.
    pub fn signed_in(&self) -> Grant<vault::SignedIn> {
        Grant { grant: self.viewer.signed_in(), visitor: self.clone() }
    }

    /// The grant, or a refusal.
    pub fn grant<P: Permission>(&self) -> Result<Grant<P>> {
        let grant = self.viewer.may::<P>().ok_or(Error::Forbidden)?;
        Ok(Grant { grant, visitor: self.clone() })
    }

    /// What the layout shows.
    pub fn frame(&self, app: &App) -> Frame {
        let shown = NAV.iter().filter(|(_, _, codes)| codes.is_empty() || codes.iter().any(|code| self.may(code)));
        let here = |href: &str| if href == "/" { self.path == "/" } else { self.path.starts_with(href) };
        Frame {
            person: self.sign.person.clone(),
            role: self.sign.role.clone(),
            unit_name: self.sign.unit_name.clone(),
            regulation: self.sign.regulation.clone(),
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
        Visitor::from_request_parts(parts, app).await?.grant()
    }
}
