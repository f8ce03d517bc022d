//! Schools, degrees, courses and certificates.

use super::{
    book::Book,
    dice::Dice,
    person::Person,
    sheet::{Scan, Sheet},
    time::Month,
    words::SchoolGroup,
};
use vault::Value;

/// A degree taken.
struct Degree<'a> {
    level: &'a str,
    from: Month,
    to: Month,
    school: &'a str,
    major: &'a str,
    mode: &'static str,
}

/// Writes degrees, courses and the summary that follows from them.
pub fn write(book: &Book, person: &Person<'_>, sheet: &mut Sheet, dice: &mut Dice) {
    let degrees = degrees(book, person, dice);
    for degree in &degrees {
        let class = ["kha", "kha", "kha", "trung_binh_kha", "gioi", "trung_binh", "xuat_sac"];
        let class = class.get(usize::try_from(dice.below(7)).unwrap_or_default()).copied();
        sheet.add_with(
            "degree_history",
            vec![
                ("from_date", degree.from.to_string().into()),
                ("to_date", degree.to.to_string().into()),
                ("institution", degree.school.into()),
                ("major", degree.major.into()),
                ("training_mode", degree.mode.into()),
                ("qualification", degree.level.into()),
                ("classification", class.into()),
                ("country", "Việt Nam".into()),
                ("graduation_year", i64::from(degree.to.year()).into()),
                ("diploma_number", format!("{:06}/{}", dice.below(1_000_000), degree.to.year()).into()),
            ],
            dice.percent(30).then_some(("scan", Scan::Diploma)),
        );
    }
    let courses = &book.words.schools.courses;
    let now = Month::of(book.words.settings.as_of());
    let start = person.start();
    let years = now.since(start) / 12;
    let leads = person.post.is_some();
    let taught = |sheet: &mut Sheet, section: &'static str, at: Month, months: i32, school: &str, more: Vec<(&'static str, Value)>| {
        let mut row: Vec<(&'static str, Value)> =
            vec![("from_date", at.to_string().into()), ("to_date", (at + months).to_string().into()), ("institution", school.into())];
        row.extend(more);
        sheet.add(section, row);
    };
    let later = |dice: &mut Dice, least: i32| start + dice.between(least, (years * 12 - 14).max(least));
    let politics = match (leads, person.party_on.is_some()) {
        (true, true) if years >= 8 && dice.percent(60) => "cao_cap",
        (true, true) if years >= 4 => "trung_cap",
        (false, true) if years >= 5 && dice.percent(45) => "trung_cap",
        (_, true) if years >= 2 && dice.percent(60) => "so_cap",
        _ => "none",
    };
    if politics != "none" {
        let (school, mode) = match politics {
            "cao_cap" => (courses.politics_high.any(dice), "khong_tap_trung"),
            _ => (courses.politics.any(dice), "vua_lam_vua_hoc"),
        };
        let months = if politics == "so_cap" { 1 } else { 9 };
        let at = later(dice, 12);
        taught(sheet, "political_training", at, months, school, vec![("training_mode", mode.into()), ("level", politics.into())]);
    }
    let management = match (&person.profession.management, leads) {
        (Some(_), true) if years >= 6 => "chuyen_vien_chinh",
        (Some(level), _) if years >= 2 => level.as_str(),
        _ => "none",
    };
    if management != "none" {
        let name = if management == "chuyen_vien_chinh" {
            "Quản lý nhà nước ngạch chuyên viên chính"
        } else {
            "Quản lý nhà nước ngạch chuyên viên"
        };
        let at = later(dice, 6);
        let more = vec![("course_kind", "qlnn".into()), ("certificate", name.into())];
        taught(sheet, "professional_courses", at, 2, courses.administration.any(dice), more);
    }
    if let Some(course) = person.profession.course.as_deref().filter(|_| years >= 3 && dice.percent(80)) {
        let at = later(dice, 12);
        let schools = book.words.schools.group.get(&person.profession.group);
        let school = schools.map_or("", |group| group.dai_hoc.any(dice).as_str());
        taught(sheet, "professional_courses", at, 3, school, vec![("course_kind", "cdnn".into()), ("certificate", course.into())]);
    }
    let defence = if leads { Some("3") } else { (years >= 3 && dice.percent(60)).then_some("4") };
    if let Some(group) = defence {
        let at = later(dice, 12);
        let name = format!("Bồi dưỡng kiến thức quốc phòng, an ninh đối tượng {group}");
        taught(
            sheet,
            "defence_security_courses",
            at,
            1,
            courses.defence.any(dice),
            vec![("security_group", group.into()), ("certificate", name.into())],
        );
    }
    let (it, language) = certificates(book, person, start, sheet, dice);
    let highest = degrees.iter().max_by_key(|degree| rank(degree.level));
    let minority = person.ethnicity != "01";
    let own_language = match person.ethnicity {
        "02" | "07" => Some("tay_nung"),
        "03" => Some("thai"),
        "08" => Some("hmong"),
        "09" => Some("dao"),
        "06" => Some("muong"),
        "05" => Some("khmer"),
        "31" => Some("pako_taoi"),
        _ => None,
    };
    let language_words = match language {
        Some("b2") => "Tiếng Anh, bậc 4 (B2)",
        Some("b1") => "Tiếng Anh, bậc 3 (B1)",
        Some("a2") => "Tiếng Anh, bậc 2 (A2)",
        Some("chung_chi_b") => "Tiếng Anh, chứng chỉ B",
        _ => "Không",
    };
    sheet.add(
        "education_summary",
        vec![
            ("general_education", general(person, dice).into()),
            ("highest_qualification", highest.map_or("none", |degree| degree.level).into()),
            ("highest_qualification_major", highest.map_or("Không", |degree| degree.major).into()),
            ("political_theory", politics.into()),
            ("state_management", management.into()),
            ("foreign_language", language_words.into()),
            // Certificates A, B, C are no level of the frame of today.
            ("foreign_language_level", language.filter(|level| *level != "chung_chi_b").into()),
            ("it_level", it.into()),
            ("ethnic_language", own_language.filter(|_| minority).into()),
            ("defence_security_group", defence.into()),
        ],
    );
}

fn certificates(
    book: &Book,
    person: &Person<'_>,
    start: Month,
    sheet: &mut Sheet,
    dice: &mut Dice,
) -> (&'static str, Option<&'static str>) {
    if person.profession.is_worker() {
        return ("none", None);
    }
    let courses = &book.words.schools.courses;
    let at = start + -dice.between(2, 16);
    // Certificates A, B, C gave way to the frames of 2014 and 2016.
    let old = at.year() < 2016;
    let it = match (old, dice.percent(88)) {
        (_, false) => "none",
        (true, true) => "chung_chi_b",
        (false, true) => "co_ban",
    };
    if it != "none" {
        sheet.add(
            "it_certificates",
            vec![
                ("from_date", (at + -3).to_string().into()),
                ("to_date", at.to_string().into()),
                ("institution", courses.it.any(dice).as_str().into()),
                ("certificate", it.into()),
            ],
        );
    }
    let language = match (old, dice.below(100)) {
        (_, 0..20) => None,
        (true, _) => Some("chung_chi_b"),
        (false, 20..55) => Some("a2"),
        (false, 55..88) => Some("b1"),
        (false, _) => Some("b2"),
    };
    if let Some(level) = language {
        sheet.add(
            "language_certificates",
            vec![
                ("from_date", (at + -5).to_string().into()),
                ("to_date", (at + -1).to_string().into()),
                ("institution", courses.language.any(dice).as_str().into()),
                ("language", "en".into()),
                ("certificate", level.into()),
            ],
        );
    }
    (it, language)
}

fn degrees<'a>(book: &'a Book, person: &Person<'a>, dice: &mut Dice) -> Vec<Degree<'a>> {
    let Some(group) = book.words.schools.group.get(&person.profession.group).filter(|_| person.degree != "none") else { return Vec::new() };
    let major = person.profession.majors.any(dice).as_str();
    let months = match person.degree {
        "bac_si" => 69,
        "duoc_si" => 57,
        "trung_cap" => 21,
        "cao_dang" => 33,
        _ => 45,
    };
    // School ends in June and began in September, some months before work and not before eighteen.
    let left = Month::new(person.start().year() - i32::from(person.start().number() < 8), 6);
    let eighteen = Month::new(i32::from(person.born.year()) + 18, 9);
    let from = (left + -months).max(eighteen);
    let to = left.max(from + (months - 12));
    let mut all = vec![Degree { level: person.degree, from, to, school: school(group, person.degree, dice), major, mode: "chinh_quy" }];
    let now = Month::of(book.words.settings.as_of());
    let years = now.since(person.start()) / 12;
    let is_low = matches!(person.degree, "trung_cap" | "cao_dang");
    if is_low && years >= 6 && dice.percent(person.profession.upgrade) {
        let at = Month::new(person.start().year() + dice.between(2, (years - 4).clamp(2, 9)), 9);
        let mode = if at.year() < 2010 { "tai_chuc" } else { "vua_lam_vua_hoc" };
        all.push(Degree { level: "dai_hoc", from: at, to: at + 33, school: school(group, "dai_hoc", dice), major, mode });
    }
    let share = if person.post.is_some() { 35 } else { 9 };
    let has_first = all.last().is_some_and(|degree| rank(degree.level) >= 4);
    if has_first && years >= 8 && person.profession.specialist > 0 && dice.percent(person.profession.specialist) {
        let at = Month::new(person.start().year() + dice.between(4, years - 3), 10);
        all.push(Degree {
            level: "chuyen_khoa_1",
            from: at,
            to: at + 22,
            school: school(group, "dai_hoc", dice),
            major,
            mode: "tap_trung",
        });
    } else if has_first && years >= 7 && dice.percent(share) {
        let at = Month::new(person.start().year() + dice.between(3, years - 3), 10);
        let major = book.words.schools.courses.master_majors.get(&person.profession.group).map_or(major, String::as_str);
        all.push(Degree {
            level: "thac_si",
            from: at,
            to: at + 22,
            school: school(group, "dai_hoc", dice),
            major,
            mode: "khong_tap_trung",
        });
    }
    all
}

fn school<'a>(group: &'a SchoolGroup, level: &str, dice: &mut Dice) -> &'a str {
    match level {
        "trung_cap" => group.trung_cap.any(dice),
        "cao_dang" => group.cao_dang.any(dice),
        _ => group.dai_hoc.any(dice),
    }
}

fn rank(level: &str) -> u8 {
    match level {
        "trung_cap" => 2,
        "cao_dang" => 3,
        "dai_hoc" | "bac_si" | "duoc_si" => 4,
        "chuyen_khoa_1" | "thac_si" => 5,
        _ => 0,
    }
}

/// Until the reform that reached the grade of 1993 school took ten years in the north.
fn general(person: &Person<'_>, dice: &mut Dice) -> &'static str {
    let ten = person.born.year() < 1974 && person.old_province.parse::<u32>().unwrap_or_default() < 44;
    match (ten, person.degree, dice.percent(92)) {
        (_, "none", false) => "9_12",
        (true, _, true) => "10_10",
        (true, _, false) => "10_10_bt",
        (false, _, true) => "12_12",
        (false, _, false) => "12_12_bt",
    }
}
