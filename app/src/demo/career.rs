//! Where somebody worked, and which posts they held.

use super::{
    book::Book,
    dice::Dice,
    person::Person,
    sheet::{Decision, Sheet},
    time::{Month, day, shift},
    words::{Post, day_of},
};
use jiff::civil::Date;
use vault::Value;

/// A stretch of work in one place under one title.
pub struct Period {
    pub from: Month,
    pub unit: String,
    pub title: String,
    pub event: &'static str,
}

/// A post held.
pub struct Appointment<'a> {
    pub post: &'a Post,
    pub form: &'a str,
    pub from: Date,
    pub term_end: Date,
    pub to: Option<Date>,
    pub end_reason: &'static str,
}

/// A discipline, which puts off the next raise.
pub struct Discipline {
    pub from: Month,
    pub form: &'static str,
    pub delay: i32,
}

/// The working life of a person.
pub struct Career<'a> {
    pub periods: Vec<Period>,
    pub appointments: Vec<Appointment<'a>>,
    /// The first month in the unit of today.
    pub joined: Month,
    pub discipline: Option<Discipline>,
    pub probation: Option<(i32, i64)>,
}

impl Career<'_> {
    /// The post held today.
    pub fn current(&self) -> Option<&Appointment<'_>> {
        self.appointments.iter().rev().find(|held| held.to.is_none())
    }
}

/// Draws a working life that leads to today's seat.
pub fn draw<'a>(book: &'a Book, person: &Person<'a>, dice: &mut Dice) -> Career<'a> {
    let as_of = book.words.settings.as_of();
    let reorganised = person.place.before.is_some().then(|| Month::of(book.words.settings.two_level_from()));
    let appointments = person.post.map(|post| appointments(book, person, post, dice)).unwrap_or_default();
    let (start, now) = (person.start(), Month::of(as_of));
    let years = now.since(start) / 12;
    let first_post = appointments.first().map(|held| Month::of(held.from));
    let latest_move = first_post.unwrap_or(now + -6).min(reorganised.unwrap_or(now + -6));
    let mut moves: Vec<Month> = Vec::new();
    let founded = person.place.founded.map(Month::of).filter(|founded| *founded > start && reorganised.is_none());
    if years > 6 && dice.percent(45) {
        let wanted = start + dice.between(24, years * 8);
        moves.extend((wanted > start + 18 && wanted < latest_move).then_some(wanted));
    }
    if let Some(founded) = founded {
        moves.retain(|month| *month < founded);
        moves.push(founded);
    }
    let mut periods: Vec<Period> = Vec::new();
    let here = person.place.before.as_ref().unwrap_or(&person.place.unit);
    let title = &person.profession.title;
    let first_unit = if moves.is_empty() { here.clone() } else { elsewhere(book, person, dice) };
    let event = if person.profession.is_worker() { "tiep_nhan" } else { "tuyen_dung" };
    periods.push(Period { from: start, unit: first_unit, title: title.clone(), event });
    for (place, month) in moves.iter().enumerate() {
        let last = place + 1 == moves.len();
        let unit = if last { here.clone() } else { elsewhere(book, person, dice) };
        let event = if Some(*month) == founded { "sap_xep" } else { "dieu_dong" };
        periods.push(Period { from: *month, unit, title: title.clone(), event });
    }
    if let Some(month) = reorganised.filter(|month| *month > start) {
        periods.push(Period { from: month, unit: person.place.unit.clone(), title: title.clone(), event: "sap_xep" });
    } else if let (Some(_), Some(first)) = (reorganised, periods.first_mut()) {
        first.unit.clone_from(&person.place.unit);
    }
    let joined = periods.last().map_or(start, |period| period.from);
    for held in appointments.iter().filter(|held| held.form != "bo_nhiem_lai") {
        let month = Month::of(held.from);
        match periods.last_mut() {
            Some(last) if last.from >= month => last.title.clone_from(&held.post.title),
            _ => {
                let unit = person.place.unit.clone();
                periods.push(Period { from: month, unit, title: held.post.title.clone(), event: "chuyen_vi_tri" });
            }
        }
    }
    let probation = book.pay.probation(&person.profession.kind, &person.profession.probation);
    Career { discipline: discipline(book, person, start, now, dice), periods, appointments, joined, probation }
}

fn discipline(book: &Book, person: &Person<'_>, start: Month, now: Month, dice: &mut Dice) -> Option<Discipline> {
    let earliest = (start + 36).max(Month::new(2014, 1));
    if !dice.percent(2) || person.profession.is_worker() || now.since(earliest) < 24 {
        return None;
    }
    let warned = dice.percent(25);
    let form = match (person.profession.kind.as_str(), warned) {
        ("cong_chuc", false) => "cc_khien_trach",
        ("cong_chuc", true) => "cc_canh_cao",
        (_, false) => "vc_khien_trach",
        (_, true) => "vc_canh_cao",
    };
    let plain = form.get(3..).unwrap_or_default();
    let delay = book.pay.extension(&person.profession.kind, plain);
    Some(Discipline { from: earliest + dice.between(0, now.since(earliest) - 14), form, delay })
}

fn appointments<'a>(book: &'a Book, person: &Person<'a>, post: &'a Post, dice: &mut Dice) -> Vec<Appointment<'a>> {
    let as_of = book.words.settings.as_of();
    let possible = post.from.as_ref().map(day_of).unwrap_or(Date::ZERO);
    let (start, now) = (person.start() + 14, Month::of(as_of));
    let month = (now + -dice.between(4, 100)).max(Month::of(possible)).max(start).min(now);
    let founded = person.place.founded.map_or(month, Month::of);
    let month = month.max(founded.min(now));
    let from = day(month.year(), month.number(), dice.between(1, 20)).max(possible).min(as_of);
    let mut held = Vec::new();
    let earlier = post.before.as_deref().and_then(|key| book.words.careers.post(key));
    let earlier_from = (Month::of(from) + -dice.between(30, 58)).max(start).max(founded.min(now));
    if let Some(earlier) = earlier.filter(|_| Month::of(from).since(earlier_from) >= 6) {
        let began = earlier_from.first_day();
        held.push(Appointment {
            post: earlier,
            form: form_of(earlier),
            from: began,
            term_end: (earlier_from + book.pay.term_months).first_day(),
            to: Some(shift(from, -1)),
            end_reason: "chuyen_vi_tri",
        });
    }
    let term = |from: Date| {
        let ends = Month::of(from) + book.pay.term_months;
        day(ends.year(), ends.number(), i32::from(from.day()).min(28))
    };
    let mut current = Appointment { post, form: form_of(post), from, term_end: term(from), to: None, end_reason: "" };
    if current.term_end <= as_of {
        let again = current.term_end;
        current.to = Some(shift(again, -1));
        current.end_reason = "het_nhiem_ky";
        held.push(current);
        current = Appointment { post, form: "bo_nhiem_lai", from: again, term_end: term(again), to: None, end_reason: "" };
    }
    held.push(current);
    held
}

fn form_of(post: &Post) -> &str {
    post.form.as_deref().unwrap_or("bo_nhiem")
}

/// A unit of the same kind in the old province, as its name was.
fn elsewhere(book: &Book, person: &Person<'_>, dice: &mut Dice) -> String {
    let commune = book.gazetteer.any_old(&person.place.old_province, dice);
    let words = commune.map_or("", |commune| commune.words.as_str());
    let district = words.split_once(", ").map_or("", |(_, district)| district);
    match person.profession.group.as_str() {
        "su_pham" => {
            let kind = person.profession.title.trim_start_matches("Giáo viên ");
            format!("Trường {kind} {}, {district}", book.words.places.words.school_words.any(dice))
        }
        "y" => format!("Trung tâm Y tế {district}"),
        _ => format!("Ủy ban nhân dân {words}"),
    }
}

/// Writes work history, posts and the seat of today.
pub fn write(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let mut until: Vec<Option<Month>> = career.periods.iter().skip(1).map(|next| Some(next.from + -1)).collect();
    until.push(None);
    for (period, until) in career.periods.iter().zip(until) {
        let mut row: Vec<(&'static str, Value)> = vec![
            ("from_date", period.from.to_string().into()),
            ("to_date", until.map(|month| month.to_string()).into()),
            ("unit_text", period.unit.as_str().into()),
            ("position_text", period.title.as_str().into()),
            ("event", period.event.into()),
        ];
        row.extend(decision(person, period.from.first_day(), dice).columns());
        sheet.add("work_history", row);
    }
    for held in &career.appointments {
        let mut row: Vec<(&'static str, Value)> = vec![
            ("position", held.post.code.as_str().into()),
            ("unit_text", person.place.unit.as_str().into()),
            ("form", held.form.into()),
            ("from_date", held.from.into()),
            ("term_end_on", held.term_end.into()),
            ("to_date", held.to.into()),
            ("end_reason", (!held.end_reason.is_empty()).then_some(held.end_reason).into()),
            ("allowance_coefficient", coefficient(book, held.post).into()),
        ];
        row.extend(decision(person, held.from, dice).columns());
        sheet.add("position_history", row);
    }
    seat(book, person, career, sheet, dice);
}

fn seat(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let current = career.current();
    let first = career.appointments.iter().rev().find(|held| held.form != "bo_nhiem_lai");
    let again = current.filter(|held| held.form == "bo_nhiem_lai").map(|held| held.from);
    let work = match person.post {
        Some(post) => format!("{}, phụ trách chung các mặt công tác được phân công", post.title),
        None => person.profession.work.any(dice).clone(),
    };
    let strengths = &book.words.places.words.strengths;
    sheet.add(
        "current_position",
        vec![
            ("unit", person.place.unit.as_str().into()),
            ("department", person.place.department.clone().into()),
            ("position", person.post.map_or("khong", |post| post.code.as_str()).into()),
            ("appointed_on", first.map(|held| held.from).into()),
            ("reappointed_on", again.into()),
            ("term_end_on", current.map(|held| held.term_end).into()),
            ("party_position", person.party_on.map(|_| if person.post.is_some() { "chi_uy_vien" } else { "dang_vien" }).into()),
            ("main_work", work.into()),
            ("job_position_name", person.post.map_or(&person.profession.title, |post| &post.title).as_str().into()),
            ("work_field", person.profession.field.as_str().into()),
            ("strength", dice.percent(70).then(|| strengths.any(dice).as_str()).into()),
            ("longest_work", person.profession.title.as_str().into()),
            ("managed_by", person.post.and_then(|post| post.managed_by.as_deref()).unwrap_or("don_vi").into()),
        ],
    );
}

/// The coefficient of a post's allowance.
pub fn coefficient(book: &Book, post: &Post) -> Option<i64> {
    post.allowance.as_ref().and_then(|key| book.pay.leading(key)).map(|(coefficient, _)| coefficient).or(post.coefficient)
}

/// A decision signed a little before it takes effect.
pub fn decision(person: &Person<'_>, effective: Date, dice: &mut Dice) -> Decision {
    let signed_on = shift(effective, -dice.between(0, 12)).max(shift(person.born, 6000));
    let body = person.place.authority_on(signed_on);
    Decision { number: format!("{}/QĐ-{}", dice.between(11, 2890), initials(body)), signed_on, body: body.to_owned() }
}

/// The letters by which an office signs: `SNV` for Sở Nội vụ, `UBND` for every committee.
fn initials(authority: &str) -> String {
    let folded = vault::folded(authority);
    let first = folded.split_whitespace().filter_map(|word| word.chars().next()).filter(char::is_ascii_alphabetic);
    first.take(4).map(|letter| letter.to_ascii_uppercase()).collect()
}
