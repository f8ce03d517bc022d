use jiff::civil::date;

use crate::{
    sheet::{
        Book, Cell, Format, Layout, NoteKind, Options, Sheet, layout, open,
        values::{self, digits, gender_from_split, hundredths, tick},
    },
    text::Encoding,
};

pub(super) fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn example(name: &str) -> (Book, Layout) {
    let book = open(&bytes(name), &Options::default()).unwrap();
    let found = layout(&book.sheets[book.main_sheet().unwrap()]);
    (book, found)
}

fn headings(found: &Layout) -> Vec<String> {
    found.columns.iter().map(|column| column.title()).collect()
}

fn names(sheet: &Sheet, found: &Layout) -> Vec<String> {
    found.data_rows().map(|row| sheet.cell(row, 1).shown()).collect()
}

#[test]
fn the_salary_form_is_understood() {
    let (book, found) = example("danh-sach-luong-bm03.xlsx");
    assert_eq!(found.header_rows, 6..10);
    assert_eq!(found.numbering_row, Some(9));
    assert_eq!(
        headings(&found),
        [
            "Số TT",
            "Họ và tên",
            "Ngày, tháng, năm sinh › Nam",
            "Ngày, tháng, năm sinh › Nữ",
            "Số CCCD",
            "Chức vụ hoặc chức danh công tác",
            "Cơ quan, đơn vị đang làm việc",
            "Thời gian giữ chức vụ, ngạch",
            "Mức lương hiện hưởng › Mã số ngạch hiện giữ",
            "Mức lương hiện hưởng › Bậc lương",
            "Mức lương hiện hưởng › Hệ số lương",
            "Mức lương hiện hưởng › Phụ cấp › Chức vụ",
            "Mức lương hiện hưởng › Phụ cấp › Trách nhiệm",
            "Mức lương hiện hưởng › Phụ cấp › Vượt khung (%)",
            "Mức lương hiện hưởng › Tổng hệ số",
            "Ghi chú",
        ]
    );
    let sheet = &book.sheets[0];
    assert_eq!(names(sheet, &found).len(), 18);
    assert_eq!(sheet.cell(found.first_data_row, 2), &Cell::Date(date(1974, 3, 12)));
    assert_eq!(found.group_of(found.last_data_row.unwrap()), Some("III. Phòng Tổ chức cán bộ"));
    assert_eq!(found.notes[0].kind, NoteKind::Total);
}

#[test]
fn the_school_list_reads_the_same_from_new_and_old_excel() {
    let (new, found_new) = example("danh-sach-truong-hoc.xlsx");
    let (old, found_old) = example("danh-sach-biff.xls");
    assert_eq!((new.format, old.format), (Format::Xlsx, Format::Xls));
    assert_eq!(found_new, found_old);
    assert_eq!(new.sheets[0].rows, old.sheets[0].rows);
    assert_eq!(new.sheets[0].merges, old.sheets[0].merges);
    assert_eq!(names(&new.sheets[0], &found_new).len(), 22);
    assert_eq!(headings(&found_new)[5], "Số CCCD");
    assert_eq!(new.sheets[0].cell(found_new.first_data_row, 5), &Cell::text("015074990000"));
}

#[test]
fn the_communes_page_is_read_under_its_wrong_name() {
    let (book, found) = example("danh-sach-ubnd-xa.xls");
    assert_eq!(book.format, Format::Html);
    assert_eq!(headings(&found), ["STT", "Họ và tên", "Năm sinh › Nam", "Năm sinh › Nữ", "Chức danh", "Lương › Bậc", "Lương › Hệ số"]);
    assert_eq!(names(&book.sheets[0], &found).len(), 14);
    assert_eq!(found.titles[0].1, "DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ VIỆT HỒNG");
}

#[test]
fn lists_in_old_encodings_are_recognised_and_converted() {
    for (name, encoding, format) in [
        ("danh-sach-tcvn3.xlsx", Encoding::Tcvn3, Format::Xlsx),
        ("danh-sach-tcvn3.csv", Encoding::Tcvn3, Format::Delimited(';')),
        ("danh-sach-vni.csv", Encoding::Vni, Format::Delimited(',')),
        ("danh-sach-windows-1258.csv", Encoding::Windows1258, Format::Delimited('\t')),
    ] {
        let (book, found) = example(name);
        assert_eq!((book.encoding.encoding, book.format), (encoding, format), "{name}");
        assert!(book.encoding.confidence >= 0.5 && !book.encoding.samples.is_empty(), "{name}: {:?}", book.encoding);
        assert_eq!(headings(&found)[1], "Họ và tên");
        let people = names(&book.sheets[0], &found);
        assert!(people.len() >= 18 && people.contains(&"Nguyễn Thị Dung".to_owned()), "{name}: {people:?}");
    }
    let (book, _) = example("danh-sach-tcvn3.xlsx");
    assert_eq!(book.sheets[0].cell(0, 0), &Cell::text("DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ"));
}

#[test]
fn the_messy_list_has_31_rows_of_which_two_are_wrong() {
    let (book, found) = example("danh-sach-lon-xon.xlsx");
    let sheet = &book.sheets[0];
    let today = date(2026, 11, 24);
    assert_eq!(headings(&found)[2..4], ["Ngày, tháng, năm sinh › Nam", "Ngày, tháng, năm sinh › Nữ"]);
    let rows: Vec<usize> = found.data_rows().collect();
    assert_eq!(rows.len(), 31, "{:?} {:?}", found.skipped, found.notes);
    let mut problems = Vec::new();
    for row in &rows {
        let cell = |column| sheet.cell(*row, column);
        problems.extend(gender_from_split(cell(2), cell(3), today).err());
        problems.extend(digits(cell(4), "Số CCCD", &[12]).err());
        problems.extend(hundredths(cell(10)).err());
        problems.extend(tick(cell(11)).err());
        problems.extend(values::date(cell(12), today).err());
        problems.extend(digits(cell(13), "Số điện thoại", &[10]).err());
    }
    let sentences: Vec<String> = problems.into_iter().map(|problem| problem.sentence).collect();
    assert_eq!(sentences, ["Tháng 6 chỉ có 30 ngày. Nhập 30/06/1990?", "Số CCCD có 11 chữ số, cần 12"]);
    let twice = names(sheet, &found).iter().filter(|name| *name == "Nguyễn Thị Dung").count();
    assert_eq!(twice, 2);
    let kinds: Vec<NoteKind> = found.skipped.iter().map(|skipped| skipped.kind).collect();
    assert_eq!(kinds, [NoteKind::Group, NoteKind::Group, NoteKind::Blank, NoteKind::Group]);
    assert_eq!(found.notes[0].kind, NoteKind::Total);
}
