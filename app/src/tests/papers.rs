//! What leaves the house, and what was opened in it: addresses on papers, purposes on the record, proofs of files.

use super::site::{Answer, Browser, Site};
use crate::access::ViewAudit;
use serde_json::Value as Json;
use std::process::{Command, Stdio};
use vault::Read;

#[path = "../../../crates/paper/tests/signatures/making.rs"]
#[allow(dead_code, reason = "the tests of the reader sign in more ways")]
mod making;

fn version(form: &Answer) -> String {
    form.is(200).body.split("name=\"phien_ban\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The text of a PDF.
fn text_of(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let run = Command::new("pdftotext").args(["-raw"]).arg(file.path()).arg("-").stderr(Stdio::null()).output();
    String::from_utf8(run.expect("pdftotext of poppler-utils").stdout).unwrap().replace(['\u{2060}', '\u{200b}'], "")
}

/// Takes a list out and gives its bytes.
async fn take_out(clerk: &mut Browser, purpose: &str) -> Vec<u8> {
    let begun = clerk.submit("/ho-so/ket-xuat", &[("ve", ""), ("purpose", purpose), ("format", "xlsx")]).await;
    let at = begun.is(303).location().unwrap().to_owned();
    for _ in 0..400 {
        if clerk.open(&at).await.is(200).body.contains("/tep\"") {
            return clerk.open(&format!("{at}/tep")).await.is(200).bytes.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the list was never written");
}

#[tokio::test]
async fn links_on_papers_begin_with_the_address_of_the_regulation_by_the_encrypted_scheme() {
    let site = Site::yen_bai().await;
    let address = "https://ccvc.yenbai.gov.vn";
    assert_eq!(site.app.law.regulation("yen-bai-2020").unwrap().identity.url, "http://ccvc.yenbai.gov.vn");
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let text = text_of(&admin.open(&format!("/ho-so/{}/in/2C-2008", site.mai)).await.bytes);
    assert!(text.contains(&format!("{address}/ho-so/{}", site.mai)), "{text}");
    let book = paper::sheet::open(&take_out(&mut admin, "Rà soát").await, &paper::sheet::Options::default()).unwrap();
    let cells: Vec<String> = book.sheets[0].rows.iter().flatten().map(|cell| cell.shown()).collect();
    assert!(cells.iter().any(|cell| cell.contains(&format!("Nguồn: {address}/ho-so"))), "{cells:?}");
    let unit = site.finance.to_string();
    let account = [("unit", unit.as_str()), ("role", "unit_admin"), ("kind", "unit"), ("login", "so-tai-chinh"), ("name", "Sở Tài chính")];
    let paper = [("operator", "Hà Thị Mẫu"), ("number", "12/SNV"), ("signed_on", "01/11/2026"), ("issuer", "Sở Nội vụ")];
    let handed = admin.submit("/tai-khoan/moi", &[&account[..], &paper[..]].concat()).await;
    handed.is(200).sees(&format!("Đăng nhập tại <b>{address}/dang-nhap</b>")).misses("http://ccvc");
}

/// Entries of the record about a dossier with one of these acts: account, operator, moment, purpose.
async fn on_record(site: &Site, acts: &[&str]) -> Vec<(String, String, Option<String>, String)> {
    let console = site.app.db.console_viewer(site.app.db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let sql = "SELECT e.act, e.account_name, e.operator, e.recorded_at, e.diff FROM {audit_entries} e WHERE e.dossier_id = $1 AND e.table_name = '' ORDER BY e.seq";
    let rows = site.app.db.read(&console.may::<ViewAudit>().unwrap()).rows(sql, &[site.mai.into()]).await.unwrap();
    let rows = rows.iter().filter(|row| acts.contains(&row.text("act").unwrap().as_str()));
    rows.map(|row| {
        assert_eq!(row.get::<jiff::Timestamp>("recorded_at").unwrap(), super::site::today());
        let diff: Json = serde_json::from_str(&row.text("diff").unwrap()).unwrap();
        let purpose = diff["purpose"].as_str().expect("a purpose").to_owned();
        (row.text("act").unwrap(), row.text("account_name").unwrap(), row.get("operator").unwrap(), purpose)
    })
    .collect()
}

const READ: &[&str] =
    &["dossier.open", "dossier.print", "dossier.export", "dossier.history", "dossier.discrepancies", "section.open", "file.open"];

#[tokio::test]
async fn every_view_and_export_leaves_account_operator_time_dossier_and_purpose() {
    let site = Site::yen_bai().await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let unit = site.hospital.to_string();
    let account = [("unit", unit.as_str()), ("role", "operator"), ("kind", "unit"), ("login", "bvdk"), ("name", "Bệnh viện Đa khoa")];
    let paper = [("operator", "Hà Thị Mẫu"), ("number", "12/SNV"), ("signed_on", "01/11/2026"), ("issuer", "Sở Nội vụ")];
    let opened = admin.submit("/tai-khoan/moi", &[&account[..], &paper[..]].concat()).await;
    let issued = opened.is(200).body.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    let mut clerk = site.stranger();
    clerk.submit("/dang-nhap", &[("login", "bvdk"), ("password", &issued)]).await.is(303);
    let own = [("current", issued.as_str()), ("chosen", "sông núi nước Nam"), ("again", "sông núi nước Nam")];
    clerk.submit("/mat-khau", &own).await.is(303);

    clerk.open(&mai).await.is(200).sees("<h1>Lò Thị Mai</h1>");
    clerk.open(&format!("{mai}?ngay={}", super::site::day(0))).await.is(200);
    clerk.open(&format!("{mai}/muc/identity")).await.is(200);
    clerk.open(&format!("{mai}/lich-su")).await.is(200);
    clerk.open(&format!("{mai}/sai-lech")).await.is(200);
    assert!(clerk.open(&format!("{mai}/in/2C-2008")).await.bytes.starts_with(b"%PDF"));
    take_out(&mut clerk, "Báo cáo quý IV").await;
    let found = on_record(&site, READ).await;
    let acts: Vec<&str> = found.iter().map(|(act, ..)| act.as_str()).filter(|act| *act != "dossier.open").collect();
    let wanted = ["section.open", "dossier.history", "dossier.discrepancies", "dossier.print", "dossier.export"];
    assert_eq!(acts, wanted, "each is on the record, once");
    for (act, account, operator, purpose) in &found {
        let taken_out = act == "dossier.export";
        assert_eq!((account.as_str(), operator.as_deref()), ("Bệnh viện Đa khoa", Some("Hà Thị Mẫu")), "{act}");
        let stands =
            if taken_out { purpose == "Báo cáo quý IV" } else { purpose.starts_with("quản lý hồ sơ theo nhiệm vụ, ") };
        assert!(stands, "{act}: {purpose}");
    }
    let page = admin.open(&format!("{mai}/lich-su?xem=mo")).await;
    page.sees("<b>Hà Thị Mẫu (Bệnh viện Đa khoa)</b> mở xem hồ sơ").sees("Mục đích: quản lý hồ sơ theo nhiệm vụ");
    page.sees("kết xuất hồ sơ trong danh sách").sees("Mục đích: Báo cáo quý IV");
}

#[tokio::test]
async fn whoever_only_looks_says_why_once_for_a_dossier_and_a_day() {
    let site = Site::yen_bai().await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut head = site.sign_in_as("unit_head", site.health).await;
    let form = head.open(&mai).await;
    form.is(200).sees("Mục đích xem hồ sơ Lò Thị Mai").misses("28/02/1990").misses("id=\"muc-identity\"");
    head.open(&format!("{mai}/in/2C-2008?tep=docx")).await.is(200).sees("Mục đích xem hồ sơ").sees("/in/2C-2008?tep=docx");
    assert_eq!(on_record(&site, READ).await, [], "nothing was shown");
    head.submit(&format!("{mai}/muc-dich"), &[("other", " ")]).await.is(422).sees("Chọn hoặc ghi mục đích");
    let words = "Chuẩn bị họp xét khen thưởng";
    let back = head.submit(&format!("{mai}/muc-dich"), &[("other", words), ("back", &format!("{mai}/lich-su"))]).await;
    assert_eq!(back.is(303).location(), Some(format!("{mai}/lich-su").as_str()));
    head.open(&mai).await.is(200).sees("<h1>Lò Thị Mai</h1>").sees("id=\"muc-identity\"");
    head.open(&mai).await.is(200).sees("<h1>Lò Thị Mai</h1>");
    let found = on_record(&site, READ).await;
    assert!(found.len() == 2 && found.iter().all(|(act, _, _, purpose)| act == "dossier.open" && purpose == words), "{found:?}");
    // Another dossier asks again, and offers what was said before first.
    let other = site.person(site.hospital, "Hà Thị Xuân", "2", "1992-05-01", "015192000003").await;
    head.open(&format!("/ho-so/{other}")).await.sees("Mục đích xem hồ sơ Hà Thị Xuân").sees(&format!("value=\"{words}\" checked"));
    // Another head has said nothing yet.
    let mut another = site.sign_in_as("unit_head", site.health).await;
    another.open(&mai).await.sees("Mục đích xem hồ sơ").misses(words);
}

/// A row of decisions to which a scan may be sent, and its version.
async fn decision(clerk: &mut Browser, site: &Site) -> (String, String, String) {
    let address = format!("/ho-so/{}/muc/decisions", site.mai);
    let code = site.app.law.catalogue("decision_types").unwrap().items[0].code.clone();
    let row = [("dong", ""), ("phien_ban", "0"), ("decision_type", code.as_str()), ("number", "26/QĐ-SYT"), ("signed_on", "02/02/2024")];
    clerk.submit(&address, &row).await.is(303);
    let page = clerk.open(&format!("/ho-so/{}", site.mai)).await;
    let list = page.body.split("id=\"muc-decisions\"").nth(1).unwrap().to_owned();
    let row = list.split("id=\"dong-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let seen = version(&clerk.open(&format!("{address}?dong={row}")).await);
    (format!("{address}/tep"), row, seen)
}

#[tokio::test]
async fn a_signed_pdf_is_verified_and_one_without_signature_must_be_declared() {
    let site = Site::under("lang-son-2022").await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let (at, row, seen) = decision(&mut clerk, &site).await;
    let fields = |seen: &str| {
        [("phien_ban", seen.to_owned()), ("dong", row.clone()), ("truong", "scan".to_owned()), ("ly_do", "bản mới".to_owned())]
    };
    let send = async |clerk: &mut Browser, seen: &str, declared: &str, pdf: &[u8]| {
        let fields = fields(seen);
        let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        all.push(("loai_ban", declared));
        clerk.upload(&at, &all, "tep", ("QĐ 26.pdf", pdf)).await
    };
    let plain = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF";
    send(&mut clerk, &seen, "", plain)
        .await
        .is(422)
        .sees("Chọn loại bản rồi gửi lại tệp (LS-7.3)")
        .sees("Bản quét bản sao chứng thực từ bản chính");
    send(&mut clerk, &seen, "khong-co", plain).await.is(422);
    clerk.open(&mai).await.misses("QĐ 26.pdf");
    send(&mut clerk, &seen, "chung_thuc", plain).await.is(303);
    clerk.open(&mai).await.sees("QĐ 26.pdf").sees("Bản quét bản sao chứng thực từ bản chính</a>");

    let seen = version(&clerk.open(&format!("{mai}/muc/decisions?dong={row}")).await);
    let signed = making::Signer::new().sign("Quyet dinh 26");
    send(&mut clerk, &seen, "", &signed).await.is(303);
    let page = clerk.open(&mai).await;
    let proof = page.sees("ký số, còn nguyên vẹn").body.split('"').find(|part| part.ends_with("/xac-thuc")).unwrap().to_owned();
    let shown = clerk.open(&proof).await;
    shown
        .is(200)
        .sees("Văn thư Sở Y tế")
        .sees("Sở Y tế tỉnh Mẫu")
        .sees("nội dung được ký còn nguyên vẹn")
        .sees("không có gì được ghi thêm");
    shown.sees("01/01/2025 đến 01/01/2028").sees("chưa đối chiếu");
    let mut sibling = site.sign_in_as("operator", site.finance).await;
    sibling.open(&proof).await.is(404).misses("Văn thư");

    // A signature that no longer holds proves nothing: the result is kept, and the scan must be declared.
    let altered = String::from_utf8(signed).unwrap().replace("Quyet dinh 26", "Quyet dinh 27").into_bytes();
    let seen = version(&clerk.open(&format!("{mai}/muc/decisions?dong={row}")).await);
    send(&mut clerk, &seen, "", &altered).await.is(422).sees("không có chữ ký số còn nguyên vẹn");
    send(&mut clerk, &seen, "doi_chieu", &altered).await.is(303);
    clerk.open(&mai).await.sees("chữ ký số không còn nguyên vẹn");
}

#[tokio::test]
async fn a_scan_is_declared_only_where_the_regulation_asks_for_it() {
    let site = Site::under("vinh-phuc-2024").await;
    let mut clerk = site.sign_in_as("system_admin", site.province).await;
    let (at, row, seen) = decision(&mut clerk, &site).await;
    let fields = [("phien_ban", seen.as_str()), ("dong", &row), ("truong", "scan"), ("loai_ban", "")];
    clerk.upload(&at, &fields, "tep", ("QĐ 26.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF")).await.is(303);
    clerk.open(&format!("/ho-so/{}", site.mai)).await.sees("QĐ 26.pdf");
    let form = clerk.open(&format!("/ho-so/{}/muc/decisions?dong={row}", site.mai)).await;
    form.sees("Loại bản").sees("(không bắt buộc)").misses("LS-7.3");
}

/// What our sources know of the form: its sections. Its own text was not seen, so the clause stays open.
#[tokio::test]
async fn a_new_dossier_of_yen_bai_is_declared_on_the_sections_of_its_form() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("system_admin", site.province).await;
    let unit = site.hospital.to_string();
    let person = [("unit_id", unit.as_str()), ("full_name", "Hà Thị Xuân"), ("birth_date", "01/05/1992"), ("gender", "2")];
    let rest = [("personal_id_number", "015192000003"), ("personnel_type", "cong_chuc"), ("dossier_status", "working"), ("xac_nhan", "1")];
    let opened = clerk.submit("/ho-so/moi", &[person, rest].concat()).await;
    let page = clerk.follow(&opened).await;
    let declared = page.is(200).body.split("<h2>Ngoài mẫu</h2>").next().unwrap().to_owned();
    let form = site.app.law.form("eCBCCVC-2016").unwrap();
    let sections: std::collections::BTreeSet<&str> =
        form.items.iter().flat_map(|item| &item.fields).map(|field| field.section.as_str()).collect();
    assert!(sections.len() > 40, "{}", sections.len());
    for section in &site.app.law.sections {
        let listed = declared.contains(&format!("href=\"#muc-{}\"", section.key));
        assert_eq!(listed, section.templates.iter().any(|form| form == "eCBCCVC-2016"), "{}", section.key);
        assert!(listed || !sections.contains(section.key.as_str()), "{} is on the form", section.key);
    }
}
