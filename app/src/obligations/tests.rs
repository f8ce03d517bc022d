//! Duties opened and ended inside changes, on the calendar of the law.

use super::{Opening, Part, Wanted, cancel, counts, open, page, recount, settle};
use crate::{
    access::EditRecord,
    tests::site::{Site, today},
};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;

/// The grant of somebody who writes at the hospital.
async fn grant(site: &Site) -> vault::Grant<EditRecord> {
    let login = site.account("operator", site.hospital, None).await;
    let account = site.db_account(&login).await;
    site.app.db.viewer(account).await.unwrap().may::<EditRecord>().unwrap()
}

#[tokio::test]
async fn a_duty_is_open_until_the_thing_is_done_and_says_how_late_it_was() {
    let site = Site::yen_bai().await;
    let grant = grant(&site).await;
    let path = site.path(site.hospital).await;
    let today = crate::day_of(today());
    let event_on: Date = today.checked_sub(30.days()).unwrap();
    let mut change = site.app.db.change(&grant, "test.event").await.unwrap();
    let opening = Opening {
        event: "change_by_decision",
        from: site.hospital,
        to: (site.hospital, &path),
        dossier: Some(site.mai),
        about: ("decisions", 7),
        day: event_on,
    };
    let id = open(&site.app, &mut change, &opening).await.unwrap().unwrap();
    open(&site.app, &mut change, &Opening { about: ("decisions", 8), day: today, ..opening }).await.unwrap().unwrap();
    // Before the first day of the regulation nothing is due.
    let long_ago = "2015-01-05".parse().unwrap();
    assert_eq!(open(&site.app, &mut change, &Opening { day: long_ago, ..opening }).await.unwrap(), None);
    change.commit().await.unwrap();

    let days = (today, today.checked_add(7.days()).unwrap());
    let mut reader = site.app.db.read(&grant);
    let found = counts(&mut reader, &path, days).await.unwrap();
    assert_eq!((found.total, found.overdue), (2, 1));
    let wanted = Wanted { top: &path, part: Part::Overdue, event: "", days, after: None, limit: 10, is_long: false };
    let late = page(&mut reader, &wanted).await.unwrap();
    let due = site.app.law.due("yen-bai-2020", "change_by_decision", event_on).unwrap();
    assert_eq!((late.len(), late[0].id, late[0].due_on, late[0].name.as_deref()), (1, id, due.on, Some("Lò Thị Mai")));
    assert_eq!(late[0].article, "YB-11.2.c");

    let mut change = site.app.db.change(&grant, "test.done").await.unwrap();
    settle(&mut change, "change_by_decision", ("decisions", 7), today, "Hà Thị Mẫu").await.unwrap();
    cancel(&mut change, ("decisions", 8), today, "Hà Thị Mẫu").await.unwrap();
    change.commit().await.unwrap();
    let mut reader = site.app.db.read(&grant);
    assert_eq!(counts(&mut reader, &path, days).await.unwrap().total, 0);
    let ended = super::one(&mut reader, id).await.unwrap();
    assert_eq!(ended.days_late(today), Some(today.since(due.on).unwrap().get_days()));
}

#[tokio::test]
async fn a_duty_towards_another_unit_is_seen_from_both_and_by_no_third() {
    let site = Site::yen_bai().await;
    let sender = grant(&site).await;
    let path = site.path(site.finance).await;
    let today = crate::day_of(today());
    let mut change = site.app.db.change(&sender, "test.event").await.unwrap();
    let opening = Opening {
        event: "move_in_forward",
        from: site.hospital,
        to: (site.finance, &path),
        dossier: Some(site.mai),
        about: ("transfers", 1),
        day: today,
    };
    let id = open(&site.app, &mut change, &opening).await.unwrap().unwrap();
    change.commit().await.unwrap();
    let foreign = Opening { from: site.home_affairs, to: (site.finance, &path), ..opening };
    let mut forged = site.app.db.change(&sender, "test.event").await.unwrap();
    assert!(open(&site.app, &mut forged, &foreign).await.is_err());
    drop(forged);
    let mut seen = BTreeMap::new();
    for (name, unit) in [("sender", site.hospital), ("receiver", site.finance), ("third", site.home_affairs)] {
        let login = site.account("operator", unit, None).await;
        let grant = site.app.db.viewer(site.db_account(&login).await).await.unwrap().may::<EditRecord>().unwrap();
        let found = super::one(&mut site.app.db.read(&grant), id).await;
        seen.insert(name, found.ok().map(|owed| owed.name.is_some()));
    }
    // The receiver sees that something comes, not whose it is: the dossier lies outside until it is accepted.
    assert_eq!(seen, BTreeMap::from([("sender", Some(true)), ("receiver", Some(false)), ("third", None)]));
}

#[tokio::test]
async fn counting_anew_moves_only_what_changed() {
    let site = Site::yen_bai().await;
    let grant = grant(&site).await;
    let path = site.path(site.hospital).await;
    let today = crate::day_of(today());
    let mut change = site.app.db.change(&grant, "test.event").await.unwrap();
    let opening =
        Opening { event: "move_internal", from: site.hospital, to: (site.hospital, &path), dossier: None, about: ("units", 1), day: today };
    let id = open(&site.app, &mut change, &opening).await.unwrap().unwrap();
    change.commit().await.unwrap();
    assert_eq!(recount(&site.app, &grant).await.unwrap(), (0, 1));
    let due = super::one(&mut site.app.db.read(&grant), id).await.unwrap();
    let mut change = site.app.db.change(&grant, "test.shift").await.unwrap();
    let wrong: Date = today.checked_add(99.days()).unwrap();
    change.update("obligations", vault::Seen { id, version: due.version }, &[("due_on", wrong.into())]).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(recount(&site.app, &grant).await.unwrap(), (1, 1));
    assert_eq!(super::one(&mut site.app.db.read(&grant), id).await.unwrap().due_on, due.due_on);
}
