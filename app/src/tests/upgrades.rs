//! What an older program kept still opens after an upgrade.

use super::site::Site;
use std::path::Path;

/// An archive that the program made when its schema had five migrations: a dossier corrected once, with a scanned decision.
const SCHEMA_5: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/archives/schema-5.hoso");
const SCAN: &[u8] = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF";

#[tokio::test]
async fn dossier_file_and_print_of_an_older_schema_still_open_after_the_upgrade() {
    let site = Site::upgraded("yen-bai-2020", 5, Path::new(SCHEMA_5), "giữ lại từ bản trước").await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let page = clerk.open(&mai).await;
    page.is(200).sees("<h1>Lò Thị Mây</h1>").sees("28/02/1990").sees("077/QĐ-SYT").sees("Sở Y tế tỉnh Mẫu");
    clerk.open("/ho-so").await.is(200).sees("Lò Thị Mây");
    let file = page.body.split('"').find(|part| part.starts_with(&format!("{mai}/tep/"))).expect("a link to the scan").to_owned();
    assert_eq!(clerk.open(&file).await.is(200).bytes, SCAN);
    for format in ["pdf", "docx"] {
        let print = clerk.open(&format!("{mai}/in/2C-2008?tep={format}")).await;
        let begins: &[u8] = if format == "pdf" { b"%PDF" } else { b"PK" };
        assert!(print.is(200).bytes.starts_with(begins));
    }
    clerk.open(&format!("{mai}/lich-su")).await.is(200).sees("<del>Lò Thị Mai</del> <ins>Lò Thị Mây</ins>").sees("theo giấy khai sinh");
    site.app.db.verify_chain(&[]).await.unwrap();
    // And it goes on: what was kept is written in again.
    let form = clerk.open(&format!("{mai}/muc/contact")).await;
    assert_eq!(form.status.as_u16(), 200);
    clerk.submit(&format!("{mai}/muc/contact"), &[("phien_ban", "0"), ("mobile_phone", "0912345018")]).await.is(303);
    clerk.open(&mai).await.sees("0912345018");
}
