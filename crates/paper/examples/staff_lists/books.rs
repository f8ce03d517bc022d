//! The tidy workbooks: salary list, school, and one typed under old fonts.

use std::path::Path;

use paper::text::{Encoding, encode};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::people::{PEOPLE, Person, rank};

pub fn base() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}

pub fn head() -> Format {
    base().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin)
}

/// National heading, name of the list.
pub fn titles(sheet: &mut Worksheet, unit: &str, title: &str, last: u16) -> Result<(), XlsxError> {
    let bold = base().set_bold().set_align(FormatAlign::Center);
    let middle = last / 2;
    sheet.merge_range(0, 0, 0, middle, unit, &bold)?;
    sheet.merge_range(0, middle + 1, 0, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &bold)?;
    sheet.merge_range(1, middle + 1, 1, last, "Độc lập - Tự do - Hạnh phúc", &bold)?;
    sheet.merge_range(3, 0, 3, last, title, &bold)?;
    Ok(())
}

pub fn day(person: &Person) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, day) = person.born;
    ExcelDateTime::from_ymd(year, month, day)
}

/// Form BM03: list and salary of officials and civil servants.
pub fn salary_list(path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("BM03")?;
    titles(sheet, "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "DANH SÁCH VÀ TIỀN LƯƠNG CÁN BỘ, CÔNG CHỨC NĂM 2026", 15)?;
    sheet.write_string_with_format(4, 12, "Biểu số BM03/BNV", &base().set_italic())?;
    let head = head();
    for (column, text) in [
        (0, "Số TT"),
        (1, "Họ và tên"),
        (4, "Số CCCD"),
        (5, "Chức vụ hoặc chức danh công tác"),
        (6, "Cơ quan, đơn vị đang làm việc"),
        (7, "Thời gian giữ chức vụ, ngạch"),
        (15, "Ghi chú"),
    ] {
        sheet.merge_range(6, column, 8, column, text, &head)?;
    }
    sheet.merge_range(6, 2, 7, 3, "Ngày, tháng, năm sinh", &head)?;
    sheet.write_string_with_format(8, 2, "Nam", &head)?.write_string_with_format(8, 3, "Nữ", &head)?;
    sheet.merge_range(6, 8, 6, 14, "Mức lương hiện hưởng", &head)?;
    for (column, text) in [(8, "Mã số ngạch hiện giữ"), (9, "Bậc lương"), (10, "Hệ số lương"), (14, "Tổng hệ số")]
    {
        sheet.merge_range(7, column, 8, column, text, &head)?;
    }
    sheet.merge_range(7, 11, 7, 13, "Phụ cấp", &head)?;
    for (column, text) in [(11, "Chức vụ"), (12, "Trách nhiệm"), (13, "Vượt khung (%)")] {
        sheet.write_string_with_format(8, column, text, &head)?;
    }
    for column in 0..16_u16 {
        let label = if column == 14 { "15=11+12+13".to_owned() } else { (column + 1).to_string() };
        sheet.write_string_with_format(9, column, label, &head)?;
    }
    let (text, date, number) = (base(), base().set_num_format("dd/mm/yyyy"), base().set_num_format("0.00"));
    let mut row = 10;
    for (group, (name, range)) in
        [("I. Lãnh đạo Sở", 0..3), ("II. Văn phòng", 3..10), ("III. Phòng Tổ chức cán bộ", 10..18)].into_iter().enumerate()
    {
        sheet.merge_range(row, 0, row, 15, name, &base().set_bold())?;
        row += 1;
        for index in range {
            let Some(person) = PEOPLE.get(index) else { continue };
            let (code, step, coefficient) = rank(index);
            let allowance = if group == 0 { 0.8 } else { 0.0 };
            sheet.write_number_with_format(row, 0, f64::from(row - 10), &text)?;
            sheet.write_string_with_format(row, 1, person.name, &text)?;
            sheet.write_datetime_with_format(row, if person.male { 2 } else { 3 }, day(person)?, &date)?;
            sheet.write_string_with_format(row, 4, person.number(index), &text)?;
            sheet.write_string_with_format(row, 5, if group == 0 { "Phó Giám đốc" } else { "Chuyên viên" }, &text)?;
            sheet.write_string_with_format(row, 6, name.split_once(". ").map_or(name, |(_, unit)| unit), &text)?;
            sheet.write_string_with_format(row, 7, format!("{:02}/20{:02}", 1 + index % 12, 10 + index % 14), &text)?;
            sheet.write_string_with_format(row, 8, code, &text)?;
            sheet.write_number_with_format(row, 9, f64::from(step), &text)?;
            sheet.write_number_with_format(row, 10, coefficient, &number)?;
            if allowance > 0.0 {
                sheet.write_number_with_format(row, 11, allowance, &number)?;
            }
            sheet.write_number_with_format(row, 14, coefficient + allowance, &number)?;
            row += 1;
        }
    }
    sheet.merge_range(row, 0, row, 9, "Tổng cộng", &base().set_bold())?;
    sheet.write_number_with_format(row, 10, 60.9, &number)?;
    sheet.write_string_with_format(row + 2, 11, "Yên Bái, ngày 15 tháng 10 năm 2026", &base().set_italic())?;
    sheet.write_string_with_format(row + 3, 1, "NGƯỜI LẬP BIỂU", &base().set_bold())?;
    sheet.write_string_with_format(row + 3, 11, "GIÁM ĐỐC", &base().set_bold())?;
    sheet.write_string_with_format(row + 4, 1, "(Ký, ghi rõ họ tên)", &base())?;
    book.save(path)
}

/// A school's own list: no national heading, one row of headings, a second sheet nobody needs.
pub fn school_list(path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("DS GV 2026-2027")?;
    let bold = base().set_bold();
    sheet.write_string_with_format(0, 0, "TRƯỜNG THCS HƯNG KHÁNH", &bold)?;
    sheet.merge_range(1, 0, 1, 11, "DANH SÁCH CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN NĂM HỌC 2026-2027", &bold)?;
    let headings = [
        "TT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Dân tộc",
        "Số CCCD",
        "Chức vụ",
        "Môn dạy",
        "Trình độ đào tạo",
        "Đảng viên",
        "Số điện thoại",
        "Ghi chú",
    ];
    for (column, text) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(3, column, text, &head())?;
    }
    let date = base().set_num_format("dd/mm/yyyy");
    let mut row = 4;
    for (group, (name, range)) in
        [("A. Ban Giám hiệu", 0..2), ("B. Tổ Khoa học tự nhiên", 2..12), ("C. Tổ Khoa học xã hội", 12..22)].into_iter().enumerate()
    {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        row += 1;
        for (place, index) in range.enumerate() {
            let Some(person) = PEOPLE.get(index) else { continue };
            let subjects = if group == 2 { ["Ngữ văn", "Lịch sử", "Địa lý"] } else { ["Toán", "Vật lý", "Hóa học"] };
            sheet.write_number_with_format(row, 0, index as f64 + 1.0, &base())?;
            sheet.write_datetime_with_format(row, 2, day(person)?, &date)?;
            let post = match (group, place) {
                (0, 0) => "Hiệu trưởng",
                (0, _) => "Phó Hiệu trưởng",
                (_, 0) => "Tổ trưởng",
                _ => "Giáo viên",
            };
            let number = person.number(index);
            let phone = Person::phone(index);
            let texts = [
                (1, person.name),
                (3, if person.male { "Nam" } else { "Nữ" }),
                (4, person.ethnicity),
                (5, number.as_str()),
                (6, post),
                (7, subjects.get(index % 3).copied().unwrap_or_default()),
                (8, if index.is_multiple_of(5) { "Thạc sĩ" } else { "Đại học sư phạm" }),
                (9, if index.is_multiple_of(2) { "x" } else { "" }),
                (10, phone.as_str()),
            ];
            for (column, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
                sheet.write_string_with_format(row, column, text, &base())?;
            }
            row += 1;
        }
    }
    sheet.write_string_with_format(row + 1, 1, "Danh sách này có 22 người", &base().set_italic())?;
    book.add_worksheet().set_name("Sheet2")?;
    book.save(path)
}

/// A workbook whose texts are TCVN3 bytes shown through `.VnTime`, headings in capitals through `.VnTimeH`.
pub fn old_font_list(path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Danh sach")?;
    let small = Format::new().set_font_name(".VnTime").set_font_size(12);
    let capitals = Format::new().set_font_name(".VnTimeH").set_font_size(12).set_bold();
    sheet.write_string_with_format(0, 0, old("danh sách cán bộ, công chức xã"), &capitals)?;
    for (column, text) in (0_u16..).zip(["Số TT", "Họ và tên", "Ngày sinh", "Quê quán", "Chức vụ", "Hệ số lương"]) {
        sheet.write_string_with_format(2, column, old(text), &small)?;
    }
    for (row, (index, person)) in (3_u32..).zip(PEOPLE.iter().enumerate().filter(|(_, person)| !person.name.contains("Ánh")).take(20)) {
        let (_, _, coefficient) = rank(index);
        sheet.write_number_with_format(row, 0, f64::from(row - 2), &small)?;
        sheet.write_string_with_format(row, 1, old(person.name), &small)?;
        sheet.write_string_with_format(row, 2, person.birth(), &small)?;
        sheet.write_string_with_format(row, 3, old(person.home), &small)?;
        sheet.write_string_with_format(row, 4, old(if row == 3 { "Chủ tịch" } else { "Công chức" }), &small)?;
        sheet.write_string_with_format(row, 5, format!("{coefficient:.2}").replace('.', ","), &small)?;
    }
    book.save(path)
}

/// One Latin letter per old byte, as such workbooks hold it.
fn old(text: &str) -> String {
    encode(Encoding::Tcvn3, text).unwrap_or_default().into_iter().map(char::from).collect()
}
