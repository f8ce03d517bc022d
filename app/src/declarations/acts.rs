//! Declaring, checking, sending back, approving: each step one change.

use super::{
    chain::{Chain, MONTHLY, TERM},
    queries::{self, Declaration},
};
use crate::{
    App,
    dossiers::{Paper, Typed, mismatches},
    error::{Error, Result},
    obligations::{self, Opening},
};
use jiff::civil::Date;
use law::{Kind, Section};
use std::collections::BTreeMap;
use vault::{Basis, Change, Grant, Permission, Seen};

/// The section in which papers stand that belong to no row.
const PAPERS: &str = "documents";

/// What a person proposes.
pub(super) struct Proposal<'a> {
    pub(super) dossier: i64,
    pub(super) section: &'a Section,
    pub(super) row: Option<Seen>,
    pub(super) typed: Typed,
    /// The unit that keeps the dossier: id and path.
    pub(super) unit: (i64, String),
    /// The day from which the term runs.
    pub(super) fact_on: Option<Date>,
}

/// Keeps a proposal; the dossier stays as it is.
pub(super) async fn declare<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    chain: &Chain,
    proposal: &Proposal<'_>,
    paper: Option<&Paper>,
) -> Result<i64> {
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
        ("fact_on", proposal.fact_on.into()),
        ("state", "sent".into()),
        ("made_by", mismatches::person(grant.viewer()).into()),
    ];
    let id = change.insert("declarations", &set).await?;
    if let Some(day) = proposal.fact_on {
        let (unit, about) = ((proposal.unit.0, proposal.unit.1.as_str()), ("declarations", id));
        let opening = Opening { event: TERM, from: unit.0, to: unit, dossier: Some(proposal.dossier), about, day };
        obligations::open(app, &mut change, &opening).await?;
        if chain.is_persons {
            obligations::settle(&mut change, TERM, about, app.today(), mismatches::person(grant.viewer())).await?;
        }
    }
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
    let (unit, path) = (declaration.unit_id, declaration.unit_path.as_str());
    let about = ("units", unit);
    if !obligations::is_open(&mut change, MONTHLY, about).await? {
        let opening = Opening { event: MONTHLY, from: unit, to: (unit, path), dossier: None, about, day: app.today().last_of_month() };
        obligations::open(app, &mut change, &opening).await?;
    }
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
    let set = [("state", state.into()), ("reason", reason.into()), ("checked_by", by.as_str().into()), ("checked_on", app.today().into())];
    change.update("declarations", Seen { id: declaration.id, version }, &set).await?;
    obligations::cancel(&mut change, ("declarations", declaration.id), app.today(), &by).await?;
    months(app, &mut change, std::slice::from_ref(declaration), &by).await?;
    Ok(change.commit().await?)
}

/// The month's approval of a unit is done when nothing that was checked waits there any more.
async fn months(app: &App, change: &mut Change, ended: &[Declaration], by: &str) -> Result<()> {
    let units: BTreeMap<i64, &str> = ended.iter().map(|one| (one.unit_id, one.unit_path.as_str())).collect();
    for (unit, path) in units {
        if queries::waiting_at(change, path).await? == 0 {
            obligations::settle(change, MONTHLY, ("units", unit), app.today(), by).await?;
        }
    }
    Ok(())
}

/// What became of an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Written into the dossier.
    Written,
    /// The row was written by somebody else since: to be sent back.
    Overtaken,
    /// Its words no longer hold, and why.
    Refused(String),
}

/// Writes declarations into their dossiers in one act; those that cannot be written are left as they are. Where one of them holds up
/// the act as a whole, a number that is another's, each is written in an act of its own.
pub(super) async fn approve<P: Permission>(app: &App, grant: &Grant<P>, declarations: &[Declaration]) -> Result<Vec<(i64, Outcome)>> {
    match together(app, grant, declarations).await {
        Err(Error::Conflict(_)) => {}
        done => return done,
    }
    let mut outcomes = Vec::with_capacity(declarations.len());
    for declaration in declarations {
        match together(app, grant, std::slice::from_ref(declaration)).await {
            Err(Error::Conflict(sentence)) => outcomes.push((declaration.id, Outcome::Refused(sentence))),
            done => outcomes.extend(done?),
        }
    }
    Ok(outcomes)
}

async fn together<P: Permission>(app: &App, grant: &Grant<P>, declarations: &[Declaration]) -> Result<Vec<(i64, Outcome)>> {
    let mut change = app.db.change(grant, "declaration.approve").await?;
    let by = mismatches::person(grant.viewer()).to_owned();
    let mut outcomes = Vec::with_capacity(declarations.len());
    for declaration in declarations {
        outcomes.push((declaration.id, write(app, &mut change, declaration, &by).await?));
    }
    months(app, &mut change, declarations, &by).await?;
    change.commit().await?;
    Ok(outcomes)
}

async fn write(app: &App, change: &mut Change, declaration: &Declaration, by: &str) -> Result<Outcome> {
    let meaning = queries::meaning(app, change, declaration).await?;
    if meaning.is_overtaken {
        return Ok(Outcome::Overtaken);
    }
    if let Some(sentence) = meaning.problems.first() {
        return Ok(Outcome::Refused(sentence.clone()));
    }
    let Some(section) = app.law.section(&declaration.section_key) else { return Ok(Outcome::Overtaken) };
    change.rests_on(Basis::Declaration(declaration.id));
    let mut set: Vec<(&str, vault::Value)> = meaning.set.iter().map(|(column, value)| (column.as_str(), value.clone())).collect();
    let proof = section.fields.iter().find(|field| field.kind == Kind::File);
    if let (Some(field), Some(file)) = (proof, declaration.file) {
        set.push((&field.key, file.into()));
    }
    let open = mismatches::of_dossier(change, declaration.dossier).await?;
    let columns: Vec<&str> = set.iter().map(|(column, _)| *column).collect();
    let flags = mismatches::settled(&open, declaration.dossier, section, &columns);
    change.write_section(declaration.dossier, &declaration.section_key, meaning.row, &set).await?;
    if let (None, Some(file)) = (proof, declaration.file) {
        let title = format!("Giấy tờ kèm khai báo: {}", section.label_vi);
        let paper = [("title", title.into()), ("file", file.into()), ("verified_by", by.into()), ("verified_on", app.today().into())];
        change.write_section(declaration.dossier, PAPERS, None, &paper).await?;
    }
    change.rests_on(Basis::Correction("khai báo đã duyệt".into()));
    mismatches::settle(change, &flags, "theo khai báo đã duyệt", by).await?;
    let mut ended: Vec<(&str, vault::Value)> =
        vec![("state", "approved".into()), ("approved_by", by.into()), ("approved_on", app.today().into())];
    if declaration.state == "sent" {
        ended.push(("checked_by", by.into()));
        ended.push(("checked_on", app.today().into()));
    }
    change.update("declarations", Seen { id: declaration.id, version: declaration.version }, &ended).await?;
    obligations::settle(change, TERM, ("declarations", declaration.id), app.today(), by).await?;
    Ok(Outcome::Written)
}

/// Notes that Home Affairs approved what a unit had approved; gives how many. The digital signature has its own step, later.
pub(super) async fn accept<P: Permission>(app: &App, grant: &Grant<P>, unit_path: &str) -> Result<usize> {
    let by = mismatches::person(grant.viewer()).to_owned();
    let mut change = app.db.change(grant, "declaration.accept").await?;
    change.rests_on(Basis::Correction("duyệt dữ liệu đơn vị đã phê duyệt".into()));
    let approved = queries::approved_at(&mut change, unit_path).await?;
    for seen in &approved {
        let set = [("accepted_by", by.as_str().into()), ("accepted_on", app.today().into())];
        change.update("declarations", *seen, &set).await?;
    }
    change.commit().await?;
    Ok(approved.len())
}
