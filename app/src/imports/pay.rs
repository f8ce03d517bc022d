//! Rank, step and coefficient that a list keeps in one cell: `01.003, bậc 3/9, hệ số 3,00`, `3,00/3`.

use super::words::plain;
use law::Catalogue;

/// What a cell says of somebody's pay, each part as it would be typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pay {
    /// Code of the rank.
    pub(super) rank: String,
    /// The step.
    pub(super) step: String,
    /// The coefficient.
    pub(super) coefficient: String,
    /// Percent beyond the last step.
    pub(super) beyond: String,
    /// Since when.
    pub(super) since: String,
    /// Words that are none of these: the name of the rank.
    pub(super) words: String,
}

/// What a cell should look like.
pub(super) const EXAMPLE: &str = "01.003, bậc 3, hệ số 3,00";
/// Steps that a bare number can mean; more is something else.
const STEPS: u32 = 16;
/// Words around the figures, which say what the next one is or nothing.
const AROUND: &[&str] =
    &["ngach", "ma", "so", "cdnn", "luong", "huong", "tu", "ngay", "thang", "nam", "va", "phu", "cap", "tham", "nien", "con", "lai"];

/// What the words before a figure say it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Anything,
    Step,
    Coefficient,
    Beyond,
}

/// Takes a cell apart; `None` says that something in it has no place.
pub(super) fn split(text: &str, ranks: &Catalogue) -> Option<Pay> {
    let mut pay = Pay::default();
    let mut next = Next::Anything;
    let mut words: Vec<&str> = Vec::new();
    for piece in pieces(text) {
        let folded = plain(piece);
        match folded.as_str() {
            "" => continue,
            "bac" | "b" => next = Next::Step,
            "he" | "hs" | "hsl" => next = Next::Coefficient,
            "vuot" | "vk" | "khung" | "tnvk" | "pctnvk" => next = Next::Beyond,
            known if AROUND.contains(&known) => {}
            _ => match (rank(piece, ranks), piece.bytes().any(|byte| byte.is_ascii_digit())) {
                (Some(code), _) => put(&mut pay.rank, code)?,
                (None, false) => words.push(piece),
                (None, true) => {
                    figure(&mut pay, piece, next)?;
                    next = Next::Anything;
                }
            },
        }
    }
    pay.words = words.join(" ");
    Some(pay)
}

/// Each part is said once, or twice the same.
fn put(slot: &mut String, said: &str) -> Option<()> {
    if slot.is_empty() {
        said.clone_into(slot);
    }
    (slot.as_str() == said).then_some(())
}

/// Words and figures; a comma or a dash between two digits belongs to its figure.
fn pieces(text: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |place: Option<usize>| place.and_then(|place| letters.get(place)).is_some_and(|(_, c)| c.is_ascii_digit());
    let (mut pieces, mut begin) = (Vec::new(), 0);
    for (place, (at, c)) in letters.iter().enumerate() {
        let inside = matches!(c, ',' | '-') && digit(place.checked_sub(1)) && digit(Some(place + 1));
        if !inside && (c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '-' | '–' | '=' | '[' | ']')) {
            pieces.push(text.get(begin..*at).unwrap_or_default());
            begin = at + c.len_utf8();
        }
    }
    pieces.push(text.get(begin..).unwrap_or_default());
    pieces.into_iter().map(|piece| piece.trim_matches('.')).filter(|piece| !piece.is_empty()).collect()
}

/// A code of the list, as it stands or with the point that a sheet dropped (`01003`).
fn rank<'a>(piece: &str, ranks: &'a Catalogue) -> Option<&'a str> {
    let upper = piece.to_uppercase();
    let pointed = piece.get(..2).zip(piece.get(2..)).map(|(group, rest)| format!("{group}.{rest}")).filter(|_| piece.len() == 5);
    let found = ranks.item(&upper).or_else(|| pointed.and_then(|code| ranks.item(&code)));
    found.map(|item| item.code.as_str())
}

fn figure(pay: &mut Pay, piece: &str, next: Next) -> Option<()> {
    if let Some(percent) = piece.strip_suffix('%') {
        return put(&mut pay.beyond, &decimal(percent)?);
    }
    // `bậc3`, `HS3,00`
    let begins = piece.find(|c: char| c.is_ascii_digit())?;
    let (before, figures) = piece.split_at(begins);
    let next = match plain(before).as_str() {
        "" => next,
        "bac" | "b" => Next::Step,
        "hs" | "hsl" => Next::Coefficient,
        "vk" => Next::Beyond,
        _ => return None,
    };
    let parts: Vec<&str> = figures.split('/').collect();
    match parts.as_slice() {
        [_, _, year] | [_, year] if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => put(&mut pay.since, figures),
        [one] => number(pay, one, next),
        // `3/9`: the third of nine steps.
        [step, last] if is_step(step) && is_step(last) => put(&mut pay.step, step),
        [one, other] if is_step(one) != is_step(other) => {
            number(pay, one, Next::Anything)?;
            number(pay, other, Next::Anything)
        }
        _ => None,
    }
}

fn number(pay: &mut Pay, text: &str, next: Next) -> Option<()> {
    match next {
        Next::Beyond => put(&mut pay.beyond, &decimal(text)?),
        Next::Coefficient => put(&mut pay.coefficient, &decimal(text)?),
        Next::Step if is_step(text) => put(&mut pay.step, text),
        Next::Anything if is_step(text) => put(&mut pay.step, text),
        Next::Step | Next::Anything => put(&mut pay.coefficient, &decimal(text)?),
    }
}

fn is_step(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|step| (1..=STEPS).contains(&step))
}

/// A figure with at most two decimals, with a comma.
fn decimal(text: &str) -> Option<String> {
    let text = text.trim().replace('.', ",");
    let (whole, rest) = text.split_once(',').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=2).contains(&whole.len()) && rest.len() <= 2 && digits(whole) && digits(rest);
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<(String, String, String)> {
        let law = law::Law::load(&law::DataSource::Embedded).unwrap();
        split(text, law.catalogue("ranks").unwrap()).map(|pay| (pay.rank, pay.step, pay.coefficient))
    }

    #[test]
    fn rank_step_and_coefficient_are_told_apart() {
        let whole = Some(("01.003".into(), "3".into(), "3,00".into()));
        for text in [
            "01.003 bậc 3 hệ số 3,00",
            "01.003, bậc 3/9, HSL: 3.00",
            "01003 - 3/9 - 3,00",
            "Mã ngạch 01.003; Bậc: 3; Hệ số: 3,00",
            "01.003 (bậc3, HS 3,00)",
            "3,00/3 01.003",
        ] {
            assert_eq!(said(text), whole, "{text}");
        }
        let half = Some((String::new(), "3".into(), "3,00".into()));
        for text in ["3,00/3", "3/3,00", "bậc 3; 3,00", "3,00 (3/9)"] {
            assert_eq!(said(text), half, "{text}");
        }
        assert_eq!(said("V.07.03.29 bậc 1 hệ số 2,34"), Some(("V.07.03.29".into(), "1".into(), "2,34".into())));
    }

    #[test]
    fn a_day_a_percent_and_a_name_find_their_places() {
        let law = law::Law::load(&law::DataSource::Embedded).unwrap();
        let pay = split("Chuyên viên, bậc 9/9, hệ số 4,98, vượt khung 7%, hưởng từ 01/03/2023", law.catalogue("ranks").unwrap()).unwrap();
        assert_eq!((pay.step.as_str(), pay.coefficient.as_str()), ("9", "4,98"));
        assert_eq!((pay.beyond.as_str(), pay.since.as_str(), pay.words.as_str()), ("7", "01/03/2023", "Chuyên viên"));
    }

    #[test]
    fn what_has_no_place_is_not_guessed() {
        for text in ["01.003, bậc 3, bậc 4", "3,00 và 3,33", "bậc 3 hệ số 3,000", "A12 bậc 3", "3,00/3,33"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
