//! The queue as those whom it waits for see it.

use crate::{
    access::EditRecord,
    obligations::{Opening, open},
    tests::site::{Site, day, today},
};
use jiff::ToSpan;

/// Opens a duty of the hospital, counted from so many days ago, and gives its id.
async fn owe(site: &Site, event: &str, dossier: Option<i64>, ago: i64) -> i64 {
    let login = site.account("operator", site.hospital, None).await;
    let grant = site.app.db.viewer(site.db_account(&login).await).await.unwrap().may::<EditRecord>().unwrap();
    let path = site.path(site.hospital).await;
    let from = crate::day_of(today()).checked_sub(ago.days()).unwrap();
    let mut change = site.app.db.change(&grant, "test.event").await.unwrap();
    let about = ("dossiers", dossier.unwrap_or(1));
    let opening = Opening { event, from: site.hospital, to: (site.hospital, &path), dossier, about, day: from };
    let id = open(&site.app, &mut change, &opening).await.unwrap().unwrap();
    change.commit().await.unwrap();
    id
}

#[tokio::test]
async fn the_queue_shows_what_is_late_first_with_its_article_and_the_level_above_sees_the_units_below() {
    let site = Site::yen_bai().await;
    owe(&site, "change_by_decision", Some(site.mai), 40).await;
    owe(&site, "new_record", Some(site.mai), 0).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let page = clerk.open("/thoi-han").await;
    page.is(200).sees("Quá hạn").sees("chậm ").sees("Cập nhật theo quyết định").sees("Lò Thị Mai").sees("/quy-che/dieu/YB-11.2.c");
    assert!(page.body.find("Cập nhật theo quyết định</a></h3>") < page.body.find("Lập hồ sơ mới</a></h3>"));
    clerk.open("/thoi-han?phan=qua-han").await.is(200).sees("Cập nhật theo quyết định</a></h3>").misses("Lập hồ sơ mới</a></h3>");
    clerk.open("/thoi-han?viec=new_record").await.is(200).sees("Lập hồ sơ mới</a></h3>").misses("Cập nhật theo quyết định</a></h3>");
    clerk.open("/").await.is(200).sees("việc quá hạn").sees("/thoi-han?phan=qua-han");
    let mut above = site.sign_in_as("system_admin", site.province).await;
    above.open("/thoi-han/don-vi").await.is(200).sees("Bệnh viện Đa khoa").sees(&format!("/thoi-han?dv={}", site.hospital));
    above.open(&format!("/thoi-han?dv={}", site.health)).await.is(200).sees("Thời hạn: Sở Y tế").sees("Lò Thị Mai");
    let mut sibling = site.sign_in_as("operator", site.finance).await;
    sibling.open("/thoi-han").await.is(200).sees("Không có việc nào").misses("Lò Thị Mai");
    // A text that came without its date holds from the day on which the administrator gave it to the unit.
    let site = Site::under("hue-health-2017").await;
    owe(&site, "change_by_decision", Some(site.mai), 40).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    clerk.open("/thoi-han").await.is(200).sees("Quá hạn").sees("Lò Thị Mai").sees("/quy-che/dieu/HUE-9");
}

#[tokio::test]
async fn every_due_day_is_explained_day_by_day_with_the_article() {
    let site = Site::yen_bai().await;
    let id = owe(&site, "move_out_send", Some(site.mai), 20).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let page = clerk.open(&format!("/thoi-han/{id}")).await;
    page.is(200)
        .sees("5 ngày làm việc")
        .sees("/quy-che/dieu/YB-12.2")
        .sees(&day(-20))
        .sees("Từng ngày được đếm")
        .sees("<td class=\"num\">5</td>");
    let mut sibling = site.sign_in_as("operator", site.finance).await;
    sibling.open(&format!("/thoi-han/{id}")).await.is(404);
}

#[tokio::test]
async fn a_long_queue_is_leafed_through_without_losing_anything() {
    let site = Site::yen_bai().await;
    for ago in 0..60 {
        owe(&site, "change_personal", None, ago).await;
    }
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let first = clerk.open("/thoi-han").await;
    let next = first.is(200).body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let second = clerk.open(&next).await;
    let count = |body: &str| body.matches("class=\"queue-due\"").count();
    assert_eq!((count(&first.body), count(&second.is(200).body)), (50, 10));
}

#[tokio::test]
async fn the_board_of_a_head_shows_what_is_late_incomplete_and_differing_below() {
    let site = Site::yen_bai().await;
    owe(&site, "change_by_decision", Some(site.mai), 10).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let flag = [("truong", "identity.birth_date"), ("words", "Giấy khai sinh ghi 28/03/1990")];
    clerk.submit(&format!("/ho-so/{}/sai-lech", site.mai), &flag).await.is(303);
    let mut head = site.sign_in_as("unit_head", site.health).await;
    let page = head.open("/thoi-han/bang-diem").await;
    page.is(200).sees("Bệnh viện Đa khoa").sees("YB-21.1").misses("Sở Tài chính");
    let row = page.body.split("Bệnh viện Đa khoa</th>").nth(1).unwrap().split("</tr>").next().unwrap().to_owned();
    let cells: Vec<String> = row.split("<td").skip(1).map(|cell| crate::quotas::testing::plain(cell.split_once('>').unwrap().1)).collect();
    // In time, late, overdue, %, people, incomplete, %, differing, %, score, rank.
    assert_eq!(cells, ["0", "0", "1", "0 %", "1", "1", "0 %", "1", "0 %", "0", "1"], "{row}");
    assert!(row.contains(&format!("/thoi-han?dv={}&amp;phan=qua-han", site.hospital)));
    head.open("/thoi-han/bang-diem?thang=2020-01").await.is(200).sees("Bảng điểm tháng 01/2020");
}
