//! The regulation, as anybody signed in reads it.

use super::pages::{ListPage, RegulationPage};
use crate::{page::Page, tests::site::Site};

#[tokio::test]
async fn everybody_reads_the_regulation_of_their_unit_with_its_values() {
    let site = Site::yen_bai().await;
    let mut head = site.sign_in_as("unit_head", site.finance).await;
    let led = head.open("/quy-che").await;
    assert_eq!(led.location(), Some("/quy-che/yen-bai-2020"));
    let page = head.follow(&led).await;
    page.is(200).sees("1980/QĐ-UBND").sees("id=\"YB-12.2\"").sees("5 ngày làm việc, kể từ ngày quyết định có hiệu lực");
    page.sees("Mặc định, quy chế không quy định").sees("không tính ngày xảy ra sự kiện");
    head.open("/quy-che/khong-co").await.is(404);
    assert_eq!(head.open("/quy-che/dieu/YB-12.2").await.location(), Some("/quy-che/yen-bai-2020#YB-12.2"));
    head.open("/quy-che/dieu/YB-99").await.is(404);
}

#[tokio::test]
async fn a_word_is_found_in_a_regulation_without_diacritics() {
    let site = Site::yen_bai().await;
    let mut head = site.sign_in_as("unit_head", site.finance).await;
    head.open("/quy-che/lang-son-2022?tk=lap+ho+so+moi").await.is(200).sees("Lập hồ sơ mới").misses("Sao lưu");
    head.open("/quy-che/lang-son-2022?tk=khongcochunay").await.sees("Không có khoản nào");
}

#[tokio::test]
async fn the_installation_account_chooses_among_all_regulations() {
    let site = Site::yen_bai().await;
    let mut root = site.sign_in("goc").await;
    root.open("/quy-che").await;
    drop(root);
    let app = &site.app;
    for page in RegulationPage::samples() {
        render(app, RegulationPage::TEMPLATE, minijinja::Value::from_serialize(&page));
    }
    for page in ListPage::samples() {
        render(app, ListPage::TEMPLATE, minijinja::Value::from_serialize(&page));
    }
}

fn render(app: &crate::App, template: &str, page: minijinja::Value) {
    let may = minijinja::context! { search => true };
    let frame = minijinja::context! { nav => Vec::<String>::new(), may, person => "", role => "", unit_name => "", regulation => "", assets => "", version => "", today => "" };
    app.templates.get_template(template).unwrap().render(minijinja::context! { frame, ..page }).unwrap();
}
