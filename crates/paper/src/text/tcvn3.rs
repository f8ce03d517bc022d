//! TCVN 5712 VN3 (ABC): one byte for each small letter; capitals with a tone exist only as capital fonts.

use super::latin_byte;

/// Letters of the bytes from A1; a space is a byte the table leaves to Latin signs.
const FROM_A1: &str = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// Converts a text of one Latin letter per byte.
///
/// Typists wrote capitals with a tone as a capital base beside a small toned letter ("TRÇN"), so words whose
/// plain letters are all capitals become capitals as a whole.
pub(super) fn convert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let shouting = is_all_capitals(text);
    for piece in text.split_inclusive(|letter: char| !letter.is_alphanumeric() && value(letter).is_none()) {
        let mapped = piece.chars().map(|letter| value(letter).unwrap_or(letter));
        if shouting || is_all_capitals(piece) {
            out.extend(mapped.flat_map(char::to_uppercase));
        } else {
            out.extend(mapped);
        }
    }
    super::compose(&out).into_owned()
}

/// The Vietnamese letter of one Latin letter, if the table has one there.
pub(super) fn value(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return None;
    }
    let place = usize::from(latin_byte(letter)?.checked_sub(0xA1)?);
    FROM_A1.chars().nth(place).filter(|found| *found != ' ')
}

/// A word of at least two plain capitals and no plain small letter; one capital alone begins a name.
fn is_all_capitals(text: &str) -> bool {
    let mut longest = 0;
    for word in text.split_whitespace() {
        if word.chars().any(|letter| letter.is_ascii_lowercase()) {
            return false;
        }
        longest = longest.max(word.chars().filter(char::is_ascii_uppercase).count());
    }
    longest >= 2
}

/// The byte of each letter; capitals with a tone have none.
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    let byte = |letter: char| match FROM_A1.chars().position(|known| known == letter && letter != ' ') {
        Some(place) => u8::try_from(place + 0xA1).ok(),
        None => u8::try_from(letter).ok().filter(u8::is_ascii),
    };
    text.chars().map(byte).collect()
}
