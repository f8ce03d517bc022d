//! The first page, as each role sees it.

use super::pages::HomePage;
use crate::{page::Page, tests::site::Site};

#[tokio::test]
async fn a_clerk_sees_what_waits_and_where_to_go() {
    let site = Site::yen_bai().await;
    site.person(site.hospital, "Đỗ Thị Dung", "2", "1991", "").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let page = clerk.open("/").await;
    page.is(200).sees("hồ sơ chưa đầy đủ").sees("<b>2</b>").sees("href=\"/don-vi\"").sees("href=\"/ho-so\"").sees("href=\"/quy-che\"");
    clerk.open("/ho-so?dd=chua-du&xep=completeness").await.sees("2 hồ sơ");
}

#[tokio::test]
async fn a_person_is_led_to_their_own_dossier_and_nowhere_else() {
    let site = Site::under("dong-thap-2014").await;
    let login = site.account("person", site.hospital, Some(site.mai)).await;
    let mut mai = site.sign_in(&login).await;
    let page = mai.open("/").await;
    page.is(200).sees(&format!("/ho-so/{}", site.mai)).misses("hồ sơ chưa đầy đủ").misses("Nguyễn Đức An");
}

#[tokio::test]
async fn health_is_told_to_strangers_without_a_word_about_data() {
    let site = Site::yen_bai().await;
    let answer = site.stranger().open("/suc-khoe").await;
    assert_eq!(answer.is(200).body, format!("{{\"status\":\"ok\",\"version\":\"{}\"}}", env!("CARGO_PKG_VERSION")));
}

#[tokio::test]
async fn every_sample_of_the_first_page_renders() {
    let site = Site::yen_bai().await;
    for page in HomePage::samples() {
        let may = minijinja::context! { search => true };
        let frame = minijinja::context! { nav => Vec::<String>::new(), may, person => "", role => "", unit_name => "", regulation => "", assets => "", version => "", today => "" };
        let page = minijinja::Value::from_serialize(&page);
        site.app.templates.get_template(HomePage::TEMPLATE).unwrap().render(minijinja::context! { frame, ..page }).unwrap();
    }
}
