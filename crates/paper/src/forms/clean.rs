//! Makes typed text fit for paper.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest run of letters a narrow column is sure to hold. Longer ones may be broken anywhere.
const LONGEST_WORD: usize = 18;

/// Marks stacked on one letter; no language of the country needs more, and a tower of them takes typst seconds.
const MOST_MARKS: usize = 3;

/// Composes the letters, keeps line breaks, and drops what paper cannot show: control characters, which XML refuses, and marks
/// that reverse the reading direction, with which a line can be made to look like another.
pub(super) fn clean(text: &str) -> String {
    let mut marks = 0;
    let text: String = text
        .replace("\r\n", "\n")
        .nfc()
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some(' '),
            c if c.is_control() || is_invisible(c) => None,
            c => Some(c),
        })
        .filter(|c| {
            marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
            marks <= MOST_MARKS
        })
        .collect();
    text.trim().to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{ad}')
}

/// Allows a break after every letter of a word too long for a column, and leaves every other word alone.
pub(super) fn soften(text: &str) -> String {
    if text.split_whitespace().all(|word| word.chars().count() <= LONGEST_WORD) {
        return text.to_owned();
    }
    let mut softened = String::with_capacity(text.len() * 2);
    for piece in text.split_inclusive(char::is_whitespace) {
        if piece.chars().count() <= LONGEST_WORD {
            softened.push_str(piece);
        } else {
            piece.chars().for_each(|c| softened.extend([c, '\u{200b}']));
        }
    }
    softened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_typed_in_two_parts_become_one() {
        assert_eq!(clean("Nguye\u{302}\u{303}n"), "Nguyễn");
    }

    #[test]
    fn what_paper_cannot_show_is_dropped_and_line_breaks_stay() {
        assert_eq!(clean(" a\u{0}b\u{202e}c\u{ffff}\r\nd\te\u{b} "), "abc\nd e");
    }

    #[test]
    fn a_tower_of_marks_is_cut() {
        assert_eq!(clean(&format!("a{}b", "\u{302}\u{35e}".repeat(50))).chars().count(), 2 + MOST_MARKS);
    }

    #[test]
    fn only_words_too_long_for_a_column_may_be_broken() {
        assert_eq!(soften("Ủy ban nhân dân"), "Ủy ban nhân dân");
        assert!(soften(&"x".repeat(40)).matches('\u{200b}').count() >= 39);
    }
}
