//! Texts and pictures nobody should send, and somebody will.

use paper::forms::{Error, Form, FormKind, Photo, Press, docx};

use crate::career;
use crate::reading::{pages, paragraphs, png};

/// What people type, mistake or mischief: it has to come out as it went in.
const HOSTILE: [&str; 9] = [
    "#panic(\"x\")",
    "$x^2$ và $",
    "[a] ]] [[",
    "\\u{41} \\",
    "*đậm* _nghiêng_ `mã` = đề mục",
    "{identity.gender} [x]",
    "<w:p>&amp;</w:p> & \"x\" 'y'",
    "// ghi chú /* … */ @ref <nhãn>",
    "#read(\"/etc/passwd\")",
];

#[test]
fn typed_text_is_printed_as_typed_and_never_obeyed() {
    let press = Press::new();
    for text in HOSTILE {
        let mut form = Form::blank(FormKind::TwoC2008);
        form.set("identity.other_names", text).set("agency_comment.comment", text).add_row("work_history", [("position_text", text)]);
        // A line may end within the text, so blanks are not compared.
        let printed = pages(&press.pdf(&form).unwrap()).concat().replace(' ', "");
        assert_eq!(printed.matches(&text.replace(' ', "")).count(), 3, "“{text}” came out otherwise: {printed}");
        let word = paragraphs(&docx(&form).unwrap()).join("\n");
        assert_eq!(quick_xml::escape::unescape(&word).unwrap().matches(text).count(), 3, "“{text}” is not in the docx");
    }
}

#[test]
fn long_words_long_texts_emoji_and_control_characters_are_printed() {
    let press = Press::new();
    let texts = [
        "x".repeat(3000),
        "từng chữ một ".repeat(400),
        "dòng\n".repeat(1000),
        "👩‍⚕️ 🇻🇳 ✓ 漢字 עברית".to_owned(),
        "a\u{0}b\u{1b}[31mc\u{202e}d\u{fffe}\u{7f}".to_owned(),
        "\u{300}\u{301}\u{302}".repeat(300),
        "\n\n \n".to_owned(),
    ];
    for text in &texts {
        let mut form = career(FormKind::TwoC2008);
        form.set("identity.other_names", text).set("origin_and_residence.hometown", text).set("agency_comment.comment", text);
        form.add_row("family_own", [("relation", text), ("birth_year", text), ("occupation", text)]);
        press.pdf(&form).unwrap();
        paragraphs(&docx(&form).unwrap());
    }
}

#[test]
fn words_too_long_for_their_column_stay_within_it() {
    let mut form = Form::blank(FormKind::TwoC2008);
    form.add_row("family_own", [("relation", &"q".repeat(200)), ("full_name", "Đỗ Văn Kề")]);
    let text = pages(&Press::new().pdf(&form).unwrap()).join(" ");
    let longest = text.split(' ').filter(|word| word.contains("qqq")).map(|word| word.chars().count()).max().unwrap();
    assert!(longest < 20, "a line of {longest} letters in a column of two centimetres");
}

#[test]
fn what_is_not_a_picture_is_refused_with_the_reason() {
    let press = Press::new();
    let truncated = png(300, 400)[..20].to_vec();
    for bytes in [b"<svg/>".to_vec(), Vec::new(), truncated, b"\xff\xd8\xff\xe0rubbish".to_vec()] {
        let form = Form { photo: Some(Photo(bytes)), ..Form::blank(FormKind::TwoC2008) };
        assert!(matches!(press.pdf(&form), Err(Error::Photo)), "{:?}", press.pdf(&form).map(|pdf| pdf.len()));
        assert!(matches!(docx(&form), Err(Error::Photo)));
    }
}
