//! Declaring, checking, sending back, approving: each step one change.

use super::queries::{self, Declaration};
use crate::{
    App,
    dossiers::{Paper, Typed, mismatches},
    error::Result,
};
use law::Section;
use vault::{Basis, Change, Grant, Permission, Seen};

/// What a person proposes.
pub(super) struct Proposal<'a> {
    pub(super) dossier: i64,
    pub(super) section: &'a Section,
    pub(super) row: Option<Seen>,
    pub(super) typed: Typed,
}

/// Keeps a proposal; the dossier stays as it is.
pub(super) async fn declare<P: Permission>(app: &App, grant: &Grant<P>, proposal: &Proposal<'_>, paper: Option<&Paper>) -> Result<i64> {
    let mut change = app.db.change(grant, "declaration.send").await?;
    change.rests_on(Basis::Correction(format!("khai báo {}", proposal.section.label_vi)));
    let file = match paper {
        Some(paper) => Some(paper.keep(&mut change, proposal.dossier, grant.viewer()).await?),
        None => None,
    };
    let set = [
        ("dossier_id", proposal.dossier.into()),
        ("section", proposal.section.key.as_str().into()),
        ("row_id", proposal.row.map(|row| row.id).into()),
        ("row_version", proposal.row.map_or(0, |row| row.version).into()),
        ("proposed", serde_json::to_value(&proposal.typed).unwrap_or_default().into()),
        ("file_id", file.into()),
        ("state", "sent".into()),
        ("made_by", mismatches::person(grant.viewer()).into()),
    ];
    let id = change.insert("declarations", &set).await?;
    change.commit().await?;
    Ok(id)
}

/// Marks that it agrees with the paper.
pub(super) async fn verify<P: Permission>(app: &App, grant: &Grant<P>, declaration: &Declaration, version: i64) -> Result<()> {
    let mut change = app.db.change(grant, "declaration.verify").await?;
    change.rests_on(Basis::Correction("đã đối chiếu với bản chính".into()));
    let by = mismatches::person(grant.viewer()).to_owned();
    let set = [("state", "verified".into()), ("checked_by", by.into()), ("checked_on", app.today().into())];
    change.update("declarations", Seen { id: declaration.id, version }, &set).await?;
    Ok(change.commit().await?)
}

/// Ends it without writing: sent back with a reason, or taken back by whoever made it.
pub(super) async fn end<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    declaration: &Declaration,
    version: i64,
    state: &str,
    reason: &str,
) -> Result<()> {
    let mut change = app.db.change(grant, if state == "returned" { "declaration.send_back" } else { "declaration.withdraw" }).await?;
    change.rests_on(Basis::Correction(reason.to_owned()));
    let by = mismatches::person(grant.viewer()).to_owned();
    let set = [("state", state.into()), ("reason", reason.into()), ("checked_by", by.into()), ("checked_on", app.today().into())];
    change.update("declarations", Seen { id: declaration.id, version }, &set).await?;
    Ok(change.commit().await?)
}

/// What became of an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Written into the dossier.
    Written,
    /// The row was written by somebody else since, or its words no longer hold: to be sent back.
    Overtaken,
}

/// Writes declarations into their dossiers in one act; those that cannot be written are left as they are.
pub(super) async fn approve<P: Permission>(app: &App, grant: &Grant<P>, declarations: &[Declaration]) -> Result<Vec<(i64, Outcome)>> {
    let mut change = app.db.change(grant, "declaration.approve").await?;
    let by = mismatches::person(grant.viewer()).to_owned();
    let mut outcomes = Vec::with_capacity(declarations.len());
    for declaration in declarations {
        outcomes.push((declaration.id, write(app, &mut change, declaration, &by).await?));
    }
    change.commit().await?;
    Ok(outcomes)
}

async fn write(app: &App, change: &mut Change, declaration: &Declaration, by: &str) -> Result<Outcome> {
    let meaning = queries::meaning(app, change, declaration).await?;
    if meaning.is_overtaken || !meaning.problems.is_empty() {
        return Ok(Outcome::Overtaken);
    }
    let Some(section) = app.law.section(&declaration.section_key) else { return Ok(Outcome::Overtaken) };
    change.rests_on(Basis::Declaration(declaration.id));
    let set: Vec<(&str, vault::Value)> = meaning.set.iter().map(|(column, value)| (column.as_str(), value.clone())).collect();
    let open = mismatches::of_dossier(change, declaration.dossier).await?;
    let columns: Vec<&str> = set.iter().map(|(column, _)| *column).collect();
    let flags = mismatches::settled(&open, declaration.dossier, section, &columns);
    change.write_section(declaration.dossier, &declaration.section_key, meaning.row, &set).await?;
    change.rests_on(Basis::Correction("khai báo đã duyệt".into()));
    mismatches::settle(change, &flags, "theo khai báo đã duyệt", by).await?;
    let mut ended: Vec<(&str, vault::Value)> =
        vec![("state", "approved".into()), ("approved_by", by.into()), ("approved_on", app.today().into())];
    if declaration.state == "sent" {
        ended.push(("checked_by", by.into()));
        ended.push(("checked_on", app.today().into()));
    }
    change.update("declarations", Seen { id: declaration.id, version: declaration.version }, &ended).await?;
    Ok(Outcome::Written)
}
