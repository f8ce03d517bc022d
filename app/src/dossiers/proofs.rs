//! What proves a file: a digital signature found in it, or what it was declared to be by whoever sent it.

use super::{
    purpose,
    queries::{self, Dossier, Proof},
    secrecy,
};
use crate::{
    App,
    access::{Grant, ViewRecord},
    error::{Error, Result},
    form::{show_day, show_moment},
    page::Page,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::Timestamp;
use law::{Law, Sensitivity};
use paper::signatures::{Integrity, Signed};
use serde::Serialize;
use serde_json::Value as Json;
use vault::Read;

/// The code list of what a scan may be declared to be.
pub(super) const COPIES: &str = "copy_kinds";
const PROOF: &str = "
    SELECT p.signature, p.findings, p.declared, p.declared_by, p.created_at FROM {file_proofs} p WHERE p.dossier_id = $1 AND p.file_id = $2";

/// What was found out about a file before it is stored.
#[derive(Clone, Debug)]
pub(super) struct Examined {
    /// `none`, `intact`, `broken` or `unknown`.
    pub(super) signature: &'static str,
    /// Each signature as it was found.
    pub(super) findings: Vec<Signed>,
}

impl Examined {
    /// Looks for signatures; keeps a processor busy.
    pub(super) fn of(mime: &str, bytes: &[u8]) -> Examined {
        let findings = if mime == "application/pdf" { paper::signatures::signatures(bytes) } else { Vec::new() };
        let any = |wanted: Integrity| findings.iter().any(|one| one.integrity == wanted);
        let signature = match findings.as_slice() {
            [] => "none",
            _ if any(Integrity::Broken) => "broken",
            _ if any(Integrity::Unknown) => "unknown",
            _ => "intact",
        };
        Examined { signature, findings }
    }

    /// Whether it must be declared what the file is, because no signature answers for it.
    pub(super) fn needs_declaration(&self) -> bool {
        self.signature != "intact"
    }
}

impl Proof {
    /// In a few words, with the class of their badge.
    pub(super) fn words<'a>(&'a self, law: &'a Law) -> (&'static str, &'a str) {
        let declared = self.declared.as_deref().map(|code| law.catalogue(COPIES).map_or(code, |list| list.label(code)));
        match self.signature.as_str() {
            "intact" => ("badge is-done", "ký số, còn nguyên vẹn"),
            "broken" => ("badge is-late", "chữ ký số không còn nguyên vẹn"),
            "unknown" => ("badge is-wait", "chữ ký số chưa xác minh được"),
            _ => ("muted small", declared.unwrap_or_default()),
        }
    }
}

/// One signature as the page shows it.
#[derive(Serialize, Default)]
struct Shown {
    signer: String,
    organisation: String,
    issuer: String,
    serial: String,
    valid: String,
    /// The certificate held when the signer says to have signed; nothing when one of the two is not known.
    held: Option<bool>,
    signed_at: String,
    integrity: &'static str,
    added_after: bool,
}

impl Shown {
    fn new(one: &Signed) -> Shown {
        let moment = |seconds: Option<i64>| seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let day = |seconds: Option<i64>| moment(seconds).map(|at| show_day(crate::day_of(at))).unwrap_or_default();
        let (from, until, at) = (one.valid_from, one.valid_until, one.signed_at);
        Shown {
            signer: one.signer.clone(),
            organisation: one.organisation.clone(),
            issuer: one.issuer.clone(),
            serial: one.serial.clone(),
            valid: if from.is_some() { format!("{} đến {}", day(from), day(until)) } else { String::new() },
            held: from.zip(until).zip(at).map(|((from, until), at)| from <= at && at <= until),
            signed_at: moment(at).map(show_moment).unwrap_or_default(),
            integrity: match one.integrity {
                Integrity::Intact => "intact",
                Integrity::Broken => "broken",
                Integrity::Unknown => "unknown",
            },
            added_after: one.added_after,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ProofPage {
    id: i64,
    name: String,
    file: i64,
    file_name: String,
    signatures: Vec<Shown>,
    declared: String,
    declared_by: String,
    at: String,
}

impl Page for ProofPage {
    const TEMPLATE: &'static str = "dossiers/proof.html";

    fn samples() -> Vec<ProofPage> {
        let shown = |integrity: &'static str, held: Option<bool>| Shown {
            signer: "Văn thư Sở Y tế".into(),
            valid: "01/01/2025 đến 31/12/2027".into(),
            integrity,
            held,
            added_after: held.is_none(),
            ..Shown::default()
        };
        let page = |signatures: Vec<Shown>, declared: &str| ProofPage {
            id: 1,
            name: "Lò Thị Mai".into(),
            file: 2,
            file_name: "QĐ 26.pdf".into(),
            signatures,
            declared: declared.into(),
            declared_by: "Hà Thị Mẫu".into(),
            at: "08:42 19/11/2026".into(),
        };
        let all = vec![shown("intact", Some(true)), shown("broken", Some(false)), shown("unknown", None)];
        vec![page(all, ""), page(Vec::new(), "Bản quét bản sao chứng thực từ bản chính")]
    }
}

/// Whether the visitor may open a file: it is of the dossier, and a field that shows it is not above the level.
pub(super) async fn readable(app: &App, grant: &Grant<ViewRecord>, dossier: &Dossier, file: i64) -> Result<String> {
    let mut reader = app.db.read(&**grant);
    let Some(known) = queries::files(&mut reader, dossier.id).await?.remove(&file) else { return Err(Error::NotFound) };
    let level = secrecy::level(&grant.visitor.viewer, dossier.id, &dossier.unit_path);
    let shown_by = queries::file_fields(&mut reader, &app.law, dossier.id, file).await?;
    let needed = shown_by.iter().map(|field| field.sensitivity).min().unwrap_or(Sensitivity::Secret);
    if needed > level { Err(Error::NotFound) } else { Ok(known.name) }
}

/// What was found out about a file when it came.
pub(super) async fn show(grant: Grant<ViewRecord>, State(app): State<App>, Path((id, file)): Path<(i64, i64)>) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let dossier = queries::find(&mut reader, id).await?;
    let Some(purpose) = purpose::purpose(&app, &grant, &dossier).await? else {
        return purpose::ask(&app, &grant, &dossier, &grant.visitor.path).await;
    };
    let file_name = readable(&app, &grant, &dossier, file).await?;
    let row = reader.one(PROOF, &[id.into(), file.into()]).await?;
    let findings: Json = row.get("findings")?;
    let findings: Vec<Signed> = serde_json::from_value(findings).unwrap_or_default();
    let declared: Option<String> = row.get("declared")?;
    let declared_by: Option<String> = row.get("declared_by")?;
    app.db.note(&*grant, "file.open", Some(id), serde_json::json!({ "file": file, "purpose": purpose })).await?;
    let page = ProofPage {
        id,
        name: queries::name(&mut reader, id).await?,
        file,
        file_name,
        signatures: findings.iter().map(Shown::new).collect(),
        declared: declared
            .map(|code| app.law.catalogue(COPIES).map_or(code.clone(), |list| list.label(&code).to_owned()))
            .unwrap_or_default(),
        declared_by: declared_by.unwrap_or_default(),
        at: show_moment(row.get("created_at")?),
    };
    page.show(&app, &grant.visitor)
}
