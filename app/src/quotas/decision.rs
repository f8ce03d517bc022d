//! Entering a decision: its number, day and issuer, and what it assigns to each unit.

use super::{Ground, actions, forms::DecisionForm, queries};
use crate::{
    App,
    access::{Grant, ManageQuota},
    error::Result,
    form::Problems,
    page::Page,
    units::Place,
};
use axum::{
    extract::{Query, RawForm, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// Units on one form; a larger tree is entered branch by branch.
const LINES: usize = 300;

/// A unit on the form.
#[derive(Serialize)]
struct Line {
    id: i64,
    field: String,
    name: String,
    depth: usize,
    typed: String,
    problem: Option<String>,
    /// What stands now.
    now: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct DecisionPage {
    chosen: Option<Place>,
    head: String,
    kinds: Vec<(String, String)>,
    form: DecisionForm,
    lines: Vec<Line>,
    cut: bool,
    problems: Problems,
}

impl Page for DecisionPage {
    const TEMPLATE: &'static str = "quotas/decision.html";

    fn samples() -> Vec<DecisionPage> {
        let page = |problem: Option<&str>, cut: bool| {
            let mut problems = Problems::default();
            if let Some(sentence) = problem {
                problems.add("number", sentence);
                problems.add("giao-2", sentence);
                problems.add("posts", sentence);
            }
            DecisionPage {
                chosen: problem.map(|_| Place::sample()),
                head: "Tỉnh Mẫu".into(),
                kinds: vec![("hanh_chinh".into(), "Biên chế cán bộ, công chức".into())],
                form: DecisionForm { kind: "hanh_chinh".into(), ..DecisionForm::default() },
                lines: vec![Line {
                    id: 2,
                    field: "giao-2".into(),
                    name: "Sở Y tế".into(),
                    depth: 1,
                    typed: "30".into(),
                    problem: problem.map(str::to_owned),
                    now: Some(28),
                }],
                cut,
                problems,
            }
        };
        vec![page(None, false), page(Some("Nhập số quyết định"), true)]
    }
}

/// For which units, of which kind and year.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    dv: Option<i64>,
    loai: String,
    nam: String,
}

impl DecisionPage {
    async fn new(app: &App, grant: &Grant<ManageQuota>, form: DecisionForm, mut problems: Problems) -> Result<DecisionPage> {
        let ground = Ground::read(app, grant, form.unit).await?;
        let year = form.year.trim().parse().unwrap_or_else(|_| i64::from(app.today().year()));
        let mut reader = app.db.read(grant);
        let mut standing = std::collections::HashMap::new();
        for top in &ground.tops {
            standing.extend(queries::standing(&mut reader, top, year).await?);
        }
        let shallowest = ground.units.iter().map(Place::depth).min().unwrap_or_default();
        let bodies: Vec<&Place> = ground.units.iter().filter(|unit| !unit.is_section || Some(unit.id) == form.unit).collect();
        let cut = bodies.len() > LINES;
        let shown = bodies.into_iter().filter(|unit| !cut || unit.depth() <= shallowest + 1);
        let line = |unit: &Place| {
            let field = format!("giao-{}", unit.id);
            Line {
                id: unit.id,
                name: unit.name.clone(),
                depth: unit.depth() - shallowest,
                typed: form.posts.get(&unit.id).cloned().unwrap_or_default(),
                problem: problems.iter().find(|(name, _)| *name == field).map(|(_, sentence)| sentence.to_owned()),
                now: standing.get(&(unit.id, form.kind.clone())).map(|quota| quota.assigned),
                field,
            }
        };
        let lines: Vec<Line> = shown.map(line).collect();
        let fields = ["kind", "year", "number", "signed_on", "issuer", "posts"].into_iter();
        problems.arrange(fields.chain(lines.iter().map(|line| line.field.as_str())));
        Ok(DecisionPage {
            head: ground.head().map_or_else(|| grant.visitor.sign.unit_name.clone(), |unit| unit.name.clone()),
            lines,
            cut,
            kinds: app.law.quota_kinds().into_iter().map(|kind| (kind.code, kind.label_vi)).collect(),
            chosen: ground.chosen,
            form,
            problems,
        })
    }
}

/// The form.
pub(super) async fn new(grant: Grant<ManageQuota>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let year = if asked.nam.is_empty() { app.today().year().to_string() } else { asked.nam };
    let form = DecisionForm { kind: asked.loai, year, unit: asked.dv, ..DecisionForm::default() };
    DecisionPage::new(&app, &grant, form, Problems::default()).await?.show(&app, &grant.visitor)
}

/// Enters the decision.
pub(super) async fn assign(grant: Grant<ManageQuota>, State(app): State<App>, RawForm(body): RawForm) -> Result<Response> {
    let form = DecisionForm::read(&body);
    match form.check(&app.law, app.today()) {
        Ok(given) => {
            actions::assign(&app, &grant, &given).await?;
            let unit = form.unit.map(|unit| format!("&dv={unit}")).unwrap_or_default();
            Ok(Redirect::to(&format!("/bien-che?nam={}&loai={}{unit}", given.year, given.kind)).into_response())
        }
        Err(problems) => DecisionPage::new(&app, &grant, form, problems).await?.show_again(&app, &grant.visitor),
    }
}
