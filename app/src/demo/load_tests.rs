//! The small bodies in a database, seen through the vault.

use super::{body::Body, first_start, is_unfinished, load};
use crate::{App, access::CreateRecord, accounts::GrantingFile, config::Config, error::Error};
use law::{DataSource, Law};
use std::sync::Arc;
use vault::{Db, Read, Settings, Viewer};

const LISTED: &str = "SELECT r.completeness FROM {roster} r";
const SCANNED: &str = "SELECT f.id FROM {files} f JOIN {s_dossier_header} h ON h.photo = f.id";

async fn empty() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data: folder.path().to_owned(), readers: 2, ..Config::defaults() };
    let law = Arc::new(Law::load(&DataSource::Embedded).unwrap());
    let settings = Settings {
        url: config.database(),
        node: 1,
        chains: 1,
        readers: 2,
        clock: crate::tests::site::today,
        law: law.clone(),
        patience: vault::Patience::default(),
        files: folder.path().join("files"),
        keys: folder.path().join("keys"),
    };
    let db = Db::open(settings).unwrap();
    db.migrate().await.unwrap();
    let grantings: GrantingFile = DataSource::Embedded.parse("access.toml").unwrap();
    (App::new(db, law, grantings.granting, config, crate::tests::site::today), folder)
}

async fn console(app: &App) -> Viewer {
    app.db.console_viewer(app.db.installation_account().await.unwrap().unwrap()).await.unwrap()
}

#[tokio::test]
async fn the_small_bodies_load_once_with_whole_dossiers_and_an_account_for_every_role() {
    let (app, _folder) = empty().await;
    let said = first_start(&app).await.unwrap().unwrap();

    let mut people = 0;
    for body in Body::small(&DataSource::Embedded).unwrap() {
        people += body.people();
        for account in &body.accounts {
            assert!(said.contains(&account.login));
            let found = app.db.sign_in_lookup(&account.login).await.unwrap().unwrap();
            assert_eq!(found.password_hash.is_none(), account.unused, "{}", account.login);
            let viewer = app.db.viewer(found.id).await.unwrap();
            let held: Vec<&str> = viewer.roles().iter().map(|held| held.role.as_str()).collect();
            match account.until() {
                Some(_) => assert!(held.is_empty() && found.operators.is_empty(), "{} has expired", account.login),
                None => assert_eq!(held, [account.role.as_str()], "{}", account.login),
            }
            assert_eq!(viewer.dossier_id().is_some(), account.personal);
        }
    }
    let grant = console(&app).await.may::<CreateRecord>().unwrap();
    let rows = app.db.read(&grant).rows(LISTED, &[]).await.unwrap();
    assert_eq!(rows.len(), people);
    let whole = rows.iter().filter(|row| row.int("completeness").unwrap() > 90).count();
    assert!(whole * 100 > people * 85, "{whole} of {people} are whole");
    assert!(!app.db.read(&grant).rows(SCANNED, &[]).await.unwrap().is_empty());

    assert!(first_start(&app).await.unwrap().is_none());
    assert!(matches!(load(&app, Some(300), 1).await, Err(Error::Refused(_))));
    app.db.verify_chain(&[]).await.unwrap();
}

#[tokio::test]
async fn a_load_that_was_cut_off_is_finished_with_the_same_people() {
    const PEOPLE: &str = "SELECT r.full_name, r.personal_id_number FROM {roster} r ORDER BY r.dossier_id";
    let names = async |app: &App| {
        let grant = console(app).await.may::<CreateRecord>().unwrap();
        let rows = app.db.read(&grant).rows(PEOPLE, &[]).await.unwrap();
        rows.iter().map(|row| (row.text("full_name").unwrap(), row.text("personal_id_number").unwrap())).collect::<Vec<_>>()
    };
    let (whole, _folder) = empty().await;
    load(&whole, Some(1100), 7).await.unwrap();

    let (app, _folder) = empty().await;
    {
        // The second batch is under way when the server is killed.
        let mut loading = std::pin::pin!(load(&app, Some(1100), 7));
        let dead = loop {
            tokio::select! {
                done = &mut loading => break done.is_err(),
                () = tokio::time::sleep(std::time::Duration::from_millis(5)) => {
                    if app.db.installation_account().await.unwrap().is_some() && names(&app).await.len() >= 500 {
                        break true;
                    }
                }
            }
        };
        assert!(dead, "the load ended before it could be cut off");
    }
    let begun = names(&app).await.len();
    assert!((500..1100).contains(&begun), "{begun} were written");
    assert!(is_unfinished(&app));
    let said = first_start(&app).await.unwrap().unwrap();
    assert!(said.contains("tinh.quan-tri") && !is_unfinished(&app));
    assert_eq!(names(&app).await, names(&whole).await);
    assert!(app.db.sign_in_lookup("tinh.quan-tri").await.unwrap().is_some());
    assert!(first_start(&app).await.unwrap().is_none());
}

#[tokio::test]
async fn a_small_province_loads_with_its_logins() {
    let (app, _folder) = empty().await;
    let said = load(&app, Some(400), 7).await.unwrap();
    assert!(said.contains("tinh.quan-tri") && said.contains("tinh.xa"));
    let grant = console(&app).await.may::<CreateRecord>().unwrap();
    assert_eq!(app.db.read(&grant).rows(LISTED, &[]).await.unwrap().len(), 400);
}
