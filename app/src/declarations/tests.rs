//! A change of one's own, from the person to the approved dossier.

use crate::tests::site::{Answer, Browser, Site};
use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

const PDF: (&str, &[u8]) = ("giấy xác nhận.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF");

/// Days after 19 November 2026, for the tests of the month's window.
static LATER: AtomicI64 = AtomicI64::new(0);

fn moving() -> Timestamp {
    let start: Timestamp = "2026-11-19T01:42:00Z".parse().unwrap();
    start + jiff::SignedDuration::from_hours(24 * LATER.load(Ordering::Relaxed))
}

fn fixed() -> Timestamp {
    "2026-11-27T01:42:00Z".parse().unwrap()
}

async fn declare(browser: &mut Browser, dossier: i64, section: &str, fields: &[(&str, &str)]) -> Answer {
    let at = format!("/ho-so/{dossier}/khai-bao/{section}");
    let page = browser.open(&at).await;
    let version = page.is(200).body.split("name=\"phien_ban\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // The day from which the term runs stands in the form where the regulation asks for one.
    let day = page.body.split("name=\"tinh_tu\" value=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let mut all: Vec<(&str, &str)> = fields.iter().copied().chain([("phien_ban", version.as_str())]).collect();
    if let Some(day) = day.as_deref().filter(|_| fields.iter().all(|(name, _)| *name != "tinh_tu")) {
        all.push(("tinh_tu", day));
    }
    browser.upload(&at, &all, "tep", PDF).await
}

/// Address and version of the first act of this kind on the queue.
async fn first(browser: &mut Browser, list: &str, act: &str) -> (String, String) {
    let page = browser.open(list).await;
    let rest = page
        .is(200)
        .body
        .split("action=\"")
        .find(|rest| rest.split('"').next().is_some_and(|at| at.ends_with(act)))
        .expect("an act")
        .to_owned();
    let version = rest.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (rest.split('"').next().unwrap().to_owned(), version)
}

/// Duties of the hospital on its queue, in the words of the page.
async fn queue(browser: &mut Browser) -> String {
    browser.open("/thoi-han").await.is(200).body.clone()
}

async fn person(site: &Site) -> Browser {
    let login = site.account("person", site.hospital, Some(site.mai)).await;
    site.sign_in(&login).await
}

#[tokio::test]
async fn a_change_is_declared_checked_and_approved_only_in_the_last_days_of_the_month() {
    let site = Site::at("vinh-phuc-2024", moving).await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut mine = person(&site).await;
    mine.open(&mai).await.is(200).sees("/khai-bao\">Khai báo");
    declare(&mut mine, site.mai, "contact", &[("mobile_phone", "12")]).await.is(422).sees("id=\"loi\"").sees("value=\"12\"");
    declare(&mut mine, site.mai, "contact", &[("mobile_phone", "")]).await.is(422).sees("Chưa có gì thay đổi");
    let bare = [("phien_ban", "0"), ("mobile_phone", "0912345678")];
    let at = format!("{mai}/khai-bao/contact");
    mine.upload(&at, &bare, "tep", ("", b"")).await.is(422).sees("Kèm bản chụp giấy tờ xác nhận nội dung khai báo (VP-7.3.x)");
    declare(&mut mine, site.mai, "identity", &[("personal_id_number", "0151"), ("xac_nhan", "1")])
        .await
        .is(422)
        .sees("có 4 chữ số, cần 12");
    declare(&mut mine, site.mai, "contact", &[("mobile_phone", "0912345678")]).await.is(303);
    mine.open(&format!("{mai}/khai-bao")).await.is(200).sees("chờ kiểm tra").sees("<ins>0912345678</ins>").sees("Rút lại");
    mine.open(&mai).await.is(200).misses("0912345678");
    let mut checker = site.sign_in_as("verifier", site.hospital).await;
    checker.open("/khai-bao").await.is(200).sees("Lò Thị Mai").sees("<ins>0912345678</ins>");
    let (at, version) = first(&mut checker, "/khai-bao", "/dat").await;
    mine.submit(&at, &[("version", &version)]).await.is(403);
    checker.submit(&at, &[("version", &version)]).await.is(303);
    checker.open("/khai-bao").await.is(200).misses("0912345678");
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    let page = head.open("/khai-bao?phan=cho-duyet").await;
    page.is(200).sees("0912345678").sees("Chỉ phê duyệt được trong kỳ cuối tháng (VP-8.1)").sees("từ 26/11/2026 đến 30/11/2026");
    head.submit("/khai-bao/duyet", &[("tat_ca", "1")]).await.is(422).sees("VP-8.1");
    checker.submit("/khai-bao/duyet", &[("tat_ca", "1")]).await.is(403);
    mine.open(&mai).await.is(200).misses("0912345678");
    LATER.store(8, Ordering::Relaxed);
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    head.submit("/khai-bao/duyet", &[]).await.is(422).sees("Đánh dấu ít nhất một khai báo");
    head.submit("/khai-bao/duyet", &[("tat_ca", "1")]).await.is(303);
    let mut mine = person(&site).await;
    mine.open(&mai).await.is(200).sees("0912345678");
    mine.open(&format!("{mai}/khai-bao")).await.is(200).sees("đã duyệt");
    mine.open(&format!("{mai}/lich-su?muc=contact")).await;
}

#[tokio::test]
async fn what_differs_from_the_paper_goes_back_with_the_reason_and_is_never_approved() {
    let site = Site::at("vinh-phuc-2024", fixed).await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut mine = person(&site).await;
    declare(&mut mine, site.mai, "identity", &[("birth_date", "28/03/1990"), ("xac_nhan", "1")]).await.is(303);
    let mut checker = site.sign_in_as("verifier", site.hospital).await;
    let (at, version) = first(&mut checker, "/khai-bao", "/tra").await;
    checker.submit(&at, &[("version", &version), ("reason", "")]).await.is(422).sees("Ghi lý do trả lại");
    checker.submit(&at, &[("version", &version), ("reason", "Giấy khai sinh ghi 28/02/1990")]).await.is(303);
    mine.open(&format!("{mai}/khai-bao")).await.is(200).sees("trả lại").sees("Giấy khai sinh ghi 28/02/1990");
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    head.submit("/khai-bao/duyet", &[("tat_ca", "1")]).await.is(422);
    mine.open(&mai).await.is(200).sees("28/02/1990");
}

#[tokio::test]
async fn many_are_approved_in_one_act_but_those_taken_out_and_those_overtaken() {
    let site = Site::at("vinh-phuc-2024", fixed).await;
    let mut checker = site.sign_in_as("verifier", site.hospital).await;
    let mut dossiers = Vec::new();
    for place in 0..4 {
        let dossier = site.person(site.hospital, &format!("Đỗ Thị Dung {place}"), "2", "1988-05-01", &format!("01518800002{place}")).await;
        let login = site.account("person", site.hospital, Some(dossier)).await;
        let mut mine = site.sign_in(&login).await;
        declare(&mut mine, dossier, "contact", &[("mobile_phone", &format!("091234560{place}"))]).await.is(303);
        let (at, version) = first(&mut checker, "/khai-bao", "/dat").await;
        checker.submit(&at, &[("version", &version)]).await.is(303);
        dossiers.push(dossier);
    }
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    let page = head.open("/khai-bao?phan=cho-duyet").await;
    let ids: Vec<String> =
        page.body.split("name=\"chon\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 4);
    // Somebody else's declaration of the same row is approved first: the one that saw the former row is overtaken.
    let login = site.account("person", site.hospital, Some(dossiers[1])).await;
    let mut mine = site.sign_in(&login).await;
    declare(&mut mine, dossiers[1], "contact", &[("mobile_phone", "0987654321")]).await.is(303);
    let (at, version) = first(&mut checker, "/khai-bao", "/dat").await;
    checker.submit(&at, &[("version", &version)]).await.is(303);
    let page = head.submit("/khai-bao/duyet", &[("tat_ca", "1"), ("chon", &ids[0])]).await;
    page.is(422).sees("còn 1 khai báo mà hồ sơ đã được sửa sau đó").sees("Hồ sơ đã được sửa sau khi khai báo");
    for (place, dossier) in dossiers.iter().enumerate() {
        let stands = head.open(&format!("/ho-so/{dossier}")).await;
        let _ = stands.status;
        let list = checker.open(&format!("/ho-so/{dossier}/khai-bao")).await;
        assert_eq!(list.is(200).body.contains("đã duyệt"), place != 0, "person {place}");
    }
}

#[tokio::test]
async fn where_nobody_approves_the_check_writes_and_a_declaration_may_be_taken_back_before() {
    let site = Site::at("hue-health-2017", fixed).await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    declare(&mut clerk, site.mai, "contact", &[("mobile_phone", "0912345678")]).await.is(303);
    declare(&mut clerk, site.mai, "identity", &[("full_name", "Lò Thị Mây"), ("xac_nhan", "1")]).await.is(303);
    let (at, version) = first(&mut clerk, &format!("{mai}/khai-bao"), "/rut").await;
    clerk.submit(&at, &[("version", &version)]).await.is(303);
    clerk.open(&format!("{mai}/khai-bao")).await.is(200).sees("đã rút");
    let (at, version) = first(&mut clerk, "/khai-bao", "/dat").await;
    clerk.submit(&at, &[("version", &version)]).await.is(303);
    clerk.open(&mai).await.is(200).sees("0912345678").sees("Lò Thị Mai");
    clerk.open(&format!("{mai}/lich-su")).await.is(200).sees("Căn cứ: khai báo đã duyệt");
    let mut sibling = site.sign_in_as("operator", site.finance).await;
    sibling.open("/khai-bao").await.is(200).misses("Lò Thị Mai");
    sibling.open(&format!("{mai}/khai-bao")).await.is(404);
}

#[tokio::test]
async fn a_row_of_a_list_is_changed_and_nothing_is_written_for_who_left_meanwhile() {
    let site = Site::at("hue-health-2017", fixed).await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    declare(&mut clerk, site.mai, "rewards", &[("year", "2019"), ("content", "Hoàn thành nhiệm vụ")]).await.is(303);
    let (at, version) = first(&mut clerk, "/khai-bao", "/dat").await;
    clerk.submit(&at, &[("version", &version)]).await.is(303);
    let page = clerk.open(&format!("{mai}/khai-bao/rewards")).await;
    let row = page.is(200).body.split("?dong=").nth(1).expect("a link to the row").split('"').next().unwrap().to_owned();
    let form = clerk.open(&format!("{mai}/khai-bao/rewards?dong={row}")).await;
    form.is(200).sees("value=\"2019\"");
    let seen = form.body.split("name=\"phien_ban\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let change = [("phien_ban", seen.as_str()), ("dong", &row), ("year", "2020"), ("content", "Hoàn thành nhiệm vụ")];
    clerk.upload(&format!("{mai}/khai-bao/rewards"), &change, "tep", PDF).await.is(303);
    let facts =
        [("status", "retired"), ("effective_on", "20/11/2026"), ("number", "88/QĐ-SYT"), ("signed_on", "20/08/2026"), ("body", "Sở Y tế")];
    clerk.submit(&format!("{mai}/thoi"), &facts).await.is(303);
    clerk.open("/khai-bao").await.is(200).sees("<del>2019</del> <ins>2020</ins>").sees("Hồ sơ đã khép lại");
    let (at, version) = first(&mut clerk, "/khai-bao", "/dat").await;
    clerk.submit(&at, &[("version", &version)]).await.is(422);
    let page = clerk.open(&mai).await;
    assert!(page.is(200).body.contains("2019"), "the row stays as it was");
}

#[tokio::test]
async fn what_was_not_checked_cannot_be_approved_even_in_the_window() {
    let site = Site::at("vinh-phuc-2024", fixed).await;
    let mut mine = person(&site).await;
    declare(&mut mine, site.mai, "contact", &[("mobile_phone", "0912345678")]).await.is(303);
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    head.submit("/khai-bao/duyet", &[("tat_ca", "1")]).await.is(422).sees("Đánh dấu ít nhất một khai báo");
    mine.open(&format!("/ho-so/{}", site.mai)).await.is(200).misses("0912345678");
}

#[tokio::test]
async fn the_unit_enters_a_supplement_within_three_working_days_over_tet_and_never_without_its_paper() {
    let site = Site::at("yen-bai-2020", || "2021-02-05T01:42:00Z".parse().unwrap()).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let at = format!("/ho-so/{}/khai-bao/contact", site.mai);
    clerk.open(&at).await.is(200).sees("Ngày nhận phiếu bổ sung, giấy tờ").sees("value=\"05/02/2021\"");
    let bare = [("mobile_phone", "0912345678"), ("phien_ban", "0"), ("tinh_tu", "")];
    let refused = clerk.upload(&at, &bare, "tep", ("", b"")).await;
    refused.is(422).sees("YB-11.2.b").sees("Kèm bản chụp giấy tờ").sees("Nhập ngày nhận phiếu");
    let early = [("mobile_phone", "0912345678"), ("phien_ban", "0"), ("tinh_tu", "06/02/2021")];
    clerk.upload(&at, &early, "tep", PDF).await.is(422).sees("Ngày ở sau hôm nay");
    declare(&mut clerk, site.mai, "contact", &[("mobile_phone", "0912345678")]).await.is(303);
    let text = queue(&mut clerk).await;
    assert!(text.contains("17/02/2021") && text.contains("/quy-che/dieu/YB-11.2.b"), "due over Tết: {text}");
    clerk.open(&format!("/ho-so/{}", site.mai)).await.is(200).sees("Khai báo đang chờ, chưa tính vào hồ sơ").misses("0912345678");
    // Marked as agreeing with the original: entered, in time, its paper beside it.
    let (act, version) = first(&mut clerk, "/khai-bao", "/dat").await;
    clerk.submit(&act, &[("version", &version)]).await.is(303);
    assert!(!queue(&mut clerk).await.contains("17/02/2021"));
    let page = clerk.open(&format!("/ho-so/{}", site.mai)).await;
    page.is(200).sees("0912345678").sees("Giấy tờ kèm khai báo: Thông tin liên hệ").misses("Khai báo đang chờ");
}

#[tokio::test]
async fn a_change_closes_with_its_document_and_once_the_paper_dossier_is_supplemented_too() {
    let site = Site::at("lang-son-2022", fixed).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let at = format!("/ho-so/{}/khai-bao/contact", site.mai);
    let bare = [("mobile_phone", "0912345678"), ("phien_ban", "0"), ("tinh_tu", "27/11/2026")];
    clerk.upload(&at, &bare, "tep", ("", b"")).await.is(422).sees("Kèm bản chụp giấy tờ").sees("LS-7");
    declare(&mut clerk, site.mai, "contact", &[("mobile_phone", "0912345678")]).await.is(303);
    let (act, version) = first(&mut clerk, "/khai-bao", "/dat").await;
    let refused = clerk.submit(&act, &[("version", &version)]).await;
    refused.is(422).sees("Đánh dấu đã bổ sung hồ sơ giấy").sees("/quy-che/dieu/LS-7.2");
    clerk.open(&format!("/ho-so/{}", site.mai)).await.is(200).misses("0912345678");
    assert!(queue(&mut clerk).await.contains("/quy-che/dieu/LS-7.2"));
    clerk.submit(&act, &[("version", &version), ("giay", "1")]).await.is(303);
    clerk.open(&format!("/ho-so/{}", site.mai)).await.is(200).sees("0912345678");
    assert!(!queue(&mut clerk).await.contains("/quy-che/dieu/LS-7.2"));
}

static MONTHS: AtomicI64 = AtomicI64::new(0);

fn by_months() -> Timestamp {
    let start: Timestamp = "2026-11-27T01:42:00Z".parse().unwrap();
    start + jiff::SignedDuration::from_hours(24 * MONTHS.load(Ordering::Relaxed))
}

#[tokio::test]
async fn what_a_closed_window_left_is_shown_by_unit_and_home_affairs_sees_only_what_the_unit_approved() {
    let site = Site::at("vinh-phuc-2024", by_months).await;
    let mut mine = person(&site).await;
    declare(&mut mine, site.mai, "contact", &[("mobile_phone", "0912345678")]).await.is(303);
    let mut checker = site.sign_in_as("verifier", site.hospital).await;
    let (act, version) = first(&mut checker, "/khai-bao", "/dat").await;
    checker.submit(&act, &[("version", &version)]).await.is(303);
    // The month's approval is owed now, by its last day.
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    head.open("/thoi-han").await.is(200).sees("/quy-che/dieu/VP-8.1").sees("30/11/2026");
    let mut signer = site.sign_in_as("province_signer", site.home_affairs).await;
    let page = signer.open("/khai-bao/don-vi").await;
    page.is(200).sees("Bệnh viện Đa khoa").sees("VP-8.2").misses("Duyệt 1 khai báo");
    signer.submit(&format!("/khai-bao/don-vi/{}/duyet", site.hospital), &[]).await.is(409);
    // December: the window closed with one left.
    MONTHS.store(6, Ordering::Relaxed);
    let mut signer = site.sign_in_as("province_signer", site.home_affairs).await;
    signer.open("/khai-bao/don-vi").await.is(200).sees("30/11/2026").sees("còn 1</span>").sees("VP-8.1");
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    head.open("/thoi-han?phan=qua-han").await.is(200).sees("/quy-che/dieu/VP-8.1");
    head.submit("/khai-bao/duyet", &[("tat_ca", "1")]).await.is(422).sees("/quy-che/dieu/VP-8.1");
    MONTHS.store(31, Ordering::Relaxed);
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    head.submit("/khai-bao/duyet", &[("tat_ca", "1")]).await.is(303);
    head.open("/thoi-han").await.is(200).misses("/quy-che/dieu/VP-8.1");
    let mut signer = site.sign_in_as("province_signer", site.home_affairs).await;
    signer.open("/khai-bao/don-vi").await.is(200).sees("Duyệt 1 khai báo").misses("còn 1</span>");
    head.submit(&format!("/khai-bao/don-vi/{}/duyet", site.hospital), &[]).await.is(403);
    signer.submit(&format!("/khai-bao/don-vi/{}/duyet", site.hospital), &[]).await.is(303);
    signer.open("/khai-bao/don-vi").await.is(200).misses("Duyệt 1 khai báo");
    let mut mine = person(&site).await;
    mine.open(&format!("/ho-so/{}/khai-bao", site.mai)).await.is(200).sees("cấp tỉnh duyệt:");
}

#[tokio::test]
async fn a_number_that_is_anothers_holds_up_one_declaration_and_not_the_others() {
    let site = Site::at("vinh-phuc-2024", fixed).await;
    let mut checker = site.sign_in_as("verifier", site.hospital).await;
    let dung = site.person(site.hospital, "Đỗ Thị Dung", "2", "1988-05-01", "015188000021").await;
    let taken = [("personal_id_number", "015190000001"), ("xac_nhan", "1")];
    for (dossier, section, fields) in [(site.mai, "contact", &[("mobile_phone", "0912345678")][..]), (dung, "identity", &taken[..])] {
        let login = site.account("person", site.hospital, Some(dossier)).await;
        let mut mine = site.sign_in(&login).await;
        declare(&mut mine, dossier, section, fields).await.is(303);
        let (act, version) = first(&mut checker, "/khai-bao", "/dat").await;
        checker.submit(&act, &[("version", &version)]).await.is(303);
    }
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    let page = head.submit("/khai-bao/duyet", &[("tat_ca", "1")]).await;
    page.is(422).sees("Đã duyệt 1; chưa ghi được của Đỗ Thị Dung").misses("chưa ghi được của Lò Thị Mai");
    let mut mine = person(&site).await;
    mine.open(&format!("/ho-so/{}", site.mai)).await.is(200).sees("0912345678");
    site.app.db.verify_chain(&[]).await.unwrap();
}
