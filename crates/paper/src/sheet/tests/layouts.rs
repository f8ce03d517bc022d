use crate::sheet::{Cell, Merge, NoteKind, Sheet, layout};

fn sheet(rows: &[&str], merges: &[(usize, usize, usize, usize)]) -> Sheet {
    let cell = |text: &str| match text.parse::<f64>() {
        Ok(number) => Cell::Number(number),
        Err(_) => Cell::text(text),
    };
    let rows = rows.iter().map(|row| if row.is_empty() { Vec::new() } else { row.split('|').map(cell).collect() }).collect();
    let merges = merges.iter().map(|(top, bottom, left, right)| Merge { top: *top, bottom: *bottom, left: *left, right: *right }).collect();
    Sheet { rows, merges, ..Sheet::default() }
}

const OFFICIAL: [&str; 16] = [
    "UBND TỈNH A||||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "",
    "DANH SÁCH VÀ TIỀN LƯƠNG",
    "STT|Họ và tên|Năm sinh||Hệ số lương|Ghi chú",
    "||Nam|Nữ",
    "1|2|3|4|5=3+4|6",
    "I. Ban Giám hiệu",
    "1|Nguyễn Văn A|1975||4.98|x",
    "2|Trần Thị B||1980|3.99|x",
    "",
    "II. Tổ Toán",
    "1||1985||2.34|x",
    "STT|Họ và tên|Năm sinh||Hệ số lương|Ghi chú",
    "2|Lê Thị C||1990|2.67",
    "|Tổng cộng|||13.98",
    "||||Yên Bái, ngày 24 tháng 11 năm 2026",
];

#[test]
fn an_official_list_is_understood() {
    let merges = [(3, 4, 0, 0), (3, 4, 1, 1), (3, 3, 2, 3), (3, 4, 4, 4), (3, 4, 5, 5)];
    let found = layout(&sheet(&OFFICIAL, &merges));
    assert_eq!((found.header_rows.clone(), found.numbering_row), (3..6, Some(5)));
    assert_eq!(found.titles.len(), 2);
    let headings: Vec<String> = found.columns.iter().map(|column| column.title()).collect();
    assert_eq!(headings, ["STT", "Họ và tên", "Năm sinh › Nam", "Năm sinh › Nữ", "Hệ số lương", "Ghi chú"]);
    assert_eq!((found.first_data_row, found.last_data_row), (7, Some(13)));
    assert_eq!(found.data_rows().collect::<Vec<_>>(), [7, 8, 11, 13]);
    let kinds: Vec<NoteKind> = found.skipped.iter().map(|skipped| skipped.kind).collect();
    assert_eq!(kinds, [NoteKind::Group, NoteKind::Blank, NoteKind::Group, NoteKind::Heading]);
    assert_eq!(found.group_of(7), Some("I. Ban Giám hiệu"));
    assert_eq!(found.group_of(13), Some("II. Tổ Toán"));
    assert_eq!(found.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::Total, NoteKind::Note]);
    assert_eq!(found.columns[4].samples, ["4,98", "3,99", "2,34", "2,67"]);
}

#[test]
fn headings_without_merges_reach_over_their_blanks() {
    let found = layout(&sheet(&OFFICIAL, &[]));
    assert_eq!((found.header_rows.clone(), found.numbering_row), (3..6, Some(5)));
    let headings: Vec<String> = found.columns.iter().map(|column| column.title()).collect();
    assert_eq!(headings, ["STT", "Họ và tên", "Năm sinh › Nam", "Năm sinh › Nữ", "Hệ số lương", "Ghi chú"]);
}

#[test]
fn a_plain_table_begins_at_once() {
    let found = layout(&sheet(&["Họ tên|Ngày sinh", "Lê A|1/2/1980", "Lê B|1/3/1980"], &[]));
    assert_eq!((found.header_rows.clone(), found.last_data_row), (0..1, Some(2)));
    assert!(found.titles.is_empty() && found.notes.is_empty());
}

#[test]
fn unknown_headings_are_told_by_what_stands_beneath() {
    let found = layout(&sheet(&["Employee|Born|Salary", "Le A|1980|2.34", "Le B|1981|3"], &[]));
    assert_eq!(found.header_rows, 0..1);
    assert_eq!(found.data_rows().count(), 2);
}

#[test]
fn a_sheet_without_headings_keeps_all_rows() {
    let found = layout(&sheet(&["1|Lê A|1980|2.34", "2|Lê B|1981|3"], &[]));
    assert_eq!((found.header_rows.clone(), found.data_rows().count(), found.columns.len()), (0..0, 2, 4));
    assert_eq!(layout(&Sheet::default()).columns, []);
}
