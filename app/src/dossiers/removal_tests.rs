//! Who may take dossiers and parts of them out of use, and how they come back.

use crate::tests::site::Site;

#[tokio::test]
async fn a_dossier_is_taken_out_with_a_reason_by_administration_only_and_comes_back_whole() {
    let site = Site::yen_bai().await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut unit = site.sign_in_as("operator", site.hospital).await;
    unit.open(&mai).await.is(200).misses("Loại khỏi sử dụng");
    unit.open(&format!("{mai}/an")).await.is(403);
    unit.submit(&format!("{mai}/an"), &[("reason", "lập trùng")]).await.is(403);
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    admin.open(&mai).await.is(200).sees("Loại khỏi sử dụng");
    admin.open(&format!("{mai}/an")).await.is(200).sees("YB-14.2");
    admin.submit(&format!("{mai}/an"), &[("reason", " ")]).await.is(422).sees("Ghi lý do");
    admin.submit(&format!("{mai}/an"), &[("reason", "lập trùng với hồ sơ khác")]).await.is(303);
    unit.open("/ho-so").await.is(200).misses("Lò Thị Mai");
    unit.open(&mai).await.is(404);
    unit.open(&format!("{mai}/muc/contact")).await.is(404);
    admin.open(&mai).await.is(200).sees("Hồ sơ đã loại khỏi sử dụng").sees("Khôi phục hồ sơ");
    admin.open(&format!("{mai}/lich-su")).await.is(200).sees("loại hồ sơ khỏi sử dụng").sees("lập trùng với hồ sơ khác");
    admin.submit(&format!("{mai}/an"), &[("reason", "ẩn nhầm người")]).await.is(303);
    unit.open("/ho-so").await.is(200).sees("Lò Thị Mai");
    unit.open(&mai).await.is(200).sees("Lò Thị Mai");
}

#[tokio::test]
async fn part_of_a_dossier_is_taken_out_with_a_reason_and_can_be_written_back_from_the_record() {
    let site = Site::under("lang-son-2022").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let at = format!("/ho-so/{}/muc/rewards", site.mai);
    let fields = [("year", "2020"), ("content", "Hoàn thành xuất sắc nhiệm vụ"), ("phien_ban", "0")];
    clerk.submit(&at, &fields).await.is(303);
    let page = clerk.open(&format!("/ho-so/{}", site.mai)).await;
    let row = page.is(200).body.split("/muc/rewards?dong=").nth(1).unwrap().split(['"', '&']).next().unwrap().to_owned();
    let form = [("dong", row.as_str()), ("phien_ban", "1"), ("ly_do", "")];
    clerk.submit(&format!("{at}/bo"), &form).await.is(422).sees("Ghi lý do");
    let form = [("dong", row.as_str()), ("phien_ban", "1"), ("ly_do", "nhập nhầm người")];
    clerk.submit(&format!("{at}/bo"), &form).await.is(303);
    clerk.open(&format!("/ho-so/{}", site.mai)).await.is(200).misses("Hoàn thành xuất sắc nhiệm vụ");
    let history = clerk.open(&format!("/ho-so/{}/lich-su", site.mai)).await;
    history.is(200).sees("nhập nhầm người").sees("Hoàn thành xuất sắc nhiệm vụ").sees("theo=");
}
