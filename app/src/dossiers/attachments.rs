//! Photo and scans of a row: the forms that send them, each by itself.

use super::{
    editor::{Editor, reason},
    html::Html,
    line::Line,
};
use law::{Field, Kind};
use vault::Value;

impl Editor<'_> {
    /// Photo and scans, each sent by itself.
    pub(super) fn file_forms(&self, out: &mut Html, stored: Option<&Line>) {
        let fields = self.desk.shape.readable(self.desk.level).filter(|field| field.kind == Kind::File);
        for field in fields {
            if stored.is_none() && !self.desk.shape.section.is_single() {
                out.raw("<p class=\"hint\">Ghi dòng trước, rồi tải lên ").text(&super::checks::lower(&field.label_vi)).raw(".</p>");
                continue;
            }
            self.file_form(out, field, stored);
        }
    }

    fn file_form(&self, out: &mut Html, field: &Field, stored: Option<&Line>) {
        let (key, name) = (&field.key, &format!("{}-{}", self.desk.shape.section.key, field.key));
        let problem = self.problems.iter().find(|(at, _)| at == key).map(|(_, sentence)| sentence);
        out.raw("<form class=\"stack stack-tight\" method=\"post\" enctype=\"multipart/form-data\" action=\"")
            .raw(&self.address())
            .raw("/tep\">");
        out.raw("<input type=\"hidden\" name=\"phien_ban\" value=\"").number(stored.map_or(0, |line| line.version)).raw("\">");
        if let Some(line) = stored {
            out.raw("<input type=\"hidden\" name=\"dong\" value=\"").number(line.id).raw("\">");
        }
        out.raw("<input type=\"hidden\" name=\"truong\" value=\"").raw(key).raw("\">");
        out.raw(if problem.is_some() { "<div class=\"field field-bad\"><label for=\"" } else { "<div class=\"field\"><label for=\"" });
        out.raw(name).raw("\">").text(&field.label_vi).raw("</label>");
        let now = stored.map(|line| line.value(&self.desk.shape, key));
        if let Some(Value::Int(file)) = now {
            self.scan(out, *file);
        }
        out.raw("<input class=\"input\" type=\"file\" id=\"")
            .raw(name)
            .raw("\" name=\"tep\" accept=\"image/jpeg,image/png,image/webp,application/pdf\"");
        out.raw(if problem.is_some() { " aria-invalid=\"true\" aria-describedby=\"" } else { " aria-describedby=\"" })
            .raw(name)
            .raw("-gy\">");
        match problem {
            Some(sentence) => out.raw("<p class=\"error\" id=\"").raw(name).raw("-gy\">").text(sentence).raw("</p>"),
            None if field.hint.is_empty() => out.raw("<p class=\"hint\" id=\"").raw(name).raw("-gy\">PDF hoặc ảnh JPEG, PNG, WebP</p>"),
            None => out.raw("<p class=\"hint\" id=\"").raw(name).raw("-gy\">").text(&field.hint).raw("</p>"),
        };
        out.raw("</div>");
        if key != "photo" {
            self.copies(out, key);
        }
        if matches!(now, Some(Value::Int(_))) {
            reason(out, &self.desk.shape.section.key, &format!("ly_do_{key}"), "Lý do thay tệp", "", self.problems);
        }
        out.raw("<p class=\"actions\"><button class=\"btn\">Tải lên</button></p></form>");
    }

    /// What a scan without a signature is declared to be: asked where the regulation wants its validity shown, else offered.
    fn copies(&self, out: &mut Html, key: &str) {
        let (at, name) = (format!("loai_ban_{key}"), format!("{}-loai_ban_{key}", self.desk.shape.section.key));
        let problem = self.problems.iter().find(|(found, _)| *found == at).map(|(_, sentence)| sentence);
        out.raw(if problem.is_some() { "<div class=\"field field-bad\"><label for=\"" } else { "<div class=\"field\"><label for=\"" });
        let (class, need, none) = match self.desk.validity {
            Some(_) => ("need", "bắt buộc khi tệp không ký số", "Tệp có chữ ký số"),
            None => ("muted", "không bắt buộc", "Không khai"),
        };
        out.raw(&name)
            .raw("\">Loại bản <span class=\"")
            .raw(class)
            .raw("\">(")
            .raw(need)
            .raw(")</span></label><select class=\"input\" name=\"loai_ban\" id=\"");
        out.raw(&name).raw(if problem.is_some() { "\" aria-invalid=\"true\" aria-describedby=\"" } else { "\" aria-describedby=\"" });
        out.raw(&name).raw("-gy\"><option value=\"\">").raw(none).raw("</option>");
        let copies = self.desk.shape.law.catalogue(super::proofs::COPIES);
        for item in copies.iter().flat_map(|list| &list.items) {
            out.raw("<option").attribute("value", &item.code);
            out.raw(if item.code == self.declared { " selected>" } else { ">" }).text(&item.label_vi).raw("</option>");
        }
        out.raw("</select>");
        match problem {
            Some(sentence) => out.raw("<p class=\"error\" id=\"").raw(&name).raw("-gy\">").text(sentence).raw("</p></div>"),
            None => {
                out.raw("<p class=\"hint\" id=\"").raw(&name).raw("-gy\">Chữ ký số trong tệp PDF được kiểm tra khi tải lên.");
                if let Some(article) = self.desk.validity {
                    out.raw(" Căn cứ: ").text(article).raw(".");
                }
                out.raw("</p></div>")
            }
        };
    }

    /// The file that stands in a field, shown in place.
    fn scan(&self, out: &mut Html, file: i64) {
        let Some(known) = self.desk.files.get(&file) else { return };
        let address = format!("/ho-so/{}/tep/{file}", self.desk.dossier.id);
        out.raw("<figure class=\"scan\">");
        if known.mime == "application/pdf" {
            out.raw("<object type=\"application/pdf\" data=\"").raw(&address).raw("\" aria-label=\"").text(&known.name).raw("\"></object>");
        } else {
            out.raw("<img src=\"").raw(&address).raw("\" alt=\"").text(&known.name).raw("\">");
        }
        out.raw("<figcaption>");
        self.desk.view().file(out, self.desk.shape.law, file);
        out.raw("</figcaption></figure>");
    }
}
