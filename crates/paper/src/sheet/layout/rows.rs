//! Rows beneath the headings: people, and what stands between and below them.

use super::{NoteKind, SkippedRow, headings::Header};
use crate::{
    sheet::{Cell, Sheet},
    text::fold,
};

/// Rows with people and without.
pub(super) struct Body {
    pub(super) first: usize,
    pub(super) last: Option<usize>,
    pub(super) skipped: Vec<SkippedRow>,
    pub(super) notes: Vec<SkippedRow>,
}

/// Filled cells of a row with their columns.
pub(super) fn filled(sheet: &Sheet, row: usize) -> Vec<(usize, &Cell)> {
    let cells = sheet.rows.get(row).map(Vec::as_slice).unwrap_or_default();
    cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).collect()
}

/// The words of a row in one line.
pub(super) fn words(sheet: &Sheet, row: usize) -> Option<String> {
    let words: Vec<String> = filled(sheet, row).into_iter().map(|(_, cell)| cell.shown()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The column of full names, or of family names where the two are apart.
pub(super) fn name_column(paths: &[Vec<String>]) -> Option<usize> {
    let place = |wanted: &[&str]| {
        paths.iter().position(|path| path.last().is_some_and(|heading| wanted.iter().any(|word| fold(heading).starts_with(word))))
    };
    place(&["ho va ten", "ho ten", "ho, ten", "ho va chu dem", "ho va dem", "ho dem", "ho lot", "full name"]).or_else(|| place(&["ten"]))
}

pub(super) fn classify(sheet: &Sheet, header: &Header, name_column: Option<usize>) -> Body {
    let start = header.rows.end;
    let mut kinds: Vec<Option<NoteKind>> = Vec::new();
    let usual = usual_width(sheet, start);
    for row in start..sheet.rows.len() {
        kinds.push(kind(sheet, header, name_column, row, usual));
    }
    let first = kinds.iter().position(Option::is_none).map_or(start, |place| start + place);
    let last = kinds.iter().rposition(Option::is_none).map(|place| start + place);
    let (mut skipped, mut notes) = (Vec::new(), Vec::new());
    for (place, kind) in kinds.into_iter().enumerate() {
        let row = start + place;
        let Some(kind) = kind else { continue };
        let text = words(sheet, row).unwrap_or_default();
        match last {
            Some(last) if row < last => skipped.push(SkippedRow { row, kind, text }),
            _ if kind == NoteKind::Blank => {}
            _ => notes.push(SkippedRow { row, kind: if kind == NoteKind::Total { kind } else { NoteKind::Note }, text }),
        }
    }
    Body { first, last, skipped, notes }
}

/// How many cells a row of a person usually fills.
fn usual_width(sheet: &Sheet, start: usize) -> usize {
    let mut counts: Vec<usize> =
        (start..sheet.rows.len()).take(200).map(|row| filled(sheet, row).len()).filter(|count| *count > 1).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

/// What a row without a person is; none for a person.
fn kind(sheet: &Sheet, header: &Header, name_column: Option<usize>, row: usize, usual: usize) -> Option<NoteKind> {
    let cells = filled(sheet, row);
    let Some((_, first)) = cells.first() else { return Some(NoteKind::Blank) };
    if is_total(&cells) {
        return Some(NoteKind::Total);
    }
    if repeats_heading(sheet, header, row) {
        return Some(NoteKind::Heading);
    }
    let named = match name_column {
        Some(column) => sheet.cell(row, column),
        None => first,
    };
    let has_name = matches!(named, Cell::Text(text) if text.chars().any(char::is_alphabetic));
    if is_signature(&cells) {
        return Some(NoteKind::Note);
    }
    if cells.len() * 3 < usual && is_group(&cells) {
        return Some(NoteKind::Group);
    }
    // A row with many values but no name is a person whose name is missing, and the person must be told.
    let full_enough = cells.len() * 2 >= usual && cells.len() >= 3;
    let enough = if has_name { cells.len() * 3 >= usual && cells.len() >= 2.min(usual.max(1)) } else { full_enough };
    (!enough).then_some(if cells.len() <= 2 && !is_long(first) { NoteKind::Group } else { NoteKind::Note })
}

fn is_total(cells: &[(usize, &Cell)]) -> bool {
    const STARTS: [&str; 6] = ["tong cong", "tong so", "cong:", "tong:", "cong toan", "tong hop:"];
    cells.iter().take(3).any(|(_, cell)| {
        let text = fold(&cell.shown());
        matches!(text.as_str(), "cong" | "tong") || STARTS.iter().any(|start| text.starts_with(start))
    })
}

fn is_signature(cells: &[(usize, &Cell)]) -> bool {
    const STARTS: [&str; 12] = [
        "nguoi lap",
        "thu truong",
        "ke toan truong",
        "(ky",
        "ky ten",
        "ghi chu:",
        "* ghi chu",
        "danh sach nay",
        "danh sach co",
        "xac nhan cua",
        "noi nhan",
        "tm. uy ban",
    ];
    cells.len() <= 4
        && cells.iter().any(|(_, cell)| {
            let text = fold(&cell.shown());
            let dated = text.contains("ngay") && text.contains("thang") && text.contains(" nam ");
            dated || STARTS.iter().any(|start| text.starts_with(start))
        })
}

/// "I. Ban Giám hiệu", "A", "1. Tổ Toán": a mark of order and words, or words alone.
fn is_group(cells: &[(usize, &Cell)]) -> bool {
    let texts: Vec<String> = cells.iter().map(|(_, cell)| cell.shown()).collect();
    let Some(first) = texts.first() else { return false };
    let mark = first.split(['.', ')', '/', ' ', '-']).next().unwrap_or("");
    let roman = !mark.is_empty() && mark.chars().all(|letter| "IVXLC".contains(letter));
    let letter = mark.chars().count() == 1 && mark.chars().all(char::is_uppercase);
    let number = mark.parse::<u32>().is_ok() && first.len() > mark.len();
    roman || letter || number || (cells.len() == 1 && first.chars().any(char::is_alphabetic) && first.chars().count() <= 120)
}

fn is_long(cell: &Cell) -> bool {
    cell.shown().chars().count() > 120
}

/// The same words as a heading row, at the top of another printed page.
fn repeats_heading(sheet: &Sheet, header: &Header, row: usize) -> bool {
    let cells = filled(sheet, row);
    cells.len() >= 3
        && header.rows.clone().any(|heading| {
            let same = cells.iter().filter(|(column, cell)| sheet.cell(heading, *column) == *cell).count();
            same * 4 >= cells.len() * 3
        })
}
