//! A section as a form, and the page on which two people meet over one row.

use super::{checks::Typed, html::Html, inputs::Inputs, line::Line, section::Desk, value};
use crate::form::Problems;
use jiff::civil::{Date, date};
use vault::Value;

/// What is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// The record of a single section.
    Record,
    /// A new row.
    New,
    /// This row.
    Row(i64),
    /// No row yet: the rows are shown, each with its link.
    Nothing,
}

impl Which {
    /// What an address asks for.
    pub(super) fn asked(desk: &Desk<'_>, row: &str) -> Which {
        let known = row.parse().ok().filter(|row| desk.lines.iter().any(|line| line.id == *row));
        match (desk.shape.section.is_single(), known) {
            (true, _) => Which::Record,
            (false, Some(row)) => Which::Row(row),
            (false, None) if row == "moi" || desk.lines.is_empty() => Which::New,
            (false, None) => Which::Nothing,
        }
    }
}

static NONE: Problems = Problems::none();

/// The form under way.
pub(super) struct Editor<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) which: Which,
    pub(super) typed: Option<&'a Typed>,
    pub(super) reason: &'a str,
    /// What a file was declared to be.
    pub(super) declared: &'a str,
    pub(super) problems: &'a Problems,
    pub(super) warnings: &'a Problems,
    pub(super) today: Date,
}

impl<'a> Editor<'a> {
    pub(super) fn new(desk: &'a Desk<'a>) -> Editor<'a> {
        let today = date(1, 1, 1);
        Editor { desk, which: Which::Nothing, typed: None, reason: "", declared: "", problems: &NONE, warnings: &NONE, today }
    }

    fn stored(&self) -> Option<&'a Line> {
        match self.which {
            Which::Record => self.desk.lines.first(),
            Which::Row(row) => self.desk.lines.iter().find(|line| line.id == row),
            Which::New | Which::Nothing => None,
        }
    }

    pub(super) fn address(&self) -> String {
        format!("/ho-so/{}/muc/{}", self.desk.dossier.id, self.desk.shape.section.key)
    }

    /// The whole section.
    pub(super) fn html(&self) -> String {
        let section = self.desk.shape.section;
        let mut out = Html::default();
        self.open(&mut out, "đang sửa");
        if section.is_single() {
            out.raw("<div class=\"panel-body stack\">");
            self.form(&mut out);
            out.raw("</div>");
        } else {
            self.rows(&mut out);
        }
        out.raw("</section>");
        out.0
    }

    fn open(&self, out: &mut Html, state: &str) {
        let section = self.desk.shape.section;
        let section_key = section.key.clone();
        out.raw("<section class=\"panel\" id=\"muc-").raw(&section.key).raw("\" aria-labelledby=\"ten-").raw(&section.key).raw("\">");
        out.raw("<div class=\"panel-head\"><h2 data-focus id=\"ten-")
            .raw(&section.key)
            .raw("\">")
            .text(&section.label_vi)
            .raw("</h2><p>")
            .raw(state);
        out.raw(" · đổi nội dung đã có cần ghi lý do</p></div>");
        if !self.problems.is_empty() {
            out.raw("<div class=\"note note-late\" role=\"alert\" id=\"loi\"><h3>Còn ")
                .number(self.problems.iter().count())
                .raw(" chỗ cần sửa</h3><ul>");
            for (field, sentence) in self.problems.iter() {
                out.raw("<li><a href=\"#").raw(&section_key).raw("-").text(field).raw("\">").text(sentence).raw("</a></li>");
            }
            out.raw("</ul></div>");
        }
    }

    /// Rows of a list, the one being written in its place.
    fn rows(&self, out: &mut Html) {
        let (view, shape, lines) = (self.desk.view(), &self.desk.shape, &self.desk.lines);
        if !lines.is_empty() {
            let fields = view.columns(shape, lines);
            out.raw("<div class=\"table-box\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .text(&shape.section.label_vi)
                .raw("\"><table class=\"table\"><caption class=\"sr\">");
            out.text(&shape.section.label_vi).raw("</caption>");
            view.head(out, shape, &fields, true);
            out.raw("<tbody>");
            for line in lines {
                match self.which {
                    Which::Row(row) if row == line.id => {
                        out.raw("<tr class=\"row-edit\" id=\"dong-")
                            .number(line.id)
                            .raw("\"><td colspan=\"")
                            .number(fields.len() + view.own_count(shape.section) + 1)
                            .raw("\"><div class=\"stack\">");
                        self.form(out);
                        self.retract_form(out, line);
                        out.raw("</div></td></tr>");
                    }
                    Which::Row(_) | Which::Record | Which::New | Which::Nothing => view.row(out, shape, &fields, line, true),
                }
            }
            out.raw("</tbody></table></div>");
        }
        out.raw("<div class=\"panel-body stack\">");
        match self.which {
            Which::New => {
                out.raw("<h3>Dòng mới</h3>");
                self.form(out);
            }
            Which::Row(_) | Which::Record | Which::Nothing => {
                let address = self.address();
                out.raw("<p class=\"actions\">");
                self.swap_link(out, &format!("{address}?dong=moi"), "btn btn-main", "Thêm dòng");
                out.raw(" ");
                self.swap_link(out, &format!("{address}?xem=1"), "btn btn-quiet", "Xong");
                out.raw("</p>");
            }
        }
        out.raw("</div>");
    }

    fn swap_link(&self, out: &mut Html, address: &str, class: &str, words: &str) {
        out.raw("<a class=\"").raw(class).raw("\" href=\"").raw(address).raw("\" hx-get=\"").raw(address).raw("\" hx-target=\"#muc-");
        out.raw(&self.desk.shape.section.key).raw("\" hx-swap=\"outerHTML\">").raw(words).raw("</a>");
    }

    fn form(&self, out: &mut Html) {
        let stored = self.stored();
        let section_key = self.desk.shape.section.key.clone();
        self.form_head(out, "", stored);
        let inputs = Inputs {
            shape: &self.desk.shape,
            stored,
            typed: self.typed,
            problems: self.problems,
            warnings: self.warnings,
            level: self.desk.level,
            form: &self.desk.dossier.form,
            today: self.today,
            own: &self.desk.own,
            without: &[],
        };
        inputs.all(out);
        if !self.warnings.is_empty() {
            out.raw("<div class=\"note note-wait\" role=\"alert\"><h3>Nên kiểm tra lại</h3><ul>");
            for (field, sentence) in self.warnings.iter() {
                out.raw("<li><a href=\"#").raw(&section_key).raw("-").text(field).raw("\">").text(sentence).raw("</a></li>");
            }
            out.raw(
                "</ul><label class=\"check\"><input type=\"checkbox\" name=\"xac_nhan\" value=\"1\"> Đã kiểm tra, ghi dù vậy</label></div>",
            );
        }
        if stored.is_some() {
            reason(out, &self.desk.shape.section.key, "ly_do", "Lý do đính chính", self.reason, self.problems);
        }
        out.raw("<div class=\"actions\"><button class=\"btn btn-main\">");
        out.raw(if self.desk.shape.section.is_single() { "Lưu mục này" } else { "Ghi dòng này" }).raw("</button> ");
        self.swap_link(out, &format!("{}?xem=1", self.address()), "btn btn-quiet", "Bỏ, không lưu");
        out.raw(" <span class=\"muted small\">Ctrl + Enter để lưu</span></div></form>");
        self.file_forms(out, stored);
    }

    fn form_head(&self, out: &mut Html, act: &str, stored: Option<&Line>) {
        let address = format!("{}{act}", self.address());
        let key = &self.desk.shape.section.key;
        out.raw("<form class=\"stack\" method=\"post\" data-guard action=\"")
            .raw(&address)
            .raw("\" hx-post=\"")
            .raw(&address)
            .raw("\" hx-target=\"#muc-")
            .raw(key);
        out.raw("\" hx-swap=\"outerHTML\"><input type=\"hidden\" name=\"phien_ban\" value=\"")
            .number(stored.map_or(0, |line| line.version))
            .raw("\">");
        if let Some(line) = stored {
            out.raw("<input type=\"hidden\" name=\"dong\" value=\"").number(line.id).raw("\">");
        }
    }

    fn retract_form(&self, out: &mut Html, line: &Line) {
        let open = self.problems.iter().any(|(field, _)| field == "ly_do_bo");
        out.raw(if open { "<details class=\"why\" open><summary>" } else { "<details class=\"why\"><summary>" })
            .raw("Bỏ dòng này</summary>");
        self.form_head(out, "/bo", Some(line));
        reason(out, &self.desk.shape.section.key, "ly_do_bo", "Lý do bỏ", "", self.problems);
        out.raw("<p class=\"actions\"><button class=\"btn btn-late\">Bỏ dòng này</button> <span class=\"muted small\">Lịch sử vẫn giữ nội dung đã bỏ</span></p></form></details>");
    }

    /// Both texts side by side: what stands now, what was about to be written.
    pub(super) fn conflict(&self, now: Option<&Line>) -> String {
        let mut out = Html::default();
        self.open(&mut out, "có người vừa sửa");
        out.raw("<div class=\"panel-body stack\"><div class=\"note note-wait\" role=\"alert\"><h3>Nội dung này vừa được người khác ");
        out.raw(if now.is_some() { "sửa" } else { "bỏ" }).raw("</h3><p>Chưa ghi gì. So sánh hai bên rồi chọn.</p></div>");
        let (shape, typed) = (&self.desk.shape, self.typed);
        out.raw("<div class=\"table-box\" tabindex=\"0\" role=\"region\" aria-label=\"So sánh\"><table class=\"table cards\"><caption class=\"sr\">So sánh nội dung hiện nay với nội dung vừa gõ</caption>");
        out.raw("<thead><tr><th scope=\"col\">Trường</th><th scope=\"col\">Đang có trong hồ sơ</th><th scope=\"col\">Vừa gõ</th></tr></thead><tbody>");
        for (place, spot) in shape.spots().enumerate().filter(|(_, spot)| spot.field.sensitivity <= self.desk.level) {
            let stands = now.map(|line| value::edit(spot, line.at(place))).unwrap_or_default();
            let Some(text) = typed.and_then(|typed| typed.get(&spot.column.name)).filter(|text| **text != stands) else { continue };
            let read = value::read(spot, text, &Value::Null, self.today, &|_| String::new());
            let shown = read.map_or_else(|_| text.clone(), |value| value::show(spot, &value));
            out.raw("<tr><th scope=\"row\">").text(&spot.field.label_vi).raw("</th><td data-label=\"Đang có trong hồ sơ\">");
            out.text(&now.map(|line| value::show(spot, line.at(place))).unwrap_or_default())
                .raw("</td><td data-label=\"Vừa gõ\">")
                .text(&shown)
                .raw("</td></tr>");
        }
        out.raw("</tbody></table></div>");
        let address = format!("{}?xem=1", self.address());
        let may_write = now.is_some() || self.which == Which::New;
        if may_write {
            self.form_head(&mut out, "", now);
            for (name, text) in typed.into_iter().flatten() {
                out.raw("<input type=\"hidden\"").attribute("name", name).attribute("value", text).raw(">");
            }
            reason(&mut out, &self.desk.shape.section.key, "ly_do", "Lý do đính chính", self.reason, self.problems);
        }
        out.raw("<p class=\"actions\">");
        self.swap_link(&mut out, &address, "btn btn-main", "Giữ nội dung đang có");
        if may_write {
            out.raw(" <button class=\"btn\">Ghi nội dung vừa gõ</button></p></form>");
        } else {
            out.raw("</p>");
        }
        out.raw("</div></section>");
        out.0
    }
}

pub(super) fn reason(out: &mut Html, section: &str, at: &str, label: &str, text: &str, problems: &Problems) {
    let problem = problems.iter().find(|(found, _)| *found == at).map(|(_, sentence)| sentence);
    let id = &format!("{section}-{at}");
    out.raw(if problem.is_some() {
        "<div class=\"field wide field-bad\"><label for=\""
    } else {
        "<div class=\"field wide\"><label for=\""
    });
    out.raw(id)
        .raw("\">")
        .raw(label)
        .raw("</label><input class=\"input\" name=\"ly_do\" autocomplete=\"off\" id=\"")
        .raw(id)
        .raw("\"")
        .attribute("value", text);
    match problem {
        Some(sentence) => out
            .raw(" aria-invalid=\"true\" aria-describedby=\"")
            .raw(id)
            .raw("-gy\"><p class=\"error\" id=\"")
            .raw(id)
            .raw("-gy\">")
            .text(sentence)
            .raw("</p>"),
        None => out.raw(">"),
    };
    out.raw("</div>");
}
