use jiff::civil::date;

use super::packing::{sheet, workbook};
use crate::{
    sheet::{Book, Cell, Format, Merge, Options, Refusal, open},
    text::{self, Encoding},
};

fn read(bytes: &[u8]) -> Book {
    open(bytes, &Options::default()).unwrap()
}

fn shown(book: &Book) -> Vec<Vec<String>> {
    book.sheets[0].rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect()
}

const STYLES: &str = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"171\" formatCode=\"000000000000\"/></numFmts>\
    <fonts><font><name val=\"Arial\"/></font><font><name val=\".VnTime\"/></font><font><name val=\".VnTimeH\"/></font>\
    <font><name val=\"VNI-Times\"/></font></fonts>\
    <cellStyleXfs><xf numFmtId=\"14\" fontId=\"3\"/></cellStyleXfs>\
    <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"170\" fontId=\"0\"/><xf numFmtId=\"171\" fontId=\"0\"/>\
    <xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"0\" fontId=\"2\"/><xf numFmtId=\"0\" fontId=\"3\"/><xf numFmtId=\"14\" fontId=\"0\"/></cellXfs>";

#[test]
fn cells_of_every_kind_are_read() {
    let rows = "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" s=\"1\"><v>31095</v></c><c r=\"D2\" s=\"2\"><v>1234567890</v></c>\
        <c t=\"inlineStr\"><is><t>A &amp; B&#10;C</t></is></c><c t=\"b\"><v>1</v></c><c t=\"str\"><f>1</f><v>kq</v></c>\
        <c t=\"e\"><v>#REF!</v></c><c s=\"6\"><v>36526.5</v></c><c><v>2.34</v></c></row>";
    let book = read(&workbook(
        &sheet(rows, "<mergeCells><mergeCell ref=\"B1:D1\"/></mergeCells>"),
        "<si><t>Chữ</t><rPh><t>x</t></rPh></si>",
        STYLES,
    ));
    assert_eq!(book.format, Format::Xlsx);
    let sheet = &book.sheets[0];
    assert!(sheet.rows[0].is_empty());
    assert_eq!(sheet.cell(1, 1), &Cell::text("Chữ"));
    assert_eq!(sheet.cell(1, 2), &Cell::Date(date(1985, 2, 17)));
    assert_eq!(sheet.cell(1, 3), &Cell::text("001234567890"));
    assert_eq!(sheet.cell(1, 4), &Cell::text("A & B\nC"));
    assert_eq!(sheet.cell(1, 5), &Cell::Bool(true));
    assert_eq!(sheet.cell(1, 6), &Cell::text("kq"));
    assert_eq!(sheet.cell(1, 7), &Cell::text("#REF!"));
    assert_eq!(sheet.cell(1, 8), &Cell::Moment(date(2000, 1, 1).at(12, 0, 0, 0)));
    assert_eq!(sheet.cell(1, 9), &Cell::Number(2.34));
    assert_eq!(sheet.merges, [Merge { top: 0, bottom: 0, left: 1, right: 3 }]);
}

#[test]
fn old_fonts_inside_a_workbook_convert_their_cells_and_no_other() {
    let rows = "<row><c t=\"s\" s=\"3\"><v>0</v></c><c t=\"s\" s=\"4\"><v>0</v></c><c t=\"s\" s=\"5\"><v>1</v></c><c t=\"s\"><v>2</v></c>\
        <c t=\"s\"><v>3</v></c></row>";
    let shared = "<si><t>NguyÔn V¨n Hïng</t></si><si><t>Traàn Thò Hoa</t></si><si><t>Lê Văn Được</t></si>\
        <si><r><rPr><rFont val=\".VnTime\"/></rPr><t xml:space=\"preserve\">C¸n bé </t></r><r><t>(BNV)</t></r></si>";
    let bytes = workbook(&sheet(rows, ""), shared, STYLES);
    let book = read(&bytes);
    assert_eq!(shown(&book), [["Nguyễn Văn Hùng", "NGUYỄN VĂN HÙNG", "Trần Thị Hoa", "Lê Văn Được", "Cán bộ (BNV)"]]);
    assert_eq!(book.encoding.encoding, Encoding::Tcvn3);
    assert!(book.encoding.fonts.contains(&".VnTime".to_owned()));
    assert!(book.encoding.samples.contains(&("NguyÔn V¨n Hïng".into(), "Nguyễn Văn Hùng".into())));

    let as_it_stands = open(&bytes, &Options { encoding: Some(Encoding::Utf8), ..Options::default() }).unwrap();
    assert_eq!(shown(&as_it_stands)[0][0], "NguyÔn V¨n Hïng");
}

#[test]
fn old_letters_under_a_modern_font_are_found_by_content() {
    let rows: String =
        (0..4).map(|row| format!("<row><c t=\"s\"><v>{row}</v></c><c t=\"inlineStr\"><is><t>Đảng ủy</t></is></c></row>")).collect();
    let shared = "<si><t>NguyÔn ThÞ HuÖ</t></si><si><t>TrÇn V¨n Söu</t></si><si><t>Hoµng §×nh Léc</t></si><si><t>Lª Quèc ViÖt</t></si>";
    let book = read(&workbook(&sheet(&rows, ""), shared, STYLES));
    assert_eq!(shown(&book)[0], ["Nguyễn Thị Huệ", "Đảng ủy"]);
    assert_eq!(shown(&book)[2], ["Hoàng Đình Lộc", "Đảng ủy"]);
}

#[test]
fn pages_named_as_workbooks_are_read_with_their_spans() {
    let page = "<html><head><style>.x1{font-family:\".VnTime\", serif}</style></head><body><table><tr><td rowspan=2>TT</td><td colspan=2>Năm sinh</td></tr>\
        <tr><td>Nam</td><td>N&#7919;</td></tr><tr><td>1</td><td class=x1>NguyÔn</td><td><font face='VNI-Times'>Traàn<br>Vaên</font></td></table>";
    let book = read(page.as_bytes());
    assert_eq!(book.format, Format::Html);
    assert_eq!(shown(&book), [vec!["TT", "Năm sinh"], vec!["", "Nam", "Nữ"], vec!["1", "Nguyễn", "Trần Văn"]]);
    assert_eq!(book.sheets[0].merges.len(), 2);
}

#[test]
fn web_archives_and_excel_2003_xml_are_read() {
    let archive = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"cut\"\r\n\r\n--cut\r\nContent-Type: text/html; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n<table><tr><td>L=C3=AA=\r\n Na</td><td>5</td></tr></table>\r\n--cut--\r\n";
    let book = read(archive.as_bytes());
    assert_eq!((book.format, shown(&book)), (Format::Mhtml, vec![vec!["Lê Na".to_owned(), "5".to_owned()]]));

    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
        xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"A\"><Table><Row ss:Index=\"2\"><Cell ss:MergeAcross=\"1\">\
        <Data ss:Type=\"String\">Họ &amp; tên</Data></Cell><Cell><Data ss:Type=\"Number\">2.34</Data></Cell>\
        <Cell><Data ss:Type=\"DateTime\">1985-02-17T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>";
    let book = read(xml.as_bytes());
    assert_eq!(book.format, Format::Xml2003);
    assert_eq!(shown(&book)[1], ["Họ & tên", "", "2,34", "17/02/1985"]);
}

#[test]
fn text_is_read_with_its_own_separator_and_encoding() {
    let lines = "Họ tên;Hệ số;Quê quán\nNguyễn Thị Hương;2,34;Trấn Yên, Yên Bái\nTrần Văn Đức;3,00;Văn Chấn, Yên Bái\nLê Hữu Nghĩa;4,98;Lục Yên, Yên Bái\n";
    for encoding in Encoding::ALL {
        let book = read(&text::encode(encoding, lines).unwrap());
        assert_eq!(book.format, Format::Delimited(';'), "{encoding:?}");
        assert_eq!(book.encoding.encoding, encoding);
        assert_eq!(shown(&book)[1], ["Nguyễn Thị Hương", "2,34", "Trấn Yên, Yên Bái"]);
        assert_eq!(book.encoding.samples.is_empty(), !encoding.is_old());
    }
    assert_eq!(shown(&read(b"sep=|\na|b,c\n")), [["a", "b,c"]]);
    assert_eq!(shown(&read(b"a\tb\n01\t2\n"))[1], ["01", "2"]);
}

#[test]
fn a_person_may_choose_the_encoding() {
    let bytes = text::encode(Encoding::Tcvn3, "Họ tên\nLê Na\n").unwrap();
    let book = open(&bytes, &Options { encoding: Some(Encoding::Tcvn3), ..Options::default() }).unwrap();
    assert_eq!(shown(&book)[1], ["Lê Na"]);
    let utf8 = text::decode(Encoding::Utf8, "NguyÔn;V¨n".as_bytes());
    let book = open(utf8.as_bytes(), &Options { encoding: Some(Encoding::Tcvn3), ..Options::default() }).unwrap();
    assert_eq!(shown(&book)[0], ["Nguyễn", "Văn"]);
}

#[test]
fn what_is_no_table_is_refused_by_its_kind() {
    let kinds: [(&[u8], &str); 5] = [
        (b"%PDF-1.7\n%....", "tệp PDF"),
        (b"\x89PNG\r\n\x1a\n", "tệp ảnh"),
        (b"\xFF\xD8\xFF\xE0", "tệp ảnh"),
        (b"{\\rtf1 }", "văn bản RTF"),
        (b"\x01\x02\x03\x04\x05\x06\x07", "tệp không phải văn bản"),
    ];
    for (bytes, found) in kinds {
        assert_eq!(open(bytes, &Options::default()), Err(Refusal::WrongType { found }));
    }
    let docx = super::packing::zip(&[("_rels/.rels", b"<a/>"), ("word/document.xml", b"<a/>")]);
    assert_eq!(open(&docx, &Options::default()), Err(Refusal::WrongType { found: "văn bản Word" }));
    let pictures = super::packing::zip(&[("a.jpg", b"x")]);
    assert_eq!(open(&pictures, &Options::default()), Err(Refusal::WrongType { found: "tệp nén" }));
    assert_eq!(open(b" \r\n ", &Options::default()), Err(Refusal::Empty));
    assert_eq!(open(&workbook(&sheet("", ""), "", ""), &Options::default()), Err(Refusal::Empty));
    assert!(Refusal::Protected.to_string().contains("bỏ mật khẩu"));
}
