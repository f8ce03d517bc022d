//! The list of regulations and one of them.

use super::clauses::{Group, Silent, groups, silent};
use crate::{
    App,
    access::Visitor,
    error::{Error, Result},
    form::show_day,
    page::Page,
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use law::Regulation;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Known {
    code: String,
    name: String,
    number: String,
    done: usize,
    all: usize,
}

#[derive(Serialize)]
pub(super) struct ListPage {
    known: Vec<Known>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "regulations/list.html";

    fn samples() -> Vec<ListPage> {
        let known = Known { code: "yen-bai-2020".into(), name: "Yên Bái 2020".into(), number: "1980/QĐ-UBND".into(), done: 3, all: 90 };
        vec![ListPage { known: vec![known] }]
    }
}

#[derive(Serialize)]
pub(super) struct RegulationPage {
    code: String,
    name: String,
    number: String,
    issuer: String,
    issued_on: String,
    effective_on: String,
    here: bool,
    words: String,
    groups: Vec<Group>,
    silent: Vec<Silent>,
    done: usize,
    open: usize,
    outside: usize,
    others: Vec<(String, String)>,
}

impl Page for RegulationPage {
    const TEMPLATE: &'static str = "regulations/show.html";

    fn samples() -> Vec<RegulationPage> {
        let Ok(law) = law::Law::load(&law::DataSource::Embedded) else { return Vec::new() };
        let pages = law.regulations.iter().flat_map(|regulation| {
            ["", "không có chữ này"].map(|words| RegulationPage::new(&law, regulation, Some(&regulation.identity.code), words))
        });
        pages.collect()
    }
}

impl RegulationPage {
    fn new(law: &law::Law, regulation: &Regulation, own: Option<&str>, words: &str) -> RegulationPage {
        let identity = &regulation.identity;
        let coverage = law.clauses.coverage(Some(&identity.code));
        let day = |day: Option<jiff::civil::Date>| day.map(show_day).unwrap_or_default();
        RegulationPage {
            code: identity.code.clone(),
            name: identity.name_vi.clone(),
            number: identity.number.clone(),
            issuer: identity.issuer.clone(),
            issued_on: day(identity.issued_on),
            effective_on: day(identity.effective_on),
            here: own == Some(identity.code.as_str()),
            words: words.to_owned(),
            groups: groups(law, regulation, words),
            silent: if words.is_empty() { silent(law, regulation) } else { Vec::new() },
            done: coverage.done,
            open: coverage.open,
            outside: coverage.outside,
            others: law.regulations.iter().map(|other| (other.identity.code.clone(), other.identity.name_vi.clone())).collect(),
        }
    }
}

/// The regulation of the visitor's unit; all of them for somebody without one.
pub(super) async fn list(visitor: Visitor, State(app): State<App>) -> Result<Response> {
    if let Some(own) = visitor.viewer.regulation().and_then(|code| app.law.regulation(code)) {
        return Ok(Redirect::to(&format!("/quy-che/{}", own.identity.code)).into_response());
    }
    let known = app.law.regulations.iter().map(|regulation| {
        let coverage = app.law.clauses.coverage(Some(&regulation.identity.code));
        Known {
            code: regulation.identity.code.clone(),
            name: regulation.identity.name_vi.clone(),
            number: regulation.identity.number.clone(),
            done: coverage.done,
            all: coverage.done + coverage.open + coverage.outside,
        }
    });
    ListPage { known: known.collect() }.show(&app, &visitor)
}

#[derive(Deserialize)]
pub(super) struct ShowAsked {
    #[serde(default)]
    tk: String,
}

/// One regulation.
pub(super) async fn show(
    visitor: Visitor,
    State(app): State<App>,
    Path(code): Path<String>,
    Query(asked): Query<ShowAsked>,
) -> Result<Response> {
    let regulation = app.law.regulation(&code).ok_or(Error::NotFound)?;
    RegulationPage::new(&app.law, regulation, visitor.viewer.regulation(), asked.tk.trim()).show(&app, &visitor)
}

/// Leads to an article, whichever regulation it stands in, so that whoever cites it needs to know nothing else.
pub(super) async fn article(_visitor: Visitor, State(app): State<App>, Path(article): Path<String>) -> Result<Redirect> {
    let clause = app.law.article(&article).next().ok_or(Error::NotFound)?;
    Ok(Redirect::to(&format!("/quy-che/{}#{article}", clause.regulation)))
}
