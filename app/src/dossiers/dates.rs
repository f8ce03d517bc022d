//! Days as people type them: `14/03/1985`, `03/1985`, `1985`, kept as precisely as they were written.

use jiff::civil::Date;

/// Years outside are slips of the hand.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

/// First and last day that a stored day, month or year may mean.
pub(crate) fn span(stored: &str) -> Option<(Date, Date)> {
    let mut parts = stored.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(|month| month.parse::<i8>());
    match (month, parts.next()) {
        (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (Some(month), None) => {
            let first = Date::new(year, month.ok()?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (Some(_), Some(_)) => stored.parse().ok().map(|day| (day, day)),
    }
}

/// A day, or what is wrong with it and what was probably meant.
pub(crate) fn day(typed: &str) -> Result<Date, String> {
    match parts(typed).as_deref() {
        Some([day, month, year]) => whole(*day, *month, year_of(typed, *year)?),
        Some([month, year]) => {
            let year = year_of(typed, *year)?;
            Err(format!("Cần đủ ngày, tháng, năm, ví dụ 01/{month:02}/{year}"))
        }
        Some([year]) if *year > 31 => Err(format!("Cần đủ ngày, tháng, năm, ví dụ 01/01/{}", year_of(typed, *year)?)),
        _ => Err("Nhập ngày dạng dd/mm/yyyy, ví dụ 28/08/2025".into()),
    }
}

/// A day, a month or a year in the stored form, or what is wrong with it.
pub(crate) fn partial(typed: &str) -> Result<String, String> {
    match parts(typed).as_deref() {
        Some([day, month, year]) => Ok(whole(*day, *month, year_of(typed, *year)?)?.to_string()),
        Some([month, year]) => {
            let year = year_of(typed, *year)?;
            match month {
                1..=12 => Ok(format!("{year:04}-{month:02}")),
                _ => Err(format!("Không có tháng {month}. Nhập tháng từ 1 đến 12, ví dụ 09/{year}")),
            }
        }
        Some([year]) => Ok(format!("{:04}", year_of(typed, *year)?)),
        _ => Err("Nhập dd/mm/yyyy, mm/yyyy hoặc yyyy, ví dụ 09/2003".into()),
    }
}

/// The numbers in the order day, month, year; `1985-03-14` and `14031985` are understood too.
fn parts(typed: &str) -> Option<Vec<i32>> {
    let text = typed.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let cut = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse().ok());
        return Some(vec![cut(0, 2)?, cut(2, 4)?, cut(4, 8)?]);
    }
    let pieces: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|piece| !piece.is_empty()).collect();
    let numbers: Option<Vec<i32>> = pieces.iter().map(|piece| piece.parse().ok().filter(|number| (0..=99_999).contains(number))).collect();
    let mut numbers = numbers?;
    if pieces.first().is_some_and(|first| first.len() == 4) && numbers.len() > 1 {
        numbers.reverse();
    }
    (1..=3).contains(&numbers.len()).then_some(numbers)
}

fn year_of(typed: &str, year: i32) -> Result<i16, String> {
    if (0..100).contains(&year) {
        let century = if year > 30 { 1900 } else { 2000 };
        let stem = typed.trim().trim_end_matches(|c: char| c.is_ascii_digit());
        return Err(format!("Năm cần đủ 4 chữ số. Nhập {stem}{}?", century + year));
    }
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year));
    year.ok_or_else(|| "Năm cần đủ 4 chữ số, ví dụ 1985".to_owned())
}

fn whole(day: i32, month: i32, year: i16) -> Result<Date, String> {
    let first = i8::try_from(month).ok().and_then(|month| Date::new(year, month, 1).ok());
    let Some(first) = first else {
        let swapped = (13..=31).contains(&month) && (1..=12).contains(&day);
        return Err(match swapped {
            true => format!("Không có tháng {month}. Nhập {month:02}/{day:02}/{year}?"),
            false => format!("Không có tháng {month}. Nhập tháng từ 1 đến 12, ví dụ {:02}/09/{year}", day.clamp(1, 30)),
        });
    };
    let last = first.days_in_month();
    let found = i8::try_from(day).ok().and_then(|day| Date::new(year, first.month(), day).ok());
    found.ok_or_else(|| match (day, month) {
        (..=0, _) => format!("Không có ngày 0. Nhập {month:02}/{year} nếu không rõ ngày"),
        (_, 2) => format!("Tháng 2 năm {year} chỉ có {last} ngày. Nhập {last}/02/{year}?"),
        (_, _) => format!("Tháng {month} chỉ có {last} ngày. Nhập {last}/{month:02}/{year}?"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_answered_with_what_was_probably_meant() {
        assert_eq!(day("31/06/2030").unwrap_err(), "Tháng 6 chỉ có 30 ngày. Nhập 30/06/2030?");
        assert_eq!(day("29/02/2023").unwrap_err(), "Tháng 2 năm 2023 chỉ có 28 ngày. Nhập 28/02/2023?");
        assert_eq!(day("05/13/2020").unwrap_err(), "Không có tháng 13. Nhập 13/05/2020?");
        assert_eq!(day("5/3/85").unwrap_err(), "Năm cần đủ 4 chữ số. Nhập 5/3/1985?");
        assert_eq!(day("03/2020").unwrap_err(), "Cần đủ ngày, tháng, năm, ví dụ 01/03/2020");
        assert!(day("hôm qua").is_err());
    }

    #[test]
    fn a_day_may_be_written_in_several_ways() {
        for typed in ["14/03/1985", "14-3-1985", " 14.03.1985 ", "1985-03-14", "14031985"] {
            assert_eq!(day(typed).unwrap().to_string(), "1985-03-14", "{typed}");
        }
    }

    #[test]
    fn a_partial_day_keeps_its_precision() {
        assert_eq!(partial("1985").unwrap(), "1985");
        assert_eq!(partial("3/1985").unwrap(), "1985-03");
        assert_eq!(partial("14/3/1985").unwrap(), "1985-03-14");
        assert_eq!(partial("13/1985").unwrap_err(), "Không có tháng 13. Nhập tháng từ 1 đến 12, ví dụ 09/1985");
        assert_eq!(
            span("1985-02").map(|(from, until)| (from.to_string(), until.to_string())),
            Some(("1985-02-01".into(), "1985-02-28".into()))
        );
    }
}
