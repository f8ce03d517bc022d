//! The body of the table, written straight into one text: the hottest page of the program.

use super::{Column, columns::Reads};
use crate::page::escaped;
use law::Law;
use std::{collections::HashMap, fmt::Write};
use vault::{Row, Value};

/// Bytes of a usual cell, so that the text grows once.
const CELL: usize = 56;

/// Own fields behind the columns of the roster: label and whether it is a figure, and the words of each dossier.
#[derive(Default)]
pub(super) struct Own {
    pub(super) heads: Vec<(String, bool)>,
    pub(super) words: HashMap<i64, Vec<String>>,
}

/// The rows of a page; the first of the columns is the name, before it a tick where people may be chosen.
pub(super) fn body(law: &Law, columns: &[&Column], own: &Own, rows: &[Row], ticks: bool) -> String {
    let mut out = String::with_capacity((rows.len() + 1) * (columns.len() + 2) * CELL);
    let mut scratch = String::new();
    for row in rows {
        let mut values = row.values().iter();
        let Some(Value::Int(id)) = values.next() else { continue };
        let flagged = row.values().last() == Some(&Value::Int(1));
        out.push_str("<tr>");
        for (column, value) in columns.iter().zip(values) {
            match column.is_name {
                true => name(&mut out, *id, value, ticks, flagged),
                false => cell(&mut out, &mut scratch, law, column, value),
            }
        }
        for ((label, is_figure), words) in own.heads.iter().zip(own.words.get(id).into_iter().flatten()) {
            out.push_str(if *is_figure { "<td class=\"num\" data-label=\"" } else { "<td data-label=\"" });
            escaped(label, &mut out);
            out.push_str("\">");
            escaped(if words.is_empty() { "–" } else { words }, &mut out);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out
}

fn name(out: &mut String, id: i64, value: &Value, ticks: bool, flagged: bool) {
    let name = if let Value::Text(name) = value { name.as_str() } else { "" };
    let name = if name.is_empty() { "(chưa nhập họ tên)" } else { name };
    if ticks {
        write!(out, "<td class=\"pin corner\"><input class=\"tick\" type=\"checkbox\" form=\"theo-lo\" name=\"chon\" value=\"{id}\" aria-label=\"Chọn ")
            .unwrap_or_default();
        escaped(name, out);
        out.push_str("\"></td>");
    }
    let place = if ticks { "pin pin-2" } else { "pin" };
    write!(out, "<th scope=\"row\" class=\"{place} pin-edge nowrap\"><a href=\"/ho-so/{id}\">").unwrap_or_default();
    escaped(name, out);
    out.push_str("</a>");
    if flagged {
        write!(out, " <a class=\"badge is-late\" href=\"/ho-so/{id}/sai-lech\">sai lệch</a>").unwrap_or_default();
    }
    out.push_str("</th>");
}

fn cell(out: &mut String, scratch: &mut String, law: &Law, column: &Column, value: &Value) {
    out.push_str(&column.cell);
    match (value, &column.reads) {
        (Value::Int(percent), Reads::Completeness) => {
            let class = match percent {
                ..50 => " class=\"low\"",
                50..80 => " class=\"mid\"",
                _ => "",
            };
            write!(out, "<progress{class} value=\"{percent}\" max=\"100\" aria-label=\"Mức đầy đủ\"></progress> {percent}\u{a0}%")
                .unwrap_or_default();
        }
        (Value::Null, _) => out.push('–'),
        _ => {
            scratch.clear();
            column.words(law, value, scratch);
            match scratch.is_empty() {
                true => out.push('–'),
                false => escaped(scratch, out),
            }
        }
    }
    out.push_str("</td>");
}
