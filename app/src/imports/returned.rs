//! The rows that were not written, as a sheet to put right and load again.

use super::checking::{Act, Report, Task};
use crate::error::{Error, Result};
use paper::sheet::{Cell, Column, Kind, Plan, WriteError, Writer};
use std::io::Read;

/// Heading of the last column.
pub(super) const FAULTS: &str = "Lỗi cần sửa";

/// A workbook with the original columns and one more that says what is wrong.
pub(super) fn rows_to_fix(task: &Task, report: &Report) -> Result<Vec<u8>> {
    let layout = &task.opened.layout;
    let width = layout.columns.iter().map(|column| column.index + 1).max().unwrap_or(0);
    let mut columns: Vec<Column> = (0..width)
        .map(|index| {
            let heading = task.opened.column(index).map(paper::sheet::ColumnGuess::title).unwrap_or_default();
            Column::new(heading, Kind::Text)
        })
        .collect();
    let faults = task.opened.layout.columns.iter().find(|column| column.title() == FAULTS).map(|column| column.index);
    let last = faults.unwrap_or(columns.len());
    if faults.is_none() {
        columns.push(Column { heading: FAULTS.into(), kind: Kind::Text, width: 60.0 });
    }
    let plan = Plan { sheet: "Dòng cần sửa".into(), columns, ..Plan::default() };
    let mut writer = Writer::new(plan).map_err(broken)?;
    let is_double = |row: &usize| report.fates.doubles.contains_key(row);
    let left = report.verdicts.iter().filter(|verdict| match &verdict.act {
        Act::Refuse => true,
        Act::Skip(_) => is_double(&verdict.row),
        Act::Open | Act::Change(_) => false,
    });
    for verdict in left {
        let mut cells: Vec<Cell> = task.opened.cells(verdict.row).iter().take(last).cloned().collect();
        cells.resize(last, Cell::Empty);
        let words = match &verdict.act {
            Act::Skip(reason) => vec![format!("Bỏ qua: {reason}")],
            Act::Open | Act::Change(_) | Act::Refuse => {
                verdict.problems.iter().map(|remark| sentence(task, remark.column, &remark.sentence)).collect()
            }
        };
        cells.push(Cell::text(words.join("; ")));
        writer.row(&cells).map_err(broken)?;
    }
    let mut finished = writer.finish().map_err(broken)?;
    let mut bytes = Vec::new();
    finished.file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The heading of the cell before what is wrong with it.
fn sentence(task: &Task, column: Option<usize>, sentence: &str) -> String {
    let title = column.and_then(|column| task.opened.column(column)).map(paper::sheet::ColumnGuess::title);
    title.map_or(sentence.to_owned(), |title| format!("{title}: {sentence}"))
}

pub(super) fn broken(error: WriteError) -> Error {
    Error::Broken(Box::new(error))
}
