//! The printed forms, seen as a clerk sees them: as the text of each page, and as a document that opens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "what is not as expected fails the test")]

use std::collections::BTreeMap;

use paper::forms::{Align, Column, Form, FormKind, Photo, Press, Table, docx, item_numbers};
use serde::Deserialize;

mod hostile;
mod reading;

use reading::{pages, paragraphs, part_of, png};

fn career(kind: FormKind) -> Form {
    let form: Form = serde_json::from_str(include_str!("../../samples/full-career.json")).unwrap();
    Form { kind, ..form }
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
        let fields: Vec<(String, String)> =
            described(kind).into_iter().flat_map(|item| item.fields).zip((0..).map(|n| format!("Z{n}Z"))).collect();
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
                let at =
                    found.unwrap_or_else(|| panic!("{}: item {} “{}” is missing or out of order", kind.code(), item.number, item.label_vi));
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
        form.add_row(
            "work_history",
            [("from_date", "01/2001"), ("unit_text", &format!("Đơn vị thứ {number}.")), ("position_text", "Chuyên viên")],
        );
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
fn a_docx_is_a_whole_package_in_times_new_roman() {
    let document = docx(&career(FormKind::TwoC2008)).unwrap();
    for path in
        ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml", "word/header.xml", "word/footer.xml"]
    {
        let xml = String::from_utf8(part_of(&document, path)).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    }
    assert!(String::from_utf8(part_of(&document, "word/styles.xml")).unwrap().contains("Times New Roman"));
}

#[test]
fn the_foot_stands_on_every_page_of_both() {
    let words = "Lý lịch điện tử do Sở Nội vụ quản lý, in ngày 19/11/2026 & <ký>";
    let form = Form { foot: words.to_owned(), ..career(FormKind::Circular06Of2023) };
    let pages = pages(&Press::new().pdf(&form).unwrap());
    assert!(pages.len() > 1 && pages.iter().all(|page| page.contains(words)), "{pages:?}");
    let document = docx(&form).unwrap();
    let body = String::from_utf8(part_of(&document, "word/document.xml")).unwrap();
    for which in ["first", "default"] {
        assert!(body.contains(&format!(r#"<w:footerReference w:type="{which}" r:id="rId4"/>"#)), "no foot for the {which} page");
    }
    let foot = String::from_utf8(part_of(&document, "word/footer.xml")).unwrap();
    assert!(foot.contains("in ngày 19/11/2026 &amp; &lt;ký&gt;"), "{foot}");
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
