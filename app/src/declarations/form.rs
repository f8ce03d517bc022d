//! The form on which a person proposes a change: the same fields and rules as the section itself.

use super::{
    acts::{self, Proposal},
    chain::Chain,
};
use crate::{
    App,
    access::{Grant, SubmitDeclaration},
    dossiers::{self, Around, Html, Inputs, Line, Paper, Person, Sent, Shape, Typed, check},
    error::{Error, Result},
    form::{self, Problems, show_day},
    page::Page,
};
use axum::{
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use law::Kind;
use serde::{Deserialize, Serialize};
use vault::{Read, Seen, Value};

/// The field of the day from which the term runs.
const DAY: &str = "tinh_tu";
const BORN: &str = "SELECT t.birth_date FROM {s_identity} t WHERE t.dossier_id = $1";

#[derive(Serialize)]
pub(super) struct FormPage {
    id: i64,
    name: String,
    section: String,
    title: String,
    row: Option<i64>,
    /// Rows of a list that may be changed: id and words.
    rows: Vec<(i64, String)>,
    version: i64,
    fields: String,
    summary: Vec<(String, String)>,
    warnings: Vec<String>,
    file_problem: Option<String>,
    /// The article by which a copy of the paper comes with it.
    paper_article: Option<String>,
    /// Label of the day from which the term runs, what was typed, what is wrong.
    day_label: Option<&'static str>,
    day: String,
    day_problem: Option<String>,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "declarations/form.html";

    fn samples() -> Vec<FormPage> {
        let page = |problem: Option<&str>| FormPage {
            id: 1,
            name: "Lò Thị Mai".into(),
            section: "contact".into(),
            title: "Thông tin liên hệ".into(),
            row: problem.map(|_| 3),
            rows: vec![(3, "2020, Giấy khen".into())],
            version: 1,
            fields: "<div></div>".into(),
            summary: problem.map(|words| ("tep".to_owned(), words.to_owned())).into_iter().collect(),
            warnings: problem.map(str::to_owned).into_iter().collect(),
            file_problem: problem.map(str::to_owned),
            paper_article: problem.map(|_| "VP-7.3.x".into()),
            day_label: problem.map(|_| "Ngày thông tin thay đổi"),
            day: String::new(),
            day_problem: problem.map(str::to_owned),
        };
        vec![page(None), page(Some("Chọn tệp khác"))]
    }
}

/// A section about to be declared.
struct Desk<'a> {
    id: i64,
    name: String,
    shape: Shape<'a>,
    lines: Vec<Line>,
    person: Person,
    level: law::Sensitivity,
    chain: Chain,
    unit: (i64, String),
}

impl<'a> Desk<'a> {
    async fn open(app: &'a App, grant: &Grant<SubmitDeclaration>, id: i64, section: &str) -> Result<Desk<'a>> {
        let section = app.law.section(section).ok_or(Error::NotFound)?;
        let shape = Shape::new(&app.law, section);
        let mut reader = app.db.read(&**grant);
        let dossier = dossiers::find(&mut reader, id).await?;
        if dossier.state != "active" {
            return Err(Error::Refused("Hồ sơ đã khép lại, chỉ để theo dõi".into()));
        }
        let level = dossiers::level(&grant.visitor.viewer, id, &dossier.unit_path);
        let has_fields = shape.readable(level).any(|field| field.kind != Kind::File);
        if !has_fields {
            return Err(Error::NotFound);
        }
        let rows = reader.rows(&shape.select(), &[id.into()]).await?;
        let lines = rows.iter().map(|row| shape.line(row)).collect::<vault::Result<_>>()?;
        let born = reader.rows(BORN, &[id.into()]).await?;
        let born = born.first().and_then(|row| row.get::<Option<String>>("birth_date").ok().flatten()).unwrap_or_default();
        let chain = Chain::at(app, &dossier.unit_path).await?;
        let unit = (dossier.unit_id, dossier.unit_path);
        Ok(Desk { id, name: dossiers::name(&mut reader, id).await?, shape, lines, person: Person { born }, level, chain, unit })
    }

    fn stored(&self, row: Option<i64>) -> Option<&Line> {
        match self.shape.section.is_single() {
            true => self.lines.first(),
            false => row.and_then(|row| self.lines.iter().find(|line| line.id == row)),
        }
    }

    /// A row in a few words.
    fn words(&self, line: &Line) -> String {
        let fields = self.shape.readable(self.level).filter(|field| field.kind != Kind::File);
        let words = fields.map(|field| line.show(&self.shape, field)).filter(|words| !words.is_empty());
        words.take(3).collect::<Vec<_>>().join(", ")
    }

    fn page(&self, app: &App, row: Option<i64>, typed: Option<&Typed>, problems: &Problems, warnings: &Problems) -> FormPage {
        let stored = self.stored(row);
        let mut out = Html::default();
        let inputs = Inputs {
            shape: &self.shape,
            stored,
            typed,
            problems,
            warnings,
            level: self.level,
            form: "",
            today: app.today(),
            own: &[],
            without: &[],
        };
        inputs.all(&mut out);
        let key = &self.shape.section.key;
        let anchor = |field: &str| if field == "tep" || field == DAY { field.to_owned() } else { format!("{key}-{field}") };
        let about = |field: &str| problems.iter().find(|(found, _)| *found == field).map(|(_, words)| words.to_owned());
        let day = typed.and_then(|typed| typed.get(DAY)).cloned();
        FormPage {
            id: self.id,
            name: self.name.clone(),
            section: key.clone(),
            title: self.shape.section.label_vi.clone(),
            row: stored.map(|line| line.id),
            rows: if self.shape.section.is_single() {
                Vec::new()
            } else {
                self.lines.iter().map(|line| (line.id, self.words(line))).collect()
            },
            version: stored.map_or(0, |line| line.version),
            fields: out.0,
            summary: problems.iter().map(|(field, words)| (anchor(field), words.to_owned())).collect(),
            warnings: warnings.iter().map(|(_, words)| words.to_owned()).collect(),
            paper_article: self.chain.paper_article.clone(),
            file_problem: about("tep"),
            day_label: self.chain.asks_day,
            day: day.unwrap_or_else(|| show_day(app.today())),
            day_problem: about(DAY),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    dong: Option<i64>,
}

/// The form, filled with what stands.
pub(super) async fn show(
    grant: Grant<SubmitDeclaration>,
    State(app): State<App>,
    Path((id, section)): Path<(i64, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let desk = Desk::open(&app, &grant, id, &section).await?;
    desk.page(&app, asked.dong, None, &Problems::none(), &Problems::none()).show(&app, &grant.visitor)
}

/// Sends the proposal.
pub(super) async fn declare(
    grant: Grant<SubmitDeclaration>,
    State(app): State<App>,
    Path((id, section)): Path<(i64, String)>,
    form: Multipart,
) -> Result<Response> {
    let desk = Desk::open(&app, &grant, id, &section).await?;
    let sent = Sent::read(form, app.config.upload_mb * 1024 * 1024).await?;
    let row = sent.text("dong").parse().ok();
    let version: i64 = sent.text("phien_ban").parse().unwrap_or_default();
    let confirmed = !sent.text("xac_nhan").is_empty();
    let typed: Typed = sent.fields.clone();
    let stored = desk.stored(row);
    let others: Vec<Line> = desk.lines.iter().filter(|line| stored.is_none_or(|stored| stored.id != line.id)).cloned().collect();
    let around = Around { stored, others: &others, person: &desk.person, today: app.today(), level: desk.level };
    let checked = check(&desk.shape, &typed, &around);
    let mut problems = checked.problems;
    if checked.set.is_empty() && problems.is_empty() {
        let first = desk.shape.columns.first().map(|(_, column)| column.name.clone()).unwrap_or_default();
        problems.add(first, "Chưa có gì thay đổi so với hồ sơ. Sửa ô cần đề nghị");
    }
    let fact_on = desk.chain.asks_day.and_then(|label| {
        let day = form::day(typed.get(DAY).map(String::as_str).unwrap_or_default());
        match day {
            None => problems.add(DAY, format!("Nhập {}, ví dụ 15/10/2026", dossiers::lower(label))),
            Some(day) if day > app.today() => problems.add(DAY, "Ngày ở sau hôm nay. Kiểm tra lại"),
            Some(_) => {}
        }
        day
    });
    let paper = match sent.bytes.is_empty() {
        true => {
            if let Some(article) = &desk.chain.paper_article {
                problems.add("tep", format!("Kèm bản chụp giấy tờ xác nhận nội dung khai báo ({article})"));
            }
            None
        }
        false => Paper::examine(&app, sent, "", false).await?.map_err(|sentence| problems.add("tep", sentence)).ok(),
    };
    if !problems.is_empty() || (!checked.warnings.is_empty() && !confirmed) {
        let page = desk.page(&app, row, Some(&typed), &problems, &checked.warnings);
        return page.show_as(&app, &grant.visitor, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if stored.map_or(0, |line| line.version) != version {
        return Err(Error::Conflict("Mục này vừa được người khác sửa. Mở lại để xem nội dung mới rồi khai báo".into()));
    }
    // Only what changes is proposed: the rest may be corrected meanwhile by others.
    let changed: Typed =
        typed.into_iter().filter(|(name, _)| checked.set.iter().any(|(column, _): &(String, Value)| column == name)).collect();
    let seen = stored.map(|line| Seen { id: line.id, version: line.version });
    let proposal = Proposal { dossier: id, section: desk.shape.section, row: seen, typed: changed, unit: desk.unit.clone(), fact_on };
    acts::declare(&app, &grant, &desk.chain, &proposal, paper.as_ref()).await?;
    Ok(Redirect::to(&format!("/ho-so/{id}/khai-bao")).into_response())
}
