//! From accounts and roles to areas: what the regulation in force at a unit gives.

use crate::{
    AccountKind, Db, Error, HeldRole, Result, Viewer,
    expand::past,
    grant::{Area, Known},
};
use jiff::civil::Date;
use law::regulation::RoleScope;
use std::sync::Arc;

const ACCOUNT: &str = "
    SELECT name, kind, unit_id, unit_path, dossier_id, must_change_password
    FROM accounts WHERE id = $1 AND state = 'active'";
const ROLES: &str = "
    SELECT r.role_code, r.unit_id, u.path FROM account_roles r JOIN units u ON u.id = r.unit_id
    WHERE r.account_id = $1 AND (r.from_on IS NULL OR r.from_on <= $2) AND (r.until_on IS NULL OR r.until_on >= $2)
    ORDER BY r.id";
const REGULATIONS: &str = "
    SELECT u.path, r.regulation_code, r.from_on FROM unit_regulations r JOIN units u ON u.id = r.unit_id
    WHERE r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1) ORDER BY u.path, r.from_on";
const CONSENTS: &str = "
    SELECT dossier_id, level FROM consents
    WHERE account_id = $1 AND withdrawn_at IS NULL AND from_on <= $2 AND until_on >= $2 ORDER BY id";
/// What a written consent gives: the permission to open one dossier, apart from those of the roles, so that it makes no list longer.
const CONSENTED: &str = "view_consented_record";
const INNER: &str = "SELECT path, kind_is_section FROM units WHERE path >= $1 AND path < $2 ORDER BY path";
const RANK: &str = "SELECT path, level_rank FROM units WHERE id = $1";

/// What an account made on the command line may do through the website: set the installation up, and see nobody's dossier.
const SETS_UP: &[&str] = &[
    "manage_unit_tree",
    "edit_internal_departments",
    "manage_accounts",
    "assign_rights",
    "reset_password",
    "manage_catalogues",
    "configure_system",
    "configure_fields",
    "backup_restore",
    "view_health",
    "view_audit",
];
/// What it may do besides on the command line itself, where whoever stands holds the database anyway.
const AT_THE_CONSOLE: &[&str] = &[
    "view_record",
    "search",
    "export",
    "create_record",
    "edit_record",
    "transfer_record",
    "receive_record",
    "change_status",
    "remove_record",
    "manage_quota",
];

/// A regulation and the node of the tree from which it holds.
struct InForce {
    path: String,
    code: String,
    from_on: Date,
}

impl Db {
    /// The viewer behind an account, with the rights of this moment.
    pub async fn viewer(&self, account_id: i64) -> Result<Viewer> {
        self.viewer_on(account_id, false).await
    }

    /// The viewer for a command run on the machine itself; accounts of the installation only.
    pub async fn console_viewer(&self, account_id: i64) -> Result<Viewer> {
        let viewer = self.viewer_on(account_id, true).await?;
        match viewer.kind() {
            AccountKind::Installation => Ok(viewer.from_where("console")),
            AccountKind::Unit | AccountKind::Personal => Err(Error::NotFound),
        }
    }

    /// Code of the regulation in force at a unit on a day: its own, or that of the nearest unit above that has one.
    pub async fn regulation_at(&self, unit_path: &str, day: Date) -> Result<Option<String>> {
        let in_force = self.in_force(day).await?;
        Ok(nearest(&in_force, unit_path).map(|found| found.code.clone()))
    }

    /// The same with the day from which it holds there.
    pub async fn regulation_since(&self, unit_path: &str, day: Date) -> Result<Option<(String, Date)>> {
        let in_force = self.in_force(day).await?;
        Ok(nearest(&in_force, unit_path).map(|found| (found.code.clone(), found.from_on)))
    }

    async fn viewer_on(&self, account_id: i64, console: bool) -> Result<Viewer> {
        let found = self.query(ACCOUNT, &[account_id.into()]).await?;
        let account = found.first().ok_or(Error::NotFound)?;
        let kind = AccountKind::read(&account.text("kind")?).ok_or_else(|| Error::Column("accounts.kind".into()))?;
        let mut known = Known {
            account_id,
            name: account.text("name")?,
            kind,
            unit_id: account.get("unit_id")?,
            unit_path: account.text("unit_path")?,
            dossier_id: account.get("dossier_id")?,
            must_change_password: account.bool("must_change_password")?,
            regulation: None,
            roles: Vec::new(),
            areas: Vec::new(),
            consents: Vec::new(),
        };
        match kind {
            AccountKind::Installation => {
                let more = AT_THE_CONSOLE.iter().filter(|_| console);
                let everything = Area { everything: true, operations: true, account: account_id, ..Area::default() };
                known.areas = SETS_UP.iter().chain(more).map(|code| ((*code).to_owned(), everything.clone())).collect();
            }
            AccountKind::Unit | AccountKind::Personal => {
                self.expand_roles(&mut known).await?;
                self.add_consents(&mut known).await?;
            }
        }
        Ok(Viewer { known: Arc::new(known), operator: None, from: None })
    }

    async fn expand_roles(&self, known: &mut Known) -> Result<()> {
        let today = self.today();
        let in_force = self.in_force(today).await?;
        known.regulation = nearest(&in_force, &known.unit_path).map(|found| found.code.clone());
        for held in self.query(ROLES, &[known.account_id.into(), today.into()]).await? {
            let (code, unit_id, path) = (held.text("role_code")?, held.int("unit_id")?, held.text("path")?);
            let Some(here) = nearest(&in_force, &path) else { continue };
            let regulation = self.law().regulation(&here.code);
            let Some(role) = regulation.and_then(|regulation| regulation.roles.iter().find(|role| role.code == code)) else { continue };
            let mut area = self.area(role.scope, &path, &here.path, known.dossier_id).await?;
            area.account = known.account_id;
            for permission in role.permissions.iter().chain(&role.implied_permissions) {
                match known.areas.iter_mut().find(|(code, _)| code == permission) {
                    Some((_, wider)) => wider.widen(area.clone()),
                    None => known.areas.push((permission.clone(), area.clone())),
                }
            }
            known.roles.push(HeldRole { role: code, regulation: here.code.clone(), unit_id });
        }
        Ok(())
    }

    /// The dossiers whose people agreed in writing that this account opens them today.
    async fn add_consents(&self, known: &mut Known) -> Result<()> {
        for row in self.query(CONSENTS, &[known.account_id.into(), self.today().into()]).await? {
            known.consents.push((row.int("dossier_id")?, row.text("level")?));
        }
        if !known.consents.is_empty() {
            let mut area = Area { account: known.account_id, ..Area::default() };
            area.widen(Area { dossiers: known.consents.iter().map(|(dossier, _)| *dossier).collect(), ..Area::default() });
            known.areas.push((CONSENTED.to_owned(), area));
        }
        Ok(())
    }

    /// How far a role reaches that is held at the unit `path`, under a regulation that holds from `top` down.
    async fn area(&self, scope: RoleScope, path: &str, top: &str, dossier: Option<i64>) -> Result<Area> {
        let subtree = |path: &str| Area { subtrees: vec![path.to_owned()], accounts: vec![path.to_owned()], ..Area::default() };
        Ok(match scope {
            RoleScope::OwnRecord => Area { dossiers: dossier.into_iter().collect(), ..Area::default() },
            RoleScope::OwnUnit | RoleScope::UsedByUnit => Area { units: self.with_sections(path).await?, ..Area::default() },
            RoleScope::OwnBody => subtree(&self.body_of(path).await?),
            RoleScope::OwnAndSubordinate => subtree(path),
            RoleScope::Department | RoleScope::Province => subtree(top),
            RoleScope::Accounts => Area { accounts: vec![path.to_owned()], ..Area::default() },
            RoleScope::System => Area { operations: true, ..Area::default() },
        })
    }

    /// A unit and its inner sections, and theirs; not the units below it.
    async fn with_sections(&self, path: &str) -> Result<Vec<String>> {
        let mut inside = vec![path.to_owned()];
        for unit in self.query(INNER, &[path.into(), past(path).into()]).await? {
            let below = unit.text("path")?;
            if unit.bool("kind_is_section")? && inside.iter().any(|above| parent(&below) == Some(above)) {
                inside.push(below);
            }
        }
        Ok(inside)
    }

    /// The body of level 2 to which a unit belongs, itself included; the unit itself where there is none.
    async fn body_of(&self, path: &str) -> Result<String> {
        let ids: Vec<i64> = path.split('/').filter_map(|id| id.parse().ok()).collect();
        for above in ids.into_iter().rev() {
            let found = self.query(RANK, &[above.into()]).await?;
            let body = found.iter().find(|row| matches!(row.get("level_rank"), Ok(Some(2_i64))));
            if let Some(body) = body {
                return body.text("path");
            }
        }
        Ok(path.to_owned())
    }

    async fn in_force(&self, day: Date) -> Result<Vec<InForce>> {
        let rows = self.query(REGULATIONS, &[day.into()]).await?;
        rows.iter()
            .map(|row| Ok(InForce { path: row.text("path")?, code: row.text("regulation_code")?, from_on: row.get("from_on")? }))
            .collect()
    }
}

fn nearest<'a>(in_force: &'a [InForce], path: &str) -> Option<&'a InForce> {
    in_force.iter().filter(|held| path.starts_with(held.path.as_str())).max_by_key(|held| held.path.len())
}

/// The path of the unit above: `/1/2/` for `/1/2/3/`.
pub(crate) fn parent(path: &str) -> Option<&str> {
    let inner = path.strip_suffix('/')?;
    inner.get(..=inner.rfind('/')?)
}
