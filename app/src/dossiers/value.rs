//! What is typed into one column becomes a stored value, and a stored value becomes what people read or type again.
//!
//! The editor, the importer, the exporter and the printer share these three functions: [`read`], [`show`] and [`edit`].

use super::{codes, dates};
use jiff::civil::Date;
use law::{Column, Field, Kind, Law, Section};
use unicode_normalization::UnicodeNormalization;
use vault::Value;

/// One column and the field it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'a> {
    /// The rules.
    pub(crate) law: &'a Law,
    /// The section.
    pub(crate) section: &'a Section,
    /// The field.
    pub(crate) field: &'a Field,
    /// The column.
    pub(crate) column: &'a Column,
}

/// What was typed as a value, or a sentence that says what to enter. Blank is [`Value::Null`].
///
/// `stored` is what the row holds now: a code that is no longer offered may stay. `row` gives what is typed beside it.
pub(crate) fn read(spot: Spot<'_>, typed: &str, stored: &Value, today: Date, row: &dyn Fn(&str) -> String) -> Result<Value, String> {
    let text = plain(typed);
    if text.is_empty() {
        return Ok(Value::Null);
    }
    match spot.column.kind {
        Kind::Date => dates::day(&text).map(Value::Date),
        Kind::PartialDate => dates::partial(&text).map(Value::Text),
        Kind::Int => whole(&text).map(Value::Int),
        Kind::Decimal => hundredths(&text).map(Value::Int),
        Kind::Bool => yes_or_no(&text).map(Value::Bool),
        Kind::File => text.parse().map(Value::Int).map_err(|_| "Tải tệp lên bằng nút Tải lên".into()),
        Kind::Enum => codes::read(spot, &text, stored, today).map(Value::Text),
        Kind::Text | Kind::Address | Kind::Decision => match (spot.field.kind, spot.column.part) {
            (Kind::Address, "model" | "province_code" | "district_code" | "commune_code") => {
                codes::read_place(spot, &text, row).map(Value::Text)
            }
            _ => Ok(Value::Text(text)),
        },
    }
}

/// What people read; empty for nothing.
pub(crate) fn show(spot: Spot<'_>, value: &Value) -> String {
    match (value, spot.column.kind) {
        (Value::Null, _) => String::new(),
        (Value::Int(number), Kind::Decimal) => figure(spot, *number),
        (Value::Int(number), Kind::Int) if *number >= 10_000 => crate::page::thousands(*number),
        (Value::Bool(yes), _) => if *yes { "Có" } else { "Không" }.to_owned(),
        (Value::Int(number), Kind::Bool) => if *number != 0 { "Có" } else { "Không" }.to_owned(),
        (Value::Int(number), _) => number.to_string(),
        (Value::Date(day), _) => crate::form::show_day(*day),
        (Value::Text(text), Kind::Date | Kind::PartialDate) => crate::page::show_date(text),
        (Value::Text(text), Kind::Enum) => codes::labels(spot, text),
        (Value::Text(text), _) => text.clone(),
        (Value::Instant(moment), _) => crate::form::show_day(crate::day_of(*moment)),
        (Value::Json(json), _) => json.as_str().map_or_else(|| json.to_string(), str::to_owned),
        (Value::Bytes(_), _) => String::new(),
    }
}

/// What stands in the form: what [`read`] understands.
pub(crate) fn edit(spot: Spot<'_>, value: &Value) -> String {
    match (value, spot.column.kind) {
        (Value::Bool(yes), _) => yes.to_string(),
        (Value::Int(number), Kind::Bool) => (*number != 0).to_string(),
        (Value::Int(number), Kind::Int) => number.to_string(),
        (Value::Text(text), Kind::Enum) => text.clone(),
        (value, _) => show(spot, value),
    }
}

/// Composed letters, single spaces, no blanks around; lines stay lines.
pub(crate) fn plain(typed: &str) -> String {
    let composed: String = typed.nfc().filter(|c| !c.is_control() || *c == '\n').collect();
    let lines = composed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A decimal as its field is written: a coefficient of three is `3,00`.
fn figure(spot: Spot<'_>, hundredths: i64) -> String {
    let text = decimal(hundredths);
    if spot.field.two_decimals && !text.contains(',') { format!("{text},00") } else { text }
}

/// `399` as `3,99`; whole numbers without a comma.
pub(crate) fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole},{part:02}"),
    }
}

fn whole(text: &str) -> Result<i64, String> {
    let bare: String = text.trim_end_matches("đồng").trim_end_matches('đ').chars().filter(|c| !c.is_whitespace()).collect();
    let groups: Vec<&str> = bare.split(['.', ',']).collect();
    let grouped = groups.len() == 1 || groups.iter().skip(1).all(|group| group.len() == 3);
    let number = groups.concat().parse::<i64>().ok().filter(|_| grouped);
    number.ok_or_else(|| format!("“{text}” không phải số nguyên. Chỉ nhập chữ số, ví dụ 12"))
}

/// `2,34` and `2.34` as 234.
pub(crate) fn hundredths(text: &str) -> Result<i64, String> {
    let bare: String = text.trim_end_matches('%').chars().filter(|c| !c.is_whitespace()).collect();
    let unclear = || format!("“{text}” không phải số. Nhập số có dấu phẩy, ví dụ 2,34");
    let (negative, bare) = bare.strip_prefix('-').map_or((false, bare.as_str()), |rest| (true, rest));
    let (whole, part) = match (bare.rfind(','), bare.rfind('.')) {
        (Some(comma), Some(dot)) if comma > dot => (bare.get(..comma).unwrap_or_default().replace('.', ""), bare.get(comma + 1..)),
        (Some(comma), Some(dot)) if dot > comma => (bare.get(..dot).unwrap_or_default().replace(',', ""), bare.get(dot + 1..)),
        (place, other) => match place.or(other) {
            Some(mark) => (bare.get(..mark).unwrap_or_default().to_owned(), bare.get(mark + 1..)),
            None => (bare.to_owned(), None),
        },
    };
    let part = part.unwrap_or("0");
    if !part.bytes().chain(whole.bytes()).all(|byte| byte.is_ascii_digit()) || whole.is_empty() || part.is_empty() {
        return Err(unclear());
    }
    let kept = part.trim_end_matches('0');
    if kept.len() > 2 {
        let near = format!("{}.{part}", whole).parse::<f64>().map(|number| format!("{number:.2}").replace('.', ","));
        return Err(format!("Chỉ giữ hai chữ số sau dấu phẩy. Nhập {}?", near.unwrap_or_else(|_| whole.clone())));
    }
    let number = whole.parse::<i64>().ok().and_then(|whole| whole.checked_mul(100)?.checked_add(format!("{kept:0<2}").parse().ok()?));
    number.map(|number| if negative { -number } else { number }).ok_or_else(unclear)
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "true" | "có" | "co" | "x" | "1" | "đúng" | "yes" => Ok(true),
        "false" | "không" | "khong" | "0" | "sai" | "no" => Ok(false),
        _ => Err("Chọn Có hoặc Không".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coefficient_is_understood_with_comma_and_with_point() {
        assert_eq!(hundredths("2,34"), Ok(234));
        assert_eq!(hundredths("2.34"), Ok(234));
        assert_eq!(hundredths("2,340"), Ok(234));
        assert_eq!(hundredths("1.250,5"), Ok(125_050));
        assert_eq!(hundredths("5%"), Ok(500));
        assert_eq!(hundredths("2,3"), Ok(230));
        assert_eq!(hundredths("2,345"), Err("Chỉ giữ hai chữ số sau dấu phẩy. Nhập 2,35?".into()));
        assert!(hundredths("hai").is_err() && hundredths("2,").is_err() && hundredths("1,2,3").is_err());
        assert_eq!(decimal(399), "3,99");
        assert_eq!(decimal(6200), "62");
        assert_eq!(decimal(-5), "-0,05");
    }

    #[test]
    fn a_sum_of_money_may_carry_points() {
        assert_eq!(whole("6.249.100 đồng"), Ok(6_249_100));
        assert_eq!(whole("12"), Ok(12));
        assert!(whole("1.25").is_err() && whole("12a").is_err());
    }

    #[test]
    fn words_are_kept_composed_and_without_stray_blanks() {
        assert_eq!(plain("  Nguye\u{302}\u{303}n   Thị\u{a0}Hoa \r\n x "), "Nguyễn Thị Hoa\nx");
    }
}
