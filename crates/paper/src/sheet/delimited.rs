//! Text with a separator between columns: csv as programs and regions disagree about it.

use super::{
    Format, Refusal,
    builder::{Budget, Builder},
    open::{Decoded, Options, Raw, decode},
};

/// Lines looked at to find the separator.
const LINES: usize = 60;
const MARKS: [char; 4] = [';', '\t', ',', '|'];

pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Raw, Refusal> {
    let Decoded { text, detected, unicode } = decode(bytes, options.encoding);
    if is_noise(&text) {
        return Err(Refusal::WrongType { found: "tệp không phải văn bản" });
    }
    let (mark, body) = match named_mark(&text) {
        Some((mark, body)) => (mark, body),
        None => (likely_mark(&text), text.as_str()),
    };
    let mut budget = Budget::new(&options.limits);
    let mut builder = Builder::new("Danh sách", false);
    let mut lines = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(mark).unwrap_or(b','))
        .from_reader(body.as_bytes());
    let mut line = csv::StringRecord::new();
    let mut row = 0;
    while lines.read_record(&mut line).map_err(|_| Refusal::Damaged)? {
        for (column, field) in line.iter().enumerate() {
            let cell = budget.text(field.trim())?;
            builder.put(&mut budget, row, column, cell)?;
        }
        row += 1;
    }
    Ok(Raw { sheets: vec![builder.finish()], format: Format::Delimited(mark), detected, unicode, ..Raw::default() })
}

/// Control letters and unreadable bytes have no place in a text.
fn is_noise(text: &str) -> bool {
    let (mut bad, mut all) = (0_usize, 0_usize);
    for letter in text.chars().take(20_000) {
        all += 1;
        if letter == '\u{FFFD}' || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{C}' | '\u{80}'..='\u{9F}')) {
            bad += 1;
        }
    }
    bad * 50 > all
}

/// Excel's own line, `sep=;`, which names the separator.
fn named_mark(text: &str) -> Option<(char, &str)> {
    let rest = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP="))?;
    let mark = rest.chars().next().filter(|mark| MARKS.contains(mark))?;
    let (_, body) = rest.split_once('\n')?;
    Some((mark, body))
}

/// The separator that cuts most lines into the same number of pieces, more than one.
fn likely_mark(text: &str) -> char {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
    let score = |mark: char| {
        let mut counts: Vec<usize> = lines.iter().map(|line| count_outside_quotes(line, mark)).filter(|count| *count > 0).collect();
        counts.sort_unstable();
        let Some(usual) = counts.get(counts.len() / 2).copied() else { return (0, 0) };
        (counts.iter().filter(|count| **count == usual).count(), usual)
    };
    // Commas also stand within words and numbers, so they must win clearly; earlier marks win ties.
    MARKS.into_iter().rev().max_by_key(|mark| score(*mark)).unwrap_or(',')
}

fn count_outside_quotes(line: &str, mark: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for letter in line.chars() {
        if letter == '"' {
            quoted = !quoted;
        } else if letter == mark && !quoted {
            count += 1;
        }
    }
    count
}
