//! Taking a dossier out of use and back: it is hidden with a reason, never erased, and comes back the same way.

use super::queries::{self, Dossier};
use crate::{
    App,
    access::{Grant, RemoveRecord},
    error::{Error, Result},
    form::Problems,
    page::Page,
};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use vault::{Basis, Read, Seen};

/// The longest reason.
const LONGEST: usize = 500;
const STANDING: &str = "SELECT d.id, d.version FROM {dossiers} d WHERE d.id = $1";
const UNDER_WAY: &str = "SELECT t.id FROM {transfers} t WHERE t.dossier_id = $1 AND t.state = 'sent'";

#[derive(Serialize)]
pub(super) struct RemovalPage {
    id: i64,
    name: String,
    unit: String,
    is_hidden: bool,
    /// The article that gives the right; empty where the text is silent.
    article: String,
    reason: String,
    problems: Problems,
}

impl Page for RemovalPage {
    const TEMPLATE: &'static str = "dossiers/removal.html";

    fn samples() -> Vec<RemovalPage> {
        let page = |is_hidden: bool, problem: Option<&str>| {
            let mut problems = Problems::default();
            if let Some(sentence) = problem {
                problems.add("reason", sentence);
            }
            RemovalPage {
                id: 1,
                name: "Lò Thị Mai".into(),
                unit: "Bệnh viện Đa khoa".into(),
                is_hidden,
                article: if is_hidden { String::new() } else { "YB-14.2".into() },
                reason: String::new(),
                problems,
            }
        };
        vec![page(false, Some("Ghi lý do")), page(true, None)]
    }
}

async fn page(app: &App, grant: &Grant<RemoveRecord>, dossier: &Dossier, reason: String, problems: Problems) -> Result<RemovalPage> {
    let regulation = queries::regulation(app, &dossier.unit_path).await?;
    Ok(RemovalPage {
        id: dossier.id,
        name: queries::name(&mut app.db.read(&**grant), dossier.id).await?,
        unit: dossier.unit_name.clone(),
        is_hidden: dossier.state == "hidden",
        article: regulation.map(|known| known.deletion.article.clone()).filter(|article| article != "silent").unwrap_or_default(),
        reason,
        problems,
    })
}

/// The form.
pub(super) async fn form(grant: Grant<RemoveRecord>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    let dossier = queries::find(&mut app.db.read(&*grant), id).await?;
    page(&app, &grant, &dossier, String::new(), Problems::default()).await?.show(&app, &grant.visitor)
}

/// What was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    reason: String,
}

/// Hides a dossier, or brings a hidden one back.
pub(super) async fn turn(
    grant: Grant<RemoveRecord>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let dossier = queries::find(&mut reader, id).await?;
    let reason = typed.reason.trim();
    let mut problems = Problems::default();
    if reason.is_empty() {
        problems.add("reason", "Ghi lý do, ví dụ: lập trùng với hồ sơ khác của cùng một người");
    } else if reason.chars().count() > LONGEST {
        problems.add("reason", format!("Lý do dài quá {LONGEST} chữ. Ghi ngắn lại"));
    }
    if !reader.rows(UNDER_WAY, &[id.into()]).await?.is_empty() {
        return Err(Error::Refused("Hồ sơ đang được chuyển, chờ nơi nhận. Hủy lần chuyển đó trước".into()));
    }
    if !problems.is_empty() {
        return page(&app, &grant, &dossier, typed.reason.clone(), problems).await?.show_again(&app, &grant.visitor);
    }
    let (act, state) = if dossier.state == "hidden" { ("dossier.restore", "active") } else { ("dossier.hide", "hidden") };
    let mut change = app.db.change(&*grant, act).await?;
    change.rests_on(Basis::Correction(reason.to_owned()));
    let row = change.one(STANDING, &[id.into()]).await?;
    let seen: Seen = row.seen()?;
    change.update("dossiers", seen, &[("state", state.into())]).await?;
    change.commit().await?;
    Ok(Redirect::to(&format!("/ho-so/{id}")).into_response())
}
