//! VNI for Windows: the plain letter, then a Latin letter that the font draws as its mark above or below.

/// Plain letter, then pairs of mark and letter.
const PAIRS: [(char, &[(char, char)]); 7] = [
    (
        'a',
        &[
            ('ù', 'á'),
            ('ø', 'à'),
            ('û', 'ả'),
            ('õ', 'ã'),
            ('ï', 'ạ'),
            ('â', 'â'),
            ('á', 'ấ'),
            ('à', 'ầ'),
            ('å', 'ẩ'),
            ('ã', 'ẫ'),
            ('ä', 'ậ'),
            ('ê', 'ă'),
            ('é', 'ắ'),
            ('è', 'ằ'),
            ('ú', 'ẳ'),
            ('ü', 'ẵ'),
            ('ë', 'ặ'),
        ],
    ),
    (
        'e',
        &[
            ('ù', 'é'),
            ('ø', 'è'),
            ('û', 'ẻ'),
            ('õ', 'ẽ'),
            ('ï', 'ẹ'),
            ('â', 'ê'),
            ('á', 'ế'),
            ('à', 'ề'),
            ('å', 'ể'),
            ('ã', 'ễ'),
            ('ä', 'ệ'),
        ],
    ),
    (
        'o',
        &[
            ('ù', 'ó'),
            ('ø', 'ò'),
            ('û', 'ỏ'),
            ('õ', 'õ'),
            ('ï', 'ọ'),
            ('â', 'ô'),
            ('á', 'ố'),
            ('à', 'ồ'),
            ('å', 'ổ'),
            ('ã', 'ỗ'),
            ('ä', 'ộ'),
        ],
    ),
    ('ô', &[('ù', 'ớ'), ('ø', 'ờ'), ('û', 'ở'), ('õ', 'ỡ'), ('ï', 'ợ')]),
    ('u', &[('ù', 'ú'), ('ø', 'ù'), ('û', 'ủ'), ('õ', 'ũ'), ('ï', 'ụ')]),
    ('ö', &[('ù', 'ứ'), ('ø', 'ừ'), ('û', 'ử'), ('õ', 'ữ'), ('ï', 'ự')]),
    ('y', &[('ù', 'ý'), ('ø', 'ỳ'), ('û', 'ỷ'), ('õ', 'ỹ')]),
];

/// Letters written as one.
const SINGLES: [(char, char); 9] =
    [('ô', 'ơ'), ('ö', 'ư'), ('í', 'í'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ'), ('ñ', 'đ')];

/// Converts a text of one Latin letter per byte.
pub(super) fn convert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let pair = letters.peek().and_then(|mark| pair(letter, *mark));
        if pair.is_some() {
            letters.next();
        }
        out.push(pair.or_else(|| single(letter)).unwrap_or(letter));
    }
    super::compose(&out).into_owned()
}

/// Small letters are tabled; the plain letter says the case, since typists mixed the case of marks.
fn pair(letter: char, mark: char) -> Option<char> {
    let (plain, mark_small) = (lower(letter), lower(mark));
    let (_, marks) = PAIRS.iter().find(|(known, _)| *known == plain)?;
    let (_, found) = marks.iter().find(|(known, _)| *known == mark_small)?;
    Some(if plain == letter { *found } else { upper(*found) })
}

fn single(letter: char) -> Option<char> {
    let small = lower(letter);
    let (_, found) = SINGLES.iter().find(|(known, _)| *known == small)?;
    Some(if small == letter { *found } else { upper(*found) })
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn upper(letter: char) -> char {
    letter.to_uppercase().next().unwrap_or(letter)
}

/// The bytes of each letter, marks in the case of their letter.
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    for letter in text.chars() {
        let small = lower(letter);
        let found = SINGLES.iter().find(|(_, known)| *known == small).map(|(one, _)| (*one, None)).or_else(|| two(small));
        let (first, mark) = found.unwrap_or((small, None));
        for piece in std::iter::once(first).chain(mark) {
            out.push(super::latin_byte(if small == letter { piece } else { upper(piece) })?);
        }
    }
    Some(out)
}

fn two(letter: char) -> Option<(char, Option<char>)> {
    PAIRS.iter().find_map(|(plain, marks)| {
        let (mark, _) = marks.iter().find(|(_, known)| *known == letter)?;
        Some((*plain, Some(*mark)))
    })
}
