//! Clauses that several regulations share in nearly the same words, each under the regulation that has it.

use super::site::{Answer, Browser, PASSWORD, Site};
use crate::access::ViewAudit;
use std::process::{Command, Stdio};
use vault::Read;

const AGREED: [(&str, &str); 4] = [("operator", "Hà Thị Mẫu"), ("number", "12/SNV"), ("signed_on", "01/11/2026"), ("issuer", "Sở Nội vụ")];
/// Regulations under which an operator keeps the records of a unit.
const KEPT_BY_OPERATORS: &[&str] = &["yen-bai-2020", "lang-son-2022", "dong-thap-2014", "hue-health-2017"];

fn version(form: &Answer) -> String {
    form.is(200).body.split("name=\"phien_ban\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn printed(browser: &mut Browser, dossier: i64) -> String {
    let pdf = browser.open(&format!("/ho-so/{dossier}/in/2C-2008")).await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &pdf.is(200).bytes).unwrap();
    let run = Command::new("pdftotext").arg("-raw").arg(file.path()).arg("-").stderr(Stdio::null()).output();
    String::from_utf8(run.expect("pdftotext of poppler-utils").stdout).unwrap().replace(['\u{2060}', '\u{200b}'], "")
}

#[tokio::test]
async fn printed_links_begin_with_the_address_of_each_regulation_that_names_one() {
    for regulation in ["lang-son-2022", "dong-thap-2014", "hue-health-2017"] {
        let site = Site::under(regulation).await;
        let named = site.app.law.regulation(regulation).unwrap().identity.url.clone();
        let address = format!("https://{}", named.split("://").nth(1).unwrap().trim_end_matches('/'));
        let mut admin = site.sign_in_as("system_admin", site.province).await;
        let text = printed(&mut admin, site.mai).await;
        assert!(text.contains(&format!("{address}/ho-so/{}", site.mai)), "{regulation} at {address}: {text}");
    }
}

#[tokio::test]
async fn a_dossier_names_its_unit_and_a_correction_keeps_both_values_under_every_regulation() {
    for regulation in KEPT_BY_OPERATORS {
        let site = Site::under(regulation).await;
        let mut clerk = site.sign_in_as("operator", site.hospital).await;
        clerk.open(&format!("/ho-so/{}", site.mai)).await.is(200).sees("Bệnh viện Đa khoa");
        let address = format!("/ho-so/{}/muc/identity", site.mai);
        let seen = version(&clerk.open(&address).await);
        let correct = [("phien_ban", seen.as_str()), ("full_name", "Lò Thị Mây"), ("ly_do", "theo giấy khai sinh")];
        clerk.submit(&address, &correct).await.is(303);
        let history = clerk.open(&format!("/ho-so/{}/lich-su?muc=identity", site.mai)).await;
        history.is(200).sees("<del>Lò Thị Mai</del> <ins>Lò Thị Mây</ins>").sees("theo giấy khai sinh");
    }
}

#[tokio::test]
async fn whoever_keeps_the_records_of_a_unit_writes_lists_and_takes_out_and_does_not_administer() {
    for regulation in ["yen-bai-2020", "lang-son-2022", "hue-health-2017"] {
        let site = Site::under(regulation).await;
        let mut clerk = site.sign_in_as("operator", site.hospital).await;
        clerk.open(&format!("/ho-so/{}/muc/identity", site.mai)).await.is(200);
        clerk.open("/ho-so").await.is(200).sees("Lò Thị Mai").misses("Nguyễn Đức An").sees("Kết xuất danh sách");
        clerk.open("/tong-hop").await.is(200).sees("Bệnh viện Đa khoa");
        for address in ["/quan-tri", "/tai-khoan", "/tai-khoan/moi", "/sao-luu", "/quan-tri/truong-rieng"] {
            clerk.open(address).await.is(403);
        }
        let an = site.an.to_string();
        clerk.open(&format!("/ho-so/{an}")).await.is(404);
        clerk.open(&format!("/ho-so/{an}/muc/identity")).await.is(404);
    }
}

#[tokio::test]
async fn home_affairs_alone_gives_accounts_and_opens_any_dossier_on_the_record() {
    for regulation in ["yen-bai-2020", "lang-son-2022"] {
        let site = Site::under(regulation).await;
        let unit = site.finance.to_string();
        let fields = [("unit", unit.as_str()), ("role", "operator"), ("kind", "unit"), ("login", "so-tai-chinh"), ("name", "Sở Tài chính")];
        let mut clerk = site.sign_in_as("operator", site.hospital).await;
        clerk.submit("/tai-khoan/moi", &[&fields[..], &AGREED].concat()).await.is(403);
        let mut admin = site.sign_in_as("system_admin", site.province).await;
        admin.submit("/tai-khoan/moi", &[&fields[..], &AGREED].concat()).await.is(200).sees("<code>");
        for dossier in [site.mai, site.an] {
            admin.open(&format!("/ho-so/{dossier}")).await.is(200);
            admin.open(&format!("/ho-so/{dossier}/lich-su?xem=mo")).await.is(200).sees("Tài khoản kiểm thử");
        }
    }
}

#[tokio::test]
async fn both_offices_of_hue_give_accounts_and_the_second_reads_no_dossier() {
    let site = Site::under("hue-health-2017").await;
    for (role, login) in [("system_admin", "bv-mot"), ("co_admin", "bv-hai")] {
        let unit = site.hospital.to_string();
        let fields = [("unit", unit.as_str()), ("role", "operator"), ("kind", "unit"), ("login", login), ("name", "Bệnh viện Đa khoa")];
        let mut office = site.sign_in_as(role, site.province).await;
        office.submit("/tai-khoan/moi", &[&fields[..], &AGREED].concat()).await.is(200).sees("<code>");
    }
    let console = site.app.db.console_viewer(site.app.db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let opened = "SELECT DISTINCT e.account_id FROM {audit_entries} e WHERE e.act = 'account.open' AND e.diff LIKE $1";
    let mut offices = Vec::new();
    for login in ["%bv-mot%", "%bv-hai%"] {
        let rows = site.app.db.read(&console.may::<ViewAudit>().unwrap()).rows(opened, &[login.into()]).await.unwrap();
        offices.extend(rows.iter().map(|row| row.int("account_id").unwrap()));
    }
    assert!(offices.len() == 2 && offices[0] != offices[1], "the record says which office gave which account: {offices:?}");
    let mut second = site.sign_in_as("co_admin", site.province).await;
    for address in [format!("/ho-so/{}", site.mai), "/ho-so".to_owned(), format!("/ho-so/{}/lich-su", site.mai)] {
        let answer = second.open(&address).await;
        assert!(matches!(answer.status.as_u16(), 403 | 404), "{address}: {}", answer.status);
        answer.misses("Lò Thị Mai");
    }
}

#[tokio::test]
async fn nothing_that_stood_in_a_dossier_can_be_erased_by_anybody() {
    for regulation in ["dong-thap-2014", "hue-health-2017"] {
        let site = Site::under(regulation).await;
        for (method, path) in crate::all_routes().list() {
            assert!(matches!(*method, axum::http::Method::GET | axum::http::Method::POST), "{method} {path}");
        }
        let mut admin = site.sign_in_as("system_admin", site.province).await;
        let at = format!("/ho-so/{}/muc/rewards", site.mai);
        let row = [("phien_ban", "0"), ("form", "Giấy khen của giám đốc"), ("decision_number", "12/QĐ-KT"), ("xac_nhan", "1")];
        admin.submit(&at, &row).await;
        let page = admin.open(&at).await;
        let shown = page.is(200).body.split("?dong=").filter_map(|rest| rest.split('"').next()?.parse::<i64>().ok()).next();
        let Some(id) = shown else { panic!("no row was written: {}", page.body) };
        let seen = version(&admin.open(&format!("{at}?dong={id}")).await);
        let out = [("dong", id.to_string()), ("phien_ban", seen), ("ly_do", "ghi nhầm người".into())];
        let out: Vec<(&str, &str)> = out.iter().map(|(name, text)| (*name, text.as_str())).collect();
        admin.submit(&format!("{at}/bo"), &out).await.is(303);
        let history = admin.open(&format!("/ho-so/{}/lich-su?muc=rewards", site.mai)).await;
        history.is(200).sees("12/QĐ-KT").sees("ghi nhầm người");
    }
}

#[tokio::test]
async fn an_account_that_home_affairs_closes_cannot_sign_in() {
    let site = Site::under("dong-thap-2014").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let login = site.account("unit_admin", site.finance, None).await;
    site.sign_in(&login).await;
    let list = admin.open(&format!("/tai-khoan?q={login}")).await;
    let id = list.body.split("/tai-khoan/").filter_map(|rest| rest.split('"').next()?.parse::<i64>().ok()).next().unwrap();
    admin.submit(&format!("/tai-khoan/{id}/trang-thai"), &[("state", "suspended")]).await.is(303);
    site.stranger().submit("/dang-nhap", &[("login", &login), ("password", PASSWORD)]).await.is(422);
}
