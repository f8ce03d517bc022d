//! What the vault keeps besides rows: the roster, files, sessions, back-ups.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

mod site;

use jiff::SignedDuration;
use serde_json::json;
use site::{EditDossiers, FORM, ReadDossiers, Site, person};
use vault::{Attempt, Basis, Db, Ending, Error, Lock, Read, verify_backup};

site::on_both! {
    a_rebuilt_roster_equals_the_maintained_one
    a_part_of_a_name_finds_people_inside_the_area_only
    an_export_streams_every_row
    a_file_comes_back_only_to_those_who_may_see_its_dossier
    an_altered_file_is_noticed
    a_session_lasts_until_it_ends_lies_idle_or_its_account_is_suspended
    a_right_removed_is_gone_at_the_next_request
    an_archive_restores_everything_into_an_empty_database
    a_damaged_archive_is_refused
}

/// Every roster row, as text.
async fn roster(site: &Site) -> Vec<String> {
    let columns: Vec<String> = site::law().roster.iter().map(|column| format!("r.{}", column.key)).collect();
    let text =
        format!("SELECT r.dossier_id, r.unit_id, r.unit_path, r.state, {} FROM {{roster}} r ORDER BY r.dossier_id", columns.join(", "));
    let rows = site.db.read(&site.root().await).rows(&text, &[]).await.unwrap();
    rows.iter().map(|row| format!("{row:?}")).collect()
}

async fn a_rebuilt_roster_equals_the_maintained_one(site: &Site) {
    let law = site::law();
    let mut dossiers = vec![site.mai, site.an];
    // A fixed walk that looks random: the same on every run.
    let mut dice = 7_u64;
    let mut throw = move |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    for round in 0..60 {
        let mut change = site.correction().await;
        match throw(6) {
            0 => dossiers.push(
                change
                    .open_dossier(
                        [site.health, site.ward][throw(2)],
                        FORM,
                        person(&format!("Người {round}"), &format!("01519000{round:04}")),
                    )
                    .await
                    .unwrap(),
            ),
            1 => {
                let dossier = dossiers[throw(dossiers.len())];
                let unit = [site.health, site.ward, site.hospital][throw(3)];
                change.update("dossiers", site.seen("dossiers", dossier).await, &[("unit_id", unit.into())]).await.unwrap();
            }
            2 => {
                let unit = site.seen("units", site.ward).await;
                change.update("units", unit, &[("name", format!("Khoa {round}").into())]).await.unwrap();
            }
            _ => {
                let dossier = dossiers[throw(dossiers.len())];
                let section = &law.sections[throw(law.sections.len())];
                let columns: Vec<_> = section
                    .columns()
                    .into_iter()
                    .filter(|column| column.kind != law::Kind::File && column.name != "personal_id_number")
                    .collect();
                let column = &columns[throw(columns.len())];
                let value: vault::Value = match column.kind {
                    law::Kind::Date => "2011-05-06".parse::<jiff::civil::Date>().unwrap().into(),
                    law::Kind::Int | law::Kind::Decimal => i64::from(round).into(),
                    law::Kind::Bool => (round % 2 == 0).into(),
                    law::Kind::PartialDate => "1988-07".into(),
                    _ => format!("Giá trị {round}").into(),
                };
                let seen = format!("SELECT s.id, s.version FROM {{{}}} s WHERE s.dossier_id = $1 ORDER BY s.id", section.table());
                let row = change.rows(&seen, &[dossier.into()]).await.unwrap().first().map(|row| row.seen().unwrap());
                if let (Some(seen), false, 0) = (row, section.is_single(), throw(3)) {
                    change.retract(&section.table(), seen).await.unwrap();
                } else {
                    change.write_section(dossier, &section.key, row, &[(column.name.as_str(), value)]).await.unwrap();
                }
            }
        }
        change.commit().await.unwrap();
    }
    let maintained = roster(site).await;
    let missing = site.sql("SELECT COUNT(DISTINCT missing) FROM dossiers").await;
    assert!(missing > 2);
    assert_eq!(site.db.rebuild_roster(|_| {}).await.unwrap(), maintained.len() as i64);
    assert_eq!(roster(site).await, maintained);
}

async fn a_part_of_a_name_finds_people_inside_the_area_only(site: &Site) {
    let health = site.viewer("unit_admin", site.health, None).await.may::<ReadDossiers>().unwrap();
    let all = site.root().await;
    let search = async |fragment: &str, everywhere: bool| {
        let names =
            if everywhere { site.db.read(&all).names(fragment).await } else { site.db.read(&health).names(fragment).await }.unwrap();
        let text = format!("SELECT r.full_name FROM {{roster}} r WHERE {} ORDER BY r.sort_name, r.dossier_id", names.condition(1));
        let rows = if everywhere {
            site.db.read(&all).rows(&text, &names.values()).await
        } else {
            site.db.read(&health).rows(&text, &names.values()).await
        };
        rows.unwrap().iter().map(|row| row.text("full_name").unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(search("thi m", true).await, ["Lò Thị Mai"]);
    assert_eq!(search("Đức", true).await, ["Nguyễn Đức An"]);
    assert_eq!(search("an", true).await, ["Nguyễn Đức An"], "two letters are enough");
    assert!(search("duc an", false).await.is_empty());
    assert!(search("\" OR \"", true).await.is_empty());
    let mut change = site.correction().await;
    let identity = site.section(site.mai, "identity").await;
    change.write_section(site.mai, "identity", Some(identity), &[("full_name", "Lò Thị Hương".into())]).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(search("huong", true).await, ["Lò Thị Hương"]);
    assert!(search("thi mai", true).await.is_empty());
}

async fn an_export_streams_every_row(site: &Site) {
    let mut change = site.correction().await;
    let many = (0..1200).map(|n| vault::NewDossier {
        unit_id: site.ward,
        form: FORM.into(),
        sections: person(&format!("Người {n}"), &format!("0151900{n:05}")),
    });
    assert_eq!(change.open_dossiers(many.skip(10).collect()).await.unwrap().len(), 1190);
    change.commit().await.unwrap();
    let grant = site.viewer("operator", site.hospital, None).await.may::<ReadDossiers>().unwrap();
    let mut rows = site.db.read(&grant).stream("SELECT r.full_name FROM {roster} r ORDER BY r.dossier_id", &[]).await.unwrap();
    let (mut pages, mut people) = (0, 0);
    while let Some(page) = rows.next().await.unwrap() {
        pages += 1;
        people += page.len();
    }
    assert_eq!((pages, people), (3, 1191));
    site.db.analyse().await.unwrap();
}

async fn a_file_comes_back_only_to_those_who_may_see_its_dossier(site: &Site) {
    let mut change = site.correction().await;
    let id = change.store_file(Some(site.mai), "bằng tốt nghiệp.pdf", "application/pdf", b"%PDF-1.7".to_vec()).await.unwrap();
    change.commit().await.unwrap();
    let hospital = site.viewer("operator", site.hospital, None).await.may::<ReadDossiers>().unwrap();
    let file = site.db.read(&hospital).file(id).await.unwrap();
    assert_eq!(
        (file.bytes.as_slice(), file.name.as_str(), file.mime.as_str()),
        (&b"%PDF-1.7"[..], "bằng tốt nghiệp.pdf", "application/pdf")
    );
    let other = site.viewer("verifier", site.home_affairs, None).await.may::<ReadDossiers>().unwrap();
    assert!(matches!(site.db.read(&other).file(id).await, Err(Error::NotFound)));
}

/// Stored files, whatever their names.
fn blobs(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let below = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    below.flat_map(|path| if path.is_dir() { blobs(&path) } else { vec![path] }).collect()
}

async fn an_altered_file_is_noticed(site: &Site) {
    let mut change = site.correction().await;
    let first = change.store_file(Some(site.mai), "ảnh.png", "image/png", b"the same bytes".to_vec()).await.unwrap();
    change.store_file(Some(site.an), "ảnh khác.png", "image/png", b"the same bytes".to_vec()).await.unwrap();
    change.commit().await.unwrap();
    let stored = blobs(&site.folder.path().join("files"));
    assert_eq!(stored.len(), 1, "the same bytes are stored once");
    let mut bytes = std::fs::read(&stored[0]).unwrap();
    assert!(!bytes.windows(4).any(|part| part == b"same"), "and not readable on the disk");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&stored[0], bytes).unwrap();
    assert!(matches!(site.db.read(&site.root().await).file(first).await, Err(Error::File(_))));
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn a_session_lasts_until_it_ends_lies_idle_or_its_account_is_suspended(site: &Site) {
    let account = site.account("operator", site.hospital, None).await;
    let mut change = site.db.change(&site.root().await, "account.issue").await.unwrap();
    change
        .update("accounts", site.seen("accounts", account).await, &[("login", "bvdk".into()), ("password_hash", "$argon2id$…".into())])
        .await
        .unwrap();
    change.insert("operators", &[("account_id", account.into()), ("name", "Hà Thị Ban".into())]).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(site.sql("SELECT COUNT(*) FROM audit_entries WHERE diff LIKE '%argon2id%'").await, 0, "no hash in the record");
    assert!(site.db.sign_in_lookup("nobody").await.unwrap().is_none());
    let known = site.db.sign_in_lookup("bvdk").await.unwrap().unwrap();
    assert_eq!((known.id, known.active, known.operators.as_slice()), (account, true, &["Hà Thị Ban".to_owned()][..]));

    let until = site.db.now() + HOUR;
    site.db.record_sign_in(account, "10.0.0.7", Attempt::Failed { locked_until: Some(until) }).await.unwrap();
    let locked = site.db.sign_in_lookup("bvdk").await.unwrap().unwrap();
    assert_eq!((locked.failed_count, locked.locked_until.map(|at| at.as_second())), (1, Some(until.as_second())));
    for token in [b"one", b"two"] {
        site.db.record_sign_in(account, "10.0.0.7", Attempt::Succeeded { token_hash: token, operator: Some("Hà Thị Ban") }).await.unwrap();
    }
    let session = site.db.session(b"one", HOUR).await.unwrap().unwrap();
    assert_eq!((session.viewer.operator(), session.viewer.account_id()), (Some("Hà Thị Ban"), account));
    assert!(site.db.session(b"one", SignedDuration::ZERO).await.unwrap().is_none(), "idle");
    assert!(site.db.session(b"guess", HOUR).await.unwrap().is_none());
    assert_eq!(site.db.end_sessions(&session.viewer, Ending::Others(b"one")).await.unwrap(), 1);
    assert!(site.db.session(b"two", HOUR).await.unwrap().is_none());
    assert!(site.db.session(b"one", HOUR).await.unwrap().is_some());

    let mut change = site.db.change(&site.root().await, "account.suspend").await.unwrap();
    change.update("accounts", site.seen("accounts", account).await, &[("state", "suspended".into())]).await.unwrap();
    change.commit().await.unwrap();
    assert!(site.db.session(b"one", HOUR).await.unwrap().is_none());
    assert!(site.db.viewer(account).await.is_err());
}

async fn a_right_removed_is_gone_at_the_next_request(site: &Site) {
    let account = site.account("operator", site.hospital, None).await;
    site.db.record_sign_in(account, "10.0.0.7", Attempt::Succeeded { token_hash: b"one", operator: None }).await.unwrap();
    let may = async |db: &Db| db.session(b"one", HOUR).await.unwrap().unwrap().viewer.may::<EditDossiers>().is_some();
    assert!(may(&site.db).await);
    let role = site
        .db
        .read(&site.root().await)
        .one("SELECT r.id, r.version FROM {account_roles} r WHERE r.account_id = $1", &[account.into()])
        .await
        .unwrap();
    let mut change = site.db.change(&site.root().await, "role.end").await.unwrap();
    change.close("account_roles", role.seen().unwrap(), "2020-12-31".parse().unwrap()).await.unwrap();
    change.commit().await.unwrap();
    assert!(!may(&site.db).await);
}

/// An empty database of the kind that `site` is not, where there is one; otherwise another of the same kind.
async fn another(site: &Site, folder: &std::path::Path) -> Db {
    let url = format!("sqlite:{}", folder.join("other.db").display());
    let elsewhere = if site.url.starts_with("sqlite") { site::postgres_schema("restored_elsewhere").await } else { None };
    let db = Db::open(site::settings(&elsewhere.map_or(url, |(_, url)| url), folder)).unwrap();
    db.migrate().await.unwrap();
    db
}

async fn an_archive_restores_everything_into_an_empty_database(site: &Site) {
    let mut change = site.correction().await;
    let file = change.store_file(Some(site.mai), "bằng.pdf", "application/pdf", b"%PDF".to_vec()).await.unwrap();
    change
        .write_section(site.an, "degree_history", Some(site.section(site.an, "degree_history").await), &[("major", "Luật".into())])
        .await
        .unwrap();
    change.commit().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (to, lock) = (folder.path().join("a.hoso"), Lock::KeyFile(folder.path().join("backup.key")));
    let writing = {
        let (db, edit, mai) = (site.db.clone(), site.root().await, site.mai);
        tokio::spawn(async move {
            for _ in 0..20 {
                db.note(&edit, "dossier.open", Some(mai), json!({})).await.unwrap();
            }
        })
    };
    let archive = site.db.backup(&to, &lock, |_| {}).await.unwrap();
    writing.await.unwrap();
    assert_eq!((archive.tables["dossiers"], archive.files), (2, 1));
    let db = another(site, folder.path()).await;
    let checked = db.restore(&to, &lock, |_| {}).await.unwrap();
    assert_eq!(checked.archive, archive);
    let grant = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap().may::<ReadDossiers>().unwrap();
    assert_eq!(db.read(&grant).file(file).await.unwrap().bytes, b"%PDF");
    let row = db
        .read(&grant)
        .one("SELECT r.full_name, r.is_member, r.born_on FROM {roster} r WHERE r.dossier_id = $1", &[site.an.into()])
        .await
        .unwrap();
    assert_eq!((row.text("full_name").unwrap().as_str(), row.bool("is_member").unwrap()), ("Nguyễn Đức An", true));
    let names = db.read(&grant).names("duc a").await.unwrap();
    assert_eq!(
        db.read(&grant)
            .rows(&format!("SELECT r.dossier_id FROM {{roster}} r WHERE {}", names.condition(1)), &names.values())
            .await
            .unwrap()
            .len(),
        1
    );
    assert!(matches!(db.restore(&to, &lock, |_| {}).await, Err(Error::Backup(_))), "not over what is there");
    let mut change = db
        .change(
            &db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap().may::<EditDossiers>().unwrap(),
            "dossier.correct",
        )
        .await
        .unwrap();
    change.rests_on(Basis::Correction("sau khi phục hồi".into()));
    change.write_section(site.an, "rewards", None, &[("year", 2021.into())]).await.unwrap();
    change.commit().await.unwrap();
    db.verify_chain(&archive.heads).await.unwrap();
}

async fn a_damaged_archive_is_refused(site: &Site) {
    let folder = tempfile::tempdir().unwrap();
    let (to, lock) = (folder.path().join("a.hoso"), Lock::KeyFile(folder.path().join("backup.key")));
    site.db.backup(&to, &lock, |_| {}).await.unwrap();
    verify_backup(&to, &lock).await.unwrap();
    let other = Lock::KeyFile(folder.path().join("other.key"));
    site.db.backup(&folder.path().join("b.hoso"), &other, |_| {}).await.unwrap();
    assert!(verify_backup(&to, &other).await.is_err(), "another key");
    let whole = std::fs::read(&to).unwrap();
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    for damaged in [&altered, &whole[..whole.len() / 2]] {
        std::fs::write(&to, damaged).unwrap();
        assert!(verify_backup(&to, &lock).await.is_err());
    }
    site.sql("UPDATE audit_entries SET act = 'nothing.happened' WHERE seq = 3").await;
    site.db.backup(&to, &lock, |_| {}).await.unwrap();
    assert!(matches!(verify_backup(&to, &lock).await, Err(Error::Chain(_))), "a copy of a broken record is no good copy");
}
