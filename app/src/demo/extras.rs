//! Health, own statements, planning, contracts, and what only some dossiers hold.

use super::{
    book::Book,
    career::{Career, decision},
    dice::Dice,
    person::Person,
    sheet::{Scan, Sheet},
    time::{Month, day, shift, years_later},
};
use jiff::civil::Date;
use vault::Value;

/// Writes the rest of the form.
pub fn write(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let words = &book.words.places.words;
    let as_of = book.words.settings.as_of();
    let (tall, heavy) =
        if person.man { (dice.between(158, 178), dice.between(52, 78)) } else { (dice.between(148, 166), dice.between(42, 62)) };
    let blood = ["O", "O", "O", "A", "B", "B", "AB"];
    let health = ["good", "good", "loai_2", "loai_2", "loai_3", "normal"];
    let one = |dice: &mut Dice, among: &[&'static str]| {
        let count = u64::try_from(among.len()).unwrap_or(1);
        among.get(usize::try_from(dice.below(count)).unwrap_or_default()).copied()
    };
    sheet.add(
        "health",
        vec![
            ("health_status", one(dice, &health).into()),
            ("height_cm", i64::from(tall).into()),
            ("weight_kg", (i64::from(heavy) * 100).into()),
            ("blood_group", one(dice, &blood).into()),
        ],
    );
    sheet.add(
        "personal_history",
        vec![("arrest_history", "Không".into()), ("self_assessment", words.assessments.any(dice).as_str().into())],
    );
    sheet.add("agency_comment", vec![("comment", words.assessments.any(dice).as_str().into())]);
    if person.post.is_some() || dice.percent(6) {
        planning(person, as_of, sheet, dice);
    }
    if dice.percent(4) {
        let (country, purpose) = words.visits.any(dice);
        let from = shift(as_of, -dice.between(200, 2600)).max(shift(person.started, 400)).min(shift(as_of, -20));
        let mut row: Vec<(&'static str, Value)> = vec![
            ("from_date", from.into()),
            ("to_date", shift(from, dice.between(4, 14)).into()),
            ("country", country.as_str().into()),
            ("purpose", purpose.as_str().into()),
        ];
        row.extend(decision(person, from, dice).columns());
        sheet.add("overseas_stays", row);
    }
    if !person.profession.is_worker() && dice.percent(8) {
        let year = i32::from(as_of.year()) - dice.between(1, 5);
        if year > person.start().year() {
            sheet.add(
                "research",
                vec![
                    ("period", year.to_string().into()),
                    ("title", words.research.any(dice).as_str().into()),
                    ("level", "Cấp cơ sở".into()),
                    ("role", "Tác giả".into()),
                    ("result", "Đạt".into()),
                ],
            );
        }
    }
    if dice.percent(35) {
        let house = words.houses.any(dice);
        sheet.add(
            "economic_circumstances",
            vec![
                ("salary_income", "Theo bảng lương của đơn vị".into()),
                ("own_house_type", house.as_str().into()),
                ("own_house_area", (i64::from(dice.between(60, 180)) * 100).into()),
                ("own_land_area", (i64::from(dice.between(80, 600)) * 100).into()),
            ],
        );
    }
    contracts(book, person, career, sheet, dice);
}

fn planning(person: &Person<'_>, as_of: Date, sheet: &mut Sheet, dice: &mut Dice) {
    let on = day(2025, dice.between(1, 12), dice.between(1, 28)).min(as_of).max(person.started);
    let title = if person.post.is_some() {
        "Chức danh lãnh đạo cấp trên trực tiếp"
    } else {
        "Phó Trưởng phòng và tương đương"
    };
    let mut row: Vec<(&'static str, Value)> = vec![("title", title.into()), ("term", "2026–2031".into()), ("approved_on", on.into())];
    row.extend(decision(person, on, dice).columns());
    sheet.add("planning", row);
}

/// Workers have labour contracts of the decree of their day; public employees one without end.
fn contracts(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let as_of = book.words.settings.as_of();
    let mut add = |kind: &'static str, from: Date, until: Option<Date>, dice: &mut Dice| {
        let row: Vec<(&'static str, Value)> = vec![
            ("contract_type", kind.into()),
            ("contract_number", format!("{:02}/HĐ-{}", dice.between(1, 90), from.year()).into()),
            ("signed_on", shift(from, -dice.between(0, 6)).into()),
            ("employer_signatory", format!("Thủ trưởng {}", person.place.unit).into()),
            ("start_date", from.into()),
            ("end_date", until.into()),
            ("job_title", person.profession.title.as_str().into()),
            ("work_place", person.place.unit.as_str().into()),
            ("working_time", "Giờ hành chính, 40 giờ một tuần".into()),
            ("salary_terms", "Theo hệ số lương của ngạch, trả hằng tháng qua tài khoản".into()),
            ("insurance_terms", "Theo quy định của pháp luật về bảo hiểm".into()),
        ];
        sheet.add_with("contracts", row, person.full.then_some(("scan", Scan::Contract)));
    };
    let changed = day(2023, 3, 1);
    let joined = career.joined.first_day().max(person.started);
    match person.profession.kind.as_str() {
        "nguoi_lao_dong" if joined < changed => {
            add("nd68", joined, Some(shift(changed, -1)), dice);
            add("nd111_ho_tro", changed, None, dice);
        }
        "nguoi_lao_dong" => add("nd111_ho_tro", joined, None, dice),
        "vien_chuc" => {
            let ends = years_later(person.started, 1);
            let settled = Month::of(ends) < Month::of(as_of);
            add(
                if settled { "hdlv_kxdth" } else { "hdlv_lan_dau" },
                if settled { ends } else { person.started },
                (!settled).then_some(ends),
                dice,
            );
        }
        _ => {}
    }
}
