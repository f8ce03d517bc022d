//! The printed forms, seen as a clerk sees them: as the text of each page, and as a document that opens.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::{Command, Stdio};

use paper::forms::{Align, Column, Error, Form, FormKind, Photo, Press, Table, docx, item_numbers};
use serde::Deserialize;

fn career(kind: FormKind) -> Form {
    let form: Form = serde_json::from_str(include_str!("../samples/full-career.json")).unwrap();
    Form { kind, ..form }
}

/// The pages of a PDF as `pdftotext` reads them, with runs of blanks made one.
fn pages(pdf: &[u8]) -> Vec<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, pdf).unwrap();
    let run = Command::new("pdftotext").args(["-raw"]).arg(file.path()).arg("-").stderr(Stdio::null()).output();
    let text = String::from_utf8(run.expect("pdftotext of poppler-utils").stdout).unwrap();
    let text = text.replace(['\u{2060}', '\u{200b}'], "");
    text.trim_end_matches('\u{c}').split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn part_of(docx: &[u8], path: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut bytes = Vec::new();
    zip.by_name(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// The text of a docx, paragraph by paragraph; reading it to the end proves the XML well-formed.
fn paragraphs(docx: &[u8]) -> Vec<String> {
    let xml = String::from_utf8(part_of(docx, "word/document.xml")).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut paragraphs, mut text, mut in_text) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == b"w:t" => in_text = true,
            quick_xml::events::Event::End(tag) if tag.name().as_ref() == b"w:t" => in_text = false,
            quick_xml::events::Event::End(tag) if tag.name().as_ref() == b"w:p" => paragraphs.push(std::mem::take(&mut text)),
            quick_xml::events::Event::Text(piece) if in_text => text.push_str(&piece.decode().unwrap()),
            quick_xml::events::Event::GeneralRef(name) if in_text => text.push_str(&format!("&{};", name.decode().unwrap())),
            quick_xml::events::Event::Eof => return paragraphs,
            _ => {}
        }
    }
}

#[derive(Deserialize)]
struct Described {
    item: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    number: String,
    label_vi: String,
    fields: Vec<String>,
}

/// What `data/dossier/forms/` says is on the form, without head, photo and foot.
fn described(kind: FormKind) -> Vec<Item> {
    let path = format!("{}/../../data/dossier/forms/{}.toml", env!("CARGO_MANIFEST_DIR"), kind.code());
    let described: Described = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    described.item.into_iter().filter(|item| item.number.starts_with(|c: char| c.is_ascii_digit())).collect()
}

/// How the number of an item is printed: `14)`, `15.2-` or `30.1)`, `a)` for 30a.
fn printed_marks(number: &str) -> Vec<String> {
    let letter = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = if letter.is_empty() { number } else { letter };
    vec![format!("{number})"), format!("{number}-")]
}

#[test]
fn every_layout_has_the_items_of_the_form_in_their_order() {
    for kind in FormKind::ALL {
        let numbers: Vec<String> = described(kind).into_iter().map(|item| item.number).collect();
        assert_eq!(item_numbers(kind).unwrap(), numbers, "{}", kind.code());
    }
}

/// Fields that decide which row is printed, or stand behind another that says the same.
const SAID_OTHERWISE: [&str; 3] = ["party_membership.is_member", "organisations.is_first", "position_history.from_date"];

#[test]
fn every_field_of_a_form_is_printed() {
    let press = Press::new();
    for kind in FormKind::ALL {
        // A text of its own for every field: once as the one text of its section, once as a row of a list.
        let (mut single, mut listed) = (Form::blank(kind), Form::blank(kind));
        let fields: Vec<(String, String)> = described(kind).into_iter().flat_map(|item| item.fields).zip((0..).map(|n| format!("Z{n}Z"))).collect();
        for (field, text) in &fields {
            let (section, key) = field.split_once('.').unwrap();
            single.set(field, text);
            listed.tables.entry(section.to_owned()).or_insert_with(|| vec![BTreeMap::new()])[0].insert(key.to_owned(), text.clone());
        }
        let printed: String = [single, listed].iter().flat_map(|form| pages(&press.pdf(form).unwrap())).collect();
        for (field, text) in fields.iter().filter(|(field, _)| !SAID_OTHERWISE.contains(&field.as_str())) {
            // What stands in for another field is printed where that one is missing.
            let mut alone = Form::blank(kind);
            alone.set(field, text);
            let shown = printed.contains(text) || pages(&press.pdf(&alone).unwrap()).concat().contains(text);
            assert!(shown, "{} does not print {field}", kind.code());
        }
    }
}

#[test]
fn the_pages_show_every_item_in_order_blank_or_full() {
    let press = Press::new();
    for kind in FormKind::ALL {
        for form in [Form::blank(kind), career(kind)] {
            let text = pages(&press.pdf(&form).unwrap()).join(" ");
            let mut rest = text.as_str();
            for item in described(kind) {
                let found = printed_marks(&item.number).iter().filter_map(|mark| rest.find(&format!("{mark} "))).min();
                let at = found.unwrap_or_else(|| panic!("{}: item {} “{}” is missing or out of order", kind.code(), item.number, item.label_vi));
                rest = &rest[at..];
                let word = item.label_vi.split([' ', ',', ';', ':']).next().unwrap().to_lowercase();
                let label: String = rest.chars().take(40).collect();
                assert!(label.to_lowercase().contains(&word), "{}: item {} reads “{label}”", kind.code(), item.number);
            }
        }
    }
}

#[test]
fn a_docx_has_the_same_items_in_the_same_order() {
    for kind in FormKind::ALL {
        let text = paragraphs(&docx(&career(kind)).unwrap()).join(" ");
        let mut rest = text.as_str();
        for item in described(kind) {
            let found = printed_marks(&item.number).iter().filter_map(|mark| rest.find(&format!("{mark} "))).min();
            rest = &rest[found.unwrap_or_else(|| panic!("{}: item {} is missing or out of order", kind.code(), item.number))..];
        }
    }
}

#[test]
fn vietnamese_can_be_copied_out_of_the_pdf() {
    let text = pages(&Press::new().pdf(&career(FormKind::TwoC2008)).unwrap()).join(" ");
    for words in [
        "Họ và tên khai sinh (viết chữ in hoa): NGUYỄN THỊ ĐƯỢM",
        "Sinh ngày: 10 tháng 03 năm 1985",
        "Bằng khen của Chủ tịch UBND tỉnh (2024)",
        "Yên Bái, ngày 19 tháng 11 năm 2026",
    ] {
        assert!(text.contains(words), "“{words}” is not in: {text}");
    }
}

#[test]
fn a_table_over_several_pages_repeats_its_heads() {
    let press = Press::new();
    let mut form = Form::blank(FormKind::Circular06Of2023);
    for number in 0..120 {
        form.add_row("work_history", [("from_date", "01/2001"), ("unit_text", &format!("Đơn vị thứ {number}.")), ("position_text", "Chuyên viên")]);
    }
    let pages = pages(&press.pdf(&form).unwrap());
    let with_rows: Vec<&String> = pages.iter().filter(|page| page.contains("Đơn vị thứ")).collect();
    assert!(with_rows.len() >= 3, "only {} pages", with_rows.len());
    assert!(with_rows.iter().all(|page| page.contains("Chức danh/chức vụ") && page.contains("Đơn vị công tác")));
    assert!((0..120).all(|number| pages.concat().contains(&format!("Đơn vị thứ {number}."))));

    let xml = String::from_utf8(part_of(&docx(&form).unwrap(), "word/document.xml")).unwrap();
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 27, "one row of heads per table, two where columns share a head");
}

#[test]
fn a_row_is_not_split_over_two_pages() {
    let press = Press::new();
    let mut form = Form::blank(FormKind::TwoC2008);
    for number in 0..60 {
        let text = format!("[đầu {number}] {} [cuối {number}]", "công tác tổ chức và cán bộ, ".repeat(8));
        form.add_row("work_history", [("from_date", "2001"), ("position_text", &text)]);
    }
    for page in pages(&press.pdf(&form).unwrap()) {
        for number in 0..60 {
            let (start, end) = (page.contains(&format!("[đầu {number}]")), page.contains(&format!("[cuối {number}]")));
            assert_eq!(start, end, "row {number} is split");
        }
    }
}

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

/// A grey PNG made of stored (not compressed) blocks, so that no picture crate is needed.
fn png(width: u32, height: u32) -> Vec<u8> {
    let raw: Vec<u8> = (0..height).flat_map(|_| std::iter::once(0).chain((0..width).map(|x| (x % 256) as u8))).collect();
    let mut zlib = vec![0x78, 0x01];
    let blocks: Vec<&[u8]> = raw.chunks(65_535).collect();
    for (at, block) in blocks.iter().enumerate() {
        let length = block.len() as u16;
        zlib.push(u8::from(at + 1 == blocks.len()));
        zlib.extend(length.to_le_bytes().into_iter().chain((!length).to_le_bytes()).chain(block.iter().copied()));
    }
    let (a, b) = raw.iter().fold((1u32, 0u32), |(a, b), byte| ((a + u32::from(*byte)) % 65_521, (b + a + u32::from(*byte)) % 65_521));
    zlib.extend((b << 16 | a).to_be_bytes());
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let head: Vec<u8> = width.to_be_bytes().into_iter().chain(height.to_be_bytes()).chain([8, 0, 0, 0, 0]).collect();
    for (name, data) in [(b"IHDR", head), (b"IDAT", zlib), (b"IEND", Vec::new())] {
        png.extend((data.len() as u32).to_be_bytes());
        let body: Vec<u8> = name.iter().copied().chain(data).collect();
        let crc = body.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xedb8_8320 } else { c >> 1 }));
        png.extend(body.into_iter().chain((!crc).to_be_bytes()));
    }
    png
}

#[test]
fn a_form_without_photo_has_a_frame_to_glue_one_in() {
    let press = Press::new();
    let mut form = Form::blank(FormKind::TwoC2008);
    assert!(pages(&press.pdf(&form).unwrap())[0].contains("(4 x 6 cm)"));
    assert!(paragraphs(&docx(&form).unwrap()).join(" ").contains("(4 x 6 cm)"));

    form.photo = Some(Photo(png(300, 400)));
    assert!(!pages(&press.pdf(&form).unwrap())[0].contains("(4 x 6 cm)"));
    let document = docx(&form).unwrap();
    assert_eq!(part_of(&document, "word/media/photo.png"), png(300, 400));
    assert!(!paragraphs(&document).join(" ").contains("(4 x 6 cm)"));
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

#[test]
fn a_docx_is_a_whole_package_in_times_new_roman() {
    let document = docx(&career(FormKind::TwoC2008)).unwrap();
    for path in ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml", "word/header.xml"] {
        let xml = String::from_utf8(part_of(&document, path)).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    }
    assert!(String::from_utf8(part_of(&document, "word/styles.xml")).unwrap().contains("Times New Roman"));
}

#[test]
fn a_list_is_printed_with_its_heads_on_every_page() {
    let table = Table {
        title: "DANH SÁCH".to_owned(),
        subtitle: vec!["Sở Nội vụ".to_owned()],
        columns: vec![Column::new("Họ và tên", 3.0), Column::new("Hệ số", 1.0).aligned(Align::Right), Column::new("Ghi chú", f64::NAN)],
        rows: (0..100).map(|n| vec![format!("Người #{n}."), "2,34".to_owned()]).collect(),
        landscape: true,
    };
    let pages = pages(&Press::new().table(&table).unwrap());
    assert!(pages.len() > 2);
    assert!(pages.iter().all(|page| page.contains("Họ và tên Hệ số Ghi chú")), "{pages:?}");
    assert!((0..100).all(|n| pages.concat().contains(&format!("Người #{n}."))));
}

#[test]
fn one_press_prints_for_many_at_once() {
    let press = Press::new();
    std::thread::scope(|scope| {
        for number in 0..4 {
            let press = &press;
            scope.spawn(move || {
                let mut form = career(FormKind::TwoC2008);
                form.set("identity.other_names", format!("Tên {number}"));
                assert!(pages(&press.pdf(&form).unwrap())[0].contains(&format!("Tên gọi khác: Tên {number}")));
            });
        }
    });
}

#[test]
fn a_form_survives_being_written_down() {
    let form = Form { photo: Some(Photo(vec![1, 2])), ..career(FormKind::Supplement) };
    let read: Form = serde_json::from_str(&serde_json::to_string(&form).unwrap()).unwrap();
    assert_eq!((read.kind, &read.items, &read.tables, read.photo), (form.kind, &form.items, &form.tables, form.photo));
    let codes: BTreeMap<&str, FormKind> = FormKind::ALL.into_iter().map(|kind| (kind.code(), kind)).collect();
    assert!(codes.iter().all(|(code, kind)| FormKind::from_code(code) == Some(*kind)));
}
