//! Clauses of the regulations that no slice shows by itself, each as those whom it names would see it.

use super::site::{Answer, Browser, Site, day};
use crate::access::ViewAudit;
use std::collections::BTreeSet;
use vault::Read;

const AGREED: [(&str, &str); 3] = [("number", "12/SNV"), ("signed_on", "01/11/2026"), ("issuer", "Sở Nội vụ")];

/// The number at the end of the address that an act answered with.
fn id_of(answer: &Answer) -> i64 {
    answer.is(303).location().unwrap().rsplit('/').next().unwrap().parse().unwrap()
}

/// The version that the form of a section carries.
fn version(form: &Answer) -> String {
    form.is(200).body.split("name=\"phien_ban\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Opens an account over the web and takes it over with a password of its user's own.
async fn take_over(site: &Site, admin: &mut Browser, fields: &[(&str, &str)]) -> Browser {
    let opened = admin.submit("/tai-khoan/moi", &[fields, &AGREED].concat()).await;
    let issued = opened.is(200).body.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    let login = fields.iter().find(|(name, _)| *name == "login").unwrap().1;
    let mut user = site.stranger();
    user.submit("/dang-nhap", &[("login", login), ("password", &issued)]).await.is(303);
    let own = [("current", issued.as_str()), ("chosen", "sông núi nước Nam"), ("again", "sông núi nước Nam")];
    user.submit("/mat-khau", &own).await.is(303);
    user
}

/// The account of a unit, used by Hà Thị Mẫu.
async fn unit_account(site: &Site, role: &str, unit: i64) -> Browser {
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let unit = unit.to_string();
    let fields = [("unit", unit.as_str()), ("role", role), ("kind", "unit"), ("login", "tai-khoan-don-vi"), ("name", "Tài khoản đơn vị")];
    admin.submit("/tai-khoan/moi", &[&fields[..], &AGREED].concat()).await.is(422).sees("người được phân công sử dụng");
    take_over(site, &mut admin, &[&fields[..], &[("operator", "Hà Thị Mẫu")]].concat()).await
}

/// Begins a dossier for somebody of a kind of staff.
async fn begin(clerk: &mut Browser, unit: i64, name: &str, number: &str, kind: &str) -> Answer {
    let unit = unit.to_string();
    let person = [("unit_id", unit.as_str()), ("full_name", name), ("birth_date", "01/05/1992"), ("gender", "2")];
    let rest = [("personal_id_number", number), ("personnel_type", kind), ("dossier_status", "working"), ("xac_nhan", "1")];
    clerk.submit("/ho-so/moi", &[person, rest].concat()).await
}

#[tokio::test]
async fn the_account_of_a_unit_lists_its_people_and_those_below_only() {
    let site = Site::yen_bai().await;
    let mut health = unit_account(&site, "unit_admin", site.health).await;
    health.open("/ho-so").await.is(200).sees("Lò Thị Mai").misses("Nguyễn Đức An").sees("Hà Thị Mẫu");
}

#[tokio::test]
async fn a_correction_keeps_both_values_the_reason_and_the_user_of_the_account() {
    let site = Site::yen_bai().await;
    let mut clerk = unit_account(&site, "operator", site.hospital).await;
    let address = format!("/ho-so/{}/muc/identity", site.mai);
    let seen = version(&clerk.open(&address).await);
    let correct = [("phien_ban", seen.as_str()), ("full_name", "Lò Thị Mây"), ("ly_do", "theo giấy khai sinh")];
    clerk.submit(&address, &correct).await.is(303);
    let history = clerk.open(&format!("/ho-so/{}/lich-su?muc=identity", site.mai)).await;
    history.sees("<del>Lò Thị Mai</del> <ins>Lò Thị Mây</ins>").sees("theo giấy khai sinh").sees("<b>Hà Thị Mẫu (Tài khoản đơn vị)</b>");
}

#[tokio::test]
async fn the_number_of_the_paper_file_stands_in_the_electronic_one() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let address = format!("/ho-so/{}/muc/dossier_header", site.mai);
    let seen = version(&clerk.open(&address).await);
    clerk.submit(&address, &[("phien_ban", &seen), ("dossier_number", "SYT-0417, tủ 3")]).await.is(303);
    clerk.open(&format!("/ho-so/{}", site.mai)).await.sees("Số hồ sơ giấy tại đơn vị</dt><dd>SYT-0417, tủ 3");
}

#[tokio::test]
async fn three_decisions_of_different_types_are_listed_with_number_days_and_issuer() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let address = format!("/ho-so/{}/muc/decisions", site.mai);
    let types = site.app.law.catalogue("decision_types").unwrap().items.iter().take(3);
    let types: Vec<(String, String)> = types.map(|item| (item.code.clone(), item.label_vi.clone())).collect();
    for (place, (code, _)) in types.iter().enumerate() {
        let number = format!("{place}77/QĐ-SYT");
        let decision = [
            ("dong", ""),
            ("phien_ban", "0"),
            ("decision_type", code.as_str()),
            ("number", &number),
            ("signed_on", "02/02/2024"),
            ("effective_on", "01/03/2024"),
            ("issuing_body", "Sở Y tế tỉnh Mẫu"),
        ];
        clerk.submit(&address, &decision).await.is(303);
    }
    let page = clerk.open(&format!("/ho-so/{}", site.mai)).await;
    let list = page.body.split("id=\"muc-decisions\"").nth(1).unwrap().split("</section>").next().unwrap();
    for (place, (_, label)) in types.iter().enumerate() {
        let row = list.split("<tr").find(|row| row.contains(&format!("{place}77/QĐ-SYT"))).expect("a row with the number");
        for words in [label.as_str(), "02/02/2024", "01/03/2024", "Sở Y tế tỉnh Mẫu"] {
            assert!(row.contains(words), "{words} is missing in {row}");
        }
    }
    let row = list.split("id=\"dong-").nth(1).unwrap().split('"').next().unwrap();
    let seen = version(&clerk.open(&format!("{address}?dong={row}")).await);
    let scan = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF";
    let fields = [("phien_ban", seen.as_str()), ("dong", row), ("truong", "scan"), ("loai_ban", "doi_chieu")];
    clerk.upload(&format!("{address}/tep"), &fields, "tep", ("QĐ 077.pdf", scan)).await.is(303);
    let page = clerk.open(&format!("/ho-so/{}", site.mai)).await;
    let file = page.body.split('"').find(|part| part.starts_with(&format!("/ho-so/{}/tep/", site.mai))).expect("a link to the scan");
    let scanned = clerk.open(file).await;
    assert_eq!(scanned.is(200).bytes, scan);
    assert_eq!(scanned.headers.get("content-type").unwrap(), "application/pdf");
}

#[tokio::test]
async fn a_person_belongs_to_the_unit_that_pays_and_a_transfer_is_proposed() {
    let site = Site::yen_bai().await;
    let mut finance = site.sign_in_as("operator", site.finance).await;
    let refused = begin(&mut finance, site.finance, "Lò Thị Mai", "015190000001", "vien_chuc").await;
    refused.is(422).sees("đang có hồ sơ tại Bệnh viện Đa khoa").sees("Đề nghị nơi đó chuyển hồ sơ").sees("YB-11");
    let mut hospital = site.sign_in_as("operator", site.hospital).await;
    let kind = site.app.law.section("secondments").unwrap().field("kind").unwrap().catalogue.clone();
    let kind = kind.and_then(|key| site.app.law.catalogue(&key)).map(|list| list.items[0].code.clone()).unwrap();
    let away = [
        ("dong", ""),
        ("phien_ban", "0"),
        ("kind", kind.as_str()),
        ("from_unit", "Bệnh viện Đa khoa"),
        ("to_unit", "Sở Tài chính"),
        ("from_date", "01/06/2026"),
    ];
    hospital.submit(&format!("/ho-so/{}/muc/secondments", site.mai), &away).await.is(303);
    hospital.open("/ho-so").await.sees("Lò Thị Mai");
    finance.open("/ho-so").await.is(200).sees("Nguyễn Đức An").misses("Lò Thị Mai");
}

#[tokio::test]
async fn a_commune_is_founded_and_keeps_the_dossiers_of_its_people() {
    let site = Site::under("dong-thap-2014").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let fields = [("name", "Ủy ban nhân dân xã Sen"), ("type_code", "ubnd_xa"), ("level_rank", "1"), ("founded_on", "01/07/2025")];
    let commune = id_of(&admin.submit(&format!("/don-vi/{}/lap-moi", site.province), &fields).await);
    let opened = begin(&mut admin, commune, "Hà Thị Xuân", "015192000003", "cong_chuc").await;
    admin.follow(&opened).await.is(200).sees("<h1>Hà Thị Xuân</h1>").sees("Ủy ban nhân dân xã Sen");
    admin.open(&format!("/ho-so?dv={commune}")).await.sees("Hà Thị Xuân").misses("Lò Thị Mai");
}

#[tokio::test]
async fn the_kinds_of_staff_of_a_regulation_are_offered() {
    for regulation in ["dong-thap-2014", "hue-health-2017"] {
        let site = Site::under(regulation).await;
        let page = site.sign_in_as("system_admin", site.province).await.open("/ho-so/moi").await;
        page.is(200).sees("value=\"can_bo\">Cán bộ<").sees("value=\"cong_chuc\">Công chức<").sees("value=\"vien_chuc\">Viên chức<");
    }
}

#[tokio::test]
async fn a_worker_on_an_ordinary_contract_is_accepted_and_counted_as_a_worker() {
    let site = Site::under("vinh-phuc-2024").await;
    let mut clerk = site.sign_in_as("verifier", site.hospital).await;
    begin(&mut clerk, site.hospital, "Hà Thị Xuân", "015192000003", "nguoi_lao_dong").await.is(303);
    clerk.open("/ho-so?loai=nguoi_lao_dong").await.is(200).sees("Hà Thị Xuân").misses("Lò Thị Mai").sees("1 hồ sơ");
}

#[tokio::test]
async fn a_dossier_follows_the_form_on_which_its_kind_of_staff_declares() {
    let site = Site::under("vinh-phuc-2024").await;
    let mut clerk = site.sign_in_as("verifier", site.hospital).await;
    let law = site.app.law.clone();
    for (name, number, kind, form) in
        [("Hà Thị Xuân", "015192000003", "cong_chuc", "TT06-2023"), ("Hà Thị Thu", "015192000004", "nguoi_lao_dong", "TT05-2023-II")]
    {
        let opened = begin(&mut clerk, site.hospital, name, number, kind).await;
        let page = clerk.follow(&opened).await;
        let index = page.is(200).body.split("Theo mẫu lý lịch").nth(1).unwrap();
        let (on_form, beside) = index.split_once("Ngoài mẫu").unwrap();
        let asked: BTreeSet<&str> = law.forms[form].items.iter().flat_map(|item| &item.fields).map(|at| at.section.as_str()).collect();
        for section in &law.sections {
            let link = format!("#muc-{}\"", section.key);
            assert_eq!(on_form.contains(&link), asked.contains(section.key.as_str()), "{form} and {}", section.key);
            assert!(on_form.contains(&link) || beside.contains(&link), "{form} loses {}", section.key);
        }
    }
}

#[tokio::test]
async fn a_change_of_status_keeps_the_former_one_with_its_day() {
    let site = Site::under("dong-thap-2014").await;
    let mut clerk = site.sign_in_as("unit_admin", site.health).await;
    let address = format!("/ho-so/{}/muc/dossier_header", site.mai);
    let seen = version(&clerk.open(&address).await);
    let leave = [
        ("phien_ban", seen.as_str()),
        ("dossier_status", "long_leave"),
        ("status_effective_date", "02/11/2026"),
        ("ly_do", "nghỉ thai sản"),
    ];
    clerk.submit(&address, &leave).await.is(303);
    let history = clerk.open(&format!("/ho-so/{}/lich-su?muc=dossier_header", site.mai)).await;
    history.sees("<del>Đang làm việc</del>").sees("<ins>02/11/2026</ins>").sees(&format!("{}, 08:42", day(0))).sees("nghỉ thai sản");
}

#[tokio::test]
async fn each_act_on_an_account_takes_effect_at_once_and_is_on_the_record() {
    let site = Site::under("dong-thap-2014").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let unit = site.finance.to_string();
    let fields = [("unit", unit.as_str()), ("role", "unit_head"), ("kind", "personal"), ("login", "so-tai-chinh"), ("name", "Giám đốc Sở")];
    let mut user = take_over(&site, &mut admin, &fields).await;
    user.open("/ho-so").await.is(200).sees("Nguyễn Đức An");
    user.open("/tai-khoan").await.is(403);
    let list = admin.open("/tai-khoan?q=so-tai-chinh").await;
    let id = list.body.split("/tai-khoan/").filter_map(|rest| rest.split('"').next()?.parse::<i64>().ok()).next().unwrap();
    let account = format!("/tai-khoan/{id}");

    admin.submit(&format!("{account}/vai-tro"), &[("role", "unit_admin")]).await.is(303);
    user.open("/tai-khoan").await.is(200);
    let page = admin.open(&account).await;
    let rows = page.body.split("<tr>").filter(|row| row.contains("Sở, ban, ngành; đơn vị sự nghiệp")).collect::<Vec<_>>().concat();
    let role = rows.split("name=\"role_id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    admin.submit(&format!("{account}/vai-tro/thu-hoi"), &[("role_id", &role)]).await.is(303);
    user.open("/tai-khoan").await.is(403);
    admin.submit(&format!("{account}/trang-thai"), &[("state", "closed")]).await.is(303);
    assert_eq!(user.open("/ho-so").await.location(), Some("/dang-nhap"));

    let console = site.app.db.console_viewer(site.app.db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let sql = "SELECT e.act FROM {audit_entries} e WHERE e.act LIKE 'account.%'";
    let rows = site.app.db.read(&console.may::<ViewAudit>().unwrap()).rows(sql, &[]).await.unwrap();
    let acts: BTreeSet<String> = rows.iter().map(|row| row.text("act").unwrap()).collect();
    for act in ["account.open", "account.give_role", "account.end_role", "account.set_state"] {
        assert!(acts.contains(act), "{act} is not on the record: {acts:?}");
    }
}

#[tokio::test]
async fn a_body_has_one_account_that_administers_it_in_dong_thap() {
    let site = Site::under("dong-thap-2014").await;
    let first = site.account("unit_admin", site.health, None).await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let unit = site.health.to_string();
    let fields = [("unit", unit.as_str()), ("role", "unit_admin"), ("kind", "personal"), ("login", "thu-hai"), ("name", "Người thứ hai")];
    let refused = admin.submit("/tai-khoan/moi", &[&fields[..], &AGREED].concat()).await;
    refused.is(422).sees("chỉ cho một tài khoản").sees("DT-PL.3").sees(&first);
}

#[tokio::test]
async fn a_person_counts_once_in_every_body_above() {
    let site = Site::under("lang-son-2022").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let fields = [("name", "Trạm Y tế Sương"), ("type_code", "dvsn_so"), ("level_rank", "1"), ("founded_on", "01/07/2025")];
    let station = id_of(&admin.submit(&format!("/don-vi/{}/lap-moi", site.hospital), &fields).await);
    site.person(station, "Hà Thị Xuân", "2", "1992-05-01", "015192000003").await;
    let tree = admin.open("/don-vi").await;
    for (unit, here, total) in [(station, 1, 1), (site.hospital, 1, 2), (site.health, 0, 2), (site.province, 0, 3)] {
        let row = tree.body.split(&format!("href=\"/don-vi/{unit}\">")).nth(1).unwrap().split("</tr>").next().unwrap();
        assert!(row.contains(&format!("<td class=\"num\">{here}</td><td class=\"num\"><b>{total}</b></td>")), "{row}");
    }
}

#[tokio::test]
async fn whoever_opens_a_dossier_is_named_with_the_account() {
    let site = Site::under("lang-son-2022").await;
    let mut clerk = unit_account(&site, "operator", site.hospital).await;
    clerk.open(&format!("/ho-so/{}", site.mai)).await.is(200);
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let history = admin.open(&format!("/ho-so/{}/lich-su?xem=mo", site.mai)).await;
    history.is(200).sees("<b>Hà Thị Mẫu (Tài khoản đơn vị)</b> mở xem hồ sơ");
}

#[tokio::test]
async fn a_person_opens_their_own_dossier_and_no_colleagues() {
    let site = Site::under("vinh-phuc-2024").await;
    let colleague = site.person(site.hospital, "Hà Thị Xuân", "2", "1992-05-01", "015192000003").await;
    let login = site.account("person", site.hospital, Some(site.mai)).await;
    let mut mai = site.sign_in(&login).await;
    mai.open(&format!("/ho-so/{}", site.mai)).await.is(200).sees("<h1>Lò Thị Mai</h1>");
    mai.open(&format!("/ho-so/{colleague}")).await.is(404).misses("Hà Thị Xuân");
}

#[tokio::test]
async fn who_hands_over_the_account_of_a_unit_is_out_and_the_next_sets_a_password() {
    let site = Site::yen_bai().await;
    let mut before = unit_account(&site, "operator", site.hospital).await;
    before.open("/don-vi").await.is(200);
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let list = admin.open("/tai-khoan?q=tai-khoan-don-vi").await;
    let id = list.body.split("/tai-khoan/").filter_map(|rest| rest.split('"').next()?.parse::<i64>().ok()).next().unwrap();
    let today = day(0);
    let next = [&[("operator", "Vàng Thị Sau"), ("from_on", today.as_str())], &AGREED[..]].concat();
    let named = admin.submit(&format!("/tai-khoan/{id}/nguoi-su-dung"), &next).await;
    let issued = named.is(200).body.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();

    assert_eq!(before.open("/don-vi").await.location(), Some("/dang-nhap"));
    let login = ("login", "tai-khoan-don-vi");
    before.submit("/dang-nhap", &[login, ("password", "sông núi nước Nam")]).await.is(422);
    let mut after = site.stranger();
    after.submit("/dang-nhap", &[login, ("password", &issued)]).await.is(303);
    assert_eq!(after.open("/don-vi").await.location(), Some("/mat-khau"));
}
