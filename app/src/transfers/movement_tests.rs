//! Dossiers that have to go by a decision: whose term runs from when, who sends, who asks, how it ends.

use crate::{
    obligations,
    tests::site::{Answer, Browser, Site},
};
use jiff::{Timestamp, civil::Date};

const PDF: (&str, &[u8]) = ("QĐ 412.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF");

/// A morning in Vietnam.
macro_rules! morning {
    ($day:literal) => {
        || concat!($day, "T01:00:00Z").parse::<Timestamp>().unwrap()
    };
}

fn day(text: &str) -> String {
    crate::form::show_day(text.parse::<Date>().unwrap())
}

/// What the page says its differences were computed from.
fn seen(page: &Answer) -> String {
    page.body.split("name=\"da_xem\" value=\"").nth(1).expect("an effect on the page").split('"').next().unwrap().to_owned()
}

/// Enters a decision that moves Lường Thị Hoa, with more fields.
async fn order(browser: &mut Browser, kind: &str, effect: &str, body: &str, days: (&str, &str), more: &[(&str, &str)]) -> String {
    let (signed, effective) = (day(days.0), day(days.1));
    let mut fields = vec![
        ("decision_type", kind),
        ("number", "88/QĐ-SNV"),
        ("signed_on", &signed),
        ("effective_on", &effective),
        ("issuing_body", body),
        ("summary", "Điều động công chức"),
        ("effect", effect),
        ("people", "Lường Thị Hoa"),
        ("loai_ban", "chung_thuc"),
    ];
    fields.extend(more);
    let mut first = fields.clone();
    first.push(("da_xem", "x"));
    let preview = browser.submit("/quyet-dinh/xem-truoc", &first).await;
    let digest = seen(preview.is(200));
    fields.push(("da_xem", &digest));
    browser.upload("/quyet-dinh/ghi", &fields, "tep", PDF).await.is(303).location().unwrap().to_owned()
}

async fn move_to(browser: &mut Browser, kind: &str, body: &str, days: (&str, &str), to: i64) -> String {
    let unit = to.to_string();
    let more = [("receiving_unit", unit.as_str()), ("position_text", "Chuyên viên"), ("event", "dieu_dong")];
    order(browser, kind, "movement", body, days, &more).await
}

/// Open duties of a unit: event and day.
async fn duties(site: &Site, unit: i64) -> Vec<(String, String)> {
    let db = &site.app.db;
    let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let grant = console.may::<crate::access::ListRecords>().unwrap();
    let path = site.path(unit).await;
    let today = site.app.today();
    let wanted = obligations::Wanted {
        top: &path,
        part: obligations::Part::All,
        event: "",
        days: (today, today),
        after: None,
        limit: 50,
        is_long: false,
    };
    let owed = obligations::page(&mut db.read(&grant), &wanted).await.unwrap();
    let own = owed.into_iter().filter(|owed| owed.unit_path == path && owed.about.0 == "movements");
    own.map(|owed| (owed.event, owed.due_on.to_string())).collect()
}

fn one(event: &str, on: &str) -> Vec<(String, String)> {
    vec![(event.to_owned(), on.to_owned())]
}

async fn hoa(site: &Site) -> i64 {
    site.complete_person(site.hospital, "Lường Thị Hoa", "1990-02-28", "015190000009").await
}

#[tokio::test]
async fn over_tet_the_body_above_has_five_working_days_to_send_what_the_decision_moves() {
    let site = Site::at("yen-bai-2020", morning!("2021-02-08")).await;
    let hoa = hoa(&site).await;
    let mut above = site.sign_in_as("unit_admin", site.health).await;
    let more = [("delegation", "15/UBND-NV ngày 05/01/2021")];
    let unit = site.finance.to_string();
    let fields = [&more[..], &[("receiving_unit", unit.as_str()), ("position_text", "Chuyên viên"), ("event", "dieu_dong")]].concat();
    let at = order(&mut above, "YB16-04", "movement", "UBND tỉnh", ("2021-02-05", "2021-02-08"), &fields).await;
    // The body above, not the hospital itself.
    assert_eq!(duties(&site, site.health).await, one("move_out_send", "2021-02-22"));
    assert_eq!(duties(&site, site.hospital).await, []);
    above.open("/thoi-han").await.is(200).sees("22/02/2021").sees("/quy-che/dieu/YB-12.2\"").sees("Lường Thị Hoa");
    above.open("/chuyen-ho-so?huong=di").await.is(200).sees("Theo quyết định, chưa chuyển").sees("88/QĐ-SNV");
    let mut finance = site.sign_in_as("operator", site.finance).await;
    finance.open("/chuyen-ho-so").await.is(200).sees("Lường Thị Hoa").sees("22/02/2021").misses("Đề nghị gửi hồ sơ");
    // The form knows what the decision says, and its scan is there already.
    let form = above.open(&format!("/ho-so/{hoa}/chuyen")).await;
    form.is(200).sees("value=\"88/QĐ-SNV\"").sees("đã có trong hồ sơ theo quyết định").sees(&format!("value=\"{unit}\" selected"));
    let facts = [
        ("unit", unit.as_str()),
        ("effective_on", "08/02/2021"),
        ("number", "88/QĐ-SNV"),
        ("signed_on", "05/02/2021"),
        ("body", "UBND tỉnh"),
    ];
    above.upload(&format!("/ho-so/{hoa}/chuyen"), &facts, "tep", ("", b"")).await.is(303);
    assert_eq!(duties(&site, site.health).await, []);
    // Sent back: the dossier still has to go, by the same day.
    let page = finance.open("/chuyen-ho-so").await;
    let act = page.is(200).body.split("action=\"/chuyen-ho-so/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    finance.submit(&format!("/chuyen-ho-so/{act}/tra"), &[("version", "1"), ("reason", "thiếu phiếu chuyển")]).await.is(303);
    assert_eq!(duties(&site, site.health).await, one("move_out_send", "2021-02-22"));
    above.upload(&format!("/ho-so/{hoa}/chuyen"), &facts, "tep", ("", b"")).await.is(303);
    // What was sent by it keeps the decision from being withdrawn.
    let mut keeper = site.sign_in_as("database_admin", site.province).await;
    let decision = keeper.open(&at).await;
    let version = decision.is(200).body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let withdraw = [("reason", "ban hành nhầm"), ("version", version.as_str())];
    keeper.submit(&format!("{at}/thu-hoi"), &withdraw).await.is(422).sees("đã được chuyển hoặc khép theo quyết định này (Lường Thị Hoa)");
}

#[tokio::test]
async fn a_withdrawn_decision_moves_nobody_and_its_term_is_no_longer_followed() {
    let site = Site::yen_bai().await;
    hoa(&site).await;
    let mut above = site.sign_in_as("unit_admin", site.health).await;
    let today = site.app.today().to_string();
    let at = move_to(&mut above, "YB16-04", "Sở Y tế", (&today, &today), site.finance).await;
    assert_eq!(duties(&site, site.health).await.len(), 1);
    let mut keeper = site.sign_in_as("database_admin", site.province).await;
    let decision = keeper.open(&at).await;
    let version = decision.is(200).body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    keeper.submit(&format!("{at}/thu-hoi"), &[("reason", "ban hành nhầm"), ("version", &version)]).await.is(303);
    assert_eq!(duties(&site, site.health).await, []);
    above.open("/chuyen-ho-so?huong=di").await.is(200).misses("Lường Thị Hoa");
}

#[tokio::test]
async fn the_current_unit_has_five_working_days_over_the_april_holidays() {
    let site = Site::at("lang-son-2022", morning!("2022-04-28")).await;
    hoa(&site).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    move_to(&mut clerk, "YB16-04", "Bệnh viện Đa khoa", ("2022-04-27", "2022-04-28"), site.finance).await;
    assert_eq!(duties(&site, site.hospital).await, one("move_out_send", "2022-05-09"));
    assert_eq!(duties(&site, site.health).await, []);
}

#[tokio::test]
async fn the_body_above_has_fifteen_days_where_the_text_counts_calendar_days() {
    let site = Site::at("dong-thap-2014", morning!("2014-08-04")).await;
    hoa(&site).await;
    let mut above = site.sign_in_as("unit_admin", site.health).await;
    move_to(&mut above, "YB16-04", "Sở Y tế", ("2014-08-01", "2014-08-04"), site.finance).await;
    let due = site.app.law.due("dong-thap-2014", "move_out_send", "2014-08-04".parse().unwrap()).unwrap();
    assert_eq!(duties(&site, site.health).await, one("move_out_send", &due.on.to_string()));
    assert_eq!(duties(&site, site.hospital).await, []);
}

#[tokio::test]
async fn the_former_unit_has_ten_working_days_over_the_national_day() {
    let site = Site::at("vinh-phuc-2024", morning!("2024-08-26")).await;
    hoa(&site).await;
    let mut above = site.sign_in_as("system_admin", site.province).await;
    move_to(&mut above, "VP7-03", "Sở Nội vụ", ("2024-08-23", "2024-08-26"), site.finance).await;
    assert_eq!(duties(&site, site.hospital).await, one("move_out_send", "2024-09-11"));
}

#[tokio::test]
async fn where_the_receiver_has_to_ask_the_former_units_term_runs_from_the_request_and_may_end_too_late() {
    let site = Site::at("hue-health-2017", morning!("2017-08-25")).await;
    let hoa = hoa(&site).await;
    let mut office = site.sign_in_as("system_admin", site.province).await;
    move_to(&mut office, "YB16-04", "Sở Y tế", ("2017-08-01", "2017-08-01"), site.finance).await;
    // Nobody asked: no term of sending; the receiver is told to ask, and its own term runs from the decision.
    assert_eq!(duties(&site, site.hospital).await, []);
    assert_eq!(duties(&site, site.finance).await, one("move_in_forward", "2017-08-31"));
    let mut former = site.sign_in_as("operator", site.hospital).await;
    former.open(&format!("/ho-so/{hoa}/chuyen")).await.is(200).sees("chưa đề nghị chuyển hồ sơ").sees("HUE-10.2");
    let mut receiver = site.sign_in_as("operator", site.finance).await;
    let page = receiver.open("/chuyen-ho-so").await;
    page.is(200).sees("chưa đề nghị gửi hồ sơ").sees("31/08/2017").sees("Đề nghị gửi hồ sơ");
    let ask = page.body.split("action=\"/chuyen-ho-so/de-nghi/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    former.submit(&format!("/chuyen-ho-so/de-nghi/{ask}"), &[]).await.is(404);
    receiver.submit(&format!("/chuyen-ho-so/de-nghi/{ask}"), &[]).await.is(303);
    receiver.submit(&format!("/chuyen-ho-so/de-nghi/{ask}"), &[]).await.is(409);
    assert_eq!(duties(&site, site.hospital).await, one("move_out_send", "2017-09-05"));
    assert_eq!(duties(&site, site.finance).await, one("move_in_forward", "2017-08-31"));
    receiver.open("/chuyen-ho-so").await.is(200).sees("hạn gửi sau hạn nhận").sees("05/09/2017");
    let unit = site.finance.to_string();
    let facts = [
        ("unit", unit.as_str()),
        ("effective_on", "01/08/2017"),
        ("number", "88/QĐ-SNV"),
        ("signed_on", "01/08/2017"),
        ("body", "Sở Y tế"),
    ];
    former.upload(&format!("/ho-so/{hoa}/chuyen"), &facts, "tep", ("", b"")).await.is(303);
    assert_eq!(duties(&site, site.hospital).await, []);
    let page = receiver.open("/chuyen-ho-so").await;
    let act = page.is(200).body.split("action=\"/chuyen-ho-so/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    receiver.submit(&format!("/chuyen-ho-so/{act}/nhan"), &[("version", "1"), ("unit", &unit)]).await.is(303);
    assert_eq!(duties(&site, site.finance).await, []);
    receiver.open(&format!("/ho-so/{hoa}")).await.is(200).sees("Sở Tài chính");
}

#[tokio::test]
async fn who_leaves_the_sector_and_who_leaves_the_province_are_told_apart() {
    let site = Site::at("hue-health-2017", morning!("2017-08-25")).await;
    let hoa = hoa(&site).await;
    let mut unit = site.sign_in_as("operator", site.hospital).await;
    let form = unit.open(&format!("/ho-so/{hoa}/thoi")).await;
    form.is(200).sees("HUE-10.3.a").sees("value=\"moved_out_of_sector\"").sees("value=\"moved_out_of_province\"");
    let facts = [
        ("status", "moved_out_of_sector"),
        ("effective_on", "10/08/2017"),
        ("number", "9/QĐ-SYT"),
        ("signed_on", "08/08/2017"),
        ("body", "Sở Y tế"),
    ];
    unit.submit(&format!("/ho-so/{hoa}/thoi"), &facts).await.is(303);
    // Ten days from the effective date ended on the 21st: closed late.
    let due = site.app.law.due("hue-health-2017", "leave_scope", "2017-08-10".parse().unwrap());
    assert!(due.is_err() || due.unwrap().on.to_string() == "2017-08-21");
    unit.open("/ho-so?tt=da-di&loc=dossier_status~la~moved_out_of_sector").await.is(200).sees("Lường Thị Hoa");
    unit.open("/ho-so?tt=da-di&loc=dossier_status~la~moved_out_of_province").await.is(200).misses("Lường Thị Hoa");
}

#[tokio::test]
async fn a_decision_of_retirement_leaves_the_closing_to_the_unit_and_passes_the_gate_on_a_written_order_only() {
    let site = Site::yen_bai().await;
    // This dossier is far from complete.
    site.person(site.hospital, "Lường Thị Hoa", "2", "1966-02-28", "015166000009").await;
    let mut above = site.sign_in_as("unit_admin", site.health).await;
    let today = site.app.today().to_string();
    let fields = [
        ("decision_type", "YB16-05"),
        ("number", "88/QĐ-SNV"),
        ("signed_on", &day(&today)),
        ("effective_on", &day(&today)),
        ("issuing_body", "Sở Y tế"),
        ("summary", "Nghỉ hưu"),
        ("effect", "retirement"),
        ("people", "Lường Thị Hoa"),
        ("da_xem", "x"),
    ];
    above.submit("/quyet-dinh/xem-truoc", &fields).await.is(422).sees("hồ sơ chưa đầy đủ").sees("YB-19.5.đ").sees("yeu_cau");
    let at = order(&mut above, "YB16-05", "retirement", "Sở Y tế", (&today, &today), &[("yeu_cau", "12/UBND-NC ngày 02/11/2026")]).await;
    above.open(&at).await.is(200).sees("12/UBND-NC").sees("hồ sơ chưa đầy đủ khi ghi");
    let due = site.app.law.due("yen-bai-2020", "leave_service", today.parse().unwrap()).unwrap();
    assert_eq!(duties(&site, site.hospital).await, one("leave_service", &due.on.to_string()));
    let mut unit = site.sign_in_as("operator", site.hospital).await;
    let page = unit.open("/thoi-han").await;
    let form = page.is(200).sees("Khép hồ sơ").body.split("href=\"/ho-so/").nth(1).unwrap().split(['/', '"']).next().unwrap().to_owned();
    let signed = day(&today);
    unit.open(&format!("/ho-so/{form}/thoi")).await.is(200).sees("value=\"88/QĐ-SNV\"");
    let facts =
        [("status", "retired"), ("effective_on", signed.as_str()), ("number", "88/QĐ-SNV"), ("signed_on", &signed), ("body", "Sở Y tế")];
    unit.submit(&format!("/ho-so/{form}/thoi"), &facts).await.is(303);
    assert_eq!(duties(&site, site.hospital).await, []);
}
