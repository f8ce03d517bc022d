//! The body of the table by unit, written straight into one text: several hundred units with a dozen figures each.

use super::figures::{Group, Line};
use crate::page::{escaped, thousands};
use std::fmt::Write;

/// Bytes of a usual line, so that the text grows once.
const LINE: usize = 1200;

/// What the table is written with.
pub(super) struct Table<'a> {
    pub(super) groups: &'a [Group],
    /// Figures lead to their people.
    pub(super) may_list: bool,
    /// Units below are opened branch by branch.
    pub(super) cut: bool,
}

impl Table<'_> {
    /// The lines of the units.
    pub(super) fn body(&self, lines: &[Line]) -> String {
        let mut out = String::with_capacity((lines.len() + 1) * LINE);
        for line in lines {
            self.line(&mut out, line);
        }
        out
    }

    fn line(&self, out: &mut String, line: &Line) {
        write!(out, "<tr><th scope=\"row\" class=\"pin pin-edge l{}\"><a href=\"/tong-hop?dv={}\">", line.depth.min(6), line.id)
            .unwrap_or_default();
        escaped(&line.name, out);
        out.push_str("</a>");
        if self.cut && line.depth > 0 {
            out.push_str(" <small class=\"no-print\">mở nhánh</small>");
        }
        out.push_str("</th>");
        for group in self.groups {
            self.people(out, line.id, line.tally.of(&group.code), &format!("nhom={}", group.code));
        }
        number(out, line.assigned);
        match line.unfilled() {
            Some(left) if left < 0 => {
                write!(out, "<td class=\"num\"><span class=\"text-late\">vượt {}</span></td>", thousands(-left)).unwrap_or_default()
            }
            left => number(out, left),
        }
        self.said(out, line);
        self.people(out, line.id, line.incomplete(), "nhom=tinh&amp;dd=chua-du");
        percent(out, line.tally.percent());
        self.people(out, line.id, line.flagged, "nhom=tinh&amp;sl=co");
        percent(out, line.accuracy());
        out.push_str("</tr>\n");
    }

    /// What the bodies said, and what is missing for it.
    fn said(&self, out: &mut String, line: &Line) {
        let said = &line.said;
        match said.bodies {
            0 if said.silent == 0 => out.push_str("<td class=\"num\">–</td><td class=\"num\">–</td>"),
            0 => out.push_str("<td class=\"num\">chưa báo</td><td class=\"num\">–</td>"),
            _ => {
                write!(out, "<td class=\"num\"><a href=\"/bien-che/{}#co-mat\">{}</a>", line.id, thousands(said.present))
                    .unwrap_or_default();
                if said.silent > 0 {
                    write!(out, "<br><small>{} đơn vị chưa báo</small>", thousands(said.silent)).unwrap_or_default();
                }
                out.push_str("</td><td class=\"num\">");
                match (said.missing, said.beyond) {
                    (0, 0) => out.push('0'),
                    (0, beyond) => write!(out, "nhiều hơn {}", thousands(beyond)).unwrap_or_default(),
                    (missing, _) => write!(out, "<span class=\"text-late\">thiếu {}</span>", thousands(missing)).unwrap_or_default(),
                }
                out.push_str("</td>");
            }
        }
    }

    fn people(&self, out: &mut String, unit: i64, count: i64, asked: &str) {
        let figure = thousands(count);
        match count > 0 && self.may_list {
            true => write!(out, "<td class=\"num\"><a href=\"/ho-so?dv={unit}&amp;{asked}\">{figure}</a></td>").unwrap_or_default(),
            false => write!(out, "<td class=\"num\">{figure}</td>").unwrap_or_default(),
        }
    }
}

fn percent(out: &mut String, figure: Option<i64>) {
    match figure {
        Some(figure) => write!(out, "<td class=\"num\">{figure}\u{a0}%</td>").unwrap_or_default(),
        None => out.push_str("<td class=\"num\">–</td>"),
    }
}

fn number(out: &mut String, figure: Option<i64>) {
    match figure {
        Some(figure) => write!(out, "<td class=\"num\">{}</td>", thousands(figure)).unwrap_or_default(),
        None => out.push_str("<td class=\"num\">–</td>"),
    }
}
