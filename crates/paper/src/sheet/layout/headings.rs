//! Headings: which rows they fill, and the path of headings over each column.

use std::ops::Range;

use super::rows::filled;
use crate::{
    sheet::{Cell, Merge, Sheet},
    text::fold,
};

/// Rows in which headings may begin, and the most rows they fill.
const SEARCHED: usize = 80;
const MOST_ROWS: usize = 8;

/// Words that stand in headings of staff lists, folded.
const WORDS: [&str; 44] = [
    "stt",
    "tt",
    "so tt",
    "ho va ten",
    "ho ten",
    "ho, ten",
    "ho dem",
    "ten",
    "ngay sinh",
    "ngay, thang",
    "ngay thang",
    "nam sinh",
    "sinh",
    "gioi tinh",
    "nam",
    "nu",
    "dan toc",
    "ton giao",
    "que quan",
    "noi sinh",
    "noi o",
    "dia chi",
    "thuong tru",
    "cccd",
    "cmnd",
    "dinh danh",
    "dien thoai",
    "email",
    "bhxh",
    "chuc vu",
    "chuc danh",
    "don vi",
    "noi cong tac",
    "trinh do",
    "chuyen mon",
    "chuyen nganh",
    "ma so",
    "ngach",
    "he so",
    "bac",
    "luong",
    "phu cap",
    "dang",
    "ghi chu",
];

/// Where the headings are.
#[derive(Debug, Clone, Default)]
pub(super) struct Header {
    pub(super) rows: Range<usize>,
    pub(super) numbering: Option<usize>,
}

/// Finds the rows of headings; none if no row looks like headings.
pub(super) fn find(sheet: &Sheet, width: usize) -> Header {
    let rows = sheet.rows.len().min(SEARCHED);
    let scored = (0..rows).map(|row| (row, score(sheet, row))).filter(|(_, score)| *score >= 2);
    let best = scored.clone().map(|(_, score)| score).max().unwrap_or(0);
    // The first row of headings may carry fewer known words than the fullest one beneath it.
    let start = match scored.clone().find(|(_, score)| *score * 2 >= best) {
        Some((row, _)) => row,
        None => match plain_heading(sheet, rows) {
            Some(row) => row,
            None => return Header::default(),
        },
    };
    let merges: Vec<Merge> = sheet.merges.iter().filter(|merge| merge.top < start + MOST_ROWS).copied().collect();
    let mut end = start + 1;
    while end < sheet.rows.len()
        && end - start < MOST_ROWS
        && numbering(sheet, end).is_none()
        && continues(sheet, &merges, start, end, width)
    {
        end += 1;
    }
    let numbering = (end < sheet.rows.len()).then(|| numbering(sheet, end)).flatten();
    Header { rows: start..end + usize::from(numbering.is_some()), numbering }
}

/// How many cells of a row hold words of headings.
fn score(sheet: &Sheet, row: usize) -> usize {
    let cells = filled(sheet, row);
    if cells.len() < 2 || cells.iter().any(|(_, cell)| !matches!(cell, Cell::Text(_))) {
        return 0;
    }
    cells.iter().filter(|(_, cell)| is_heading(&cell.shown())).count()
}

pub(super) fn is_heading(text: &str) -> bool {
    if text.chars().count() > 120 {
        return false;
    }
    let folded = fold(text);
    WORDS.iter().any(|word| folded == *word || (word.len() > 3 && folded.starts_with(word)) || (word.len() > 5 && folded.contains(word)))
}

/// Without known words: a row of texts, all different, over a row that holds numbers or days.
fn plain_heading(sheet: &Sheet, rows: usize) -> Option<usize> {
    (0..rows).find(|row| {
        let cells = filled(sheet, *row);
        let below = filled(sheet, row + 1);
        let texts: Vec<String> = cells.iter().filter(|(_, cell)| matches!(cell, Cell::Text(_))).map(|(_, cell)| cell.shown()).collect();
        let differ = texts.iter().enumerate().all(|(place, text)| !texts.iter().skip(place + 1).any(|other| other == text));
        let has_digits = |cell: &Cell| cell.shown().bytes().any(|byte| byte.is_ascii_digit());
        cells.len() >= 3
            && texts.len() == cells.len()
            && differ
            && below.len() * 2 >= cells.len()
            && below.iter().any(|(_, cell)| has_digits(cell))
            && !cells.iter().any(|(_, cell)| has_digits(cell))
    })
}

/// Whether a row still belongs to the headings above it.
fn continues(sheet: &Sheet, merges: &[Merge], start: usize, row: usize, width: usize) -> bool {
    let reaches_in = merges.iter().any(|merge| merge.top >= start && merge.top < row && merge.bottom >= row);
    if reaches_in {
        return true;
    }
    let cells = filled(sheet, row);
    if cells.is_empty() || cells.iter().any(|(_, cell)| !is_wordy(cell)) {
        return false;
    }
    // One cell over all columns is the first group, not a heading.
    if cells.len() == 1 && merges.iter().any(|merge| merge.top == row && (merge.right - merge.left + 1) * 2 > width) {
        return false;
    }
    let above = row - 1;
    let under_a_wide_one = merges.iter().any(|merge| {
        merge.bottom == above
            && merge.top >= start
            && merge.right > merge.left
            && cells.iter().any(|(column, _)| (merge.left..=merge.right).contains(column))
    });
    if under_a_wide_one {
        return true;
    }
    // Files without merges leave blanks: second headings stand only beneath some columns, and the first columns stay blank.
    let first_blank = sheet.cell(row, 0).is_empty() && sheet.cell(row, 1).is_empty();
    let fills_gaps = cells.iter().any(|(column, _)| sheet.cell(above, *column).is_empty());
    first_blank && fills_gaps && cells.len() >= 2 && cells.iter().any(|(_, cell)| is_heading(&cell.shown()))
}

/// Words without a long number, as headings are.
fn is_wordy(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if text.bytes().filter(u8::is_ascii_digit).count() <= 4)
}

/// A row that numbers its columns: 1, 2, 3 or A, B, 1, 2 = 3 + 4.
fn numbering(sheet: &Sheet, row: usize) -> Option<usize> {
    let cells = filled(sheet, row);
    let labels: Vec<String> = cells.iter().map(|(_, cell)| cell.shown().trim_matches(['(', ')', '[', ']', ' ']).to_owned()).collect();
    let is_label = |label: &String| {
        let formula =
            label.contains('=') && label.chars().all(|letter| letter.is_ascii_alphanumeric() || " =+-*/x()[].,%".contains(letter));
        let letter = label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_alphabetic());
        let number = label.len() <= 3 && label.parse::<u32>().is_ok_and(|number| number <= 200);
        letter || number || formula
    };
    let numbers: Vec<u32> = labels.iter().filter_map(|label| label.split('=').next()?.trim().parse().ok()).collect();
    let rising = numbers.windows(2).all(|pair| matches!(pair, [first, second] if first < second));
    (labels.len() >= 3 && labels.iter().all(is_label) && rising && numbers.len() >= 2 && numbers.first().is_some_and(|first| *first <= 3))
        .then_some(row)
}

/// The headings over each column, outer first.
pub(super) fn paths(sheet: &Sheet, header: &Header, width: usize) -> Vec<Vec<String>> {
    let rows: Vec<usize> = header.rows.clone().filter(|row| Some(*row) != header.numbering).collect();
    let merges: Vec<Merge> = sheet.merges.iter().filter(|merge| header.rows.contains(&merge.top)).copied().collect();
    let mut paths = vec![Vec::new(); width];
    for (place, row) in rows.iter().enumerate() {
        // A heading without a merge reaches over the blanks to its right if these have headings of their own beneath.
        let mut reaching: Option<String> = None;
        for (column, path) in paths.iter_mut().enumerate() {
            let merge = merges.iter().find(|merge| merge.covers(*row, column));
            let own = match merge {
                Some(merge) => sheet.cell(merge.top, merge.left),
                None => sheet.cell(*row, column),
            };
            let inner_below = rows.iter().skip(place + 1).any(|below| !sheet.cell(*below, column).is_empty());
            let text = match (own.is_empty(), merge, &reaching) {
                (false, ..) => own.shown(),
                (true, None, Some(left)) if inner_below && path.is_empty() => left.clone(),
                _ => {
                    reaching = None;
                    continue;
                }
            };
            reaching = (merge.is_none() && inner_below).then(|| text.clone());
            let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if path.last() != Some(&tidy) {
                path.push(tidy);
            }
        }
    }
    paths
}
