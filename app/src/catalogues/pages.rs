//! The lists, and one of them.

use super::{
    actions::{self, CodeForm},
    model::{Entry, holds},
    own,
};
use crate::{
    App,
    access::{Administer, Grant, ManageCatalogues, Visitor},
    error::{Error, Result},
    form::Problems,
    page::{Page, thousands},
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use vault::{Seen, folded};

/// Entries shown at once; whoever wants another one looks for it.
const SHOWN: usize = 200;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

#[derive(Serialize)]
struct Line {
    key: String,
    label: String,
    entries: String,
    own: usize,
    takes_own: bool,
    found: usize,
}

#[derive(Serialize)]
pub(super) struct AllPage {
    lines: Vec<Line>,
    words: String,
}

impl Page for AllPage {
    const TEMPLATE: &'static str = "catalogues/all.html";

    fn samples() -> Vec<AllPage> {
        let line = Line { key: "positions".into(), label: "Chức vụ".into(), entries: "34".into(), own: 1, takes_own: true, found: 2 };
        vec![AllPage { lines: vec![line], words: "trưởng".into() }, AllPage { lines: vec![], words: "không có".into() }]
    }
}

/// Every list; with words, those that hold them.
pub(super) async fn all(grant: Grant<Administer>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let words = asked.q.trim().to_owned();
    let sought = folded(&words);
    let own = own::all(&mut app.db.read(&grant.visitor.signed_in())).await?;
    let mut lines = Vec::new();
    for list in app.law.catalogues.keys().filter_map(|key| app.law.catalogue(key)) {
        let found = if sought.is_empty() { 0 } else { list.items.iter().filter(|item| holds(item, &sought)).count() };
        if sought.is_empty() || found > 0 || folded(&list.label_vi).contains(&sought) {
            lines.push(Line {
                key: list.key.clone(),
                label: list.label_vi.clone(),
                entries: thousands(i64::try_from(list.items.len()).unwrap_or(i64::MAX)),
                own: own.iter().filter(|code| code.catalogue == list.key).count(),
                takes_own: list.takes_own_codes,
                found,
            });
        }
    }
    lines.sort_by_key(|line| (!line.takes_own, folded(&line.label)));
    AllPage { lines, words }.show(&app, &grant.visitor)
}

#[derive(Serialize)]
pub(super) struct ListPage {
    key: String,
    label: String,
    note: String,
    entries: Vec<Entry>,
    all: String,
    left: usize,
    words: String,
    takes_own: bool,
    may_manage: bool,
    form: CodeForm,
    problems: Problems,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "catalogues/show.html";

    fn samples() -> Vec<ListPage> {
        let page = |may: bool, problems: Problems| ListPage {
            key: "positions".into(),
            label: "Chức vụ".into(),
            note: "Danh mục khởi đầu".into(),
            entries: vec![Entry::sample(None), Entry::sample(Some((1, 1)))],
            all: "34".into(),
            left: 3,
            words: String::new(),
            takes_own: may,
            may_manage: may,
            form: CodeForm::default(),
            problems,
        };
        let mut problems = Problems::default();
        problems.add("label", "Nhập tên của mã");
        vec![page(true, problems), page(false, Problems::default())]
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    key: &str,
    words: &str,
    form: CodeForm,
    problems: Problems,
    status: StatusCode,
) -> Result<Response> {
    let list = app.law.catalogue(key).ok_or(Error::NotFound)?;
    let own = own::all(&mut app.db.read(&visitor.signed_in())).await?;
    let own: Vec<_> = own.into_iter().filter(|code| code.catalogue == key).collect();
    let sought = folded(words);
    let found: Vec<_> = list.items.iter().filter(|item| holds(item, &sought)).collect();
    // Those of one's own stand first: they are what is looked after here.
    let (first, rest): (Vec<_>, Vec<_>) = found.iter().partition(|item| own.iter().any(|own| own.code == item.code));
    let shown = first.into_iter().chain(rest).take(SHOWN);
    let page = ListPage {
        key: list.key.clone(),
        label: list.label_vi.clone(),
        note: list.note.clone(),
        entries: shown.map(|item| Entry::new(&app.law, item, &own, app.today())).collect(),
        all: thousands(i64::try_from(list.items.len()).unwrap_or(i64::MAX)),
        left: found.len().saturating_sub(SHOWN),
        words: words.to_owned(),
        takes_own: list.takes_own_codes,
        may_manage: visitor.grant::<ManageCatalogues>().is_ok_and(|grant| grant.reaches_whole()),
        form,
        problems,
    };
    page.show_as(app, visitor, status)
}

/// One list with its entries, each with where it comes from.
pub(super) async fn show(
    grant: Grant<Administer>,
    State(app): State<App>,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    page(&app, &grant.visitor, &key, asked.q.trim(), CodeForm::default(), Problems::default(), StatusCode::OK).await
}

/// Adds a code of the province's own.
pub(super) async fn add(
    grant: Grant<ManageCatalogues>,
    State(app): State<App>,
    Path(key): Path<String>,
    Form(form): Form<CodeForm>,
) -> Result<Response> {
    match actions::add(&app, &grant, &key, &form).await? {
        Ok(()) => Ok(Redirect::to(&format!("/quan-tri/danh-muc/{key}")).into_response()),
        Err(problems) => page(&app, &grant.visitor, &key, "", form, problems, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// Which version of a code was seen.
#[derive(Deserialize)]
pub(super) struct CloseForm {
    version: i64,
}

/// Ends a code.
pub(super) async fn close(
    grant: Grant<ManageCatalogues>,
    State(app): State<App>,
    Path((key, id)): Path<(String, i64)>,
    Form(form): Form<CloseForm>,
) -> Result<Response> {
    actions::close(&app, &grant, &key, Seen { id, version: form.version }).await?;
    Ok(Redirect::to(&format!("/quan-tri/danh-muc/{key}")).into_response())
}
