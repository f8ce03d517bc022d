//! Writes to a vault until it is killed, and says on standard output what was acknowledged.
//!
//! `writer DATABASE_URL FOLDER ROUND`: imports of a few dossiers and edits by turns, one line for each that stands.
#![allow(clippy::print_stdout)]

use std::{io::Write, path::PathBuf, sync::Arc};
use vault::{Basis, Db, Error, NewDossier, Permission, Read, Result, Settings};

struct Edit;
impl Permission for Edit {
    const CODE: &'static str = "edit_record";
}

const PEOPLE: &str = "SELECT s.id, s.version, s.dossier_id FROM {s_identity} s ORDER BY s.id DESC LIMIT 1";
const UNIT: &str = "SELECT u.id FROM units u ORDER BY u.path LIMIT 1";

#[tokio::main]
async fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [url, folder, round] = args.as_slice() else { return Err(Error::Unavailable("writer DATABASE_URL FOLDER ROUND".into())) };
    let folder = PathBuf::from(folder);
    let law = law::Law::load(&law::DataSource::Embedded).map_err(|error| Error::Unavailable(error.to_string()))?;
    let settings = Settings {
        url: url.clone(),
        node: 2,
        chains: 2,
        readers: 1,
        clock: clock(),
        law: Arc::new(law),
        patience: vault::Patience::default(),
        files: folder.join("files"),
        keys: folder.join("keys"),
    };
    let db = Db::open(settings)?;
    let account = db.installation_account().await?.ok_or(Error::NotFound)?;
    let grant = db.console_viewer(account).await?.may::<Edit>().ok_or(Error::NotFound)?;
    let unit = db.read(&grant).one(UNIT, &[]).await?.int("id")?;
    for turn in 0.. {
        let mut change = db.change(&grant, "dossier.import").await?;
        change.rests_on(Basis::Import(turn));
        let name = |person: i64| format!("Người {round}.{turn}.{person}");
        let new = (0..5).map(|person| NewDossier {
            unit_id: unit,
            form: "2C-2008".into(),
            sections: vec![("identity".into(), vec![("full_name".into(), name(person).into())])],
        });
        let opened = change.open_dossiers(new.collect()).await?;
        let file = change.store_file(opened.first().copied(), "scan.pdf", "application/pdf", name(0).into_bytes()).await?;
        change.commit().await?;
        said(&format!("opened {} {}", file, opened.iter().map(i64::to_string).collect::<Vec<_>>().join(" ")))?;

        let mut change = db.change(&grant, "dossier.correct").await?;
        change.rests_on(Basis::Correction("sai họ tên".into()));
        let person = change.one(PEOPLE, &[]).await?;
        let dossier = person.int("dossier_id")?;
        let renamed = format!("Tên mới {round}.{turn}");
        change.write_section(dossier, "identity", Some(person.seen()?), &[("full_name", renamed.as_str().into())]).await?;
        change.commit().await?;
        said(&format!("renamed {dossier} {renamed}"))?;
    }
    Ok(())
}

/// A line that has left the process before anything else happens.
fn said(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

#[allow(clippy::disallowed_methods)]
fn clock() -> vault::Clock {
    jiff::Timestamp::now
}
