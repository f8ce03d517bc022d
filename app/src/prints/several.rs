//! The curricula vitae of several people at once: one PDF each, in one package.

use super::{
    desk::{self, Desk},
    fill,
    press::{self, Format},
};
use crate::{
    App,
    access::{Export, Grant, ViewRecord},
    dossiers,
    error::{Error, Result},
};
use axum::{
    extract::{RawForm, State},
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// People printed at once; a page of the list holds as many.
const MOST: usize = 50;

/// Those who are ticked, each once.
fn chosen(body: &[u8]) -> Vec<i64> {
    let pairs = serde_urlencoded::from_bytes::<Vec<(String, String)>>(body).unwrap_or_default();
    let mut ids: Vec<i64> = Vec::new();
    for id in pairs.iter().filter(|(name, _)| name == "chon").filter_map(|(_, id)| id.parse().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The package; every print is on the record before a byte of it leaves.
pub(super) async fn print(
    _may: Grant<Export>,
    grant: Grant<ViewRecord>,
    State(app): State<App>,
    RawForm(body): RawForm,
) -> Result<Response> {
    let ids = chosen(&body);
    if ids.is_empty() {
        return Err(Error::Refused("Chưa chọn ai. Về danh sách, đánh dấu ở đầu dòng của từng người rồi in".into()));
    }
    if ids.len() > MOST {
        return Err(Error::Refused(format!("Mỗi lần in được lý lịch của {MOST} người, đang chọn {}. Bỏ bớt rồi in tiếp", ids.len())));
    }
    let mut files = Vec::with_capacity(ids.len());
    for (id, place) in ids.iter().zip(1..) {
        let (name, bytes) = one(&app, &grant, *id).await?;
        files.push((format!("{place:02}-{name}.pdf"), bytes));
    }
    let packed = tokio::task::spawn_blocking(move || paper::forms::pack(&files)).await;
    let packed = packed.map_err(|error| Error::Broken(Box::new(error)))?.map_err(|error| Error::Broken(Box::new(error)))?;
    let name = format!("attachment; filename=\"ly-lich-{}.zip\"", app.today());
    Ok(([(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)], packed).into_response())
}

/// One person: the name a file may have, and the PDF.
async fn one(app: &App, grant: &Grant<ViewRecord>, id: i64) -> Result<(String, Vec<u8>)> {
    let mut reader = app.db.read(&**grant);
    let desk = Desk::open(app, grant, &mut reader, id).await?;
    let unstated = || Error::Refused("Có hồ sơ chưa nêu mục đích xem. Mở từng hồ sơ, nêu mục đích rồi in lại".into());
    let purpose = dossiers::purpose(app, grant, &desk.dossier).await?.ok_or_else(unstated)?;
    let regulation = dossiers::regulation(app, &desk.dossier.unit_path).await?;
    let form = app.law.form(desk.form(app, regulation)).ok_or(Error::NotFound)?;
    let units = desk::units(&mut reader, &desk.dossier).await?;
    let texts = fill::texts(&desk.sheet, desk.level, &units);
    let photo = desk::photo(&mut reader, &desk).await;
    let own = dossiers::own_fields(&mut reader).await?;
    let annex = super::annex::entries(&app.law, &desk.sheet, &own, desk.level, app.today());
    let foot = desk::foot(app, &grant.visitor, &desk.dossier, &units).await?;
    let bytes = press::print(desk::laid(app, form, texts, photo, annex, foot), Format::Pdf).await?;
    let details = json!({ "form": form.key, "format": Format::Pdf.ending(), "purpose": purpose });
    app.db.note(&**grant, "dossier.print", Some(id), details).await?;
    // Programs that unpack differ over letters with diacritics.
    let name = vault::folded(&desk.sheet.shown("identity", "full_name"));
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Ok((name.trim_matches('-').to_owned(), bytes))
}
