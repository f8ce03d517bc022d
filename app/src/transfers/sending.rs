//! The form that sends a dossier to another unit.

use super::{
    acts::{self, NotSent, Sending},
    queries,
};
use crate::{
    App,
    access::{Grant, TransferRecord},
    decisions,
    dossiers::{self, Dossier, Paper, Sent, copies, validity},
    error::{Error, Result},
    form::{self, Problems},
    movements::{self, Chain, Kind, Movement, chain},
    page::Page,
    units::{self, Place},
};
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

/// Units one may choose; a larger tree is searched by name first.
const UNITS: usize = 3000;

/// What was typed.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Typed {
    unit: String,
    effective_on: String,
    number: String,
    signed_on: String,
    body: String,
    declared: String,
}

#[derive(Serialize)]
pub(super) struct SendPage {
    id: i64,
    name: String,
    unit: String,
    units: Vec<(i64, String)>,
    form: Typed,
    sender: String,
    article: String,
    /// Why this account does not send it; the form is not shown.
    refusal: Option<String>,
    scan_article: Option<String>,
    /// The scan that came with the decision.
    scan: Option<i64>,
    validity: Option<String>,
    copies: Vec<(String, String)>,
    problems: Problems,
}

impl Page for SendPage {
    const TEMPLATE: &'static str = "transfers/send.html";

    fn samples() -> Vec<SendPage> {
        let page = |refusal: Option<&str>, problem: Option<&str>| {
            let mut problems = Problems::default();
            if let Some(sentence) = problem {
                ["unit", "effective_on", "number", "signed_on", "body", "tep", "loai_ban"]
                    .iter()
                    .for_each(|field| problems.add(*field, sentence));
            }
            SendPage {
                id: 1,
                name: "Lò Thị Mai".into(),
                unit: "Bệnh viện Đa khoa".into(),
                units: vec![(2, "Sở Tài chính".into())],
                form: Typed { unit: "2".into(), ..Typed::default() },
                sender: "Cơ quan quản lý cấp trên trực tiếp".into(),
                article: "YB-12.2".into(),
                refusal: refusal.map(str::to_owned),
                scan_article: problem.map(|_| "YB-12.2.y".into()),
                scan: problem.map(|_| 7),
                validity: problem.map(|_| "LS-7.3".into()),
                copies: vec![("original".into(), "Bản chính".into())],
                problems,
            }
        };
        vec![page(None, None), page(Some("Hồ sơ do cấp trên gửi"), None), page(None, Some("Nhập ô này"))]
    }
}

/// A dossier about to be sent.
struct Desk {
    dossier: Dossier,
    chain: Chain,
    units: Vec<Place>,
    refusal: Option<String>,
    /// Where a decision orders it to go, and the scan of that decision in the dossier.
    ordered: Option<Movement>,
    scan: Option<i64>,
}

impl Desk {
    async fn open(app: &App, grant: &Grant<TransferRecord>, id: i64) -> Result<Desk> {
        let mut reader = app.db.read(&**grant);
        let dossier = dossiers::find(&mut reader, id).await?;
        let chain = Chain::at(app, &dossier.unit_path).await?;
        let mut units = units::places(&mut reader, "/").await?;
        units.truncate(UNITS);
        let refusal = if dossier.state != "active" {
            Some("Hồ sơ của người đã nghỉ, chuyển đi chỉ để theo dõi, không chuyển được.".to_owned())
        } else if queries::under_way(&mut reader, id).await? {
            Some("Hồ sơ đang được chuyển, chờ nơi nhận. Muốn chuyển nơi khác thì hủy lần chuyển đó trước.".to_owned())
        } else {
            None
        };
        let ordered = movements::waiting_for(&mut reader, id).await?.into_iter().find(|movement| movement.kind != Kind::Leave);
        let refusal = match &ordered {
            Some(movement) if chain.request_article.is_some() && movement.kind == Kind::Between && movement.asked.is_none() => {
                let article = chain.request_article.as_deref().unwrap_or_default();
                Some(format!("{} chưa đề nghị chuyển hồ sơ. Chờ đề nghị rồi gửi ({article}).", movement.to_unit))
            }
            _ => refusal,
        };
        let scan = match &ordered {
            Some(movement) => decisions::scan_for(&mut reader, movement.decision, id).await?,
            None => None,
        };
        Ok(Desk { dossier, chain, units, refusal, ordered, scan })
    }

    /// Whether both units lie in one body that this account keeps as a whole.
    async fn is_internal(&self, app: &App, grant: &Grant<TransferRecord>, to: &str) -> Result<bool> {
        let in_force = units::regulations_in_force(&mut app.db.read(&**grant), app.today()).await?;
        Ok(grant.reaches_unit(to) && chain::in_one_body(&in_force, &self.dossier.unit_path, to))
    }

    async fn page(&self, app: &App, grant: &Grant<TransferRecord>, form: Typed, problems: Problems) -> Result<SendPage> {
        let shallowest = self.units.iter().map(Place::depth).min().unwrap_or_default();
        let label = |unit: &Place| format!("{}{}", "— ".repeat(unit.depth() - shallowest), unit.name);
        let others = self.units.iter().filter(|unit| unit.id != self.dossier.unit_id);
        Ok(SendPage {
            id: self.dossier.id,
            name: dossiers::name(&mut app.db.read(&**grant), self.dossier.id).await?,
            unit: self.dossier.unit_name.clone(),
            units: others.map(|unit| (unit.id, label(unit))).collect(),
            form,
            sender: self.chain.sender_vi.clone(),
            article: self.chain.article.clone(),
            refusal: self.refusal.clone(),
            scan_article: self.chain.scan_article.as_deref().map(|article| cited(article).to_owned()),
            scan: self.scan,
            validity: validity(app, &self.dossier.unit_path).await?.map(str::to_owned),
            copies: copies(app).into_iter().map(|(code, label)| (code.to_owned(), label.to_owned())).collect(),
            problems,
        })
    }
}

/// The form; what a decision ordered stands in it.
pub(super) async fn form(grant: Grant<TransferRecord>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    let desk = Desk::open(&app, &grant, id).await?;
    let typed = desk.ordered.as_ref().map(|movement| Typed {
        unit: movement.to.0.to_string(),
        effective_on: movement.effective.clone(),
        number: movement.number.clone(),
        signed_on: movement.signed.clone(),
        body: movement.body.clone(),
        declared: String::new(),
    });
    desk.page(&app, &grant, typed.unwrap_or_default(), Problems::default()).await?.show(&app, &grant.visitor)
}

/// Sends it.
pub(super) async fn send(grant: Grant<TransferRecord>, State(app): State<App>, Path(id): Path<i64>, form: Multipart) -> Result<Response> {
    let sent = Sent::read(form, app.config.upload_mb * 1024 * 1024).await?;
    let desk = Desk::open(&app, &grant, id).await?;
    let typed = Typed {
        unit: sent.text("unit"),
        effective_on: sent.text("effective_on"),
        number: sent.text("number"),
        signed_on: sent.text("signed_on"),
        body: sent.text("body"),
        declared: sent.text("loai_ban"),
    };
    if let Some(refusal) = &desk.refusal {
        return Err(Error::Refused(refusal.clone()));
    }
    let mut problems = Problems::default();
    let to = desk.units.iter().find(|unit| unit.id.to_string() == typed.unit && unit.id != desk.dossier.unit_id);
    if to.is_none() {
        problems.add("unit", "Chọn đơn vị nhận hồ sơ");
    }
    let is_internal = match to {
        Some(to) => desk.is_internal(&app, &grant, &to.path).await?,
        None => false,
    };
    let reaches_above = grant.reaches_unit(chain::above(&desk.dossier.unit_path));
    if to.is_some() && !is_internal && desk.chain.by_superior && !reaches_above {
        problems.add(
            "unit",
            format!(
                "Chuyển ra ngoài cơ quan do {} gửi. Đề nghị nơi đó chuyển ({})",
                dossiers::lower(&desk.chain.sender_vi),
                desk.chain.article
            ),
        );
    }
    let day = |problems: &mut Problems, field: &str, text: &str, sentence: &str| {
        let found = form::day(text);
        if found.is_none() {
            problems.add(field, sentence);
        }
        found
    };
    let effective_on = day(&mut problems, "effective_on", &typed.effective_on, "Nhập ngày hiệu lực, ví dụ 15/01/2026");
    let signed_on = day(&mut problems, "signed_on", &typed.signed_on, "Nhập ngày ký quyết định, ví dụ 10/01/2026");
    if signed_on.is_some_and(|on| on > app.today()) {
        problems.add("signed_on", "Ngày ký ở sau hôm nay. Kiểm tra lại quyết định");
    }
    for (field, text, sentence) in
        [("number", &typed.number, "Nhập số quyết định"), ("body", &typed.body, "Nhập cơ quan ban hành quyết định")]
    {
        if text.is_empty() {
            problems.add(field, sentence);
        }
    }
    let paper = paper(&app, &desk, sent, &typed, is_internal, &mut problems).await?;
    let sending = match (to, effective_on, signed_on) {
        (Some(to), Some(effective_on), Some(signed_on)) if problems.is_empty() => Sending {
            to: (to.id, to.path.clone()),
            effective_on,
            number: typed.number.clone(),
            signed_on,
            body: typed.body.clone(),
            is_internal,
        },
        _ => {
            problems.arrange(["unit", "effective_on", "number", "signed_on", "body", "tep", "loai_ban"]);
            return desk.page(&app, &grant, typed, problems).await?.show_as(&app, &grant.visitor, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let scan = match &desk.ordered {
        Some(movement) if movement.to.0 == sending.to.0 => desk.scan,
        _ => None,
    };
    match acts::send(&app, &grant, &desk.dossier, &desk.chain, &sending, (paper.as_ref(), scan)).await? {
        Ok(_) => Ok(Redirect::to("/chuyen-ho-so?huong=di").into_response()),
        Err(NotSent::UnderWay) => Err(Error::Conflict("Hồ sơ vừa được người khác chuyển. Xem ở mục Điều chuyển".into())),
    }
}

/// The scan, where one was sent or must be.
async fn paper(app: &App, desk: &Desk, sent: Sent, typed: &Typed, is_internal: bool, problems: &mut Problems) -> Result<Option<Paper>> {
    if sent.bytes.is_empty() {
        // The decision in the register brought its scan into the dossier already.
        let is_ordered = desk.ordered.as_ref().is_some_and(|movement| movement.to.0.to_string() == typed.unit);
        if desk.scan.is_some() && is_ordered {
            return Ok(None);
        }
        if let Some(article) = desk.chain.scan_article.as_ref().filter(|_| !is_internal) {
            problems
                .add("tep", format!("Chọn bản quét quyết định điều chuyển: chưa có bản quét thì chưa chuyển được ({})", cited(article)));
        }
        return Ok(None);
    }
    match Paper::examine(app, sent, &typed.declared, false).await? {
        Err(sentence) => {
            problems.add("tep", sentence);
            Ok(None)
        }
        Ok(paper) => {
            if let Some(article) = validity(app, &desk.dossier.unit_path).await?.filter(|_| paper.is_unproven()) {
                problems.add("loai_ban", format!("Tệp không có chữ ký số còn nguyên vẹn. Chọn loại bản rồi chọn lại tệp ({article})"));
            }
            Ok(Some(paper))
        }
    }
}

/// An article as a sentence cites it.
fn cited(article: &str) -> &str {
    if article == "silent" { "mặc định, quy chế không quy định" } else { article }
}
