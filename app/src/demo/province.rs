//! Bodies of whole provinces, sized by a number of people.

use super::{
    body::{Account, Body, Unit},
    book::Book,
};
use law::{DataSource, Faults};
use serde::Deserialize;
use toml::value::Datetime;

type Staff = Vec<(String, usize)>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    default_province: String,
    nation_from: usize,
    people_per_department: usize,
    people_per_commune: usize,
    people_per_hospital: usize,
    people_per_school: usize,
    regulations: Vec<(String, String, Datetime)>,
    others: Vec<(String, Datetime)>,
    leaders: Staff,
    departments: Vec<String>,
    department_staff: Staff,
    department_sections: Vec<String>,
    section_staff: Staff,
    hospital_name: String,
    hospital_staff: Staff,
    hospital_sections: Vec<String>,
    ward_staff: Staff,
    commune_staff: Staff,
    commune_sections: Vec<String>,
    commune_section_staff: Staff,
    health_station: String,
    health_station_staff: Staff,
    schools: Vec<(String, String, usize)>,
}

/// One province of this many people, or all of them when they are enough for the nation.
pub fn bodies(source: &DataSource, book: &Book, people: usize) -> Result<Vec<Body>, Faults> {
    let frame: Frame = source.parse("demo/province.toml")?;
    if people < frame.nation_from {
        return Ok(vec![frame.province(book, &frame.default_province, "tinh", people, 0)]);
    }
    let provinces = book.gazetteer.provinces();
    let weight = |code: &String| book.gazetteer.communes(code).len();
    let total: usize = provinces.iter().map(weight).sum::<usize>().max(1);
    let mut left = people;
    let mut made = Vec::with_capacity(provinces.len());
    for (place, code) in provinces.iter().enumerate() {
        let share = if place + 1 == provinces.len() { left } else { people * weight(code) / total };
        left -= share.min(left);
        let key = if *code == frame.default_province { "tinh".to_owned() } else { format!("t{code}") };
        made.push(frame.province(book, code, &key, share, place));
    }
    Ok(made)
}

impl Frame {
    fn province(&self, book: &Book, code: &str, key: &str, people: usize, place: usize) -> Body {
        let named = self.regulations.iter().find(|(province, ..)| province == code).map(|(_, regulation, from)| (regulation, from));
        let other = || self.others.get(place % self.others.len().max(1)).map(|(regulation, from)| (regulation, from));
        let fallback = (String::new(), book.words.settings.two_level_written());
        let (regulation, from) = named.or_else(other).unwrap_or((&fallback.0, &fallback.1));
        let merged = book.gazetteer.merged_into(code);
        let known = merged.iter().find(|old| book.place(old).is_some()).or(merged.first()).copied().unwrap_or(code);
        let mut body = Body::of_province(key, regulation, *from, known, code);
        self.centre(book, &mut body, people);
        let communes = self.communes(book, &mut body, people);
        self.schools(book, &mut body, people, &communes);
        body.accounts = accounts(&body, regulation);
        body
    }

    /// Province, departments and hospitals.
    fn centre(&self, book: &Book, body: &mut Body, people: usize) {
        let label = book.gazetteer.label(&body.province);
        let seat = book.gazetteer.communes(&body.province).first().map(|commune| commune.code.clone());
        let unit = |key: &str, parent: Option<&str>, name: String, kind: &str, rank: Option<i64>, staff: &Staff| Unit {
            key: key.to_owned(),
            parent: parent.map(str::to_owned),
            name,
            kind: kind.to_owned(),
            rank,
            section: kind == "phong",
            commune: seat.clone(),
            staff: staff.clone(),
            ..Unit::default()
        };
        body.units.push(unit(
            "tinh",
            None,
            format!("Ủy ban nhân dân {} (dữ liệu minh họa)", label.replacen('T', "t", 1)),
            "ubnd_tinh",
            None,
            &self.leaders,
        ));
        let departments = (people / self.people_per_department).clamp(3, self.departments.len());
        for (place, name) in self.departments.iter().take(departments).enumerate() {
            let key = format!("so{place}");
            let rank = if place == 0 { 3 } else { 2 };
            body.units.push(unit(&key, Some("tinh"), name.clone(), "so", Some(rank), &self.department_staff));
            for (number, section) in self.department_sections.iter().enumerate() {
                body.units.push(unit(&format!("{key}p{number}"), Some(&key), section.clone(), "phong", None, &self.section_staff));
            }
        }
        for number in 1..=(people / self.people_per_hospital) {
            let key = format!("bv{number}");
            body.units.push(unit(&key, Some("so1"), format!("{} {number}", self.hospital_name), "dvsn_so", Some(1), &self.hospital_staff));
            for (place, section) in self.hospital_sections.iter().enumerate() {
                body.units.push(unit(&format!("{key}k{place}"), Some(&key), section.clone(), "phong", None, &self.ward_staff));
            }
        }
    }

    /// Communes with their offices and health stations; gives keys, names and codes.
    fn communes(&self, book: &Book, body: &mut Body, people: usize) -> Vec<(String, String, String)> {
        let all = book.gazetteer.communes(&body.province);
        let count = (people / self.people_per_commune).clamp(1, all.len().max(1));
        let founded = book.words.settings.two_level_written();
        let mut made = Vec::with_capacity(count);
        for (place, commune) in all.iter().take(count).enumerate() {
            let key = format!("xa{place}");
            let name = commune.label.replacen("Xã", "xã", 1).replacen("Phường", "phường", 1).replacen("Đặc khu", "đặc khu", 1);
            let before = (!commune.before.is_empty())
                .then(|| format!("Ủy ban nhân dân {}", commune.before.replacen("Xã", "xã", 1).replacen("Phường", "phường", 1)));
            let unit = |key: String, parent: &str, name: String, kind: &str, rank: Option<i64>, staff: &Staff| Unit {
                key,
                parent: Some(parent.to_owned()),
                name,
                kind: kind.to_owned(),
                rank,
                section: rank.is_none(),
                commune: Some(commune.code.clone()),
                staff: staff.clone(),
                ..Unit::default()
            };
            let office = unit(key.clone(), "tinh", format!("Ủy ban nhân dân {name}"), "ubnd_xa", Some(1), &self.commune_staff);
            body.units.push(Unit { before, founded: Some(founded), ..office });
            for (number, section) in self.commune_sections.iter().enumerate() {
                let section = unit(format!("{key}p{number}"), &key, section.clone(), "phong_xa", None, &self.commune_section_staff);
                body.units.push(Unit { founded: Some(founded), ..section });
            }
            let station = format!("{} {name}", self.health_station);
            body.units.push(unit(format!("{key}y"), &key, station, "dvsn_xa", Some(1), &self.health_station_staff));
            made.push((key, name, commune.code.clone()));
        }
        made
    }

    /// Schools for everybody who has no seat yet.
    fn schools(&self, book: &Book, body: &mut Body, people: usize, communes: &[(String, String, String)]) {
        let cycle: Vec<&(String, String, usize)> = self.schools.iter().flat_map(|school| std::iter::repeat_n(school, school.2)).collect();
        let words = &book.words.places.words.school_words;
        let mut left = people.saturating_sub(body.people());
        let mut number = 0;
        while left > 0 {
            let place = number % communes.len().max(1);
            let round = number / communes.len().max(1);
            let (Some((key, commune, code)), Some((name, profession, _))) =
                (communes.get(place), cycle.get((round + place) % cycle.len().max(1)))
            else {
                return;
            };
            let high = profession == "thpt";
            let size = self.people_per_school.min(left);
            let leading = [("hieu_truong", 1), ("pho_hieu_truong", 1), ("to_truong", 3)];
            let mut staff: Staff = leading.iter().map(|(post, count)| (format!("{post}:{profession}"), *count)).collect();
            staff.extend([("ke_toan".to_owned(), 1), ("bao_ve".to_owned(), 1), ("phuc_vu".to_owned(), 1)]);
            staff.push((profession.clone(), size));
            trim(&mut staff, size);
            let known_by =
                if round == 0 { commune.clone() } else { format!("{}, {commune}", words.at((number * 7 + round) % words.len())) };
            body.units.push(Unit {
                key: format!("tr{number}"),
                parent: Some(if high { "so2".to_owned() } else { key.clone() }),
                name: format!("{name} {known_by}"),
                kind: if high { "dvsn_so" } else { "dvsn_xa" }.to_owned(),
                rank: Some(1),
                commune: Some(code.clone()),
                staff,
                ..Unit::default()
            });
            left -= size;
            number += 1;
        }
    }
}

/// Leaves this many seats, the first ones.
fn trim(staff: &mut Staff, size: usize) {
    let mut left = size;
    for (_, count) in staff.iter_mut() {
        *count = (*count).min(left);
        left -= *count;
    }
    staff.retain(|(_, count)| *count > 0);
}

/// Accounts with which a large province is tried out.
fn accounts(body: &Body, regulation: &str) -> Vec<Account> {
    let has = |key: &str| body.units.iter().any(|unit| unit.key == key);
    let operator = if regulation.starts_with("vinh-phuc") { "verifier" } else { "operator" };
    let seats = [
        ("quan-tri", "so0", "system_admin", 2),
        ("so-y-te", "so1", operator, 2),
        ("benh-vien", "bv1", operator, 4),
        ("xa", "xa0", operator, 4),
        ("xa-2", "xa1", operator, 4),
        ("chu-tich-xa", "xa0", "unit_head", 1),
        ("truong", "tr0", operator, 6),
        ("hieu-truong", "tr0", "unit_head", 1),
    ];
    let wanted = seats.into_iter().filter(|(_, unit, ..)| has(unit));
    wanted.map(|(login, unit, role, person)| Account::new(format!("{}.{login}", body.key), unit, role, person)).collect()
}
