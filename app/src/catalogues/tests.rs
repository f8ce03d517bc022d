//! Code lists, as those who look after them use them.

use crate::tests::site::{Site, day};

const NEW: [(&str, &str); 2] = [("label", "Tổ trưởng tổ dân phố"), ("basis", "Công văn 12/SNV ngày 15/01/2026")];

fn row<'a>(body: &'a str, name: &str) -> &'a str {
    body.split("<tr>").find(|row| row.contains(name)).unwrap_or_else(|| panic!("no row of {name}"))
}

#[tokio::test]
async fn a_list_is_searched_and_says_where_its_codes_come_from() {
    let site = Site::apart("yen-bai-2020").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    admin.open("/quan-tri/danh-muc").await.is(200).sees("Danh mục dân tộc").sees("/quan-tri/danh-muc/positions");
    admin.open("/quan-tri/danh-muc?q=pho+chu+tich").await.sees("/quan-tri/danh-muc/positions?q=").misses("Nhóm máu");
    let page = admin.open("/quan-tri/danh-muc/dossier_forms").await;
    let form = &site.app.law.catalogue("dossier_forms").unwrap().items[0];
    let beside = row(&page.body, &form.label_vi);
    assert!(beside.contains(&site.app.law.sources[&form.source]) && beside.contains(&form.more["legal_basis"]), "{beside}");
    admin.open("/quan-tri/danh-muc/ethnicities?q=thai").await.sees("Thái").misses("Khơ-me").sees("không thêm mã riêng");
    admin.open("/quan-tri/danh-muc/khong-co").await.is(404);
}

#[tokio::test]
async fn an_own_code_is_offered_in_forms_at_once_and_ends_without_losing_what_it_named() {
    let site = Site::apart("yen-bai-2020").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let list = "/quan-tri/danh-muc/positions";
    admin.submit(list, &[("label", "")]).await.is(422).sees("Nhập tên của mã").sees("Nhập văn bản làm căn cứ");
    admin
        .submit(list, &[&NEW[..], &[("from_on", "31/06/2026")]].concat())
        .await
        .is(422)
        .sees("Nhập ngày bắt đầu dùng")
        .sees("Tổ trưởng tổ dân phố");
    clerk.open("/danh-muc/positions/tim?q=dan+pho").await.is(200).misses("Tổ trưởng tổ dân phố");
    admin.submit(list, &NEW).await.is(303);
    admin.submit(list, &NEW).await.is(422).sees("Danh mục đã có Tổ trưởng tổ dân phố với mã rieng_to_truong_to_dan_pho");
    admin.open(list).await.sees("Công văn 12/SNV ngày 15/01/2026").sees(&day(0));

    clerk.open("/danh-muc/positions/tim?q=dan+pho").await.sees("rieng_to_truong_to_dan_pho");
    let section = format!("/ho-so/{}/muc/position_history", site.mai);
    let held =
        [("dong", ""), ("phien_ban", "0"), ("position", "Tổ trưởng tổ dân phố"), ("from_date", "01/02/2026"), ("unit", "Phường Mẫu")];
    let written = clerk.submit(&section, &held).await;
    assert!(written.status.as_u16() == 303, "{}", written.body);
    clerk.open(&format!("/ho-so/{}", site.mai)).await.sees("Tổ trưởng tổ dân phố");

    let page = admin.open(list).await;
    let row = row(&page.body, "rieng_to_truong_to_dan_pho");
    let act = row.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
    admin.submit(act, &[("version", "1")]).await.is(303);
    admin.submit(act, &[("version", "2")]).await.is(409).sees("đã ngừng dùng");
    admin.open(list).await.sees(&day(-1)).sees("đã hết hiệu lực");
    clerk.open(&format!("/ho-so/{}", site.mai)).await.sees("Tổ trưởng tổ dân phố");
}

#[tokio::test]
async fn a_list_of_the_state_takes_no_own_code_and_a_code_of_the_law_is_never_altered() {
    let site = Site::apart("yen-bai-2020").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    admin.submit("/quan-tri/danh-muc/genders", &NEW).await.is(409).sees("không thêm mã riêng");
    let known = site.app.law.catalogue("positions").unwrap().items[0].clone();
    let twice = [("label", known.label_vi.as_str()), NEW[1]];
    admin.submit("/quan-tri/danh-muc/positions", &twice).await.is(422).sees("Danh mục đã có");
    admin.submit("/quan-tri/danh-muc/positions", &NEW).await.is(303);
    assert_eq!(site.app.law.catalogue("positions").unwrap().items[0], known);
}

#[tokio::test]
async fn own_codes_are_known_again_after_a_start() {
    let site = Site::apart("yen-bai-2020").await;
    site.sign_in_as("system_admin", site.province).await.submit("/quan-tri/danh-muc/course_kinds", &NEW).await.is(303);
    let fresh = std::sync::Arc::new(law::Law::load(&law::DataSource::Embedded).unwrap());
    let app = crate::App::new(site.app.db.clone(), fresh, Vec::new(), site.app.config.clone(), site.app.clock);
    assert!(app.law.catalogue("course_kinds").unwrap().item("rieng_to_truong_to_dan_pho").is_none());
    super::learn(&app).await.unwrap();
    assert_eq!(app.law.catalogue("course_kinds").unwrap().label("rieng_to_truong_to_dan_pho"), "Tổ trưởng tổ dân phố");
}

#[tokio::test]
async fn only_those_who_manage_catalogues_add_to_them() {
    let site = Site::apart("yen-bai-2020").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    clerk.open("/quan-tri/danh-muc").await.is(403);
    clerk.submit("/quan-tri/danh-muc/positions", &NEW).await.is(403);
    let mut centre = site.sign_in_as("it_centre", site.province).await;
    centre.open("/quan-tri/danh-muc/positions").await.is(200).misses("Thêm mã riêng của địa phương");
    centre.submit("/quan-tri/danh-muc/positions", &NEW).await.is(403);
}
