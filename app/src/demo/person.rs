//! One invented person: who they are, before any section is written.

use super::{
    book::Book,
    dice::Dice,
    time::{Month, day, shift, years_later},
    today::{Today, retired_birth},
    words::{Anywhere, People, Post, Profession},
};
use jiff::civil::Date;
use std::collections::HashMap;

/// Where somebody works.
#[derive(Clone, Debug, Default)]
pub struct Workplace {
    /// The body that manages the dossier.
    pub authority: String,
    /// Who decided before a day on which the body was made.
    pub authority_before: Option<(Date, String)>,
    /// The unit that uses the person.
    pub unit: String,
    /// Its name before the reorganisation of 1 July 2025, when it was made by that.
    pub before: Option<String>,
    /// The inner section.
    pub department: Option<String>,
    /// Code of the province until 30 June 2025.
    pub old_province: String,
    /// Code of the province since.
    pub province: String,
    /// Code of the commune since, if people live around it.
    pub commune: Option<String>,
    /// The first day of the unit.
    pub founded: Option<Date>,
}

impl Workplace {
    /// Who decided on a day.
    pub fn authority_on(&self, on: Date) -> &str {
        match &self.authority_before {
            Some((until, before)) if on < *until => before,
            _ => &self.authority,
        }
    }
}

/// Personal numbers given out so far, by their first six digits.
#[derive(Default)]
pub struct Numbers(HashMap<(u32, u32, u32), u32>);

impl Numbers {
    /// A number nobody has: province, century and sex, year of birth, six digits that look drawn.
    fn give(&mut self, province: &str, man: bool, year: i32) -> String {
        let province: u32 = province.parse().unwrap_or_default();
        let century = if year < 2000 { 0 } else { 2 };
        let digit = century + u32::from(!man);
        let short = u32::try_from(year.rem_euclid(100)).unwrap_or_default();
        let given = self.0.entry((province, digit, short)).or_default();
        *given += 1;
        // 611 953 has no divisor in common with a million, so a million numbers pass before one comes again.
        let tail = (u64::from(*given) * 611_953 + 77_003 + u64::from(province) * 31_337) % 1_000_000;
        format!("{province:03}{digit}{short:02}{tail:06}")
    }
}

/// One invented person.
pub struct Person<'a> {
    pub number: u64,
    pub man: bool,
    pub family: String,
    pub name: String,
    pub people: &'a People,
    pub born: Date,
    pub ethnicity: &'a str,
    pub who: &'a Anywhere,
    /// Province of birth, as it was.
    pub old_province: String,
    pub personal_number: String,
    pub profession: &'a Profession,
    pub post: Option<&'a Post>,
    pub place: &'a Workplace,
    /// First day at work.
    pub started: Date,
    pub married: Option<i32>,
    pub party_on: Option<Date>,
    pub degree: &'a str,
    /// Whether the dossier is meant to be complete.
    pub full: bool,
    /// Where they stand today.
    pub today: Today,
    /// What the rest of that is drawn with.
    pub fate: Dice,
}

impl<'a> Person<'a> {
    /// Draws a person for a seat; without dice of fate nobody leaves it.
    pub fn draw(
        book: &'a Book,
        dice: &mut Dice,
        numbers: &mut Numbers,
        number: u64,
        place: &'a Workplace,
        (profession, post): (&'a Profession, Option<&'a Post>),
        fate: Option<Dice>,
    ) -> Person<'a> {
        let settings = &book.words.settings;
        let as_of = settings.as_of();
        let may_leave = fate.is_some();
        let women = if post.is_some() { profession.women * 2 / 3 } else { profession.women };
        let man = !dice.percent(women);
        let local = book.place(&place.old_province).filter(|local| !dice.percent(local.elsewhere));
        let who = local.map_or(&book.words.places.elsewhere, |local| &local.who);
        let ethnicity = who.ethnicities.any(dice).as_str();
        let old_province = match local {
            Some(local) => local.old_province.clone(),
            None => book.gazetteer.any_old_province(dice).to_owned(),
        };
        let mut fate = fate.unwrap_or(Dice::new(number));
        let mut today = if may_leave { Today::draw(settings, &mut fate) } else { Today::Works };
        let mut born = birth(book, dice, man, profession, post.is_some());
        if today == Today::Retired {
            let older = retired_birth(settings, man, &mut fate);
            // Nobody retires from a calling that did not exist when they took it up.
            match profession.is_worker() || older.year() >= profession.since().year() - 30 {
                true => born = older,
                false => today = Today::Works,
            }
        }
        let people = book.people(ethnicity, born.year().into());
        let family = people.families.any(dice).clone();
        let name = given_name(people, &family, man, dice);
        let personal_number = numbers.give(&old_province, man, born.year().into());
        let early = started_before(born, profession, dice);
        let started = beginning(early, profession, as_of, dice);
        let degree = match &profession.old_degree {
            Some(old) if started < day(2012, 1, 1) => old.as_str(),
            _ => profession.degree.as_str(),
        };
        let age = as_of.year() - born.year();
        let married = (age >= 23 && dice.percent(if age > 30 { 92 } else { 55 }))
            .then(|| (i32::from(born.year()) + dice.between(23, 31)).min(as_of.year().into()));
        let share = if post.is_some() { 97 } else { profession.party };
        let party_on = dice.percent(share).then(|| joins_party(born, started, dice)).filter(|on| *on < shift(as_of, -400));
        let full = !dice.percent(settings.incomplete);
        Person {
            number,
            man,
            family,
            name,
            people,
            born,
            ethnicity,
            who,
            old_province,
            personal_number,
            profession,
            post,
            place,
            started,
            married,
            party_on,
            degree,
            full,
            today,
            fate,
        }
    }

    /// The month of the first day at work.
    pub fn start(&self) -> Month {
        Month::of(self.started)
    }
}

/// A full name: family, middle, given.
pub fn given_name(people: &People, family: &str, man: bool, dice: &mut Dice) -> String {
    let (middle, given) = match man {
        true => (&people.male_middle, &people.male_given),
        false => (&people.female_middle, &people.female_given),
    };
    format!("{family} {} {}", middle.any(dice), given.any(dice))
}

fn birth(book: &Book, dice: &mut Dice, man: bool, profession: &Profession, leads: bool) -> Date {
    let settings = &book.words.settings;
    let as_of = settings.as_of();
    let this_year = i32::from(as_of.year());
    let age = if leads { dice.between(36, 57) } else { 22 + dice.between(0, 20) + dice.between(0, 20) };
    let mut year = this_year - age;
    if !profession.is_worker() {
        // Nobody takes up a calling that did not exist before their thirties.
        year = year.max(i32::from(profession.since().year()) - 30);
    }
    let year = year.clamp(settings.oldest_year, settings.youngest_year);
    let (month, date) = (dice.between(1, 12), dice.between(1, 28));
    let born = day(year, month, date);
    let oldest = Month::of(as_of) + (1 - settings.retire_months(man));
    if Month::of(born) > oldest { born } else { day(oldest.year() + dice.between(1, 4), month, date) }
}

fn started_before(born: Date, profession: &Profession, dice: &mut Dice) -> Date {
    let age = match profession.degree.as_str() {
        "bac_si" => dice.between(24, 28),
        "duoc_si" => dice.between(23, 27),
        "dai_hoc" => dice.between(22, 27),
        "cao_dang" => dice.between(21, 26),
        "trung_cap" => dice.between(20, 26),
        _ => dice.between(22, 38),
    };
    let hired = years_later(born, age);
    // Teachers begin with the school year.
    if profession.seniority { day(hired.year().into(), 9, 1) } else { day(hired.year().into(), dice.between(1, 12), 1) }
}

fn beginning(wanted: Date, profession: &Profession, as_of: Date, dice: &mut Dice) -> Date {
    let since = profession.since();
    let latest = day(as_of.year().into(), 1, 1);
    let late = (Month::of(since) + dice.between(1, 40)).first_day();
    let started = if wanted < since { late } else { wanted };
    if started > latest { (Month::of(latest) + -dice.between(0, 20)).first_day().max(since) } else { started }
}

fn joins_party(born: Date, started: Date, dice: &mut Dice) -> Date {
    let adult = years_later(born, 19);
    let on = years_later(started, dice.between(-2, 9)).max(adult);
    day(on.year().into(), dice.between(1, 12), dice.between(1, 28)).max(adult)
}
