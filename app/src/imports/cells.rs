//! From a cell to what a person would have typed into the field.

use crate::dossiers::value::{decimal, plain};
use jiff::civil::Date;
use law::Kind;
use paper::sheet::{
    Cell,
    values::{self, PartialDate},
};

/// What a cell says.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// This.
    Text(String),
    /// This, though the cell says it in an unusual way.
    Unusual(String, String),
    /// Something that cannot be meant.
    Unclear(String),
}

/// Reads a cell for a field of this kind; `lengths` are those of a number whose zeros in front a sheet may have dropped.
pub(super) fn say(kind: Kind, lengths: &[usize], cell: &Cell, today: Date) -> Said {
    match (kind, cell) {
        (_, Cell::Empty) => Said::Nothing,
        (Kind::Date | Kind::PartialDate, _) => date(kind, cell, today),
        (Kind::Decimal, _) => said(values::hundredths(cell).map(|found| found.map(decimal))),
        (Kind::Bool, Cell::Text(text)) if plain(text).is_empty() => Said::Nothing,
        (Kind::Bool, _) => said(values::tick(cell).map(|yes| Some(if yes { "có" } else { "không" }.to_owned()))),
        (Kind::Int, Cell::Text(text)) => words(&step(text)),
        (_, Cell::Number(_)) => number(lengths, cell),
        (_, cell) => words(&cell.shown()),
    }
}

fn said(found: Result<Option<String>, values::Problem>) -> Said {
    match found {
        Ok(None) => Said::Nothing,
        Ok(Some(text)) => Said::Text(text),
        Err(problem) => Said::Unclear(problem.sentence),
    }
}

fn date(kind: Kind, cell: &Cell, today: Date) -> Said {
    match values::date(cell, today) {
        Err(problem) => Said::Unclear(problem.sentence),
        Ok(None) => Said::Nothing,
        // Lists give the month from which a salary or a post counts; it counts from the first day.
        Ok(Some(PartialDate::Month(year, month))) if kind == Kind::Date => {
            let first = format!("01/{month:02}/{year:04}");
            Said::Unusual(first.clone(), format!("Chỉ có tháng và năm; ghi là ngày {first}"))
        }
        Ok(Some(PartialDate::Year(year))) if kind == Kind::Date => {
            Said::Unclear(format!("Chỉ có năm {year}. Nhập đủ ngày, ví dụ 01/09/{year}"))
        }
        Ok(Some(day)) => Said::Text(day.to_string()),
    }
}

/// A number where words are expected: a telephone or a personal number that a sheet took for a sum.
fn number(lengths: &[usize], cell: &Cell) -> Said {
    let shown = cell.shown();
    let is_whole = shown.bytes().all(|byte| byte.is_ascii_digit());
    let padded = lengths.iter().filter(|length| is_whole && (1..=2).contains(&length.saturating_sub(shown.len()))).min();
    match padded {
        Some(length) if !lengths.contains(&shown.len()) => {
            let full = format!("{shown:0>length$}");
            Said::Unusual(full.clone(), format!("Bảng tính đã bỏ số 0 ở đầu; ghi là {full}"))
        }
        _ => words(&shown),
    }
}

fn words(text: &str) -> Said {
    let text = plain(text.trim_start_matches('\''));
    match text.as_str() {
        "" | "-" | "–" | "—" => Said::Nothing,
        "#REF!" | "#N/A" | "#VALUE!" | "#NAME?" | "#DIV/0!" | "#NUM!" | "#NULL!" => {
            Said::Unclear(format!("Công thức trong ô bị lỗi {text}. Nhập giá trị thay cho công thức"))
        }
        _ => Said::Text(text),
    }
}

/// `Bậc 3` and `3/9` as 3.
fn step(text: &str) -> String {
    let folded = vault::folded(text);
    let bare = folded.trim_start_matches("bac").trim();
    let first = bare.split_once('/').map_or(bare, |(first, _)| first).trim();
    let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { first.to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 19);

    fn text(kind: Kind, typed: &str) -> Said {
        say(kind, &[], &Cell::text(typed), TODAY)
    }

    #[test]
    fn cells_are_read_as_lists_write_them() {
        assert_eq!(text(Kind::Decimal, "2.34"), Said::Text("2,34".into()));
        assert_eq!(say(Kind::Decimal, &[], &Cell::Number(2.34), TODAY), Said::Text("2,34".into()));
        assert_eq!(text(Kind::Int, "Bậc 3/9"), Said::Text("3".into()));
        assert_eq!(text(Kind::Bool, "x"), Said::Text("có".into()));
        assert_eq!(text(Kind::Text, " – "), Said::Nothing);
        assert_eq!(say(Kind::PartialDate, &[], &Cell::Number(31095.0), TODAY), Said::Text("17/02/1985".into()));
        assert_eq!(text(Kind::PartialDate, "1974"), Said::Text("1974".into()));
    }

    #[test]
    fn a_month_counts_from_its_first_day_and_that_is_said() {
        assert!(matches!(text(Kind::Date, "9/2002"), Said::Unusual(day, _) if day == "01/09/2002"));
        assert!(matches!(text(Kind::Date, "2002"), Said::Unclear(_)));
    }

    #[test]
    fn zeros_that_a_sheet_dropped_come_back() {
        let phone = say(Kind::Text, &[10], &Cell::Number(912_345_678.0), TODAY);
        assert!(matches!(phone, Said::Unusual(full, _) if full == "0912345678"));
        assert_eq!(say(Kind::Text, &[12], &Cell::Number(12_345.0), TODAY), Said::Text("12345".into()));
    }

    #[test]
    fn a_formula_is_only_text() {
        assert_eq!(text(Kind::Text, "=cmd|' /C calc'!A0"), Said::Text("=cmd|' /C calc'!A0".into()));
        assert!(matches!(text(Kind::Text, "#REF!"), Said::Unclear(_)));
    }
}
