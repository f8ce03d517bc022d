//! Number formats: which of them show a number as a day, and which pad it with zeros.

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, date},
};

use super::Cell;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    #[default]
    Number,
    Day,
    /// With this many digits, zeros in front.
    Padded(u8),
}

/// The formats every workbook knows by number.
pub(super) fn built_in(id: u32) -> Shown {
    match id {
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Day,
        _ => Shown::Number,
    }
}

/// Reads a format code such as `dd/mm/yyyy` or `000000000000`.
pub(super) fn custom(code: &str) -> Shown {
    let first = code.split(';').next().unwrap_or(code);
    let mut plain = String::new();
    let mut letters = first.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => letters.by_ref().take_while(|next| *next != '"').for_each(drop),
            '[' => {
                let inside: String = letters.by_ref().take_while(|next| *next != ']').collect();
                // Elapsed time stands in brackets, so do colours and languages.
                if inside.eq_ignore_ascii_case("h") || inside.eq_ignore_ascii_case("hh") {
                    return Shown::Number;
                }
            }
            '\\' | '_' | '*' => drop(letters.next()),
            _ => plain.push(letter.to_ascii_lowercase()),
        }
    }
    if plain.len() >= 2 && plain.len() <= 20 && plain.bytes().all(|byte| byte == b'0') {
        return Shown::Padded(u8::try_from(plain.len()).unwrap_or(0));
    }
    // The word General holds an e but none of these without a digit sign.
    let dated = plain.contains(['d', 'y']) || (plain.contains('m') && !plain.contains(['0', '#']));
    if dated && !plain.contains("general") { Shown::Day } else { Shown::Number }
}

/// The cell of a number under a format.
pub(super) fn cell(number: f64, shown: Shown, from_1904: bool) -> Cell {
    match shown {
        Shown::Day => moment(number, from_1904).unwrap_or(Cell::Number(number)),
        Shown::Padded(width) if number.fract() == 0.0 && (0.0..1e15).contains(&number) => {
            Cell::text(format!("{number:0width$.0}", width = usize::from(width)))
        }
        Shown::Number | Shown::Padded(_) => Cell::Number(number),
    }
}

fn moment(serial: f64, from_1904: bool) -> Option<Cell> {
    let day = serial_day(serial, from_1904)?;
    #[expect(clippy::cast_possible_truncation, reason = "a share of one day in seconds")]
    let seconds = (serial.fract() * 86_400.0).round() as i64;
    if seconds == 0 {
        return Some(Cell::Date(day));
    }
    let start: DateTime = day.to_datetime(jiff::civil::Time::midnight());
    start.checked_add(seconds.seconds()).ok().map(Cell::Moment)
}

/// The day of a serial number; nothing before the first or after the year 9999.
pub(super) fn serial_day(serial: f64, from_1904: bool) -> Option<Date> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "range checked above")]
    let whole = serial.floor() as i64;
    let start = match (from_1904, whole) {
        (true, _) => date(1904, 1, 1),
        // Sheets count a 29 February 1900 that never was.
        (false, 1..=59) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    start.checked_add(whole.days()).ok()
}
