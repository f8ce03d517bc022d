//! The queue: overdue, today, this week, later.

use crate::{
    App,
    access::{Grant, ListRecords},
    error::Result,
    form::show_day,
    obligations::{self, Counts, Owed, Part, Wanted},
    page::Page,
    units::{self, Place},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use jiff::{ToSpan, civil::Date};
use law::{Law, regulation::Unit};
use serde::{Deserialize, Serialize};

/// Duties on a page.
const PAGE: usize = 50;
/// Parts of the queue: word in the address, name, class of its list.
const PARTS: &[(&str, Part, &str, &str)] = &[
    ("qua-han", Part::Overdue, "Quá hạn", "queue-late"),
    ("hom-nay", Part::Today, "Hôm nay", "queue-today"),
    ("tuan-nay", Part::Soon, "Tuần này", ""),
    ("sau", Part::Later, "Về sau", ""),
];

/// A duty in words.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Line {
    id: i64,
    day: String,
    weekday: &'static str,
    what: String,
    dossier: Option<i64>,
    name: Option<String>,
    unit: String,
    since: String,
    /// Where the thing is done.
    href: String,
    act: &'static str,
    article: String,
    silent: bool,
    provisional: bool,
    /// Class and words of the badge.
    badge: (&'static str, String),
}

/// A part of the page.
#[derive(Clone, Debug, Default, Serialize)]
struct Section {
    key: &'static str,
    name: &'static str,
    class: &'static str,
    count: i64,
    lines: Vec<Line>,
}

#[derive(Serialize)]
pub(super) struct QueuePage {
    place: Option<Place>,
    counts: Counts,
    sections: Vec<Section>,
    /// Chosen part; empty for all.
    part: String,
    /// Terms one may choose: id, name.
    events: Vec<(String, String)>,
    event: String,
    next: Option<String>,
    is_first: bool,
    has_below: bool,
}

impl Page for QueuePage {
    const TEMPLATE: &'static str = "reminders/queue.html";

    fn samples() -> Vec<QueuePage> {
        let line = |dossier: Option<i64>| Line {
            id: 1,
            day: "06/11/2026".into(),
            weekday: "thứ Sáu",
            what: "Cập nhật theo quyết định".into(),
            dossier,
            name: dossier.map(|_| "Lò Thị Mai".into()),
            href: "/ho-so/1".into(),
            act: "Mở hồ sơ",
            article: "YB-11.2.c".into(),
            silent: dossier.is_none(),
            provisional: dossier.is_none(),
            badge: ("badge is-late", "chậm 9 ngày".into()),
            ..Line::default()
        };
        let section = |lines: Vec<Line>| Section { key: "qua-han", name: "Quá hạn", class: "queue-late", count: 2, lines };
        let page = |sections: Vec<Section>, next: Option<&str>| QueuePage {
            place: next.map(|_| Place::sample()),
            counts: Counts { total: 2, overdue: 2, ..Counts::default() },
            sections,
            part: next.map(|_| "qua-han".to_owned()).unwrap_or_default(),
            events: vec![("move_out_send".into(), "Chuyển hồ sơ sang đơn vị khác".into())],
            event: String::new(),
            next: next.map(str::to_owned),
            is_first: next.is_none(),
            has_below: true,
        };
        vec![page(vec![section(vec![line(Some(1)), line(None)])], Some("phan=qua-han&sau=2026-11-06.1")), page(Vec::new(), None)]
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    phan: String,
    viec: String,
    dv: Option<i64>,
    /// Day and id of the last one on the page before.
    sau: String,
}

/// Today and the last day of this week.
pub(super) fn days(app: &App) -> (Date, Date) {
    let today = app.today();
    let left = 7 - i64::from(today.weekday().to_monday_one_offset());
    (today, today.saturating_add(left.days()))
}

/// What is owed inside the area.
pub(super) async fn list(grant: Grant<ListRecords>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let days = days(&app);
    let mut reader = app.db.read(&*grant);
    let place = match asked.dv {
        Some(id) => Some(units::place(&mut reader, id).await?),
        None => None,
    };
    let top = place.as_ref().map_or("/", |place| place.path.as_str());
    let chosen = PARTS.iter().find(|(key, ..)| *key == asked.phan).copied();
    let after = asked.sau.rsplit_once('.').and_then(|(day, id)| Some((day.parse::<Date>().ok()?, id.parse::<i64>().ok()?)));
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let part = chosen.map_or(Part::All, |(_, part, ..)| part);
    let (account, question) = (grant.viewer().account_id(), format!("counts {top} {}", days.0));
    let counting = async { obligations::counts(&mut app.db.read(&*grant), top, days).await };
    let counts = obligations::remembered(&app, account, question, |counts: &Counts| counts.total > obligations::LONG, counting).await?;
    let wanted = Wanted { top, part, event: &asked.viec, days, after, limit, is_long: counts.total > obligations::LONG };
    let mut owed = obligations::page(&mut reader, &wanted).await?;
    let more = owed.len() > PAGE;
    owed.truncate(PAGE);
    let next = owed.last().filter(|_| more).map(|last| {
        let unit = asked.dv.map(|id| id.to_string()).unwrap_or_default();
        let pairs =
            [("phan", asked.phan.clone()), ("viec", asked.viec.clone()), ("dv", unit), ("sau", format!("{}.{}", last.due_on, last.id))];
        serde_urlencoded::to_string(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>()).unwrap_or_default()
    });
    let regulation = app.db.regulation_at(grant.visitor.viewer.unit_path(), days.0).await?.and_then(|code| app.law.regulation(&code));
    let events = regulation.iter().flat_map(|regulation| &regulation.deadlines).filter(|deadline| deadline.enabled);
    let page = QueuePage {
        counts,
        sections: sections(&app, &owed, days, &counts),
        part: chosen.map(|(key, ..)| key.to_owned()).unwrap_or_default(),
        events: events.map(|deadline| (deadline.id.clone(), deadline.event_vi.clone())).collect(),
        event: asked.viec,
        next,
        is_first: after.is_none(),
        has_below: grant.visitor.may("view_reports"),
        place,
    };
    page.show(&app, &grant.visitor)
}

fn sections(app: &App, owed: &[Owed], (today, soon): (Date, Date), counts: &Counts) -> Vec<Section> {
    let inside = |part: Part, on: Date| match part {
        Part::Overdue => on < today,
        Part::Today => on == today,
        Part::Soon => on > today && on <= soon,
        Part::Later => on > soon,
        Part::All => true,
    };
    let count = |part: Part| match part {
        Part::Overdue => counts.overdue,
        Part::Today => counts.today,
        Part::Soon => counts.soon,
        Part::Later => counts.later(),
        Part::All => counts.total,
    };
    let all = PARTS.iter().map(|&(key, part, name, class)| {
        let lines = owed.iter().filter(|owed| inside(part, owed.due_on)).map(|owed| line(&app.law, owed, today)).collect();
        Section { key, name, class, count: count(part), lines }
    });
    all.filter(|section| !section.lines.is_empty()).collect()
}

/// The name of a day of the week.
pub(super) fn weekday(day: Date) -> &'static str {
    match day.weekday().to_monday_one_offset() {
        1 => "thứ Hai",
        2 => "thứ Ba",
        3 => "thứ Tư",
        4 => "thứ Năm",
        5 => "thứ Sáu",
        6 => "thứ Bảy",
        _ => "Chủ nhật",
    }
}

/// Days between, as the term counts them: working days where it runs in working days.
fn between(law: &Law, owed: &Owed, from: Date, until: Date) -> usize {
    let term = law.regulation(&owed.regulation).and_then(|regulation| regulation.deadline(&owed.event));
    let works = term.is_some_and(|term| term.unit == Unit::WorkingDays);
    let days = law.calendar.days_after(from).take_while(|day| day.date <= until);
    days.filter(|day| !works || day.is_working()).count()
}

fn line(law: &Law, owed: &Owed, today: Date) -> Line {
    let badge = match owed.due_on.cmp(&today) {
        std::cmp::Ordering::Less => ("badge is-late", format!("chậm {} ngày", between(law, owed, owed.due_on, today))),
        std::cmp::Ordering::Equal => ("badge is-wait", "đến hạn".into()),
        std::cmp::Ordering::Greater => ("badge", format!("còn {} ngày", between(law, owed, today, owed.due_on))),
    };
    let (href, act) = place_of(owed);
    Line {
        id: owed.id,
        day: show_day(owed.due_on),
        weekday: weekday(owed.due_on),
        what: what(law, owed),
        dossier: owed.dossier.filter(|_| owed.name.is_some()),
        name: owed.name.clone(),
        unit: owed.unit_name.clone(),
        since: show_day(owed.counted_from),
        href,
        act,
        article: owed.article.clone(),
        silent: owed.silent,
        provisional: owed.provisional,
        badge,
    }
}

/// What is to be done, in the words of the regulation's data.
pub(super) fn what(law: &Law, owed: &Owed) -> String {
    let term = law.regulation(&owed.regulation).and_then(|regulation| regulation.deadline(&owed.event));
    term.map_or_else(|| owed.event.clone(), |term| term.event_vi.clone())
}

/// Where a duty is done.
pub(super) fn place_of(owed: &Owed) -> (String, &'static str) {
    match (owed.about.0.as_str(), owed.dossier) {
        ("movements", _) if owed.event == "move_in_forward" => ("/chuyen-ho-so".into(), "Mở điều chuyển"),
        ("movements", Some(dossier)) if owed.event.starts_with("leave") => (format!("/ho-so/{dossier}/thoi"), "Khép hồ sơ"),
        ("movements", Some(dossier)) => (format!("/ho-so/{dossier}/chuyen"), "Chuyển hồ sơ"),
        ("transfers", _) => ("/chuyen-ho-so".into(), "Mở điều chuyển"),
        ("declarations", Some(dossier)) => (format!("/ho-so/{dossier}/khai-bao"), "Mở khai báo"),
        ("decisions", _) => (format!("/quyet-dinh/{}", owed.about.1), "Mở quyết định"),
        ("units", _) => (format!("/ra-soat?dv={}", owed.about.1), "Rà soát"),
        (_, Some(dossier)) => (format!("/ho-so/{dossier}"), "Mở hồ sơ"),
        (_, None) => (format!("/thoi-han/{}", owed.id), "Xem"),
    }
}
