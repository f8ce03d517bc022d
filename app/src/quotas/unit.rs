//! One unit: what it may have and has, kind by kind; the decisions behind it; what it said of its people.

use super::{
    Ground, Posts, Quota, Reported, Rules, Tallies, actions,
    board::{asked_of, may_list},
    forms::ReportForm,
    headcount, queries, said,
};
use crate::{
    App,
    access::{CreateRecord, Grant, ManageQuota, ViewReports, Visitor},
    error::{Error, Result},
    form::{Problems, show_day, show_moment},
    page::Page,
    units::Place,
};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use std::collections::HashMap;

/// Posts of one kind.
#[derive(Serialize)]
struct Kind {
    label: String,
    in_quota: bool,
    assigned: Option<i64>,
    /// The decision behind the number.
    decision: String,
    present: i64,
    people: String,
    unfilled: Option<i64>,
}

/// A decision of the past or the present.
#[derive(Serialize)]
struct Decided {
    year: i64,
    kind: String,
    assigned: i64,
    number: String,
    signed_on: String,
    issuer: String,
    corrected: bool,
}

/// What the unit said.
#[derive(Serialize)]
struct Report {
    as_of: String,
    present: i64,
    by: String,
    at: String,
}

#[derive(Serialize)]
pub(super) struct UnitPage {
    unit: Place,
    above: Vec<Place>,
    kinds: Vec<Kind>,
    decided: Vec<Decided>,
    reports: Vec<Report>,
    /// Dossiers of the unit and its inner sections.
    dossiers: i64,
    /// By how much the last report passes the dossiers; below nothing when there are more dossiers.
    missing: Option<i64>,
    may_list: bool,
    may_manage: bool,
    may_report: bool,
    form: ReportForm,
    problems: Problems,
}

impl Page for UnitPage {
    const TEMPLATE: &'static str = "quotas/unit.html";

    fn samples() -> Vec<UnitPage> {
        let page = |missing: Option<i64>, may: bool| {
            let mut problems = Problems::default();
            if may {
                problems.add("present", "Nhập số người có mặt");
            }
            UnitPage {
                unit: Place::sample(),
                above: vec![Place::sample()],
                kinds: vec![Kind {
                    label: "Biên chế cán bộ, công chức".into(),
                    in_quota: true,
                    assigned: missing,
                    decision: "12/QĐ-UBND ngày 15/01/2026".into(),
                    present: 28,
                    people: "nhom=tinh".into(),
                    unfilled: missing.map(|missing| -missing),
                }],
                decided: missing
                    .map(|assigned| Decided {
                        year: 2026,
                        kind: "Biên chế cán bộ, công chức".into(),
                        assigned,
                        number: "12/QĐ-UBND".into(),
                        signed_on: "15/01/2026".into(),
                        issuer: "UBND tỉnh".into(),
                        corrected: true,
                    })
                    .into_iter()
                    .collect(),
                reports: missing
                    .map(|present| Report {
                        as_of: "31/10/2026".into(), present, by: "Hà Thị Mẫu".into(), at: "08:42 01/11/2026".into()
                    })
                    .into_iter()
                    .collect(),
                dossiers: 26,
                missing,
                may_list: may,
                may_manage: may,
                may_report: may,
                form: ReportForm::default(),
                problems,
            }
        };
        vec![page(Some(2), true), page(Some(-1), false), page(Some(0), false), page(None, false)]
    }
}

impl UnitPage {
    async fn new(app: &App, grant: &Grant<ViewReports>, id: i64, form: ReportForm, problems: Problems) -> Result<UnitPage> {
        let ground = Ground::read(app, grant, Some(id)).await?;
        let unit = ground.chosen.clone().ok_or(Error::NotFound)?;
        let mut reader = app.db.read(grant);
        let rules = Rules::read(app, &mut reader).await?;
        let people = headcount::alike(&mut reader, &unit.path).await?;
        let standing = queries::standing(&mut reader, &unit.path, i64::from(app.today().year())).await?;
        let decided = queries::of_unit(&mut reader, id).await?;
        let reports = queries::reports_of(&mut reader, id).await?;
        let tallies = Tallies::of(&rules, &ground.units, &people);
        let last: HashMap<i64, Reported> = reports.first().map(|report| (id, report.clone())).into_iter().collect();
        let spoken = said(&ground.units, &tallies, &last).get(&id).copied().unwrap_or_default();
        let name = |code: &str| app.law.catalogue("quota_kinds").map_or(code, |list| list.label(code)).to_owned();
        let mut kinds = Vec::new();
        for kind in app.law.quota_kinds() {
            let of_kind = people.iter().filter(|alike| kind.held.holds(&alike.personnel_type, &alike.contract_type));
            let present: i64 = of_kind.filter(|alike| rules.is_counted(&alike.status)).map(|alike| alike.people).sum();
            let assigned = Posts::of(&ground.units, &standing, |code| code == kind.code).assigned(id);
            if assigned.is_some() || present > 0 {
                let decision = standing.get(&(id, kind.code.clone())).map(cited).unwrap_or_default();
                let unfilled = assigned.map(|assigned| assigned - present);
                let people = asked_of(&kind);
                kinds.push(Kind { label: kind.label_vi, in_quota: kind.in_quota, assigned, decision, present, people, unfilled });
            }
        }
        let visitor = &grant.visitor;
        Ok(UnitPage {
            kinds,
            decided: decided.into_iter().map(|quota| shown(&quota, name(&quota.kind))).collect(),
            dossiers: tallies.own(id).present(),
            missing: reports.first().map(|_| spoken.missing - spoken.beyond),
            reports: reports.into_iter().map(told).collect(),
            may_list: may_list(visitor),
            may_manage: visitor.grant::<ManageQuota>().is_ok_and(|manage| manage.reaches_unit(&unit.path)),
            may_report: !unit.is_section && may_report(visitor, &unit),
            above: ground.above,
            unit,
            form,
            problems,
        })
    }
}

fn may_report(visitor: &Visitor, unit: &Place) -> bool {
    visitor.grant::<CreateRecord>().is_ok_and(|create| create.reaches_unit(&unit.path))
}

fn cited(quota: &Quota) -> String {
    format!("{} ngày {}, {}", quota.number, show_day(quota.signed_on), quota.issuer)
}

fn shown(quota: &Quota, kind: String) -> Decided {
    Decided {
        year: quota.year,
        kind,
        assigned: quota.assigned,
        number: quota.number.clone(),
        signed_on: show_day(quota.signed_on),
        issuer: quota.issuer.clone(),
        corrected: quota.version > 1,
    }
}

fn told(report: Reported) -> Report {
    Report { as_of: show_day(report.as_of), present: report.present, by: report.by, at: show_moment(report.recorded_at) }
}

/// The unit.
pub(super) async fn show(grant: Grant<ViewReports>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    let form = ReportForm { as_of: show_day(app.today()), ..ReportForm::default() };
    UnitPage::new(&app, &grant, id, form, Problems::default()).await?.show(&app, &grant.visitor)
}

/// Notes how many people the unit says it has.
pub(super) async fn report(
    grant: Grant<CreateRecord>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<ReportForm>,
) -> Result<Response> {
    let ground = Ground::read(&app, &grant, Some(id)).await?;
    if ground.chosen.is_some_and(|unit| unit.is_section) {
        return Err(Error::Refused("Phòng, bộ phận không báo riêng; báo ở đơn vị".into()));
    }
    match form.check(id, &grant.visitor.sign.person, app.today()) {
        Ok(given) => {
            actions::report(&app, &grant, &given).await?;
            Ok(Redirect::to(&format!("/bien-che/{id}#co-mat")).into_response())
        }
        Err(problems) => {
            let view = grant.visitor.grant::<ViewReports>()?;
            UnitPage::new(&app, &view, id, form, problems).await?.show_again(&app, &grant.visitor)
        }
    }
}
