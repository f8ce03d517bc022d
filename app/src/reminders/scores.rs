//! The scoreboard: how each unit kept its terms in a month, how complete and how accurate its dossiers are, and the score made of them.
//!
//! The score is the mean of the measures that the regulation names and that can be computed; the rule stands on the page.

use crate::{
    App,
    access::{Grant, ListRecords},
    error::Result,
    obligations::{self, Kept},
    page::Page,
    units::{self, Place},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vault::Read;

/// Units on the page.
const LINES: usize = 400;
const DOSSIERS: &str = "
    SELECT r.unit_path, COUNT(*) AS people, SUM(CASE WHEN r.completeness >= 100 THEN 1 ELSE 0 END) AS complete,
        SUM(CASE WHEN EXISTS (SELECT 1 FROM {discrepancies} x WHERE x.dossier_id = r.dossier_id AND x.state = 'open') THEN 1 ELSE 0 END) AS differing
    FROM {roster} r WHERE r.state = 'active' GROUP BY r.unit_path";

/// What a unit and everything below it comes to.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    kept: Kept,
    people: i64,
    complete: i64,
    differing: i64,
}

/// A line of the board.
#[derive(Clone, Debug, Default, Serialize)]
struct Line {
    id: i64,
    name: String,
    depth: usize,
    kept: Kept,
    timeliness: Option<i64>,
    completeness: Option<i64>,
    accuracy: Option<i64>,
    people: i64,
    incomplete: i64,
    differing: i64,
    score: Option<i64>,
    rank: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct ScoresPage {
    month: String,
    before: String,
    after: Option<String>,
    lines: Vec<Line>,
    cut: bool,
    article: String,
    silent: bool,
    measures: Vec<&'static str>,
}

impl Page for ScoresPage {
    const TEMPLATE: &'static str = "reminders/scores.html";

    fn samples() -> Vec<ScoresPage> {
        let line = |rank: Option<usize>| Line {
            id: 1,
            name: "Sở Y tế".into(),
            kept: Kept { in_time: 3, late: 1, overdue: 1 },
            timeliness: Some(60),
            completeness: rank.map(|_| 90),
            score: rank.map(|_| 75),
            rank,
            ..Line::default()
        };
        let page = |lines: Vec<Line>, after: Option<&str>| ScoresPage {
            month: "11/2026".into(),
            before: "2026-10".into(),
            after: after.map(str::to_owned),
            lines,
            cut: after.is_some(),
            article: "YB-21.1".into(),
            silent: after.is_none(),
            measures: vec!["đúng hạn", "đầy đủ"],
        };
        vec![page(vec![line(Some(1)), line(None)], Some("2026-12")), page(Vec::new(), None)]
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    /// `2026-11`; this month when it is nothing.
    thang: String,
}

/// Measures of the regulations that can be computed here.
const MEASURES: &[(&str, &str)] = &[("timeliness", "đúng hạn"), ("completeness", "đầy đủ"), ("accuracy", "chính xác")];

fn percent(part: i64, whole: i64) -> Option<i64> {
    (part * 100).checked_div(whole)
}

/// The board of a month.
pub(super) async fn show(grant: Grant<ListRecords>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let today = app.today();
    let first: Date = format!("{}-01", asked.thang).parse().unwrap_or_else(|_| today.first_of_month());
    let span = (first, first.last_of_month());
    let mut reader = app.db.read(&*grant);
    let (account, question) = (grant.viewer().account_id(), format!("scores {first} {today}"));
    let many = |sums: &BTreeMap<String, Sums>| sums.values().map(|sum| sum.people).sum::<i64>() > obligations::LONG;
    let sums = obligations::remembered(&app, account, question, many, sums(&app, &grant, span, today)).await?;
    let regulation = obligations::regulation(&app, grant.visitor.viewer.unit_path(), today).await?;
    let ranking = regulation.as_ref().map(|regulation| &regulation.ranking);
    let named = |measure: &str| ranking.is_none_or(|ranking| ranking.measures.iter().any(|known| known == measure));
    let measures: Vec<(&str, &'static str)> = MEASURES.iter().filter(|(code, _)| named(code)).copied().collect();
    let places = units::places(&mut reader, "/").await?;
    let inside: Vec<&Place> = places.iter().filter(|place| grant.reaches_unit(&place.path)).collect();
    let shallowest = inside.iter().map(|place| place.depth()).min().unwrap_or_default();
    let cut = inside.len() > LINES;
    let shown = inside.into_iter().filter(|place| !cut || place.depth() <= shallowest + 1);
    let mut lines: Vec<Line> = shown.map(|place| line(place, place.depth() - shallowest, &sums, &measures)).collect();
    rank(&mut lines);
    let month = |day: Date| day.strftime("%Y-%m").to_string();
    let next = first.saturating_add(1.month());
    let page = ScoresPage {
        month: first.strftime("%m/%Y").to_string(),
        before: month(first.saturating_sub(1.month())),
        after: (next <= today).then(|| month(next)),
        lines,
        cut,
        article: ranking.map(|ranking| ranking.article.clone()).unwrap_or_default(),
        silent: ranking.is_none_or(|ranking| ranking.silent),
        measures: measures.iter().map(|(_, words)| *words).collect(),
    };
    page.show(&app, &grant.visitor)
}

/// What each unit by itself comes to, by its path.
async fn sums(app: &App, grant: &Grant<ListRecords>, span: (Date, Date), today: Date) -> Result<BTreeMap<String, Sums>> {
    let mut reader = app.db.read(&**grant);
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for (path, kept) in obligations::kept_by_unit(&mut reader, "/", span, today).await? {
        let sum = sums.entry(path).or_default();
        sum.kept = add(sum.kept, kept);
    }
    for row in reader.rows(DOSSIERS, &[]).await? {
        let sum = sums.entry(row.text("unit_path")?).or_default();
        sum.people += row.int("people")?;
        sum.complete += row.int("complete")?;
        sum.differing += row.int("differing")?;
    }
    Ok(sums)
}

fn add(one: Kept, other: Kept) -> Kept {
    Kept { in_time: one.in_time + other.in_time, late: one.late + other.late, overdue: one.overdue + other.overdue }
}

fn line(place: &Place, depth: usize, sums: &BTreeMap<String, Sums>, measures: &[(&str, &str)]) -> Line {
    let below = sums.range(place.path.clone()..).take_while(|(path, _)| path.starts_with(&place.path)).map(|(_, sum)| sum);
    let sum = below.fold(Sums::default(), |all, one| Sums {
        kept: add(all.kept, one.kept),
        people: all.people + one.people,
        complete: all.complete + one.complete,
        differing: all.differing + one.differing,
    });
    let timeliness = percent(sum.kept.in_time, sum.kept.in_time + sum.kept.late + sum.kept.overdue);
    let (completeness, accuracy) = (percent(sum.complete, sum.people), percent(sum.people - sum.differing, sum.people));
    let value = |code: &str| match code {
        "timeliness" => timeliness,
        "completeness" => completeness,
        _ => accuracy,
    };
    let known: Vec<i64> = measures.iter().filter_map(|(code, _)| value(code)).collect();
    let score = i64::try_from(known.len()).ok().and_then(|many| known.iter().sum::<i64>().checked_div(many));
    Line {
        id: place.id,
        name: place.name.clone(),
        depth,
        kept: sum.kept,
        timeliness,
        completeness,
        accuracy,
        people: sum.people,
        incomplete: sum.people - sum.complete,
        differing: sum.differing,
        score,
        rank: None,
    }
}

/// Ranks units of one depth among each other; equal scores share a rank.
fn rank(lines: &mut [Line]) {
    let scores: Vec<(usize, i64)> = lines.iter().filter_map(|line| Some((line.depth, line.score?))).collect();
    for line in lines.iter_mut() {
        let Some(score) = line.score else { continue };
        line.rank = Some(1 + scores.iter().filter(|(depth, other)| *depth == line.depth && *other > score).count());
    }
}
