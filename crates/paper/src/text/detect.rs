//! Which encoding samples are in, judged by how many words become Vietnamese syllables under each reading.

use super::{Encoding, convert, is_latin, latin, syllable::is_syllable};

/// Words looked at; more change nothing.
const ENOUGH_WORDS: usize = 4_000;
/// Bytes looked at in a file.
const ENOUGH_BYTES: usize = 512 * 1024;
/// An old reading must make at least this share of the words with foreign letters Vietnamese.
const LEAST_SHARE: f64 = 0.7;
/// And it must beat the text as it stands by this much.
const LEAST_LEAD: f64 = 0.25;

/// What a look at samples found.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// The likeliest encoding.
    pub encoding: Encoding,
    /// From 0 to 1; below 0.9 a person should look at the converted samples.
    pub confidence: f64,
    /// The reason, in words.
    pub why: String,
}

impl Guess {
    fn new(encoding: Encoding, confidence: f64, why: impl Into<String>) -> Guess {
        Guess { encoding, confidence, why: why.into() }
    }
}

/// Judges texts out of a workbook or page, where old bytes stand as Latin letters.
pub fn detect<'a>(samples: impl IntoIterator<Item = &'a str>) -> Guess {
    let mut words: Vec<&str> = Vec::new();
    let mut composed = 0_usize;
    for sample in samples {
        for word in sample.split(|letter: char| letter.is_whitespace() || ",.;:()/\"".contains(letter)) {
            if word.is_ascii() {
                continue;
            }
            if is_latin(word) {
                words.push(word);
            } else if is_syllable(word) {
                composed += 1;
            }
        }
        if words.len() + composed >= ENOUGH_WORDS {
            break;
        }
    }
    if composed > words.len() {
        return Guess::new(Encoding::Utf8, 1.0, "Văn bản đã là chữ Việt Unicode");
    }
    if words.is_empty() {
        return Guess::new(Encoding::Utf8, 1.0, "Văn bản chỉ có chữ không dấu");
    }
    best_reading(&words)
}

/// Judges the bytes of a text file.
pub fn detect_bytes(bytes: &[u8]) -> Guess {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Guess::new(Encoding::Utf8, 1.0, "Tệp mở đầu bằng dấu nhận biết UTF-8");
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Guess::new(Encoding::Utf16, 1.0, "Tệp mở đầu bằng dấu nhận biết UTF-16");
    }
    let head = bytes.get(..ENOUGH_BYTES).unwrap_or(bytes);
    if is_two_byte(head) {
        return Guess::new(Encoding::Utf16, 0.95, "Cứ hai byte có một byte 0, đúng kiểu UTF-16");
    }
    // The cut may fall inside a letter; only a fault before the last letter counts.
    let utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(fault) => fault.error_len().is_none() && head.len() < bytes.len(),
    };
    if utf8 {
        let why = if head.is_ascii() { "Văn bản chỉ có chữ không dấu" } else { "Mọi byte đều đúng UTF-8" };
        return Guess::new(Encoding::Utf8, 1.0, why);
    }
    let text = latin(head);
    let found = detect([&*text]);
    if found.encoding.is_old() {
        return found;
    }
    // Not UTF-8 and no old reading stands out: plain Latin text reads the same in the Vietnamese code page.
    Guess::new(Encoding::Windows1258, 0.4, "Không phải UTF-8 và không giống TCVN3 hay VNI")
}

/// A zero in every other byte of most pairs.
fn is_two_byte(head: &[u8]) -> bool {
    let pairs = head.len() / 2;
    if pairs < 4 {
        return false;
    }
    let (even, odd) = zeros(head);
    (even * 10 > pairs * 4 && odd * 20 < pairs) || (odd * 10 > pairs * 4 && even * 20 < pairs)
}

pub(super) fn looks_big_endian(bytes: &[u8]) -> bool {
    let (even, odd) = zeros(bytes.get(..4_096).unwrap_or(bytes));
    even > odd
}

fn zeros(bytes: &[u8]) -> (usize, usize) {
    let count = |start: usize| bytes.iter().skip(start).step_by(2).filter(|byte| **byte == 0).count();
    (count(0), count(1))
}

fn best_reading(words: &[&str]) -> Guess {
    let as_it_stands = share(words.iter().map(|word| (*word).to_owned()));
    let readings = [Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258];
    let mut shares = readings.map(|reading| (share(words.iter().map(|word| convert(reading, word))), reading));
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    let [(first, winner), (second, _), _] = shares;
    if first < LEAST_SHARE || first - as_it_stands < LEAST_LEAD {
        let why = "Chữ có dấu đọc được như Unicode, không giống bảng mã cũ";
        return Guess::new(Encoding::Utf8, (1.0 - first + as_it_stands).clamp(0.3, 1.0), why);
    }
    let evidence = if words.len() < 3 { 0.6 } else { 1.0 };
    let confidence = ((first - second.max(as_it_stands)) * 2.0).clamp(0.3, 1.0) * evidence;
    let why = format!(
        "Đọc theo {}, {} % từ có dấu thành tiếng Việt; đọc theo Unicode chỉ {} %",
        winner.label(),
        percent(first),
        percent(as_it_stands)
    );
    Guess::new(winner, confidence, why)
}

fn share(words: impl Iterator<Item = String>) -> f64 {
    let (mut good, mut all) = (0.0, 0.0);
    for word in words {
        all += 1.0;
        // A reading that leaves a letter outside Vietnamese is no reading.
        if is_syllable(word.trim_matches(|letter: char| !letter.is_alphabetic())) {
            good += 1.0;
        }
    }
    if all > 0.0 { good / all } else { 0.0 }
}

fn percent(share: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a share is between 0 and 1")]
    let percent = (share * 100.0).round() as i64;
    percent
}
