//! `hoso check`: the data that ships is sound, and damage is named by file, key and reason.

use law::{DataSource, check};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap_or_else(|error| panic!("{}: {error}", to.display()));
    for entry in fs::read_dir(from).into_iter().flatten().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
        }
    }
}

/// The data with one replacement made in one file, and what is said of it.
fn damaged(file: &str, from: &str, to: &str) -> Vec<String> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let place = format!("hoso-check-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let folder: PathBuf = std::env::temp_dir().join(place);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data"), &folder);
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let faults = check(&DataSource::Folder(folder.clone()));
    fs::remove_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    faults.0.iter().map(ToString::to_string).collect()
}

#[test]
fn the_data_that_ships_has_no_faults() {
    let faults = check(&DataSource::Embedded);

    assert!(faults.0.is_empty(), "{faults}");
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let said = damaged("regulations/yen-bai-2020.toml", "days = 0", "dayz = 0");

    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("regulations/yen-bai-2020.toml: dòng "), "{said:?}");
    assert!(said[0].contains("dayz"), "{said:?}");
}

#[test]
fn articles_must_exist_belong_to_the_regulation_or_say_why_not() {
    let file = "regulations/yen-bai-2020.toml";

    assert_eq!(
        damaged(file, "article = \"YB-12.1\"", "article = \"YB-99.1\""),
        [format!("{file}: deadline.move_internal: không có điều YB-99.1 trong clauses.toml")]
    );
    assert_eq!(
        damaged(file, "article = \"YB-12.1\"", "article = \"LS-8.1\""),
        [format!("{file}: deadline.move_internal: điều LS-8.1 thuộc quy chế khác, phải bắt đầu bằng YB-")]
    );
    assert_eq!(
        damaged(file, "article = \"YB-12.1\"", "article = \"silent\"\nsilent = true"),
        [format!("{file}: deadline.move_internal: quy chế im lặng thì phải nêu lý do (why)")]
    );
    assert!(damaged(file, "article = \"YB-12.1\"", "").iter().any(|fault| fault.contains("article")));
}

#[test]
fn a_hint_is_one_short_sentence_for_those_who_fill_in() {
    let file = "dossier/sections/02-identity.toml";
    let told = |hint: &str| damaged(file, "hint = \"12 chữ số trên thẻ căn cước\"", &format!("hint = \"{hint}\""));

    assert_eq!(
        told("Xem salary_scales.toml"),
        [format!("{file}: personal_id_number: gợi ý (hint) nói với người nhập, không nói với người lập trình")]
    );
    assert!(told("12 chữ số.")[0].ends_with("không có dấu chấm cuối"));
    assert!(told(&"12 chữ số ".repeat(20))[0].ends_with("dài quá một dòng"));
}

#[test]
fn a_missing_term_is_named() {
    let said = damaged("regulations/yen-bai-2020.toml", "id = \"move_internal\"", "id = \"move_inside\"");

    let file = "regulations/yen-bai-2020.toml";
    assert!(said.contains(&format!("{file}: deadline: thiếu move_internal")), "{said:?}");
    assert!(said.contains(&format!("{file}: deadline.move_inside: mã không có trong mười hai mã quy định")), "{said:?}");
}

#[test]
fn codes_that_mean_two_things_on_a_day_are_refused() {
    let said = damaged("catalogues/provinces.toml", "effective_to = \"2025-06-30\"", "effective_to = \"2025-07-01\"");

    assert!(said.iter().any(|fault| fault.ends_with("trùng mã trong cùng thời gian hiệu lực")), "{said:?}");
    let said = damaged("law/base-salary.toml", "effective_from = 2024-07-01", "effective_from = 2023-07-01");
    assert!(said.iter().any(|fault| fault.ends_with("trùng thời gian hiệu lực")), "{said:?}");
}

#[test]
fn codes_that_do_not_exist_are_refused() {
    let section = "dossier/sections/02-identity.toml";
    assert_eq!(
        damaged(section, "catalogue = \"genders\"", "catalogue = \"sexes\""),
        [
            format!("{section}: gender: không có danh mục sexes"),
            "dossier/roster/roster.toml: gender: danh mục khác với trường identity.gender".to_owned(),
        ]
    );
    let said = damaged("crosswalk.toml", "\"vien_chuc\"", "\"vien_chuk\"");
    assert_eq!(said, ["crosswalk.toml: subject.public_employee: không có mã vien_chuk trong personnel_types"]);
    let said = damaged("regulations/yen-bai-2020.toml", "\"oversee_usage\"", "\"oversee_use\"");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("không có quyền oversee_use"), "{said:?}");
}

#[test]
fn forms_and_roster_must_agree_with_the_fields() {
    let form = "dossier/forms/2C-2008.toml";
    let said = damaged(form, "fields = [\"identity.ethnicity\"]", "fields = []");
    assert_eq!(said, [format!("{form}: mục 6: thiếu trường identity.ethnicity")]);
    let said = damaged("dossier/roster/roster.toml", "from = \"identity.gender\"", "from = \"identity.sex\"");
    assert_eq!(said, ["dossier/roster/roster.toml: gender: không có trường identity.sex"]);
}

#[test]
fn a_clause_that_is_done_or_outside_must_show_why() {
    let law = law::Law::load(&DataSource::Embedded).unwrap_or_else(|faults| panic!("{faults}"));
    let open = law.clauses.all.iter().find(|clause| clause.status == law::Status::Open).map(|clause| clause.id.as_str());
    let Some(open) = open else { panic!("no clause is open") };
    let said = damaged("clauses.toml", "status = \"open\"", "status = \"done\"");
    assert_eq!(said, [format!("clauses.toml: {open}: đã xong (done) phải nêu phép thử hoặc trang (tests)")]);
    let said = damaged("clauses.toml", "status = \"open\"", "status = \"outside\"");
    assert_eq!(said, [format!("clauses.toml: {open}: ngoài phạm vi (outside) phải ghi lý do (reason)")]);
}

#[test]
fn a_calendar_that_does_not_add_up_is_refused() {
    let said =
        damaged("law/holidays.toml", "day_off = 2026-08-31\nday_worked = 2026-08-22", "day_off = 2026-08-31\nday_worked = 2026-08-21");

    assert!(said.iter().any(|fault| fault.contains("2026-08-31: hoán đổi phải là")), "{said:?}");
    assert!(said.iter().any(|fault| fault.contains("year_summary 2026")), "{said:?}");
}
