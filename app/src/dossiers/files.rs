//! Photo and scans: sent to the row they prove, shown to those who may read that field.

use super::{
    actions::{self, Written},
    editor::{Editor, Which},
    proofs::{self, Examined},
    purpose, queries,
    section::Desk,
    uploads,
    value::plain,
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

/// Room for the other fields of the form beside the file.
const BESIDE: usize = 64 * 1024;

#[derive(Default)]
struct Sent {
    row: Option<i64>,
    version: i64,
    field: String,
    reason: String,
    name: String,
    declared: String,
    bytes: Vec<u8>,
}

async fn read(mut form: Multipart, most: usize) -> Result<Sent> {
    let mut sent = Sent::default();
    let unread = |_| Error::Refused("Không đọc được tệp gửi lên. Tải lại trang rồi gửi lại".into());
    while let Some(mut part) = form.next_field().await.map_err(unread)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let limit = if name == "tep" { most } else { BESIDE };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(unread)? {
            // One byte past the limit is enough to know; the rest is read and dropped.
            if bytes.len() <= limit {
                bytes.extend_from_slice(&chunk);
            }
        }
        let text = || plain(&String::from_utf8_lossy(&bytes));
        match name.as_str() {
            "dong" => sent.row = text().parse().ok(),
            "phien_ban" => sent.version = text().parse().unwrap_or_default(),
            "truong" => sent.field = text(),
            "ly_do" => sent.reason = text(),
            "loai_ban" => sent.declared = text(),
            "tep" => {
                sent.name = file_name.unwrap_or_default();
                sent.bytes = bytes;
            }
            _ => {}
        }
    }
    Ok(sent)
}

/// Stores a file and binds it to its row.
pub(super) async fn attach(
    grant: Grant<EditRecord>,
    State(app): State<App>,
    Path((id, section)): Path<(i64, String)>,
    form: Multipart,
) -> Result<Response> {
    let desk = Desk::open(&app, &grant, id, &section).await?;
    let most = app.config.upload_mb * 1024 * 1024;
    let sent = read(form, most).await?;
    let field = desk.shape.readable(desk.level).find(|field| field.key == sent.field && field.kind == Kind::File).ok_or(Error::NotFound)?;
    let stored = desk.stored(sent.row);
    if stored.is_none() && !desk.shape.section.is_single() {
        return Err(Error::NotFound);
    }
    let which = stored.filter(|_| !desk.shape.section.is_single()).map_or(Which::Record, |line| Which::Row(line.id));
    let editor = Editor { which, declared: &sent.declared, today: app.today(), ..Editor::new(&desk) };
    if stored.map_or(sent.version != 0, |line| line.version != sent.version) {
        return desk.answer(&app, &grant.visitor, false, StatusCode::CONFLICT, editor.conflict(stored));
    }
    let mut problems = Problems::default();
    let replaces = stored.is_some_and(|line| matches!(line.value(&desk.shape, &field.key), Value::Int(_)));
    if replaces && sent.reason.is_empty() {
        problems.add(format!("ly_do_{}", field.key), "Ghi lý do thay tệp");
    }
    let (name, bytes, is_photo) = (sent.name.clone(), sent.bytes, field.key == "photo");
    let accepted = tokio::task::spawn_blocking(move || {
        let file = uploads::accept(&name, bytes, most, is_photo)?;
        // A photo proves nothing, so nothing is asked of it.
        let examined = (!is_photo).then(|| Examined::of(file.mime, &file.bytes));
        Ok((file, examined))
    })
    .await;
    let accepted = accepted
        .map_err(|error| Error::Broken(Box::new(error)))?
        .map_err(|sentence: String| problems.add(field.key.clone(), sentence))
        .ok();
    let is_declared = app.law.catalogue(proofs::COPIES).is_some_and(|list| list.item(&sent.declared).is_some());
    let is_unproven = !is_declared && accepted.iter().any(|(_, examined)| examined.as_ref().is_some_and(Examined::needs_declaration));
    if let Some(article) = desk.validity.filter(|_| is_unproven) {
        let sentence = format!("Tệp không có chữ ký số còn nguyên vẹn. Chọn loại bản rồi gửi lại tệp ({article})");
        problems.add(format!("loai_ban_{}", field.key), sentence);
    }
    let (file, examined) = match problems.clone().or(accepted) {
        Ok(file) => file,
        Err(problems) => {
            let editor = Editor { problems: &problems, ..editor };
            return desk.answer(&app, &grant.visitor, false, StatusCode::UNPROCESSABLE_ENTITY, editor.html());
        }
    };
    let proof = examined.map(|examined| (examined, is_declared.then_some(sent.declared.as_str())));
    match actions::attach(&app, &grant, &desk.dossier, desk.shape.section, stored, &field.key, (file, proof), &sent.reason).await? {
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
