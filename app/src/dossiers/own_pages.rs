//! Where an administrator lays down fields of a province's own, and ends them.

use super::own::{self, KINDS, LEVELS};
use crate::{
    App,
    access::{ConfigureSystem, Grant},
    error::Result,
    form::{Problems, show_day},
    page::Page,
};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use vault::{Seen, Value, folded};

/// What was typed.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct OwnForm {
    section: String,
    label: String,
    kind: String,
    catalogue: String,
    sensitivity: String,
    required: String,
}

#[derive(Serialize)]
struct Row {
    id: i64,
    version: i64,
    section: String,
    label: String,
    kind: String,
    level: String,
    required: bool,
    until: String,
}

#[derive(Serialize)]
pub(super) struct OwnPage {
    rows: Vec<Row>,
    sections: Vec<Choice>,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
    catalogues: Vec<Choice>,
    form: OwnForm,
    problems: Problems,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
}

fn choices<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Choice> {
    pairs.map(|(value, label)| Choice { value: value.to_owned(), label: label.to_owned() }).collect()
}

impl Page for OwnPage {
    const TEMPLATE: &'static str = "dossiers/own.html";

    fn samples() -> Vec<OwnPage> {
        let page = |rows, problems| OwnPage {
            rows,
            sections: choices([("identity", "Thông tin nhân thân")].into_iter()),
            kinds: choices(KINDS.iter().copied()),
            levels: choices(LEVELS.iter().copied()),
            catalogues: Vec::new(),
            form: OwnForm::default(),
            problems,
        };
        let row = Row {
            id: 1,
            version: 1,
            section: "Thông tin nhân thân".into(),
            label: "Mã thẻ ra vào".into(),
            kind: "Chữ".into(),
            level: "Chính chủ".into(),
            required: true,
            until: String::new(),
        };
        let mut problems = Problems::default();
        problems.add("label", "Nhập tên trường");
        vec![page(vec![], Problems::default()), page(vec![row], problems)]
    }
}

async fn page(app: &App, grant: &Grant<ConfigureSystem>, form: OwnForm, problems: Problems) -> Result<OwnPage> {
    let own = own::all(&mut app.db.read(&**grant)).await?;
    let words = |list: &[(&str, &str)], code: &str| {
        list.iter().find(|(known, _)| *known == code).map_or(String::new(), |(_, words)| (*words).to_owned())
    };
    let rows = own.iter().map(|own| Row {
        id: own.id,
        version: own.version,
        section: app.law.section(&own.section).map_or_else(|| own.section.clone(), |section| section.label_vi.clone()),
        label: own.field.label_vi.clone(),
        kind: words(KINDS, own::kind_code(own.field.kind)),
        level: words(LEVELS, own::level_code(own.field.sensitivity)),
        required: own.field.required,
        until: own.until_on.map(show_day).unwrap_or_default(),
    });
    Ok(OwnPage {
        rows: rows.collect(),
        sections: choices(app.law.sections.iter().map(|section| (section.key.as_str(), section.label_vi.as_str()))),
        kinds: choices(KINDS.iter().copied()),
        levels: choices(LEVELS.iter().copied()),
        catalogues: choices(app.law.catalogues.values().map(|list| (list.key.as_str(), list.label_vi.as_str()))),
        form,
        problems,
    })
}

/// The own fields.
pub(super) async fn show(grant: Grant<ConfigureSystem>, State(app): State<App>) -> Result<Response> {
    page(&app, &grant, OwnForm::default(), Problems::default()).await?.show(&app, &grant.visitor)
}

/// Lays down a field.
pub(super) async fn add(grant: Grant<ConfigureSystem>, State(app): State<App>, Form(form): Form<OwnForm>) -> Result<Response> {
    let mut problems = Problems::default();
    let label = super::value::plain(&form.label);
    if label.is_empty() {
        problems.add("label", "Nhập tên trường, ví dụ Mã thẻ ra vào");
    }
    if app.law.section(&form.section).is_none() {
        problems.add("section", "Chọn mục chứa trường này");
    }
    if !KINDS.iter().any(|(code, _)| *code == form.kind) {
        problems.add("kind", "Chọn kiểu của trường");
    }
    if form.kind == "enum" && app.law.catalogue(&form.catalogue).is_none() {
        problems.add("catalogue", "Chọn danh mục của trường");
    }
    if !LEVELS.iter().any(|(code, _)| *code == form.sensitivity) {
        problems.add("sensitivity", "Chọn mức bảo mật");
    }
    let key: String = folded(&label).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect();
    let taken = own::all(&mut app.db.read(&*grant)).await?;
    if taken.iter().any(|own| own.section == form.section && own.field.key == key) {
        problems.add("label", "Mục này đã có trường cùng tên. Chọn tên khác");
    }
    if !problems.is_empty() {
        return page(&app, &grant, form, problems).await?.show_again(&app, &grant.visitor);
    }
    let catalogue = Some(form.catalogue).filter(|_| form.kind == "enum");
    let set: [(&str, Value); 8] = [
        ("section_key", form.section.as_str().into()),
        ("key", key.as_str().into()),
        ("label_vi", label.as_str().into()),
        ("kind", form.kind.as_str().into()),
        ("catalogue", catalogue.into()),
        ("required", (form.required == "1").into()),
        ("sensitivity", form.sensitivity.as_str().into()),
        ("sort_order", i64::try_from(taken.len()).unwrap_or_default().into()),
    ];
    let mut change = app.db.change(&*grant, "own_field.add").await?;
    change.insert("own_fields", &set).await?;
    change.commit().await?;
    Ok(Redirect::to("/quan-tri/truong-rieng").into_response())
}

/// Which version of a field was seen.
#[derive(Deserialize)]
pub(super) struct CloseForm {
    version: i64,
}

/// Ends a field: it is filled in no more, what it holds stays.
pub(super) async fn close(
    grant: Grant<ConfigureSystem>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<CloseForm>,
) -> Result<Response> {
    let until = app.today().yesterday().map_err(|error| crate::error::Error::Broken(Box::new(error)))?;
    let mut change = app.db.change(&*grant, "own_field.close").await?;
    change.close("own_fields", Seen { id, version: form.version }, until).await?;
    change.commit().await?;
    Ok(Redirect::to("/quan-tri/truong-rieng").into_response())
}
