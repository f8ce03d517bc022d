//! Decisions as a user over HTTP.

use crate::tests::site::{Answer, Browser, Site, day};

const PDF: (&str, &[u8]) = ("QĐ 26.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF");

fn facts() -> Vec<(&'static str, String)> {
    vec![
        ("decision_type", "YB16-08".into()),
        ("number", "26/QĐ-SYT".into()),
        ("signed_on", day(-3)),
        ("effective_on", String::new()),
        ("issuing_body", "Bệnh viện Đa khoa".into()),
        ("signer", "Hà Thị Mẫu, Giám đốc".into()),
        ("summary", "Nâng bậc lương thường xuyên".into()),
    ]
}

async fn send(browser: &mut Browser, path: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = facts();
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    let all: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).chain(more.iter().copied()).collect();
    match path {
        "/quyet-dinh/ghi" => browser.upload(path, &all, "tep", PDF).await,
        _ => browser.submit(path, &all).await,
    }
}

/// Three people of the hospital, two of one name.
async fn three(site: &Site) -> [i64; 3] {
    let one = site.person(site.hospital, "Đỗ Thị Dung", "2", "1988-05-01", "015188000003").await;
    let other = site.person(site.hospital, "Đỗ Thị Dung", "2", "1991", "015191000004").await;
    [site.mai, one, other]
}

#[tokio::test]
async fn one_decision_entered_once_stands_in_the_dossiers_of_the_three_people_it_names() {
    let site = Site::yen_bai().await;
    let [mai, one, other] = three(&site).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    clerk.open("/quyet-dinh").await.is(200).sees("Sổ chưa có quyết định nào");
    clerk.open("/quyet-dinh/moi").await.is(200).sees("name=\"people\"").misses("name=\"revoked_on\"");
    let people = [("people", "1. Lò Thị Mai\n015188000003\nĐỗ Thị Dung\t1991\n")];
    let preview = send(&mut clerk, "/quyet-dinh/xem-truoc", &people).await;
    preview
        .is(200)
        .sees("3 người được nêu")
        .sees("Lò Thị Mai</a><br><small class=\"muted\">sinh 28/02/1990")
        .sees("Đỗ Thị Dung</a><br><small class=\"muted\">sinh 01/05/1988")
        .sees("sinh 1991");
    clerk.open("/quyet-dinh").await.sees("Sổ chưa có quyết định nào");
    let placed = send(&mut clerk, "/quyet-dinh/ghi", &people).await;
    let shown = clerk.follow(placed.is(303)).await;
    shown.is(200).sees("Quyết định 26/QĐ-SYT").sees("3 người").sees("Nâng bậc lương thường xuyên");
    let mut hashes = Vec::new();
    for dossier in [mai, one, other] {
        let page = clerk.open(&format!("/ho-so/{dossier}")).await;
        page.is(200).sees("26/QĐ-SYT").sees("QĐ 26.pdf").sees(&day(-3));
        let file = page.body.split(&format!("/ho-so/{dossier}/tep/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
        let scan = clerk.open(&format!("/ho-so/{dossier}/tep/{file}")).await;
        hashes.push(scan.is(200).bytes.clone());
        clerk.open(&format!("/ho-so/{dossier}/lich-su")).await.is(200).sees("quyết định số 26/QĐ-SYT");
    }
    assert!(hashes.iter().all(|bytes| bytes == PDF.1));
    clerk.open("/quyet-dinh?q=nang+bac").await.is(200).sees("26/QĐ-SYT").sees("Số người");
    clerk.open("/quyet-dinh?q=27").await.is(200).sees("Không có quyết định nào khớp");
    clerk.open("/quyet-dinh?loai=YB16-02").await.is(200).misses("26/QĐ-SYT");
}

#[tokio::test]
async fn who_is_not_clear_is_asked_for_and_who_is_not_there_is_said() {
    let site = Site::yen_bai().await;
    let [_, one, other] = three(&site).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let wrong = "Lo Thi Mai\nNguyễn Đức An\n015085000002\n015188000003 Lê Văn Khác\nLò Thị Mai 28/2/1990\n12/03/1980";
    let again = send(&mut clerk, "/quyet-dinh/xem-truoc", &[("people", wrong), ("summary", ""), ("signed_on", "31/02/2026")]).await;
    again.is(422).summary_follows_the_form(7);
    again.sees("Dòng 2: không có hồ sơ nào tên “Nguyễn Đức An” trong phạm vi được giao");
    again.sees("Dòng 3: không có hồ sơ nào mang số 015085000002").sees("Dòng 4: số 015188000003 là của hồ sơ mang tên khác");
    again
        .sees("href=\"/ho-so/moi\">Lập hồ sơ mới</a>")
        .sees("Dòng 5: trùng với dòng 1")
        .sees("Dòng 6: chưa có họ tên")
        .sees("Nhập trích yếu")
        .sees("31/02/2026")
        .sees("Lê Văn Khác");
    let several = [("people", "Đỗ Thị Dung\nĐỗ Thị Dung")];
    send(&mut clerk, "/quyet-dinh/xem-truoc", &several).await.is(200).sees("Có 2 người cùng tên").sees("sinh 01/05/1988, số 015188000003");
    send(&mut clerk, "/quyet-dinh/ghi", &several).await.is(422).sees("Chọn người được nêu ở dòng 1").sees("Chọn người được nêu ở dòng 2");
    let (one, other) = (one.to_string(), other.to_string());
    let twice = [several[0], ("nguoi-1", one.as_str()), ("nguoi-2", one.as_str())];
    send(&mut clerk, "/quyet-dinh/ghi", &twice).await.is(422).sees("trùng với người ở dòng 1").sees(&format!("value=\"{one}\" selected"));
    let both = [several[0], ("nguoi-1", one.as_str()), ("nguoi-2", other.as_str())];
    send(&mut clerk, "/quyet-dinh/ghi", &both).await.is(303);
    let foreign = [("people", "Đỗ Thị Dung"), ("nguoi-1", &site.an.to_string()), ("number", "27/QĐ-SYT")];
    send(&mut clerk, "/quyet-dinh/ghi", &foreign).await.is(422).sees("Chọn người được nêu ở dòng 1");
}

#[tokio::test]
async fn the_same_paper_is_entered_once_and_people_are_added_to_it() {
    let site = Site::yen_bai().await;
    let [mai, one, _] = three(&site).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let placed = send(&mut clerk, "/quyet-dinh/ghi", &[("people", "Lò Thị Mai")]).await;
    let at = placed.is(303).location().unwrap().to_owned();
    let id = at.rsplit('/').next().unwrap().to_owned();
    let retyped = [("people", "015188000003"), ("number", "26 / qd-syt"), ("issuing_body", "BỆNH VIỆN  đa khoa")];
    send(&mut clerk, "/quyet-dinh/xem-truoc", &retyped).await.is(422).sees("đã có trong sổ");
    send(&mut clerk, "/quyet-dinh/ghi", &retyped).await.is(422).sees("đã có trong sổ");
    clerk.open(&format!("/quyet-dinh/moi?qd={id}")).await.is(200).sees("Bổ sung người vào quyết định").sees("Nâng bậc lương");
    let added = [("qd", id.as_str()), ("people", "015188000003\nLò Thị Mai")];
    clerk.submit("/quyet-dinh/xem-truoc", &added).await.is(200).sees("2 người được nêu").misses("name=\"tep\"");
    let placed = clerk.upload("/quyet-dinh/ghi", &added, "tep", ("", b"")).await;
    clerk.follow(placed.is(303)).await.is(200).sees("2 người").sees("Đỗ Thị Dung");
    for dossier in [mai, one] {
        let page = clerk.open(&format!("/ho-so/{dossier}")).await;
        let rows = page.body.matches("26/QĐ-SYT").count();
        assert_eq!(rows, 1, "the decision stands once in each dossier");
        page.sees("QĐ 26.pdf");
    }
}

#[tokio::test]
async fn ticked_people_come_along_and_nobody_else_sees_the_register() {
    let site = Site::yen_bai().await;
    let [mai, one, _] = three(&site).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    clerk.open("/ho-so").await.is(200).sees("formaction=\"/quyet-dinh/moi\"");
    let ticked =
        clerk.submit("/quyet-dinh/moi", &[("chon", &mai.to_string()), ("chon", &one.to_string()), ("chon", &site.an.to_string())]).await;
    ticked.is(200).sees("Lò Thị Mai, 28/02/1990, 015190000001\nĐỗ Thị Dung, 01/05/1988, 015188000003\n").misses("Nguyễn Đức An");
    let placed = send(&mut clerk, "/quyet-dinh/ghi", &[("people", "Lò Thị Mai")]).await;
    let at = placed.is(303).location().unwrap().to_owned();
    let mut sibling = site.sign_in_as("operator", site.finance).await;
    sibling.open(&at).await.is(404);
    sibling.open("/quyet-dinh").await.is(200).misses("26/QĐ-SYT");
    let mut above = site.sign_in_as("system_admin", site.province).await;
    above.open(&at).await.is(200).sees("Lò Thị Mai");
}

#[tokio::test]
async fn a_scan_of_a_decision_is_examined_and_declared_as_any_other() {
    let site = Site::under("lang-son-2022").await;
    let role = site.app.law.regulation(site.regulation).unwrap().roles.iter();
    let role = role.filter(|role| role.permissions.iter().any(|code| code == "edit_record")).map(|role| role.code.clone()).next().unwrap();
    let mut clerk = site.sign_in_as(&role, site.hospital).await;
    let people = [("people", "Lò Thị Mai")];
    send(&mut clerk, "/quyet-dinh/xem-truoc", &people).await.is(200).sees("LS-7.3").sees("bắt buộc khi tệp không ký số");
    send(&mut clerk, "/quyet-dinh/ghi", &people)
        .await
        .is(422)
        .sees("Chọn loại bản rồi chọn lại tệp (LS-7.3)")
        .sees("Lò Thị Mai</a><br><small class=\"muted\">sinh");
    let copy = crate::dossiers::copies(&site.app).first().map(|(code, _)| (*code).to_owned()).unwrap();
    let declared = [people[0], ("loai_ban", copy.as_str())];
    send(&mut clerk, "/quyet-dinh/ghi", &declared).await.is(303);
    let mut bad = facts();
    bad.push(("people", "Lò Thị Mai".into()));
    bad.push(("number", "28/QĐ-SYT".into()));
    let bad: Vec<(&str, &str)> =
        bad.iter().skip(1).filter(|(_, text)| text != "26/QĐ-SYT").map(|(name, text)| (*name, text.as_str())).collect();
    let all: Vec<(&str, &str)> = std::iter::once(("decision_type", "YB16-08")).chain(bad).collect();
    clerk.upload("/quyet-dinh/ghi", &all, "tep", ("x.pdf", b"<html>")).await.is(422).sees("Nội dung tệp không phải PDF");
}

#[tokio::test]
async fn only_the_issuer_or_its_delegate_enters_a_decision_where_the_regulation_says_so() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let foreign = [("people", "Lò Thị Mai"), ("issuing_body", "Sở Y tế")];
    let refused = send(&mut clerk, "/quyet-dinh/xem-truoc", &foreign).await;
    refused.is(422).sees("Quyết định do cơ quan ban hành hoặc nơi được ủy quyền ghi").sees("(YB-17)").sees("id=\"delegation\"");
    send(&mut clerk, "/quyet-dinh/ghi", &foreign).await.is(422);
    let delegated = [foreign[0], foreign[1], ("delegation", "15/SYT-VP ngày 05/01/2026")];
    let placed = send(&mut clerk, "/quyet-dinh/ghi", &delegated).await;
    clerk.follow(placed.is(303)).await.is(200).sees("15/SYT-VP ngày 05/01/2026");
    send(&mut clerk, "/quyet-dinh/ghi", &[("people", "Lò Thị Mai"), ("number", "27/QĐ-BV")]).await.is(303);
    // Another regulation is silent and lets whoever keeps the dossier enter it.
    let site = Site::under("hue-health-2017").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    send(&mut clerk, "/quyet-dinh/ghi", &foreign).await.is(303);
}
