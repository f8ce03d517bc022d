use jiff::civil::{Date, date};

use crate::sheet::{
    Cell,
    values::{self, Gender, PartialDate, digits, gender, gender_from_split, hundredths, money, tick, whole},
};

const TODAY: Date = date(2026, 11, 24);

fn day(text: &str) -> String {
    match values::date(&Cell::text(text), TODAY) {
        Ok(Some(found)) => found.to_string(),
        Ok(None) => String::new(),
        Err(problem) => problem.sentence,
    }
}

#[test]
fn dates_are_read_in_every_usual_way() {
    for (typed, meant) in [
        ("28/08/2025", "28/08/2025"),
        ("5/6/85", "05/06/1985"),
        ("5/6/19", "05/06/2019"),
        ("5-6-1990", "05/06/1990"),
        ("05.06.1990", "05/06/1990"),
        (" 03/1987 ", "03/1987"),
        ("1985", "1985"),
        ("'1985", "1985"),
        ("05061990", "05/06/1990"),
        ("31095", "17/02/1985"),
        ("1990-06-05", "05/06/1990"),
        ("1990-06-05 00:00:00", "05/06/1990"),
        ("5/6/1990 7:30", "05/06/1990"),
        ("ngày 5 tháng 6 năm 1990", "05/06/1990"),
        ("tháng 3 năm 1987", "03/1987"),
        ("29/2/2024", "29/02/2024"),
        ("", ""),
        ("-", ""),
    ] {
        assert_eq!(day(typed), meant, "{typed}");
    }
    assert_eq!(values::date(&Cell::Number(1985.0), TODAY), Ok(Some(PartialDate::Year(1985))));
    assert_eq!(values::date(&Cell::Number(31_095.0), TODAY), Ok(Some(PartialDate::Day(date(1985, 2, 17)))));
    assert_eq!(values::date(&Cell::Date(TODAY), TODAY), Ok(Some(PartialDate::Day(TODAY))));
}

#[test]
fn impossible_dates_suggest_the_likely_one() {
    assert_eq!(day("31/06/2030"), "Tháng 6 chỉ có 30 ngày. Nhập 30/06/2030?");
    assert_eq!(day("29/02/2023"), "Tháng 2 năm 2023 chỉ có 28 ngày. Nhập 28/02/2023?");
    assert_eq!(day("12/25/1990"), "Không có tháng 25. Nhập 25/12/1990?");
    assert_eq!(day("13/1987"), "Không có tháng 13. Nhập 1987?");
    assert_eq!(day("abc"), "Không đọc được ngày “abc”. Nhập ngày, ví dụ 28/08/2025");
    assert_eq!(day("#REF!"), "Công thức trong ô bị lỗi #REF!. Nhập giá trị thay cho công thức");
    let problem = values::date(&Cell::text("31/6/1990"), TODAY).unwrap_err();
    assert_eq!(problem.suggestion.as_deref(), Some("30/06/1990"));
    let problem = values::date(&Cell::Number(3.1987), TODAY).unwrap_err();
    assert_eq!(problem.suggestion.as_deref(), Some("03/1987"));
}

#[test]
fn coefficients_are_read_with_comma_and_point() {
    for (typed, meant) in
        [("2,34", 234), ("2.34", 234), ("2.340,5", 234_050), ("1,234.5", 123_450), ("4", 400), ("3,990", 399), ("0,1", 10), ("5 %", 500)]
    {
        assert_eq!(hundredths(&Cell::text(typed)), Ok(Some(meant)), "{typed}");
    }
    assert_eq!(hundredths(&Cell::Number(2.34)), Ok(Some(234)));
    assert_eq!(hundredths(&Cell::Number(2.34 + 1e-12)), Ok(Some(234)));
    assert_eq!(hundredths(&Cell::Empty), Ok(None));
    assert_eq!(hundredths(&Cell::text("2,345")).unwrap_err().suggestion.as_deref(), Some("2,35"));
    for typed in ["2,3,4", "hai", "2..3", ",", "2.34.1"] {
        assert!(hundredths(&Cell::text(typed)).is_err(), "{typed}");
    }
}

#[test]
fn money_is_whole_dong() {
    for (typed, meant) in [
        ("6.249.100", 6_249_100),
        ("6,249,100 đ", 6_249_100),
        ("6.249.100 đồng", 6_249_100),
        ("500.000", 500_000),
        ("1800000", 1_800_000),
        ("6.249.100,00", 6_249_100),
    ] {
        assert_eq!(money(&Cell::text(typed)), Ok(Some(meant)), "{typed}");
    }
    assert_eq!(money(&Cell::Number(6_249_100.0)), Ok(Some(6_249_100)));
    assert_eq!(money(&Cell::text("100,5")).unwrap_err().suggestion.as_deref(), Some("100"));
    assert!(money(&Cell::text("6.24.100")).is_err());
    assert_eq!(whole(&Cell::text("12")), Ok(Some(12)));
    assert!(whole(&Cell::text("1,5")).is_err());
}

#[test]
fn codes_say_how_many_digits_are_missing() {
    let number = |cell: &Cell| digits(cell, "Số CCCD", &[12]);
    assert_eq!(number(&Cell::text("0151 8500 1234")), Ok(Some("015185001234".into())));
    assert_eq!(number(&Cell::text("01518500123")).unwrap_err().sentence, "Số CCCD có 11 chữ số, cần 12");
    assert_eq!(number(&Cell::Number(15_185_001_234.0)).unwrap_err().suggestion.as_deref(), Some("015185001234"));
    assert!(number(&Cell::text("01518500123A")).is_err());
    assert_eq!(number(&Cell::text(" ")), Ok(None));
}

#[test]
fn ticks_and_genders_are_read() {
    for typed in ["x", "X", "✓", "có", "Có", "1"] {
        assert_eq!(tick(&Cell::text(typed)), Ok(true), "{typed}");
    }
    for typed in ["không", "-", "0", ""] {
        assert_eq!(tick(&Cell::text(typed)), Ok(false), "{typed}");
    }
    assert!(tick(&Cell::text("đang chờ")).is_err());
    assert_eq!(gender(&Cell::text(" NỮ ")), Ok(Some(Gender::Female)));
    assert_eq!(gender(&Cell::text("Nam")), Ok(Some(Gender::Male)));
    assert!(gender(&Cell::text("N")).is_err());
}

#[test]
fn split_columns_give_gender_and_birth() {
    let empty = Cell::Empty;
    let split = |male: &Cell, female: &Cell| gender_from_split(male, female, TODAY);
    assert_eq!(split(&Cell::Number(1985.0), &empty), Ok(Some((Gender::Male, Some(PartialDate::Year(1985))))));
    assert_eq!(split(&empty, &Cell::text("03/1987")), Ok(Some((Gender::Female, Some(PartialDate::Month(1987, 3))))));
    assert_eq!(split(&empty, &Cell::text("x")), Ok(Some((Gender::Female, None))));
    assert_eq!(split(&empty, &empty), Ok(None));
    assert!(split(&Cell::Number(1985.0), &Cell::Number(1986.0)).is_err());
    assert_eq!(split(&Cell::text("31/6/1990"), &empty).unwrap_err().suggestion.as_deref(), Some("30/06/1990"));
}
