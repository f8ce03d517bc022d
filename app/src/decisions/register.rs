//! The register of decisions, and one decision with the people it names.

use super::{
    draft::SECTION,
    pages::named,
    queries::{self, Decision, PersonLine, Wanted},
    withdrawal::obstacles,
};
use crate::{
    App,
    access::{Grant, ListRecords},
    dossiers::level,
    error::Result,
    form::Problems,
    page::Page,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use jiff::civil::Date;
use law::Sensitivity;
use serde::{Deserialize, Serialize};
use vault::InTheWay;

/// Decisions on a page of the register, people on the page of a decision.
const PAGE: usize = 50;
const PEOPLE: i64 = 1000;

#[derive(Serialize)]
pub(super) struct RegisterPage {
    decisions: Vec<(Decision, i64)>,
    words: String,
    kind: String,
    kinds: Vec<(String, String)>,
    may_enter: bool,
    next: Option<String>,
    is_first: bool,
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "decisions/register.html";

    fn samples() -> Vec<RegisterPage> {
        let page = |decisions: Vec<(Decision, i64)>, words: &str, next: Option<&str>| RegisterPage {
            may_enter: next.is_some(),
            is_first: next.is_none(),
            decisions,
            words: words.into(),
            kind: "YB16-02".into(),
            kinds: vec![("YB16-02".into(), "Bổ nhiệm chức vụ".into())],
            next: next.map(str::to_owned),
        };
        vec![page(vec![(sample(), 3)], "26", Some("q=26&sau=2026-11-19.1")), page(Vec::new(), "", None), page(Vec::new(), "27", None)]
    }
}

fn sample() -> Decision {
    Decision { id: 1, number: "26/QĐ-UBND".into(), summary: "Nâng bậc lương".into(), ..Decision::default() }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    loai: String,
    /// Day and id of the last decision on the page before: `2026-11-19.1`.
    sau: String,
}

/// The register.
pub(super) async fn list(grant: Grant<ListRecords>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let after = asked.sau.rsplit_once('.').and_then(|(day, id)| Some((day.parse::<Date>().ok()?, id.parse::<i64>().ok()?)));
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let wanted = Wanted { words: asked.q.trim(), kind: &asked.loai, after, limit };
    let mut decisions = queries::register(&mut app.db.read(&*grant), &wanted).await?;
    let more = decisions.len() > PAGE;
    decisions.truncate(PAGE);
    let last = decisions.last().filter(|_| more).and_then(|(decision, _)| Some((decision.days?.0, decision.id)));
    let next = last.map(|(day, id)| {
        let pairs = [("q", wanted.words.to_owned()), ("loai", asked.loai.clone()), ("sau", format!("{day}.{id}"))];
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    });
    let kinds = app.law.catalogue("decision_types");
    let page = RegisterPage {
        decisions: decisions.into_iter().map(|(decision, people)| (named(&app, decision), people)).collect(),
        words: asked.q.trim().to_owned(),
        kinds: kinds.iter().flat_map(|list| &list.items).map(|item| (item.code.clone(), item.label_vi.clone())).collect(),
        kind: asked.loai,
        may_enter: grant.visitor.may("edit_record"),
        next,
        is_first: after.is_none(),
    };
    page.show(&app, &grant.visitor)
}

#[derive(Serialize)]
pub(super) struct ShowPage {
    decision: Decision,
    people: Vec<PersonLine>,
    count: i64,
    may_enter: bool,
    /// Name of what it does to the dossiers, with the clauses, and the day when that lies ahead.
    effect: Option<(String, Vec<String>)>,
    later: bool,
    version: i64,
    may_withdraw: bool,
    /// The article by which only some may withdraw.
    withdraw_article: Option<String>,
    reason: String,
    /// What stands in the way: dossier, name, section.
    obstacles: Vec<(i64, String, String)>,
    problems: Problems,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "decisions/show.html";

    fn samples() -> Vec<ShowPage> {
        let person =
            PersonLine { id: 1, name: "Lò Thị Mai".into(), scan: Some((2, "QĐ 26.pdf".into())), left: true, ..PersonLine::default() };
        let page = |people: Vec<PersonLine>, rich: bool| {
            let mut decision = sample();
            let mut problems = Problems::default();
            if rich {
                decision.asked = Some(("Hà Thị Mẫu".into(), "08:42 19/11/2026".into(), "ban hành nhầm".into()));
                problems.add("reason", "Ghi lý do thu hồi");
            } else {
                decision.withdrawn = Some(("Hà Thị Mẫu".into(), "20/11/2026".into()));
            }
            ShowPage {
                decision,
                count: people.len().try_into().unwrap_or(0),
                people,
                may_enter: rich,
                effect: rich.then(|| ("Nâng bậc lương".into(), vec!["YB-16.11".into()])),
                later: rich,
                version: 1,
                may_withdraw: rich,
                withdraw_article: rich.then(|| "YB-18".into()),
                reason: String::new(),
                obstacles: vec![(1, "Lò Thị Mai".into(), "Lương hiện hưởng".into())],
                problems,
            }
        };
        vec![page(vec![person], true), page(Vec::new(), false)]
    }
}

/// One decision.
pub(super) async fn show(grant: Grant<ListRecords>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    page(&app, &grant, id, Problems::default(), "", &[]).await?.show(&app, &grant.visitor)
}

/// The page again, with what is wrong or what stands in the way of a withdrawal.
pub(super) async fn again(
    app: &App,
    grant: &Grant<ListRecords>,
    id: i64,
    problems: Problems,
    reason: &str,
    rows: &[InTheWay],
) -> Result<Response> {
    page(app, grant, id, problems, reason, rows).await?.show_again(app, &grant.visitor)
}

/// The gate that says who may withdraw.
const WITHDRAWAL: &str = "revoke_by_operator";

async fn page(app: &App, grant: &Grant<ListRecords>, id: i64, problems: Problems, reason: &str, rows: &[InTheWay]) -> Result<ShowPage> {
    let mut reader = app.db.read(&**grant);
    let decision = queries::one(&mut reader, id).await?;
    let (mut people, count) = queries::people(&mut reader, id, PEOPLE).await?;
    let needed = app.law.section(SECTION).and_then(|section| section.field("scan")).map_or(Sensitivity::Secret, |field| field.sensitivity);
    for one in &mut people {
        one.scan = one.scan.take().filter(|_| level(&grant.visitor.viewer, one.id, &one.unit_path) >= needed);
    }
    let code = app.db.regulation_at(grant.visitor.viewer.unit_path(), app.today()).await?;
    let regulation = code.as_deref().and_then(|code| app.law.regulation(code));
    let effect = decision.effect.as_deref().and_then(|key| app.law.effect(key));
    Ok(ShowPage {
        later: decision.days.is_some_and(|(_, on)| on > app.today()),
        effect: effect.map(|effect| (effect.label_vi.clone(), app.law.articles_of_effect(effect, code.as_deref().unwrap_or_default()))),
        version: decision.version,
        decision: named(app, decision),
        people,
        count,
        may_enter: grant.visitor.may("edit_record"),
        may_withdraw: grant.visitor.may("revoke_decision"),
        withdraw_article: regulation.and_then(|regulation| regulation.gates(WITHDRAWAL).next()).map(|gate| gate.article.clone()),
        reason: reason.to_owned(),
        obstacles: obstacles(app, grant, rows).await?,
        problems,
    })
}
