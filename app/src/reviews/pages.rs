//! The page of reviews: how the unit stands, the form that states a review, those stated before.

use super::{
    actions,
    queries::{self, Review, Standing},
};
use crate::{
    App,
    access::{EditRecord, Grant, ListRecords},
    error::{Error, Result},
    form::Problems,
    page::Page,
    units::{self, Place},
};
use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// The longest note.
const LONGEST: usize = 500;

#[derive(Serialize)]
pub(super) struct ReviewsPage {
    place: Place,
    standing: Standing,
    reviews: Vec<Review>,
    may_state: bool,
    article: String,
    silent: bool,
    note: String,
    problems: Problems,
}

impl Page for ReviewsPage {
    const TEMPLATE: &'static str = "reviews/show.html";

    fn samples() -> Vec<ReviewsPage> {
        let standing = Standing { dossiers: 20, incomplete: 2, differing: 1 };
        let review =
            Review {
                unit: "Bệnh viện Đa khoa".into(), on: "19/11/2026".into(), by: "Hà Thị Mẫu".into(), standing, note: String::new()
            };
        let page = |reviews: Vec<Review>, problem: Option<&str>| {
            let mut problems = Problems::default();
            if let Some(sentence) = problem {
                problems.add("note", sentence);
            }
            ReviewsPage {
                place: Place::sample(),
                standing: if reviews.is_empty() { Standing::default() } else { standing },
                may_state: !reviews.is_empty(),
                silent: reviews.is_empty(),
                reviews,
                article: "HUE-14.4".into(),
                note: String::new(),
                problems,
            }
        };
        vec![page(Vec::new(), None), page(vec![review], Some("Ghi đã làm gì"))]
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    dv: Option<i64>,
}

/// A review as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Stated {
    dv: Option<i64>,
    note: String,
}

async fn page(app: &App, grant: &Grant<ListRecords>, unit: Option<i64>, note: String, problems: Problems) -> Result<ReviewsPage> {
    let viewer = &grant.visitor.viewer;
    let mut reader = app.db.read(&**grant);
    let place = units::place(&mut reader, unit.or(viewer.unit_id()).ok_or(Error::NotFound)?).await?;
    if !grant.reaches_unit(&place.path) {
        return Err(Error::NotFound);
    }
    let regulation = crate::obligations::regulation(app, &place.path, app.today()).await?;
    let term = regulation.as_ref().and_then(|regulation| regulation.deadline(actions::TERM));
    Ok(ReviewsPage {
        standing: queries::standing(&mut reader, &place.path).await?,
        reviews: queries::of_unit(&mut reader, &place.path).await?,
        may_state: crate::dossiers::may_edit(viewer, &place.path),
        article: term.map(|term| term.article.clone()).unwrap_or_default(),
        silent: term.is_none_or(|term| term.silent),
        place,
        note,
        problems,
    })
}

/// How a unit stands and who reviewed it.
pub(super) async fn show(grant: Grant<ListRecords>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    page(&app, &grant, asked.dv, String::new(), Problems::default()).await?.show(&app, &grant.visitor)
}

/// States a review.
pub(super) async fn state(
    edit: Grant<EditRecord>,
    grant: Grant<ListRecords>,
    State(app): State<App>,
    Form(stated): Form<Stated>,
) -> Result<Response> {
    let found = page(&app, &grant, stated.dv, stated.note.clone(), Problems::default()).await?;
    if !edit.reaches_unit(&found.place.path) {
        return Err(Error::NotFound);
    }
    let note = stated.note.trim();
    let mut problems = Problems::default();
    if note.chars().count() > LONGEST {
        problems.add("note", format!("Ghi chú dài quá {LONGEST} chữ. Ghi ngắn lại"));
    } else if note.is_empty() && (found.standing.incomplete > 0 || found.standing.differing > 0) {
        problems.add("note", "Còn hồ sơ chưa đầy đủ hoặc sai lệch: ghi lý do, hướng xử lý");
    }
    if !problems.is_empty() {
        return ReviewsPage { problems, ..found }.show_again(&app, &grant.visitor);
    }
    actions::state(&app, &edit, (found.place.id, &found.place.path), found.standing, note).await?;
    Ok(Redirect::to(&format!("/ra-soat?dv={}", found.place.id)).into_response())
}
