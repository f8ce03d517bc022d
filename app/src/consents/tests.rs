//! Written consents through the front door.

use crate::tests::site::{Browser, Site, day};
use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// 23:50 on 19 November 2026 in Vietnam, until the test moves it.
static LATE: AtomicI64 = AtomicI64::new(1_795_107_000);

fn late() -> Timestamp {
    Timestamp::from_second(LATE.load(Ordering::Relaxed)).unwrap()
}

const PAPER: [(&str, &str); 2] = [("level", "secret"), ("number", "15/CV-SYT")];

/// Gives a login the dossier of Mai until a day, as a paper of another day says.
async fn give(site: &Site, admin: &mut Browser, login: &str, signed: &str, until: &str) {
    let form = [&PAPER[..], &[("login", login), ("signed_on", signed), ("until_on", until)]].concat();
    admin.submit(&format!("/ho-so/{}/dong-y", site.mai), &form).await.is(303);
}

#[tokio::test]
async fn a_consent_opens_one_dossier_until_its_last_day_and_is_refused_at_the_next_request_after() {
    let site = Site::at("hue-health-2017", late).await;
    let mai = format!("/ho-so/{}", site.mai);
    let colleague = site.person(site.hospital, "Hà Thị Xuân", "2", "1992-05-01", "015192000003").await;
    let login = site.account("unit_head", site.finance, None).await;
    let mut head = site.sign_in(&login).await;
    head.open(&mai).await.is(404);
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    give(&site, &mut admin, &login, "18/11/2026", "19/11/2026").await;
    admin.open(&format!("{mai}/dong-y")).await.is(200).sees(&login).sees("15/CV-SYT ngày 18/11/2026").sees("đang có hiệu lực");

    head.open("/").await.is(200).sees("Hồ sơ được đồng ý cho xem").sees("Lò Thị Mai").sees("đến hết 19/11/2026");
    head.open(&mai).await.is(200).sees("Mục đích xem hồ sơ").misses("015190000001");
    head.state_purpose(site.mai).await;
    head.open(&mai).await.is(200).sees("<h1>Lò Thị Mai</h1>").sees("015190000001");
    head.open(&format!("/ho-so/{colleague}")).await.is(404);
    head.open("/ho-so").await.is(200).sees("Nguyễn Đức An").misses("Lò Thị Mai");
    head.open(&format!("{mai}/muc/identity")).await.misses("Lò Thị Mai");

    // Quarter of an hour later the day is over; the session is not.
    LATE.fetch_add(15 * 60, Ordering::Relaxed);
    head.open(&mai).await.is(404).misses("Lò Thị Mai");
    head.open(&format!("{mai}/in/2C-2008")).await.is(404);
    head.open("/").await.is(200).misses("Lò Thị Mai");
    admin.open(&format!("{mai}/dong-y")).await.is(200).sees("đã hết hạn");
}

#[tokio::test]
async fn a_withdrawn_consent_is_refused_at_once_and_stays_on_the_page_with_its_reason() {
    let site = Site::under("hue-health-2017").await;
    let mai = format!("/ho-so/{}", site.mai);
    let login = site.account("unit_head", site.finance, None).await;
    let mut head = site.sign_in(&login).await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    give(&site, &mut admin, &login, &day(-1), &day(42)).await;
    head.state_purpose(site.mai).await;
    head.open(&mai).await.is(200).sees("015190000001");
    let page = admin.open(&format!("{mai}/dong-y")).await;
    let withdraw = page.body.split("action=\"").find(|part| part.contains("/rut\"")).unwrap().split('"').next().unwrap().to_owned();
    admin.submit(&withdraw, &[("version", "1"), ("reason", " ")]).await.is(422).sees("Ghi lý do rút đồng ý");
    admin.submit(&withdraw, &[("version", "1"), ("reason", "đã hết việc")]).await.is(303);
    head.open(&mai).await.is(404).misses("Lò Thị Mai");
    admin.open(&format!("{mai}/dong-y")).await.sees("đã rút").sees("đã hết việc").misses("Rút đồng ý<span");
    admin.submit(&withdraw, &[("version", "2"), ("reason", "lần nữa")]).await.is(404);
    let history = admin.open(&format!("{mai}/lich-su")).await;
    history.sees("ghi văn bản đồng ý cho xem hồ sơ").sees("rút văn bản đồng ý cho xem hồ sơ").sees("Lý do: đã hết việc");
}

#[tokio::test]
async fn a_consent_names_a_paper_an_account_and_a_day_and_only_those_who_assign_rights_give_it() {
    let site = Site::under("hue-health-2017").await;
    let address = format!("/ho-so/{}/dong-y", site.mai);
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let wrong = admin.submit(&address, &[("login", "khong-co"), ("until_on", day(-1).as_str()), ("number", "15/CV")]).await;
    wrong.is(422).sees("Chọn phần hồ sơ").sees("Nhập ngày ký").sees("Ngày cuối cùng đã qua").sees("value=\"15/CV\"");
    let (signed, until) = (day(-1), day(42));
    let nobody = [&PAPER[..], &[("login", "khong-co"), ("signed_on", signed.as_str()), ("until_on", until.as_str())]].concat();
    admin.submit(&address, &nobody).await.is(422).sees("Không có tài khoản đang hoạt động nào");
    let mut head = site.sign_in_as("unit_head", site.health).await;
    head.open(&address).await.is(403);
    head.submit(&address, &nobody).await.is(403);
    let mut keeper = site.sign_in_as("co_admin", site.province).await;
    keeper.open(&address).await.is(404).misses("Lò Thị Mai");
    keeper.submit(&address, &nobody).await.is(404);
}

#[tokio::test]
async fn what_was_agreed_to_is_all_that_is_read() {
    let site = Site::under("hue-health-2017").await;
    let login = site.account("unit_head", site.finance, None).await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let (signed, until) = (day(-1), day(42));
    let paper = [("level", "public-in-unit"), ("number", "15/CV"), ("signed_on", signed.as_str())];
    let form = [&paper[..], &[("login", login.as_str()), ("until_on", until.as_str())]].concat();
    admin.submit(&format!("/ho-so/{}/dong-y", site.mai), &form).await.is(303);
    let mut head = site.sign_in(&login).await;
    head.state_purpose(site.mai).await;
    head.open(&format!("/ho-so/{}", site.mai)).await.is(200).sees("Lò Thị Mai").misses("015190000001");
}
