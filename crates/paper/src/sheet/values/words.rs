//! Ticks and genders.

use jiff::civil::Date;

use super::{PartialDate, Problem, date, quoted, refuse_fault};
use crate::{sheet::Cell, text::fold};

/// A person's gender as lists write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// A tick: "x", "✓", "có" and 1 are yes; nothing, "không", "-" and 0 are no.
pub fn tick(cell: &Cell) -> Result<bool, Problem> {
    let text = fold(&cell.shown());
    refuse_fault(&text.to_uppercase())?;
    match text.as_str() {
        "" | "khong" | "ko" | "k" | "-" | "–" | "0" | "false" | "chua" => Ok(false),
        "x" | "xx" | "v" | "✓" | "✔" | "√" | "ü" | "u" | "co" | "1" | "+" | "true" | "yes" | "da" | "roi" => Ok(true),
        _ => Err(Problem::new(format!("“{}” không rõ có hay không. Đánh dấu x hoặc để trống", quoted(&cell.shown())))),
    }
}

/// A gender in words.
pub fn gender(cell: &Cell) -> Result<Option<Gender>, Problem> {
    match fold(&cell.shown()).as_str() {
        "" => Ok(None),
        "nam" | "m" | "male" | "trai" | "ong" => Ok(Some(Gender::Male)),
        "nu" | "f" | "female" | "gai" | "ba" => Ok(Some(Gender::Female)),
        _ => Err(Problem::new(format!("Không đọc được giới tính “{}”. Nhập Nam hoặc Nữ", quoted(&cell.shown())))),
    }
}

/// Gender and birth from two columns "Nam" and "Nữ", of which one holds the birth date, the year, or only a tick.
pub fn gender_from_split(male: &Cell, female: &Cell, today: Date) -> Result<Option<(Gender, Option<PartialDate>)>, Problem> {
    let filled = |cell: &Cell| !cell.is_empty() && !matches!(cell.shown().as_str(), "-" | "–" | "0");
    let (gender, cell) = match (filled(male), filled(female)) {
        (false, false) => return Ok(None),
        (true, true) => return Err(Problem::new("Cả cột Nam và cột Nữ đều có dữ liệu. Chỉ giữ một cột")),
        (true, false) => (Gender::Male, male),
        (false, true) => (Gender::Female, female),
    };
    if tick(cell) == Ok(true) {
        return Ok(Some((gender, None)));
    }
    date(cell, today).map(|born| Some((gender, born)))
}
