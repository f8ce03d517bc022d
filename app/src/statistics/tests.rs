//! The overview, as each of those who read it does.

use crate::{
    quotas::testing::{cells, plain},
    tests::site::{Answer, Browser, Build, Site},
};
use vault::{Basis, Value};

/// A person of a kind of staff, with a contract where one is named.
async fn staff(site: &Site, unit: i64, kind: &str, contract: &str) -> i64 {
    let db = &site.app.db;
    let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let mut change = db.change(&console.may::<Build>().unwrap(), "dossier.open").await.unwrap();
    change.rests_on(Basis::Correction("dữ liệu kiểm thử".into()));
    let text = |column: &str, value: &str| (column.to_owned(), Value::from(value));
    let mut sections = vec![
        ("identity".to_owned(), vec![text("full_name", "Hà Văn Mẫu"), text("gender", "1")]),
        ("dossier_header".to_owned(), vec![text("personnel_type", kind), text("dossier_status", "working")]),
    ];
    if !contract.is_empty() {
        let from: jiff::civil::Date = "2020-01-01".parse().unwrap();
        sections.push(("contracts".to_owned(), vec![text("contract_type", contract), ("start_date".to_owned(), from.into())]));
    }
    let id = change.open_dossier(unit, "2C-2008", sections).await.unwrap();
    change.commit().await.unwrap();
    id
}

/// How many people the list behind an address holds.
async fn listed(browser: &mut Browser, address: &str) -> usize {
    let page = browser.open(address).await;
    let found = page.is(200).body.matches("<th scope=\"row\" class=\"pin").count();
    assert!(found <= 50 && !page.body.contains("rel=\"next\""), "{address} has more than one page");
    found
}

/// Every figure of a page that leads to a list: the address and the number.
fn figures(page: &Answer) -> Vec<(String, usize)> {
    let links = page.body.split("<td class=\"num\"><a href=\"/ho-so").skip(1);
    let read = |rest: &str| {
        let (query, rest) = rest.split_once("\">").unwrap();
        (format!("/ho-so{}", query.replace("&amp;", "&")), rest.split('<').next().unwrap().replace('.', "").parse().unwrap())
    };
    links.map(read).collect()
}

#[tokio::test]
async fn ten_officials_and_two_workers_under_decree_68_are_not_twelve() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let fields = [("name", "Văn phòng Mẫu"), ("type_code", "so"), ("founded_on", "01/07/2025")];
    let founded = admin.submit(&format!("/don-vi/{}/lap-moi", site.province), &fields).await;
    let unit: i64 = founded.location().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    for _ in 0..10 {
        staff(&site, unit, "cong_chuc", "").await;
    }
    for _ in 0..2 {
        staff(&site, unit, "nguoi_lao_dong", "nd68").await;
    }
    let mut clerk = site.sign_in_as("operator", unit).await;
    let page = clerk.open("/tong-hop").await;
    page.is(200).sees("12 người có mặt: 10 trong biên chế, 2 hợp đồng.").sees("Hợp đồng theo Nghị định 68").sees("YB-4.2.b");
    assert_eq!(cells(&page, &format!("/tong-hop?dv={unit}"))[..3], ["10", "2", "12"]);
}

#[tokio::test]
async fn a_contract_under_decree_68_that_is_entered_counts_outside_the_quota() {
    let site = Site::under("dong-thap-2014").await;
    let worker = staff(&site, site.hospital, "nguoi_lao_dong", "").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    clerk.open("/tong-hop").await.sees("1 trong biên chế, 0 hợp đồng, 1 khác, chưa rõ căn cứ hợp đồng");
    let form = format!("/ho-so/{worker}/muc/contracts");
    let contract = [
        ("dong", ""),
        ("phien_ban", "0"),
        ("contract_type", "nd68"),
        ("contract_number", "02/HĐ"),
        ("signed_on", "02/01/2015"),
        ("start_date", "02/01/2015"),
    ];
    clerk.submit(&form, &contract).await.is(303);
    let page = clerk.open("/tong-hop").await;
    page.sees("2 người có mặt: 1 trong biên chế, 1 hợp đồng.").sees("DT-2.2.b");
    assert_eq!(cells(&page, &format!("/tong-hop?dv={}", site.hospital))[..3], ["1", "1", "2"]);
}

#[tokio::test]
async fn both_decrees_can_be_chosen_and_stand_apart_in_the_overview() {
    let site = Site::under("lang-son-2022").await;
    let worker = staff(&site, site.hospital, "nguoi_lao_dong", "").await;
    let other = staff(&site, site.hospital, "nguoi_lao_dong", "").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let form = clerk.open(&format!("/ho-so/{worker}/muc/contracts?dong=")).await;
    form.is(200)
        .sees("<option value=\"nd68\">Hợp đồng theo Nghị định 68/2000/NĐ-CP")
        .sees("<option value=\"nd161\">Hợp đồng theo Nghị định 161/2018/NĐ-CP");
    for (person, basis) in [(worker, "nd68"), (other, "nd161")] {
        let contract = [
            ("dong", ""),
            ("phien_ban", "0"),
            ("contract_type", basis),
            ("contract_number", "02/HĐ"),
            ("signed_on", "02/02/2019"),
            ("start_date", "02/02/2019"),
        ];
        clerk.submit(&format!("/ho-so/{person}/muc/contracts"), &contract).await.is(303);
    }
    let page = clerk.open("/tong-hop").await;
    page.sees("3 người có mặt: 1 trong biên chế, 2 hợp đồng.")
        .sees("Hợp đồng theo Nghị định 68</a>")
        .sees("Hợp đồng theo Nghị định 161</a>");
    assert_eq!(cells(&page, &format!("/tong-hop?dv={}", site.hospital))[..4], ["1", "1", "1", "3"]);
    let row = page.body.split("Hợp đồng theo Nghị định 161/2018/NĐ-CP").nth(1).unwrap().split("</tr>").next().unwrap();
    assert_eq!(plain(row), "ngoài biên chế1");
}

#[tokio::test]
async fn the_latest_contract_says_on_what_basis_somebody_works() {
    let site = Site::yen_bai().await;
    let worker = staff(&site, site.hospital, "nguoi_lao_dong", "nd68").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let later = [
        ("dong", ""),
        ("phien_ban", "0"),
        ("contract_type", "nd111_ho_tro"),
        ("contract_number", "3/HĐ"),
        ("signed_on", "01/03/2023"),
        ("start_date", "01/03/2023"),
    ];
    let earlier = [
        ("dong", ""),
        ("phien_ban", "0"),
        ("contract_type", "nd161"),
        ("contract_number", "1/HĐ"),
        ("signed_on", "01/03/2019"),
        ("start_date", "01/03/2019"),
    ];
    for contract in [later, earlier] {
        clerk.submit(&format!("/ho-so/{worker}/muc/contracts"), &contract).await.is(303);
    }
    clerk.open("/tong-hop").await.sees("Hợp đồng lao động công việc hỗ trợ, phục vụ").sees("Hợp đồng lao động khác").misses("161/2018");
    site.app.db.rebuild_roster(|_| {}).await.unwrap();
    assert_eq!(listed(&mut clerk, "/ho-so?loc=contract_type~la~nd111_ho_tro").await, 1);
}

#[tokio::test]
async fn an_other_worker_is_accepted_and_reported_apart() {
    let site = Site::under("hue-health-2017").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let unit = site.hospital.to_string();
    let person = [("unit_id", unit.as_str()), ("full_name", "Hà Thị Xuân"), ("birth_date", "01/05/1992"), ("gender", "2")];
    let rest =
        [("personal_id_number", "015192000003"), ("personnel_type", "nguoi_lao_dong"), ("dossier_status", "working"), ("xac_nhan", "1")];
    let opened = clerk.submit("/ho-so/moi", &[person, rest].concat()).await;
    let contract = [
        ("dong", ""),
        ("phien_ban", "0"),
        ("contract_type", "hdld_khac"),
        ("contract_number", "5/HĐ"),
        ("signed_on", "01/03/2024"),
        ("start_date", "01/03/2024"),
    ];
    clerk.submit(&format!("{}/muc/contracts", opened.is(303).location().unwrap()), &contract).await.is(303);
    staff(&site, site.hospital, "nguoi_lao_dong", "nd68").await;
    let page = clerk.open("/tong-hop").await;
    page.sees("3 người có mặt: 1 trong biên chế, 2 hợp đồng.").sees("Người lao động có liên quan</a>").sees("HUE-2.2.b");
    assert_eq!(cells(&page, &format!("/tong-hop?dv={}", site.hospital))[..4], ["1", "1", "1", "3"]);
    let other = figures(&page).into_iter().find(|(address, _)| address.contains("nhom=other_worker")).unwrap();
    clerk.open(&other.0).await.sees("Hà Thị Xuân").misses("Lò Thị Mai").sees("1 hồ sơ");
}

#[tokio::test]
async fn a_provincial_fund_holds_workers_and_reports() {
    let site = Site::under("vinh-phuc-2024").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let fields = [("name", "Quỹ Mẫu của tỉnh"), ("type_code", "quy"), ("level_rank", "2"), ("founded_on", "01/07/2025")];
    let founded = admin.submit(&format!("/don-vi/{}/lap-moi", site.province), &fields).await;
    let fund: i64 = founded.is(303).location().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    staff(&site, fund, "nguoi_lao_dong", "nd111_chuyen_mon").await;
    staff(&site, fund, "vien_chuc", "").await;
    let mut clerk = site.sign_in_as("verifier", fund).await;
    let said = [("present", "3"), ("as_of", "19/11/2026")];
    clerk.submit(&format!("/bien-che/{fund}/co-mat"), &said).await.is(303);
    let page = clerk.open("/tong-hop").await;
    page.is(200).sees("Quỹ Mẫu của tỉnh").sees("2 người có mặt: 1 trong biên chế, 1 hợp đồng.").misses("Lò Thị Mai").misses("Sở Tài chính");
    let row = cells(&page, &format!("/tong-hop?dv={fund}"));
    assert!(row.windows(2).any(|pair| pair == ["3", "thiếu 1"]), "{row:?}");
}

/// People of every kind in every unit of the small province.
async fn mixed(site: &Site) {
    for unit in [site.home_affairs, site.health, site.hospital, site.finance] {
        for (kind, contract) in [
            ("cong_chuc", ""),
            ("vien_chuc", "hdlv_kxdth"),
            ("nguoi_lao_dong", "nd68"),
            ("nguoi_lao_dong", "nd161"),
            ("nguoi_lao_dong", "hdld_khac"),
            ("nguoi_lao_dong", ""),
            ("can_bo_xa", ""),
            ("khong_chuyen_trach", ""),
        ] {
            staff(site, unit, kind, contract).await;
        }
    }
}

#[tokio::test]
async fn every_figure_leads_to_the_very_people_behind_it() {
    let seats = [
        ("yen-bai-2020", vec![("system_admin", "province"), ("unit_admin", "health"), ("operator", "health"), ("unit_head", "finance")]),
        ("hue-health-2017", vec![("system_admin", "province"), ("operator", "hospital")]),
        ("vinh-phuc-2024", vec![("verifier", "hospital"), ("unit_head", "health")]),
    ];
    for (regulation, roles) in seats {
        let site = Site::under(regulation).await;
        mixed(&site).await;
        for (role, seat) in roles {
            let unit = match seat {
                "province" => site.province,
                "health" => site.health,
                "hospital" => site.hospital,
                _ => site.finance,
            };
            let mut browser = site.sign_in_as(role, unit).await;
            let mut seen = 0;
            for address in
                ["/tong-hop".to_owned(), format!("/tong-hop?dv={unit}"), "/tong-hop/chat-luong".to_owned(), "/bien-che".to_owned()]
            {
                let page = browser.open(&address).await;
                for (link, number) in figures(page.is(200)) {
                    assert_eq!(listed(&mut browser, &link).await, number, "{regulation} {role} {address}: {link}");
                    seen += 1;
                }
            }
            assert!(seen > 20, "{regulation} {role}: only {seen} figures");
        }
    }
}

#[tokio::test]
async fn the_total_of_the_province_is_the_sum_of_its_bodies_on_all_levels() {
    for regulation in ["yen-bai-2020", "dong-thap-2014"] {
        let site = Site::under(regulation).await;
        mixed(&site).await;
        let mut admin = site.sign_in_as("system_admin", site.province).await;
        let page = admin.open("/tong-hop").await;
        let present = |unit: i64| -> usize {
            let link = format!("/ho-so?dv={unit}&amp;nhom=tinh\">");
            page.body.split(&link).nth(1).unwrap().split('<').next().unwrap().parse().unwrap()
        };
        assert_eq!(present(site.province), present(site.home_affairs) + present(site.health) + present(site.finance));
        assert_eq!((present(site.province), present(site.health), present(site.hospital)), (34, 17, 9), "{regulation}");
        page.sees("34 người có mặt");
    }
}

#[tokio::test]
async fn the_chairperson_of_a_district_is_told_of_that_district_only() {
    let site = Site::under("dong-thap-2014").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let mut found = async |above: i64, name: &str, kind: &str, rank: &str| -> i64 {
        let fields = [("name", name), ("type_code", kind), ("level_rank", rank), ("founded_on", "01/01/2010")];
        let founded = admin.submit(&format!("/don-vi/{above}/lap-moi"), &fields).await;
        founded.is(303).location().unwrap().rsplit('/').next().unwrap().parse().unwrap()
    };
    let district = found(site.province, "Ủy ban nhân dân huyện Tháp Sen", "ubnd_huyen", "2").await;
    let commune = found(district, "Ủy ban nhân dân xã Mỹ Sen", "ubnd_xa", "1").await;
    let sibling = found(site.province, "Ủy ban nhân dân huyện Lấp Sen", "ubnd_huyen", "2").await;
    for unit in [district, commune, commune, sibling] {
        staff(&site, unit, "cong_chuc", "").await;
    }
    let mut chair = site.sign_in_as("unit_head", district).await;
    for address in ["/tong-hop", "/tong-hop/chat-luong", "/bien-che"] {
        let page = chair.open(address).await;
        page.is(200).sees("huyện Tháp Sen");
        for other in ["Lấp Sen", "Sở Y tế", "Sở Tài chính", "Bệnh viện", "Tỉnh Mẫu"] {
            page.misses(other);
        }
    }
    chair.open("/tong-hop").await.sees("3 người có mặt: 3 trong biên chế").sees("xã Mỹ Sen");
    for address in [format!("/tong-hop?dv={sibling}"), format!("/tong-hop/chat-luong?dv={}", site.province), format!("/bien-che/{sibling}")]
    {
        chair.open(&address).await.is(404);
    }
}

#[tokio::test]
async fn a_parent_unit_is_told_of_its_own_tree_only() {
    let site = Site::under("lang-son-2022").await;
    let mut head = site.sign_in_as("unit_head", site.health).await;
    head.open("/tong-hop").await.is(200).sees("Sở Y tế").sees("Bệnh viện Đa khoa").misses("Sở Tài chính").misses("Sở Nội vụ");
}

#[tokio::test]
async fn lines_are_put_in_the_order_that_is_asked_for() {
    let site = Site::yen_bai().await;
    staff(&site, site.finance, "cong_chuc", "").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let order = |page: &Answer| {
        let rows = page.body.split("<tr><th scope=\"row\" class=\"pin pin-edge").skip(1);
        rows.map(|row| plain(row.split_once('>').unwrap().1.split("</a>").next().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(order(&admin.open("/tong-hop").await), ["Tỉnh Mẫu", "Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Bệnh viện Đa khoa"]);
    let by_people = admin.open("/tong-hop?xep=-tinh").await;
    assert_eq!(order(&by_people)[..2], ["Tỉnh Mẫu", "Sở Tài chính"]);
    by_people.sees("aria-sort=\"descending\"").sees("Về thứ tự cây đơn vị");
    assert_eq!(order(&admin.open("/tong-hop?xep=ten").await)[0], "Bệnh viện Đa khoa");
}

#[tokio::test]
async fn who_is_counted_elsewhere_stands_apart() {
    let site = Site::under("vinh-phuc-2024").await;
    let db = &site.app.db;
    let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let mut change = db.change(&console.may::<Build>().unwrap(), "dossier.open").await.unwrap();
    change.rests_on(Basis::Correction("dữ liệu kiểm thử".into()));
    let text = |column: &str, value: &str| (column.to_owned(), Value::from(value));
    let header = vec![text("personnel_type", "cong_chuc"), text("dossier_status", "seconded_in")];
    change.open_dossier(site.hospital, "2C-2008", vec![("dossier_header".into(), header)]).await.unwrap();
    change.commit().await.unwrap();
    let mut head = site.sign_in_as("unit_head", site.health).await;
    let page = head.open("/tong-hop").await;
    page.sees("1 người có mặt: 1 trong biên chế, 0 hợp đồng.").sees("Không tính tại đơn vị");
    for (link, number) in figures(&page) {
        assert_eq!(listed(&mut head, &link).await, number, "{link}");
    }
}

#[tokio::test]
async fn the_department_is_told_how_complete_and_how_accurate_every_unit_is() {
    let site = Site::under("hue-health-2017").await;
    staff(&site, site.hospital, "vien_chuc", "").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let flag = [("truong", "identity.birth_date"), ("words", "giấy khai sinh ghi 28/03/1990")];
    clerk.submit(&format!("/ho-so/{}/sai-lech", site.mai), &flag).await.is(303);
    let mut department = site.sign_in_as("system_admin", site.province).await;
    let page = department.open("/tong-hop").await;
    page.sees("Mức đầy đủ").sees("Độ chính xác");
    let last = |unit: i64| cells(&page, &format!("/tong-hop?dv={unit}")).split_off(8);
    let lines = [
        (site.hospital, "1", "50\u{a0}%"),
        (site.health, "1", "50\u{a0}%"),
        (site.finance, "0", "100\u{a0}%"),
        (site.home_affairs, "0", "–"),
    ];
    for (unit, flagged, accuracy) in lines {
        let row = last(unit);
        assert_eq!(row[row.len() - 2..], [flagged, accuracy], "{row:?}");
        assert!(row[row.len() - 3].ends_with('%') || row[row.len() - 3] == "–", "{row:?}");
    }
    for (link, number) in figures(&page) {
        assert_eq!(listed(&mut department, &link).await, number, "{link}");
    }
    department
        .open(&format!("/ho-so?dv={}&nhom=tinh&sl=co", site.hospital))
        .await
        .sees("Lò Thị Mai")
        .misses("Hà Văn Mẫu")
        .sees("Có sai lệch chưa xử lý");
}
