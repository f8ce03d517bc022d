//! PostgreSQL going away and coming back, being slow, and being reached over TLS.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

#[allow(unused_macros, unused_imports)]
mod site;

use site::{Site, law, settings};
use std::time::{Duration, Instant};
use vault::{Db, Patience, Read, Settings};

/// Settings with short patience.
fn hasty(url: &str, folder: &std::path::Path) -> Settings {
    let short = Duration::from_millis(300);
    let patience = Patience { connect: Duration::from_secs(2), statement: short, wait: short };
    Settings { patience, law: law(), ..settings(url, folder) }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_to_be_away_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(hasty("postgres://nobody@127.0.0.1:1/none", folder.path())).unwrap();
    let begun = Instant::now();
    let error = db.installation_account().await.unwrap_err();
    assert!(error.is_away(), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn connections_that_were_cut_are_made_anew() {
    let Some(site) = Site::postgres("away_cut").await else { return };
    let (backdoor, _) = site::postgres_schema("away_cut_by").await.unwrap();
    let url = site.url.replace("options=", "application_name=away_cut&options=");
    let db = Db::open(hasty(&url, site.folder.path())).unwrap();
    assert!(db.installation_account().await.unwrap().is_some());
    for _ in 0..3 {
        let cut =
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) AS cut FROM pg_stat_activity WHERE application_name = 'away_cut'";
        let cut: i64 = backdoor.query_one(cut, &[]).await.unwrap().get("cut");
        assert!(cut > 0, "there was a connection to cut");
        assert!(db.installation_account().await.unwrap().is_some(), "reading is asked again of a new connection");
    }
    site.leave().await;
}

#[tokio::test]
async fn a_text_that_takes_too_long_is_stopped_and_others_go_on() {
    let Some(site) = Site::postgres("away_slow").await else { return };
    let db = Db::open(hasty(&site.url, site.folder.path())).unwrap();
    let viewer = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let grant = viewer.signed_in();
    let begun = Instant::now();
    let error = db.read(&grant).rows("SELECT pg_sleep(20)::TEXT AS slept", &[]).await.unwrap_err();
    assert!(error.is_slow() && !error.is_away(), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(db.installation_account().await.unwrap().is_some());
    site.leave().await;
}

#[tokio::test]
async fn the_address_says_whether_to_encrypt() {
    let Some(site) = Site::postgres("away_tls").await else { return };
    let (backdoor, _) = site::postgres_schema("away_tls_by").await.unwrap();
    let encrypted = async |mode: &str| {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(hasty(&site.url.replace("?", &format!("?application_name=away_tls&{mode}&")), folder.path()))?;
        db.installation_account().await?;
        let asked = "SELECT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a ON a.pid = s.pid WHERE a.application_name = 'away_tls' ORDER BY a.backend_start DESC LIMIT 1";
        let encrypted: bool = backdoor.query_one(asked, &[]).await.unwrap().get("ssl");
        Ok::<&str, vault::Error>(if encrypted { "tls" } else { "plain" })
    };
    assert_eq!(encrypted("sslmode=disable").await.unwrap(), "plain");
    // The cluster of bin/test has a certificate of its own; another one may have none.
    match std::env::var("VAULT_TEST_POSTGRES_CA") {
        Err(_) => {
            println!("skipped: VAULT_TEST_POSTGRES_CA is not set");
            match encrypted("sslmode=require").await {
                Ok(how) => assert_eq!(how, "tls"),
                Err(error) => assert!(error.is_away(), "{error:?}"),
            }
        }
        Ok(ca) => {
            for mode in ["sslmode=prefer".to_owned(), "sslmode=require".to_owned()] {
                assert_eq!(encrypted(&mode).await.unwrap(), "tls", "{mode}");
            }
            for mode in ["verify-ca", "verify-full"] {
                assert_eq!(encrypted(&format!("sslmode={mode}&sslrootcert={ca}")).await.unwrap(), "tls", "{mode}");
            }
            let stranger = tempfile::tempdir().unwrap();
            let other = stranger.path().join("ca.pem");
            std::fs::write(&other, include_str!("other-ca.pem")).unwrap();
            let refused = encrypted(&format!("sslmode=verify-full&sslrootcert={}", other.display())).await;
            assert!(refused.unwrap_err().is_away(), "a certificate that nobody vouches for");
        }
    }
    site.leave().await;
}
