//! Choosing a form, and the print itself.

use super::{
    annex, changes,
    desk::{self, Desk, SUPPLEMENTS},
    fill::{self, Texts},
    press::{self, Format},
};
use crate::{
    App,
    access::{Grant, ViewRecord},
    dossiers,
    error::{Error, Result},
    form::{self, Problems},
    page::Page,
};
use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use law::{Layout, Sensitivity};
use paper::forms::FormKind;
use serde::{Deserialize, Serialize};
use serde_json::json;
use vault::{Read, Reader};

/// Phiếu bổ sung lý lịch.
const SUPPLEMENT: FormKind = FormKind::Supplement;

const OPENED: &str = "SELECT d.opened_at FROM {dossiers} d WHERE d.id = $1";

/// One form on offer.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Offer {
    key: String,
    name: String,
    basis: String,
    ours: bool,
    remark: String,
    chosen: bool,
}

#[derive(Serialize)]
pub(super) struct ChoosePage {
    id: i64,
    name: String,
    unit_name: String,
    offers: Vec<Offer>,
    article: String,
    regulation: String,
    withheld: bool,
    from: String,
    until: String,
    problems: Problems,
}

impl Page for ChoosePage {
    const TEMPLATE: &'static str = "prints/choose.html";

    fn samples() -> Vec<ChoosePage> {
        let offer = |key: &str, chosen: bool, ours: bool| Offer {
            key: key.into(),
            name: "Mẫu 2C-BNV/2008".into(),
            basis: "Quyết định 02/2008/QĐ-BNV".into(),
            ours,
            remark: String::new(),
            chosen,
        };
        let page = |article: &str, problems: Problems| ChoosePage {
            id: 1,
            name: "Lò Thị Mai".into(),
            unit_name: "Bệnh viện Đa khoa".into(),
            offers: vec![offer("2C-2008", true, false), offer("eCBCCVC-2016", false, true)],
            article: article.into(),
            regulation: "yen-bai-2020".into(),
            withheld: article.is_empty(),
            from: "01/01/2026".into(),
            until: "19/11/2026".into(),
            problems,
        };
        let mut problems = Problems::default();
        problems.add("tu", "Nhập ngày dạng dd/mm/yyyy, ví dụ 01/01/2026");
        vec![page("YB-11.1.b", Problems::default()), page("", problems)]
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct PrintAsked {
    tep: String,
    tu: String,
    den: String,
}

/// Which form, in which format.
pub(super) async fn choose(grant: Grant<ViewRecord>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let desk = Desk::open(&app, &grant, &mut reader, id).await?;
    let today = app.today();
    let period = (form::show_day(desk.period_begins(today)), form::show_day(today));
    choosing(&app, &desk, period, Problems::default()).await?.show(&app, &grant.visitor)
}

async fn choosing(app: &App, desk: &Desk<'_>, (from, until): (String, String), problems: Problems) -> Result<ChoosePage> {
    let regulation = dossiers::regulation(app, &desk.dossier.unit_path).await?;
    let chosen = desk.form(app, regulation);
    let template = regulation.and_then(|regulation| {
        let fields = |code: &str| app.law.crosswalk.template.get(code).map(|codes| codes.fields.as_str());
        regulation.templates.iter().find(|template| fields(&template.code) == Some(chosen))
    });
    let mut offers: Vec<Offer> =
        app.law.forms.values().filter(|form| form.key != SUPPLEMENT.code()).map(|form| Offer::new(form, chosen)).collect();
    offers.sort_by_key(|offer| (!offer.chosen, offer.ours, offer.name.clone()));
    Ok(ChoosePage {
        id: desk.dossier.id,
        name: desk.sheet.shown("identity", "full_name"),
        unit_name: desk.dossier.unit_name.clone(),
        offers,
        article: template.map(|template| template.article.clone()).unwrap_or_default(),
        regulation: regulation.map(|regulation| regulation.code().to_owned()).unwrap_or_default(),
        withheld: desk.level < Sensitivity::Secret,
        from,
        until,
        problems,
    })
}

impl Offer {
    fn new(form: &law::Form, chosen: &str) -> Offer {
        Offer {
            key: form.key.clone(),
            name: format!("{}: {}", form.title, form.name_vi),
            basis: form.legal_basis.clone(),
            ours: form.layout == Layout::Project,
            remark: form.note.clone(),
            chosen: form.key == chosen,
        }
    }
}

/// The form, filled in; on the record before it leaves.
pub(super) async fn print(
    grant: Grant<ViewRecord>,
    State(app): State<App>,
    Path((id, key)): Path<(i64, String)>,
    Query(asked): Query<PrintAsked>,
) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let desk = Desk::open(&app, &grant, &mut reader, id).await?;
    let described = app.law.form(&key).ok_or(Error::NotFound)?;
    let Some(purpose) = dossiers::purpose(&app, &grant, &desk.dossier).await? else {
        let query = serde_urlencoded::to_string([("tep", &asked.tep), ("tu", &asked.tu), ("den", &asked.den)]).unwrap_or_default();
        return dossiers::ask_purpose(&app, &grant, &desk.dossier, &format!("/ho-so/{id}/in/{key}?{query}")).await;
    };
    let units = desk::units(&mut reader, &desk.dossier).await?;
    let mut texts = fill::texts(&desk.sheet, desk.level, &units);
    let mut details = json!({ "form": key, "format": Format::of(&asked.tep).ending(), "purpose": purpose });
    let photo = desk::photo(&mut reader, &desk).await;
    if FormKind::from_code(&key) == Some(SUPPLEMENT) {
        let (from, until) = match period(&asked, desk.period_begins(app.today()), app.today()) {
            Ok(period) => period,
            Err(problems) => return choosing(&app, &desk, (asked.tu, asked.den), problems).await?.show_again(&app, &grant.visitor),
        };
        if let Some(details) = details.as_object_mut() {
            details.insert("from".into(), from.to_string().into());
            details.insert("until".into(), until.to_string().into());
        }
        supplement(&app, &mut reader, &desk, &mut texts, from, until).await?;
    }
    let own = dossiers::own_fields(&mut reader).await?;
    // A supplement says what changed in what was declared; fields of the province are not part of that.
    let annex = if key == SUPPLEMENT.code() { Vec::new() } else { annex::entries(&app.law, &desk.sheet, &own, desk.level, app.today()) };
    let foot = desk::foot(&app, &grant.visitor, &desk.dossier, &units).await?;
    let sheet = desk::laid(&app, described, texts, photo, annex, foot);
    let format = Format::of(&asked.tep);
    let bytes = press::print(sheet, format).await?;
    app.db.note(&*grant, "dossier.print", Some(id), details).await?;
    let shown = if format == Format::Pdf { "inline" } else { "attachment" };
    let name = format!("{shown}; filename=\"ho-so-{id}-{key}.{}\"", format.ending());
    Ok(([(header::CONTENT_TYPE, format.mime().to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// The period typed, or the one proposed.
fn period(asked: &PrintAsked, begins: Date, today: Date) -> Result<(Date, Date), Problems> {
    let mut problems = Problems::default();
    let mut read = |field: &str, typed: &str, proposed: Date| match typed.trim() {
        "" => Some(proposed),
        typed => {
            let day = form::day(typed);
            if day.is_none() {
                problems.add(field, format!("Nhập ngày dạng dd/mm/yyyy, ví dụ {}", form::show_day(proposed)));
            }
            day
        }
    };
    let (from, until) = (read("tu", &asked.tu, begins), read("den", &asked.den, today));
    if let (Some(from), Some(until)) = (from, until)
        && from > until
    {
        problems.add("den", "Ngày cuối không được trước ngày đầu của kỳ bổ sung");
    }
    problems.or(from.zip(until))
}

/// Adds the period and what changed in it.
async fn supplement(app: &App, reader: &mut Reader<'_>, desk: &Desk<'_>, texts: &mut Texts, from: Date, until: Date) -> Result<()> {
    let opened: Timestamp = reader.one(OPENED, &[desk.dossier.id.into()]).await?.get("opened_at")?;
    // What the dossier was opened with is what was declared; its first moments belong to it.
    let declared = opened.checked_add(SignedDuration::from_secs(1)).unwrap_or(opened);
    let begins = from.yesterday().map_or(declared, end_of).max(declared);
    let before = dossiers::sheet_known(reader, &app.law, desk.dossier.id, begins).await?;
    let changed = match until >= app.today() {
        true => changes::between(&app.law, &before, &desk.sheet, desk.level),
        false => {
            let after = dossiers::sheet_known(reader, &app.law, desk.dossier.id, end_of(until).max(begins)).await?;
            changes::between(&app.law, &before, &after, desk.level)
        }
    };
    let (from, until) = (form::show_day(from), form::show_day(until));
    let earlier = texts.tables.remove(SUPPLEMENTS).unwrap_or_default();
    let same = earlier.into_iter().find(|row| row.get("period_from") == Some(&from) && row.get("period_to") == Some(&until));
    texts.items.extend(same.into_iter().flatten().map(|(field, text)| (format!("{SUPPLEMENTS}.{field}"), text)));
    texts.items.insert(format!("{SUPPLEMENTS}.period_from"), from);
    texts.items.insert(format!("{SUPPLEMENTS}.period_to"), until);
    texts.tables.insert("supplement_changes".into(), changed);
    Ok(())
}

/// The last moment of a day in Vietnam.
fn end_of(day: Date) -> Timestamp {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(crate::HOURS_AHEAD));
    zone.to_timestamp(day.at(23, 59, 59, 999_999_000)).unwrap_or(Timestamp::MAX)
}
