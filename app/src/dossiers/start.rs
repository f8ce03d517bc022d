//! Beginning a dossier: the unit, the few fields without which a person is not known, and whether the person is known already.

use super::{
    actions::{self, Beginning, Written},
    checks::{Around, Person, Typed, check},
    html::Html,
    inputs::Inputs,
    line::Shape,
    newcomers::Why,
    queries,
    section::typed,
};
use crate::{
    App,
    access::{CreateRecord, Grant},
    error::{Error, Result},
    form::{self, Problems},
    page::Page,
};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use law::{Law, Sensitivity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use vault::Value;

/// Units offered at once; more are narrowed down by opening the form from a unit.
const OFFERED: i64 = 500;

/// A section of which the form shows a few fields.
struct Part {
    section: law::Section,
}

#[derive(Serialize)]
pub(super) struct StartPage {
    units: Vec<(i64, String)>,
    unit: String,
    term: Term,
    fields: String,
    problems: Problems,
    /// Id of a field and what is wrong there, in the order of the form.
    summary: Vec<(String, String)>,
    alike: Vec<(i64, String, String)>,
    /// The closed dossier of the same person: its id and unit.
    former: Option<(i64, String)>,
    /// Id of a field and what is unusual there.
    warnings: Vec<(String, String)>,
    is_cut: bool,
}

impl Page for StartPage {
    const TEMPLATE: &'static str = "dossiers/start.html";

    fn samples() -> Vec<StartPage> {
        let page = |problems, alike| StartPage {
            units: vec![(1, "Sở Y tế".into())],
            unit: "1".into(),
            term: Term { why: "tiep_nhan".into(), from: "15/10/2026".into() },
            fields: "<div class=\"form-grid\"></div>".into(),
            problems,
            summary: vec![("unit_id".into(), "Chọn đơn vị".into())],
            former: Some((3, "Sở Y tế".into())),
            alike,
            warnings: vec![("identity-gender".into(), "Chữ số thứ tư không khớp".into())],
            is_cut: false,
        };
        let mut problems = Problems::default();
        problems.add("unit_id", "Chọn đơn vị");
        vec![page(Problems::default(), vec![]), page(problems, vec![(2, "Lò Thị Mai".into(), "Sở Y tế".into())])]
    }
}

/// The sections a new dossier begins with, cut down to the fields asked for.
fn parts(law: &Law) -> Vec<Part> {
    let mut keys: Vec<&str> = Vec::new();
    for at in &law.checks.start.fields {
        if !keys.contains(&at.section.as_str()) {
            keys.push(&at.section);
        }
    }
    let wanted = |section: &str| -> BTreeSet<&str> {
        law.checks.start.fields.iter().filter(|at| at.section == section).map(|at| at.field.as_str()).collect()
    };
    let cut = |section: &law::Section| {
        let wanted = wanted(&section.key);
        let fields = section.fields.iter().filter(|field| wanted.contains(field.key.as_str())).cloned().collect();
        Part { section: law::Section { fields, ..section.clone() } }
    };
    keys.into_iter().filter_map(|key| law.section(key)).map(cut).collect()
}

async fn units(app: &App, grant: &Grant<CreateRecord>) -> Result<Vec<(i64, String)>> {
    let open = grant.visitor.signed_in();
    let mut reader = app.db.read(&*open);
    let tops = if grant.tops().is_empty() && grant.reaches_whole() { vec!["/"] } else { grant.tops() };
    let found = queries::units(&mut reader, &tops, OFFERED).await?;
    let depth = found.iter().map(|(_, _, path)| path.matches('/').count()).min().unwrap_or_default();
    let mut seen = BTreeSet::new();
    let inside = found.into_iter().filter(|(id, _, path)| grant.reaches_unit(path) && seen.insert(*id));
    Ok(inside.map(|(id, name, path)| (id, format!("{}{name}", "— ".repeat(path.matches('/').count() - depth)))).collect())
}

fn fields(app: &App, typed: &Typed, problems: &Problems, warnings: &Problems) -> String {
    let mut out = Html::default();
    for part in parts(&app.law) {
        let shape = Shape::new(&app.law, &part.section);
        let inputs = Inputs {
            shape: &shape,
            stored: None,
            typed: Some(typed),
            problems,
            warnings,
            level: Sensitivity::Secret,
            form: "",
            today: app.today(),
            own: &[],
            without: &[],
        };
        inputs.all(&mut out);
    }
    out.0
}

/// Each sentence with the id of its field, in the order of the form: the unit first, then the sections.
fn summary(law: &Law, problems: &Problems) -> Vec<(String, String)> {
    let parts = parts(law);
    let ids =
        parts.iter().flat_map(|part| part.section.columns().into_iter().map(|column| (part.section.key.as_str(), column.name.clone())));
    let ids: Vec<(String, String)> = ids.map(|(section, column)| (format!("{section}-{column}"), column)).collect();
    let mut problems = problems.clone();
    problems.arrange(std::iter::once("unit_id").chain(ids.iter().map(|(_, column)| column.as_str())));
    let id = |column: &str| ids.iter().find(|(_, known)| known == column).map_or(column, |(id, _)| id).to_owned();
    problems.iter().map(|(column, sentence)| (id(column), sentence.to_owned())).collect()
}

/// Which terms run from the opening, and from which day, as typed.
#[derive(Clone, Debug, Default, Serialize)]
struct Term {
    why: String,
    from: String,
}

impl Term {
    /// The day from which they are counted: today, unless a day was typed.
    fn check(&self, today: Date, problems: &mut Problems) -> Date {
        match (self.from.trim(), form::day(&self.from)) {
            ("", _) => return today,
            (_, None) => problems.add("tinh_tu", "Nhập ngày dạng ngày/tháng/năm, ví dụ 15/10/2026"),
            (_, Some(day)) if day > today => problems.add("tinh_tu", "Ngày ở sau hôm nay. Kiểm tra lại"),
            (_, Some(day)) => return day,
        }
        today
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct StartAsked {
    dv: String,
}

/// The form.
pub(super) async fn new(grant: Grant<CreateRecord>, State(app): State<App>, Query(asked): Query<StartAsked>) -> Result<Response> {
    let units = units(&app, &grant).await?;
    let own = grant.visitor.viewer.unit_id().map(|id| id.to_string()).unwrap_or_default();
    let mut typed = Typed::new();
    typed.insert("dossier_status".into(), "working".into());
    let page = StartPage {
        is_cut: units.len() >= usize::try_from(OFFERED).unwrap_or_default(),
        units,
        unit: if asked.dv.is_empty() { own } else { asked.dv },
        term: Term::default(),
        fields: fields(&app, &typed, &Problems::default(), &Problems::default()),
        problems: Problems::default(),
        summary: Vec::new(),
        alike: Vec::new(),
        former: None,
        warnings: Vec::new(),
    };
    page.show(&app, &grant.visitor)
}

/// Opens the dossier, unless the person has one.
pub(super) async fn open(grant: Grant<CreateRecord>, State(app): State<App>, body: String) -> Result<Response> {
    let mut typed = typed(&body);
    let unit = typed.remove("unit_id").unwrap_or_default();
    let confirmed = typed.remove("xac_nhan").is_some_and(|text| text == "1");
    let term = Term { why: typed.remove("truong_hop").unwrap_or_default(), from: typed.remove("tinh_tu").unwrap_or_default() };
    let (mut problems, mut warnings) = (Problems::default(), Problems::default());
    let mut sections = Vec::new();
    for part in parts(&app.law) {
        let shape = Shape::new(&app.law, &part.section);
        let person = Person::default();
        let around = Around { stored: None, others: &[], person: &person, today: app.today(), level: Sensitivity::Secret };
        let checked = check(&shape, &typed, &around);
        for field in &part.section.fields {
            if !checked.set.iter().any(|(column, _)| *column == field.key) {
                problems.add(
                    field.key.clone(),
                    checked
                        .problems
                        .iter()
                        .find(|(at, _)| *at == field.key)
                        .map_or_else(|| format!("Nhập {}", super::checks::lower(&field.label_vi)), |(_, sentence)| sentence.to_owned()),
                );
            }
        }
        checked.problems.iter().for_each(|(at, sentence)| problems.add(at, sentence));
        checked.warnings.iter().for_each(|(at, sentence)| warnings.add(at, sentence));
        sections.push((part.section.key.clone(), checked.set));
    }
    let given = |column: &str| {
        let found = sections.iter().flat_map(|(_, set)| set).find(|(name, _)| name == column);
        if let Some((_, Value::Text(text))) = found { text.clone() } else { String::new() }
    };
    let mut reader = app.db.read(&*grant);
    let unit_id = unit.parse::<i64>().ok();
    let place = match unit_id {
        Some(id) => {
            queries::unit(&mut app.db.read(&*grant.visitor.signed_in()), id).await.ok().filter(|(_, path)| grant.reaches_unit(path))
        }
        None => None,
    };
    if place.is_none() {
        problems.add("unit_id", "Chọn đơn vị quản lý hồ sơ");
    }
    let counted_from = term.check(app.today(), &mut problems);
    let regulation = match &place {
        Some((_, path)) => queries::regulation(&app, path).await?,
        None => None,
    };
    let number = given("personal_id_number");
    if !number.is_empty()
        && let Some(sentence) = actions::where_kept(&app, &grant, regulation, &number).await?
    {
        problems.add("personal_id_number", sentence);
    }
    let former = queries::closed(&mut reader, &number).await?;
    if let Some((_, unit)) = &former {
        problems.add("personal_id_number", format!("Người có số này từng có hồ sơ tại {unit}, đã khép. Mở lại hồ sơ đó thay cho lập mới"));
    }
    let (name, born) = (given("full_name"), given("birth_date"));
    let alike = if name.is_empty() || born.is_empty() { Vec::new() } else { queries::same_name(&mut reader, &name, &born).await? };
    let doubtful = !warnings.is_empty() || !alike.is_empty();
    if problems.is_empty() && (confirmed || !doubtful) {
        let form = regulation.and_then(|known| app.law.declaration_form(known, &given("personnel_type")));
        let form = form.or_else(|| app.law.forms.values().next()).map(|form| form.key.clone()).ok_or(Error::NotFound)?;
        let unit_id = unit_id.ok_or(Error::NotFound)?;
        let unit_path = place.as_ref().map(|(_, path)| path.clone()).ok_or(Error::NotFound)?;
        let beginning = Beginning { unit_id, unit_path, form, sections, why: Why::read(&term.why), counted_from };
        match actions::open(&app, &grant, beginning).await? {
            Ok(id) => return Ok(Redirect::to(&format!("/ho-so/{id}")).into_response()),
            Err(Written::Refused(refused)) => problems = refused,
            Err(Written::Done | Written::Overtaken) => return Err(Error::NotFound),
        }
    }
    let units = units(&app, &grant).await?;
    let page = StartPage {
        is_cut: units.len() >= usize::try_from(OFFERED).unwrap_or_default(),
        units,
        unit,
        term,
        fields: fields(&app, &typed, &problems, &warnings),
        warnings: summary(&app.law, &warnings),
        summary: summary(&app.law, &problems),
        problems,
        alike,
        former,
    };
    page.show_again(&app, &grant.visitor)
}
