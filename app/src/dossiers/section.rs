//! The form of a section: one record at once, rows of a list in place.

use super::{
    actions::{self, Written},
    body::View,
    checks::{Around, Person, Typed, check},
    editor::{Editor, Which},
    html::Html,
    line::{Line, Shape},
    newcomers,
    own::{self, OwnField},
    papers, purpose,
    queries::{self, Dossier, FileName, Folder},
    secrecy,
};
use crate::{
    App,
    access::{EditRecord, Grant, Visitor},
    error::{Error, Result},
    form::Problems,
    page::Page,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{Html as Answer, IntoResponse, Redirect, Response},
};
use law::{Section, Sensitivity};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use vault::{Read, Seen, Value};

#[derive(Serialize)]
pub(super) struct SectionPage {
    id: i64,
    name: String,
    title: String,
    body: String,
}

impl Page for SectionPage {
    const TEMPLATE: &'static str = "dossiers/section.html";

    fn samples() -> Vec<SectionPage> {
        vec![SectionPage { id: 1, name: "Lò Thị Mai".into(), title: "Thông tin nhân thân".into(), body: "<form></form>".into() }]
    }
}

/// A section about to be written, with everything around it.
pub(super) struct Desk<'a> {
    pub(super) dossier: Dossier,
    pub(super) name: String,
    pub(super) shape: Shape<'a>,
    pub(super) lines: Vec<Line>,
    pub(super) person: Person,
    pub(super) level: Sensitivity,
    pub(super) files: HashMap<i64, FileName>,
    pub(super) own: Vec<OwnField>,
    /// The article by which a scan proves nothing unless it is signed or declared; nothing where the regulation asks for neither.
    pub(super) validity: Option<&'a str>,
}

/// Said to whoever would write in the dossier of somebody who left.
const CLOSED: &str = "Hồ sơ của người đã nghỉ, chuyển đi chỉ để theo dõi. Muốn ghi thì mở lại hồ sơ, kèm lý do";
const PERSON: &str = "SELECT t.full_name, t.birth_date FROM {s_identity} t WHERE t.dossier_id = $1";

impl<'a> Desk<'a> {
    /// Opens a section for writing; not found outside the area, or above the level.
    pub(super) async fn open(app: &'a App, grant: &Grant<EditRecord>, id: i64, section: &str) -> Result<Desk<'a>> {
        let section: &Section = app.law.section(section).ok_or(Error::NotFound)?;
        let shape = Shape::new(&app.law, section);
        let (folder, answers) = queries::folder(&mut app.db.read(&**grant), id, &[shape.select(), PERSON.to_owned()]).await?;
        let Folder { dossier, files, own, .. } = folder;
        match dossier.state.as_str() {
            "left" => return Err(Error::Refused(CLOSED.into())),
            "hidden" => return Err(Error::NotFound),
            _ => {}
        }
        let [rows, found] = answers.as_slice() else { return Err(Error::NotFound) };
        let lines = rows.iter().map(|row| shape.line(row)).collect::<vault::Result<_>>()?;
        let text = |column: &str| found.first().and_then(|row| row.get::<Option<String>>(column).ok().flatten()).unwrap_or_default();
        let person = Person { born: text("birth_date") };
        let level = secrecy::level(&grant.visitor.viewer, id, &dossier.unit_path);
        if shape.readable(level).next().is_none() {
            return Err(Error::NotFound);
        }
        let validity = match shape.readable(level).any(|field| field.kind == law::Kind::File) {
            true => papers::validity(app, &dossier.unit_path).await?,
            false => None,
        };
        Ok(Desk { name: text("full_name"), dossier, shape, lines, person, level, files, own, validity })
    }

    /// The row a form is about: of a single section its record, of a list the one that was asked for.
    pub(super) fn stored(&self, row: Option<i64>) -> Option<&Line> {
        match self.shape.section.is_single() {
            true => self.lines.first(),
            false => row.and_then(|row| self.lines.iter().find(|line| line.id == row)),
        }
    }

    /// The columns in the order of the form, those of the province behind them.
    fn order(&self) -> impl Iterator<Item = &str> {
        let own = self.own.iter().map(|own| own.column.name.as_str());
        self.shape.columns.iter().map(|(_, column)| column.name.as_str()).chain(own)
    }

    pub(super) fn view(&self) -> View<'_> {
        View { id: self.dossier.id, level: self.level, form: &self.dossier.form, editable: true, files: &self.files, own: &self.own }
    }

    /// The page, or only its section for a page that swaps it in.
    pub(super) fn answer(&self, app: &App, visitor: &Visitor, swapped: bool, status: StatusCode, body: String) -> Result<Response> {
        if swapped {
            // A page that swaps shows 422 and keeps what other refusals leave behind.
            let status = if status == StatusCode::CONFLICT { StatusCode::UNPROCESSABLE_ENTITY } else { status };
            return Ok((status, Answer(body)).into_response());
        }
        let title = self.shape.section.label_vi.clone();
        SectionPage { id: self.dossier.id, name: self.name.clone(), title, body }.show_as(app, visitor, status)
    }

    /// After something was written: the section as it reads now.
    pub(super) async fn done(&self, app: &App, grant: &Grant<EditRecord>, swapped: bool) -> Result<Response> {
        let key = &self.shape.section.key;
        if !swapped {
            return Ok(Redirect::to(&format!("/ho-so/{}#muc-{key}", self.dossier.id)).into_response());
        }
        let (folder, sheet) = queries::whole(&mut app.db.read(&**grant), &app.law, self.dossier.id).await?;
        let view = View { files: &folder.files, ..self.view() };
        let mut out = Html::default();
        if let Some((shape, lines)) = sheet.section(key) {
            view.section(&mut out, shape, lines);
        }
        out.raw("<span class=\"sr\" data-say=\"Đã lưu\"></span>");
        out.raw(&view.completeness(&sheet, &sheet.completeness(&app.law, &self.dossier.form), true));
        Ok(Answer(out.0).into_response())
    }
}

/// Whether a page asks to swap the answer in.
pub(super) fn swaps(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct EditAsked {
    dong: String,
    xem: String,
    theo: String,
}

/// The form.
pub(super) async fn edit(
    grant: Grant<EditRecord>,
    State(app): State<App>,
    Path((id, section)): Path<(i64, String)>,
    Query(asked): Query<EditAsked>,
    headers: HeaderMap,
) -> Result<Response> {
    let desk = Desk::open(&app, &grant, id, &section).await?;
    let swapped = swaps(&headers);
    // Who writes in a dossier manages it, so the purpose stands without being asked.
    let purpose = purpose::standing(&grant.visitor, &desk.dossier);
    let details = serde_json::json!({ "section": desk.shape.section.key, "purpose": purpose });
    app.db.note(&*grant, "section.open", Some(id), details).await?;
    if !asked.xem.is_empty() {
        return desk.done(&app, &grant, swapped).await;
    }
    let which = Which::asked(&desk, &asked.dong);
    let typed = former(&app, &grant, &desk, &asked.theo).await?;
    let editor = Editor { which, typed: typed.as_ref(), today: app.today(), ..Editor::new(&desk) };
    desk.answer(&app, &grant.visitor, swapped, StatusCode::OK, editor.html())
}

/// The values a row had before an entry of the record, to be written back as a correction.
async fn former(app: &App, grant: &Grant<EditRecord>, desk: &Desk<'_>, entry: &str) -> Result<Option<Typed>> {
    const ENTRY: &str =
        "SELECT e.diff FROM {audit_entries} e WHERE e.chain = $1 AND e.seq = $2 AND e.dossier_id = $3 AND e.table_name = $4";
    let Some((chain, seq)) = entry.split_once('.').and_then(|(chain, seq)| Some((chain.parse::<i64>().ok()?, seq.parse::<i64>().ok()?)))
    else {
        return Ok(None);
    };
    let args = [chain.into(), seq.into(), desk.dossier.id.into(), desk.shape.section.table().as_str().into()];
    let row = app.db.read(&**grant).one(ENTRY, &args).await?;
    let diff: serde_json::Value = serde_json::from_str(&row.text("diff")?).unwrap_or_default();
    let before =
        desk.shape.spots().filter(|spot| spot.field.sensitivity <= desk.level && spot.column.kind != law::Kind::File).filter_map(|spot| {
            let pair = diff.get(&spot.column.name)?.as_array()?;
            let value = super::line::from_json(spot.column.kind, pair.first()?);
            Some((spot.column.name.clone(), super::value::edit(spot, &value)))
        });
    Ok(Some(before.collect()))
}

/// A form as it came: names may come twice, for choices of several.
pub(super) fn typed(body: &str) -> Typed {
    let mut all = Typed::new();
    for (name, text) in serde_urlencoded::from_str::<Vec<(String, String)>>(body).unwrap_or_default() {
        match all.get_mut(&name) {
            Some(before) if before.is_empty() => *before = text,
            Some(before) if !text.is_empty() => *before = format!("{before}, {text}"),
            Some(_) => {}
            None => {
                all.insert(name, text);
            }
        }
    }
    all
}

/// Writes what was typed, or shows it again with what is wrong.
pub(super) async fn save(
    grant: Grant<EditRecord>,
    State(app): State<App>,
    Path((id, section)): Path<(i64, String)>,
    headers: HeaderMap,
    body: String,
) -> Result<Response> {
    let desk = Desk::open(&app, &grant, id, &section).await?;
    let swapped = swaps(&headers);
    let mut typed = typed(&body);
    let mut take = |name: &str| typed.remove(name).unwrap_or_default();
    let (row, version, reason, confirmed) = (take("dong"), take("phien_ban"), super::value::plain(&take("ly_do")), take("xac_nhan") == "1");
    let row: Option<i64> = row.parse().ok();
    let stored = desk.stored(row);
    let which = match (desk.shape.section.is_single(), stored) {
        (true, _) => Which::Record,
        (false, Some(line)) => Which::Row(line.id),
        (false, None) => Which::New,
    };
    let version: i64 = version.parse().unwrap_or_default();
    let editor = Editor { which, typed: Some(&typed), reason: &reason, today: app.today(), ..Editor::new(&desk) };
    let overtaken = stored.map_or(version != 0, |line| line.version != version);
    if overtaken {
        return desk.answer(&app, &grant.visitor, swapped, StatusCode::CONFLICT, editor.conflict(stored));
    }
    let others: Vec<Line> = desk.lines.iter().filter(|line| stored.is_none_or(|stored| stored.id != line.id)).cloned().collect();
    let around = Around { stored, others: &others, person: &desk.person, today: app.today(), level: desk.level };
    let checked = check(&desk.shape, &typed, &around);
    let mut problems = checked.problems;
    let mut set = checked.set;
    let level = desk.level;
    let own = own::check(&desk.own, &desk.shape, &typed, stored, level, app.today(), &mut problems);
    set.extend(own.map(|value| ("own_fields".to_owned(), value)));
    let corrects = |(column, _): &(String, Value)| {
        stored.is_some_and(|line| !line.value(&desk.shape, column).is_empty() || (column == "own_fields" && !line.own.is_empty()))
    };
    if reason.is_empty() && set.iter().any(corrects) {
        problems.add("ly_do", "Ghi lý do đính chính, ví dụ: nhập nhầm, đã đối chiếu bản chính");
    }
    if stored.is_none() && set.is_empty() {
        let first = desk.shape.columns.first().map(|(_, column)| column.name.clone()).unwrap_or_default();
        problems.add(first, "Nhập ít nhất một ô");
    }
    let written =
        desk.shape.section.fields.iter().filter(|field| set.iter().any(|(column, value)| *column == field.key && !value.is_empty()));
    if let Some((field, article)) = newcomers::waits(&app, &mut app.db.read(&*grant), &desk.dossier.unit_path, id, written).await? {
        let sentence = "Người mới tuyển dụng chỉ được cấp số hiệu, thẻ sau khi hồ sơ đã nhập xong. Nhập đủ các mục còn thiếu trước";
        problems.add(field, format!("{sentence} ({article})"));
    }
    let mut warnings = checked.warnings;
    if !problems.is_empty() || (!warnings.is_empty() && !confirmed) {
        problems.arrange(desk.order());
        warnings.arrange(desk.order());
        let editor = Editor { problems: &problems, warnings: &warnings, ..editor };
        return desk.answer(&app, &grant.visitor, swapped, StatusCode::UNPROCESSABLE_ENTITY, editor.html());
    }
    if set.is_empty() {
        return desk.done(&app, &grant, swapped).await;
    }
    match actions::write(&app, &grant, &desk.dossier, desk.shape.section, stored, &set, &reason).await? {
        Written::Done => desk.done(&app, &grant, swapped).await,
        Written::Overtaken => {
            let desk = Desk::open(&app, &grant, id, &section).await?;
            let editor = Editor { which, typed: Some(&typed), reason: &reason, today: app.today(), ..Editor::new(&desk) };
            desk.answer(&app, &grant.visitor, swapped, StatusCode::CONFLICT, editor.conflict(desk.stored(row)))
        }
        Written::Refused(mut problems) => {
            if let Some((_, Value::Text(number))) = set.iter().find(|(column, _)| column == "personal_id_number") {
                let regulation = queries::regulation(&app, &desk.dossier.unit_path).await?;
                if let Some(sentence) = actions::where_kept(&app, &grant, regulation, number).await? {
                    problems = Problems::default();
                    problems.add("personal_id_number", sentence);
                }
            }
            let editor = Editor { problems: &problems, ..editor };
            desk.answer(&app, &grant.visitor, swapped, StatusCode::UNPROCESSABLE_ENTITY, editor.html())
        }
    }
}

/// Takes a row out, with a reason.
pub(super) async fn retract(
    grant: Grant<EditRecord>,
    State(app): State<App>,
    Path((id, section)): Path<(i64, String)>,
    headers: HeaderMap,
    body: String,
) -> Result<Response> {
    let desk = Desk::open(&app, &grant, id, &section).await?;
    let swapped = swaps(&headers);
    let typed = typed(&body);
    let text = |name: &str| typed.get(name).map(|text| super::value::plain(text)).unwrap_or_default();
    let (row, version, reason) = (text("dong").parse().unwrap_or_default(), text("phien_ban").parse().unwrap_or_default(), text("ly_do"));
    let stored = desk.lines.iter().find(|line| line.id == row).ok_or(Error::NotFound)?;
    let empty = Typed::new();
    let editor = Editor { which: Which::Row(row), today: app.today(), ..Editor::new(&desk) };
    if reason.is_empty() {
        let mut problems = Problems::default();
        problems.add("ly_do_bo", "Ghi lý do bỏ dòng này");
        let editor = Editor { problems: &problems, ..editor };
        return desk.answer(&app, &grant.visitor, swapped, StatusCode::UNPROCESSABLE_ENTITY, editor.html());
    }
    match actions::retract(&app, &grant, &desk.dossier, desk.shape.section, Seen { id: row, version }, &reason).await? {
        Written::Done => Desk::open(&app, &grant, id, &section).await?.done(&app, &grant, swapped).await,
        Written::Overtaken | Written::Refused(_) => {
            let editor = Editor { typed: Some(&empty), ..editor };
            desk.answer(&app, &grant.visitor, swapped, StatusCode::CONFLICT, editor.conflict(Some(stored)))
        }
    }
}
