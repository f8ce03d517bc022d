//! A list, row by row, into a file.

use crate::{
    App,
    access::Export,
    error::{Error, Result},
    form::show_moment,
    search::{Asked, Column, OwnColumn, Reads, Scope, condition, own_columns, own_values, sentences},
};
use jiff::{Timestamp, civil::Date};
use paper::sheet::{self, Cell, CsvWriter, Finished, Kind, Plan, WriteError, Writer};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};
use vault::{Grant, Row, Value};

/// In which form a list goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// Text with commas.
    Csv,
}

impl Format {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
        }
    }

    /// What it is on the web.
    pub fn mime(self) -> &'static str {
        match self {
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// What is taken out, by whom and for what.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The list.
    pub asked: Asked,
    /// Of it only these dossiers; all of it when empty.
    pub chosen: Vec<i64>,
    /// Its columns.
    pub columns: Vec<String>,
    /// In which form.
    pub format: Format,
    /// For what.
    pub purpose: String,
    /// Who takes it out, in words.
    pub who: String,
    /// Where the list is kept, to be printed below it; may be empty.
    pub address: String,
}

/// How far the writing is, and whether it is still wanted.
#[derive(Default)]
pub struct Progress {
    /// Rows written.
    pub rows: AtomicU64,
    /// Nobody wants it any more.
    pub called_off: AtomicBool,
}

enum Out {
    Xlsx(Box<Writer>),
    Csv(Box<CsvWriter>),
}

impl Out {
    fn new(format: Format, plan: Plan) -> Result<Out, WriteError> {
        Ok(match format {
            Format::Xlsx => Out::Xlsx(Box::new(Writer::new(plan)?)),
            Format::Csv => Out::Csv(Box::new(CsvWriter::new(&plan)?)),
        })
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        match self {
            Out::Xlsx(writer) => writer.row(cells),
            Out::Csv(writer) => writer.row(cells),
        }
    }

    fn finish(self) -> Result<Finished, WriteError> {
        match self {
            Out::Xlsx(writer) => writer.finish(),
            Out::Csv(writer) => writer.finish(),
        }
    }
}

/// Writes the list and puts the taking-out on the record; nothing is handed over before that.
pub async fn list(app: &App, grant: &Grant<Export>, scope: &Scope, asking: &Asking, progress: &Progress) -> Result<Finished> {
    let columns: Vec<Column> =
        scope.columns(&app.lists).filter(|column| column.is_name || asking.columns.contains(&column.key)).cloned().collect();
    let mut own = own_columns(app, &mut app.db.read(grant), scope).await?;
    own.retain(|column| asking.columns.contains(&column.key));
    let mut reader = app.db.read(grant);
    // Fifty thousand rows come as they stand in the index, without being gathered and sorted first.
    reader.in_order();
    let mut condition = condition(app, &mut reader, scope, &asking.asked).await?;
    if !asking.chosen.is_empty() {
        let marks: Vec<String> = asking.chosen.iter().map(|id| condition.bind(*id)).collect();
        condition.and(&format!("r.dossier_id IN ({})", marks.join(", ")));
    }
    let mut narrowed: Vec<String> = sentences(app, &mut reader, scope, &asking.asked).await?.into_iter().map(|one| one.words).collect();
    if !asking.chosen.is_empty() {
        narrowed.push("chỉ những người được chọn".into());
    }
    let plan = plan(app, asking, &columns, &own, &narrowed);
    let format = asking.format;
    let mut out = blocking(move || Out::new(format, plan)).await?;
    let by = order(app, scope, &asking.asked);
    let keys: String = columns.iter().map(|column| format!(", r.{}", column.key)).collect();
    let way = if asking.asked.descending { " DESC" } else { "" };
    let known = format!(
        "SELECT r.dossier_id{keys} FROM {{roster}} r WHERE {} AND r.{by} IS NOT NULL ORDER BY r.{by}{way}, r.dossier_id{way}",
        condition.sql
    );
    let unknown = format!("SELECT r.dossier_id{keys} FROM {{roster}} r WHERE {} AND r.{by} IS NULL ORDER BY r.dossier_id", condition.sql);
    let mut taken = Vec::new();
    for sql in [known, unknown] {
        let mut pages = reader.stream(&sql, &condition.args).await?;
        while let Some(page) = pages.next().await? {
            if progress.called_off.load(Ordering::Relaxed) {
                return Err(Error::Refused("Đã bỏ việc kết xuất".into()));
            }
            let mut theirs = own_cells(app, grant, &own, &page).await?;
            for row in &page {
                taken.push(row.int("dossier_id")?);
            }
            let (law, these, written) = (app.law.clone(), columns.clone(), page.len());
            out = blocking(move || {
                let mut cells = Vec::new();
                for row in &page {
                    cells.clear();
                    cells.extend(these.iter().zip(row.values().iter().skip(1)).map(|(column, value)| cell(&law, column, value)));
                    cells.extend(row.int("dossier_id").ok().and_then(|id| theirs.remove(&id)).unwrap_or_default());
                    out.row(&cells)?;
                }
                Ok(out)
            })
            .await?;
            progress.rows.fetch_add(u64::try_from(written).unwrap_or(0), Ordering::Relaxed);
        }
    }
    let finished = blocking(move || out.finish()).await?;
    let each = json!({ "purpose": asking.purpose, "format": asking.format.ending() });
    app.db.note_all(grant, "dossier.export", &taken, &each).await?;
    let mut details = json!({
        "purpose": asking.purpose,
        "filter": asking.asked.filters(),
        "columns": columns.iter().map(|column| &column.key).chain(own.iter().map(|column| &column.key)).collect::<Vec<_>>(),
        "format": asking.format.ending(),
        "rows": progress.rows.load(Ordering::Relaxed),
    });
    if let Some(details) = details.as_object_mut().filter(|_| !asking.chosen.is_empty()) {
        details.insert("chosen".into(), json!(asking.chosen));
    }
    app.db.note(grant, "list.export", None, details).await?;
    Ok(finished)
}

/// What the dossiers of a page hold in own fields; nothing is read when no such column goes out.
async fn own_cells(app: &App, grant: &Grant<Export>, own: &[OwnColumn], page: &[Row]) -> Result<HashMap<i64, Vec<Cell>>> {
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    let dossiers: Vec<i64> = page.iter().filter_map(|row| row.int("dossier_id").ok()).collect();
    let held = own_values(app, &mut app.db.read(grant), own, &dossiers).await?;
    let cell = |(column, value): (&OwnColumn, Value)| match value {
        Value::Null => Cell::Empty,
        Value::Date(on) => Cell::Date(on),
        Value::Int(number) if column.is_decimal() => Cell::Number(number as f64 / 100.0),
        Value::Int(number) if column.is_figure() => Cell::Number(number as f64),
        value => Cell::text(column.words(app, &value)),
    };
    Ok(held.into_iter().map(|(id, values)| (id, own.iter().zip(values).map(cell).collect())).collect())
}

/// The roster column of the order; the name's unless another one may be read.
fn order<'a>(app: &'a App, scope: &Scope, asked: &Asked) -> &'a str {
    let wanted = scope.columns(&app.lists).find(|column| column.key == asked.sort).and_then(|column| column.sort.as_deref());
    let by_name = || app.lists.columns.iter().find(|column| column.is_name).and_then(|column| column.sort.as_deref());
    wanted.or_else(by_name).unwrap_or("dossier_id")
}

fn plan(app: &App, asking: &Asking, columns: &[Column], own: &[OwnColumn], narrowed: &[String]) -> Plan {
    let kind = |column: &Column| match column.reads {
        Reads::Number | Reads::Completeness => Kind::Number,
        Reads::Hundredths | Reads::Percent => Kind::Hundredths,
        Reads::Day | Reads::Moment => Kind::Date,
        Reads::Words | Reads::Code(_) | Reads::YesNo => Kind::Text,
    };
    let own_kind = |column: &OwnColumn| match column.is_day() {
        true => Kind::Date,
        false if column.is_decimal() => Kind::Hundredths,
        false if column.is_figure() => Kind::Number,
        false => Kind::Text,
    };
    let mut titles = vec!["Danh sách hồ sơ".to_owned()];
    if !narrowed.is_empty() {
        titles.push(narrowed.join("; "));
    }
    Plan {
        sheet: "Danh sách".into(),
        titles,
        columns: columns
            .iter()
            .map(|column| sheet::Column::new(column.label.clone(), kind(column)))
            .chain(own.iter().map(|column| sheet::Column::new(column.label.clone(), own_kind(column))))
            .collect(),
        footer: Some(footer(app, asking)),
        official_font: true,
    }
}

fn footer(app: &App, asking: &Asking) -> String {
    let kept = if asking.address.is_empty() { String::new() } else { format!(" Nguồn: {}/ho-so", asking.address) };
    format!("Mục đích: {}. Người kết xuất: {}, lúc {}.{kept}", asking.purpose, asking.who, show_moment(app.now()))
}

fn cell(law: &law::Law, column: &Column, value: &Value) -> Cell {
    match (value, &column.reads) {
        (Value::Null, _) => Cell::Empty,
        (Value::Int(number), Reads::Number | Reads::Completeness) => Cell::Number(*number as f64),
        (Value::Int(number), Reads::Hundredths | Reads::Percent) => Cell::Number(*number as f64 / 100.0),
        (Value::Date(on), _) => Cell::Date(*on),
        (Value::Text(text), Reads::Day) => match text.parse::<Date>() {
            Ok(on) => Cell::Date(on),
            Err(_) => words(law, column, value),
        },
        (Value::Instant(at), _) => Cell::Date(crate::day_of(*at)),
        (Value::Text(text), Reads::Moment) => match text.parse::<Timestamp>() {
            Ok(at) => Cell::Date(crate::day_of(at)),
            Err(_) => Cell::text(text),
        },
        (Value::Text(text), Reads::Words) => Cell::text(text),
        _ => words(law, column, value),
    }
}

fn words(law: &law::Law, column: &Column, value: &Value) -> Cell {
    let mut words = String::new();
    column.words(law, value, &mut words);
    Cell::text(words)
}

/// Work that keeps a processor busy, away from the threads that answer requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, WriteError> + Send + 'static) -> Result<T> {
    let broken = |error: Box<dyn std::error::Error + Send + Sync>| Error::Broken(error);
    tokio::task::spawn_blocking(work).await.map_err(|error| broken(Box::new(error)))?.map_err(|error| broken(Box::new(error)))
}
