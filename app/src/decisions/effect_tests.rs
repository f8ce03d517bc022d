//! What decisions do to dossiers, and how it is undone.

use super::later;
use crate::tests::site::{Answer, Browser, Site, day, today};
use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

const BODY: &str = "hdnd_tinh";
const COUNCIL: &str = "Hội đồng nhân dân cấp tỉnh";
const PDF: (&str, &[u8]) = ("QĐ 30.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF");

/// A raise, from its day on.
fn raise(number: &str, from: &str) -> Vec<(String, String)> {
    let day = |later: i64| day(later);
    [
        ("decision_type", "YB16-11".to_owned()),
        ("number", number.to_owned()),
        ("signed_on", day(-3)),
        ("effective_on", from.to_owned()),
        ("issuing_body", "Bệnh viện Đa khoa".into()),
        ("summary", "Nâng bậc lương thường xuyên".into()),
        ("effect", "raise".into()),
        ("rank_code", "01.003".into()),
        ("grade_step", "4".into()),
        ("coefficient", "3,33".into()),
        ("raise_kind", "thuong_xuyen".into()),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .to_vec()
}

fn with(mut fields: Vec<(String, String)>, more: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.extend(more.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    fields
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// What the page says its differences were computed from.
fn seen(page: &Answer) -> String {
    page.body.split("name=\"da_xem\" value=\"").nth(1).expect("an effect on the page").split('"').next().unwrap().to_owned()
}

/// Previews, then places; gives the address of the decision.
async fn place(clerk: &mut Browser, fields: Vec<(String, String)>) -> String {
    let preview = clerk.submit("/quyet-dinh/xem-truoc", &pairs(&with(fields.clone(), &[("da_xem", "x")]))).await;
    let fields = with(fields, &[("da_xem", &seen(preview.is(200)))]);
    clerk.upload("/quyet-dinh/ghi", &pairs(&fields), "tep", PDF).await.is(303).location().unwrap().to_owned()
}

async fn salary(clerk: &mut Browser, dossier: i64) -> String {
    let page = clerk.open(&format!("/ho-so/{dossier}")).await;
    page.is(200).body.split("id=\"muc-salary_current\"").nth(1).unwrap_or_default().split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn a_raise_for_several_is_previewed_for_each_and_changes_salary_and_history() {
    let site = Site::yen_bai().await;
    let dung = site.complete_person(site.hospital, "Đỗ Thị Dung", "1988-05-01", "015188000003").await;
    let hoa = site.complete_person(site.hospital, "Lường Thị Hoa", "1990-02-28", "015190000009").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let people = [("people", "Lường Thị Hoa\nĐỗ Thị Dung"), ("grade_step-2", "5"), ("coefficient-2", "3,66")];
    let fields = with(raise("30/QĐ-SYT", &day(-1)), &people);
    // First the form of the effect, without a word of blame.
    let bare: Vec<(String, String)> =
        fields.iter().filter(|(name, _)| !name.starts_with("grade") && !name.starts_with("coeff")).cloned().collect();
    clerk
        .submit("/quyet-dinh/xem-truoc", &pairs(&bare))
        .await
        .is(200)
        .sees("Nâng bậc lương, xếp lương")
        .sees("YB-16.11")
        .misses("class=\"error\"");
    let preview = clerk.submit("/quyet-dinh/xem-truoc", &pairs(&with(fields.clone(), &[("da_xem", "x")]))).await;
    preview.is(200).sees("Lương hiện hưởng").sees("<ins>4</ins>").sees("<ins>5</ins>").sees("<ins>3,66</ins>");
    clerk.open("/quyet-dinh").await.sees("Sổ chưa có quyết định nào");
    // What was changed after it was looked at is looked at again.
    let other = with(fields.clone(), &[("da_xem", &seen(&preview)), ("coefficient-1", "3,99")]);
    clerk
        .upload("/quyet-dinh/ghi", &pairs(&other), "tep", PDF)
        .await
        .is(422)
        .sees("Xem lại thay đổi của từng người")
        .sees("<ins>3,99</ins>");
    let at = place(&mut clerk, fields).await;
    clerk.open(&at).await.is(200).sees("Nâng bậc lương, xếp lương").sees("Đã áp dụng");
    assert!(salary(&mut clerk, hoa).await.contains("3,33"));
    assert!(salary(&mut clerk, dung).await.contains("3,66"));
    let page = clerk.open(&format!("/ho-so/{dung}")).await;
    page.sees("Nâng bậc lương thường xuyên").sees("30/QĐ-SYT");
    clerk.open("/ho-so").await.is(200).sees("3,66");
    clerk.open(&format!("/ho-so/{dung}/lich-su?muc=salary_current")).await.is(200).sees("Căn cứ: quyết định");
}

#[tokio::test]
async fn what_cannot_be_written_is_said_beside_the_person_and_a_type_has_only_its_own_effects() {
    let site = Site::yen_bai().await;
    site.complete_person(site.hospital, "Lường Thị Hoa", "1990-02-28", "015190000009").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let people = [("people", "Lường Thị Hoa"), ("da_xem", "x"), ("coefficient-1", "ba phẩy ba"), ("grade_step-1", "99")];
    let fields = with(raise("31/QĐ-SYT", &day(-1)), &people);
    let page = clerk.submit("/quyet-dinh/xem-truoc", &pairs(&fields)).await;
    page.is(422).summary_follows_the_form(1).sees("Dòng 1:").sees("ba phẩy ba").sees("id=\"coefficient-1-loi\"");
    let mut wrong = with(raise("31/QĐ-SYT", &day(-1)), &[("people", "Lường Thị Hoa")]);
    wrong.iter_mut().filter(|(name, _)| name == "decision_type").for_each(|(_, text)| *text = "YB16-02".into());
    clerk.submit("/quyet-dinh/xem-truoc", &pairs(&wrong)).await.is(422).sees("Loại quyết định này có thể: bổ nhiệm").sees("value=\"3,33\"");
}

static MOMENT: AtomicI64 = AtomicI64::new(0);

fn moving() -> Timestamp {
    crate::tests::site::today() + jiff::SignedDuration::from_hours(24 * MOMENT.load(Ordering::Relaxed))
}

#[tokio::test]
async fn a_decision_with_a_day_to_come_takes_effect_on_that_day_once() {
    let site = Site::at("yen-bai-2020", moving).await;
    let hoa = site.complete_person(site.hospital, "Lường Thị Hoa", "1990-02-28", "015190000009").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let at = place(&mut clerk, with(raise("32/QĐ-SYT", &day(10)), &[("people", "Lường Thị Hoa")])).await;
    clerk.open(&at).await.is(200).sees(&format!("áp dụng từ {}", day(10))).sees("<span class=\"muted\">chưa</span>");
    assert_eq!(later::apply(&site.app).await.unwrap(), (0, 0));
    assert!(!salary(&mut clerk, hoa).await.contains("3,33"));
    MOMENT.store(10, Ordering::Relaxed);
    assert_eq!(later::apply(&site.app).await.unwrap(), (1, 0));
    assert_eq!(later::apply(&site.app).await.unwrap(), (0, 0));
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    assert!(salary(&mut clerk, hoa).await.contains("3,33"));
}

#[tokio::test]
async fn a_withdrawal_is_asked_for_by_the_operator_and_decided_by_the_database_administrator() {
    let site = Site::yen_bai().await;
    let hoa = site.complete_person(site.hospital, "Lường Thị Hoa", "1990-02-28", "015190000009").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let first = place(&mut clerk, with(raise("33/QĐ-SYT", &day(-2)), &[("people", "Lường Thị Hoa")])).await;
    let later = with(raise("34/QĐ-SYT", &day(-1)), &[("people", "Lường Thị Hoa"), ("coefficient-1", "3,66"), ("grade_step-1", "5")]);
    let second = place(&mut clerk, later).await;
    assert!(salary(&mut clerk, hoa).await.contains("3,66"));
    clerk.open(&second).await.sees("YB-18").sees("Đề nghị thu hồi");
    let version = |page: &Answer| page.body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    clerk.submit(&format!("{second}/de-nghi-thu-hoi"), &[("version", "1"), ("reason", "")]).await.is(422).sees("Ghi lý do thu hồi");
    clerk.submit(&format!("{second}/de-nghi-thu-hoi"), &[("version", "1"), ("reason", "ban hành nhầm")]).await.is(303);
    clerk.submit(&format!("{second}/thu-hoi"), &[("version", "2"), ("reason", "x")]).await.is(403);
    let mut database = site.sign_in_as("database_admin", site.province).await;
    // The first one cannot go while the second rests on it.
    let seen = version(&database.open(&first).await);
    let refused = database.submit(&format!("{first}/thu-hoi"), &[("version", &seen), ("reason", "sai đối tượng")]).await;
    refused.is(422).sees("Chưa thu hồi gì").sees("Lường Thị Hoa</a>: Lương hiện hưởng");
    let seen = version(&database.open(&second).await);
    database.submit(&format!("{second}/thu-hoi"), &[("version", &seen), ("reason", "")]).await.is(303);
    database.open(&second).await.is(200).sees("Đã thu hồi").sees("ban hành nhầm").misses("Thu hồi quyết định</button>");
    let standing = salary(&mut clerk, hoa).await;
    assert!(standing.contains("3,33") && !standing.contains("3,66"), "{standing}");
    let page = clerk.open(&format!("/ho-so/{}", hoa)).await;
    page.sees("34/QĐ-SYT").sees("ban hành nhầm");
    let seen = version(&database.open(&first).await);
    database.submit(&format!("{first}/thu-hoi"), &[("version", &seen), ("reason", "sai đối tượng")]).await.is(303);
    assert!(!salary(&mut clerk, hoa).await.contains("3,33"));
    site.app.db.verify_chain(&[]).await.unwrap();
}

#[tokio::test]
async fn a_raise_stops_at_an_incomplete_dossier_with_what_is_missing_and_goes_on_when_it_is_complete() {
    let site = Site::yen_bai().await;
    let hoa = site.complete_person(site.hospital, "Lường Thị Hoa", "1990-02-28", "015190000009").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let both = with(raise("35/QĐ-BV", &day(-1)), &[("people", "Lò Thị Mai\nLường Thị Hoa"), ("da_xem", "x")]);
    let refused = clerk.submit("/quyet-dinh/xem-truoc", &pairs(&both)).await;
    refused.is(422).sees("Dòng 1: hồ sơ chưa đầy đủ, còn thiếu: ").sees("(YB-19.5.đ)").misses("Dòng 2: hồ sơ");
    clerk.upload("/quyet-dinh/ghi", &pairs(&both), "tep", PDF).await.is(422).sees("hồ sơ chưa đầy đủ");
    place(&mut clerk, with(raise("35/QĐ-BV", &day(-1)), &[("people", "Lường Thị Hoa")])).await;
    assert!(salary(&mut clerk, hoa).await.contains("3,33"));
    // At Home Affairs one incomplete dossier holds up the whole unit.
    let mut home_affairs = site.sign_in_as("system_admin", site.province).await;
    let own = with(raise("36/QĐ-UBND", &day(-1)), &[("people", "Lường Thị Hoa"), ("da_xem", "x")]);
    let own: Vec<(String, String)> =
        own.into_iter().map(|(name, text)| if name == "issuing_body" { (name, "Tỉnh Mẫu".to_owned()) } else { (name, text) }).collect();
    let refused = home_affairs.submit("/quyet-dinh/xem-truoc", &pairs(&own)).await;
    refused.is(422).sees("Đơn vị còn hồ sơ chưa đầy đủ, chính xác: Lò Thị Mai").sees("(YB-22.4)");
    // Under a regulation without the gate an incomplete dossier is no hindrance.
    let site = Site::under("dong-thap-2014").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    place(&mut clerk, with(raise("35/QĐ-BV", &day(-1)), &[("people", "Lò Thị Mai")])).await;
}

/// A decision of a type with an effect, and what is typed of it.
fn decision(kind: &str, number: &str, effect: &str, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let facts = raise(number, &day(-1))
        .into_iter()
        .filter(|(name, _)| !matches!(name.as_str(), "rank_code" | "grade_step" | "coefficient" | "raise_kind"));
    let facts = facts.map(|(name, text)| match name.as_str() {
        "decision_type" => (name, kind.to_owned()),
        "effect" => (name, effect.to_owned()),
        _ => (name, text),
    });
    with(facts.collect(), more)
}

#[tokio::test]
async fn an_appointment_shows_its_term_and_a_relief_ends_position_and_allowance() {
    let site = Site::yen_bai().await;
    let hoa = site.complete_person(site.hospital, "Lường Thị Hoa", "1990-02-28", "015190000009").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let at = format!("/ho-so/{hoa}/muc/salary_current");
    clerk.submit(&at, &[("phien_ban", "0"), ("position_allowance", "0,5"), ("xac_nhan", "1")]).await.is(303);
    let ends = day(20);
    let post = [
        ("people", "Lường Thị Hoa"),
        ("position", "pgd_so"),
        ("unit_text", "Bệnh viện Đa khoa"),
        ("form", "bo_nhiem"),
        ("term_end_on", &ends),
    ];
    place(&mut clerk, decision("YB16-02", "40/QĐ-BV", "appointment", &post)).await;
    let page = clerk.open(&format!("/ho-so/{hoa}")).await;
    page.is(200).sees("Phó Giám đốc sở và tương đương").sees(&day(-1)).sees(&ends);
    clerk.open("/").await.is(200).sees("người hết thời hạn giữ chức vụ");
    let relief = [("people", "Lường Thị Hoa"), ("end_reason", "tu_chuc")];
    let preview =
        clerk.submit("/quyet-dinh/xem-truoc", &pairs(&with(decision("YB16-03", "41/QĐ-BV", "relief", &relief), &[("da_xem", "x")]))).await;
    preview.is(200).sees("<ins>Từ chức</ins>").sees("<del>0,5");
    place(&mut clerk, decision("YB16-03", "41/QĐ-BV", "relief", &relief)).await;
    let section = |page: &Answer, key: &str| {
        page.body.split(&format!("id=\"muc-{key}\"")).nth(1).unwrap().split("</section>").next().unwrap().to_owned()
    };
    let page = clerk.open(&format!("/ho-so/{hoa}")).await;
    assert!(section(&page, "current_position").contains("Không giữ chức vụ"));
    assert!(!section(&page, "current_position").contains(&ends) && !section(&page, "salary_current").contains("0,5"));
    let history = section(&page, "position_history");
    assert!(history.contains("Từ chức") && history.contains(&day(-1)), "{history}");
}

#[tokio::test]
async fn a_list_of_council_members_stands_in_each_dossier_with_council_level_and_term() {
    let site = Site::yen_bai().await;
    let mut members = vec![site.mai];
    for (place, name) in ["Đỗ Thị Dung", "Lường Thị Hoa", "Hà Thị Xuân", "Vàng Thị Dua"].iter().enumerate() {
        members.push(site.person(site.hospital, name, "2", "1988-05-01", &format!("01518800001{place}")).await);
    }
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let typed = [("people", "Lò Thị Mai\nĐỗ Thị Dung\nLường Thị Hoa\nHà Thị Xuân\nVàng Thị Dua"), ("body", BODY), ("term", "2021 – 2026")];
    place(&mut clerk, decision("YB16-01", "42/NQ-HĐND", "council", &typed)).await;
    for member in members {
        let page = clerk.open(&format!("/ho-so/{member}")).await;
        page.is(200).sees("2021 – 2026").sees(COUNCIL).sees("42/NQ-HĐND");
    }
}

#[tokio::test]
async fn what_the_department_decides_waits_until_the_dossier_was_gone_through_and_is_gone_through_again_after_a_change() {
    static TICKS: AtomicI64 = AtomicI64::new(0);
    let ticking = || today() + jiff::SignedDuration::from_millis(TICKS.fetch_add(1, Ordering::Relaxed));
    let site = Site::at("hue-health-2017", ticking).await;
    let hoa = site.complete_person(site.hospital, "Lường Thị Hoa", "1990-02-28", "015190000009").await;
    let mut office = site.sign_in_as("system_admin", site.province).await;
    let fields = with(raise("30/QĐ-SYT", &day(-1)), &[("people", "Lường Thị Hoa"), ("da_xem", "x")]);
    let refused = office.submit("/quyet-dinh/xem-truoc", &pairs(&fields)).await;
    refused.is(422).sees("hồ sơ chưa được kiểm tra trước khi giải quyết").sees("HUE-17.2.c");
    // The unit does not go through it in the department's place.
    let mut unit = site.sign_in_as("operator", site.hospital).await;
    unit.open(&format!("/ho-so/{hoa}")).await.is(200).misses("/kiem-tra\"");
    unit.submit(&format!("/ho-so/{hoa}/kiem-tra"), &[("note", "")]).await.is(404);
    office.open(&format!("/ho-so/{hoa}")).await.is(200).sees("/kiem-tra\"");
    office.submit(&format!("/ho-so/{hoa}/kiem-tra"), &[("note", "")]).await.is(303);
    office.open(&format!("/ho-so/{hoa}/kiem-tra")).await.is(200).sees("HUE-17.2.c").sees("is-done\">còn");
    office.submit("/quyet-dinh/xem-truoc", &pairs(&fields)).await.is(200);
    // Written since: to be gone through again.
    unit.submit(&format!("/ho-so/{hoa}/muc/contact"), &[("mobile_phone", "0912000111"), ("phien_ban", "0")]).await.is(303);
    office.submit("/quyet-dinh/xem-truoc", &pairs(&fields)).await.is(422).sees("đã sửa sau khi kiểm tra");
    office.open(&format!("/ho-so/{hoa}/kiem-tra")).await.is(200).sees("hồ sơ đã sửa sau đó");
    office.submit(&format!("/ho-so/{hoa}/kiem-tra"), &[("note", "")]).await.is(303);
    let at = place(&mut office, with(raise("30/QĐ-SYT", &day(-1)), &[("people", "Lường Thị Hoa")])).await;
    office.open(&at).await.is(200).sees("Đã áp dụng");
    // A dossier in which something is missing is let through with words only.
    office.submit(&format!("/ho-so/{}/kiem-tra", site.mai), &[("note", "")]).await.is(422).sees("vì sao vẫn giải quyết được");
}
