//! The document itself, block by block.

use super::picture::Picture;
use super::xml::{BOLD, Face, ITALIC, PLAIN, TEXT_WIDTH, centred, dotted, label, line, paragraph, run, side_by_side};
use crate::forms::filled::{Block, Filled, Grid, Head, Part, Row, Signature};

/// The frame of the photo, 4 × 6 cm, in twentieths of a point.
const PHOTO_WIDTH: usize = 2268;
const PHOTO_HEIGHT: usize = 3402;
const GAP: usize = 284;
/// Room for the signature between its title and the name.
const SIGNING_ROOM: &str = r#"<w:spacing w:before="0" w:after="1300"/><w:jc w:val="center"/>"#;
/// The annex begins on a sheet of its own.
const NEW_PAGE: &str = r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#;

pub(super) fn document(filled: &Filled, picture: Option<&Picture>) -> String {
    let mut body = String::new();
    if !filled.mark.is_empty() {
        body.push_str(&paragraph("Note", r#"<w:jc w:val="right"/>"#, &run(&filled.mark, ITALIC)));
    }
    if filled.national_heading {
        body.push_str(&centred(&run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD)));
        body.push_str(&centred(&run("Độc lập - Tự do - Hạnh phúc", BOLD)));
    }
    filled.head.iter().for_each(|parts| body.push_str(&line(parts, TEXT_WIDTH)));
    body.push_str(&paragraph("Title", "", &run(&filled.title, BOLD)));
    filled.subtitle.iter().for_each(|words| body.push_str(&centred(&run(words, PLAIN))));
    if !filled.beside_photo.is_empty() {
        body.push_str(&beside_photo(&filled.beside_photo, picture));
    }
    filled.blocks.iter().for_each(|block| body.push_str(&self::block(block)));
    body.push_str(&signatures(&filled.signatures));
    if !filled.annex.is_empty() {
        body.push_str(NEW_PAGE);
        filled.annex.iter().for_each(|block| body.push_str(&self::block(block)));
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="first" r:id="rId4"/><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1020" w:left="1418" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>"#
    )
}

fn beside_photo(lines: &[Vec<Part>], picture: Option<&Picture>) -> String {
    let photo = match picture {
        Some(picture) => centred(&format!("<w:r>{}</w:r>", picture.drawing())),
        None => framed_blank(),
    };
    // Cells have a margin of 108 on either side.
    let width = TEXT_WIDTH - PHOTO_WIDTH - GAP;
    let lines: String = lines.iter().map(|parts| line(parts, width - 216)).collect();
    side_by_side(&[vec![(PHOTO_WIDTH + GAP, photo), (width, lines)]], &format!(r#"<w:trHeight w:val="{PHOTO_HEIGHT}" w:hRule="atLeast"/>"#))
        + &paragraph("", r#"<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>"#, "")
}

/// A frame to glue a photo into, of its true size.
fn framed_blank() -> String {
    let borders: String = ["top", "left", "bottom", "right"]
        .map(|side| format!(r#"<w:{side} w:val="single" w:sz="6" w:space="0" w:color="auto"/>"#))
        .concat();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{PHOTO_WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{PHOTO_WIDTH}"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="{PHOTO_HEIGHT}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{PHOTO_WIDTH}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{}</w:tc></w:tr></w:tbl>{}"#,
        centred(&run("Ảnh màu\n(4 x 6 cm)", PLAIN)),
        paragraph("", "", "")
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Line { parts } => line(parts, TEXT_WIDTH),
        Block::Note { text } => paragraph("Note", "", &run(text, ITALIC)),
        Block::Heading { part } => heading(part),
        Block::Text { part, lines } if part.is_blank() => {
            let rest: String = (1..*lines).map(|_| dotted(TEXT_WIDTH)).collect();
            line(std::slice::from_ref(part), TEXT_WIDTH) + &rest
        }
        Block::Text { part, .. } => text(part),
        Block::Table(grid) => table(grid) + &paragraph("Cell", "", ""),
    }
}

fn heading(part: &Part) -> String {
    let text = if part.text.is_empty() { String::new() } else { run(&format!(" {}", part.text), PLAIN) };
    paragraph("Heading1", "", &(run(format!("{} {}", part.mark, part.label).trim(), BOLD) + &text))
}

fn text(part: &Part) -> String {
    let justified = r#"<w:jc w:val="both"/>"#;
    let mut paragraphs = part.text.split('\n').filter(|words| !words.trim().is_empty());
    let first = format!("{}{}", label(part), run(&format!(" {}", paragraphs.next().unwrap_or_default()), PLAIN));
    let rest: String = paragraphs.map(|words| paragraph("", justified, &run(words, PLAIN))).collect();
    paragraph("", justified, &first) + &rest
}

fn table(grid: &Grid) -> String {
    let total: f64 = grid.columns.iter().map(|column| column.width).sum();
    let share = TEXT_WIDTH as f64 / total.max(1.0);
    let widths: Vec<usize> = grid.columns.iter().map(|column| (column.width * share) as usize).collect();
    let columns: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#))
        .concat();
    let blank = Row::new(vec![String::new(); widths.len()]);
    let blanks = if grid.rows.is_empty() { grid.blank } else { 0 };
    let rows: String =
        grid.rows.iter().chain(std::iter::repeat_n(&blank, blanks)).map(|row| table_row(row, &grid.columns, &widths)).collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblInd w:w="108" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{}{rows}</w:tbl>"#,
        heads(&grid.columns, &widths)
    )
}

/// One row of heads, or two where columns share a common head; both are repeated on every page.
fn heads(columns: &[Head], widths: &[usize]) -> String {
    let row = |cells: String| format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>");
    let placed: Vec<(&Head, usize)> = columns.iter().zip(widths.iter().copied()).collect();
    if columns.iter().all(|column| column.group.is_empty()) {
        return row(placed.iter().map(|(head, width)| cell(*width, "", &head.label, "center", BOLD)).collect());
    }
    let upper: String = placed
        .chunk_by(|(one, _), (next, _)| !one.group.is_empty() && one.group == next.group)
        .filter_map(|group| {
            let (first, _) = group.first()?;
            let width = group.iter().map(|(_, width)| width).sum();
            Some(if first.group.is_empty() {
                cell(width, r#"<w:vMerge w:val="restart"/>"#, &first.label, "center", BOLD)
            } else {
                cell(width, &format!(r#"<w:gridSpan w:val="{}"/>"#, group.len()), &first.group, "center", BOLD)
            })
        })
        .collect();
    let lower: String = placed
        .iter()
        .map(|(head, width)| match head.group.is_empty() {
            true => cell(*width, "<w:vMerge/>", "", "center", BOLD),
            false => cell(*width, "", &head.label, "center", BOLD),
        })
        .collect();
    row(upper) + &row(lower)
}

fn table_row(row: &Row, columns: &[Head], widths: &[usize]) -> String {
    let keep = if row.may_break { "" } else { "<w:cantSplit/>" };
    let cells: String =
        row.cells.iter().zip(columns).zip(widths).map(|((text, column), width)| cell(*width, "", text, column.align, PLAIN)).collect();
    format!("<w:tr><w:trPr>{keep}</w:trPr>{cells}</w:tr>")
}

fn cell(width: usize, merge: &str, text: &str, align: &str, face: Face) -> String {
    let paragraph = paragraph("Cell", &format!(r#"<w:jc w:val="{align}"/>"#), &run(text, face));
    let middle = if face.bold { r#"<w:vAlign w:val="center"/>"# } else { "" };
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}{middle}</w:tcPr>{paragraph}</w:tc>"#)
}

fn signatures(signatures: &[Signature]) -> String {
    if signatures.is_empty() {
        return String::new();
    }
    let width = TEXT_WIDTH / signatures.len();
    let row = |body: fn(&Signature) -> String| signatures.iter().map(|signature| (width, body(signature))).collect::<Vec<_>>();
    // The names stand in a row of their own, level whatever is above them.
    paragraph("", "<w:keepNext/>", "")
        + &side_by_side(&[row(above_signature), row(|signature| centred(&run(&signature.name, BOLD)))], "")
        + &paragraph("Cell", "", "")
}

fn above_signature(signature: &Signature) -> String {
    let mut lines: Vec<String> = Vec::new();
    if !signature.place.is_empty() {
        lines.push(centred(&run(&signature.place, ITALIC)));
    }
    lines.push(centred(&run(&signature.title, BOLD)));
    if !signature.oath.is_empty() {
        lines.push(centred(&run(&signature.oath, PLAIN)));
    }
    lines.push(paragraph("", SIGNING_ROOM, &run(&signature.hint, ITALIC)));
    lines.concat()
}
