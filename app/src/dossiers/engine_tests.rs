//! The rules over typed rows, on the data that ships.

use super::{
    checks::{Around, Checked, Person, Typed, check},
    line::{Line, Shape},
};
use jiff::civil::{Date, date};
use law::{DataSource, Law, Sensitivity};
use std::sync::LazyLock;
use vault::Value;

static LAW: LazyLock<Law> = LazyLock::new(|| Law::load(&DataSource::Embedded).unwrap());
const TODAY: Date = date(2026, 11, 24);

fn typed(pairs: &[(&str, &str)]) -> Typed {
    pairs.iter().map(|(column, text)| ((*column).to_owned(), (*text).to_owned())).collect()
}

fn checked(section: &str, pairs: &[(&str, &str)]) -> Checked {
    among(section, pairs, &[])
}

fn among(section: &str, pairs: &[(&str, &str)], others: &[&[(&str, &str)]]) -> Checked {
    let shape = Shape::new(&LAW, LAW.section(section).unwrap());
    let person = Person { born: "1985-03-14".into() };
    let around = |others| Around { stored: None, others, person: &person, today: TODAY, level: Sensitivity::Secret };
    let line = |pairs: &&[(&str, &str)]| {
        let done = check(&shape, &typed(pairs), &around(&[]));
        assert!(done.problems.is_empty(), "{:?}", done.problems);
        let value = |name: &str| done.set.iter().find(|(column, _)| column == name).map_or(Value::Null, |(_, value)| value.clone());
        Line { values: shape.columns.iter().map(|(_, column)| value(&column.name)).collect(), ..Line::default() }
    };
    let others: Vec<Line> = others.iter().map(line).collect();
    check(&shape, &typed(pairs), &around(&others))
}

fn problem(checked: &Checked, field: &str) -> String {
    checked.problems.iter().find(|(at, _)| *at == field).map(|(_, sentence)| sentence.to_owned()).unwrap_or_default()
}

fn warning(checked: &Checked, field: &str) -> String {
    checked.warnings.iter().find(|(at, _)| *at == field).map(|(_, sentence)| sentence.to_owned()).unwrap_or_default()
}

#[test]
fn a_personal_number_of_another_length_is_refused_and_its_structure_only_remarked_on() {
    let short = checked("identity", &[("personal_id_number", "02018500412")]);
    assert_eq!(problem(&short, "personal_id_number"), "Số định danh cá nhân có 11 chữ số, cần 12");

    let person = [("birth_date", "14/03/1985"), ("gender", "Nữ")];
    let with = |number: &'static str| checked("identity", &[person[0], person[1], ("personal_id_number", number)]);
    let right = with("020 185 004 127");
    assert!(right.problems.is_empty() && right.warnings.is_empty(), "{right:?}");
    assert!(right.set.contains(&("personal_id_number".into(), "020185004127".into())));
    assert!(warning(&with("020085004127"), "personal_id_number").contains("giới tính"));
    assert!(warning(&with("020184004127"), "personal_id_number").contains("năm sinh 1985"));
    assert!(warning(&with("020385004127"), "personal_id_number").contains("năm sinh 1985"));
    assert!(warning(&with("999185004127"), "personal_id_number").contains("mã tỉnh"));
    assert!(with("999185004127").problems.is_empty());
}

#[test]
fn insurance_tax_and_phone_numbers_have_their_lengths() {
    let section = "insurance_tax_bank";
    for number in ["1012345678", "020185004127"] {
        assert!(checked(section, &[("social_insurance_number", number)]).problems.is_empty(), "{number}");
    }
    assert_eq!(
        problem(&checked(section, &[("social_insurance_number", "101234567")]), "social_insurance_number"),
        "Mã số BHXH có 9 chữ số, cần 10 hoặc 12"
    );
    assert!(checked(section, &[("tax_code", "0123456789-001")]).problems.is_empty());
    assert!(checked(section, &[("health_insurance_number", "GD4250012345678")]).problems.is_empty());
    assert!(!checked(section, &[("health_insurance_number", "G4250012345678")]).problems.is_empty());
    let phone = checked("contact", &[("mobile_phone", "+84 912 345 018")]);
    assert_eq!(phone.set, vec![("mobile_phone".into(), "0912345018".into())]);
    assert_eq!(problem(&checked("contact", &[("mobile_phone", "9912345018")]), "mobile_phone"), "Số điện thoại di động bắt đầu bằng 0");
}

#[test]
fn an_old_identity_card_has_nine_digits_and_a_passport_begins_with_a_letter() {
    let row = |kind: &'static str, number: &'static str| {
        checked("identity_documents", &[("document_type", kind), ("number", number), ("issue_date", "01/01/2010"), ("is_current", "false")])
    };
    assert!(row("cmnd_9", "080123456").problems.is_empty());
    assert!(problem(&row("cmnd_9", "0801234567"), "number").contains("cần 9 chữ số"));
    assert!(row("passport", "C1234567").problems.is_empty());
    assert!(problem(&row("passport", "1234567"), "number").contains("1 chữ cái in hoa và 7 hoặc 8 chữ số"));
    let early = checked(
        "identity_documents",
        &[("document_type", "cccd"), ("number", "020185004127"), ("issue_date", "01/01/1984"), ("is_current", "x")],
    );
    assert_eq!(problem(&early, "issue_date"), "Ngày cấp trước ngày sinh 14/03/1985");
}

#[test]
fn days_of_one_row_stand_in_order_and_not_in_the_future() {
    let wrong = checked("degree_history", &[("from_date", "09/2007"), ("to_date", "06/2003")]);
    assert_eq!(problem(&wrong, "to_date"), "Đến tháng/năm phải sau từ tháng/năm");
    assert!(checked("degree_history", &[("from_date", "2007"), ("to_date", "06/2007")]).problems.is_empty());
    let same = checked("probation", &[("start_date", "01/01/2020"), ("end_date", "01/01/2020")]);
    assert!(!problem(&same, "end_date").is_empty());
    assert_eq!(
        problem(&checked("dossier_header", &[("declared_on", "25/11/2026")]), "declared_on"),
        "Ngày khai không được sau hôm nay 24/11/2026"
    );
    assert!(checked("dossier_header", &[("declared_on", "24/11/2026")]).problems.is_empty());
    assert!(
        warning(&checked("party_membership", &[("is_member", "true"), ("admitted_on", "03/02/2000")]), "admitted_on")
            .contains("chưa đủ 18 tuổi")
    );
}

#[test]
fn two_posts_at_one_time_are_remarked_on_unless_one_is_held_besides() {
    let first: &[(&str, &str)] =
        &[("from_date", "09/2007"), ("to_date", "12/2012"), ("unit_text", "Trường A"), ("position_text", "Giáo viên")];
    let next = |from: &'static str, post: &'static str| {
        among("work_history", &[("from_date", from), ("unit_text", "Phòng B"), ("position_text", post)], &[first])
    };
    assert!(warning(&next("01/2010", "Chuyên viên"), "from_date").contains("chồng lên dòng 09/2007 đến 12/2012"));
    assert!(next("01/2010", "Kiêm nhiệm Tổ trưởng").warnings.is_empty());
    assert!(next("12/2012", "Chuyên viên").warnings.is_empty());
    let salary: &[(&str, &str)] =
        &[("from_date", "01/2018"), ("to_date", "12/2020"), ("rank_code", "01.003"), ("grade_step", "4"), ("coefficient", "3,33")];
    let twice = among("salary_history", &[("from_date", "06/2020"), ("to_date", "12/2022")], &[salary]);
    assert!(problem(&twice, "from_date").contains("chồng lên"));
}

#[test]
fn a_code_is_understood_by_code_by_words_and_as_it_is_offered() {
    for text in ["01.003", "01.003 · Chuyên viên", "Chuyên viên", "chuyen vien"] {
        let done = checked("rank_current", &[("rank_code", text), ("rank_name", "")]);
        assert!(done.set.contains(&("rank_code".into(), "01.003".into())), "{text}: {done:?}");
        assert!(done.set.contains(&("rank_name".into(), "Chuyên viên".into())), "{text}: {done:?}");
    }
    assert!(problem(&checked("rank_current", &[("rank_code", "99.999")]), "rank_code").starts_with("Không có “99.999” trong danh mục"));
    assert!(checked("current_position", &[("position", "Trưởng ban Điều phối nông thôn mới")]).problems.is_empty());
    assert!(!problem(&checked("family_own", &[("relation", "cha_vc")]), "relation").is_empty());
}

#[test]
fn a_commune_must_lie_inside_the_province_of_the_address() {
    let address = |model: &'static str, province: &'static str, commune: &'static str| {
        checked(
            "origin_and_residence",
            &[("hometown_model", model), ("hometown_province_code", province), ("hometown_commune_code", commune)],
        )
    };
    let fine = address("two_level", "Thành phố Hà Nội", "Phường Ba Đình");
    assert!(fine.problems.is_empty(), "{fine:?}");
    assert!(fine.set.contains(&("hometown_commune_code".into(), "00004".into())));
    assert!(!problem(&address("two_level", "Tỉnh Cao Bằng", "Phường Ba Đình"), "hometown_commune_code").is_empty());
    assert!(!problem(&address("abroad", "Tỉnh Cao Bằng", ""), "hometown_province_code").is_empty());
}

#[test]
fn every_field_of_every_section_takes_a_value_and_shows_it_again() {
    let person = Person::default();
    for section in &LAW.sections {
        let shape = Shape::new(&LAW, section);
        for (place, spot) in shape.spots().enumerate() {
            let offered = super::codes::offered(spot, "", TODAY);
            let text = match spot.column.kind {
                law::Kind::Date => "14/03/2015".to_owned(),
                law::Kind::PartialDate => "03/2015".to_owned(),
                law::Kind::Int => "7".to_owned(),
                law::Kind::Decimal => "2,34".to_owned(),
                law::Kind::Bool => "true".to_owned(),
                law::Kind::File => "12".to_owned(),
                law::Kind::Enum => offered.first().unwrap_or_else(|| panic!("{} has no codes", spot.column.name)).code.clone(),
                _ if spot.field.kind == law::Kind::Address && spot.column.part.ends_with("code") => continue,
                _ if spot.column.part == "model" => "two_level".to_owned(),
                _ => "chữ".to_owned(),
            };
            let value = super::value::read(spot, &text, &Value::Null, TODAY, &|_| String::new());
            let value = value.unwrap_or_else(|sentence| panic!("{}.{}: {sentence}", section.key, spot.column.name));
            let edit = super::value::edit(spot, &value);
            let again = super::value::read(spot, &edit, &value, TODAY, &|_| String::new());
            assert_eq!(again, Ok(value.clone()), "{}.{} {place}: {edit}", section.key, spot.column.name);
            assert!(!super::value::show(spot, &value).is_empty());
        }
        let around = Around { stored: None, others: &[], person: &person, today: TODAY, level: Sensitivity::Secret };
        check(&shape, &Typed::new(), &around);
    }
}
