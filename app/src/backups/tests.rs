//! Copies, as those who keep the system make and check them.

use super::{Folder, make, pages::CopiesPage, watch};
use crate::{
    cli,
    config::Config,
    page::Page,
    tests::site::{Site, day, today},
};
use std::{fs, path::Path, time::Duration};
use vault::{Archive, Lock};

/// Waits until the copy or the check that was begun is done.
async fn settled(site: &Site) {
    while site.app.backups.state().running.is_some() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn folder(site: &Site) -> Folder {
    watch::folder_of(&site.app)
}

#[tokio::test]
async fn a_copy_is_made_listed_and_checked_over_the_web_but_never_brought_back() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    admin.open("/sao-luu").await.is(200).sees("Chưa có bản sao nào").sees("YB-13.4").sees("hằng tháng").sees("60 tháng");
    admin.submit("/sao-luu", &[]).await.is(303);
    settled(&site).await;
    let page = admin.open("/sao-luu").await;
    page.sees("nguyên vẹn").sees(&format!("08:42 {}", day(0))).sees("chuỗi 0, mục").sees("keys/backup.key").misses("Chưa có bản sao nào");
    let copy = folder(&site).copies().unwrap().remove(0);
    assert_eq!(copy.name, format!("hoso-{}-084200.age", crate::day_of(today())));

    let path = folder(&site).find(&copy.name).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    admin.submit(&format!("/sao-luu/{}/kiem-tra", copy.name), &[]).await.is(303);
    settled(&site).await;
    admin.open("/sao-luu").await.sees("hỏng").sees("Lần gần nhất không thành công").misses("nguyên vẹn");
    admin.submit("/sao-luu/..%2Fkeys%2Fbackup.key/kiem-tra", &[]).await.is(404);
    admin.submit("/sao-luu/phuc-hoi", &[]).await.is(404);
}

#[tokio::test]
async fn only_those_whose_duty_reaches_the_whole_concern_themselves_with_copies() {
    let site = Site::yen_bai().await;
    let mut centre = site.sign_in_as("it_centre", site.province).await;
    centre.open("/sao-luu").await.is(200).sees("Sao lưu ngay");
    for (role, unit) in [("unit_head", site.health), ("operator", site.hospital)] {
        let mut other = site.sign_in_as(role, unit).await;
        other.open("/sao-luu").await.is(403);
        other.submit("/sao-luu", &[]).await.is(403);
    }
    assert!(folder(&site).copies().unwrap().is_empty());
}

#[tokio::test]
async fn a_copy_made_while_others_write_comes_back_whole_in_a_new_place() {
    let site = Site::yen_bai().await;
    for place in 0..20 {
        site.person(site.hospital, "Giàng A Páo", "1", "1990", &format!("0152{place:08}")).await;
    }
    let writing = async {
        for place in 20..60 {
            site.person(site.hospital, "Giàng A Súa", "1", "1991", &format!("0152{place:08}")).await;
        }
    };
    let place = folder(&site);
    let (made, ()) = tokio::join!(make(&site.app, &place, |_| {}), writing);
    let (path, checked) = made.unwrap();
    let people = checked.archive.tables["dossiers"];
    assert!((22..=62).contains(&people), "{people} dossiers");
    assert_eq!(people, checked.archive.tables["roster"]);
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(super::key(&site.app)).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);

    let new = tempfile::tempdir().unwrap();
    let data = new.path().join("moi");
    let key = super::key(&site.app);
    let config = Config { data: data.clone(), ..Config::defaults() };
    cli::restored(config.clone(), &path, &key).await.unwrap();
    let again = copy_of(&config, &data).await;
    assert_eq!((again.tables, again.files, again.heads), (checked.archive.tables, checked.archive.files, checked.archive.heads));
    assert!(data.join("keys").join("backup.key").is_file());

    let refused = cli::restored(config, &path, &key).await.unwrap_err().to_string();
    assert!(refused.contains("đã có dữ liệu"), "{refused}");
    let wrong = new.path().join("khac.key");
    fs::write(&wrong, "AGE-SECRET-KEY-1QQQQ").unwrap();
    let empty = Config { data: new.path().join("trong"), ..Config::defaults() };
    assert!(cli::restored(empty.clone(), &path, &wrong).await.is_err());
    assert!(!empty.data.join("hoso.db").exists(), "a failed restore leaves the place as empty as it was");
}

/// What stands in a restored place, by making a copy of it in turn.
async fn copy_of(config: &Config, data: &Path) -> Archive {
    let app = cli::open(config.clone()).await.unwrap();
    assert!(app.db.verify_chain(&[]).await.is_ok());
    let lock = Lock::KeyFile(data.join("keys").join("other.key"));
    app.db.backup(&data.join("again.age"), &lock, |_| {}).await.unwrap()
}

#[tokio::test]
async fn the_daily_copy_is_made_once_at_its_hour_and_its_failure_is_kept_for_the_page() {
    let site = Site::yen_bai().await;
    let at = |text: &str| text.parse().unwrap();
    let started = today().checked_sub(jiff::SignedDuration::from_hours(48)).unwrap();
    watch::look_once(&site.app, at("08:30"), started).await.unwrap();
    watch::look_once(&site.app, at("08:30"), started).await.unwrap();
    assert_eq!(folder(&site).copies().unwrap().len(), 1);
    watch::look_once(&site.app, at("09:30"), started).await.unwrap();
    assert_eq!(folder(&site).copies().unwrap().len(), 1, "the copy of this morning serves until half past nine");
    assert!(site.app.backups.state().running.is_none());

    let blocked = Site::yen_bai().await;
    fs::write(blocked.app.config.data.join("backups"), "not a folder").unwrap();
    assert!(watch::look_once(&blocked.app, at("08:30"), started).await.is_err());
    assert!(super::time_of_day("25 giờ").is_err());
}

#[tokio::test]
async fn a_server_started_after_the_hour_settles_before_it_makes_up_for_the_copy() {
    let site = Site::yen_bai().await;
    let minutes_ago = |minutes| today().checked_sub(jiff::SignedDuration::from_mins(minutes)).unwrap();
    watch::look_once(&site.app, "01:30".parse().unwrap(), minutes_ago(5)).await.unwrap();
    assert!(folder(&site).copies().unwrap().is_empty());
    watch::look_once(&site.app, "01:30".parse().unwrap(), minutes_ago(20)).await.unwrap();
    assert_eq!(folder(&site).copies().unwrap().len(), 1);
}

#[tokio::test]
async fn every_sample_of_the_page_renders() {
    let site = Site::yen_bai().await;
    for page in CopiesPage::samples() {
        let page = minijinja::Value::from_serialize(&page);
        let frame = minijinja::context! { nav => Vec::<String>::new(), may => minijinja::context! { search => true }, person => "", role => "", unit_name => "", regulation => "", assets => "", version => "", today => "" };
        site.app.templates.get_template(CopiesPage::TEMPLATE).unwrap().render(minijinja::context! { frame, ..page }).unwrap();
    }
}

#[test]
fn what_a_copy_that_was_cut_off_left_behind_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, minutes: u64| {
        let file = fs::File::create(folder.path().join(name)).unwrap();
        file.set_modified(std::time::SystemTime::from(crate::clock()) - std::time::Duration::from_secs(60 * minutes)).unwrap();
    };
    put(".tmpAbC123", 30);
    put(".tmpUnderWay", 0);
    put("hoso-2026-11-19-013000.age", 30);
    assert_eq!(Folder(folder.path().to_owned()).sweep().unwrap(), 1);
    let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, [".tmpUnderWay", "hoso-2026-11-19-013000.age"]);
}
