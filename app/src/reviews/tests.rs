//! Reviews as a unit makes them and as the level above sees them.

use super::actions::keep;
use crate::tests::site::{Site, day, today};
use std::sync::atomic::{AtomicI64, Ordering};

static MONTHS: AtomicI64 = AtomicI64::new(0);

fn moving() -> jiff::Timestamp {
    today() + jiff::SignedDuration::from_hours(24 * 40 * MONTHS.load(Ordering::Relaxed))
}

#[tokio::test]
async fn a_unit_owes_a_review_each_month_and_who_reviewed_when_stays_on_record() {
    let site = Site::at("hue-health-2017", moving).await;
    // Two units keep dossiers.
    assert_eq!(keep(&site.app).await.unwrap(), 2);
    assert_eq!(keep(&site.app).await.unwrap(), 0);
    MONTHS.store(1, Ordering::Relaxed);
    let mut head = site.sign_in_as("unit_head", site.hospital).await;
    head.open("/thoi-han")
        .await
        .is(200)
        .sees("Rà soát, kiểm tra định kỳ")
        .sees("Quá hạn")
        .sees("/quy-che/dieu/HUE-14.4")
        .sees("/ra-soat?dv=");
    let mut department = site.sign_in_as("system_admin", site.province).await;
    department.open(&format!("/thoi-han?dv={}", site.hospital)).await.is(200).sees("Quá hạn").sees("Rà soát, kiểm tra định kỳ");
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let page = clerk.open("/ra-soat").await;
    page.is(200).sees("Rà soát hồ sơ: Bệnh viện Đa khoa").sees("Chưa có lần rà soát nào");
    clerk.submit("/ra-soat", &[("note", "")]).await.is(422).sees("ghi lý do, hướng xử lý");
    clerk.submit("/ra-soat", &[("note", "Chờ bản sao bằng")]).await.is(303);
    let on = crate::form::show_day(crate::day_of(moving()));
    clerk.open("/ra-soat").await.is(200).sees(&on).sees("Chờ bản sao bằng").sees("Tài khoản kiểm thử");
    clerk.open("/thoi-han?phan=qua-han").await.is(200).misses("Rà soát, kiểm tra định kỳ</a></h3>");
    // The next one runs already.
    clerk.open("/thoi-han").await.is(200).sees("Rà soát, kiểm tra định kỳ</a></h3>");
    assert_ne!(on, day(0));
    let mut sibling = site.sign_in_as("operator", site.finance).await;
    sibling.open(&format!("/ra-soat?dv={}", site.hospital)).await.is(404);
    sibling.submit("/ra-soat", &[("dv", &site.hospital.to_string()), ("note", "x")]).await.is(404);
}
