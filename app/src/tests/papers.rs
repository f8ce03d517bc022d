//! What leaves the house on paper, and on which form it is declared.

use super::site::{Browser, Site};
use std::process::{Command, Stdio};

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
