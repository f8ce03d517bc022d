//! A writer is killed at any moment, again and again; what it was told stands is there, and the record is whole.
//!
//! `VAULT_TEST_KILLS` says how often (20 unless told); `examples/writer.rs` is the writer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

mod site;

use site::{EditDossiers, Site};
use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};
use vault::Read;

site::on_both! {
    every_acknowledged_write_outlives_the_killing_of_its_writer
}

/// The example beside this test: cargo builds examples before tests.
fn writer() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent().unwrap().parent().unwrap().join("examples/writer")
}

async fn every_acknowledged_write_outlives_the_killing_of_its_writer(site: &Site) {
    let kills: u64 = std::env::var("VAULT_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    let all = site.root().await;
    let (mut heads, mut acknowledged) = (Vec::new(), 0);
    for round in 0..kills {
        let mut writer = Command::new(writer())
            .args([site.url.clone(), site.folder.path().display().to_string(), round.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(writer.stdout.take().unwrap());
        let (started, begins) = std::sync::mpsc::channel();
        let reading = std::thread::spawn(move || {
            let lines = said.lines().map_while(|line| line.ok()).inspect(|_| started.send(()).unwrap_or_default());
            lines.collect::<Vec<_>>()
        });
        // Every fifth dies while it starts, the others in the midst of writing.
        if round % 5 > 0 {
            begins.recv_timeout(Duration::from_secs(30)).unwrap();
        }
        tokio::time::sleep(Duration::from_millis((round * 37) % 240)).await;
        writer.kill().unwrap();
        writer.wait().unwrap();
        let mut renamed = std::collections::BTreeMap::new();
        for line in reading.join().unwrap() {
            let words: Vec<&str> = line.splitn(3, ' ').collect();
            match words.as_slice() {
                ["opened", file, dossiers] => {
                    let file = site.db.read(&all).file(file.parse().unwrap()).await.unwrap();
                    assert!(!file.bytes.is_empty());
                    for dossier in dossiers.split(' ') {
                        let text = "SELECT r.dossier_id FROM {roster} r JOIN {s_identity} i ON i.dossier_id = r.dossier_id JOIN {dossiers} d ON d.id = r.dossier_id WHERE r.dossier_id = $1";
                        site.db.read(&all).one(text, &[dossier.parse::<i64>().unwrap().into()]).await.unwrap();
                    }
                    acknowledged += 1;
                }
                ["renamed", dossier, name] => {
                    renamed.insert(dossier.parse::<i64>().unwrap(), (*name).to_owned());
                    acknowledged += 1;
                }
                other => panic!("{other:?}"),
            }
        }
        for (dossier, name) in renamed {
            let text = "SELECT r.full_name, i.full_name AS said FROM {roster} r JOIN {s_identity} i ON i.dossier_id = r.dossier_id WHERE r.dossier_id = $1";
            let row = site.db.read(&all).one(text, &[dossier.into()]).await.unwrap();
            assert_eq!((row.text("full_name").unwrap(), row.text("said").unwrap()), (name.clone(), name));
        }
        heads = site.db.verify_chain(&heads).await.unwrap().heads;
    }
    println!("{kills} kills, {acknowledged} acknowledged writes");
    assert!(acknowledged > kills / 4, "the writer hardly wrote: {acknowledged}");
    let grant: &vault::Grant<EditDossiers> = &all;
    assert!(
        site.db
            .read(grant)
            .rows("SELECT d.id FROM {dossiers} d LEFT JOIN {roster} r ON r.dossier_id = d.id WHERE r.dossier_id IS NULL", &[])
            .await
            .unwrap()
            .is_empty()
    );
}
