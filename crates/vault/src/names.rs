//! Names as they are searched and sorted.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Letters in the order of the Vietnamese alphabet; foreign ones where the Latin alphabet has them.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
/// Tone marks in the order of dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// A name as people type it in a hurry: no diacritics, `đ` as `d`, lower case, single spaces.
pub fn folded(name: &str) -> String {
    let plain = name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let plain: String = plain.map(|c| if c == 'đ' { 'd' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text whose byte order is the order of Vietnamese lists: by given name, letters before tones, then by the rest.
pub fn sort_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((given, rest)) = words.split_last() else { return String::new() };
    let ordered: Vec<String> = std::iter::once(given).chain(rest).map(|word| ordered(word)).collect();
    ordered.join(" ")
}

/// Letters as their places in the alphabet, then `!`, then the tones.
fn ordered(word: &str) -> String {
    let (mut letters, mut tones) = (String::new(), String::new());
    for letter in word.to_lowercase().nfc() {
        let parts: Vec<char> = std::iter::once(letter).nfd().collect();
        let tone = parts.iter().find_map(|part| TONES.iter().position(|tone| tone == part));
        let bare: String = parts.into_iter().filter(|part| !TONES.contains(part)).nfc().collect();
        let place = bare.chars().next().and_then(|bare| ALPHABET.chars().position(|known| known == bare));
        match place.and_then(|place| u8::try_from(place).ok()) {
            Some(place) => letters.push(char::from(b'A' + place)),
            None => letters.push_str(&bare),
        }
        tones.push(tone.map_or('0', |place| char::from(b'1' + u8::try_from(place).unwrap_or(0))));
    }
    format!("{letters}!{}", tones.trim_end_matches('0'))
}

/// The first day a partial date can mean: `1985` is 1 January.
pub(crate) fn first_day(partial: &str) -> Option<jiff::civil::Date> {
    let full = match partial.trim().len() {
        4 => format!("{}-01-01", partial.trim()),
        7 => format!("{}-01", partial.trim()),
        _ => partial.trim().to_owned(),
    };
    full.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_typed_in_a_hurry() {
        assert_eq!(folded("  Đỗ  Thị Ước "), "do thi uoc");
    }

    #[test]
    fn lists_run_by_given_name_then_by_the_rest() {
        let mut names =
            vec!["Nguyễn Văn Ân", "Trần Thị An", "Lê Thị Ánh", "Đỗ Văn An", "Vũ Đức Bình", "Phạm Thị Đào", "Phạm Thị Dung", "Đỗ Văn Àn"];
        names.sort_by_key(|name| sort_name(name));
        assert_eq!(
            names,
            ["Đỗ Văn An", "Trần Thị An", "Đỗ Văn Àn", "Lê Thị Ánh", "Nguyễn Văn Ân", "Vũ Đức Bình", "Phạm Thị Dung", "Phạm Thị Đào"]
        );
    }

    #[test]
    fn a_partial_date_begins_on_its_first_day() {
        assert_eq!(first_day("1985"), "1985-01-01".parse().ok());
        assert_eq!(first_day("1985-03"), "1985-03-01".parse().ok());
        assert_eq!(first_day("mùa xuân"), None);
    }
}
