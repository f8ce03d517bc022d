//! What must be true of invented people.

use super::{
    body::Body,
    book::{Book, Generator, Made},
    pay::Scale,
    person::Workplace,
    province,
    sheet::Row,
};
use jiff::civil::Date;
use law::{DataSource, Kind, Law};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::{Arc, OnceLock},
};
use vault::Value;

const PROFESSIONS: &[&str] = &[
    "chuyen_vien",
    "thanh_tra",
    "mam_non",
    "tieu_hoc",
    "thcs",
    "thpt",
    "bac_si",
    "dieu_duong",
    "y_si",
    "ho_sinh",
    "duoc_si",
    "ke_toan",
    "cong_tac_xa_hoi",
    "lai_xe",
    "bao_ve",
    "phuc_vu",
];
const POSTS: &[(&str, &str)] = &[
    ("chuyen_vien", "gd_so"),
    ("chuyen_vien", "truong_phong"),
    ("tieu_hoc", "hieu_truong"),
    ("bac_si", "gd_dvsn"),
    ("chuyen_vien", "ct_xa"),
];

fn law() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| Law::load(&DataSource::Embedded).unwrap())
}

fn book() -> Arc<Book> {
    static BOOK: OnceLock<Arc<Book>> = OnceLock::new();
    BOOK.get_or_init(|| Arc::new(Book::read(&DataSource::Embedded, law()).unwrap())).clone()
}

fn places() -> Vec<Workplace> {
    let place = |old: &str, new: &str, before: Option<&str>| Workplace {
        authority: "Sở Nội vụ".into(),
        unit: "Ủy ban nhân dân xã Mường Sương".into(),
        before: before.map(str::to_owned),
        old_province: old.into(),
        province: new.into(),
        ..Workplace::default()
    };
    vec![
        place("15", "15", Some("Ủy ban nhân dân xã Sương Lĩnh")),
        place("20", "20", None),
        place("87", "82", None),
        place("01", "01", None),
    ]
}

fn people(seed: u64, count: usize) -> Vec<Made> {
    let mut generator = Generator::new(book(), seed);
    let places = places();
    let seat = |number: usize| {
        let (profession, post) = match number % 7 {
            0 => POSTS.get(number / 7 % POSTS.len()).map(|(profession, post)| (*profession, Some(*post))).unwrap(),
            _ => (PROFESSIONS[number % PROFESSIONS.len()], None),
        };
        generator.next(&places[number % places.len()], profession, post, true).unwrap()
    };
    (0..count).map(seat).collect()
}

fn hash(people: &[Made]) -> String {
    let mut hash = Sha256::new();
    for made in people {
        hash.update(format!("{:?}", made.sheet));
    }
    format!("{:x}", hash.finalize())
}

/// The first day of a partial date, or the day.
fn day(row: &Row, column: &str) -> Option<Date> {
    match row.value(column)? {
        Value::Date(day) => Some(*day),
        Value::Text(text) => match text.len() {
            4 => format!("{text}-01-01").parse().ok(),
            7 => format!("{text}-01").parse().ok(),
            _ => text.parse().ok(),
        },
        _ => None,
    }
}

fn number(row: &Row, column: &str) -> i64 {
    match row.value(column) {
        Some(Value::Int(number)) => *number,
        _ => 0,
    }
}

#[test]
fn the_same_seed_makes_the_same_people() {
    assert_eq!(hash(&people(7, 300)), hash(&people(7, 300)));
    assert_ne!(hash(&people(7, 300)), hash(&people(8, 300)));
}

#[test]
fn every_column_exists_and_holds_what_the_catalogue_says() {
    for made in people(1, 600) {
        for row in &made.sheet.rows {
            let section = law().section(row.section).unwrap_or_else(|| panic!("no section {}", row.section));
            let columns = section.columns();
            for (name, value) in &row.columns {
                let column = columns.iter().find(|column| column.name == *name).unwrap_or_else(|| panic!("no {}.{name}", row.section));
                let fits = match column.kind {
                    Kind::Date => matches!(value, Value::Date(_)),
                    Kind::Bool => matches!(value, Value::Bool(_)),
                    Kind::Int | Kind::Decimal => matches!(value, Value::Int(_)),
                    _ => matches!(value, Value::Text(_)),
                };
                assert!(fits, "{}.{name} holds {value:?}", row.section);
            }
            let twice: HashSet<_> = row.columns.iter().map(|(name, _)| name).collect();
            assert_eq!(twice.len(), row.columns.len(), "{} repeats a column", row.section);
        }
    }
}

#[test]
fn every_code_stands_in_its_catalogue_on_its_day() {
    for made in people(2, 800) {
        for row in &made.sheet.rows {
            let section = law().section(row.section).unwrap();
            let at = ["signed_on", "from_date", "effective_date", "issue_date", "start_date"].iter().find_map(|column| day(row, column));
            let single = section.is_single().then(|| book().words.settings.as_of());
            for field in section.fields.iter().filter(|field| field.kind == Kind::Enum) {
                let (Some(catalogue), code) = (field.catalogue.as_deref(), row.text(&field.key)) else { continue };
                if code.is_empty() || catalogue == "ranks" {
                    continue;
                }
                let catalogue = law().catalogue(catalogue).unwrap();
                let item = catalogue.item(code).unwrap_or_else(|| panic!("{}.{} has no {code}", row.section, field.key));
                if let Some(on) = at.or(single) {
                    assert!(item.effective_to.is_none_or(|to| on <= to), "{}.{} {code} on {on}", row.section, field.key);
                    assert!(item.effective_from.is_none_or(|from| from <= on), "{}.{} {code} on {on}", row.section, field.key);
                }
            }
        }
        for row in made.sheet.of("origin_and_residence") {
            for place in ["birth_place", "hometown", "permanent_residence", "current_residence"] {
                let part = |part: &str| row.text(&format!("{place}_{part}")).to_owned();
                let communes = if part("model") == "three_level" { "communes_until_2025_06_30" } else { "communes" };
                assert!(law().catalogue(communes).unwrap().item(&part("commune_code")).is_some(), "{place} {}", part("commune_code"));
                assert_eq!(part("model") == "three_level", !part("district_code").is_empty());
            }
        }
    }
}

#[test]
fn personal_numbers_are_unique_and_built_as_the_decree_says() {
    let mut seen = HashSet::new();
    for made in people(3, 4000) {
        let identity = made.sheet.of("identity").next().unwrap();
        let number = identity.text("personal_id_number");
        assert_eq!(number.len(), 12, "{number}");
        assert!(number.bytes().all(|byte| byte.is_ascii_digit()));
        assert!(seen.insert(number.to_owned()), "{number} comes twice");
        let year: i32 = identity.text("birth_date")[..4].parse().unwrap();
        let woman = identity.text("gender") == "2";
        let digit = if year < 2000 { 0 } else { 2 } + i32::from(woman);
        assert_eq!(number[3..4], digit.to_string());
        assert_eq!(number[4..6], format!("{:02}", year % 100));
        let province = &number[1..3];
        assert!(
            law()
                .catalogue("districts_until_2025_06_30")
                .unwrap()
                .items
                .iter()
                .any(|item| item.more.get("province_code").is_some_and(|code| code == province))
        );
    }
}

#[test]
fn pay_follows_the_scales_and_the_terms() {
    let book = book();
    for made in people(4, 1500) {
        let rows: Vec<&Row> = made.sheet.of("salary_history").collect();
        let delayed = made.sheet.of("disciplines").next().map_or(0, |row| number(row, "salary_delay_months"));
        assert!(!rows.is_empty());
        for row in &rows {
            let code = row.text("rank_code");
            let rank = book.pay.rank(code).unwrap_or_else(|| panic!("no rank {code}"));
            let scale: &Scale = book.pay.scale_of(code).unwrap();
            let step = usize::try_from(number(row, "grade_step")).unwrap();
            assert_eq!(number(row, "coefficient"), scale.coefficient(step), "{code} step {step}");
            // Codes of general administration are older than the circular that the file names.
            assert!(code.starts_with("01.") || day(row, "from_date").unwrap() >= rank.from, "{code} in {}", row.text("from_date"));
        }
        for pair in rows.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let months = months_between(day(before, "from_date").unwrap(), day(after, "from_date").unwrap());
            assert!(months > 0, "rows of pay out of order");
            if before.text("rank_code") != after.text("rank_code")
                || before.text("raise_kind") == "chuyen_xep"
                || before.text("raise_kind") == "tuyen_dung"
            {
                continue;
            }
            let scale = book.pay.scale_of(after.text("rank_code")).unwrap();
            let term = i64::from(scale.months);
            match after.text("raise_kind") {
                "thuong_xuyen" => assert!((term..=term + delayed + 1).contains(&months), "raise after {months} of {term}"),
                "truoc_thoi_han" => assert!((term - 12..term).contains(&months), "early raise after {months} of {term}"),
                "vuot_khung" => assert!(months == 12 || (term..=term + delayed + 1).contains(&months) || months <= 12 + delayed),
                other => panic!("{other}"),
            }
            assert!(number(after, "coefficient") >= number(before, "coefficient"));
        }
        let last = rows.last().unwrap();
        let now = made.sheet.of("salary_current").next().unwrap();
        assert_eq!((number(now, "grade_step"), number(now, "coefficient")), (number(last, "grade_step"), number(last, "coefficient")));
        assert_eq!(made.sheet.of("rank_current").next().unwrap().text("rank_code"), last.text("rank_code"));
    }
}

fn months_between(from: Date, to: Date) -> i64 {
    (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month())
}

#[test]
fn work_is_told_without_gap_or_overlap() {
    for made in people(5, 1500) {
        let rows: Vec<&Row> = made.sheet.of("work_history").collect();
        let started = day(made.sheet.of("recruitment").next().unwrap(), "first_recruitment_date").unwrap();
        assert_eq!(months_between(started, day(rows[0], "from_date").unwrap()), 0);
        for pair in rows.windows(2) {
            assert_eq!(months_between(day(pair[0], "to_date").unwrap(), day(pair[1], "from_date").unwrap()), 1);
            assert!(day(pair[0], "to_date") >= day(pair[0], "from_date"), "{:?}", pair[0]);
        }
        assert!(rows.last().unwrap().value("to_date").is_none());
    }
}

#[test]
fn lives_run_forward() {
    let as_of = book().words.settings.as_of();
    for made in people(6, 1500) {
        let identity = made.sheet.of("identity").next().unwrap();
        let born = day(identity, "birth_date").unwrap();
        let started = day(made.sheet.of("recruitment").next().unwrap(), "first_recruitment_date").unwrap();
        assert!(months_between(born, started) >= 18 * 12, "at work before eighteen: {born} {started}");
        for row in &made.sheet.rows {
            for (from, to) in
                [("from_date", "to_date"), ("start_date", "end_date"), ("enlisted_on", "discharged_on"), ("admitted_on", "official_on")]
            {
                if let (Some(from), Some(to)) = (day(row, from), day(row, to)) {
                    assert!(from <= to, "{row:?}");
                }
            }
            for column in [
                "from_date",
                "issue_date",
                "admitted_on",
                "signed_on",
                "decision_signed_on",
                "declared_on",
                "confirmed_on",
                "appointed_on",
                "effective_date",
                "approved_on",
                "official_on",
            ] {
                assert!(day(row, column).is_none_or(|on| born < on && on <= as_of), "{} {column}: {row:?}", row.section);
            }
        }
        for row in made.sheet.of("family_own").filter(|row| matches!(row.text("relation"), "cha" | "me")) {
            assert!(day(row, "birth_year").unwrap() < born);
        }
    }
}

#[test]
fn dossiers_meant_to_be_complete_are_complete() {
    let all = people(9, 800);
    let meant = |made: &&Made| made.sheet.of("dossier_header").any(|row| row.scan.is_some());
    let full: Vec<&Made> = all.iter().filter(meant).collect();
    assert!(full.len() * 100 > all.len() * 85 && full.len() < all.len());
    for made in full {
        let mut filled: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
        for row in &made.sheet.rows {
            let mut columns: BTreeSet<String> = row.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
            columns.extend(row.scan.map(|(column, _)| column.to_owned()));
            filled.entry(row.section.to_owned()).or_default().push(columns);
        }
        for form in ["2C-2008", "TT06-2023", "eCBCCVC-2016"] {
            let result = law().completeness(form, &filled);
            let gaps: Vec<String> = result
                .missing
                .iter()
                .map(|gap| format!("{}.{}", gap.section.key, gap.field.map_or("-", |field| field.key.as_str())))
                .collect();
            let unlearned = made.sheet.of("degree_history").next().is_none();
            assert!(gaps.is_empty() || (unlearned && gaps == ["degree_history.-"]), "{form}: {gaps:?}");
        }
    }
}

#[test]
fn the_shares_are_those_of_a_province() {
    let all = people(10, 3000);
    let share = |test: &dyn Fn(&Made) -> bool| all.iter().filter(|made| test(made)).count() * 100 / all.len();
    let women = share(&|made| made.sheet.of("identity").next().unwrap().text("gender") == "2");
    let party = share(&|made| made.sheet.of("party_membership").next().unwrap().value("is_member") == Some(&Value::Bool(true)));
    assert!((45..70).contains(&women), "{women}% women");
    assert!((25..60).contains(&party), "{party}% in the Party");
    let status =
        |code: &str| all.iter().filter(|made| made.sheet.of("dossier_header").any(|row| row.text("dossier_status") == code)).count();
    let left = all.iter().filter(|made| made.left).count();
    let (retired, seconded) = (status("retired"), status("seconded_out"));
    assert!(retired > 20 && seconded > 5 && left > retired, "{left} left, {retired} of them retired, {seconded} are seconded");
    assert!(left * 100 < all.len() * 6, "{left} of {} have left", all.len());
    for made in all.iter().filter(|made| made.sheet.of("dossier_header").any(|row| row.text("dossier_status") == "seconded_out")) {
        assert_eq!(made.sheet.of("secondments").count(), 1);
    }
}

#[test]
fn a_little_more_than_half_of_a_province_are_women() {
    let book = book();
    let body = province::bodies(&DataSource::Embedded, &book, 4_000).unwrap().remove(0);
    let (places, mut generator) = (body.workplaces(), Generator::new(book.clone(), 3));
    let (mut women, mut all) = (0, 0);
    for unit in &body.units {
        for (seat, count) in &unit.staff {
            let (post, profession) = seat.split_once(':').map_or((None, seat.as_str()), |(post, profession)| (Some(post), profession));
            for _ in 0..*count {
                let made = generator.next(&places[unit.key.as_str()], profession, post, true).unwrap();
                women += usize::from(made.sheet.of("identity").any(|row| row.text("gender") == "2"));
                all += 1;
            }
        }
    }
    assert!((51..60).contains(&(women * 100 / all)), "{women} of {all}");
}

#[test]
fn the_small_bodies_name_only_what_exists() {
    let (book, law) = (book(), law());
    let bodies = Body::small(&DataSource::Embedded).unwrap();
    assert_eq!(bodies.len(), law.regulations.len());
    for body in &bodies {
        let regulation = law.regulation(&body.regulation).unwrap();
        for unit in &body.units {
            assert!(unit.parent.as_deref().is_none_or(|parent| body.units.iter().any(|above| above.key == parent)), "{}", unit.key);
            let kind = law.catalogue("unit_types").unwrap().item(&unit.kind).unwrap_or_else(|| panic!("{}", unit.kind));
            assert!(
                kind.effective_to.is_none() || unit.dissolved_on() <= kind.effective_to && unit.dissolved_on().is_some(),
                "{} still stands",
                unit.name
            );
            assert!(unit.commune.as_deref().is_none_or(|code| book.gazetteer.commune(&body.province, code).is_some()), "{}", unit.key);
        }
        let held: BTreeSet<&str> = body.accounts.iter().map(|account| account.role.as_str()).collect();
        let known: BTreeSet<&str> = regulation.roles.iter().map(|role| role.code.as_str()).collect();
        assert_eq!(held, known, "{}", body.regulation);
    }
}

#[test]
fn a_province_has_exactly_the_people_asked_for() {
    for people in [300, 2_000, 50_000] {
        let bodies = province::bodies(&DataSource::Embedded, &book(), people).unwrap();
        assert_eq!(bodies.iter().map(Body::people).sum::<usize>(), people);
    }
    let nation = province::bodies(&DataSource::Embedded, &book(), 2_200_000).unwrap();
    assert_eq!(nation.iter().map(Body::people).sum::<usize>(), 2_200_000);
    assert_eq!(nation.len(), 34);
}
