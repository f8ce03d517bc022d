//! The tree, a unit, and the acts on it.

use super::{
    actions,
    forms::{ChangeForm, FoundForm},
    model::{Line, Unit, totals},
    queries,
};
use crate::{
    App,
    access::{Grant, ListRecords, ManageUnitTree, Visitor},
    error::{Error, Result},
    form::{Problems, show_day},
    page::Page,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use vault::Seen;

/// Units shown at once; a larger tree is opened branch by branch.
const SHOWN: usize = 400;

#[derive(Serialize)]
pub(super) struct TreePage {
    lines: Vec<Line>,
    types: Vec<(String, String)>,
    chosen_type: String,
    present: i64,
    cut: bool,
    ended: bool,
    may_edit: bool,
}

impl Page for TreePage {
    const TEMPLATE: &'static str = "units/tree.html";

    fn samples() -> Vec<TreePage> {
        let line = Line {
            id: 1,
            name: "Tỉnh Mẫu".into(),
            type_name: "UBND tỉnh".into(),
            depth: 0,
            is_section: false,
            dissolved_on: String::new(),
            here: 0,
            total: 12,
            has_children: true,
        };
        let page = |lines: Vec<Line>| TreePage {
            lines,
            types: vec![("so".into(), "Sở".into())],
            chosen_type: String::new(),
            present: 12,
            cut: false,
            ended: false,
            may_edit: true,
        };
        vec![page(vec![]), page(vec![line])]
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct TreeAsked {
    loai: String,
    ca: String,
    nhanh: Option<i64>,
}

/// The tree from the visitor's own units down, with who is present.
pub(super) async fn tree(visitor: Visitor, State(app): State<App>, Query(asked): Query<TreeAsked>) -> Result<Response> {
    let open = visitor.signed_in();
    let mut reader = app.db.read(&open);
    let tops = match asked.nhanh {
        Some(id) => vec![queries::find(&mut reader, id).await?.path],
        None => tops(&visitor),
    };
    let (mut units, mut counts) = (Vec::new(), Vec::new());
    for top in &tops {
        units.extend(queries::below(&mut reader, top).await?);
        if let Ok(grant) = visitor.grant::<ListRecords>() {
            counts.extend(queries::present(&mut app.db.read(&grant), top).await?);
        }
    }
    let ended = asked.ca == "da-ket-thuc";
    units.retain(|unit| (ended || unit.dissolved_on.is_empty()) && (asked.loai.is_empty() || unit.type_code == asked.loai));
    counts.sort();
    counts.dedup();
    let shallowest = units.iter().map(|unit| unit.path.matches('/').count()).min().unwrap_or(0);
    let cut = units.len() > SHOWN && asked.loai.is_empty();
    if cut {
        units.retain(|unit| unit.path.matches('/').count() <= shallowest + 1);
    }
    let paths: Vec<String> = units.iter().map(|unit| unit.path.clone()).collect();
    let sums = totals(&paths, &counts);
    let type_name = |code: &str| app.law.catalogue("unit_types").map_or(String::new(), |list| list.label(code).to_owned());
    let line = |(unit, (here, total)): (&Unit, (i64, i64))| Line {
        id: unit.id,
        name: unit.name.clone(),
        type_name: if unit.is_section { "phòng, bộ phận".into() } else { type_name(&unit.type_code) },
        depth: unit.path.matches('/').count() - shallowest,
        is_section: unit.is_section,
        dissolved_on: unit.dissolved_on.clone(),
        here,
        total,
        has_children: cut,
    };
    let lines = units.iter().zip(sums).map(line).collect();
    let types =
        app.law.catalogue("unit_types").map(|list| list.items.iter().map(|item| (item.code.clone(), item.label_vi.clone())).collect());
    let page = TreePage {
        lines,
        types: types.unwrap_or_default(),
        chosen_type: asked.loai,
        present: counts.iter().map(|(_, count)| count).sum(),
        cut,
        ended,
        may_edit: visitor.may("manage_unit_tree") || visitor.may("edit_internal_departments"),
    };
    page.show(&app, &visitor)
}

/// Where the visitor's tree begins: the tops of what they may see, or their own unit.
fn tops(visitor: &Visitor) -> Vec<String> {
    let own = visitor.viewer.unit_path().to_owned();
    let reached =
        visitor.grant::<ListRecords>().map(|grant| grant.tops().into_iter().map(str::to_owned).collect::<Vec<_>>()).unwrap_or_default();
    let mut tops = if reached.is_empty() { vec![if own.is_empty() { "/".to_owned() } else { own }] } else { reached };
    tops.sort();
    tops.dedup_by(|below, above| below.starts_with(above.as_str()));
    tops
}

#[derive(Serialize)]
pub(super) struct UnitPage {
    unit: Unit,
    type_name: String,
    above: Vec<(i64, String)>,
    names: Vec<[String; 4]>,
    regulations: Vec<[String; 3]>,
    in_force: String,
    in_force_code: String,
    present: i64,
    known: Vec<(String, String)>,
    parents: Vec<(i64, String)>,
    may_edit: bool,
    may_move: bool,
    form: ChangeForm,
    problems: Problems,
}

impl Page for UnitPage {
    const TEMPLATE: &'static str = "units/show.html";

    fn samples() -> Vec<UnitPage> {
        let page = |may: bool| UnitPage {
            unit: Unit::sample(),
            type_name: "UBND xã".into(),
            above: vec![(1, "Tỉnh Mẫu".into())],
            names: vec![["Xã Cũ".into(), String::new(), "30/06/2025".into(), "1/NQ".into()]],
            regulations: vec![["Quy chế".into(), "01/07/2025".into(), String::new()]],
            in_force: "Quy chế".into(),
            in_force_code: "yen-bai-2020".into(),
            present: 3,
            known: vec![],
            parents: vec![],
            may_edit: may,
            may_move: may,
            form: ChangeForm::default(),
            problems: Problems::default(),
        };
        vec![page(true), page(false)]
    }
}

impl UnitPage {
    async fn new(app: &App, visitor: &Visitor, id: i64) -> Result<UnitPage> {
        let open = visitor.signed_in();
        let mut reader = app.db.read(&open);
        let unit = queries::find(&mut reader, id).await?;
        let reaches = |path: &str| visitor.grant::<ManageUnitTree>().is_ok_and(|grant| grant.reaches_unit(path));
        if !reaches(&unit.path) && !tops(visitor).iter().any(|top| unit.path.starts_with(top.as_str())) {
            return Err(Error::NotFound);
        }
        let day = |day: Option<jiff::civil::Date>| day.map(show_day).unwrap_or_default();
        let names = queries::names(&mut reader, id).await?;
        let regulations = queries::regulations(&mut reader, id).await?;
        let regulation = actions::regulation(app, &unit.path).await?;
        let present = match visitor.grant::<ListRecords>() {
            Ok(grant) => queries::present(&mut app.db.read(&grant), &unit.path).await?.iter().map(|(_, count)| count).sum(),
            Err(_) => 0,
        };
        let may_move = visitor.may("manage_unit_tree") && reaches(&unit.path);
        let parents = match may_move {
            true => {
                let top = tops(visitor).into_iter().next().unwrap_or_else(|| "/".into());
                let all = queries::below(&mut reader, &top).await?;
                let fits = |other: &&Unit| other.dissolved_on.is_empty() && !other.path.starts_with(&unit.path);
                all.iter().filter(fits).map(|other| (other.id, other.name.clone())).collect()
            }
            false => Vec::new(),
        };
        let name_of = |code: &str| {
            app.law.regulation(code).map_or(code.to_owned(), |known| format!("{} ({})", known.identity.name_vi, known.identity.number))
        };
        Ok(UnitPage {
            type_name: app.law.catalogue("unit_types").map_or(String::new(), |list| list.label(&unit.type_code).to_owned()),
            above: queries::above(&mut reader, &unit.path).await?,
            names: names
                .into_iter()
                .map(|(name, from, until, decision)| [name, day(from), day(until), decision.unwrap_or_default()])
                .collect(),
            regulations: regulations.into_iter().map(|(_, _, code, from, until)| [name_of(&code), show_day(from), day(until)]).collect(),
            in_force: regulation.map(|known| name_of(&known.identity.code)).unwrap_or_default(),
            in_force_code: regulation.map(|known| known.identity.code.clone()).unwrap_or_default(),
            present,
            known: app.law.regulations.iter().map(|known| (known.identity.code.clone(), name_of(&known.identity.code))).collect(),
            parents,
            may_edit: reaches(&unit.path),
            may_move,
            form: ChangeForm::default(),
            problems: Problems::default(),
            unit,
        })
    }

    async fn again(app: &App, visitor: &Visitor, id: i64, form: ChangeForm, problems: Problems) -> Result<Response> {
        UnitPage { form, problems, ..UnitPage::new(app, visitor, id).await? }.show_again(app, visitor)
    }
}

/// One unit.
pub(super) async fn show(visitor: Visitor, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    UnitPage::new(&app, &visitor, id).await?.show(&app, &visitor)
}

#[derive(Serialize)]
pub(super) struct FoundPage {
    parent: Unit,
    form: FoundForm,
    types: Vec<(String, String)>,
    levels: Vec<(i64, String)>,
    problems: Problems,
    sections_only: bool,
}

impl Page for FoundPage {
    const TEMPLATE: &'static str = "units/new.html";

    fn samples() -> Vec<FoundPage> {
        let mut problems = Problems::default();
        problems.add("name", "Nhập tên đầy đủ của đơn vị");
        let page = |problems| FoundPage {
            parent: Unit::sample(),
            form: FoundForm::default(),
            types: vec![("so".into(), "Sở".into())],
            levels: vec![(1, "Cấp cơ sở".into())],
            problems,
            sections_only: false,
        };
        vec![page(Problems::default()), page(problems)]
    }
}

impl FoundPage {
    async fn new(app: &App, grant: &Grant<ManageUnitTree>, parent: i64, form: FoundForm, mut problems: Problems) -> Result<FoundPage> {
        problems.arrange(["name", "short_name", "type_code", "level_rank", "identifier", "founded_on", "section"]);
        let parent = queries::find(&mut app.db.read(grant), parent).await?;
        if !grant.reaches_unit(&parent.path) {
            return Err(Error::NotFound);
        }
        let regulation = actions::regulation(app, &parent.path).await?;
        let levels = regulation.map(|known| known.levels.iter().map(|level| (i64::from(level.rank), level.name_vi.clone())).collect());
        let types =
            app.law.catalogue("unit_types").map(|list| list.items.iter().map(|item| (item.code.clone(), item.label_vi.clone())).collect());
        Ok(FoundPage {
            parent,
            form,
            types: types.unwrap_or_default(),
            levels: levels.unwrap_or_default(),
            problems,
            sections_only: !grant.visitor.may("manage_unit_tree"),
        })
    }
}

/// The form for a unit below another.
pub(super) async fn new(grant: Grant<ManageUnitTree>, State(app): State<App>, Path(parent): Path<i64>) -> Result<Response> {
    FoundPage::new(&app, &grant, parent, FoundForm::default(), Problems::default()).await?.show(&app, &grant.visitor)
}

/// Founds the unit.
pub(super) async fn found(
    grant: Grant<ManageUnitTree>,
    State(app): State<App>,
    Path(parent): Path<i64>,
    Form(form): Form<FoundForm>,
) -> Result<Response> {
    let problems = match form.check(&app.law) {
        Ok(given) => match actions::found(&app, &grant, parent, given).await? {
            Ok(id) => return Ok(Redirect::to(&format!("/don-vi/{id}")).into_response()),
            Err(problems) => problems,
        },
        Err(problems) => problems,
    };
    FoundPage::new(&app, &grant, parent, form, problems).await?.show_again(&app, &grant.visitor)
}

fn back(id: i64) -> Response {
    Redirect::to(&format!("/don-vi/{id}")).into_response()
}

/// Renames the unit.
pub(super) async fn rename(
    grant: Grant<ManageUnitTree>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<ChangeForm>,
) -> Result<Response> {
    let mut problems = Problems::default();
    let decision = form.decision(&mut problems);
    let on = form.day(&mut problems);
    if form.name.trim().is_empty() {
        problems.add("name", "Nhập tên mới của đơn vị");
    }
    match problems.clone().or(on) {
        Ok(on) => {
            actions::rename(&app, &grant, Seen { id, version: form.version }, form.name.trim(), on, &decision).await.map(|()| back(id))
        }
        Err(problems) => UnitPage::again(&app, &grant.visitor, id, form, problems).await,
    }
}

/// Sets the identifier.
pub(super) async fn identify(
    grant: Grant<ManageUnitTree>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<ChangeForm>,
) -> Result<Response> {
    match actions::identify(&app, &grant, Seen { id, version: form.version }, form.identifier.trim()).await? {
        Ok(()) => Ok(back(id)),
        Err(problems) => UnitPage::again(&app, &grant.visitor, id, form, problems).await,
    }
}

/// Moves the unit.
pub(super) async fn relocate(
    grant: Grant<ManageUnitTree>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<ChangeForm>,
) -> Result<Response> {
    if !grant.visitor.may("manage_unit_tree") {
        return Err(Error::Forbidden);
    }
    let parent = form.parent.parse().map_err(|_| Error::Refused("Chọn đơn vị cấp trên mới".into()))?;
    actions::relocate(&app, &grant, Seen { id, version: form.version }, parent).await?;
    Ok(back(id))
}

/// Ends the unit.
pub(super) async fn dissolve(
    grant: Grant<ManageUnitTree>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<ChangeForm>,
) -> Result<Response> {
    let mut problems = Problems::default();
    match form.day(&mut problems) {
        Some(last) => actions::dissolve(&app, &grant, Seen { id, version: form.version }, last).await.map(|()| back(id)),
        None => UnitPage::again(&app, &grant.visitor, id, form, problems).await,
    }
}

/// Attaches a regulation from a day.
pub(super) async fn attach_regulation(
    grant: Grant<ManageUnitTree>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<ChangeForm>,
) -> Result<Response> {
    let mut problems = Problems::default();
    let Some(on) = form.day(&mut problems) else { return UnitPage::again(&app, &grant.visitor, id, form, problems).await };
    match actions::attach_regulation(&app, &grant, id, &form.regulation, on).await? {
        Ok(()) => Ok(back(id)),
        Err(problems) => UnitPage::again(&app, &grant.visitor, id, form, problems).await,
    }
}
