//! Previewing and placing: the two acts behind the form.

use super::{
    actions::{self, Named, Placed},
    draft::Draft,
    effects::Plan,
    gates::Gates,
    grid,
    pages::DecisionPage,
    preview::{Meant, demanding, same},
    queries::{self, Candidate},
};
use crate::{
    App,
    access::{EditRecord, Grant},
    dossiers::{Paper, Sent},
    error::{Error, Result},
    form::Problems,
    page::Page,
};
use axum::{
    extract::{Multipart, RawForm, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

/// Shows what will be placed where, and what will change.
pub(super) async fn preview(grant: Grant<EditRecord>, State(app): State<App>, RawForm(body): RawForm) -> Result<Response> {
    let draft = Draft::of(serde_urlencoded::from_bytes::<Vec<(String, String)>>(&body).unwrap_or_default().into_iter().collect());
    let meant = match Meant::read(&app, &grant, &draft).await? {
        Ok(meant) => meant,
        Err(form) => return Ok(form),
    };
    let mut problems = Problems::default();
    // Before anything was typed for the effect there is nothing to find fault with.
    let is_fresh = !draft.typed.contains_key(SEEN);
    let people = meant.people(&draft, &mut Problems::default());
    let plans = plans(&app, &grant, &draft, &meant, &people, &mut problems).await?;
    let (problems, status) = match is_fresh || problems.is_empty() {
        true => (Problems::default(), StatusCode::OK),
        false => (problems, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let plans = if is_fresh { Vec::new() } else { plans };
    meant.page(&app, &grant, &draft, problems, &plans).await?.show_as(&app, &grant.visitor, status)
}

/// The hidden field that says from what the differences on the page were computed.
const SEEN: &str = "da_xem";

async fn plans(
    app: &App,
    grant: &Grant<EditRecord>,
    draft: &Draft,
    meant: &Meant<'_>,
    people: &[(usize, &Candidate)],
    problems: &mut Problems,
) -> Result<Vec<(usize, Plan)>> {
    let Some(effect) = meant.effect else { return Ok(Vec::new()) };
    if effect.to_unit && meant.facts.receiving.is_none() {
        problems.add(law::RECEIVING_UNIT, "Chọn đơn vị nhận");
        return Ok(Vec::new());
    }
    let mut gates = Gates::default();
    for (place, person) in people {
        if person.left {
            let sentence = format!("Dòng {place}: hồ sơ đã khép lại, chỉ lưu được quyết định. Chọn “Chỉ lưu quyết định” hoặc mở lại hồ sơ");
            problems.add(format!("nguoi-{place}"), sentence);
        }
        if let Some(refusal) = gates.refusal(app, grant, effect, person, draft.relief()).await? {
            problems.add(format!("nguoi-{place}"), format!("Dòng {place}: {refusal}"));
        }
    }
    let plans = grid::plans(app, &mut app.db.read(&**grant), effect, &meant.facts, draft, people, problems).await?;
    Ok(people.iter().map(|(place, _)| *place).zip(plans).collect())
}

/// Places it.
pub(super) async fn place(grant: Grant<EditRecord>, State(app): State<App>, form: Multipart) -> Result<Response> {
    let sent = Sent::read(form, app.config.upload_mb * 1024 * 1024).await?;
    let draft = Draft::of(sent.fields.clone());
    let meant = match Meant::read(&app, &grant, &draft).await? {
        Ok(meant) => meant,
        Err(form) => return Ok(form),
    };
    let mut problems = Problems::default();
    let people = meant.people(&draft, &mut problems);
    let plans = plans(&app, &grant, &draft, &meant, &people, &mut problems).await?;
    if meant.effect.is_some() && problems.is_empty() && draft.typed.get(SEEN).map(String::as_str) != Some(grid::digest(&plans).as_str()) {
        problems.add("thay-doi", "Nội dung áp dụng vừa được sửa. Xem lại thay đổi của từng người rồi ghi");
    }
    let paper = match meant.asks_scan(&app, &grant).await? {
        true => Paper::examine(&app, sent, &draft.declared, false).await?.map_err(|sentence| problems.add("tep", sentence)).ok(),
        false => None,
    };
    let paths: Vec<&str> = people.iter().map(|(_, one)| one.unit_path.as_str()).collect();
    if paper.as_ref().is_some_and(Paper::is_unproven)
        && let Some(article) = demanding(&app, &paths).await?
    {
        problems.add("loai_ban", format!("Tệp không có chữ ký số còn nguyên vẹn. Chọn loại bản rồi chọn lại tệp ({article})"));
    }
    if !problems.is_empty() {
        let page = meant.page(&app, &grant, &draft, problems, &plans).await?;
        return page.show_as(&app, &grant.visitor, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let named: Vec<Named<'_>> = people
        .iter()
        .map(|(place, one)| Named {
            dossier: one.id,
            person: one,
            typed: meant.effect.map(|effect| grid::typed_for(effect, &draft, *place)),
            plan: plans.iter().find(|(found, _)| found == place).map(|(_, plan)| plan.clone()),
        })
        .collect();
    let id = match (&meant.to, paper) {
        (Some(to), paper) => {
            actions::add(&app, &grant, &meant, to.id, &named, paper.as_ref()).await?;
            to.id
        }
        (None, Some(paper)) => {
            let unit = keeper(&app, &grant, &people).await?;
            match actions::place(&app, &grant, unit, &meant, &named, &paper, &draft).await? {
                Placed::Done(id) => id,
                Placed::Alike(id) => {
                    let mut problems = Problems::default();
                    problems.add("number", same(&queries::one(&mut app.db.read(&*grant), id).await?));
                    return DecisionPage::new(&app, &grant, &draft, problems, Problems::default()).await?.answer(&app, &grant);
                }
            }
        }
        (None, None) => return Err(Error::NotFound),
    };
    Ok(Redirect::to(&format!("/quyet-dinh/{id}")).into_response())
}

/// The unit in whose register it is entered, id and path: that of the account, or of the first person where the account has none of
/// its own inside the area.
async fn keeper(app: &App, grant: &Grant<EditRecord>, people: &[(usize, &Candidate)]) -> Result<(i64, String)> {
    let viewer = &grant.visitor.viewer;
    if let Some(unit) = viewer.unit_id()
        && grant.reaches_unit(viewer.unit_path())
    {
        return Ok((unit, viewer.unit_path().to_owned()));
    }
    let (_, first) = people.first().ok_or(Error::NotFound)?;
    Ok((queries::unit_of(&mut app.db.read(&**grant), first.id).await?, first.unit_path.clone()))
}
