//! The messy list, as it really arrives: split columns, mixed dates and decimals, two faults, one person twice.

use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use crate::{
    books::{base, day, head, titles},
    people::{PEOPLE, Person, rank},
};

/// The row whose birth date does not exist, the one whose number lacks a digit, and the one entered twice.
const BAD_DATE: usize = 8;
const BAD_NUMBER: usize = 16;
const TWICE: usize = 5;

pub fn list(path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Danh sách tổng hợp")?;
    titles(sheet, "UBND HUYỆN TRẤN YÊN", "DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC", 14)?;
    sheet.merge_range(4, 0, 4, 14, "(Kèm theo Công văn số 125/UBND-NV)", &base().set_italic())?;
    headings(sheet)?;
    let groups = [("I", "Văn phòng HĐND và UBND", 0..11), ("II", "Phòng Nội vụ", 11..20), ("III", "Phòng Giáo dục và Đào tạo", 20..30)];
    let mut row = 9;
    for (mark, name, range) in groups {
        sheet.write_string_with_format(row, 0, mark, &base().set_bold())?;
        sheet.write_string_with_format(row, 1, name, &base().set_bold())?;
        row += 1;
        let mut order = 1;
        for index in range {
            if let Some(person) = PEOPLE.get(index) {
                line(sheet, row, order, index, person)?;
                row += 1;
                order += 1;
            }
        }
        if mark == "II" {
            if let Some(person) = PEOPLE.get(TWICE) {
                line(sheet, row, order, TWICE, person)?;
                row += 1;
            }
            row += 1;
        }
    }
    sheet.write_string_with_format(row, 1, "Tổng cộng: 31 người", &base().set_bold())?;
    sheet.write_number_with_format(row, 10, 106.5, &base())?;
    sheet.write_string_with_format(row + 1, 0, "Ghi chú: cột 12 đánh dấu x nếu là đảng viên", &base().set_italic())?;
    sheet.write_string_with_format(row + 3, 9, "Trấn Yên, ngày 20 tháng 10 năm 2026", &base().set_italic())?;
    sheet.write_string_with_format(row + 4, 1, "Người lập biểu", &base().set_bold())?;
    sheet.write_string_with_format(row + 4, 9, "TM. ỦY BAN NHÂN DÂN", &base().set_bold())?;
    sheet.write_string_with_format(row + 5, 9, "CHỦ TỊCH", &base().set_bold())?;
    book.save(path)
}

fn headings(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let head = head();
    let tall = [
        (0, "TT"),
        (1, "Họ và tên"),
        (4, "Số CCCD"),
        (5, "Dân tộc"),
        (6, "Quê quán"),
        (7, "Chức vụ, chức danh"),
        (11, "Đảng viên"),
        (12, "Ngày tuyển dụng"),
        (13, "Điện thoại"),
        (14, "Ghi chú"),
    ];
    for (column, text) in tall {
        sheet.merge_range(6, column, 7, column, text, &head)?;
    }
    sheet.merge_range(6, 2, 6, 3, "Ngày, tháng,\nnăm sinh", &head)?;
    sheet.write_string_with_format(7, 2, "Nam", &head)?.write_string_with_format(7, 3, "Nữ", &head)?;
    sheet.merge_range(6, 8, 6, 10, "Lương hiện hưởng", &head)?;
    for (column, text) in [(8, "Mã ngạch"), (9, "Bậc"), (10, "Hệ số")] {
        sheet.write_string_with_format(7, column, text, &head)?;
    }
    for column in 0..15_u16 {
        sheet.write_number_with_format(8, column, f64::from(column + 1), &head)?;
    }
    Ok(())
}

fn line(sheet: &mut Worksheet, row: u32, order: u32, index: usize, person: &Person) -> Result<(), XlsxError> {
    let text = base();
    sheet.write_number_with_format(row, 0, f64::from(order), &text)?;
    // Names come with stray blanks and in capitals.
    let name = match index % 7 {
        3 => format!(" {} ", person.name.replacen(' ', "  ", 1)),
        6 => person.name.to_uppercase(),
        _ => person.name.to_owned(),
    };
    sheet.write_string_with_format(row, 1, name, &text)?;
    birth(sheet, row, index, person)?;
    let number = person.number(index);
    let number = if index == BAD_NUMBER { number.get(..11).unwrap_or_default() } else { &number };
    sheet.write_string_with_format(row, 4, number, &text)?;
    sheet.write_string_with_format(row, 5, person.ethnicity, &text)?;
    sheet.write_string_with_format(row, 6, person.home, &text)?;
    sheet.write_string_with_format(row, 7, if order == 1 { "Trưởng phòng" } else { "Chuyên viên" }, &text)?;
    let (code, step, coefficient) = rank(index);
    sheet.write_string_with_format(row, 8, code, &text)?;
    sheet.write_number_with_format(row, 9, f64::from(step), &text)?;
    match index % 3 {
        0 => sheet.write_string_with_format(row, 10, format!("{coefficient:.2}").replace('.', ","), &text)?,
        1 => sheet.write_string_with_format(row, 10, format!("{coefficient:.2}"), &text)?,
        _ => sheet.write_number_with_format(row, 10, coefficient, &text)?,
    };
    let tick = ["x", "X", "", "✓", "", "có"].get(index % 6).copied().unwrap_or_default();
    sheet.write_string_with_format(row, 11, tick, &text)?;
    let since = person.born.0 + 23;
    let recruited = if index.is_multiple_of(2) { format!("01/09/{since}") } else { format!("9/{since}") };
    sheet.write_string_with_format(row, 12, recruited, &text)?;
    sheet.write_string_with_format(row, 13, Person::phone(index), &text)?;
    Ok(())
}

fn birth(sheet: &mut Worksheet, row: u32, index: usize, person: &Person) -> Result<(), XlsxError> {
    let column = if person.male { 2 } else { 3 };
    let (year, month, date) = person.born;
    let text = base();
    match index {
        BAD_DATE => sheet.write_string_with_format(row, column, "31/6/1990", &text)?,
        // A bare serial number, as a column loses its format when pasted.
        2 => sheet.write_number_with_format(row, column, 31_095.0, &text)?,
        _ => match index % 5 {
            0 => sheet.write_number_with_format(row, column, f64::from(year), &text)?,
            1 => sheet.write_string_with_format(row, column, person.birth(), &text)?,
            2 => sheet.write_datetime_with_format(row, column, day(person)?, &base().set_num_format("dd/mm/yyyy"))?,
            3 => sheet.write_string_with_format(row, column, format!("{month:02}/{year}"), &text)?,
            _ => sheet.write_string_with_format(row, column, format!("{date}-{month}-{year}"), &text)?,
        },
    };
    Ok(())
}
