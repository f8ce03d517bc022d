//! Every role of every regulation, walked over every address.

use super::{house::filled, site::Site};
use crate::{access, all_routes};
use axum::http::Method;

const REGULATIONS: &[&str] = &["yen-bai-2020", "lang-son-2022", "dong-thap-2014", "vinh-phuc-2024", "hue-health-2017"];

/// At which unit of the small province somebody of a role sits.
fn seat(site: &Site, scope: law::regulation::RoleScope) -> i64 {
    use law::regulation::RoleScope;
    match scope {
        RoleScope::Province | RoleScope::Department | RoleScope::System | RoleScope::Accounts => site.province,
        RoleScope::OwnBody | RoleScope::OwnAndSubordinate => site.health,
        RoleScope::OwnUnit | RoleScope::UsedByUnit | RoleScope::OwnRecord => site.hospital,
    }
}

#[tokio::test]
async fn nobody_of_any_role_sees_a_dossier_outside_their_area_at_any_address() {
    for regulation in REGULATIONS {
        let site = Site::under(regulation).await;
        for role in &site.app.law.regulation(regulation).unwrap().roles {
            let seat = seat(&site, role.scope);
            let own = (role.code == "person").then_some(site.mai);
            let login = site.account(&role.code, seat, own).await;
            let mut browser = site.sign_in(&login).await;
            let whole = seat == site.province && role.all_permissions().contains(&"view_record");
            for (method, path) in all_routes().list() {
                if matches!(*path, "/dang-xuat" | "/dang-nhap" | "/mat-khau") {
                    continue;
                }
                let address = filled(path, site.an);
                let answer = match *method {
                    Method::GET => browser.open(&address).await,
                    _ => browser.submit(&address, &[]).await,
                };
                assert!(!answer.status.is_server_error(), "{regulation} {}: {method} {path} broke: {}", role.code, answer.body);
                if !whole {
                    assert!(!answer.body.contains("Nguyễn Đức An"), "{regulation} {}: {method} {path} shows a stranger's name", role.code);
                }
            }
        }
    }
}

#[tokio::test]
async fn the_head_of_a_sibling_unit_finds_nothing_of_this_one() {
    for regulation in REGULATIONS {
        let site = Site::under(regulation).await;
        if !site.app.law.regulation(regulation).unwrap().roles.iter().any(|role| role.code == "unit_head") {
            continue;
        }
        let mut head = site.sign_in_as("unit_head", site.finance).await;
        for (method, path) in all_routes().list().iter().filter(|(_, path)| *path != "/dang-xuat") {
            let address = filled(path, site.mai);
            let answer = match *method {
                Method::GET => head.open(&address).await,
                _ => head.submit(&address, &[]).await,
            };
            answer.misses("Lò Thị Mai");
            assert!(!answer.status.is_server_error(), "{regulation}: {method} {path} broke: {}", answer.body);
        }
    }
}

/// The appendix of Đồng Tháp, row by row: role, seat, may open Mai (hospital of Sở Y tế), may open An (Sở Tài chính), may write, keeps accounts.
const APPENDIX: &[(&str, &str, &str, bool, bool, bool, bool)] = &[
    ("DT-PL.1", "province_leader", "province", true, true, false, false),
    ("DT-PL.2", "unit_head", "health", true, false, false, false),
    ("DT-PL.3", "unit_admin", "health", true, false, true, true),
    ("DT-PL.4", "person", "hospital", true, false, false, false),
    ("DT-PL.5", "system_admin", "province", true, true, true, true),
];

#[tokio::test]
async fn the_appendix_of_dong_thap_holds_row_by_row() {
    let site = Site::under("dong-thap-2014").await;
    for (article, role, seat, mai, an, writes, keeps_accounts) in APPENDIX {
        let unit = match *seat {
            "province" => site.province,
            "health" => site.health,
            _ => site.hospital,
        };
        let own = (*role == "person").then_some(site.mai);
        let known = site.app.law.regulation("dong-thap-2014").unwrap().roles.iter().find(|known| known.code == *role).unwrap();
        assert_eq!(known.article, *article);
        let login = site.account(role, unit, own).await;
        let mut browser = site.sign_in(&login).await;
        let opens = async |browser: &mut super::site::Browser, id: i64| browser.open(&format!("/ho-so/{id}")).await.status.as_u16() == 200;
        assert_eq!(opens(&mut browser, site.mai).await, *mai, "{article} and Mai");
        assert_eq!(opens(&mut browser, site.an).await, *an, "{article} and An");
        let form = browser.open(&format!("/ho-so/{}/muc/identity", site.mai)).await;
        assert_eq!(form.status.as_u16() == 200, *writes, "{article} writes: {}", form.status);
        assert_eq!(browser.open("/tai-khoan").await.status.as_u16() == 200, *keeps_accounts, "{article} keeps accounts");
    }
}

#[test]
fn every_permission_with_an_address_stands_in_a_role_table() {
    let law = law::Law::load(&law::DataSource::Embedded).unwrap();
    let given: Vec<&str> =
        law.regulations.iter().flat_map(|regulation| &regulation.roles).flat_map(|role| role.all_permissions()).collect();
    for code in access::CODES {
        assert!(given.contains(code), "no role gives {code}");
    }
}
