//! The sections of a dossier as people read them: facts for a single record, a table for rows.

use super::{
    html::Html,
    line::{Line, Shape},
    own::OwnField,
    queries::FileName,
    sheet::Sheet,
};
use law::{Completeness, Field, Kind, Law, Section, Sensitivity};
use std::collections::HashMap;
use vault::Value;

/// How a dossier is looked at.
pub(crate) struct View<'a> {
    /// Which dossier.
    pub(crate) id: i64,
    /// Fields above this level are not sent.
    pub(crate) level: Sensitivity,
    /// The form whose numbers stand beside the fields.
    pub(crate) form: &'a str,
    /// Sections lead to their forms.
    pub(crate) editable: bool,
    /// Files by id.
    pub(crate) files: &'a HashMap<i64, FileName>,
    /// Fields of a province's own.
    pub(crate) own: &'a [OwnField],
}

/// The number of a field on the form, where it is a number.
pub(crate) fn item<'a>(field: &'a Field, form: &str) -> &'a str {
    field.item(form).filter(|item| item.starts_with(|c: char| c.is_ascii_digit())).unwrap_or_default()
}

impl<'a> View<'a> {
    /// Own fields of a section that may be read.
    fn own_of(&self, section: &Section) -> impl Iterator<Item = &'a OwnField> {
        let (own, level, key) = (self.own, self.level, section.key.clone());
        own.iter().filter(move |own| own.section == key && own.field.sensitivity <= level)
    }

    /// How many own fields a table shows besides.
    pub(crate) fn own_count(&self, section: &Section) -> usize {
        self.own_of(section).count()
    }

    /// Whether a section is part of the form.
    pub(crate) fn is_on_form(&self, section: &Section) -> bool {
        section.templates.iter().any(|form| form == self.form)
    }

    /// All sections: those of the form first, in its order; those it does not have last.
    pub(crate) fn all(&self, sheet: &Sheet<'_>) -> String {
        let mut out = Html(String::with_capacity(96 * 1024));
        for on_form in [true, false] {
            let part = sheet.sections().filter(|(shape, _)| self.is_on_form(shape.section) == on_form);
            for (shape, lines) in part.filter(|(shape, _)| shape.readable(self.level).next().is_some()) {
                self.section(&mut out, shape, lines);
            }
        }
        out.0
    }

    /// One section; one that holds nothing is a single line.
    pub(crate) fn section(&self, out: &mut Html, shape: &Shape<'_>, lines: &[Line]) {
        let section = shape.section;
        if lines.is_empty() {
            return self.blank(out, shape);
        }
        out.raw("<section class=\"panel\" id=\"muc-").raw(&section.key).raw("\" aria-labelledby=\"ten-").raw(&section.key).raw("\">");
        out.raw("<div class=\"panel-head\"><h2 id=\"ten-").raw(&section.key).raw("\">").text(&section.label_vi).raw("</h2><p>");
        if !section.is_single() {
            out.raw(&self.items(shape)).number(lines.len()).raw(" dòng ");
        }
        self.edit_link(out, section, if section.is_single() { "Sửa" } else { "Sửa, thêm dòng" });
        out.raw("</p></div>");
        match section.is_single() {
            true => self.facts(out, shape, lines.first()),
            false => self.table(out, shape, lines),
        }
        out.raw("</section>");
    }

    /// A section that holds nothing yet: its name, what a complete dossier would have there, the act.
    fn blank(&self, out: &mut Html, shape: &Shape<'_>) {
        let section = shape.section;
        let wanted = match (self.is_on_form(section), section.is_single()) {
            (false, _) => 0,
            (true, true) => shape.readable(self.level).filter(|field| field.required).count(),
            (true, false) => usize::from(section.needs_a_row),
        };
        out.raw("<section class=\"panel panel-line\" id=\"muc-").raw(&section.key).raw("\" aria-labelledby=\"ten-").raw(&section.key);
        out.raw("\"><h2 id=\"ten-").raw(&section.key).raw("\">").text(&section.label_vi).raw("</h2><p>").raw(&self.items(shape));
        match (wanted, section.is_single()) {
            (0, _) => out.raw("chưa nhập"),
            (wanted, true) => out.raw("<span class=\"missing\">chưa nhập, thiếu ").number(wanted).raw(" chỗ</span>"),
            (_, false) => out.raw("<span class=\"missing\">cần ít nhất một dòng</span>"),
        };
        out.raw("</p>");
        self.edit_link(out, section, "Nhập");
        out.raw("</section>");
    }

    fn items(&self, shape: &Shape<'_>) -> String {
        let first = shape.readable(self.level).map(|field| item(field, self.form)).find(|item| !item.is_empty());
        first.map(|item| format!("mục {item} · ")).unwrap_or_default()
    }

    fn edit_link(&self, out: &mut Html, section: &Section, verb: &str) {
        if !self.editable {
            return;
        }
        let address = format!("/ho-so/{}/muc/{}", self.id, section.key);
        out.raw("<a class=\"btn btn-small\" href=\"").raw(&address).raw("\" hx-get=\"").raw(&address);
        out.raw("\" hx-target=\"#muc-").raw(&section.key).raw("\" hx-swap=\"outerHTML\">").raw(verb);
        out.raw("<span class=\"sr\"> ").text(&section.label_vi).raw("</span></a>");
    }

    fn facts(&self, out: &mut Html, shape: &Shape<'_>, line: Option<&Line>) {
        let numbered = shape.readable(self.level).any(|field| !item(field, self.form).is_empty());
        out.raw(if numbered {
            "<div class=\"panel-body\"><dl class=\"facts\">"
        } else {
            "<div class=\"panel-body\"><dl class=\"facts facts-plain\">"
        });
        let mut blanks: Vec<&str> = Vec::new();
        for field in shape.readable(self.level) {
            if !(field.required && self.is_on_form(shape.section)) && line.is_none_or(|line| !line.has(shape, field)) {
                blanks.push(&field.label_vi);
                continue;
            }
            let shown = line.map(|line| line.show(shape, field)).unwrap_or_default();
            let wide = matches!(field.kind, Kind::Address | Kind::Decision) || shown.chars().count() > 60;
            out.raw(if wide { "<div class=\"wide\"><dt" } else { "<div><dt" });
            let number = item(field, self.form);
            if !number.is_empty() {
                out.attribute("data-item", number);
            }
            out.raw(">").text(&field.label_vi).raw("</dt><dd>");
            match (field.kind, line.map(|line| line.value(shape, &field.key))) {
                (Kind::File, Some(Value::Int(file))) => self.file(out, shape.law, *file),
                _ if shown.is_empty() => self.nothing(out, shape.section, field),
                _ => {
                    out.lines(&shown);
                }
            }
            out.raw("</dd></div>");
        }
        for own in self.own_of(shape.section) {
            out.raw("<div><dt>").text(&own.field.label_vi).raw("</dt><dd>");
            self.own(out, shape, own, line);
            out.raw("</dd></div>");
        }
        out.raw("</dl>");
        if !blanks.is_empty() {
            out.raw("<p class=\"blanks\">Còn trống: ").text(&blanks.join(" · ")).raw("</p>");
        }
        out.raw("</div>");
    }

    /// What a row holds in an own field.
    fn own(&self, out: &mut Html, shape: &Shape<'_>, own: &OwnField, line: Option<&Line>) {
        let value = line.map_or(Value::Null, |line| own.value(line));
        match value {
            Value::Null if own.field.required => out.raw("<span class=\"missing\">chưa có</span>"),
            Value::Null => out.raw("<span class=\"muted\">–</span>"),
            value => out.lines(&super::value::show(own.spot(shape.law, shape.section), &value)),
        };
    }

    fn nothing(&self, out: &mut Html, section: &Section, field: &Field) {
        match field.required && self.is_on_form(section) {
            true => out.raw("<span class=\"missing\">chưa có</span>"),
            false => out.raw("<span class=\"muted\">–</span>"),
        };
    }

    /// The rows, with the columns that hold anything or should.
    pub(crate) fn table(&self, out: &mut Html, shape: &Shape<'_>, lines: &[Line]) {
        out.raw("<div class=\"table-box\" tabindex=\"0\" role=\"region\" aria-label=\"")
            .text(&shape.section.label_vi)
            .raw("\"><table class=\"table\"><caption class=\"sr\">");
        out.text(&shape.section.label_vi).raw("</caption>");
        let fields = self.columns(shape, lines);
        self.head(out, shape, &fields, self.editable);
        out.raw("<tbody>");
        for line in lines {
            self.row(out, shape, &fields, line, self.editable);
        }
        out.raw("</tbody></table></div>");
    }

    /// The columns of a table: those that hold anything or should.
    pub(crate) fn columns<'b>(&self, shape: &Shape<'b>, lines: &[Line]) -> Vec<&'b Field> {
        let on_form = self.is_on_form(shape.section);
        let wanted = |field: &&Field| (field.required && on_form) || lines.iter().any(|line| line.has(shape, field));
        shape.readable(self.level).filter(wanted).collect()
    }

    /// The heads of these columns.
    pub(crate) fn head(&self, out: &mut Html, shape: &Shape<'_>, fields: &[&Field], acts: bool) {
        out.raw("<thead><tr>");
        for field in fields {
            let right = matches!(field.kind, Kind::Int | Kind::Decimal);
            out.raw(if right { "<th scope=\"col\" class=\"num\">" } else { "<th scope=\"col\">" }).text(&field.label_vi).raw("</th>");
        }
        for own in self.own_of(shape.section) {
            out.raw("<th scope=\"col\">").text(&own.field.label_vi).raw("</th>");
        }
        out.raw(if acts { "<th scope=\"col\"><span class=\"sr\">Thao tác</span></th></tr></thead>" } else { "</tr></thead>" });
    }

    /// One row of a table.
    pub(crate) fn row(&self, out: &mut Html, shape: &Shape<'_>, fields: &[&Field], line: &Line, acts: bool) {
        out.raw("<tr id=\"dong-").number(line.id).raw("\">");
        for field in fields {
            let right = matches!(field.kind, Kind::Int | Kind::Decimal);
            out.raw(if right { "<td class=\"num\">" } else { "<td>" });
            let shown = line.show(shape, field);
            match (field.kind, line.value(shape, &field.key)) {
                (Kind::File, Value::Int(file)) => self.file(out, shape.law, *file),
                _ if shown.is_empty() => self.nothing(out, shape.section, field),
                _ => {
                    out.lines(&shown);
                }
            }
            out.raw("</td>");
        }
        for own in self.own_of(shape.section) {
            out.raw("<td>");
            self.own(out, shape, own, Some(line));
            out.raw("</td>");
        }
        if acts {
            let address = format!("/ho-so/{}/muc/{}?dong={}", self.id, shape.section.key, line.id);
            out.raw("<td class=\"nowrap\"><a href=\"").raw(&address).raw("\" hx-get=\"").raw(&address).raw("\" hx-target=\"#muc-");
            out.raw(&shape.section.key).raw("\" hx-swap=\"outerHTML\">Sửa<span class=\"sr\"> dòng này</span></a></td>");
        }
        out.raw("</tr>");
    }

    /// A file: pictures are shown, everything is linked.
    pub(crate) fn file(&self, out: &mut Html, law: &Law, file: i64) {
        let Some(known) = self.files.get(&file) else {
            out.raw("<span class=\"muted\">–</span>");
            return;
        };
        out.raw("<a href=\"/ho-so/")
            .number(self.id)
            .raw("/tep/")
            .number(file)
            .raw("\" target=\"_blank\" rel=\"noopener\">")
            .text(&known.name)
            .raw("</a>");
        if let Some(proof) = &known.proof {
            let (class, words) = proof.words(law);
            let words = if words.is_empty() { "xác thực" } else { words };
            out.raw(" <a class=\"").raw(class).raw("\" href=\"/ho-so/").number(self.id).raw("/tep/").number(file);
            out.raw("/xac-thuc\">").text(words).raw("</a>");
        }
    }

    /// The index: section, rows or what is missing, in the order of the page.
    pub(crate) fn index(&self, sheet: &Sheet<'_>, completeness: &Completeness<'_>) -> String {
        let mut out = Html(String::with_capacity(12 * 1024));
        for on_form in [true, false] {
            out.raw(if on_form { "<h2>Theo mẫu lý lịch</h2><ul>" } else { "<h2>Ngoài mẫu</h2><ul>" });
            let part = sheet.sections().filter(|(shape, _)| self.is_on_form(shape.section) == on_form);
            for (shape, lines) in part.filter(|(shape, _)| shape.readable(self.level).next().is_some()) {
                let section = shape.section;
                let readable = |field: &Field| field.sensitivity <= self.level;
                let gaps =
                    completeness.missing.iter().filter(|gap| gap.section.key == section.key && gap.field.is_none_or(readable)).count();
                out.raw("<li><a href=\"#muc-").raw(&section.key).raw("\">").text(&section.label_vi).raw(" ");
                match (gaps, section.is_single(), lines) {
                    (0, false, lines) => out.raw("<small>").number(lines.len()).raw("</small>"),
                    (0, true, [line, ..]) => {
                        let filled = shape.readable(self.level).filter(|field| line.has(shape, field)).count();
                        out.raw("<small>").number(filled).raw("/").number(shape.readable(self.level).count()).raw("</small>")
                    }
                    (0, true, []) => out.raw("<small>0</small>"),
                    (gaps, _, _) => out.raw("<small class=\"gap\">thiếu ").number(gaps).raw("</small>"),
                };
                out.raw("</a></li>");
            }
            out.raw("</ul>");
        }
        out.0
    }

    /// What is missing, each a link to its field.
    pub(crate) fn missing(&self, sheet: &Sheet<'_>, completeness: &Completeness<'_>) -> Html {
        let mut out = Html::default();
        let readable = completeness.missing.iter().filter(|gap| gap.field.is_none_or(|field| field.sensitivity <= self.level));
        for gap in readable {
            let key = &gap.section.key;
            let row = gap.row.and_then(|row| sheet.section(key).and_then(|(_, lines)| lines.get(row))).map(|line| line.id);
            let column = gap.field.and_then(|field| field.columns().first()).map(|column| column.name.as_str()).unwrap_or_default();
            out.raw("<li>");
            match self.editable {
                true => {
                    out.raw("<a href=\"/ho-so/").number(self.id).raw("/muc/").raw(key);
                    if let Some(row) = row {
                        out.raw("?dong=").number(row);
                    }
                    out.raw("#").raw(key).raw("-").raw(column).raw("\">")
                }
                false => out.raw("<a href=\"#muc-").raw(key).raw("\">"),
            };
            match gap.field {
                Some(field) => out.text(&field.label_vi).raw("</a> <span class=\"muted\">").text(&gap.section.label_vi),
                None => out.text("Ít nhất một dòng").raw("</a> <span class=\"muted\">").text(&gap.section.label_vi),
            };
            let number = gap.field.map(|field| item(field, self.form)).unwrap_or_default();
            if !number.is_empty() {
                out.raw(", mục ").text(number);
            }
            out.raw("</span></li>");
        }
        out
    }

    /// Percent, bar and list; replaced in place after a section was saved.
    pub(crate) fn completeness(&self, sheet: &Sheet<'_>, completeness: &Completeness<'_>, swapped: bool) -> String {
        let percent = completeness.percent();
        let mut out = Html::default();
        out.raw("<div class=\"stack stack-tight\" id=\"day-du\"").raw(if swapped { " hx-swap-oob=\"true\">" } else { ">" });
        out.raw("<p><b>Đầy đủ ").number(percent).raw("\u{a0}%</b></p><progress class=\"progress-full");
        out.raw(match percent {
            0..=49 => " low",
            50..=89 => " mid",
            _ => "",
        });
        out.raw("\" value=\"")
            .number(percent)
            .raw("\" max=\"100\" aria-label=\"Độ đầy đủ của hồ sơ\">")
            .number(percent)
            .raw(" %</progress>");
        let missing = self.missing(sheet, completeness);
        if !missing.0.is_empty() {
            let count = missing.0.matches("<li>").count();
            out.raw("<details class=\"why\"><summary>Còn thiếu ")
                .number(count)
                .raw(" chỗ</summary><ul>")
                .raw(&missing.0)
                .raw("</ul></details>");
        }
        out.raw("</div>");
        out.0
    }
}
