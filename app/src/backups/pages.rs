//! The page of copies: what there is, making one, checking one.

use super::{
    folder::{Copy, words},
    watch::{folder_of, in_force},
    work::{check as open_and_check, key, make, take_turn},
};
use crate::{
    App,
    access::{BackupRestore, Grant, Visitor},
    error::{Error, Result},
    page::{Page, thousands},
};
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use serde::Serialize;
use serde_json::json;

/// One copy as the page shows it.
#[derive(Clone, Debug, Serialize, Default)]
pub(super) struct Line {
    name: String,
    at: String,
    size: String,
    rows: String,
    files: String,
    checked_at: String,
    fault: String,
    heads: Vec<String>,
}

/// What one regulation asks.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Demand {
    regulation: String,
    code: String,
    required: String,
    applied: String,
    article: String,
    silent: bool,
    months: u32,
}

#[derive(Serialize)]
pub(super) struct CopiesPage {
    lines: Vec<Line>,
    demands: Vec<Demand>,
    running: String,
    done: String,
    failure: String,
    late: bool,
    hour: String,
    key_made: bool,
    may_act: bool,
}

impl Page for CopiesPage {
    const TEMPLATE: &'static str = "backups/list.html";

    fn samples() -> Vec<CopiesPage> {
        let page = |running: &str, failure: &str, lines: Vec<Line>| CopiesPage {
            late: !failure.is_empty(),
            lines,
            demands: vec![Demand {
                regulation: "Quyết định 01/2020/QĐ-UBND".into(),
                code: "yen-bai-2020".into(),
                required: "hằng tháng".into(),
                applied: "hằng ngày".into(),
                article: "YB-13.4".into(),
                silent: false,
                months: 60,
            }],
            running: running.into(),
            done: "1.200".into(),
            failure: failure.into(),
            hour: "01:30".into(),
            key_made: true,
            may_act: true,
        };
        let line = Line { name: "hoso-2026-11-19-013000.age".into(), heads: vec!["chuỗi 0, mục 12, 3f9a".into()], ..Line::default() };
        let broken = Line { fault: "đã hỏng".into(), ..line.clone() };
        vec![page("", "", vec![line, broken]), page("sao lưu", "", Vec::new()), page("", "Máy chủ gặp trục trặc", Vec::new())]
    }
}

/// The copies of this installation.
pub(super) async fn list(grant: Grant<BackupRestore>, State(app): State<App>) -> Result<Response> {
    reaches(&grant)?;
    let copies = folder_of(&app).copies()?;
    let (state, regulations) = (app.backups.state(), in_force(&app).await?);
    let demands: Vec<Demand> = regulations.iter().map(|regulation| Demand::new(regulation)).collect();
    let page = CopiesPage {
        late: copies
            .first()
            .is_none_or(|latest| crate::in_vietnam(app.now()).date() > latest.at.date().tomorrow().unwrap_or(latest.at.date())),
        lines: copies.into_iter().map(Line::new).collect(),
        demands,
        done: state.running.as_ref().map(|running| thousands(i64::try_from(running.done).unwrap_or(i64::MAX))).unwrap_or_default(),
        running: state.running.map(|running| running.what).unwrap_or_default(),
        failure: state.failure.unwrap_or_default(),
        hour: app.config.backup_at.clone(),
        key_made: key(&app).is_file(),
        may_act: may_act(&grant.visitor),
    };
    page.show(&app, &grant.visitor)
}

/// Begins a copy; the page shows how far it is.
pub(super) async fn begin(grant: Grant<BackupRestore>, State(app): State<App>) -> Result<Redirect> {
    acts(&grant)?;
    let turn = take_turn(&app, "sao lưu".into())?;
    app.db.note(&grant, "backup.make", None, json!({})).await?;
    tokio::spawn(async move {
        let _turn = turn;
        match make(&app, &folder_of(&app), |done| app.backups.advance(done)).await {
            Ok(_) => app.backups.failed(None),
            Err(error) => {
                app.backups.failed(Some(error.to_string()));
                tracing::error!(?error, "a backup failed");
            }
        }
    });
    Ok(Redirect::to("/sao-luu"))
}

/// Begins to open a copy and to check all of it.
pub(super) async fn check(grant: Grant<BackupRestore>, State(app): State<App>, Path(name): Path<String>) -> Result<Redirect> {
    acts(&grant)?;
    let path = folder_of(&app).find(&name)?;
    let turn = take_turn(&app, format!("kiểm tra {name}"))?;
    app.db.note(&grant, "backup.check", None, json!({ "copy": name })).await?;
    tokio::spawn(async move {
        let _turn = turn;
        match open_and_check(&app, &path).await {
            Ok(Ok(_)) => {}
            Ok(Err(fault)) => {
                app.backups.failed(Some(format!("{name}: {}", words(&fault))));
                tracing::error!(?fault, copy = name, "a backup is not whole");
            }
            Err(error) => tracing::error!(?error, copy = name, "a backup could not be checked"),
        }
    });
    Ok(Redirect::to("/sao-luu"))
}

/// Copies hold the whole installation, so only those concern themselves with them whose duty reaches as far.
fn reaches(grant: &Grant<BackupRestore>) -> Result<()> {
    if grant.operates() || grant.reaches_whole() { Ok(()) } else { Err(Error::Forbidden) }
}

fn acts(grant: &Grant<BackupRestore>) -> Result<()> {
    reaches(grant)?;
    if may_act(&grant.visitor) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Whoever only watches the health of the system looks on.
fn may_act(visitor: &Visitor) -> bool {
    visitor.may("backup_restore")
}

impl Line {
    fn new(copy: Copy) -> Line {
        let mut line =
            Line { name: copy.name, at: copy.at.strftime("%H:%M %d/%m/%Y").to_string(), size: size(copy.size), ..Line::default() };
        if let Some(record) = copy.record {
            let number = |number: u64| thousands(i64::try_from(number).unwrap_or(i64::MAX));
            line.rows = number(record.archive.tables.values().sum());
            line.files = number(record.archive.files);
            line.checked_at = record.checked_at.unwrap_or_default();
            line.fault = record.fault.unwrap_or_default();
            let shown = |head: &vault::Head| {
                let hash: String = head.hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
                format!("chuỗi {}, mục {}, {hash}", head.chain, thousands(head.seq))
            };
            line.heads = record.archive.heads.iter().map(shown).collect();
        }
        line
    }
}

impl Demand {
    fn new(regulation: &law::Regulation) -> Demand {
        let backup = &regulation.backup;
        Demand {
            regulation: regulation.identity.number.clone(),
            code: regulation.code().to_owned(),
            required: often(&backup.required).to_owned(),
            applied: often(&backup.applied).to_owned(),
            article: if backup.silent { String::new() } else { backup.article.clone() },
            silent: backup.silent,
            months: backup.keep_monthly,
        }
    }
}

/// How often, in words.
fn often(code: &str) -> &str {
    match code {
        "daily" => "hằng ngày",
        "monthly" => "hằng tháng",
        "regular_by_plan" => "thường xuyên theo kế hoạch",
        "periodic_by_rule" => "định kỳ theo quy định",
        "silent" => "không nêu",
        other => other,
    }
}

/// `1,2 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        ..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        _ => format!("{},{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}
