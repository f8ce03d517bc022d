//! The overview: units in lines, groups of people in columns.

use super::{
    figures::{Figures, Group, Kind, Line},
    table::Table,
};
use crate::{
    App,
    access::{Grant, ViewReports},
    error::Result,
    page::{Page, thousands},
    quotas::{BESIDE, Ground, IN_QUOTA, Tally},
    units::Place,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::{Deserialize, Serialize};

/// Units shown at once; a larger tree is opened branch by branch.
const SHOWN: usize = 600;

/// A heading that sorts.
#[derive(Serialize)]
struct Head {
    label: String,
    article: String,
    href: String,
    order: &'static str,
}

/// A kind of staff in words, and its people.
#[derive(Serialize)]
struct KindLine {
    kind: String,
    contract: String,
    in_quota: bool,
    people: i64,
    href: String,
}

#[derive(Serialize)]
pub(super) struct OverviewPage {
    head: String,
    chosen: Option<Place>,
    above: Vec<Place>,
    /// `10 trong biên chế, 2 hợp đồng`.
    summary: String,
    present: i64,
    name: Head,
    groups: Vec<Head>,
    rest: Vec<Head>,
    body: String,
    lines: usize,
    cut: bool,
    kinds: Vec<KindLine>,
    missing: i64,
    silent: i64,
    bodies: i64,
    may_list: bool,
    quality: String,
    sorted: bool,
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "statistics/overview.html";

    fn samples() -> Vec<OverviewPage> {
        let head = |label: &str, order| Head { label: label.into(), article: "YB-4.2.b".into(), href: "/tong-hop?xep=ten".into(), order };
        let page = |lines: usize, chosen: Option<Place>| OverviewPage {
            head: "Sở Y tế".into(),
            above: chosen.iter().cloned().collect(),
            chosen,
            summary: "10 trong biên chế, 2 hợp đồng".into(),
            present: 12,
            name: head("Đơn vị", "ascending"),
            groups: vec![head("Trong biên chế", ""), head("Hợp đồng theo Nghị định 68", "descending")],
            rest: vec![head("Được giao", "")],
            body: "<tr><th scope=\"row\">Sở Y tế</th><td>10</td><td>2</td><td>–</td></tr>".into(),
            lines,
            cut: lines > 1,
            kinds: vec![KindLine {
                kind: "Người lao động".into(),
                contract: "Hợp đồng theo Nghị định 68".into(),
                in_quota: lines > 1,
                people: 2,
                href: if lines > 1 { String::new() } else { "/ho-so".into() },
            }],
            missing: 2,
            silent: 1,
            bodies: i64::try_from(lines).unwrap_or(0),
            may_list: true,
            quality: "/tong-hop/chat-luong".into(),
            sorted: lines > 1,
        };
        vec![page(0, None), page(1, Some(Place::sample())), page(2, None)]
    }
}

/// What the overview is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    dv: Option<i64>,
    xep: String,
}

/// The overview.
pub(super) async fn show(grant: Grant<ViewReports>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    OverviewPage::new(&app, &grant, &asked).await?.show(&app, &grant.visitor)
}

impl OverviewPage {
    async fn new(app: &App, grant: &Grant<ViewReports>, asked: &Asked) -> Result<OverviewPage> {
        let ground = Ground::read(app, grant, asked.dv).await?;
        let mut figures = Figures::read(app, grant, &ground, SHOWN).await?;
        let sorted = sort(&mut figures.lines, &asked.xep);
        let visitor = &grant.visitor;
        let may_list = visitor.may("search") && visitor.may("view_record");
        let table = Table { groups: &figures.groups, may_list, cut: figures.cut };
        let head = |key: &str, label: &str, article: &str| asked.head(key, label, article);
        Ok(OverviewPage {
            head: ground.head().map_or_else(|| visitor.sign.unit_name.clone(), |unit| unit.name.clone()),
            summary: summary(&figures.total),
            present: figures.total.present(),
            name: head("ten", "Đơn vị", ""),
            groups: figures.groups.iter().map(|group: &Group| head(&group.code, &group.label, &group.article)).collect(),
            rest: REST.iter().map(|(key, label)| head(key, label, "")).collect(),
            body: table.body(&figures.lines),
            lines: figures.lines.len(),
            cut: figures.cut,
            kinds: figures.kinds.iter().map(|kind| kind_line(app, kind, asked.dv, may_list)).collect(),
            missing: figures.said.missing,
            silent: figures.said.silent,
            bodies: figures.said.bodies,
            may_list,
            quality: asked.dv.map_or_else(|| "/tong-hop/chat-luong".to_owned(), |unit| format!("/tong-hop/chat-luong?dv={unit}")),
            sorted,
            chosen: ground.chosen,
            above: ground.above,
        })
    }
}

/// Columns behind the groups: how they are asked for, and their headings.
const REST: &[(&str, &str)] = &[
    ("duoc-giao", "Biên chế được giao"),
    ("chua-thuc-hien", "Chưa thực hiện"),
    ("bao", "Đơn vị báo có mặt"),
    ("thieu", "So với số báo"),
    ("chua-du", "Hồ sơ chưa đầy đủ"),
    ("day-du", "Mức đầy đủ"),
    ("sai-lech", "Hồ sơ có sai lệch"),
    ("chinh-xac", "Độ chính xác"),
];

impl Asked {
    fn head(&self, key: &str, label: &str, article: &str) -> Head {
        let (backwards, by) = (self.xep.starts_with('-'), self.xep.trim_start_matches('-'));
        let here = by == key;
        // Names run from the first, figures from the largest; the third click is the tree again.
        let (first, second) = if key == "ten" { ("", "-") } else { ("-", "") };
        let next = match (here, backwards == (first == "-")) {
            (false, _) => Some(first),
            (true, true) => Some(second),
            (true, false) => None,
        };
        let mut pairs = Vec::new();
        pairs.extend(self.dv.map(|unit| ("dv", unit.to_string())));
        pairs.extend(next.map(|sign| ("xep", format!("{sign}{key}"))));
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        Head {
            label: label.to_owned(),
            article: if article == "silent" { String::new() } else { article.to_owned() },
            href: if query.is_empty() { "/tong-hop".to_owned() } else { format!("/tong-hop?{query}") },
            order: match (here, backwards) {
                (false, _) => "",
                (true, false) => "ascending",
                (true, true) => "descending",
            },
        }
    }
}

/// Puts the lines in the order asked for; whether any was.
fn sort(lines: &mut [Line], asked: &str) -> bool {
    let (backwards, by) = (asked.starts_with('-'), asked.trim_start_matches('-'));
    if by.is_empty() {
        return false;
    }
    let none = i64::MIN;
    match by {
        "ten" => lines.sort_by(|a, b| a.name.cmp(&b.name)),
        "duoc-giao" => lines.sort_by_key(|line| line.assigned.unwrap_or(none)),
        "chua-thuc-hien" => lines.sort_by_key(|line| line.unfilled().unwrap_or(none)),
        "bao" => lines.sort_by_key(|line| line.said.present),
        "thieu" => lines.sort_by_key(|line| line.said.missing),
        "chua-du" => lines.sort_by_key(Line::incomplete),
        "day-du" => lines.sort_by_key(|line| line.tally.percent().unwrap_or(none)),
        "sai-lech" => lines.sort_by_key(|line| line.flagged),
        "chinh-xac" => lines.sort_by_key(|line| line.accuracy().unwrap_or(none)),
        group => lines.sort_by_key(|line| line.tally.of(group)),
    }
    if backwards {
        lines.reverse();
    }
    lines.iter_mut().for_each(|line| line.depth = 0);
    true
}

/// `10 trong biên chế, 2 hợp đồng`, and who is neither.
fn summary(total: &Tally) -> String {
    let mut words = format!("{} trong biên chế, {} hợp đồng", thousands(total.in_quota), thousands(total.contracts()));
    if total.other > 0 {
        words.push_str(&format!(", {} khác, chưa rõ căn cứ hợp đồng", thousands(total.other)));
    }
    words
}

fn kind_line(app: &App, kind: &Kind, unit: Option<i64>, may_list: bool) -> KindLine {
    let label = |list: &str, code: &str| app.law.catalogue(list).map_or(code, |list| list.label(code)).to_owned();
    let mut pairs = Vec::new();
    pairs.extend(unit.map(|unit| ("dv", unit.to_string())));
    match kind.personnel_type.is_empty() {
        true => pairs.push(("loc", "personnel_type~thieu".to_owned())),
        false => pairs.push(("loai", kind.personnel_type.clone())),
    }
    pairs.push(("nhom", if kind.in_quota { IN_QUOTA } else { BESIDE }.to_owned()));
    match kind.contract_type.as_deref() {
        None => {}
        Some("") => pairs.push(("loc", "contract_type~thieu".to_owned())),
        Some(contract) => pairs.push(("loc", format!("contract_type~la~{contract}"))),
    }
    KindLine {
        kind: if kind.personnel_type.is_empty() {
            "Chưa nhập loại đối tượng".to_owned()
        } else {
            label("personnel_types", &kind.personnel_type)
        },
        contract: match kind.contract_type.as_deref() {
            None => String::new(),
            Some("") => "chưa nhập hợp đồng".to_owned(),
            Some(contract) => label("contract_types", contract),
        },
        in_quota: kind.in_quota,
        people: kind.people,
        href: if may_list { format!("/ho-so?{}", serde_urlencoded::to_string(pairs).unwrap_or_default()) } else { String::new() },
    }
}
