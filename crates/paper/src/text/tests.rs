use super::{Encoding, OldFont, convert, decode, detect, detect_bytes, encode, is_syllable, latin, old_font};

const BASES: &str = "aăâeêioôơuưy";
const TONES: [&str; 6] = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];

/// People and places as a list of a commune has them.
const NAMES: &str = "Nguyễn Thị Hương;Trần Văn Đức;Lê Hoàng Phương Uyên;Phạm Quỳnh Như;Vũ Đình Thuận;Đặng Thị Bích Thủy;Bùi Xuân Trường;\
    Đỗ Mạnh Hùng;Hồ Thị Kỷ;Ngô Bảo Châu;Dương Thị Mỹ Lệ;Lý A Sình;Giàng Thị Dủ;Lò Văn Ưng;Hoàng Hữu Nghĩa;Phan Thị Ngọc Hảo;\
    Trưởng phòng;Phó Chủ tịch Uỷ ban nhân dân xã;Kế toán;Giáo viên trung học cơ sở;Huyện Trấn Yên, tỉnh Yên Bái;Cử nhân kế toán";

fn small_letters() -> Vec<char> {
    BASES.chars().flat_map(|base| TONES.map(|tone| super::compose(&format!("{base}{tone}")).chars().next().unwrap())).chain(['đ']).collect()
}

fn capital(letter: char) -> char {
    letter.to_uppercase().next().unwrap()
}

#[test]
fn there_are_67_marked_letters_and_each_survives_vni_in_both_cases() {
    let letters = small_letters();
    assert_eq!(letters.iter().filter(|letter| !letter.is_ascii()).count(), 67);
    for letter in letters.iter().flat_map(|letter| [*letter, capital(*letter)]) {
        assert_eq!(decode(Encoding::Vni, &encode(Encoding::Vni, &letter.to_string()).unwrap()), letter.to_string());
    }
}

#[test]
fn each_small_letter_survives_tcvn3_and_its_capital_font() {
    let font = OldFont { encoding: Encoding::Tcvn3, capitals: true };
    for letter in small_letters() {
        let bytes = encode(Encoding::Tcvn3, &letter.to_string()).unwrap();
        assert_eq!(decode(Encoding::Tcvn3, &bytes), letter.to_string());
        assert_eq!(font.convert(&latin(&bytes)), capital(letter).to_string());
    }
    for letter in "ĂÂÊÔƠƯĐ".chars() {
        assert_eq!(decode(Encoding::Tcvn3, &encode(Encoding::Tcvn3, &letter.to_string()).unwrap()), letter.to_string());
    }
}

#[test]
fn each_letter_survives_windows_1258_in_both_cases() {
    for letter in small_letters().into_iter().flat_map(|letter| [letter, capital(letter)]) {
        assert_eq!(decode(Encoding::Windows1258, &encode(Encoding::Windows1258, &letter.to_string()).unwrap()), letter.to_string());
    }
}

#[test]
fn whole_texts_survive_every_encoding_as_bytes_and_as_latin_letters() {
    for (encoding, bytes) in written(NAMES) {
        assert_eq!(decode(encoding, &bytes), NAMES, "{encoding:?}");
        assert_eq!(convert(encoding, &latin(&bytes)), NAMES, "{encoding:?}");
    }
}

#[test]
fn any_two_letters_in_a_row_survive() {
    for first in small_letters() {
        for second in small_letters() {
            let text = format!("{first}{second}");
            assert_eq!(decode(Encoding::Vni, &encode(Encoding::Vni, &text).unwrap()), text);
            assert_eq!(decode(Encoding::Tcvn3, &encode(Encoding::Tcvn3, &text).unwrap()), text);
        }
    }
}

#[test]
fn known_words_read_as_printed_tables_say() {
    assert_eq!(convert(Encoding::Tcvn3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam"), "Cộng hoà xã hội chủ nghĩa Việt Nam");
    assert_eq!(convert(Encoding::Vni, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"), "Cộng hòa xã hội chủ nghĩa Việt Nam");
    assert_eq!(convert(Encoding::Vni, "ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC"), "ĐỘC LẬP - TỰ DO - HẠNH PHÚC");
    assert_eq!(convert(Encoding::Windows1258, "Trâ\u{300}n Thị"), "Trần Thị");
}

#[test]
fn words_of_capitals_in_tcvn3_become_capitals_as_a_whole() {
    assert_eq!(convert(Encoding::Tcvn3, "TRÇN THÞ HOA"), "TRẦN THỊ HOA");
    assert_eq!(convert(Encoding::Tcvn3, "Hµ NéI"), "HÀ NỘI");
    assert_eq!(convert(Encoding::Tcvn3, "Hµ Lý"), "Hà Lý");
    assert_eq!(convert(Encoding::Tcvn3, "Uû ban"), "Uỷ ban");
}

#[test]
fn lists_of_names_are_recognised_in_every_encoding() {
    for (encoding, bytes) in written(NAMES) {
        let guess = detect_bytes(&bytes);
        assert_eq!(guess.encoding, encoding, "{guess:?}");
        assert!(guess.confidence >= 0.5, "{guess:?}");
        if encoding.is_old() {
            assert_eq!(detect(latin(&bytes).split(';')).encoding, encoding);
        }
    }
}

#[test]
fn ordinary_texts_are_left_alone() {
    let texts = [
        NAMES,
        "Nguyen Van An;Tran Thi Be",
        "Société générale de Crédit à l'étranger;François Hôtel Noël été là où naïve cœur",
        "The café’s résumé — “naïve” coöperation, £5, 20 °C, ½ off",
        "Größe Straße Mädchen für Übung",
        "Hà Vân, Bà Tú, cô Sáu, Chí Lý",
    ];
    for text in texts {
        assert_eq!(detect(text.split(';')).encoding, Encoding::Utf8, "{text}");
        assert_eq!(detect_bytes(text.as_bytes()).encoding, Encoding::Utf8, "{text}");
    }
}

#[test]
fn decomposed_unicode_comes_out_composed() {
    assert_eq!(decode(Encoding::Utf8, "Nguye\u{302}\u{303}n".as_bytes()), "Nguyễn");
}

#[test]
fn two_byte_unicode_is_recognised_with_and_without_its_mark() {
    let little: Vec<u8> = NAMES.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(NAMES.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    for bytes in [little, big] {
        assert_eq!(detect_bytes(&bytes).encoding, Encoding::Utf16);
        assert_eq!(decode(Encoding::Utf16, &bytes), NAMES);
    }
}

#[test]
fn fonts_tell_their_encoding() {
    assert_eq!(old_font(".VnTime"), Some(OldFont { encoding: Encoding::Tcvn3, capitals: false }));
    assert_eq!(old_font(".VnArial NarrowH"), Some(OldFont { encoding: Encoding::Tcvn3, capitals: true }));
    assert_eq!(old_font("VNI-Times"), Some(OldFont { encoding: Encoding::Vni, capitals: false }));
    assert_eq!(old_font("Times New Roman"), None);
    assert_eq!(old_font(".VnTime").unwrap().convert("Nguyễn"), "Nguyễn");
}

#[test]
fn syllables_are_told_from_other_words() {
    for word in NAMES.split([';', ' ', ',']).filter(|word| !word.is_empty()) {
        assert!(is_syllable(word), "{word}");
    }
    for word in ["Nguyôn", "hotel", "xyz", "Sình2", "mấtc", "học\u{300}", "toàc", ""] {
        assert!(!is_syllable(word), "{word}");
    }
}

fn written(text: &str) -> [(Encoding, Vec<u8>); 3] {
    [Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258].map(|encoding| (encoding, encode(encoding, text).unwrap()))
}

#[test]
fn letters_without_a_place_are_not_written() {
    assert_eq!(encode(Encoding::Tcvn3, "Ánh"), None);
    assert_eq!(encode(Encoding::Vni, "漢"), None);
    assert_eq!(encode(Encoding::Windows1258, "漢"), None);
}
