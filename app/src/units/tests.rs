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
