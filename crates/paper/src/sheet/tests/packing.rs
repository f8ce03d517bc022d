//! Small packages built by hand.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

pub(super) const NAMES: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// A zip of parts.
pub(super) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet, from the inside of its parts.
pub(super) fn workbook(sheet: &str, shared: &str, styles: &str) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let root = format!("<Relationships><Relationship Id=\"a\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    let book = format!("<workbook {NAMES}><sheets><sheet name=\"DS\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
    let rels = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"r2\" Type=\"{kind}/styles\" Target=\"styles.xml\"/>\
         <Relationship Id=\"r3\" Type=\"{kind}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"
    );
    zip(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst {NAMES}>{shared}</sst>").as_bytes()),
        ("xl/styles.xml", format!("<styleSheet {NAMES}>{styles}</styleSheet>").as_bytes()),
    ])
}

/// A sheet part around its rows.
pub(super) fn sheet(rows: &str, after: &str) -> String {
    format!("<?xml version=\"1.0\"?><worksheet {NAMES}><sheetData>{rows}</sheetData>{after}</worksheet>")
}
