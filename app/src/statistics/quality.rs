//! The quality of the staff: sex, Party, schooling and training, by group of people.

use super::figures::Figures;
use crate::{
    App,
    access::{Grant, ViewReports},
    error::Result,
    page::Page,
    quotas::{Ground, Rules},
    units::Place,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use law::RosterKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vault::{Read, Value};

/// Roster columns that are counted; nobody may read them less than the list of names.
const COUNTED: &[&str] = &["gender", "is_member", "highest_qualification", "political_theory", "state_management"];

#[derive(Serialize)]
struct Cell {
    people: i64,
    href: String,
}

#[derive(Serialize)]
struct Row {
    label: String,
    cells: Vec<Cell>,
}

/// One column of the roster: its name, and a row for each value met.
#[derive(Serialize)]
struct Part {
    label: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
pub(super) struct QualityPage {
    head: String,
    chosen: Option<Place>,
    above: Vec<Place>,
    present: i64,
    groups: Vec<String>,
    parts: Vec<Part>,
    quantity: String,
}

impl Page for QualityPage {
    const TEMPLATE: &'static str = "statistics/quality.html";

    fn samples() -> Vec<QualityPage> {
        let cell = |people: i64, href: &str| Cell { people, href: href.into() };
        let page = |present: i64, chosen: Option<Place>| QualityPage {
            head: "Sở Y tế".into(),
            above: chosen.iter().cloned().collect(),
            chosen,
            present,
            groups: vec!["Trong biên chế".into(), "Có mặt".into()],
            parts: vec![Part {
                label: "Giới tính".into(),
                rows: vec![Row { label: "Nữ".into(), cells: vec![cell(3, "/ho-so"), cell(0, "")] }],
            }],
            quantity: "/tong-hop".into(),
        };
        vec![page(3, Some(Place::sample())), page(0, None)]
    }
}

/// For which unit.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    dv: Option<i64>,
}

/// The page.
pub(super) async fn show(grant: Grant<ViewReports>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    QualityPage::new(&app, &grant, asked.dv).await?.show(&app, &grant.visitor)
}

impl QualityPage {
    async fn new(app: &App, grant: &Grant<ViewReports>, unit: Option<i64>) -> Result<QualityPage> {
        let ground = Ground::read(app, grant, unit).await?;
        let figures = Figures::read(app, grant, &ground, 0).await?;
        let codes: Vec<&str> = figures.groups.iter().map(|group| group.code.as_str()).collect();
        let columns: Vec<&law::RosterColumn> =
            COUNTED.iter().filter_map(|key| app.law.roster.iter().find(|column| column.key == *key)).collect();
        let visitor = &grant.visitor;
        let may_list = visitor.may("search") && visitor.may("view_record");
        let mut sums: Vec<BTreeMap<String, Vec<i64>>> = vec![BTreeMap::new(); columns.len()];
        for row in count(app, grant, &ground, &columns, &codes).await? {
            let (values, people) = row.values().split_at(columns.len());
            for (value, sum) in values.iter().zip(&mut sums) {
                let sum = sum.entry(code(value)).or_insert_with(|| vec![0; codes.len()]);
                sum.iter_mut().zip(people).for_each(|(sum, more)| *sum += if let Value::Int(more) = more { *more } else { 0 });
            }
        }
        let part = |(column, sum): (&&law::RosterColumn, BTreeMap<String, Vec<i64>>)| Part {
            label: column.label_vi.clone(),
            rows: in_order(app, column, sum)
                .into_iter()
                .map(|(value, sums)| row(app, column, &value, &sums, &codes, unit, may_list))
                .collect(),
        };
        Ok(QualityPage {
            head: ground.head().map_or_else(|| visitor.sign.unit_name.clone(), |unit| unit.name.clone()),
            present: figures.total.present(),
            parts: columns.iter().zip(sums).map(part).collect(),
            groups: figures.groups.iter().map(|group| group.label.clone()).collect(),
            quantity: unit.map_or_else(|| "/tong-hop".to_owned(), |unit| format!("/tong-hop?dv={unit}")),
            chosen: ground.chosen,
            above: ground.above,
        })
    }
}

/// People who are alike in all the columns, counted by group.
async fn count(
    app: &App,
    grant: &Grant<ViewReports>,
    ground: &Ground,
    columns: &[&law::RosterColumn],
    groups: &[&str],
) -> Result<Vec<vault::Row>> {
    let mut reader = app.db.read(grant);
    let rules = Rules::read(app, &mut reader).await?;
    let mut rows = Vec::new();
    for top in &ground.tops {
        let mut args: Vec<Value> = vec![top.as_str().into(), format!("{}0", top.trim_end_matches('/')).as_str().into()];
        let list: Vec<String> = columns.iter().map(|column| format!("r.{}", column.key)).collect();
        let mut sql = format!("SELECT {}", list.join(", "));
        for (place, group) in groups.iter().enumerate() {
            let mut bind = |value: Value| {
                args.push(value);
                format!("${}", args.len())
            };
            let condition = rules.condition(group, &mut bind, &|column| column.to_owned());
            sql.push_str(&format!(", COUNT(CASE WHEN {condition} THEN 1 END) AS g{place}"));
        }
        sql.push_str(&format!(
            " FROM {{roster}} r WHERE r.state = 'active' AND r.unit_path >= $1 AND r.unit_path < $2 GROUP BY {}",
            list.join(", ")
        ));
        rows.extend(reader.rows(&sql, &args).await?);
    }
    Ok(rows)
}

/// A stored value as lists are asked for it; empty when nothing is known.
fn code(value: &Value) -> String {
    match value {
        Value::Text(code) => code.clone(),
        Value::Bool(yes) => if *yes { "co" } else { "khong" }.to_owned(),
        Value::Int(number) => if *number != 0 { "co" } else { "khong" }.to_owned(),
        Value::Null | Value::Date(_) | Value::Instant(_) | Value::Json(_) | Value::Bytes(_) => String::new(),
    }
}

/// Values in the order of their list, what is not known last.
fn in_order(app: &App, column: &law::RosterColumn, mut sums: BTreeMap<String, Vec<i64>>) -> Vec<(String, Vec<i64>)> {
    let list = column.catalogue.as_ref().and_then(|key| app.law.catalogue(key));
    let mut known: Vec<String> = list.into_iter().flat_map(|list| &list.items).map(|item| item.code.clone()).collect();
    if column.kind == RosterKind::Bool {
        known = vec!["co".into(), "khong".into()];
    }
    let mut ordered: Vec<(String, Vec<i64>)> = known.into_iter().filter_map(|code| sums.remove_entry(&code)).collect();
    let unknown = sums.remove_entry("");
    ordered.extend(sums);
    ordered.extend(unknown);
    ordered.retain(|(_, people)| people.iter().any(|people| *people > 0));
    ordered
}

fn row(app: &App, column: &law::RosterColumn, value: &str, sums: &[i64], groups: &[&str], unit: Option<i64>, may_list: bool) -> Row {
    let label = match (value, &column.catalogue) {
        ("", _) => "Chưa nhập".to_owned(),
        ("co", None) => "Có".to_owned(),
        ("khong", None) => "Không".to_owned(),
        (code, Some(key)) => app.law.catalogue(key).map_or(code, |list| list.label(code)).to_owned(),
        (code, None) => code.to_owned(),
    };
    let cell = |(people, group): (&i64, &&str)| {
        let mut pairs = Vec::new();
        pairs.extend(unit.map(|unit| ("dv", unit.to_string())));
        pairs.push(("nhom", (*group).to_owned()));
        pairs.push(("loc", if value.is_empty() { format!("{}~thieu", column.key) } else { format!("{}~la~{value}", column.key) }));
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        Cell { people: *people, href: if *people > 0 && may_list { format!("/ho-so?{query}") } else { String::new() } }
    };
    Row { label, cells: sums.iter().zip(groups).map(cell).collect() }
}
