use super::packing::{sheet, workbook, zip};
use crate::sheet::{Cell, Limits, Options, Refusal, layout, open};

fn refused(bytes: &[u8]) -> Refusal {
    open(bytes, &Options::default()).unwrap_err()
}

#[test]
fn a_part_that_unfolds_a_thousandfold_is_refused() {
    let bomb = format!("{}{}", sheet("<row><c><v>1</v></c></row>", ""), " ".repeat(64 << 20));
    let bytes = workbook(&bomb, "", "");
    assert!(bytes.len() < 1 << 20);
    assert_eq!(refused(&bytes), Refusal::Bloated);
}

#[test]
fn a_part_that_lies_about_its_size_is_refused() {
    let rows = "<row><c><v>1</v></c></row>".repeat(200_000);
    let mut bytes = workbook(&sheet(&rows, ""), "", "");
    let whole = u32::try_from(sheet(&rows, "").len()).unwrap().to_le_bytes();
    let places: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, window)| *window == whole).map(|(place, _)| place).collect();
    for place in places {
        bytes[place..place + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let tight = Options { limits: Limits { unfolded: 1 << 20, ..Limits::default() }, ..Options::default() };
    assert!(matches!(open(&bytes, &tight), Err(Refusal::Bloated | Refusal::Damaged)));
}

#[test]
fn too_many_parts_cells_merges_or_texts_are_refused() {
    let parts: Vec<(String, Vec<u8>)> = (0..5_000).map(|number| (format!("xl/{number}"), Vec::new())).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    assert_eq!(refused(&zip(&parts)), Refusal::Bloated);

    let rows = "<row><c><v>1</v></c><c><v>1</v></c></row>".repeat(600);
    let limits = Limits { cells: 1_000, ..Limits::default() };
    let few = Options { limits, ..Options::default() };
    assert_eq!(open(&workbook(&sheet(&rows, ""), "", ""), &few), Err(Refusal::TooManyCells { rows: 25 }));

    let merges = format!("<mergeCells>{}</mergeCells>", "<mergeCell ref=\"A1:C3\"/>".repeat(60_000));
    assert_eq!(refused(&workbook(&sheet("<row><c><v>1</v></c></row>", &merges), "", "")), Refusal::Bloated);

    let texts: String = (0..200).map(|number| format!("<si><t>{number}{}</t></si>", "x".repeat(1_000))).collect();
    let small = Options { limits: Limits { text: 100_000, ..Limits::default() }, ..Options::default() };
    assert_eq!(open(&workbook(&sheet("<row><c><v>1</v></c></row>", ""), &texts, ""), &small), Err(Refusal::Bloated));
}

#[test]
fn one_endless_text_or_comment_stops_early() {
    let noise: String = (0..400_000_u32).map(|number| format!("{}", number.wrapping_mul(2_654_435_761))).collect();
    let long = workbook(&sheet("<row><c><v>1</v></c></row>", ""), &format!("<si><t>{noise}</t></si>"), "");
    assert_eq!(refused(&long), Refusal::Bloated);
    let comment = workbook(&sheet("<row><c><v>1</v></c></row>", &format!("<!--{noise}-->")), "", "");
    assert_eq!(refused(&comment), Refusal::Bloated);
}

#[test]
fn entities_are_never_declared() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let bytes = workbook(&format!("{laughs}{}", sheet("<row><c t=\"str\"><v>&b;</v></c></row>", "")), "", "");
    assert_eq!(refused(&bytes), Refusal::Damaged);
    let xml = format!("{laughs}<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet/></Workbook>");
    assert_eq!(refused(xml.as_bytes()), Refusal::Damaged);
}

#[test]
fn places_beyond_any_sheet_are_damage() {
    for name in ["A2147483648", "ZZZZZZZZZZZZZZZ1", "A0", "A1048577", "XFE1", "1", "A"] {
        let bytes = workbook(&sheet(&format!("<row><c r=\"{name}\"><v>1</v></c></row>"), ""), "", "");
        assert_eq!(refused(&bytes), Refusal::Damaged, "{name}");
    }
    let row = workbook(&sheet("<row r=\"4294967297\"><c><v>1</v></c></row>", ""), "", "");
    assert_eq!(refused(&row), Refusal::Damaged);
    // A size that lies is not even looked at.
    let size = format!("<dimension ref=\"A1:XFD2147483648\"/>{}", sheet("<row><c r=\"B2\"><v>1</v></c></row>", ""));
    assert_eq!(open(&workbook(&size, "", ""), &Options::default()).unwrap().sheets[0].cell(1, 1), &Cell::Number(1.0));
}

#[test]
fn a_merge_over_the_whole_sheet_costs_nothing() {
    let merge = "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"C3:A1\"/><mergeCell ref=\"?:!\"/></mergeCells>";
    let book = open(&workbook(&sheet("<row><c><v>1</v></c></row>", merge), "", ""), &Options::default()).unwrap();
    assert_eq!(book.sheets[0].merges.len(), 1);
    assert_eq!(layout(&book.sheets[0]).data_rows().count(), 0);
}

#[test]
fn deep_pages_and_wild_spans_are_read_without_harm() {
    let page = format!("{}<table><tr><td colspan=4000000000 rowspan=99999999>x<td colspan=-1>y", "<table><tr><td>".repeat(200_000));
    assert!(open(page.as_bytes(), &Options::default()).is_ok());
    let page = format!("<table>{}", "<tr><td rowspan=1000 colspan=1000>x".repeat(3_000));
    assert!(matches!(open(page.as_bytes(), &Options::default()), Ok(_) | Err(Refusal::TooManyCells { .. })));
}

#[test]
fn protected_workbooks_say_so() {
    assert_eq!(refused(&compound("EncryptedPackage", &[])), Refusal::Protected);
    let records = [&[0x09, 0x08, 4, 0, 0, 6, 5, 0][..], &[0x2F, 0, 2, 0, 0, 0]].concat();
    assert_eq!(refused(&compound("Workbook", &records)), Refusal::Protected);
    assert_eq!(refused(&compound("WordDocument", &[])), Refusal::WrongType { found: "văn bản Word" });
}

#[test]
fn cut_off_files_are_refused_or_read_but_never_harm() {
    for name in ["danh-sach-lon-xon.xlsx", "danh-sach-biff.xls", "danh-sach-ubnd-xa.xls"] {
        let bytes = super::examples::bytes(name);
        for part in 0..97 {
            let cut = &bytes[..bytes.len() * part / 97];
            drop(open(cut, &Options::default()));
        }
        assert!(
            name.ends_with("xa.xls") || matches!(open(&bytes[..bytes.len() / 2], &Options::default()), Err(Refusal::Damaged)),
            "{name}"
        );
    }
}

#[test]
fn compound_files_whose_chains_loop_come_to_an_end() {
    let mut looping = compound("Workbook", &[0; 6_000]);
    // Every sector names itself as the next.
    for (sector, entry) in looping[512..1_024].chunks_exact_mut(4).enumerate() {
        entry.copy_from_slice(&u32::try_from(sector).unwrap().to_le_bytes());
    }
    assert_eq!(refused(&looping), Refusal::Damaged);
}

/// A compound file with one stream.
fn compound(name: &str, data: &[u8]) -> Vec<u8> {
    let length = data.len().max(4_096);
    let sectors = length.div_ceil(512);
    let mut file = vec![0_u8; 512 * (3 + sectors)];
    file[..8].copy_from_slice(&crate::sheet::cfb::SIGNATURE);
    file[30..32].copy_from_slice(&9_u16.to_le_bytes());
    file[32..34].copy_from_slice(&6_u16.to_le_bytes());
    let mut word = |at: usize, value: u32| file[at..at + 4].copy_from_slice(&value.to_le_bytes());
    word(48, 1);
    word(60, 0xFFFF_FFFE);
    word(68, 0xFFFF_FFFE);
    (0..109).for_each(|place| word(76 + place * 4, if place == 0 { 0 } else { 0xFFFF_FFFF }));
    (0..128).for_each(|place| word(512 + place * 4, 0xFFFF_FFFF));
    word(512, 0xFFFF_FFFD);
    word(516, 0xFFFF_FFFE);
    for sector in 2..2 + sectors {
        let next = if sector + 1 < 2 + sectors { u32::try_from(sector + 1).unwrap() } else { 0xFFFF_FFFE };
        word(512 + sector * 4, next);
    }
    word(1_024 + 116, 0xFFFF_FFFE);
    word(1_024 + 128 + 116, 2);
    word(1_024 + 128 + 120, u32::try_from(length).unwrap());
    for (place, unit) in name.encode_utf16().enumerate() {
        file[1_152 + place * 2..1_154 + place * 2].copy_from_slice(&unit.to_le_bytes());
    }
    file[1_152 + 64..1_152 + 66].copy_from_slice(&u16::try_from(name.len() * 2 + 2).unwrap().to_le_bytes());
    file[1_536..1_536 + data.len()].copy_from_slice(data);
    file
}
