//! Terms of dossiers that were just opened, and what waits for them.

use super::newcomers;
use crate::tests::site::{Browser, Site, day};
use jiff::Timestamp;

/// Opens a dossier at the hospital with the day from which its terms are counted; gives its address.
async fn open(site: &Site, clerk: &mut Browser, why: &str, from: &str) -> String {
    let unit = site.hospital.to_string();
    let fields = [
        ("unit_id", unit.as_str()),
        ("full_name", "Hà Thị Mới"),
        ("birth_date", "28/02/1998"),
        ("gender", "2"),
        ("personal_id_number", "046198000001"),
        ("personnel_type", "vien_chuc"),
        ("dossier_status", "working"),
        ("xac_nhan", "1"),
        ("truong_hop", why),
        ("tinh_tu", from),
    ];
    clerk.submit("/ho-so/moi", &fields).await.is(303).location().unwrap().to_owned()
}

/// The address of the first duty on the queue with these words.
async fn duty(clerk: &mut Browser, words: &str) -> String {
    let page = clerk.open("/thoi-han").await;
    let text = &page.is(200).body;
    let line = text.split("class=\"queue-due\"").find(|line| line.contains(&format!("{words}</a></h3>"))).expect(words);
    let id = line.split("/thoi-han/").skip(1).find_map(|rest| rest.split('"').next()?.parse::<i64>().ok());
    format!("/thoi-han/{}", id.expect("the duty is explained"))
}

#[tokio::test]
async fn the_data_sheet_of_the_person_is_due_before_the_dossier_of_the_unit() {
    let site = Site::at("hue-health-2017", || "2017-08-02T01:00:00Z".parse::<Timestamp>().unwrap()).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    open(&site, &mut clerk, "tuyen_dung", "01/08/2017").await;
    let page = clerk.open("/thoi-han").await;
    page.is(200).sees("11/08/2017").sees("/quy-che/dieu/HUE-9.1.b").sees("31/08/2017").sees("/quy-che/dieu/HUE-9.1.a");
    assert!(page.body.find("11/08/2017") < page.body.find("31/08/2017"), "the person's task comes first");
    let sheet = duty(&mut clerk, "Cá nhân kê khai lần đầu").await;
    let due = clerk.open(&sheet).await;
    due.is(200).sees("Ghi đã nhận").sees("11/08/2017");
    clerk.submit(&format!("{sheet}/xong"), &[("ngay", "31/12/2017")]).await.is(422).sees("ở sau hôm nay");
    clerk.submit(&format!("{sheet}/xong"), &[("ngay", "31/07/2017")]).await.is(422).sees("trước ngày bắt đầu");
    clerk.submit(&format!("{sheet}/xong"), &[("ngay", "02/08/2017")]).await.is(303);
    clerk.open("/thoi-han").await.is(200).misses("11/08/2017").sees("31/08/2017");
    clerk.submit(&format!("{sheet}/xong"), &[("ngay", "02/08/2017")]).await.is(409);
}

#[tokio::test]
async fn a_start_that_becomes_known_later_moves_the_day_and_the_reason_stays_on_record() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let unit = site.hospital.to_string();
    let bad = [("unit_id", unit.as_str()), ("tinh_tu", "31/12/2099")];
    clerk.submit("/ho-so/moi", &bad).await.is(422).sees("Ngày ở sau hôm nay");
    open(&site, &mut clerk, "tuyen_dung", "").await;
    let at = duty(&mut clerk, "Lập hồ sơ mới").await;
    let today = site.app.today();
    let before = site.app.law.due("yen-bai-2020", "new_record", today).unwrap().on;
    clerk.open(&at).await.is(200).sees(&crate::form::show_day(before));
    let earlier = day(-20);
    clerk.submit(&format!("{at}/tinh-tu"), &[("ngay", &earlier), ("ly_do", "")]).await.is(422).sees("Ghi lý do").sees(&earlier);
    clerk.submit(&format!("{at}/tinh-tu"), &[("ngay", &earlier), ("ly_do", "quyết định ghi ngày khác")]).await.is(303);
    let from = today.checked_sub(jiff::Span::new().days(20)).unwrap();
    let after = site.app.law.due("yen-bai-2020", "new_record", from).unwrap().on;
    assert!(after < before);
    clerk.open(&at).await.is(200).sees(&crate::form::show_day(after));
    let mut sibling = site.sign_in_as("operator", site.finance).await;
    sibling.submit(&format!("{at}/tinh-tu"), &[("ngay", &earlier), ("ly_do", "thử")]).await.is(404);
}

#[tokio::test]
async fn who_worked_here_all_along_has_no_term_and_who_came_from_outside_has_another() {
    let site = Site::under("dong-thap-2014").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    open(&site, &mut clerk, "dang_cong_tac", "").await;
    clerk.open("/thoi-han").await.is(200).sees("Không có việc nào");
    let site = Site::under("dong-thap-2014").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    open(&site, &mut clerk, "tiep_nhan", &day(-3)).await;
    clerk.open("/thoi-han").await.is(200).sees("/quy-che/dieu/DT-9.1").misses("Lập hồ sơ mới</a></h3>");
}

#[tokio::test]
async fn number_and_card_wait_until_the_dossier_of_somebody_new_is_entered() {
    let site = Site::under("hue-health-2017").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let dossier = open(&site, &mut clerk, "tuyen_dung", "").await;
    let card = [("officer_number", "46-0001"), ("card_number", "T-1"), ("issued_on", &day(0)), ("phien_ban", "0")];
    let card: Vec<(&str, &str)> = card.iter().map(|(name, text)| (*name, *text)).collect();
    let at = format!("{dossier}/muc/officer_card");
    clerk.submit(&at, &card).await.is(422).sees("chỉ được cấp số hiệu, thẻ sau khi hồ sơ đã nhập xong").sees("HUE-9.2.a.x").sees("46-0001");
    // Complete by every door: here as the check of new dossiers finds it.
    let id: i64 = dossier.rsplit('/').next().unwrap().parse().unwrap();
    assert_eq!(newcomers::keep(&site.app).await.unwrap(), 0, "something is missing still");
    site.measure_by(id, "PBS").await;
    assert_eq!(newcomers::keep(&site.app).await.unwrap(), 1);
    clerk.open("/thoi-han").await.is(200).misses("Lập hồ sơ mới</a></h3>");
    clerk.submit(&at, &card).await.is(303);
    clerk.open(&dossier).await.is(200).sees("46-0001");
    // Who was here before is not new.
    clerk.submit(&format!("/ho-so/{}/muc/officer_card", site.mai), &card).await.is(303);
}
