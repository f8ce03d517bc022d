//! Party, organisations, military service, rewards, disciplines, yearly evaluation.

use super::{
    book::Book,
    career::{Career, decision},
    dice::Dice,
    person::Person,
    sheet::{Scan, Sheet},
    time::{Month, day, shift, years_later},
};
use vault::Value;

/// Writes what organisations and superiors say of a person.
pub fn write(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    party(person, sheet, dice);
    organisations(book, person, sheet, dice);
    if person.man && dice.percent(9) {
        let enlisted = day(i32::from(person.born.year()) + 18, 2, 15);
        if years_later(enlisted, 2) < person.started {
            sheet.add(
                "military_service",
                vec![
                    ("enlisted_on", enlisted.into()),
                    ("discharged_on", shift(years_later(enlisted, 2), -20).into()),
                    ("highest_rank", "ha_si".into()),
                ],
            );
        }
    }
    years(book, person, career, sheet, dice);
    if let Some(found) = &career.discipline {
        let words = &book.words.places.words;
        let mut row: Vec<(&'static str, Value)> = vec![
            ("system", "hanh_chinh".into()),
            ("form", found.form.into()),
            ("from_date", found.from.to_string().into()),
            ("to_date", (found.from + 12).to_string().into()),
            ("violation", words.violations.any(dice).as_str().into()),
            ("authority", person.place.authority_on(found.from.first_day()).into()),
            ("salary_delay_months", i64::from(found.delay).into()),
        ];
        row.extend(decision(person, found.from.first_day(), dice).columns());
        sheet.add("disciplines", row);
    }
}

fn party(person: &Person<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let Some(admitted) = person.party_on else {
        sheet.add("party_membership", vec![("is_member", false.into())]);
        return;
    };
    sheet.add(
        "party_membership",
        vec![
            ("is_member", true.into()),
            ("admitted_on", admitted.into()),
            ("official_on", years_later(admitted, 1).into()),
            ("admitted_at", format!("Chi bộ {}", person.place.unit).into()),
            ("card_number", format!("{:02}.{:06}", person.old_province.parse::<u32>().unwrap_or_default(), dice.below(1_000_000)).into()),
            ("party_cell", format!("Chi bộ {}", person.place.unit).into()),
        ],
    );
}

fn organisations(book: &Book, person: &Person<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let joined = day(i32::from(person.born.year()) + 16, 3, 26);
    sheet.add(
        "youth_union",
        vec![("joined_on", joined.to_string().into()), ("position", dice.percent(15).then_some("Ủy viên Ban Chấp hành chi đoàn").into())],
    );
    let mut add = |organisation: &str, on: String, role: Option<&str>, first: bool| {
        sheet.add(
            "organisations",
            vec![("organisation", organisation.into()), ("joined_on", on.into()), ("role", role.into()), ("is_first", first.into())],
        );
    };
    add("doan_tncs", joined.to_string(), Some("Đoàn viên"), true);
    let started = person.start();
    add("cong_doan", (started + 1).to_string(), Some(if dice.percent(12) { "Tổ trưởng công đoàn" } else { "Đoàn viên công đoàn" }), false);
    let as_of = Month::of(book.words.settings.as_of());
    if !person.man && as_of.since(started) > 24 && dice.percent(40) {
        add("hoi_lhpn", (started + 12).to_string(), Some("Hội viên"), false);
    }
}

fn years(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let settings = &book.words.settings;
    let last = i32::from(settings.as_of().year()) - 1;
    let first = (person.start() + 6).year().max(settings.evaluations_from);
    for year in first..=last {
        let disciplined = career.discipline.as_ref().is_some_and(|found| found.from.year() == year);
        let grade = match (disciplined, dice.below(1000)) {
            (true, _) => "khong_hoan_thanh",
            (_, 0..180) => "xuat_sac",
            (_, 180..900) => "tot",
            (_, _) => "hoan_thanh",
        };
        let member = person.party_on.is_some_and(|on| i32::from(on.year()) <= year);
        sheet.add_with(
            "evaluations",
            vec![
                ("period_kind", "nam".into()),
                ("year", i64::from(year).into()),
                ("grade", grade.into()),
                ("party_grade", member.then_some(grade).into()),
            ],
            person.full.then_some(("form_scan", Scan::Evaluations)),
        );
        if year > last - settings.rewards_years && !disciplined {
            reward(book, person, year, grade, sheet, dice);
        }
    }
}

fn reward(book: &Book, person: &Person<'_>, year: i32, grade: &str, sheet: &mut Sheet, dice: &mut Dice) {
    let title = match grade {
        "xuat_sac" => "cstd_cs",
        "tot" if dice.percent(80) => "ldtt",
        _ => return,
    };
    let form = match (grade, dice.below(100)) {
        ("xuat_sac", 0..25) => Some("bk_tinh"),
        ("xuat_sac", _) => Some("giay_khen"),
        (_, 0..12) => Some("giay_khen"),
        _ => None,
    };
    let mut row: Vec<(&'static str, Value)> = vec![
        ("year", i64::from(year).into()),
        ("professional_rating", grade.into()),
        ("emulation_title", title.into()),
        ("reward_form", form.into()),
        ("content", book.words.places.words.merits.any(dice).as_str().into()),
    ];
    row.extend(decision(person, day(year, 12, 20), dice).columns());
    sheet.add("rewards", row);
}
