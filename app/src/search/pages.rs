//! The list, and what an account keeps of it.

use super::{
    Asked, Column, Scope, State,
    asked::{At, BANDS, Hidden},
    choices, counts, filter,
    filter::Sentence,
    own::{self, OwnColumn},
    preferences::{self, Preferences},
    table, window,
};
use crate::{
    App,
    access::{EditRecord, Export, Grant, ListRecords, Search, Visitor},
    error::{Error, Result},
    page::{Page, render},
};
use axum::{
    Form,
    extract::{RawForm, RawQuery, State as Has},
    http::HeaderMap,
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// Letters with which given names begin.
const LETTERS: &str = "ABCDĐEGHIKLMNOPQRSTUVXY";

#[derive(Serialize)]
struct Head {
    label: String,
    figure: bool,
    name: bool,
    /// Where a click on the heading leads; empty when lists are not sorted by it.
    href: String,
    /// `ascending`, `descending` or nothing.
    order: &'static str,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// The form of one more condition on a column.
#[derive(Serialize)]
struct Picked {
    key: String,
    label: String,
    codes: Vec<(String, String)>,
    range: bool,
    days: bool,
    words: bool,
}

/// Everything under the heading: filters, chips, table, pager.
#[derive(Serialize)]
pub(super) struct ListPage {
    words: String,
    units: String,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    bands: Vec<Choice>,
    carried: Vec<Hidden>,
    all: Vec<Hidden>,
    query: String,
    filters: String,
    sentences: Vec<Sentence>,
    kept: Vec<(String, String)>,
    columns: Vec<Choice>,
    shown: usize,
    fields: Vec<Choice>,
    picked: Option<Picked>,
    heads: Vec<Head>,
    order: String,
    body: String,
    rows: usize,
    count: Option<String>,
    previous: String,
    next: String,
    letters: Vec<Choice>,
    may_create: bool,
    may_edit: bool,
    may_export: bool,
    any_state: String,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "search/list.html";

    fn samples() -> Vec<ListPage> {
        let choice = |value: &str| Choice { value: value.into(), label: value.into(), chosen: true };
        let page = |rows: usize, picked: Option<Picked>| ListPage {
            words: "thi d".into(),
            units: "<option>Sở Y tế</option>".into(),
            kinds: vec![choice("vien_chuc")],
            states: vec![choice("co-mat")],
            bands: vec![choice("du")],
            carried: vec![Hidden { name: "loc", value: "gender~la~1".into() }],
            all: vec![],
            query: "q=thi+d".into(),
            filters: "q=thi+d".into(),
            sentences: vec![Sentence { words: "Tìm: thi d".into(), without: "/ho-so".into() }],
            kept: vec![("Nữ".into(), "loc=gender%7Ela%7E2".into())],
            columns: vec![choice("gender")],
            shown: 2,
            fields: vec![choice("gender")],
            picked,
            heads: vec![
                Head { label: "Họ và tên".into(), figure: false, name: true, href: "/ho-so?xep=-".into(), order: "ascending" },
                Head { label: "Bậc".into(), figure: true, name: false, href: String::new(), order: "" },
            ],
            order: "Họ và tên".into(),
            body: "<tr><th scope=\"row\">Đỗ Thị Dung</th><td>3</td></tr>".into(),
            rows,
            count: (rows == 0).then(|| "1 hồ sơ".into()),
            previous: String::new(),
            next: "/ho-so?sau=1".into(),
            letters: vec![choice("D")],
            may_create: true,
            may_edit: true,
            may_export: true,
            any_state: "/ho-so?tt=tat-ca".into(),
        };
        let gender = Picked {
            key: "gender".into(),
            label: "Giới tính".into(),
            codes: vec![("1".into(), "Nam".into())],
            range: false,
            days: false,
            words: false,
        };
        let born = Picked { key: "birth_date".into(), label: "Ngày sinh".into(), codes: vec![], range: true, days: true, words: false };
        let major = Picked { key: "major".into(), label: "Chuyên ngành".into(), codes: vec![], range: false, days: false, words: true };
        vec![page(1, None), page(0, None), page(1, Some(gender)), page(1, Some(born)), page(1, Some(major))]
    }
}

/// The list, or the part of it that an exchange asks for.
pub(super) async fn list(
    _may: Grant<Search>,
    grant: Grant<ListRecords>,
    Has(app): Has<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let page = ListPage::new(&app, &grant, asked).await?;
    let part = headers.contains_key("hx-request") && !headers.contains_key("hx-history-restore-request");
    let template = match headers.get("hx-target").and_then(|target| target.to_str().ok()) {
        Some("ket-qua") if part => "search/results.html",
        Some("danh-sach") if part => "search/panel.html",
        Some(_) | None => return page.show(&app, &grant.visitor),
    };
    Ok(Html(render(&app, template, minijinja::Value::from_serialize(&page), None)?).into_response())
}

impl ListPage {
    async fn new(app: &App, grant: &Grant<ListRecords>, asked: Asked) -> Result<ListPage> {
        let visitor = &grant.visitor;
        let scope = Scope::of(visitor, grant);
        let preferences = Preferences::of(app, visitor).await?;
        let columns = preferences.columns(&app.lists, &scope);
        let own_all = own::columns(app, &mut app.db.read(grant), &scope).await?;
        let own_shown = preferences.own_columns(app, visitor, &scope).await?;
        let mut reader = app.db.read(grant);
        if counts::is_long(app, grant, &scope, &asked).await? {
            reader.in_order();
        }
        let condition = filter::condition(app, &mut reader, &scope, &asked).await?;
        let sorted = sorted_by(app, &scope, &asked.sort);
        let by = sorted.and_then(|column| column.sort.as_deref()).unwrap_or("dossier_id");
        let order = window::Order { by, descending: asked.descending, columns: &columns };
        let window = window::read(&mut reader, &condition, &order, asked.at).await?;
        let sentences = filter::sentences(app, &mut reader, &scope, &asked).await?;
        let first_id = window.rows.first().and_then(|row| row.int("dossier_id").ok());
        let last_id = window.rows.last().and_then(|row| row.int("dossier_id").ok());
        let whole = !window.before && !window.after && asked.at == At::First;
        let count = match whole {
            true => Some(counts::words(i64::try_from(window.rows.len()).unwrap_or(0))),
            false => app.lists.counts.known(app, visitor.viewer.account_id(), &asked.filters()).map(counts::words),
        };
        let may_export = visitor.grant::<Export>().is_ok();
        let by_name = sorted.is_some_and(|column| column.is_name);
        let letter = |letter: char| Choice {
            value: asked.address(&format!("chu={letter}")),
            label: letter.to_string(),
            chosen: asked.at == At::Letter(letter),
        };
        let own = own_words(app, grant, &own_shown, &window.rows).await?;
        let own_head =
            |(label, figure): &(String, bool)| Head { label: label.clone(), figure: *figure, name: false, href: String::new(), order: "" };
        let heads = columns.iter().map(|column| head(column, sorted, &asked)).chain(own.heads.iter().map(own_head)).collect();
        let kinds = app.law.catalogue("personnel_types").map(|list| {
            let kind =
                |item: &law::Item| Choice { value: item.code.clone(), label: item.label_vi.clone(), chosen: item.code == asked.personnel };
            list.items.iter().map(kind).collect()
        });
        let link = |there: bool, name: &str, id: Option<i64>| match id {
            Some(id) if there => asked.address(&format!("{name}={id}")),
            Some(_) | None => String::new(),
        };
        let chosen = |column: &Column| columns.iter().any(|shown| shown.key == column.key);
        let choice = |column: &Column, chosen: bool| Choice { value: column.key.clone(), label: column.label.clone(), chosen };
        let states = State::ALL.iter().filter(|state| **state != State::Hidden || visitor.grant::<EditRecord>().is_ok());
        Ok(ListPage {
            units: choices::units(app, grant, asked.unit).await?.to_string(),
            kinds: kinds.unwrap_or_default(),
            states: states
                .map(|state| Choice { value: state.code().into(), label: state.label().into(), chosen: *state == asked.state })
                .collect(),
            bands: BANDS.iter().map(|band| Choice { value: band.0.into(), label: band.3.into(), chosen: band.0 == asked.band }).collect(),
            carried: asked.carried(),
            all: asked.all(),
            query: asked.query(),
            filters: asked.filters(),
            sentences,
            kept: preferences.kept.into_iter().collect(),
            columns: scope
                .columns(&app.lists)
                .filter(|column| !column.is_name)
                .map(|column| choice(column, chosen(column)))
                .chain(own_all.iter().map(|column| Choice {
                    value: column.key.clone(),
                    label: format!("{} (riêng)", column.label),
                    chosen: own_shown.iter().any(|shown| shown.key == column.key),
                }))
                .collect(),
            shown: columns.len() + own_shown.len(),
            fields: scope
                .columns(&app.lists)
                .filter(|column| !column.is_name)
                .map(|column| choice(column, column.key == asked.picked))
                .collect(),
            picked: picked(app, &scope, &asked.picked),
            heads,
            order: sorted.map(|column| column.label.clone()).unwrap_or_default(),
            rows: window.rows.len(),
            body: table::body(&app.law, &columns, &own, &window.rows, may_export),
            count,
            previous: link(window.before, "truoc", first_id),
            next: link(window.after, "sau", last_id),
            letters: LETTERS.chars().filter(|_| by_name && !whole).map(letter).collect(),
            may_create: visitor.may("create_record"),
            may_edit: visitor.may("edit_record"),
            may_export,
            any_state: Asked { state: State::Any, at: At::First, ..asked.clone() }.address(""),
            words: asked.words,
        })
    }
}

/// What the dossiers of a page hold in own fields, in words.
async fn own_words(app: &App, grant: &Grant<ListRecords>, columns: &[OwnColumn], rows: &[vault::Row]) -> Result<table::Own> {
    if columns.is_empty() {
        return Ok(table::Own::default());
    }
    let dossiers: Vec<i64> = rows.iter().filter_map(|row| row.int("dossier_id").ok()).collect();
    let values = own::values(app, &mut app.db.read(grant), columns, &dossiers).await?;
    let words = |values: Vec<vault::Value>| columns.iter().zip(&values).map(|(column, value)| column.words(app, value)).collect();
    Ok(table::Own {
        heads: columns.iter().map(|column| (column.label.clone(), column.is_figure())).collect(),
        words: values.into_iter().map(|(id, values)| (id, words(values))).collect(),
    })
}

/// The column a list is sorted by: the one asked for if it may be read, else the name.
fn sorted_by<'a>(app: &'a App, scope: &Scope, asked: &str) -> Option<&'a Column> {
    let wanted = scope.columns(&app.lists).find(|column| column.key == asked && column.sort.is_some());
    wanted.or_else(|| app.lists.columns.iter().find(|column| column.is_name))
}

fn head(column: &Column, sorted: Option<&Column>, asked: &Asked) -> Head {
    let here = sorted.is_some_and(|sorted| sorted.key == column.key);
    let key = if column.is_name { "" } else { column.key.as_str() };
    // The name is the usual order, so it needs a word only to run backwards.
    let backwards = here && !asked.descending;
    let by = if column.is_name && backwards { column.key.as_str() } else { key };
    Head {
        label: column.label.clone(),
        figure: column.is_figure(),
        name: column.is_name,
        href: column.sort.as_ref().map(|_| asked.sorted(by, backwards).address("")).unwrap_or_default(),
        order: match (here, asked.descending) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        },
    }
}

/// What can be asked of a column.
fn picked(app: &App, scope: &Scope, key: &str) -> Option<Picked> {
    let column = app.lists.column(key).filter(|column| scope.shows(column))?;
    let codes = match &column.reads {
        super::columns::Reads::Code(list) => {
            app.law.catalogue(list).map(|list| list.items.iter().map(|item| (item.code.clone(), item.label_vi.clone())).collect())
        }
        super::columns::Reads::YesNo => Some(vec![("co".to_owned(), "Có".to_owned()), ("khong".to_owned(), "Không".to_owned())]),
        _ => None,
    };
    let days = column.kind == law::RosterKind::Date;
    let range = days || matches!(column.kind, law::RosterKind::Int | law::RosterKind::Decimal);
    Some(Picked {
        key: column.key.clone(),
        label: column.label.clone(),
        words: codes.is_none() && !range,
        codes: codes.unwrap_or_default(),
        range,
        days,
    })
}

/// How many people the list holds: a line for the page, or the page with the number known.
pub(super) async fn count(
    _may: Grant<Search>,
    grant: Grant<ListRecords>,
    Has(app): Has<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let scope = Scope::of(&grant.visitor, &grant);
    let count = counts::count(&app, &grant, &scope, &asked).await?;
    Ok(match headers.contains_key("hx-request") {
        true => Html(counts::words(count)).into_response(),
        false => Redirect::to(&asked.address("")).into_response(),
    })
}

/// Remembers the columns.
pub(super) async fn choose_columns(_may: Grant<Search>, visitor: Visitor, Has(app): Has<App>, RawForm(body): RawForm) -> Result<Redirect> {
    let mut pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).unwrap_or_default();
    let usual = pairs.iter().any(|(name, _)| name == "mac-dinh");
    let query = pairs.iter().position(|(name, _)| name == "ve").map(|place| pairs.swap_remove(place).1).unwrap_or_default();
    let keys = pairs.into_iter().filter(|(name, _)| name == "cot" && !usual).map(|(_, key)| key).collect();
    preferences::keep_columns(&app, &visitor, keys).await?;
    Ok(Redirect::to(&Asked::read(&query).address("")))
}

/// A list to be kept, or dropped.
#[derive(Deserialize)]
pub(super) struct KeptForm {
    #[serde(default)]
    ten: String,
    #[serde(default)]
    ve: String,
}

/// Keeps the list under a name.
pub(super) async fn keep_list(_may: Grant<Search>, visitor: Visitor, Has(app): Has<App>, Form(form): Form<KeptForm>) -> Result<Redirect> {
    let name: String = form.ten.trim().chars().take(60).collect();
    let asked = Asked::read(&form.ve);
    if name.is_empty() {
        return Err(Error::Refused("Đặt tên cho danh sách, ví dụ: Còn thiếu số định danh".into()));
    }
    let mut kept = Preferences::of(&app, &visitor).await?.kept;
    if kept.len() >= preferences::MOST && !kept.contains_key(&name) {
        return Err(Error::Refused(format!("Đã lưu {} danh sách. Bỏ một danh sách không dùng nữa rồi lưu lại", preferences::MOST)));
    }
    kept.insert(name, asked.query());
    preferences::keep(&app, &visitor, &kept).await?;
    Ok(Redirect::to(&asked.address("")))
}

/// Keeps the list no longer.
pub(super) async fn drop_list(_may: Grant<Search>, visitor: Visitor, Has(app): Has<App>, Form(form): Form<KeptForm>) -> Result<Redirect> {
    let mut kept = Preferences::of(&app, &visitor).await?.kept;
    if kept.remove(&form.ten).is_some() {
        preferences::keep(&app, &visitor, &kept).await?;
    }
    Ok(Redirect::to(&Asked::read(&form.ve).address("")))
}
