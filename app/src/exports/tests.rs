//! Lists taken out, as clerks take them.

use crate::tests::site::{Answer, Browser, Site};
use paper::sheet;

async fn finished(clerk: &mut Browser, begun: &Answer) -> (String, Vec<u8>) {
    let at = begun.is(303).location().unwrap().to_owned();
    for _ in 0..200 {
        let page = clerk.open(&at).await;
        if page.is(200).body.contains("/tep\"") {
            let file = clerk.open(&format!("{at}/tep")).await;
            return (at, file.is(200).bytes.clone());
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the list was never written");
}

#[tokio::test]
async fn a_list_goes_out_as_it_was_seen_with_its_purpose() {
    let site = Site::yen_bai().await;
    site.person(site.hospital, "Đỗ Thị =Dung", "2", "1991", "015191000003").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let form = [("ve", "q=d&xep=-full_name"), ("purpose", "Báo cáo quý IV"), ("format", "xlsx")];
    clerk.submit("/ho-so/ket-xuat", &[("ve", ""), ("purpose", " ")]).await.is(422).sees("Nhập mục đích kết xuất");
    let begun = clerk.submit("/ho-so/ket-xuat", &form).await;
    let (at, bytes) = finished(&mut clerk, &begun).await;
    let book = sheet::open(&bytes, &sheet::Options::default()).unwrap();
    let rows: Vec<String> =
        book.sheets[0].rows.iter().map(|row| row.iter().map(|cell| cell.shown()).collect::<Vec<_>>().join("|")).collect();
    let text = rows.join("\n");
    assert!(text.contains("Họ và tên|Ngày sinh|Giới tính"), "{text}");
    assert!(text.contains("Đỗ Thị =Dung|1991|Nữ"), "{text}");
    assert!(text.contains("Mục đích: Báo cáo quý IV. Người kết xuất: "), "{text}");
    assert!(!text.contains("Lò Thị Mai"), "{text}");
    clerk.submit(&format!("{at}/bo"), &[]).await.is(303);
    clerk.open(&at).await.is(404);
}

#[tokio::test]
async fn an_export_stands_on_the_record_with_purpose_columns_and_count() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let begun =
        admin.submit("/ho-so/ket-xuat", &[("ve", ""), ("purpose", "Đối soát cuối năm"), ("columns", "all"), ("format", "csv")]).await;
    let (_, bytes) = finished(&mut admin, &begun).await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("Lò Thị Mai") && text.contains("Nguyễn Đức An") && text.contains("015190000001"), "{text}");
    let root = site.app.db.installation_account().await.unwrap().unwrap();
    let console = site.app.db.console_viewer(root).await.unwrap();
    let grant = console.may::<crate::access::ViewAudit>().unwrap();
    let sql = "SELECT e.diff FROM {audit_entries} e WHERE e.act = 'list.export'";
    let rows = vault::Read::rows(&mut site.app.db.read(&grant), sql, &[]).await.unwrap();
    let diff = rows[0].text("diff").unwrap();
    assert!(
        rows.len() == 1 && diff.contains("Đối soát cuối năm") && diff.contains("\"rows\":2") && diff.contains("personal_id_number"),
        "{diff}"
    );
}

#[tokio::test]
async fn nobody_fetches_the_list_of_another_or_exports_without_the_right() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let begun = clerk.submit("/ho-so/ket-xuat", &[("ve", ""), ("purpose", "Rà soát")]).await;
    let (at, _) = finished(&mut clerk, &begun).await;
    let mut other = site.sign_in_as("operator", site.finance).await;
    other.open(&at).await.is(404);
    other.open(&format!("{at}/tep")).await.is(404);
    let mut head = site.sign_in_as("unit_head", site.health).await;
    head.open("/ho-so").await.is(200).misses("Kết xuất danh sách");
    head.submit("/ho-so/ket-xuat", &[("ve", ""), ("purpose", "Rà soát")]).await.is(403);
}

#[tokio::test]
async fn only_those_who_are_ticked_go_out_and_only_from_ones_own_area() {
    let site = Site::yen_bai().await;
    let dung = site.person(site.hospital, "Đỗ Thị Dung", "2", "1991", "015191000003").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let (dung, an) = (dung.to_string(), site.an.to_string());
    clerk.open("/ho-so").await.is(200).sees(&format!("name=\"chon\" value=\"{dung}\" aria-label=\"Chọn Đỗ Thị Dung\""));
    let form = [("ve", ""), ("theo-lo", "1"), ("purpose", "Rà soát"), ("format", "csv")];
    clerk.submit("/ho-so/ket-xuat", &form).await.is(422).sees("Chưa chọn ai");
    let begun = clerk.submit("/ho-so/ket-xuat", &[&form[..], &[("chon", &dung), ("chon", &an)]].concat()).await;
    let (_, bytes) = finished(&mut clerk, &begun).await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("Đỗ Thị Dung"), "{text}");
    assert!(!text.contains("Lò Thị Mai") && !text.contains("Nguyễn Đức An"), "{text}");
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    head.open("/ho-so").await.is(200).sees("Lò Thị Mai").misses("name=\"chon\"");
}
