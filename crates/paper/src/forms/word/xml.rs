//! The few elements of WordprocessingML a form needs, as text. Whatever people typed passes through [`escape`].

use quick_xml::escape::escape;

use crate::forms::filled::Part;

/// Width between the margins, in twentieths of a point.
pub(super) const TEXT_WIDTH: usize = 9637;
/// How wide a letter is on average, and a dot, at 12 points.
const LETTER: usize = 115;
const DOT: usize = 60;

#[derive(Clone, Copy, Default)]
pub(super) struct Face {
    pub bold: bool,
    pub italic: bool,
}

pub(super) const PLAIN: Face = Face { bold: false, italic: false };
pub(super) const BOLD: Face = Face { bold: true, italic: false };
pub(super) const ITALIC: Face = Face { bold: false, italic: true };

pub(super) fn run(text: &str, face: Face) -> String {
    let style = format!("{}{}", if face.bold { "<w:b/>" } else { "" }, if face.italic { "<w:i/>" } else { "" });
    let lines: Vec<String> = text.split('\n').map(|line| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escape(line))).collect();
    format!("<w:r><w:rPr>{style}</w:rPr>{}</w:r>", lines.join("<w:br/>"))
}

/// A paragraph of a style; `layout` holds more of its properties.
pub(super) fn paragraph(style: &str, layout: &str, runs: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!(r#"<w:pStyle w:val="{style}"/>"#) };
    format!("<w:p><w:pPr>{style}{layout}</w:pPr>{runs}</w:p>")
}

pub(super) fn centred(runs: &str) -> String {
    paragraph("", r#"<w:jc w:val="center"/>"#, runs)
}

/// A dotted line over the whole width.
pub(super) fn dotted(width: usize) -> String {
    paragraph("", &dotted_tab(width), "<w:r><w:tab/></w:r>")
}

fn dotted_tab(width: usize) -> String {
    format!(r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>"#)
}

/// Items on one line. The last blank is a tab with dots up to the margin; those before it are typed dots that share what room is left.
pub(super) fn line(parts: &[Part], width: usize) -> String {
    let blanks = parts.iter().filter(|part| part.is_blank()).count();
    let letters: usize =
        parts.iter().map(|part| part.mark.chars().count() + part.label.chars().count() + part.text.chars().count() + 4).sum();
    let room = width.saturating_sub(letters * LETTER) / (DOT * blanks.max(1));
    let dots = ".".repeat(room.clamp(8, 60));
    let mut runs = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            runs.push_str(&run("   ", PLAIN));
        }
        runs.push_str(&label(part));
        let space = if part.mark.is_empty() && part.label.is_empty() { "" } else { " " };
        if !part.is_blank() {
            runs.push_str(&run(&format!("{space}{}", part.text), PLAIN));
        } else if at + 1 == parts.len() {
            runs.push_str(&format!("{}<w:r><w:tab/></w:r>", run(space, PLAIN)));
        } else {
            runs.push_str(&run(&format!("{space}{dots}"), PLAIN));
        }
    }
    paragraph("", &dotted_tab(width), &runs)
}

/// The mark in bold and the label.
pub(super) fn label(part: &Part) -> String {
    let mark = if part.mark.is_empty() { String::new() } else { run(&format!("{} ", part.mark), BOLD) };
    format!("{mark}{}", run(&part.label, PLAIN))
}

/// A table without lines: rows of cells, each with its width.
pub(super) fn side_by_side(rows: &[Vec<(usize, String)>], properties: &str) -> String {
    let grid: String = rows.first().into_iter().flatten().map(|(width, _)| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let rows: String = rows
        .iter()
        .map(|cells| {
            let cells: String = cells
                .iter()
                .map(|(width, body)| format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{body}</w:tc>"#))
                .collect();
            format!("<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{cells}</w:tr>")
        })
        .collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
    )
}
