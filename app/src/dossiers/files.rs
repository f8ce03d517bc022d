//! Photo and scans: sent to the row they prove, shown to those who may read that field.

use super::{
    actions::{self, Written},
    editor::{Editor, Which},
    papers::{Paper, Sent},
    proofs, purpose, queries,
    section::Desk,
};
use crate::{
    App,
    access::{EditRecord, Grant, ViewRecord},
    error::{Error, Result},
    form::Problems,
};
use axum::{
    extract::{Multipart, Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use law::Kind;
use vault::Value;

/// Stores a file and binds it to its row.
pub(super) async fn attach(
    grant: Grant<EditRecord>,
    State(app): State<App>,
    Path((id, section)): Path<(i64, String)>,
    form: Multipart,
) -> Result<Response> {
    let desk = Desk::open(&app, &grant, id, &section).await?;
    let most = app.config.upload_mb * 1024 * 1024;
    let sent = Sent::read(form, most).await?;
    let key = sent.text("truong");
    let field = desk.shape.readable(desk.level).find(|field| field.key == key && field.kind == Kind::File).ok_or(Error::NotFound)?;
    let stored = desk.stored(sent.text("dong").parse().ok());
    let (version, reason, declared) = (sent.text("phien_ban").parse().unwrap_or(0), sent.text("ly_do"), sent.text("loai_ban"));
    if stored.is_none() && !desk.shape.section.is_single() {
        return Err(Error::NotFound);
    }
    let which = stored.filter(|_| !desk.shape.section.is_single()).map_or(Which::Record, |line| Which::Row(line.id));
    let editor = Editor { which, declared: &declared, today: app.today(), ..Editor::new(&desk) };
    if stored.map_or(version != 0, |line| line.version != version) {
        return desk.answer(&app, &grant.visitor, false, StatusCode::CONFLICT, editor.conflict(stored));
    }
    let mut problems = Problems::default();
    let replaces = stored.is_some_and(|line| matches!(line.value(&desk.shape, &field.key), Value::Int(_)));
    if replaces && reason.is_empty() {
        problems.add(format!("ly_do_{}", field.key), "Ghi lý do thay tệp");
    }
    let examined = Paper::examine(&app, sent, &declared, field.key == "photo").await?;
    let paper = examined.map_err(|sentence| problems.add(field.key.clone(), sentence)).ok();
    let is_unproven = paper.as_ref().is_some_and(Paper::is_unproven);
    if let Some(article) = desk.validity.filter(|_| is_unproven) {
        let sentence = format!("Tệp không có chữ ký số còn nguyên vẹn. Chọn loại bản rồi gửi lại tệp ({article})");
        problems.add(format!("loai_ban_{}", field.key), sentence);
    }
    let paper = match problems.clone().or(paper) {
        Ok(paper) => paper,
        Err(problems) => {
            let editor = Editor { problems: &problems, ..editor };
            return desk.answer(&app, &grant.visitor, false, StatusCode::UNPROCESSABLE_ENTITY, editor.html());
        }
    };
    match actions::attach(&app, &grant, &desk.dossier, desk.shape.section, stored, &field.key, &paper, &reason).await? {
        Written::Done => Ok(Redirect::to(&format!("/ho-so/{id}#muc-{}", desk.shape.section.key)).into_response()),
        Written::Overtaken | Written::Refused(_) => desk.answer(&app, &grant.visitor, false, StatusCode::CONFLICT, editor.conflict(stored)),
    }
}

/// A file, shown in place. One that no row shows any more is for those who write in the dossier.
pub(super) async fn show(grant: Grant<ViewRecord>, State(app): State<App>, Path((id, file)): Path<(i64, i64)>) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let dossier = queries::find(&mut reader, id).await?;
    let Some(purpose) = purpose::purpose(&app, &grant, &dossier).await? else {
        return purpose::ask(&app, &grant, &dossier, &grant.visitor.path).await;
    };
    proofs::readable(&app, &grant, &dossier, file).await?;
    let stored = reader.file(file).await?;
    app.db.note(&*grant, "file.open", Some(id), serde_json::json!({ "file": file, "purpose": purpose })).await?;
    let kind = match stored.mime.as_str() {
        "application/pdf" => HeaderValue::from_static("application/pdf"),
        "image/jpeg" => HeaderValue::from_static("image/jpeg"),
        "image/png" => HeaderValue::from_static("image/png"),
        "image/webp" => HeaderValue::from_static("image/webp"),
        _ => HeaderValue::from_static("application/octet-stream"),
    };
    let name: String = stored.name.bytes().map(encoded).collect();
    let named = HeaderValue::from_str(&format!("inline; filename*=UTF-8''{name}")).unwrap_or(HeaderValue::from_static("inline"));
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named)], stored.bytes).into_response())
}

/// A byte of a name inside a header.
fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
