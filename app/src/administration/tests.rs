//! The desk of those who look after the installation.

use crate::{exports, tests::site::Site};
use std::sync::atomic::Ordering;

#[tokio::test]
async fn the_administrator_manages_accounts_rights_catalogues_profile_and_jobs_from_one_page() {
    let site = Site::apart("lang-son-2022").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    admin.open("/").await.sees("href=\"/quan-tri\"");
    let desk = admin.open("/quan-tri").await;
    for address in
        ["/tai-khoan", "/quan-tri/quyen", "/quan-tri/danh-muc", "/quan-tri/quy-che", "/quan-tri/truong-rieng", "/quan-tri/cong-viec"]
    {
        desk.is(200).sees(&format!("<a href=\"{address}\">"));
        admin.open(address).await.is(200);
    }

    // Accounts and rights: one is opened, gets a role more, loses it and is closed.
    let unit = site.health.to_string();
    let account = [("unit", unit.as_str()), ("role", "unit_head"), ("kind", "personal"), ("login", "gd-so-y-te"), ("name", "Hà Văn Mẫu")];
    let paper = [("number", "12/SNV"), ("signed_on", "01/11/2026"), ("issuer", "Sở Nội vụ")];
    admin.submit("/tai-khoan/moi", &[&account[..], &paper].concat()).await.is(200);
    let rights = admin.open("/quan-tri/quyen").await;
    let head = rights.is(200).body.split("<tr>").find(|row| row.contains("LS-11.2")).unwrap().to_owned();
    assert!(head.contains("Xem hồ sơ") && head.contains("<td class=\"num\" data-label=\"Đang giữ\">1</td>"), "{head}");
    let list = admin.open("/tai-khoan?q=gd-so-y-te").await;
    let id = list.body.split("/tai-khoan/").filter_map(|rest| rest.split('"').next()?.parse::<i64>().ok()).next().unwrap();
    admin.submit(&format!("/tai-khoan/{id}/vai-tro"), &[("role", "operator")]).await.is(303);
    let page = admin.open(&format!("/tai-khoan/{id}")).await;
    let given = page.sees("LS-12.1").body.split("name=\"role_id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    admin.submit(&format!("/tai-khoan/{id}/vai-tro/thu-hoi"), &[("role_id", &given)]).await.is(303);
    admin.submit(&format!("/tai-khoan/{id}/trang-thai"), &[("state", "closed")]).await.is(303);

    // Catalogues: a code of the province's own.
    let code = [("label", "Tổ trưởng tổ dân phố"), ("basis", "Công văn 12/SNV")];
    admin.submit("/quan-tri/danh-muc/positions", &code).await.is(303);
    admin.open("/quan-tri").await.sees("1 mã riêng đang dùng");

    // Profile: another regulation from a day.
    admin.open("/quan-tri/quy-che").await.sees("Tỉnh Mẫu").sees("570/QĐ-UBND").sees("đang áp dụng");
    let another = [("regulation", "yen-bai-2020"), ("on", "01/01/2027")];
    admin.submit(&format!("/don-vi/{}/quy-che", site.province), &another).await.is(303);
    admin.open("/quan-tri/quy-che").await.sees("1980/QĐ-UBND").sees("31/12/2026").sees("01/01/2027");

    // Jobs: the record is walked through.
    admin.submit("/quan-tri/cong-viec/nhat-ky", &[]).await.is(303);
    for _ in 0..200 {
        if !admin.open("/quan-tri/cong-viec").await.body.contains("Đang kiểm tra") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    admin.open("/quan-tri/cong-viec").await.is(200).sees("nguyên vẹn").sees("Mở trang sao lưu");
}

#[tokio::test]
async fn whoever_only_runs_the_system_sees_jobs_and_no_accounts() {
    let site = Site::yen_bai().await;
    let mut centre = site.sign_in_as("it_centre", site.province).await;
    centre.open("/quan-tri").await.is(200).sees("Công việc").misses("href=\"/tai-khoan\"");
    centre.open("/quan-tri/cong-viec").await.is(200).misses("Kiểm tra nhật ký ngay");
    centre.submit("/quan-tri/cong-viec/nhat-ky", &[]).await.is(403);
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    clerk.open("/quan-tri").await.is(403);
    clerk.open("/").await.misses("href=\"/quan-tri\"");
}

#[tokio::test]
async fn an_export_under_way_is_seen_and_can_be_stopped() {
    let site = Site::yen_bai().await;
    let login = site.account("operator", site.hospital, None).await;
    let account = site.app.db.sign_in_lookup(&login).await.unwrap().unwrap().id;
    let asking = exports::Asking {
        asked: Default::default(),
        chosen: Vec::new(),
        columns: vec![],
        format: exports::Format::Csv,
        purpose: "kiểm thử".into(),
        who: "Tài khoản kiểm thử".into(),
        address: String::new(),
    };
    let job = site.app.exports.hold("mau", account, asking, 5000);
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    admin.open("/quan-tri/cong-viec").await.sees("Tài khoản kiểm thử").sees("5.000");
    let mut elsewhere = site.sign_in_as("it_centre", site.province).await;
    elsewhere
        .open("/quan-tri/cong-viec")
        .await
        .misses("<th scope=\"row\">Tài khoản kiểm thử")
        .sees("1 danh sách của tài khoản ngoài phạm vi");
    elsewhere.submit("/quan-tri/cong-viec/ket-xuat/mau/dung", &[]).await.is(404);
    admin.submit("/quan-tri/cong-viec/ket-xuat/mau/dung", &[]).await.is(303);
    assert!(job.progress.called_off.load(Ordering::Relaxed));
    admin.open("/quan-tri/cong-viec").await.sees("Không có danh sách nào đang được viết");
}

#[tokio::test]
async fn a_supplier_lays_down_own_fields() {
    let site = Site::under("vinh-phuc-2024").await;
    let mut supplier = site.sign_in_as("supplier", site.province).await;
    supplier.open("/quan-tri").await.is(200).sees("href=\"/quan-tri/truong-rieng\"");
    let field = [("label", "Mã thẻ ra vào"), ("section", "identity"), ("kind", "text"), ("sensitivity", "personal")];
    supplier.submit("/quan-tri/truong-rieng", &field).await.is(303);
    supplier.open("/quan-tri/truong-rieng").await.sees("Mã thẻ ra vào");
}
