//! The history through the front door.

use crate::tests::site::Site;

#[tokio::test]
async fn the_history_says_who_opened_the_dossier_only_to_those_who_keep_it() {
    let site = Site::under("dong-thap-2014").await;
    let address = format!("/ho-so/{}/lich-su?xem=mo", site.mai);
    let mut leader = site.sign_in_as("province_leader", site.province).await;
    leader.state_purpose(site.mai).await;
    leader.open(&format!("/ho-so/{}", site.mai)).await.is(200).sees("id=\"muc-identity\"");
    leader.open(&address).await.is(200).misses("mở xem hồ sơ").sees("lập hồ sơ");
    let mut admin = site.sign_in_as("unit_admin", site.health).await;
    admin.open(&address).await.is(200).sees("mở xem hồ sơ").sees("lập hồ sơ").sees("dữ liệu kiểm thử");
}

#[tokio::test]
async fn a_long_history_is_read_page_by_page_and_field_by_field() {
    let site = Site::under("dong-thap-2014").await;
    let mut admin = site.sign_in_as("unit_admin", site.health).await;
    let section = format!("/ho-so/{}/muc/contact", site.mai);
    for round in 0..53 {
        let phone = format!("09123450{round:02}");
        let version = round.to_string();
        let reason = if round == 0 { "" } else { "đổi số" };
        let done = admin.submit(&section, &[("phien_ban", &version), ("mobile_phone", &phone), ("ly_do", reason)]).await;
        done.is(303);
    }
    let first = admin.open(&format!("/ho-so/{}/lich-su?muc=contact&truong=mobile_phone", site.mai)).await;
    first.sees("0912345052").misses("<ins>0912345000</ins>").sees("Các lần trước đó");
    let older = first.body.split("href=\"").find(|part| part.contains("truoc=")).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    admin.open(&older).await.sees("<ins>0912345000</ins>").misses("0912345052").misses("Các lần trước đó");
    admin.open(&format!("/ho-so/{}/lich-su?muc=contact&truong=official_email", site.mai)).await.sees("Không có thay đổi nào");
}
