//! Who somebody is, where they come from, how they are reached.

use super::{
    book::Book,
    career::Career,
    dice::Dice,
    person::Person,
    sheet::{Scan, Sheet},
    time::{Month, day, shift, years_later},
    today,
};
use jiff::civil::Date;
use vault::Value;

type Columns = Vec<(&'static str, Value)>;

/// Column names of an address: as written, model, detail, province, district, commune, valid on, current equivalent.
type Names = [&'static str; 8];

macro_rules! address {
    ($key:literal) => {
        [
            concat!($key, "_as_written"),
            concat!($key, "_model"),
            concat!($key, "_detail"),
            concat!($key, "_province_code"),
            concat!($key, "_district_code"),
            concat!($key, "_commune_code"),
            concat!($key, "_valid_on"),
            concat!($key, "_current_equivalent"),
        ]
    };
}

const BIRTH_PLACE: Names = address!("birth_place");
const BIRTH_REGISTRATION: Names = address!("birth_registration_place");
const HOMETOWN: Names = address!("hometown");
const PERMANENT: Names = address!("permanent_residence");
const CURRENT: Names = address!("current_residence");

/// Writes the sections at the head of the form.
pub fn write(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    header(book, person, career, sheet, dice);
    let written = if person.born.year() < 1975 && dice.percent(4) { person.born.year().to_string() } else { person.born.to_string() };
    let marital = match person.married {
        Some(_) if dice.percent(4) => "divorced",
        Some(_) => "married",
        None => "single",
    };
    sheet.add(
        "identity",
        vec![
            ("full_name", person.name.as_str().into()),
            ("birth_date", written.into()),
            ("gender", if person.man { "1" } else { "2" }.into()),
            ("nationality", "Việt Nam".into()),
            ("ethnicity", person.ethnicity.into()),
            ("religion", person.who.religions.any(dice).as_str().into()),
            ("marital_status", marital.into()),
            ("personal_id_number", person.personal_number.as_str().into()),
        ],
    );
    documents(book, person, sheet, dice);
    origin(book, person, sheet, dice);
    contact(book, person, sheet, dice);
    insurance(book, person, sheet, dice);
    let origin = ["farmer", "farmer", "farmer", "official", "worker", "intellectual", "soldier"];
    sheet.add("family_background", vec![("family_origin", origin.get(place(dice, origin.len())).copied().unwrap_or("farmer").into())]);
    let policy = match person.ethnicity {
        "01" if dice.percent(5) => "con_thuong_binh",
        "01" => "khong",
        _ => "dtts",
    };
    sheet.add("policy_status", vec![("policy_category", policy.into())]);
    recruitment(book, person, career, sheet, dice);
}

fn header(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let as_of = book.words.settings.as_of();
    let trial = career.probation.is_some_and(|(months, _)| person.start() + months > Month::of(as_of));
    let declared = shift(as_of, -dice.between(20, 300)).max(person.started);
    let standing = today::status(&book.words.settings, person, sheet);
    let (status, since) = standing.unwrap_or_else(|| (if trial { "probation" } else { "working" }.to_owned(), person.started));
    let row: Columns = vec![
        ("managing_authority", person.place.authority.as_str().into()),
        ("using_unit", person.place.unit.as_str().into()),
        ("officer_number", (!person.profession.is_worker()).then(|| format!("{}.{:07}", person.place.province, person.number)).into()),
        ("dossier_number", format!("HS-{:06}", person.number).into()),
        ("personnel_type", person.profession.kind.as_str().into()),
        ("dossier_status", status.as_str().into()),
        ("status_effective_date", since.into()),
        ("declared_on", declared.into()),
        ("confirmed_on", shift(declared, dice.between(1, 20)).min(as_of).into()),
    ];
    sheet.add_with("dossier_header", row, person.full.then_some(("photo", Scan::Photo)));
}

fn documents(book: &Book, person: &Person<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let words = &book.words.places.words;
    let as_of = book.words.settings.as_of();
    if person.born.year() < 1998 && dice.percent(70) {
        let issued = years_later(person.born, dice.between(15, 20)).min(day(2015, 12, 1));
        sheet.add(
            "identity_documents",
            vec![
                ("document_type", "cmnd_9".into()),
                ("number", format!("{:03}{:06}", old_prefix(&person.old_province), dice.below(1_000_000)).into()),
                ("issue_date", issued.into()),
                ("issue_place", format!("Công an {}", lower(book.gazetteer.label(book.gazetteer.successor(&person.old_province)))).into()),
                ("is_current", false.into()),
            ],
        );
    }
    let new_card = dice.percent(12);
    let issued = if new_card { shift(day(2024, 7, 2), dice.between(0, 700)) } else { shift(day(2021, 1, 4), dice.between(0, 1200)) };
    let until = [25, 40, 60].into_iter().map(|age| years_later(person.born, age)).find(|until| *until > as_of.max(shift(issued, 730)));
    sheet.add(
        "identity_documents",
        vec![
            ("document_type", if new_card { "can_cuoc" } else { "cccd" }.into()),
            ("number", person.personal_number.as_str().into()),
            ("issue_date", issued.min(as_of).into()),
            ("issue_place", if new_card { &words.id_issuer_new_card } else { &words.id_issuer_card }.as_str().into()),
            ("expiry_date", until.into()),
            ("is_current", true.into()),
        ],
    );
}

/// Old cards began with a number for the province; any would do, this one is stable.
fn old_prefix(province: &str) -> u32 {
    province.parse::<u32>().unwrap_or_default() * 3 % 400
}

fn origin(book: &Book, person: &Person<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let mut row: Columns = Vec::with_capacity(32);
    let detail = format!("{} {}", person.who.hamlets.any(dice), dice.between(1, 14));
    let home_province = if dice.percent(85) { person.old_province.clone() } else { book.gazetteer.any_old_province(dice).to_owned() };
    let born_at = book.gazetteer.any_old(&person.old_province, dice);
    let home =
        if home_province == person.old_province && dice.percent(80) { born_at } else { book.gazetteer.any_old(&home_province, dice) };
    let old = |row: &mut Columns, names: Names, province: &str, commune: Option<&super::gazetteer::OldCommune>, detail: &str, on: Date| {
        let Some(commune) = commune else { return };
        let [written, model, part, province_code, district_code, commune_code, valid_on, now] = names;
        row.extend([
            (written, Value::from(format!("{detail}, {}", commune.words))),
            (model, "three_level".into()),
            (part, detail.into()),
            (province_code, province.into()),
            (district_code, commune.district_code.as_str().into()),
            (commune_code, commune.code.as_str().into()),
            (valid_on, on.into()),
            (now, format!("{detail}, {}", commune.now).into()),
        ]);
    };
    // The codes of the older model are those of its last day; on older papers the names stand as they were.
    let last_day = shift(book.words.settings.two_level_from(), -1);
    old(&mut row, BIRTH_PLACE, &person.old_province, born_at, &detail, last_day);
    if dice.percent(60) {
        old(&mut row, BIRTH_REGISTRATION, &person.old_province, born_at, &detail, last_day);
    }
    old(&mut row, HOMETOWN, &home_province, home, &detail, last_day);
    let lives =
        person.place.commune.as_deref().filter(|_| dice.percent(70)).and_then(|code| book.gazetteer.commune(&person.place.province, code));
    let permanent = lives.or_else(|| book.gazetteer.any_new(&person.place.province, dice));
    let residence = if dice.percent(88) { permanent } else { book.gazetteer.any_new(&person.place.province, dice) };
    let street = book.words.places.words.streets.any(dice);
    for (names, commune) in [(PERMANENT, permanent), (CURRENT, residence)] {
        let Some(commune) = commune else { continue };
        let detail = match commune.label.starts_with("Phường") {
            true => format!("Số {}, đường {street}", dice.between(1, 320)),
            false => format!("{} {}", person.who.hamlets.any(dice), dice.between(1, 14)),
        };
        let [written, model, part, province_code, _, commune_code, valid_on, _] = names;
        row.extend([
            (written, Value::from(format!("{detail}, {}", commune.words))),
            (model, "two_level".into()),
            (part, detail.into()),
            (province_code, person.place.province.as_str().into()),
            (commune_code, commune.code.as_str().into()),
            (valid_on, book.words.settings.as_of().into()),
        ]);
    }
    sheet.add("origin_and_residence", row);
}

fn contact(book: &Book, person: &Person<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let settings = &book.words.settings;
    let folded = vault::folded(&person.name).replace(' ', ".");
    let phone = |number: u64| format!("{}{:06}", settings.phone_prefix, number % 1_000_000);
    let row = vec![
        ("mobile_phone", phone(person.number * 7_919 + 11).into()),
        ("office_phone", dice.percent(30).then(|| phone(dice.below(1_000_000))).into()),
        ("official_email", dice.percent(75).then(|| format!("{folded}{}@{}", person.number % 1000, settings.email_domain)).into()),
    ];
    sheet.add("contact", row);
}

fn insurance(book: &Book, person: &Person<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let book_number =
        format!("{:02}{:08}", person.old_province.parse::<u32>().unwrap_or_default(), (person.number * 48_271 + 7) % 100_000_000);
    let banks = &book.words.places.words.banks;
    let bank = dice.percent(85).then(|| banks.any(dice).as_str());
    sheet.add(
        "insurance_tax_bank",
        vec![
            ("social_insurance_number", book_number.as_str().into()),
            ("social_insurance_issue_date", shift(person.started, dice.between(30, 200)).min(book.words.settings.as_of()).into()),
            ("health_insurance_number", book_number.as_str().into()),
            // Since 1 July 2025 the personal number is the tax code.
            ("tax_code", person.personal_number.as_str().into()),
            ("bank_account", bank.map(|_| format!("9999{:09}", dice.below(1_000_000_000))).into()),
            ("bank_name", bank.into()),
        ],
    );
}

fn recruitment(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let first = career.periods.first();
    let worker = person.profession.is_worker();
    sheet.add(
        "recruitment",
        vec![
            ("job_before_recruitment", book.words.places.words.before_work.any(dice).as_str().into()),
            ("first_recruitment_date", person.started.into()),
            ("recruiting_body", first.map_or(person.place.unit.as_str(), |period| period.unit.as_str()).into()),
            ("recruitment_method", person.profession.method.as_str().into()),
            ("recruitment_position", person.profession.title.as_str().into()),
            ("first_work_date", person.started.into()),
            ("first_contract_date", worker.then_some(person.started).into()),
            ("current_unit_join_date", career.joined.first_day().max(person.started).into()),
        ],
    );
    let Some((months, percent)) = career.probation else { return };
    let end = shift((person.start() + months).first_day(), -1);
    if end >= book.words.settings.as_of() {
        return;
    }
    let mut row: Columns = vec![
        ("start_date", person.started.into()),
        ("end_date", end.into()),
        ("salary_percent", (percent * 100).into()),
        ("result", "Đạt yêu cầu".into()),
    ];
    row.extend(super::career::decision(person, shift(end, 1), dice).columns());
    sheet.add("probation", row);
}

fn place(dice: &mut Dice, count: usize) -> usize {
    usize::try_from(dice.below(u64::try_from(count).unwrap_or(1))).unwrap_or_default()
}

fn lower(label: &str) -> String {
    label.replacen("Tỉnh", "tỉnh", 1).replacen("Thành phố", "thành phố", 1)
}
