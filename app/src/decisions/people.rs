//! Whom a decision names: lines as people type them or paste them from a sheet, and who of the area is meant.

use super::queries::{self, Candidate};
use crate::{
    error::Result,
    form::{self, Problems},
};
use std::collections::HashMap;
use vault::Reader;

/// People on one decision; more are added to it afterwards.
pub(super) const MOST: usize = 1000;
/// Digits from which a number is one of a person and not of a line.
const NUMBER: usize = 6;

/// A line, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wanted {
    /// Number of the personal identity or of the officer.
    number: String,
    /// Birth day, month or year as it is stored; empty when it was not typed.
    born: String,
    /// The name, as typed.
    name: String,
}

impl Wanted {
    /// Words in any order: what reads as a day or a year is the birth date, what holds digits a number, the rest the name.
    fn read(line: &str) -> Wanted {
        let mut wanted = Wanted::default();
        let mut words = Vec::new();
        for (place, word) in
            line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|')).filter(|word| !word.is_empty()).enumerate()
        {
            let digits = word.chars().filter(char::is_ascii_digit).count();
            let is_count = place == 0 && word.trim_end_matches(['.', ')']).chars().all(|c| c.is_ascii_digit()) && digits < 4;
            match day(word) {
                _ if is_count => {}
                Some(born) => wanted.born = born,
                None if digits > 0 => wanted.number = word.to_owned(),
                None => words.push(word),
            }
        }
        // A single short number on a line is not the number of the line but all there is.
        if words.is_empty() && wanted.number.is_empty() && wanted.born.is_empty() {
            wanted.number = line.trim().to_owned();
        }
        wanted.name = words.join(" ");
        wanted
    }
}

/// A day, a month or a year as it is stored.
fn day(word: &str) -> Option<String> {
    if let Some(day) = form::day(word) {
        return Some(day.to_string());
    }
    let is_year =
        |year: &str| year.len() == 4 && (year.starts_with("19") || year.starts_with("20")) && year.bytes().all(|b| b.is_ascii_digit());
    match word.split_once('/') {
        Some((month, year)) => {
            let month: u8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
            is_year(year).then(|| format!("{year}-{month:02}"))
        }
        None => is_year(word).then(|| word.to_owned()),
    }
}

/// A line, and who may be meant by it.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// Which line it is, from 1 on.
    pub(super) place: usize,
    /// The line as typed.
    pub(super) typed: String,
    /// At least one.
    pub(super) candidates: Vec<Candidate>,
}

impl Named {
    /// The field in which one of several is chosen.
    pub(super) fn field(&self) -> String {
        format!("nguoi-{}", self.place)
    }

    /// Who is meant: the only one, or the one that was chosen.
    pub(super) fn meant(&self, chosen: &str) -> Option<&Candidate> {
        match self.candidates.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|one| one.id.to_string() == chosen),
        }
    }
}

/// Finds everybody; what is wrong stands at `nguoi-N` for line N, and at `people` for the whole.
pub(super) async fn named(reader: &mut Reader<'_>, text: &str, problems: &mut Problems) -> Result<Vec<Named>> {
    let lines: Vec<(usize, &str)> =
        text.lines().zip(1..).map(|(line, place)| (place, line.trim())).filter(|(_, line)| !line.is_empty()).collect();
    if lines.is_empty() {
        problems.add("people", "Ghi ít nhất một người được nêu trong quyết định, mỗi người một dòng");
    }
    if lines.len() > MOST {
        problems.add(
            "people",
            format!("Mỗi lần ghi được {MOST} người, đang có {}. Ghi phần đầu trước, rồi bổ sung người vào quyết định", lines.len()),
        );
        return Ok(Vec::new());
    }
    let mut all = Vec::with_capacity(lines.len());
    let mut met: HashMap<i64, usize> = HashMap::new();
    for (place, line) in lines {
        let wanted = Wanted::read(line);
        let field = format!("nguoi-{place}");
        match found(reader, &wanted).await? {
            Err(sentence) => problems.add(field, format!("Dòng {place}: {sentence}")),
            Ok(candidates) => {
                if let [only] = candidates.as_slice()
                    && let Some(first) = met.insert(only.id, place)
                {
                    problems.add(field, format!("Dòng {place}: trùng với dòng {first}. Bỏ một trong hai dòng"));
                }
                all.push(Named { place, typed: line.to_owned(), candidates });
            }
        }
    }
    Ok(all)
}

async fn found(reader: &mut Reader<'_>, wanted: &Wanted) -> Result<Result<Vec<Candidate>, String>> {
    if !wanted.number.is_empty() {
        let mut found = queries::by_number(reader, &wanted.number).await?;
        if found.is_empty() {
            let short = wanted.number.chars().filter(char::is_ascii_digit).count() < NUMBER;
            let hint = if short {
                " Ghi đủ số định danh hoặc họ tên"
            } else {
                " Kiểm tra lại số, hoặc ghi họ tên và ngày sinh"
            };
            return Ok(Err(format!("không có hồ sơ nào mang số {} trong phạm vi được giao.{hint}", wanted.number)));
        }
        let name = vault::folded(&wanted.name);
        if !name.is_empty() {
            found.retain(|one| vault::folded(&one.name) == name);
            if found.is_empty() {
                return Ok(Err(format!("số {} là của hồ sơ mang tên khác. Kiểm tra lại họ tên và số", wanted.number)));
            }
        }
        return Ok(Ok(found));
    }
    if wanted.name.is_empty() {
        return Ok(Err("chưa có họ tên hoặc số định danh. Ghi ít nhất một trong hai".into()));
    }
    let mut found = queries::by_name(reader, &wanted.name).await?;
    if !wanted.born.is_empty() {
        found.retain(|one| one.born.starts_with(&wanted.born) || (!one.born.is_empty() && wanted.born.starts_with(&one.born)));
    }
    match found.is_empty() {
        true => {
            Ok(Err(format!("không có hồ sơ nào tên “{}” trong phạm vi được giao. Kiểm tra họ tên, hoặc ghi số định danh", wanted.name)))
        }
        false => Ok(Ok(found)),
    }
}

/// Lines for people who were ticked in a list.
pub(super) async fn lines(reader: &mut Reader<'_>, ids: &[i64]) -> Result<String> {
    let mut text = String::new();
    for id in ids {
        let Some(one) = queries::by_id(reader, *id).await? else { continue };
        let born = if one.born.is_empty() { String::new() } else { crate::page::show_date(&one.born) };
        let parts = [one.name.as_str(), born.as_str(), one.number.as_str()];
        text.push_str(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "));
        text.push('\n');
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(number: &str, born: &str, name: &str) -> Wanted {
        Wanted { number: number.into(), born: born.into(), name: name.into() }
    }

    #[test]
    fn a_line_is_read_in_any_order() {
        for (line, meant) in [
            ("Lò Thị Mai", wanted("", "", "Lò Thị Mai")),
            ("1. Lò Thị Mai, 28/02/1990", wanted("", "1990-02-28", "Lò Thị Mai")),
            ("12) Mai; 2/1990", wanted("", "1990-02", "Mai")),
            ("3\tLò Thị Mai\t1990\t015190000001", wanted("015190000001", "1990", "Lò Thị Mai")),
            ("015190000001", wanted("015190000001", "", "")),
            ("YB.00123", wanted("YB.00123", "", "")),
            ("12", wanted("12", "", "")),
        ] {
            assert_eq!(Wanted::read(line), meant, "{line}");
        }
    }
}
