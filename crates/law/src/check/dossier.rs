//! Sections, fields, printed forms and the roster.

use super::{refuse_doubles, refuse_unknown_origin};
use crate::{
    Law,
    data::Fault,
    dossier::{Field, FieldRef, Kind, Section},
    form::{Form, Layout},
    roster::{self, Derive, RosterColumn, RosterKind},
};
use std::collections::BTreeSet;

/// Letters of a hint that still stands in one or two short lines below its field.
const HINT_LENGTH: usize = 90;

pub(super) fn check(law: &Law, sources: &BTreeSet<String>, faults: &mut Vec<Fault>) {
    refuse_doubles("dossier/sections", law.sections.iter().map(|section| section.key.as_str()), faults);
    for (section, place) in law.sections.iter().zip(1..) {
        let file = format!("dossier/sections/{place:02}-{}.toml", section.key);
        refuse_unknown_origin(&file, &section.key, (&section.source, &section.confidence), sources, faults);
        check_section(law, section, &file, faults);
        for field in &section.fields {
            refuse_unknown_origin(&file, &field.key, (&field.source, &field.confidence), sources, faults);
            check_field(law, field, &file, faults);
        }
    }
    for (key, form) in &law.forms {
        let file = format!("dossier/forms/{key}.toml");
        refuse_unknown_origin(&file, key, (&form.source, &form.confidence), sources, faults);
        check_form(law, form, &file, faults);
    }
    refuse_doubles(roster::FILE, law.roster.iter().map(|column| column.key.as_str()), faults);
    for column in &law.roster {
        if let Some(reason) = roster_fault(law, column) {
            faults.push(Fault::new(roster::FILE, column.key.as_str(), reason));
        }
    }
}

fn check_section(law: &Law, section: &Section, file: &str, faults: &mut Vec<Fault>) {
    let columns = section.columns();
    refuse_doubles(file, columns.iter().map(|column| column.name.as_str()), faults);
    for template in section.templates.iter().filter(|template| law.form(template).is_none()) {
        faults.push(Fault::new(file, "templates", format!("không có mẫu {template} trong dossier/forms")));
    }
    if section.needs_a_row && section.is_single() {
        faults.push(Fault::new(file, "needs_a_row", "chỉ dùng cho mục nhiều dòng (list)"));
    }
    if section.needs_a_row && !section.fields.iter().any(|field| field.required) {
        faults.push(Fault::new(file, "needs_a_row", "mục không có trường nào bắt buộc"));
    }
}

fn check_field(law: &Law, field: &Field, file: &str, faults: &mut Vec<Fault>) {
    let mut refuse = |reason: String| faults.push(Fault::new(file, field.key.as_str(), reason));
    match (&field.catalogue, field.kind) {
        (None, Kind::Enum) => refuse("trường mã (enum) phải nêu danh mục (catalogue)".into()),
        (Some(list), Kind::Enum) if law.catalogue(list).is_none() => refuse(format!("không có danh mục {list}")),
        (Some(_), kind) if kind != Kind::Enum => refuse("chỉ trường mã (enum) mới có danh mục".into()),
        _ => (),
    }
    if field.multiple && field.kind != Kind::Enum {
        refuse("chỉ trường mã (enum) mới nhận nhiều giá trị (multiple)".into());
    }
    if field.two_decimals && field.kind != Kind::Decimal {
        refuse("chỉ trường số thập phân (decimal) mới viết hai chữ số (two_decimals)".into());
    }
    if let Some(reason) = hint_fault(&field.hint) {
        refuse(format!("gợi ý (hint) {reason}"));
    }
    if !field.key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
        refuse("tên máy chỉ gồm chữ thường không dấu, chữ số và gạch dưới".into());
    }
}

/// A hint is read by those who fill in the field, so it says what to enter and nothing about the program.
fn hint_fault(hint: &str) -> Option<&'static str> {
    let names_the_program = hint.contains(['_', '=', '<', '`']) || hint.contains(".toml") || hint.contains("CSDL");
    match hint {
        "" => None,
        _ if hint.chars().count() > HINT_LENGTH => Some("dài quá một dòng"),
        _ if hint.trim() != hint || hint.ends_with('.') || hint.contains('\n') => Some("là một câu ngắn, không có dấu chấm cuối"),
        _ if names_the_program => Some("nói với người nhập, không nói với người lập trình"),
        _ => None,
    }
}

fn check_form(law: &Law, form: &Form, file: &str, faults: &mut Vec<Fault>) {
    refuse_doubles(file, form.items.iter().map(|item| item.number.as_str()), faults);
    let mut printed = BTreeSet::new();
    for item in &form.items {
        for field in &item.fields {
            let mut refuse = |reason: &str| faults.push(Fault::new(file, format!("mục {}", item.number), format!("{field}: {reason}")));
            let Some((section, found)) = find(law, field) else {
                refuse("không có trường này");
                continue;
            };
            if !printed.insert(field) {
                refuse("đã in ở mục khác");
            }
            // The supplement prints parts of sections that it does not complete.
            if form.layout == Layout::Official && !section.templates.contains(&form.key) {
                refuse("mục hồ sơ không thuộc mẫu này (templates)");
            }
            if form.layout == Layout::Official && found.item(&form.key) != Some(&item.number) {
                refuse("số mục khác với số mục ghi ở trường");
            }
        }
    }
    if form.layout == Layout::Official {
        let numbered = |section: &Section, field: &Field| {
            let name = FieldRef { section: section.key.clone(), field: field.key.clone() };
            field.item(&form.key).filter(|_| !printed.contains(&name)).map(|number| (number.to_owned(), name))
        };
        let missing = law.sections.iter().flat_map(|section| section.fields.iter().filter_map(move |field| numbered(section, field)));
        for (number, name) in missing {
            faults.push(Fault::new(file, format!("mục {number}"), format!("thiếu trường {name}")));
        }
    }
}

fn find<'a>(law: &'a Law, name: &FieldRef) -> Option<(&'a Section, &'a Field)> {
    let section = law.section(&name.section)?;
    Some((section, section.field(&name.field)?))
}

fn roster_fault(law: &Law, column: &RosterColumn) -> Option<String> {
    if column.from.is_some() == column.derive.is_some() {
        return Some("phải có đúng một trong hai: from hoặc derive".into());
    }
    if column.from.is_some() && column.of.is_some() {
        return Some("of chỉ đi với derive".into());
    }
    let name = column.from.as_ref().or(column.of.as_ref())?;
    let Some((section, field)) = find(law, name) else {
        return Some(format!("không có trường {name}"));
    };
    let latest = column.derive == Some(Derive::Latest);
    if section.is_single() == latest {
        return Some(match latest {
            true => format!("{name} thuộc mục một dòng, không cần latest"),
            false => format!("{name} thuộc mục nhiều dòng, không phải một giá trị cho một người"),
        });
    }
    let by = column.by.as_ref().map(|by| find(law, by).is_some_and(|(_, day)| by.section == name.section && day.kind == Kind::Date));
    if by != latest.then_some(true) {
        return Some("by là ngày trong cùng mục hồ sơ và chỉ đi với latest".into());
    }
    if column.sensitivity != field.sensitivity {
        return Some(format!("mức bảo mật khác với trường {name}"));
    }
    let kept = match field.kind {
        Kind::Text | Kind::PartialDate => &[RosterKind::Text, RosterKind::Key][..],
        Kind::Date => &[RosterKind::Date],
        Kind::Enum => &[RosterKind::Code],
        Kind::Int => &[RosterKind::Int],
        Kind::Decimal => &[RosterKind::Decimal],
        Kind::Bool => &[RosterKind::Bool],
        Kind::File | Kind::Address | Kind::Decision => &[],
    };
    let as_it_is = column.from.is_some() || latest;
    if as_it_is && !kept.contains(&column.kind) {
        return Some(format!("kiểu dữ liệu không hợp với trường {name}"));
    }
    let list = field.catalogue.as_ref().filter(|_| as_it_is);
    (column.catalogue.as_ref() != list).then(|| format!("danh mục khác với trường {name}"))
}
