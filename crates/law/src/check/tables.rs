//! Salary, allowances, raises, retirement and reports: known tables and keys, a source that exists, dates that do
//! not overlap, codes that exist.

use super::shapes::{ALLOWANCES, BASE, RAISES, RANKS, REPORTS, RETIREMENT, SCALES, Shape};
use crate::{
    data::{DataSource, Fault},
    ranks,
};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

const SALARY_SCALES: &str = "law/salary-scales.toml";

/// The files and their tables.
const FILES: [(&str, &[Shape]); 7] = [
    (ranks::FILE, RANKS),
    (SALARY_SCALES, SCALES),
    ("law/base-salary.toml", BASE),
    ("law/allowances.toml", ALLOWANCES),
    ("law/raise-rules.toml", RAISES),
    ("law/retirement.toml", RETIREMENT),
    ("reports/reports.toml", REPORTS),
];

/// Tables of words and of sources have no confidence of their own.
const UNMARKED: [&str; 2] = ["meta", "rules"];

pub(super) fn check(source: &DataSource, faults: &mut Vec<Fault>) {
    let mut read = BTreeMap::new();
    for (file, shapes) in FILES {
        match source.parse::<Table>(file) {
            Ok(content) => {
                check_file(file, &content, shapes, faults);
                read.insert(file, content);
            }
            Err(fault) => faults.push(fault),
        }
    }
    if let (Some(ranks), Some(scales)) = (read.get(ranks::FILE), read.get(SALARY_SCALES)) {
        check_ranks(ranks, scales, faults);
    }
}

fn check_file(file: &str, content: &Table, shapes: &[Shape], faults: &mut Vec<Fault>) {
    for table in content.keys().filter(|key| !["sources", "schema_version"].contains(&key.as_str())) {
        if !shapes.iter().any(|shape| shape.table == table) {
            faults.push(Fault::new(file, table.as_str(), "bảng không có trong lược đồ"));
        }
    }
    for shape in shapes {
        let rows = rows(content, shape.table);
        if rows.is_empty() {
            faults.push(Fault::new(file, shape.table, "thiếu bảng này"));
        }
        for (row, place) in rows.iter().zip(1..) {
            let key = format!("{}.{}", shape.table, name(row, shape).unwrap_or_else(|| format!("dòng {place}")));
            check_row(file, &key, row, shape, content.get("sources"), faults);
        }
        check_periods(file, shape, &rows, faults);
    }
}

fn check_row(file: &str, key: &str, row: &Table, shape: &Shape, sources: Option<&Value>, faults: &mut Vec<Fault>) {
    let mut refuse = |reason: String| faults.push(Fault::new(file, key, reason));
    for missing in shape.required.split_whitespace().filter(|required| !row.contains_key(*required)) {
        refuse(format!("thiếu khóa {missing}"));
    }
    let known: BTreeSet<&str> = shape.required.split_whitespace().chain(shape.optional.split_whitespace()).collect();
    for unknown in row.keys().filter(|there| !known.contains(there.as_str())) {
        refuse(format!("khóa {unknown} không có trong lược đồ"));
    }
    if UNMARKED.contains(&shape.table) {
        return;
    }
    let confidences: &[&str] = match file.starts_with("reports/") {
        true => &["verified", "partial", "from-memory", "regulation", "design"],
        false => &["verified", "from-memory"],
    };
    if row.get("confidence").and_then(Value::as_str).is_none_or(|mark| !confidences.contains(&mark)) {
        refuse(format!("độ tin cậy phải là một trong: {}", confidences.join(", ")));
    }
    if let (Some(Value::Table(sources)), Some(origin)) = (sources, row.get("source").and_then(Value::as_str))
        && !sources.contains_key(origin)
    {
        refuse(format!("không có nguồn {origin} trong sources"));
    }
}

/// One value holds on a day.
fn check_periods(file: &str, shape: &Shape, rows: &[&Table], faults: &mut Vec<Fault>) {
    let mut periods: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in rows {
        let day = |key: &str, otherwise: &str| row.get(key).map_or_else(|| otherwise.to_owned(), text);
        if let Some(name) = name(row, shape) {
            periods.entry(name).or_default().push((day("effective_from", "0000"), day("effective_to", "9999")));
        }
    }
    for (name, mut periods) in periods {
        periods.sort();
        let clash = periods.iter().zip(periods.iter().skip(1)).any(|((_, last), (first, _))| first <= last);
        if clash {
            faults.push(Fault::new(file, format!("{}.{name}", shape.table), "trùng thời gian hiệu lực"));
        }
        for (first, last) in periods.iter().filter(|(first, last)| last < first) {
            faults.push(Fault::new(
                file,
                format!("{}.{name}", shape.table),
                format!("hết hiệu lực ({last}) trước khi có hiệu lực ({first})"),
            ));
        }
    }
}

fn check_ranks(ranks: &Table, scales: &Table, faults: &mut Vec<Fault>) {
    let codes =
        |table: &Table, list: &str| -> BTreeSet<String> { rows(table, list).iter().filter_map(|row| row.get("code").map(text)).collect() };
    let (known_ranks, known_scales) = (codes(ranks, "rank"), codes(scales, "scale"));
    for row in rows(ranks, "rank") {
        let value = |key: &str| row.get(key).map(text).unwrap_or_default();
        let mut refuse = |reason: String| faults.push(Fault::new(ranks::FILE, value("code"), reason));
        if !known_scales.contains(&value("scale")) {
            refuse(format!("không có thang lương {} trong {SALARY_SCALES}", value("scale")));
        }
        if !value("next").is_empty() && !known_ranks.contains(&value("next")) {
            refuse(format!("không có ngạch kế tiếp {}", value("next")));
        }
    }
}

/// The entries of a table, whether it is written once or many times.
fn rows<'a>(content: &'a Table, table: &str) -> Vec<&'a Table> {
    match content.get(table) {
        Some(Value::Table(row)) => vec![row],
        Some(Value::Array(rows)) => rows.iter().filter_map(Value::as_table).collect(),
        _ => Vec::new(),
    }
}

/// What tells an entry apart from the others.
fn name(row: &Table, shape: &Shape) -> Option<String> {
    let parts: Vec<String> = shape.identity.split_whitespace().filter_map(|key| row.get(key).map(text)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
