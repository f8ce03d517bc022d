//! Coefficients, money and codes of digits.

use super::{Problem, quoted, refuse_fault};
use crate::sheet::Cell;

/// A coefficient or percentage in hundredths: "2,34" and "2.34" are 234.
pub fn hundredths(cell: &Cell) -> Result<Option<i64>, Problem> {
    let Some(text) = typed(cell)? else { return Ok(None) };
    let bad = || Problem::new(format!("Không đọc được số “{}”. Nhập số, ví dụ 2,34", quoted(&text)));
    let (whole, part) = split(text.trim_end_matches('%').trim(), false).ok_or_else(bad)?;
    let part = part.trim_end_matches('0');
    if part.len() > 2 {
        // Sheets compute coefficients; 2.3400000001 is 2.34, 2.345 is a doubt.
        let long: f64 = format!("0.{part}").parse().unwrap_or(0.0);
        let near = (long * 100.0).round();
        let shown = format!("{whole},{near:02.0}");
        if (long * 100.0 - near).abs() > 1e-6 || near >= 100.0 {
            return Err(Problem::suggest(format!("Số “{}” có hơn hai chữ số lẻ", quoted(&text)), shown));
        }
        return hundredths(&Cell::text(shown));
    }
    format!("{whole}{part:0<2}").parse().map(Some).map_err(|_| bad())
}

/// Money in đồng: "6.249.100", "6,249,100 đ" and the number alike.
pub fn money(cell: &Cell) -> Result<Option<i64>, Problem> {
    let Some(text) = typed(cell)? else { return Ok(None) };
    let lower = text.to_lowercase();
    let plain = ["đồng", "vnđ", "vnd", "đ", "₫"].iter().find_map(|unit| lower.strip_suffix(unit)).unwrap_or(&lower).trim();
    let bad = || Problem::new(format!("Không đọc được số tiền “{}”. Nhập số đồng, ví dụ 6.249.100", quoted(&text)));
    let (whole, part) = split(plain, true).ok_or_else(bad)?;
    if !part.trim_end_matches('0').is_empty() {
        return Err(Problem::suggest("Số tiền có phần lẻ của đồng", whole));
    }
    whole.parse().map(Some).map_err(|_| bad())
}

/// A whole number such as a count of years.
pub fn whole(cell: &Cell) -> Result<Option<i64>, Problem> {
    let Some(text) = typed(cell)? else { return Ok(None) };
    let bad = || Problem::new(format!("Không đọc được số “{}”. Nhập số nguyên, ví dụ 12", quoted(&text)));
    let (whole, part) = split(&text, false).ok_or_else(bad)?;
    if !part.trim_end_matches('0').is_empty() {
        return Err(bad());
    }
    whole.parse().map(Some).map_err(|_| bad())
}

/// A code of exactly one of `lengths` digits; `what` names it in messages, for example "Số CCCD".
pub fn digits(cell: &Cell, what: &str, lengths: &[usize]) -> Result<Option<String>, Problem> {
    let shown = cell.shown();
    let shown = shown.trim_start_matches('\'').trim();
    if shown.is_empty() {
        return Ok(None);
    }
    refuse_fault(shown)?;
    let plain: String = shown.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '.' | '-')).collect();
    let needed = lengths.iter().map(usize::to_string).collect::<Vec<_>>().join(" hoặc ");
    if !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::new(format!("{what} chỉ gồm chữ số, cần {needed} chữ số")));
    }
    if lengths.contains(&plain.len()) {
        return Ok(Some(plain));
    }
    let sentence = format!("{what} có {} chữ số, cần {needed}", plain.len());
    // A number cell has lost its zeros in front; a text has lost a digit nobody can guess.
    let longest = lengths.iter().copied().max().unwrap_or(0);
    match cell {
        Cell::Number(_) if plain.len() < longest => Err(Problem::suggest(sentence, format!("{plain:0>longest$}"))),
        _ => Err(Problem::new(sentence)),
    }
}

/// What was typed, or none for nothing and for a dash.
fn typed(cell: &Cell) -> Result<Option<String>, Problem> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Number(number) => format!("{:.6}", number).trim_end_matches('0').trim_end_matches('.').to_owned(),
        Cell::Text(text) => text.trim().trim_start_matches('\'').trim().to_owned(),
        Cell::Date(_) | Cell::Moment(_) | Cell::Bool(_) => {
            return Err(Problem::new(format!("Ô chứa “{}”, cần một số", cell.shown())));
        }
    };
    refuse_fault(&text)?;
    Ok((!text.is_empty() && !matches!(text.as_str(), "-" | "–" | "—")).then_some(text))
}

/// Whole digits (with sign) and the digits after the decimal sign.
/// A sign that stands once before three digits separates thousands only where `grouped` says so.
fn split(text: &str, grouped: bool) -> Option<(String, String)> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (sign, body) = match text.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", text.as_str()),
    };
    if body.is_empty() || body.len() > 24 || !body.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return None;
    }
    let last = body.rfind(['.', ',']);
    let decimal = last.filter(|place| {
        let mark = body.get(*place..*place + 1).unwrap_or("");
        let once = body.matches(mark).count() == 1;
        let mixed = body.contains('.') && body.contains(',');
        let three = body.len() - place == 4;
        once && (mixed || !(grouped && three))
    });
    let (whole, part) = match decimal {
        Some(place) => (body.get(..place)?, body.get(place + 1..)?),
        None => (body, ""),
    };
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let well_grouped = groups.len() == 1 || groups.iter().skip(1).all(|group| group.len() == 3);
    if whole.is_empty() || !well_grouped || (decimal.is_some() && part.is_empty()) {
        return None;
    }
    Some((format!("{sign}{}", groups.concat()), part.to_owned()))
}
