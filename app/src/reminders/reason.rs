//! Why something is due on its day: the article, the steps of the count, each day and why it did or did not count.

use super::{
    acts,
    pages::{place_of, weekday, what},
};
use crate::{
    App,
    access::{ConfigureSystem, Grant, ListRecords},
    dossiers,
    error::Result,
    form::{Problems, show_day},
    obligations,
    page::Page,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// A day of the count.
#[derive(Serialize)]
struct DayLine {
    day: String,
    weekday: &'static str,
    counted: Option<u32>,
    why: String,
}

#[derive(Serialize)]
pub(super) struct ReasonPage {
    what: String,
    name: Option<String>,
    dossier: Option<i64>,
    unit: String,
    due: String,
    since: String,
    article: String,
    silent: bool,
    provisional: bool,
    responsible: String,
    /// Sentence and source.
    because: Vec<(String, String)>,
    days: Vec<DayLine>,
    /// When it ended and by whom, and how many days late.
    ended: Option<String>,
    href: String,
    act: &'static str,
    id: i64,
    /// What was handed in is noted here; nothing else would end the duty.
    may_settle: bool,
    /// The day it is counted from may be corrected.
    may_restart: bool,
    form: Form,
    problems: Problems,
}

/// What was typed about the duty.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    /// When it was done, or from when it is counted.
    pub(super) ngay: String,
    /// Why.
    pub(super) ly_do: String,
}

impl Page for ReasonPage {
    const TEMPLATE: &'static str = "reminders/reason.html";

    fn samples() -> Vec<ReasonPage> {
        let page = |ended: Option<&str>| ReasonPage {
            what: "Cập nhật theo quyết định".into(),
            name: ended.map(|_| "Lò Thị Mai".into()),
            dossier: ended.map(|_| 1),
            unit: "Bệnh viện Đa khoa".into(),
            due: "06/11/2026".into(),
            since: "03/11/2026".into(),
            article: "YB-11.2.c".into(),
            silent: ended.is_none(),
            provisional: ended.is_none(),
            responsible: "Đơn vị quản lý hồ sơ".into(),
            because: vec![("3 ngày làm việc".into(), "Điều 11".into())],
            days: vec![DayLine { day: "04/11/2026".into(), weekday: "thứ Tư", counted: Some(1), why: "ngày làm việc".into() }],
            ended: ended.map(str::to_owned),
            href: "/ho-so/1".into(),
            act: "Mở hồ sơ",
            id: 1,
            may_settle: ended.is_none(),
            may_restart: ended.is_none(),
            form: Form::default(),
            problems: Problems::default(),
        };
        vec![page(None), page(Some("19/11/2026, Hà Thị Mẫu, chậm 9 ngày"))]
    }
}

/// One duty, explained.
pub(super) async fn show(grant: Grant<ListRecords>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    page(&app, &grant, id).await?.show(&app, &grant.visitor)
}

impl ReasonPage {
    /// The same with what was typed and is wrong.
    pub(super) fn again(self, app: &App, grant: &Grant<ListRecords>, form: Form, problems: Problems) -> Result<Response> {
        ReasonPage { form, problems, ..self }.show_again(app, &grant.visitor)
    }
}

/// The page of one duty.
pub(super) async fn page(app: &App, grant: &Grant<ListRecords>, id: i64) -> Result<ReasonPage> {
    let owed = obligations::one(&mut app.db.read(&**grant), id).await?;
    let due = obligations::due(app, &owed.unit_path, &owed.event, owed.counted_from).await?.map(|(_, due)| due);
    let late = owed.days_late(app.today());
    let ended = owed.ended.as_ref().map(|(on, by)| match (owed.state.as_str(), late) {
        ("cancelled", _) => format!("thôi theo dõi ngày {}, {by}", show_day(*on)),
        (_, Some(days)) => format!("xong ngày {}, {by}, chậm {days} ngày", show_day(*on)),
        (_, None) => format!("xong ngày {}, {by}, đúng hạn", show_day(*on)),
    });
    let (href, act) = place_of(&owed);
    let may_act = owed.state == "open" && dossiers::may_edit(&grant.visitor.viewer, &owed.unit_path);
    Ok(ReasonPage {
        id,
        may_settle: may_act && acts::is_handed_in(&owed),
        may_restart: may_act,
        form: Form::default(),
        problems: Problems::default(),
        what: what(&app.law, &owed),
        dossier: owed.dossier.filter(|_| owed.name.is_some()),
        name: owed.name,
        unit: owed.unit_name,
        due: show_day(owed.due_on),
        since: show_day(owed.counted_from),
        article: owed.article,
        silent: owed.silent,
        provisional: owed.provisional,
        responsible: due.as_ref().map(|due| due.responsible_vi.clone()).unwrap_or_default(),
        because: due.iter().flat_map(|due| &due.because).map(|reason| (reason.sentence.clone(), reason.source.clone())).collect(),
        days: due
            .iter()
            .flat_map(|due| &due.days)
            .map(|day| DayLine { day: show_day(day.date), weekday: weekday(day.date), counted: day.counted, why: day.why.clone() })
            .collect(),
        ended,
        href,
        act,
    })
}

/// Counts everything open anew, after a notice changed the calendar.
pub(super) async fn recount(grant: Grant<ConfigureSystem>, State(app): State<App>) -> Result<Response> {
    obligations::recount(&app, &grant).await?;
    Ok(Redirect::to("/thoi-han").into_response())
}
