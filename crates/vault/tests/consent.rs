//! A written consent opens one dossier to one account: at once, in every process, and no longer than agreed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

mod site;

use jiff::SignedDuration;
use site::{Site, settings};
use vault::{Basis, Db, Permission, Read, Seen};

site::on_both! {
    a_consent_reaches_every_process_and_is_gone_from_all_when_it_is_withdrawn
    a_consent_of_other_days_opens_nothing
}

struct Open;

impl Permission for Open {
    const CODE: &'static str = "view_record";
    const ALSO: &'static [&'static str] = &["view_own_record", "view_consented_record"];
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const FIND: &str = "SELECT d.id FROM {dossiers} d WHERE d.id = $1";

/// Whether the session behind `one` opens a dossier.
async fn opens(db: &Db, dossier: i64) -> bool {
    let viewer = db.session(b"one", HOUR).await.unwrap().unwrap().viewer;
    let Some(grant) = viewer.may::<Open>() else { return false };
    db.read(&grant).one(FIND, &[dossier.into()]).await.is_ok()
}

/// Gives an account the dossier of Mai between two days.
async fn give(site: &Site, account: i64, from: jiff::civil::Date, until: jiff::civil::Date) -> i64 {
    let mut change = site.db.change(&site.root().await, "consent.give").await.unwrap();
    change.rests_on(Basis::Correction("văn bản đồng ý số 15".into()));
    let set = [
        ("dossier_id", site.mai.into()),
        ("account_id", account.into()),
        ("level", "personal".into()),
        ("document_number", "15/CV".into()),
        ("document_signed_on", from.into()),
        ("from_on", from.into()),
        ("until_on", until.into()),
        ("given_by", "Hà Thị Mẫu".into()),
    ];
    let id = change.insert("consents", &set).await.unwrap();
    change.commit().await.unwrap();
    id
}

async fn a_consent_reaches_every_process_and_is_gone_from_all_when_it_is_withdrawn(site: &Site) {
    let account = site.account("operator", site.home_affairs, None).await;
    site.db.record_sign_in(account, "10.0.0.7", vault::Attempt::Succeeded { token_hash: b"one", operator: None }).await.unwrap();
    let other = Db::open(vault::Settings { node: 2, ..settings(&site.url, site.folder.path()) }).unwrap();
    assert!(!opens(&site.db, site.mai).await && !opens(&other, site.mai).await);
    let today = site.db.today();
    let consent = give(site, account, today, today).await;
    assert!(opens(&site.db, site.mai).await);
    // Another process asks for the epoch once a second.
    let a_second = || tokio::time::sleep(std::time::Duration::from_millis(1100));
    a_second().await;
    assert!(opens(&other, site.mai).await);
    let mut change = site.db.change(&site.root().await, "consent.withdraw").await.unwrap();
    change.rests_on(Basis::Correction("hết việc".into()));
    let now = site.db.now();
    change.update("consents", Seen { id: consent, version: 1 }, &[("withdrawn_at", now.into())]).await.unwrap();
    change.commit().await.unwrap();
    assert!(!opens(&site.db, site.mai).await);
    a_second().await;
    assert!(!opens(&other, site.mai).await);
}

async fn a_consent_of_other_days_opens_nothing(site: &Site) {
    let account = site.account("operator", site.home_affairs, None).await;
    let today = site.db.today();
    let (yesterday, tomorrow) = (today.yesterday().unwrap(), today.tomorrow().unwrap());
    give(site, account, yesterday, yesterday).await;
    give(site, account, tomorrow, tomorrow).await;
    assert!(site.db.viewer(account).await.unwrap().consents().is_empty());
    give(site, account, yesterday, tomorrow).await;
    let viewer = site.db.viewer(account).await.unwrap();
    assert_eq!(viewer.consents(), [(site.mai, "personal".to_owned())]);
    let grant = viewer.may::<Open>().unwrap();
    assert!(site.db.read(&grant).one(FIND, &[site.mai.into()]).await.is_ok());
    let mut change = site.db.change(&grant, "dossier.hide").await.unwrap();
    change.rests_on(Basis::Correction("x".into()));
    assert!(change.retract("consents", Seen { id: 1, version: 1 }).await.is_err(), "a consent is never taken out");
}
