use std::io::Read as _;

use jiff::civil::date;

use crate::sheet::{Cell, Column, CsvWriter, Format, Kind, Options, Plan, Writer, layout, open};

fn plan() -> Plan {
    Plan {
        sheet: "Danh sách [2026]/1".into(),
        titles: vec!["DANH SÁCH CÁN BỘ".into()],
        columns: vec![
            Column::new("Họ và tên", Kind::Text),
            Column::new("Ngày sinh", Kind::Date),
            Column::new("Số CCCD", Kind::Text),
            Column::new("Hệ số lương", Kind::Hundredths),
        ],
        footer: Some("Mục đích: đối chiếu; người kết xuất: Nguyễn Văn A; ngày 24/11/2026".into()),
        official_font: true,
    }
}

fn row() -> [Cell; 4] {
    [Cell::text("=HYPERLINK(\"x\")"), Cell::Date(date(1985, 2, 17)), Cell::text("015185001234"), Cell::Number(2.34)]
}

#[test]
fn what_is_written_reads_back_the_same() {
    let mut writer = Writer::new(plan()).unwrap();
    writer.row(&row()).unwrap();
    writer.row(&[Cell::text("Trần Thị B"), Cell::Date(date(1890, 1, 1)), Cell::Empty, Cell::Empty]).unwrap();
    let finished = writer.finish().unwrap();
    assert_eq!(finished.rows, 2);
    let mut bytes = Vec::new();
    finished.file.as_file().read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes.len() as u64, finished.length);

    let book = open(&bytes, &Options::default()).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((book.format, sheet.name.as_str()), (Format::Xlsx, "Danh sách 20261"));
    let found = layout(sheet);
    assert_eq!((found.titles.len(), found.header_rows.clone(), found.data_rows().collect::<Vec<_>>()), (1, 2..3, vec![3, 4]));
    assert_eq!(sheet.rows[3], row());
    assert_eq!(sheet.cell(4, 1), &Cell::text("01/01/1890"));
    assert!(found.notes[0].text.starts_with("Mục đích"));
}

#[test]
fn another_reader_sees_text_where_a_formula_might_be() {
    use calamine::{Data, Reader as _, Xlsx};
    let mut writer = Writer::new(plan()).unwrap();
    writer.row(&row()).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(writer.finish().unwrap().file.reopen().map(std::io::BufReader::new).unwrap()).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(range.get_value((3, 0)), Some(&Data::String("=HYPERLINK(\"x\")".into())));
    assert_eq!(range.get_value((3, 2)), Some(&Data::String("015185001234".into())));
    assert!(matches!(range.get_value((3, 1)), Some(Data::DateTime(_))));
}

#[test]
fn csv_carries_its_mark_and_no_formula() {
    let mut writer = CsvWriter::new(&plan()).unwrap();
    writer.row(&row()).unwrap();
    writer.row(&[Cell::text("-1+1"), Cell::Empty, Cell::text("@x"), Cell::Number(-2.5)]).unwrap();
    let finished = writer.finish().unwrap();
    assert_eq!(finished.rows, 2);
    let mut text = String::new();
    finished.file.as_file().read_to_string(&mut text).unwrap();
    assert_eq!(
        text,
        "\u{FEFF}Họ và tên,Ngày sinh,Số CCCD,Hệ số lương\r\n\"'=HYPERLINK(\"\"x\"\")\",17/02/1985,015185001234,\"2,34\"\r\n'-1+1,,'@x,\"-2,5\"\r\n"
    );
}
