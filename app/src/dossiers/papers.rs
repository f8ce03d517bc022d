//! A scan as it was sent: read from the form, examined, kept in one dossier and shared with others.

use super::{
    checks::Typed,
    mismatches,
    proofs::{COPIES, Examined},
    queries, uploads,
    value::plain,
};
use crate::{
    App,
    error::{Error, Result},
};
use axum::extract::Multipart;
use vault::{Change, Read, Viewer};

/// Room for the other fields of the form beside the file.
const BESIDE: usize = 256 * 1024;
/// The gate that refuses a paper without legal validity.
const UNPROVEN: &str = "document_without_validity";
const PROOF: &str = "SELECT p.signature, p.findings, p.declared, p.declared_by FROM {file_proofs} p WHERE p.file_id = $1";

/// A form with a file in it, as it came.
#[derive(Default)]
pub(crate) struct Sent {
    /// Fields by name; lines of a field stay apart.
    pub(crate) fields: Typed,
    /// The name of the file.
    pub(crate) name: String,
    /// The file; nothing when none was chosen.
    pub(crate) bytes: Vec<u8>,
}

impl Sent {
    /// Reads the parts; the file is the one named `tep`, and at most one byte more than `most` of it is kept.
    pub(crate) async fn read(mut form: Multipart, most: usize) -> Result<Sent> {
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
            if name == "tep" {
                sent.name = file_name.unwrap_or_default();
                sent.bytes = bytes;
            } else {
                sent.fields.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        Ok(sent)
    }

    /// One line of text in a field.
    pub(crate) fn text(&self, name: &str) -> String {
        self.fields.get(name).map(|text| plain(text)).unwrap_or_default()
    }
}

/// A file that may be kept.
pub(crate) struct Paper {
    file: uploads::Accepted,
    /// What was found out about it; nothing about a photo, which proves nothing.
    examined: Option<Examined>,
    /// Code of what it was declared to be.
    declared: Option<String>,
}

impl Paper {
    /// Examines what was sent, or says in a sentence what to send instead.
    pub(crate) async fn examine(app: &App, sent: Sent, declared: &str, is_photo: bool) -> Result<Result<Paper, String>> {
        let most = app.config.upload_mb * 1024 * 1024;
        let known = app.law.catalogue(COPIES).is_some_and(|list| list.item(declared).is_some());
        let declared = known.then(|| declared.to_owned());
        let examined = tokio::task::spawn_blocking(move || {
            let file = uploads::accept(&sent.name, sent.bytes, most, is_photo)?;
            let examined = (!is_photo).then(|| Examined::of(file.mime, &file.bytes));
            Ok(Paper { file, examined, declared })
        });
        examined.await.map_err(|error| Error::Broken(Box::new(error)))
    }

    /// Neither signed nor declared: it proves nothing.
    pub(crate) fn is_unproven(&self) -> bool {
        self.declared.is_none() && self.examined.as_ref().is_some_and(Examined::needs_declaration)
    }

    /// Keeps it in a dossier.
    pub(crate) async fn keep(&self, change: &mut Change, dossier_id: i64, viewer: &Viewer) -> vault::Result<i64> {
        let file = change.store_file(Some(dossier_id), &self.file.name, self.file.mime, self.file.bytes.clone()).await?;
        self.prove(change, dossier_id, file, viewer).await.map(|()| file)
    }

    async fn prove(&self, change: &mut Change, dossier_id: i64, file: i64, viewer: &Viewer) -> vault::Result<()> {
        let Some(examined) = &self.examined else { return Ok(()) };
        let set = [
            ("dossier_id", dossier_id.into()),
            ("file_id", file.into()),
            ("signature", examined.signature.into()),
            ("findings", serde_json::to_value(&examined.findings).unwrap_or_default().into()),
            ("declared", self.declared.clone().into()),
            ("declared_by", self.declared.as_ref().map(|_| mismatches::person(viewer).to_owned()).into()),
        ];
        change.insert("file_proofs", &set).await.map(drop)
    }
}

/// Gives another dossier a file of one inside the area, with what proves it.
pub(crate) async fn share(change: &mut Change, file: i64, dossier_id: i64) -> vault::Result<i64> {
    let shared = change.share_file(file, dossier_id).await?;
    for proof in change.rows(PROOF, &[file.into()]).await? {
        let set = [
            ("dossier_id", dossier_id.into()),
            ("file_id", shared.into()),
            ("signature", proof.text("signature")?.into()),
            ("findings", proof.get::<serde_json::Value>("findings")?.into()),
            ("declared", proof.get::<Option<String>>("declared")?.into()),
            ("declared_by", proof.get::<Option<String>>("declared_by")?.into()),
        ];
        change.insert("file_proofs", &set).await?;
    }
    Ok(shared)
}

/// The article by which a scan proves nothing unless it is signed or declared, under the regulation of a unit today; nothing
/// where that asks for neither.
pub(crate) async fn validity<'a>(app: &'a App, unit_path: &str) -> Result<Option<&'a str>> {
    let regulation = queries::regulation(app, unit_path).await?;
    Ok(regulation.and_then(|regulation| regulation.gates(UNPROVEN).next()).map(|gate| gate.article.as_str()))
}

/// Codes and labels of what a scan may be declared to be.
pub(crate) fn copies(app: &App) -> Vec<(&str, &str)> {
    let list = app.law.catalogue(COPIES);
    list.iter().flat_map(|list| &list.items).map(|item| (item.code.as_str(), item.label_vi.as_str())).collect()
}
