//! A small province on either database: Sở Y tế with one hospital and its ward, and Sở Nội vụ.
//!
//! PostgreSQL is asked where `VAULT_TEST_POSTGRES` says; without it those tests say that they skip.
#![allow(dead_code)]

use std::sync::{Arc, OnceLock};
use vault::{Basis, Db, Grant, Permission, Read, Seen, Settings, Value, Viewer};

/// Runs each story on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($story:ident)+) => {
        mod on_sqlite { $(#[tokio::test] async fn $story() {
            let site = crate::Site::sqlite().await;
            crate::$story(&site).await;
        })+ }
        mod on_postgres { $(#[tokio::test] async fn $story() {
            if let Some(site) = crate::Site::postgres(stringify!($story)).await {
                crate::$story(&site).await;
                site.leave().await;
            }
        })+ }
    };
}
pub(crate) use on_both;

macro_rules! permissions {
    ($($name:ident $code:literal)+) => { $(
        pub struct $name;
        impl Permission for $name { const CODE: &'static str = $code; }
    )+ };
}

permissions! {
    ReadDossiers "view_record"
    EditDossiers "edit_record"
    CreateDossiers "create_record"
    ReadOwn "view_own_record"
    EditTree "manage_unit_tree"
    ManageAccounts "manage_accounts"
    BackUp "backup_restore"
}

pub const FORM: &str = "2C-2008";

pub fn law() -> Arc<law::Law> {
    static LAW: OnceLock<Arc<law::Law>> = OnceLock::new();
    LAW.get_or_init(|| Arc::new(law::Law::load(&law::DataSource::Embedded).unwrap())).clone()
}

pub struct Site {
    pub db: Db,
    pub province: i64,
    pub health: i64,
    pub hospital: i64,
    pub ward: i64,
    pub home_affairs: i64,
    pub mai: i64,
    pub an: i64,
    pub url: String,
    pub folder: tempfile::TempDir,
    backdoor: Option<(tokio_postgres::Client, String)>,
}

pub fn settings(url: &str, folder: &std::path::Path) -> Settings {
    Settings {
        url: url.to_owned(),
        node: 1,
        chains: 1,
        readers: 2,
        clock: jiff::Timestamp::now,
        law: law(),
        patience: vault::Patience::default(),
        files: folder.join("files"),
        keys: folder.join("keys"),
    }
}

/// A schema of its own on the PostgreSQL of the tests.
pub async fn postgres_schema(schema: &str) -> Option<(tokio_postgres::Client, String)> {
    let Ok(url) = std::env::var("VAULT_TEST_POSTGRES") else {
        println!("skipped {schema}: VAULT_TEST_POSTGRES is not set");
        return None;
    };
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
        .batch_execute(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}; SET search_path = {schema}"))
        .await
        .unwrap();
    Some((client, format!("{url}?options=-c%20search_path%3D{schema}")))
}

impl Site {
    pub async fn sqlite() -> Site {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("hoso.db").display());
        Site::build(url, folder, None).await
    }

    pub async fn postgres(schema: &str) -> Option<Site> {
        let (client, url) = postgres_schema(schema).await?;
        Some(Site::build(url, tempfile::tempdir().unwrap(), Some((client, schema.to_owned()))).await)
    }

    async fn build(url: String, folder: tempfile::TempDir, backdoor: Option<(tokio_postgres::Client, String)>) -> Site {
        let db = Db::open(settings(&url, folder.path())).unwrap();
        db.migrate().await.unwrap();
        db.migrate().await.unwrap();
        db.found("quan-tri", "Quản trị", None).await.unwrap();
        let mut change = db.change(&root(&db).await, "site.set_up").await.unwrap();
        change.rests_on(Basis::Import(1));
        let mut unit = async |parent: Option<i64>, name: &str, rank: Option<i64>| {
            let set = [
                ("parent_id", parent.into()),
                ("name", name.into()),
                ("level_rank", rank.into()),
                ("kind_is_section", rank.is_none().into()),
            ];
            change.insert("units", &set).await.unwrap()
        };
        let province = unit(None, "Tỉnh Yên Bái", Some(3)).await;
        let health = unit(Some(province), "Sở Y tế", Some(2)).await;
        let hospital = unit(Some(health), "Bệnh viện Đa khoa", Some(1)).await;
        let ward = unit(Some(hospital), "Khoa Nội", None).await;
        let home_affairs = unit(Some(province), "Sở Nội vụ", Some(2)).await;
        for (unit, code) in [(province, "yen-bai-2020"), (home_affairs, "vinh-phuc-2024")] {
            let day: jiff::civil::Date = "2020-01-01".parse().unwrap();
            change
                .insert("unit_regulations", &[("unit_id", unit.into()), ("regulation_code", code.into()), ("from_on", day.into())])
                .await
                .unwrap();
        }
        let mai = change.open_dossier(hospital, FORM, person("Lò Thị Mai", "015190000001")).await.unwrap();
        let an = change.open_dossier(home_affairs, FORM, person("Nguyễn Đức An", "015190000002")).await.unwrap();
        change.commit().await.unwrap();
        Site { db, province, health, hospital, ward, home_affairs, mai, an, url, folder, backdoor }
    }

    /// An account that holds a role at a unit.
    pub async fn account(&self, role: &str, unit: i64, dossier: Option<i64>) -> i64 {
        let mut change = self.db.change(&root(&self.db).await, "account.open").await.unwrap();
        let kind = if dossier.is_some() { "personal" } else { "unit" };
        let set = [("name", "Người dùng".into()), ("kind", kind.into()), ("unit_id", unit.into()), ("dossier_id", dossier.into())];
        let account = change.insert("accounts", &set).await.unwrap();
        change
            .insert("account_roles", &[("account_id", account.into()), ("role_code", role.into()), ("unit_id", unit.into())])
            .await
            .unwrap();
        change.commit().await.unwrap();
        account
    }

    pub async fn viewer(&self, role: &str, unit: i64, dossier: Option<i64>) -> Viewer {
        self.db.viewer(self.account(role, unit, dossier).await).await.unwrap()
    }

    pub async fn root(&self) -> Grant<EditDossiers> {
        root(&self.db).await
    }

    /// A change of the administrator that corrects something.
    pub async fn correction(&self) -> vault::Change {
        let mut change = self.db.change(&self.root().await, "dossier.correct").await.unwrap();
        change.rests_on(Basis::Correction("sai sót".into()));
        change
    }

    pub async fn seen(&self, table: &str, id: i64) -> Seen {
        let text = format!("SELECT r.id, r.version FROM {{{table}}} r WHERE r.id = $1");
        self.db.read(&self.root().await).one(&text, &[id.into()]).await.unwrap().seen().unwrap()
    }

    /// The single row of a section of a dossier.
    pub async fn section(&self, dossier: i64, key: &str) -> Seen {
        let text = format!("SELECT r.id, r.version FROM {{s_{key}}} r WHERE r.dossier_id = $1");
        self.db.read(&self.root().await).one(&text, &[dossier.into()]).await.unwrap().seen().unwrap()
    }

    /// Past the vault, as somebody with the database password: the first number of the answer.
    pub async fn sql(&self, text: &str) -> i64 {
        match &self.backdoor {
            Some((client, _)) => match text.starts_with("SELECT") {
                true => client.query_one(text, &[]).await.unwrap().get(0),
                false => client.execute(text, &[]).await.unwrap() as i64,
            },
            None => {
                let raw = rusqlite::Connection::open(self.folder.path().join("hoso.db")).unwrap();
                match text.starts_with("SELECT") {
                    true => raw.query_row(text, [], |row| row.get(0)).unwrap(),
                    false => raw.execute(text, []).unwrap() as i64,
                }
            }
        }
    }

    pub async fn leave(self) {
        if let Some((client, schema)) = &self.backdoor {
            client.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
        }
    }
}

/// The sections of a person as an import brings them.
pub fn person(name: &str, number: &str) -> Vec<(String, Vec<(String, Value)>)> {
    let row = |pairs: &[(&str, Value)]| pairs.iter().map(|(column, value)| ((*column).to_owned(), value.clone())).collect();
    vec![
        (
            "identity".into(),
            row(&[
                ("full_name", name.into()),
                ("birth_date", "1990-02-28".into()),
                ("ethnicity", "01".into()),
                ("personal_id_number", number.into()),
            ]),
        ),
        (
            "party_membership".into(),
            row(&[("is_member", true.into()), ("own_fields", serde_json::json!({"b": 1, "a": [true, "Tày"]}).into())]),
        ),
        ("degree_history".into(), row(&[("institution", "ĐH Tây Bắc".into()), ("from_date", "2008-09".into())])),
        ("position_history".into(), row(&[("unit_text", "Khoa Nội".into()), ("from_date", "2012-01-01".into())])),
    ]
}

async fn root(db: &Db) -> Grant<EditDossiers> {
    let account = db.installation_account().await.unwrap().unwrap();
    db.console_viewer(account).await.unwrap().may::<EditDossiers>().unwrap()
}

pub async fn names<P: Permission>(db: &Db, viewer: &Viewer) -> Vec<String> {
    let grant = viewer.may::<P>().unwrap();
    let rows = db
        .read(&grant)
        .rows("SELECT r.full_name FROM {roster} r WHERE r.folded_name >= $1 ORDER BY r.folded_name, r.dossier_id", &["".into()])
        .await
        .unwrap();
    rows.iter().map(|row| row.text("full_name").unwrap()).collect()
}
