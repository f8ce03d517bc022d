//! Lists as offices have them, through the front door.

use super::{
    desk::Opened,
    list_page::ListPage,
    pages::{DonePage, UndoPage, WritingPage},
    preview::DraftPage,
    targets::{Certainty, guess},
    template,
    words::Words,
};
use crate::{
    access::{CreateRecord, ListRecords, Visitor},
    page::Page,
    tests::site::{Answer, Browser, Site},
};
use law::{DataSource, Law};
use std::{path::PathBuf, sync::Arc, time::Duration};
use vault::{Read, Value};

const OFFICER: &str = "operator";

fn example(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples")).join(name)).unwrap()
}

fn opened(bytes: &[u8]) -> Opened {
    Opened::new(paper::sheet::open(bytes, &paper::sheet::Options::default()).unwrap(), None)
}

/// Title and target of every column that goes somewhere.
fn mapped(bytes: &[u8]) -> Vec<(String, String)> {
    let law = Law::load(&DataSource::Embedded).unwrap();
    let words = Words::load(&DataSource::Embedded, &law).unwrap();
    let opened = opened(bytes);
    let guesses = guess(&law, &words, &[], &opened.layout.columns, &|_| false);
    let all = opened.layout.columns.iter().zip(guesses);
    all.filter(|(_, guess)| guess.certainty != Certainty::Unknown && guess.target.code() != "skip")
        .map(|(column, guess)| (column.title(), guess.target.code()))
        .collect()
}

fn targets(bytes: &[u8]) -> Vec<String> {
    mapped(bytes).into_iter().map(|(_, target)| target).collect()
}

/// Uploads a file for a unit and opens the mapping screen; gives the address and the page.
async fn bring(officer: &mut Browser, unit: i64, name: &str, bytes: &[u8]) -> (String, Answer) {
    let answer = officer.upload("/nhap-excel", &[("don-vi", &unit.to_string())], "tep", (name, bytes)).await;
    let at = answer.is(303).location().unwrap().to_owned();
    let page = officer.open(&at).await;
    page.is(200);
    (at, page)
}

/// Writes and waits until it is done.
async fn write(officer: &mut Browser, at: &str) -> Answer {
    officer.submit(&format!("{at}/ghi"), &[]).await.is(303);
    for _ in 0..600 {
        let page = officer.open(at).await;
        if page.status.as_u16() == 303 || page.body.contains("Đang ghi vào hồ sơ") {
            tokio::time::sleep(Duration::from_millis(25)).await;
            continue;
        }
        return page;
    }
    panic!("the writing did not end");
}

/// A field of the roster of whoever has this personal number.
async fn roster(site: &Site, column: &str, number: &str) -> Option<Value> {
    struct Raw(Value);
    impl vault::FromValue for Raw {
        fn from_value(value: &Value) -> Option<Raw> {
            Some(Raw(value.clone()))
        }
    }
    let db = &site.app.db;
    let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let grant = console.may::<ListRecords>().unwrap();
    let sql = format!("SELECT r.{column} FROM {{roster}} r WHERE r.personal_id_number = $1 AND r.state = 'active'");
    let rows = db.read(&grant).rows(&sql, &[number.into()]).await.unwrap();
    rows.first().map(|row| row.get::<Raw>(column).unwrap().0)
}

#[test]
fn the_columns_of_a_salary_list_are_recognised() {
    let found = mapped(&example("danh-sach-luong-bm03.xlsx"));
    let of = |target: &str| found.iter().find(|(_, to)| to == target).map(|(title, _)| title.as_str());
    assert_eq!(of("birth_male"), Some("Ngày, tháng, năm sinh › Nam"));
    assert_eq!(of("rank_current.rank_code"), Some("Mức lương hiện hưởng › Mã số ngạch hiện giữ"));
    assert_eq!(of("salary_current.coefficient"), Some("Mức lương hiện hưởng › Hệ số lương"));
    assert_eq!(of("salary_current.position_allowance"), Some("Mức lương hiện hưởng › Phụ cấp › Chức vụ"));
    assert_eq!(of("salary_current.overgrade_percent"), Some("Mức lương hiện hưởng › Phụ cấp › Vượt khung (%)"));
    assert_eq!(of("rank_current.rank_appointed_on"), Some("Thời gian giữ chức vụ, ngạch"));
    for target in [
        "identity.full_name",
        "birth_female",
        "identity.personal_id_number",
        "current_position.position",
        "current_position.unit",
        "salary_current.grade_step",
    ] {
        assert!(of(target).is_some(), "{target} in {found:?}");
    }
}

#[test]
fn the_columns_of_a_school_a_commune_and_a_messy_list_are_recognised() {
    let person = ["identity.full_name", "identity.personal_id_number", "current_position.position"];
    for name in ["danh-sach-truong-hoc.xlsx", "danh-sach-biff.xls"] {
        let found = targets(&example(name));
        for target in person.iter().chain(&[
            "identity.birth_date",
            "identity.gender",
            "identity.ethnicity",
            "current_position.main_work",
            "education_summary.highest_qualification",
            "party_membership.is_member",
            "contact.mobile_phone",
        ]) {
            assert!(found.iter().any(|code| code == target), "{target} in {name}: {found:?}");
        }
    }
    let found = targets(&example("danh-sach-lon-xon.xlsx"));
    for target in person.iter().chain(&[
        "birth_male",
        "birth_female",
        "origin_and_residence.hometown",
        "rank_current.rank_code",
        "salary_current.grade_step",
        "salary_current.coefficient",
        "party_membership.is_member",
        "recruitment.first_recruitment_date",
        "contact.mobile_phone",
    ]) {
        assert!(found.iter().any(|code| code == target), "{target} in {found:?}");
    }
    for name in ["danh-sach-ubnd-xa.xls", "danh-sach-tcvn3.csv", "danh-sach-tcvn3.xlsx", "danh-sach-vni.csv", "danh-sach-windows-1258.csv"]
    {
        let found = targets(&example(name));
        assert!(found.iter().any(|code| code == "identity.full_name") && found.len() >= 4, "{name}: {found:?}");
    }
}

#[test]
fn every_heading_of_our_own_sheet_is_understood() {
    let law = Law::load(&DataSource::Embedded).unwrap();
    let bytes = template::template(&law, &[]).unwrap();
    let book = paper::sheet::open(&bytes, &paper::sheet::Options::default()).unwrap();
    assert_eq!(book.sheets[1].name, "Danh mục mã");
    let found = targets(&{
        // A sheet without people has no columns to speak of.
        let mut writer = paper::sheet::Writer::new(paper::sheet::Plan {
            columns: std::iter::once("STT".to_owned())
                .chain(template::columns(&law).into_iter().map(|(_, field)| field.label_vi.clone()))
                .map(|heading| paper::sheet::Column::new(heading, paper::sheet::Kind::Text))
                .collect(),
            ..paper::sheet::Plan::default()
        })
        .unwrap();
        let person: Vec<_> = (0..=template::columns(&law).len()).map(|place| paper::sheet::Cell::text(format!("a{place}"))).collect();
        writer.row(&person).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut writer.finish().unwrap().file, &mut bytes).unwrap();
        bytes
    });
    let wanted: Vec<String> = template::columns(&law).into_iter().map(|(at, _)| at.to_string()).collect();
    assert_eq!(found, wanted);
}

#[tokio::test]
async fn of_the_messy_list_only_the_two_bad_rows_stay_behind_and_come_in_after_correction() {
    let site = Site::yen_bai().await;
    let mut officer = site.sign_in_as(OFFICER, site.hospital).await;
    let (at, page) = bring(&mut officer, site.hospital, "lộn xộn.xlsx", &example("danh-sach-lon-xon.xlsx")).await;
    page.sees("Ghi 28 dòng đúng").sees("Tháng 6 chỉ có 30 ngày").sees("có 11 chữ số, cần 12").sees("Tải 3 dòng còn lại để sửa");
    officer.open(&format!("{at}?loc=bo-qua")).await.sees("Trùng số định danh với dòng 16");
    let fix = officer.open(&format!("{at}/can-sua.xlsx")).await.bytes;
    write(&mut officer, &at).await.sees("Đã ghi 28 dòng").sees("Tải các dòng còn lại");
    let after = officer.open(&format!("{at}/can-sua.xlsx")).await.bytes;
    assert_eq!(opened(&fix).layout.data_rows().count(), opened(&after).layout.data_rows().count());

    assert_eq!(roster(&site, "full_name", "015187990111").await, Some("Hoàng Thị Mỷ".into()));
    assert_eq!(roster(&site, "birth_date", "015187990111").await, Some("1987-03".into()));
    assert_eq!(roster(&site, "coefficient", "015179990037").await, Some(Value::Int(366)));
    assert_eq!(roster(&site, "birth_date", "015085990074").await, Some("1985-02-17".into()));

    let corrected = corrected(&after);
    let (again, page) = bring(&mut officer, site.hospital, "sửa.xlsx", &corrected).await;
    page.sees("Ghi 2 dòng đúng").sees("đã có hồ sơ tại");
    write(&mut officer, &again).await.sees("Đã ghi 2 dòng");
    assert_eq!(roster(&site, "birth_date", "015083990296").await, Some("1990-06-30".into()));
    assert_eq!(roster(&site, "full_name", "015186990592").await, Some("Cao Thị Hiếu".into()));
}

/// The returned sheet as a person puts it right.
fn corrected(bytes: &[u8]) -> Vec<u8> {
    use paper::sheet::{Cell, Column, Kind, Plan, Writer};
    let opened = opened(bytes);
    assert_eq!(opened.layout.columns.last().unwrap().title(), "Lỗi cần sửa");
    let columns = opened.sheet().rows[0].iter().map(|cell| Column::new(cell.shown(), Kind::Text)).collect();
    let mut writer = Writer::new(Plan { columns, ..Plan::default() }).unwrap();
    for row in opened.layout.data_rows() {
        let put_right = |cell: &Cell| match cell.shown().as_str() {
            "31/6/1990" => Cell::text("30/6/1990"),
            "01518699059" => Cell::text("015186990592"),
            _ => cell.clone(),
        };
        writer.row(&opened.cells(row).iter().map(put_right).collect::<Vec<_>>()).unwrap();
    }
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut writer.finish().unwrap().file, &mut bytes).unwrap();
    bytes
}

#[tokio::test]
async fn every_example_comes_in() {
    let site = Site::yen_bai().await;
    let lists = [
        ("danh-sach-luong-bm03.xlsx", 18),
        ("danh-sach-truong-hoc.xlsx", 22),
        ("danh-sach-biff.xls", 22),
        ("danh-sach-ubnd-xa.xls", 0),
        ("danh-sach-tcvn3.csv", 0),
        ("danh-sach-tcvn3.xlsx", 0),
        ("danh-sach-vni.csv", 0),
        ("danh-sach-windows-1258.csv", 0),
    ];
    for (name, people) in lists {
        let mut officer = site.sign_in_as(OFFICER, site.hospital).await;
        let bytes = example(name);
        let rows = opened(&bytes).layout.data_rows().count();
        let (at, page) = bring(&mut officer, site.hospital, name, &bytes).await;
        assert!(people == 0 || rows == people, "{name} holds {rows}");
        page.sees(&format!("Ghi {rows} dòng đúng"));
        write(&mut officer, &at).await.sees(&format!("Đã ghi {rows} dòng"));
        officer.submit(&format!("{at}/hoan-tac"), &[]).await.is(303);
        officer.open(&at).await.sees("Lô này đã được hoàn tác");
    }
}

fn csv(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

#[tokio::test]
async fn updating_never_empties_a_field_unless_asked_and_undo_brings_everything_back() {
    let site = Site::yen_bai().await;
    let mut officer = site.sign_in_as(OFFICER, site.hospital).await;
    let list = csv("STT,Họ và tên,Ngày sinh,Số CCCD,Dân tộc,Chức vụ\n1,Lò Thị Mai,,015190000001,Thái,Hộ lý\n");
    let (at, page) = bring(&mut officer, site.hospital, "ds.csv", &list).await;
    page.sees("Chưa có dòng nào ghi được").sees("Số định danh này đã có hồ sơ tại Bệnh viện Đa khoa");
    officer.submit(&format!("{at}/ghep"), &[("cach", "update")]).await.is(303);
    officer.open(&at).await.sees("Ghi 1 dòng đúng");
    write(&mut officer, &at).await.sees("Đã ghi 1 dòng");
    assert_eq!(roster(&site, "ethnicity", "015190000001").await, Some("03".into()));
    assert_eq!(roster(&site, "birth_date", "015190000001").await, Some("1990-02-28".into()));

    officer.open(&format!("{at}/hoan-tac")).await.is(200).sees("Hoàn tác 1 hồ sơ");
    officer.submit(&format!("{at}/hoan-tac"), &[]).await.is(303);
    assert_eq!(roster(&site, "ethnicity", "015190000001").await, Some(Value::Null));
    assert_eq!(roster(&site, "birth_date", "015190000001").await, Some("1990-02-28".into()));

    let (at, _) = bring(&mut officer, site.hospital, "ds.csv", &list).await;
    officer.submit(&format!("{at}/ghep"), &[("cach", "update"), ("lam-trong", "on")]).await.is(303);
    write(&mut officer, &at).await.sees("Đã ghi 1 dòng");
    assert_eq!(roster(&site, "birth_date", "015190000001").await, Some(Value::Null));
}

#[tokio::test]
async fn an_undo_says_which_dossiers_were_changed_since() {
    let site = Site::yen_bai().await;
    let mut officer = site.sign_in_as(OFFICER, site.hospital).await;
    let list =
        |work: &str| csv(&format!("STT,Họ và tên,Ngày sinh,Số CCCD,Chức vụ,Công việc\n1,Vàng A Tủa,1988,015088990851,Hộ lý,{work}\n"));
    let (first, _) = bring(&mut officer, site.hospital, "ds.csv", &list("Khoa Nội")).await;
    write(&mut officer, &first).await.sees("Đã ghi 1 dòng");
    let (second, _) = bring(&mut officer, site.hospital, "ds.csv", &list("Khoa Ngoại")).await;
    officer.submit(&format!("{second}/ghep"), &[("cach", "update")]).await.is(303);
    write(&mut officer, &second).await.sees("Đã ghi 1 dòng");
    officer.submit(&format!("{first}/hoan-tac"), &[]).await.is(409).sees("Vàng A Tủa");
    officer.open(&first).await.sees("Đã ghi 1 dòng").misses("đã được hoàn tác");
    officer.submit(&format!("{second}/hoan-tac"), &[]).await.is(303);
}

#[tokio::test]
async fn an_import_of_another_unit_is_not_found_and_its_people_are_not_touched() {
    let site = Site::yen_bai().await;
    let mut officer = site.sign_in_as(OFFICER, site.hospital).await;
    let mut other = site.sign_in_as(OFFICER, site.finance).await;
    let (at, _) =
        bring(&mut officer, site.hospital, "ds.csv", &csv("STT,Họ và tên,Số CCCD,Chức vụ\n1,Nguyễn Đức An,015085000002,Hộ lý\n")).await;
    other.open(&at).await.is(404);
    other.submit(&format!("{at}/ghi"), &[]).await.is(404);
    other.submit(&format!("{at}/ghep"), &[("cach", "create")]).await.is(404);
    other.open(&format!("{at}/can-sua.xlsx")).await.is(404);
    other.open("/nhap-excel").await.misses("ds.csv");
    officer.open(&at).await.sees("ngoài phạm vi được giao").misses("Sở Tài chính").sees("Chưa có dòng nào ghi được");
    let refused =
        officer.upload("/nhap-excel", &[("don-vi", &site.finance.to_string())], "tep", ("ds.csv", &csv("STT,Họ và tên\n1,A B\n"))).await;
    refused.is(404);
}

#[tokio::test]
async fn a_mapping_is_remembered_and_rows_follow_it() {
    let site = Site::yen_bai().await;
    let mut officer = site.sign_in_as(OFFICER, site.hospital).await;
    let list = csv("STT,Họ và tên,Năm,Chức vụ\n1,Vàng A Tủa,1988,Hộ lý\n2,Lý Thị Xuân,31/02/1992,Y tá\n");
    let (at, page) = bring(&mut officer, site.hospital, "a.csv", &list).await;
    page.sees("chưa nhận ra").sees("Thiếu cả ngày sinh và số định danh").sees("Chưa có dòng nào ghi được");
    officer.submit(&format!("{at}/ghep"), &[("cot-2", "identity.birth_date"), ("nho", "on"), ("cach", "create")]).await.is(303);
    officer.open(&at).await.sees("Ghi 1 dòng đúng").sees("Tháng 2 năm 1992 chỉ có 29 ngày");
    let (_, page) = bring(&mut officer, site.hospital, "b.csv", &list).await;
    page.sees("Ghi 1 dòng đúng");
    officer.submit(&format!("{at}/bo"), &[]).await.is(303);
    officer.open(&at).await.is(404);
}

#[tokio::test]
async fn one_cell_with_rank_step_and_coefficient_fills_its_fields_and_an_address_its_codes() {
    let site = Site::yen_bai().await;
    let mut officer = site.sign_in_as(OFFICER, site.hospital).await;
    let list = csv(concat!(
        "STT,Họ và tên,Ngày sinh,Số CCCD,\"Ngạch, bậc, hệ số\",Quê quán\n",
        "1,Vàng A Tủa,1988,015088990851,\"01.003, bậc 3/9, hệ số 3,00, từ 03/2023\",\"Xã Mường Khoa, huyện Tân Uyên, tỉnh Lai Châu\"\n",
        "2,Lý Thị Xuân,1992,015192990407,\"bậc ba\",\"Bản Nà Ban\"\n",
        "3,Hà Thị Mẫu,,,01.003 2/9 2.67,Lai Châu\n",
    ));
    let (at, page) = bring(&mut officer, site.hospital, "luong.csv", &list).await;
    page.sees("Không tách được ngạch, bậc, hệ số. Ghi như 01.003, bậc 3, hệ số 3,00").sees("Thiếu cả ngày sinh và số định danh");
    write(&mut officer, &at).await.sees("Đã ghi 1 dòng");
    let number = "015088990851";
    assert_eq!(roster(&site, "rank_code", number).await, Some("01.003".into()));
    assert_eq!(roster(&site, "coefficient", number).await, Some(Value::Int(300)));
    let Some(Value::Int(id)) = roster(&site, "dossier_id", number).await else { panic!("nobody was written") };
    let pay = officer.open(&format!("/ho-so/{id}/muc/salary_current")).await;
    pay.sees("value=\"3\"").sees("value=\"3,00\"").sees("value=\"01/03/2023\"");
    let places = officer.open(&format!("/ho-so/{id}/muc/origin_and_residence")).await;
    places.sees("value=\"Xã Mường Khoa, huyện Tân Uyên, tỉnh Lai Châu\"").sees("· Xã Mường Khoa\"").sees("· Huyện Tân Uyên\"");
    places.sees("value=\"12 · Tỉnh Lai Châu\"").sees("<option value=\"three_level\" selected>");
}

#[tokio::test]
async fn what_is_no_list_is_refused_with_the_reason_and_what_looks_like_a_formula_is_only_text() {
    let site = Site::yen_bai().await;
    let mut officer = site.sign_in_as(OFFICER, site.hospital).await;
    let unit = site.hospital.to_string();
    let mut upload = async |name: &str, bytes: &[u8]| officer.upload("/nhap-excel", &[("don-vi", &unit)], "tep", (name, bytes)).await;
    upload("a.xlsx", b"%PDF-1.7 x").await.is(422).sees("không phải bảng tính");
    upload("a.xlsx", b"PK\x03\x04 cut off").await.is(422).sees("Tệp bị hỏng");
    upload("a.csv", b"").await.is(422).sees("Chọn tệp");
    let evil = csv("STT,Họ và tên,Số CCCD,Chức vụ\n1,\"=HYPERLINK(\"\"http://x\"\")\",015088990852,<script>alert(1)</script>\n");
    let (at, page) = bring(&mut officer, site.hospital, "<b>.csv", &evil).await;
    page.misses("<script>alert").misses("<b>.csv").sees("=HYPERLINK");
    write(&mut officer, &at).await.sees("Đã ghi 1 dòng");
    assert_eq!(roster(&site, "full_name", "015088990852").await, Some("=HYPERLINK(\"http://x\")".into()));
}

#[tokio::test]
async fn a_list_may_name_units_inside_the_area() {
    let site = Site::yen_bai().await;
    let mut officer = site.sign_in_as("system_admin", site.province).await;
    let list = csv(
        "STT,Họ và tên,Ngày sinh,Số CCCD,Đơn vị\n1,Vàng A Tủa,1988,015088990851,Sở Tài chính\n2,Lý Thị Xuân,1992,015192990407,Sở Y tế\n",
    );
    let answer = officer.upload("/nhap-excel", &[("don-vi", &site.health.to_string())], "tep", ("ds.csv", &list)).await;
    if answer.status.as_u16() == 403 {
        return;
    }
    let at = answer.is(303).location().unwrap().to_owned();
    write(&mut officer, &at).await.sees("Đã ghi 2 dòng");
    assert_eq!(roster(&site, "unit_name", "015088990851").await, Some("Sở Tài chính".into()));
}

#[tokio::test]
async fn every_page_renders_its_samples() {
    let site = Site::yen_bai().await;
    let db = &site.app.db;
    let viewer = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    assert!(viewer.may::<CreateRecord>().is_some());
    let visitor = Visitor { viewer, sign: Arc::default(), path: "/nhap-excel".into() };
    fn all<P: Page>(site: &Site, visitor: &Visitor) {
        P::samples().iter().for_each(|page| assert!(page.show(&site.app, visitor).unwrap().status().is_success()));
    }
    all::<ListPage>(&site, &visitor);
    all::<DraftPage>(&site, &visitor);
    all::<WritingPage>(&site, &visitor);
    all::<DonePage>(&site, &visitor);
    all::<UndoPage>(&site, &visitor);
}

#[tokio::test]
async fn a_write_that_breaks_at_its_very_end_leaves_nothing_and_can_be_done_again() {
    let site = Site::yen_bai().await;
    let mut officer = site.sign_in_as(OFFICER, site.hospital).await;
    let list = csv("STT,Họ và tên,Ngày sinh,Số CCCD\n1,Vàng A Tủa,1988,015088990851\n2,Vàng A Hai,31/6/1990,015090990852\n");
    let (at, page) = bring(&mut officer, site.hospital, "ds.csv", &list).await;
    page.sees("Ghi 1 dòng đúng");
    // The file with the rows to put right cannot be kept: something lies in its place.
    let in_the_way = site.app.config.data.join("imports").join(format!("{}.fix", at.rsplit('/').next().unwrap()));
    std::fs::create_dir(&in_the_way).unwrap();
    write(&mut officer, &at).await.sees("Chưa ghi được").sees("Chưa có dòng nào được ghi");
    assert_eq!(roster(&site, "birth_date", "015088990851").await, None);
    officer.open(&at).await.is(200).sees("Ghi 1 dòng đúng");

    std::fs::remove_dir(&in_the_way).unwrap();
    write(&mut officer, &at).await.sees("Đã ghi 1 dòng");
    assert_eq!(roster(&site, "birth_date", "015088990851").await, Some("1988".into()));
    officer.submit(&format!("{at}/hoan-tac"), &[]).await.is(303);
    officer.submit(&format!("{at}/hoan-tac"), &[]).await.is(409).sees("Chỉ hoàn tác được lô đã ghi");
}
