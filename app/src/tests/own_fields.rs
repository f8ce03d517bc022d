//! A field of a province's own on its whole way: laid down, imported, listed, exported, printed.

use super::site::{Answer, Browser, Site};
use std::time::Duration;

const LIST: &str = "Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân,Mã thẻ ra vào,Ngày tập huấn,Số con nuôi
Hà Thị Xuân,01/05/1992,Nữ,015192000003,A-17,15/03/2024,2
Đỗ Văn Dũng,02/06/1993,Nam,015093000004,B-18,31/06/2024,1
";

/// Lays down three fields of the identity section.
async fn lay_down(site: &Site) {
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    for (label, kind) in [("Mã thẻ ra vào", "text"), ("Ngày tập huấn", "date"), ("Số con nuôi", "int")] {
        let field = [("label", label), ("section", "identity"), ("kind", kind), ("sensitivity", "personal")];
        admin.submit("/quan-tri/truong-rieng", &field).await.is(303);
    }
}

/// Asks until a page no longer says these words.
async fn until_done(browser: &mut Browser, at: &str, words: &str) -> Answer {
    for _ in 0..400 {
        let page = browser.open(at).await;
        if page.status.as_u16() == 200 && !page.body.contains(words) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{at} still says {words}");
}

#[tokio::test]
async fn an_own_field_is_imported_listed_exported_and_printed() {
    let site = Site::yen_bai().await;
    lay_down(&site).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;

    // In from a sheet: the headings are recognised, a wrong day stays behind with its sentence.
    let template = clerk.open("/nhap-excel/mau.xlsx").await;
    let book = paper::sheet::open(&template.is(200).bytes, &paper::sheet::Options::default()).unwrap();
    let heads: Vec<String> = book.sheets[0].rows.iter().flatten().map(|cell| cell.shown()).collect();
    assert!(heads.iter().any(|head| head == "Mã thẻ ra vào"), "{heads:?}");
    let brought = clerk.upload("/nhap-excel", &[("don-vi", &site.hospital.to_string())], "tep", ("ds.csv", LIST.as_bytes())).await;
    let at = brought.is(303).location().unwrap().to_owned();
    let draft = clerk.open(&at).await;
    draft.is(200).sees("identity.rieng_ma_the_ra_vao").sees("Mã thẻ ra vào (riêng)").sees("Tháng 6 chỉ có 30 ngày");
    clerk.submit(&format!("{at}/ghi"), &[]).await.is(303);
    until_done(&mut clerk, &at, "Đang ghi vào hồ sơ").await;

    // In the list, only when it is chosen.
    clerk.open("/ho-so").await.sees("Hà Thị Xuân").sees("rieng.identity.ma_the_ra_vao").misses("A-17");
    let chosen = [("cot", "birth_date"), ("cot", "rieng.identity.ma_the_ra_vao"), ("cot", "rieng.identity.ngay_tap_huan")];
    clerk.submit("/ho-so/cot", &chosen).await.is(303);
    let list = clerk.open("/ho-so").await;
    list.sees("<td data-label=\"Mã thẻ ra vào\">A-17</td>").sees("15/03/2024").misses("Đỗ Văn Dũng");
    let id = list.body.split("/ho-so/").find(|rest| rest.contains("\">Hà Thị Xuân")).unwrap().split('"').next().unwrap().to_owned();

    // Out of it: the chosen columns, then all of them.
    for (columns, wanted) in [("shown", "Hà Thị Xuân,01/05/1992,A-17,15/03/2024"), ("all", ",A-17,15/03/2024,2")] {
        let form = [("ve", ""), ("purpose", "Kiểm tra"), ("format", "csv"), ("columns", columns)];
        let begun = clerk.submit("/ho-so/ket-xuat", &form).await;
        let at = begun.is(303).location().unwrap().to_owned();
        until_done(&mut clerk, &at, "Có thể rời trang này").await;
        let file = clerk.open(&format!("{at}/tep")).await;
        let text = String::from_utf8_lossy(&file.is(200).bytes).into_owned();
        let row = text.lines().find(|line| line.contains("Hà Thị Xuân")).unwrap_or_else(|| panic!("{text}"));
        assert!(row.contains(wanted), "{columns}: {row}");
    }

    // On paper: a sheet of its own behind the official form.
    let printed = clerk.open(&format!("/ho-so/{id}/in/2C-2008")).await;
    let text = crate::prints::text_of(&printed.is(200).bytes);
    let annex = text.split("THÔNG TIN BỔ SUNG CỦA ĐỊA PHƯƠNG").nth(1).unwrap_or_else(|| panic!("no annex: {text}"));
    assert!(annex.contains("Mã thẻ ra vào: A-17") && annex.contains("Ngày tập huấn: 15/03/2024"), "{annex}");
    let plain = clerk.open(&format!("/ho-so/{id}/in/eCBCCVC-2016")).await;
    assert!(crate::prints::text_of(&plain.is(200).bytes).contains("Mã thẻ ra vào: A-17"));
}

#[tokio::test]
async fn a_secret_own_field_stays_out_of_lists_sheets_and_prints_of_those_who_may_not_read_it() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let field = [("label", "Ghi chú kín"), ("section", "identity"), ("kind", "text"), ("sensitivity", "secret")];
    admin.submit("/quan-tri/truong-rieng", &field).await.is(303);
    let mut head = site.sign_in_as("unit_head", site.health).await;
    head.open("/ho-so").await.is(200).misses("Ghi chú kín");
    head.state_purpose(site.mai).await;
    let printed = head.open(&format!("/ho-so/{}/in/2C-2008", site.mai)).await;
    let text = crate::prints::text_of(&printed.is(200).bytes);
    assert!(text.contains("Ghi chú kín: (không thuộc phạm vi được xem)"), "{text}");
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let template = clerk.open("/nhap-excel/mau.xlsx").await;
    let book = paper::sheet::open(&template.is(200).bytes, &paper::sheet::Options::default()).unwrap();
    assert!(!book.sheets[0].rows.iter().flatten().any(|cell| cell.shown() == "Ghi chú kín"));
}
