//! Forms whose paper was not seen, laid out by the software from their items alone; the mark on top says so.

use super::fill::{Texts, WITHHELD};
use law::{Field, Form, Law, Section};
use paper::forms::{Entry, Photo, Plain, Signature};

/// More columns than these do not fit on the sheet; their rows are written out.
const COLUMNS: usize = 6;

/// What stands beside the photo of a form that has one.
const BESIDE_PHOTO: &[(&str, &str)] = &[
    ("Họ và tên khai sinh", "identity.full_name"),
    ("Sinh ngày", "identity.birth_date"),
    ("Giới tính", "identity.gender"),
    ("Số hiệu", "dossier_header.officer_number"),
    ("Cơ quan quản lý", "dossier_header.managing_authority"),
    ("Cơ quan, đơn vị sử dụng", "dossier_header.using_unit"),
];

/// The form with its items in order.
pub(super) fn lay(law: &Law, form: &Form, texts: &Texts, photo: Option<Photo>, annex: Vec<Entry>) -> Plain {
    let mut entries = Vec::new();
    for item in &form.items {
        let fields: Vec<(&Section, &Field)> = item
            .fields
            .iter()
            .filter_map(|named| law.section(&named.section).and_then(|section| Some((section, section.field(&named.field)?))))
            .filter(|(_, field)| field.kind != law::Kind::File)
            .collect();
        let mark = if item.number.starts_with(|c: char| c.is_ascii_digit()) { format!("{})", item.number) } else { String::new() };
        match fields.as_slice() {
            [] if item.fields.is_empty() => entries.push(Entry::Heading { mark, label: item.label_vi.clone() }),
            [] => {}
            [(section, field)] if section.is_single() => {
                entries.push(Entry::Line { mark, label: item.label_vi.clone(), text: item_text(texts, section, field) });
            }
            _ => {
                entries.push(Entry::Heading { mark, label: item.label_vi.clone() });
                many(&mut entries, &fields, texts);
            }
        }
    }
    let prints = |key: &str| form.items.iter().flat_map(|item| &item.fields).any(|named| named.to_string() == key);
    let text = |key: &str| texts.items.get(key).cloned().unwrap_or_default();
    let has_photo = prints("dossier_header.photo");
    let beside = BESIDE_PHOTO.iter().filter(|_| has_photo).map(|(label, key)| ((*label).to_owned(), text(key)));
    let signatures = if prints("dossier_header.declared_on") { signatures(&text) } else { Vec::new() };
    Plain {
        title: form.title.to_uppercase(),
        mark: format!("{} (trình bày của phần mềm)", form.name_vi),
        beside_photo: beside.collect(),
        photo: photo.filter(|_| has_photo),
        entries,
        signatures,
        annex,
        foot: String::new(),
    }
}

/// The person who declares and the body that confirms.
fn signatures(text: &dyn Fn(&str) -> String) -> Vec<Signature> {
    let on = |key: &str| match text(key) {
        day if day.is_empty() => "Ngày ….. tháng ….. năm ………".to_owned(),
        day => format!("Ngày {day}"),
    };
    vec![
        Signature {
            place: on("dossier_header.declared_on"),
            title: "Người khai".into(),
            oath: "Tôi xin cam đoan những lời khai\ntrên đây là đúng sự thật".into(),
            hint: "(Ký tên, ghi rõ họ tên)".into(),
            name: text("identity.full_name"),
        },
        Signature {
            place: on("dossier_header.confirmed_on"),
            title: "Thủ trưởng cơ quan, đơn vị\nquản lý và sử dụng".into(),
            oath: String::new(),
            hint: "(Ký tên, đóng dấu)".into(),
            name: text("dossier_header.confirmed_by"),
        },
    ]
}

fn item_text(texts: &Texts, section: &Section, field: &Field) -> String {
    texts.items.get(&format!("{}.{}", section.key, field.key)).cloned().unwrap_or_default()
}

/// Fields of one item: those of single sections line by line, those of lists as tables.
fn many(entries: &mut Vec<Entry>, fields: &[(&Section, &Field)], texts: &Texts) {
    let mut listed: Vec<(&Section, Vec<&Field>)> = Vec::new();
    for (section, field) in fields {
        if section.is_single() {
            let text = item_text(texts, section, field);
            entries.push(Entry::Line { mark: String::new(), label: field.label_vi.clone(), text });
            continue;
        }
        match listed.iter_mut().find(|(known, _)| known.key == section.key) {
            Some((_, columns)) => columns.push(field),
            None => listed.push((section, vec![field])),
        }
    }
    for (section, columns) in listed {
        let rows = texts.tables.get(&section.key).map(Vec::as_slice).unwrap_or_default();
        let cell = |row: &std::collections::BTreeMap<String, String>, field: &Field| row.get(&field.key).cloned().unwrap_or_default();
        if rows.iter().any(|row| row.values().any(|text| text == WITHHELD)) {
            entries.push(Entry::Line { mark: String::new(), label: section.label_vi.clone(), text: WITHHELD.to_owned() });
        } else if columns.len() <= COLUMNS {
            entries.push(Entry::Table {
                columns: columns.iter().map(|field| field.label_vi.clone()).collect(),
                rows: rows.iter().map(|row| columns.iter().map(|field| cell(row, field)).collect()).collect(),
            });
        } else {
            let written = |row: &std::collections::BTreeMap<String, String>| {
                let pairs = columns.iter().map(|field| (field, cell(row, field))).filter(|(_, text)| !text.is_empty());
                pairs.map(|(field, text)| format!("{}: {text}", field.label_vi)).collect::<Vec<_>>().join("; ")
            };
            entries
                .push(Entry::Table { columns: vec![section.label_vi.clone()], rows: rows.iter().map(|row| vec![written(row)]).collect() });
        }
    }
}
