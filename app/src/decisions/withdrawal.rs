//! Withdrawing a decision: whoever entered it asks with a reason, whoever may by the regulation decides.
//!
//! What the decision caused is undone as it was caused, and nothing else; where somebody wrote the same rows since, nothing is undone and
//! they are named. The paper stays in each dossier, marked as withdrawn, with who asked, who decided and why.

use super::{
    draft::SECTION,
    queries::{self, Decision},
    register,
};
use crate::{
    App,
    access::{EditRecord, Grant, ListRecords, RevokeDecision},
    dossiers::mismatches,
    error::{Error, Result},
    form::Problems,
    movements, obligations,
};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use vault::{Basis, InTheWay, Read, Seen, Undone};

/// The longest reason.
const LONGEST: usize = 500;
const ROWS: &str = "
    SELECT p.dossier_id, s.id, s.version FROM {decision_people} p JOIN {s_decisions} s ON s.id = p.row_id
    WHERE p.decision_id = $1 AND s.revoked_on IS NULL";

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    reason: String,
    version: i64,
}

impl Typed {
    fn reason(&self) -> std::result::Result<&str, Problems> {
        let reason = self.reason.trim();
        let mut problems = Problems::default();
        if reason.is_empty() {
            problems.add("reason", "Ghi lý do thu hồi, ví dụ: ban hành nhầm đối tượng");
        } else if reason.chars().count() > LONGEST {
            problems.add("reason", format!("Lý do dài quá {LONGEST} chữ. Ghi ngắn lại"));
        }
        problems.or(Some(reason))
    }
}

/// Asks that a decision be withdrawn.
pub(super) async fn ask(
    edit: Grant<EditRecord>,
    view: Grant<ListRecords>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let decision = queries::one(&mut app.db.read(&*edit), id).await?;
    let reason = match typed.reason() {
        Ok(reason) => reason.to_owned(),
        Err(problems) => return register::again(&app, &view, id, problems, &typed.reason, &[]).await,
    };
    refuse_ended(&decision)?;
    let mut change = app.db.change(&*edit, "decision.ask_withdrawal").await?;
    let set = [
        ("withdrawal_asked_by", mismatches::person(edit.viewer()).into()),
        ("withdrawal_asked_at", app.now().into()),
        ("withdrawal_reason", reason.into()),
    ];
    change.update("decisions", Seen { id, version: typed.version }, &set).await?;
    change.commit().await?;
    Ok(Redirect::to(&format!("/quyet-dinh/{id}")).into_response())
}

fn refuse_ended(decision: &Decision) -> Result<()> {
    match &decision.withdrawn {
        Some((by, on)) => Err(Error::Refused(format!("Quyết định này đã được {by} thu hồi ngày {on}"))),
        None => Ok(()),
    }
}

/// Withdraws it: undoes what it caused and marks the paper.
pub(super) async fn withdraw(
    may: Grant<RevokeDecision>,
    view: Grant<ListRecords>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let decision = queries::one(&mut app.db.read(&*may), id).await?;
    refuse_ended(&decision)?;
    let reason = match (typed.reason(), &decision.asked) {
        (Ok(reason), _) => reason.to_owned(),
        // Agreeing needs no words of one's own.
        (Err(_), Some((_, _, asked))) if typed.reason.trim().is_empty() => asked.clone(),
        (Err(problems), _) => return register::again(&app, &view, id, problems, &typed.reason, &[]).await,
    };
    let mut change = app.db.change(&*may, "decision.withdraw").await?;
    if let Undone::Blocked(rows) = change.withdraw(Basis::Decision(id)).await? {
        drop(change);
        let mut problems = Problems::default();
        problems.add(
            "reason",
            "Chưa thu hồi gì: nội dung do quyết định này tạo ra đã được sửa sau đó. Thu hồi hoặc đính chính những chỗ dưới đây trước",
        );
        return register::again(&app, &view, id, problems, &typed.reason, &rows).await;
    }
    let by = mismatches::person(may.viewer()).to_owned();
    change.rests_on(Basis::Correction(format!("thu hồi quyết định số {}: {reason}", decision.number)));
    let today = app.today();
    let gone = movements::cancel(&mut change, id, today, &by).await?;
    if !gone.is_empty() {
        drop(change);
        let names: Vec<&str> = gone.iter().map(|movement| movement.name.as_str()).collect();
        let mut problems = Problems::default();
        let sentence = format!(
            "Chưa thu hồi gì: hồ sơ đã được chuyển hoặc khép theo quyết định này ({}). Trả lại, chuyển về hoặc mở lại hồ sơ trước",
            names.join(", ")
        );
        problems.add("reason", sentence);
        return register::again(&app, &view, id, problems, &typed.reason, &[]).await;
    }
    for row in change.rows(ROWS, &[id.into()]).await? {
        let seen = row.seen()?;
        let set = [("revoked_on", today.into()), ("revoke_reason", reason.as_str().into())];
        change.write_section(row.int("dossier_id")?, SECTION, Some(seen), &set).await?;
    }
    obligations::cancel(&mut change, ("decisions", id), today, &by).await?;
    let set = [("withdrawn_by", by.as_str().into()), ("withdrawn_on", today.into()), ("withdrawal_reason", reason.into())];
    change.update("decisions", Seen { id, version: typed.version }, &set).await?;
    change.commit().await?;
    Ok(Redirect::to(&format!("/quyet-dinh/{id}")).into_response())
}

/// What stands in the way, in words: whose, which section.
pub(super) async fn obstacles(app: &App, grant: &Grant<ListRecords>, rows: &[InTheWay]) -> Result<Vec<(i64, String, String)>> {
    let mut told = Vec::new();
    for row in rows {
        let Some(dossier) = row.dossier_id else { continue };
        let name = queries::by_id(&mut app.db.read(&**grant), dossier).await?.map(|one| one.name).unwrap_or_default();
        let section = row.table.strip_prefix("s_").and_then(|key| app.law.section(key));
        told.push((dossier, name, section.map_or_else(String::new, |section| section.label_vi.clone())));
    }
    told.dedup();
    Ok(told)
}
