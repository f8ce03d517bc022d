//! Parents, brothers and sisters, spouse, children, and the spouse's family.

use super::{
    book::Book,
    dice::Dice,
    person::{Person, given_name},
    sheet::Sheet,
    words::People,
};
use vault::Value;

struct Relative<'a> {
    relation: &'static str,
    name: String,
    year: i32,
    job: &'a str,
    deceased: bool,
}

/// Writes both families.
pub fn write(book: &Book, person: &Person<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let own_year = i32::from(person.born.year());
    let this_year = i32::from(book.words.settings.as_of().year());
    parents_and_siblings(
        book,
        sheet,
        dice,
        &House { people: person.people, family: &person.family, year: own_year, side: Side::Own },
        this_year,
    );
    let Some(married) = person.married else { return };
    let spouse_year = own_year + if person.man { dice.between(-5, 2) } else { dice.between(-2, 6) };
    let partner = book.people(person.ethnicity, spouse_year);
    let family = partner.families.any(dice).clone();
    let spouse = Relative {
        relation: if person.man { "vo" } else { "chong" },
        name: given_name(partner, &family, !person.man, dice),
        year: spouse_year,
        job: book.words.places.words.jobs.any(dice),
        deceased: false,
    };
    add(sheet, Side::Own, &spouse);
    let father_family = if person.man { &person.family } else { &family };
    for child in 0..dice.between(0, 2) {
        let year = married + 1 + child * dice.between(2, 5);
        if year >= this_year {
            continue;
        }
        let boy = dice.percent(51);
        let people = book.people(person.ethnicity, year);
        let jobs = &book.words.places.words.child_jobs;
        let job = match this_year - year {
            ..=5 => "Còn nhỏ",
            6..=17 => "Học sinh",
            18..=22 => "Sinh viên",
            _ => jobs.any(dice).as_str(),
        };
        add(
            sheet,
            Side::Own,
            &Relative { relation: "con", name: given_name(people, father_family, boy, dice), year, job, deceased: false },
        );
    }
    parents_and_siblings(book, sheet, dice, &House { people: partner, family: &family, year: spouse_year, side: Side::Spouse }, this_year);
}

#[derive(Clone, Copy)]
enum Side {
    Own,
    Spouse,
}

struct House<'a> {
    people: &'a People,
    family: &'a str,
    year: i32,
    side: Side,
}

fn parents_and_siblings(book: &Book, sheet: &mut Sheet, dice: &mut Dice, house: &House<'_>, this_year: i32) {
    let jobs = &book.words.places.words.jobs;
    let father_year = house.year - dice.between(22, 36);
    let mother_year = father_year + dice.between(-2, 6);
    let own = matches!(house.side, Side::Own);
    let parents = book.people(&house.people.ethnicity, father_year);
    let father = given_name(parents, house.family, true, dice);
    let mothers_family = parents.families.any(dice);
    let mother = given_name(parents, mothers_family, false, dice);
    let gone = |dice: &mut Dice, year: i32| this_year - year > 70 && dice.percent(45);
    let deceased = gone(dice, father_year);
    add(
        sheet,
        house.side,
        &Relative { relation: if own { "cha" } else { "cha_vc" }, name: father, year: father_year, job: jobs.any(dice), deceased },
    );
    let deceased = gone(dice, mother_year);
    let mother_year = mother_year.min(house.year - 17);
    add(
        sheet,
        house.side,
        &Relative { relation: if own { "me" } else { "me_vc" }, name: mother, year: mother_year, job: jobs.any(dice), deceased },
    );
    for _ in 0..dice.between(0, 3) {
        let year = (house.year + dice.between(-8, 8)).max(mother_year + 17);
        let man = dice.percent(50);
        let relation = match (year < house.year, man, own) {
            (true, true, true) => "anh",
            (true, false, true) => "chi",
            (false, true, true) => "em_trai",
            (false, false, true) => "em_gai",
            (true, true, false) => "anh_vc",
            (true, false, false) => "chi_vc",
            (false, true, false) => "em_trai_vc",
            (false, false, false) => "em_gai_vc",
        };
        let name = given_name(book.people(&house.people.ethnicity, year), house.family, man, dice);
        add(sheet, house.side, &Relative { relation, name, year, job: jobs.any(dice), deceased: false });
    }
}

fn add(sheet: &mut Sheet, side: Side, relative: &Relative<'_>) {
    let mut row: Vec<(&'static str, Value)> = vec![
        ("relation", relative.relation.into()),
        ("full_name", relative.name.as_str().into()),
        ("birth_year", relative.year.to_string().into()),
        ("occupation", if relative.deceased { "Đã mất" } else { relative.job }.into()),
    ];
    match side {
        Side::Own => {
            row.push(("is_deceased", relative.deceased.into()));
            sheet.add("family_own", row);
        }
        Side::Spouse => sheet.add("family_spouse", row),
    }
}
