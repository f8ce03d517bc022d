//! The five regulations, as loaded.

use law::{DataSource, Law, regulation::RoleScope};

#[test]
fn five_regulations_load_with_everything_they_say() {
    let law = Law::load(&DataSource::Embedded).unwrap();

    let codes: Vec<&str> = law.regulations.iter().map(|regulation| regulation.code()).collect();
    assert_eq!(codes, ["dong-thap-2014", "hue-health-2017", "lang-son-2022", "vinh-phuc-2024", "yen-bai-2020"]);
    for regulation in &law.regulations {
        assert_eq!(regulation.deadlines.len(), 12, "{}", regulation.code());
        assert_eq!(regulation.workflows.len(), 12, "{}", regulation.code());
        assert_eq!(regulation.decision_types.len(), 16, "{}", regulation.code());
    }
}

#[test]
fn a_role_permits_what_is_written_and_what_is_implied() {
    let law = Law::load(&DataSource::Embedded).unwrap();
    let dong_thap = law.regulation("dong-thap-2014").unwrap();

    let unit = dong_thap.roles.iter().find(|role| role.appendix_row == Some(3)).unwrap();

    assert!(!unit.permissions.iter().any(|given| given == "create_record"));
    assert!(unit.permits("create_record"));
    assert!(unit.all_permissions().contains(&"administer_unit"));
    assert_eq!(dong_thap.role("person").unwrap().scope, RoleScope::OwnRecord);
}

#[test]
fn a_regulation_without_a_date_waits_until_someone_enters_it() {
    let law = Law::load(&DataSource::Embedded).unwrap();
    let hue = law.regulation("hue-health-2017").unwrap();
    assert!(hue.waits_for_activation());

    let active = hue.activated("1234/QĐ-SYT", "2017-07-01".parse().unwrap());

    assert!(!active.waits_for_activation());
    assert_eq!(active.identity.number, "1234/QĐ-SYT");
}

#[test]
fn each_regulation_says_on_which_form_a_person_declares() {
    let law = Law::load(&DataSource::Embedded).unwrap();
    let form = |regulation: &str, personnel_type: &str| {
        law.declaration_form(law.regulation(regulation).unwrap(), personnel_type).unwrap().key.clone()
    };

    assert_eq!(form("yen-bai-2020", "cong_chuc"), "eCBCCVC-2016");
    assert_eq!(form("dong-thap-2014", "vien_chuc"), "2C-2008");
    assert_eq!(form("vinh-phuc-2024", "vien_chuc"), "TT06-2023");
    assert_eq!(form("vinh-phuc-2024", "nguoi_lao_dong"), "TT05-2023-II");
    assert_eq!(form("lang-son-2022", "cong_chuc"), "2C-2008");
}
