//! The tree, as those who keep it use it.

use crate::tests::site::Site;

#[tokio::test]
async fn a_unit_is_founded_renamed_and_dissolved_and_its_past_stays() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let new = format!("/don-vi/{}/lap-moi", site.health);
    admin.submit(&new, &[("name", ""), ("founded_on", "31/06/2026")]).await.is(422).sees("Nhập tên đầy đủ").summary_follows_the_form(3);
    let founded = admin
        .submit(
            &new,
            &[("name", "Trung tâm Kiểm soát bệnh tật"), ("type_code", "dvsn_so"), ("level_rank", "1"), ("founded_on", "01/07/2025")],
        )
        .await;
    let page = admin.follow(&founded).await;
    page.is(200).sees("Trung tâm Kiểm soát bệnh tật").sees("thành lập 01/07/2025").sees("Sở Y tế");
    let at = founded.location().unwrap().to_owned();
    admin
        .submit(
            &format!("{at}/doi-ten"),
            &[("version", "1"), ("name", "Trung tâm Y tế dự phòng"), ("on", "01/01/2026"), ("number", "7/QĐ-UBND")],
        )
        .await
        .is(303);
    admin.open(&at).await.sees("Trung tâm Y tế dự phòng").sees("Trung tâm Kiểm soát bệnh tật").sees("đến 31/12/2025");
    admin.submit(&format!("{at}/giai-the"), &[("version", "2"), ("on", "30/06/2026")]).await.is(303);
    admin.open(&at).await.sees("kết thúc 30/06/2026");
    admin.open("/don-vi").await.misses("Trung tâm Y tế dự phòng");
    admin.open("/don-vi?ca=da-ket-thuc").await.sees("Trung tâm Y tế dự phòng");
}

#[tokio::test]
async fn a_unit_with_people_cannot_end() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    admin
        .submit(&format!("/don-vi/{}/giai-the", site.hospital), &[("version", "1"), ("on", "30/06/2026")])
        .await
        .is(409)
        .sees("Còn 1 người");
}

#[tokio::test]
async fn an_identifier_belongs_to_one_unit() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    admin.submit(&format!("/don-vi/{}/ma-dinh-danh", site.health), &[("version", "1"), ("identifier", "YB.07")]).await.is(303);
    let twice = admin.submit(&format!("/don-vi/{}/ma-dinh-danh", site.finance), &[("version", "1"), ("identifier", "YB.07")]).await;
    twice.is(422).sees("đang là của Sở Y tế");
}

#[tokio::test]
async fn people_follow_their_unit_when_it_moves() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let mut head = site.sign_in_as("unit_head", site.finance).await;
    head.open("/don-vi").await.misses("Bệnh viện");
    let parent = site.finance.to_string();
    admin.submit(&format!("/don-vi/{}/chuyen", site.hospital), &[("version", "1"), ("parent", &parent)]).await.is(303);
    head.open("/don-vi").await.sees("Bệnh viện Đa khoa").sees("<b>2</b>");
}

#[tokio::test]
async fn an_operator_founds_inner_sections_only() {
    let site = Site::yen_bai().await;
    let mut operator = site.sign_in_as("operator", site.hospital).await;
    let new = format!("/don-vi/{}/lap-moi", site.hospital);
    let fields = [("name", "Khoa Nội"), ("type_code", "dvsn_so"), ("founded_on", "01/07/2025")];
    operator.submit(&new, &fields).await.is(422).sees("YB-7");
    operator.submit(&new, &[&fields[..], &[("section", "yes")]].concat()).await.is(303);
    operator.submit(&format!("/don-vi/{}/lap-moi", site.finance), &[&fields[..], &[("section", "yes")]].concat()).await.is(404);
}

#[tokio::test]
async fn every_type_of_body_can_be_founded_and_filtered() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    for (place, item) in site.app.law.catalogue("unit_types").unwrap().items.iter().enumerate() {
        let name = format!("Đơn vị thử số {place}");
        let fields = [("name", name.as_str()), ("type_code", &item.code), ("founded_on", "01/07/2025")];
        admin.submit(&format!("/don-vi/{}/lap-moi", site.province), &fields).await.is(303);
        admin.open(&format!("/don-vi?loai={}", item.code)).await.is(200).sees(&name);
    }
}

/// The Health Department of Huế with its own root, under its own regulation, and an account of its personnel office.
async fn health_department(site: &Site) -> (i64, crate::tests::site::Browser) {
    let db = &site.app.db;
    let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let mut change = db.change(&console.may::<crate::tests::site::Tree>().unwrap(), "unit.found").await.unwrap();
    let none: Option<i64> = None;
    let set = [("parent_id", none.into()), ("name", "Sở Y tế Mẫu".into()), ("type_code", "so".into()), ("level_rank", 2.into())];
    let root = change.insert("units", &set).await.unwrap();
    let from: jiff::civil::Date = "2017-09-01".parse().unwrap();
    let regulation = [("unit_id", root.into()), ("regulation_code", "hue-health-2017".into()), ("from_on", from.into())];
    change.insert("unit_regulations", &regulation).await.unwrap();
    change.commit().await.unwrap();
    let admin = site.sign_in_as("system_admin", root).await;
    (root, admin)
}

#[tokio::test]
async fn the_root_of_the_hue_tree_is_the_health_department_and_nothing_stands_between_it_and_its_units() {
    let site = Site::yen_bai().await;
    let (root, mut admin) = health_department(&site).await;
    let new = format!("/don-vi/{root}/lap-moi");
    let hospital = [("name", "Bệnh viện Mẫu"), ("type_code", "dvsn_so"), ("founded_on", "01/01/2018")];
    for rank in ["2", ""] {
        let refused = admin.submit(&new, &[&hospital[..], &[("level_rank", rank)]].concat()).await;
        refused.is(422).sees("Quy chế có 2 cấp").sees("HUE-6.1, HUE-6.2").sees("Cấp cơ quan, đơn vị").sees("value=\"Bệnh viện Mẫu\"");
    }
    admin.submit(&new, &[&hospital[..], &[("level_rank", "3")]].concat()).await.is(422).sees("Chọn cấp quản lý trong danh sách");
    let founded = admin.submit(&new, &[&hospital[..], &[("level_rank", "1")]].concat()).await;
    let hospital: i64 = founded.is(303).location().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    let section = [("name", "Phòng Tổ chức cán bộ"), ("type_code", "phong"), ("founded_on", "01/01/2018"), ("section", "yes")];
    admin.submit(&new, &section).await.is(303);
    let tree = admin.open("/don-vi").await;
    let first = tree.is(200).body.split("<tbody>").nth(1).unwrap();
    assert!(
        first.trim_start().starts_with(&format!("<tr><th scope=\"row\" class=\"l0\"><a href=\"/don-vi/{root}\">Sở Y tế Mẫu</a>")),
        "{first}"
    );
    tree.sees(&format!("class=\"l1\"><a href=\"/don-vi/{hospital}\">Bệnh viện Mẫu</a>")).misses("Tỉnh Mẫu");

    let mut clerk = site.sign_in_as("operator", hospital).await;
    let own = clerk.open("/don-vi").await;
    assert_eq!(own.is(200).body.matches("<tr><th scope=\"row\"").count(), 1);
    own.sees("class=\"l0\"").sees("Bệnh viện Mẫu");
    let page = clerk.open(&format!("/don-vi/{hospital}")).await;
    let way = page.is(200).body.split("<nav class=\"crumbs\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let above: Vec<&str> = way.split("href=\"/don-vi/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(above, [root.to_string()], "the department stands directly above the unit");
}

#[tokio::test]
async fn a_service_unit_of_the_province_has_no_base_level_in_dong_thap() {
    let site = Site::under("dong-thap-2014").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let school = [("name", "Trường Cao đẳng Mẫu"), ("type_code", "dvsn_tinh"), ("level_rank", "2"), ("founded_on", "01/01/2018")];
    let founded = admin.submit(&format!("/don-vi/{}/lap-moi", site.province), &school).await;
    let at = founded.is(303).location().unwrap().to_owned();
    let below = [("name", "Trung tâm thuộc trường"), ("type_code", "dvsn_so"), ("level_rank", "1"), ("founded_on", "01/01/2019")];
    admin.submit(&format!("{at}/lap-moi"), &below).await.is(422).sees("không có đơn vị cấp dưới (DT-6.2)");
    admin.submit(&format!("{at}/lap-moi"), &[&below[..], &[("section", "yes")]].concat()).await.is(303);
    let id = at.rsplit('/').next().unwrap();
    admin.submit(&format!("/don-vi/{}/chuyen", site.hospital), &[("version", "1"), ("parent", id)]).await.is(409).sees("DT-6.2");
}
