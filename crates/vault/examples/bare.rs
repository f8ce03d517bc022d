//! The SQL behind the hottest pages, without vault and website: `bare DATABASE_URL CASE [N]`, one connection, N times.
//!
//! `bin/bench` prints these figures beside those of the server, so that both are of one database and one moment.
//! Cases: `sorts`, `columns`, `dossiers`, `list COLUMN`, `search WORDS`, `dossier`, `change`. The last two write: use a database that can
//! be thrown away, for what they append to the record is not sealed.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing)]

use law::{DataSource, Derive, Law};
use rusqlite::Connection;
use std::{collections::HashMap, time::Instant};
use tokio_postgres::{Client, NoTls, Statement, types::ToSql};
use vault::Value;

const MATCHES: &str = "SELECT rowid AS id FROM name_search WHERE name_search MATCH $1 LIMIT 700";
const FULLEST: &str = "
    SELECT d.id, c.version FROM dossiers d JOIN s_contact c ON c.dossier_id = d.id
    JOIN (SELECT t.dossier_id, count(*) AS held FROM s_salary_history t GROUP BY t.dossier_id) h ON h.dossier_id = d.id
    WHERE d.state = 'active' ORDER BY h.held DESC, d.id LIMIT $1";
const FIND: &str = "
    SELECT d.id, d.unit_id, d.unit_path, d.form, d.state, u.name AS unit_name
    FROM dossiers d JOIN units u ON u.id = d.unit_id WHERE d.id = $1";
const FILES: &str = "SELECT f.id, f.name, f.mime FROM files f WHERE f.dossier_id = $1";
const APPEND: &str = "
    INSERT INTO audit_entries (chain, seq, recorded_at, account_id, account_name, act, table_name, row_id, dossier_id, diff, hash)
    SELECT h.chain, h.seq, $3, 1, 'bare', 'section.correct', 's_contact', $1, $2, $4, h.hash FROM audit_heads h WHERE h.chain = 0";
const HEAD: &str = "UPDATE audit_heads SET seq = seq + 1 WHERE chain = 0";
const PAST: &str = "
    INSERT INTO past_rows (table_name, row_id, version, dossier_id, content, recorded_at, superseded_at)
    VALUES ('s_contact', $1, $2, $3, $4, $5, $5)";
const CONTACT: &str = "SELECT t.* FROM s_contact t WHERE t.dossier_id = $1";
const WRITE: &str = "UPDATE s_contact SET version = version + 1, mobile_phone = $2, recorded_at = $3 WHERE id = $1";
const ROSTER: &str = "UPDATE roster SET mobile_phone = $2, completeness = completeness, changed_at = $3 WHERE dossier_id = $1";
const TOUCH: &str = "UPDATE dossiers SET missing = missing, changed_at = $2 WHERE id = $1";

/// A connection with its statements prepared once, durable as the server's own.
enum Db {
    Sqlite(Connection),
    Postgres(Client, HashMap<String, Statement>),
}

impl Db {
    async fn open(url: &str) -> Db {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let connection = Connection::open(path).unwrap();
            connection
                .execute_batch("PRAGMA synchronous=FULL; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=5000")
                .unwrap();
            connection.set_prepared_statement_cache_capacity(256);
            return Db::Sqlite(connection);
        }
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute("SET plan_cache_mode = force_custom_plan").await.unwrap();
        Db::Postgres(client, HashMap::new())
    }

    fn is_sqlite(&self) -> bool {
        matches!(self, Db::Sqlite(_))
    }

    async fn rows(&mut self, sql: &str, args: &[Value]) -> Vec<Vec<Value>> {
        match self {
            Db::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql).unwrap();
                for place in 1..=statement.parameter_count() {
                    let number: usize = statement.parameter_name(place).unwrap().trim_start_matches('$').parse().unwrap();
                    statement.raw_bind_parameter(place, &args[number - 1]).unwrap();
                }
                let width = statement.column_count();
                let mut rows = statement.raw_query();
                let mut found = Vec::new();
                while let Some(row) = rows.next().unwrap() {
                    found.push((0..width).map(|place| row.get(place).unwrap()).collect());
                }
                found
            }
            Db::Postgres(client, prepared) => {
                if !prepared.contains_key(sql) {
                    prepared.insert(sql.to_owned(), client.prepare(sql).await.unwrap());
                }
                let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|arg| arg as _).collect();
                let rows = client.query(&prepared[sql], &args).await.unwrap();
                rows.iter().map(|row| (0..row.len()).map(|place| row.get(place)).collect()).collect()
            }
        }
    }

    async fn batch(&self, sql: &str) {
        match self {
            Db::Sqlite(connection) => connection.execute_batch(sql).unwrap(),
            Db::Postgres(client, _) => client.batch_execute(sql).await.unwrap(),
        }
    }
}

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let law = Law::load(&DataSource::Embedded).unwrap();
    if args[1] == "columns" {
        return columns(&law);
    }
    let mut db = Db::open(&args[0]).await;
    let turns = args.last().and_then(|last| last.parse().ok()).unwrap_or(300);
    match args[1].as_str() {
        "sorts" => sorts(&law).iter().for_each(|(key, _)| println!("{key}")),
        "dossiers" => {
            for row in fullest(&mut db, turns).await {
                println!("{} {}", int(&row[0]), int(&row[1]));
            }
        }
        "list" => list(&law, &mut db, &args[2], turns).await,
        "search" => search(&law, &mut db, &args[2], turns).await,
        "dossier" => dossier(&law, &mut db, turns).await,
        "change" => change(&mut db, turns).await,
        other => panic!("no case {other}"),
    }
}

/// Columns that lists and exports may show.
fn shown(law: &Law) -> impl Iterator<Item = &law::RosterColumn> {
    let helper = |column: &&law::RosterColumn| matches!(column.derive, Some(Derive::FoldedName | Derive::SortName | Derive::FirstDay));
    law.roster.iter().filter(move |column| !helper(column) && column.sensitivity != law::Sensitivity::Secret)
}

/// Letters of an export's columns and the fields that filled them, as an import is told.
fn columns(law: &Law) {
    for (place, column) in shown(law).enumerate() {
        let letter = |place: usize| char::from(b'A' + u8::try_from(place).unwrap());
        let letters = if place < 26 { letter(place).to_string() } else { format!("{}{}", letter(place / 26 - 1), letter(place % 26)) };
        if let Some(from) = &column.from {
            println!("{letters} = {}.{}", from.section, from.field);
        }
    }
}

/// Column of the address and column of the order, as lists offer them.
fn sorts(law: &Law) -> Vec<(String, String)> {
    let helper = |column: &law::RosterColumn, derive: Derive| {
        let of_same = |other: &&law::RosterColumn| other.derive == Some(derive) && other.of == column.from && column.from.is_some();
        law.roster.iter().find(of_same).map(|other| other.key.clone())
    };
    let sorted = shown(law).filter_map(|column| {
        let by = helper(column, Derive::SortName).or_else(|| helper(column, Derive::FirstDay));
        Some((column.key.clone(), by.or_else(|| column.sortable.then(|| column.key.clone()))?))
    });
    sorted.collect()
}

fn page(law: &Law) -> String {
    let columns = law.roster.iter().filter(|column| column.default && column.derive != Some(Derive::SortName));
    columns.map(|column| format!(", r.{}", column.key)).collect()
}

async fn list(law: &Law, db: &mut Db, asked: &str, turns: usize) {
    let (key, way) = asked.strip_prefix('-').map_or((asked, ""), |key| (key, " DESC"));
    let by = sorts(law).into_iter().find(|(column, _)| column == key).unwrap().1;
    let known = format!(
        "SELECT r.dossier_id{} FROM roster r WHERE r.state = $1 AND r.{by} IS NOT NULL ORDER BY r.{by}{way}, r.dossier_id{way} LIMIT $2",
        page(law)
    );
    let rest =
        format!("SELECT r.dossier_id{} FROM roster r WHERE r.state = $1 AND r.{by} IS NULL ORDER BY r.dossier_id{way} LIMIT $2", page(law));
    let mut times = Times::default();
    for _ in 0..turns {
        times.start();
        let rows = db.rows(&known, &["active".into(), 51.into()]).await;
        if rows.len() < 51 {
            db.rows(&rest, &["active".into(), i64::try_from(51 - rows.len()).unwrap().into()]).await;
        }
        times.stop();
    }
    times.tell();
}

/// The pieces of three letters that cover a part of a name.
fn pieces(folded: &str) -> String {
    let letters: Vec<char> = folded.chars().collect();
    let last = letters.len().saturating_sub(3);
    let piece = |start: usize| format!("\"{}\"", letters.iter().skip(start).take(3).collect::<String>());
    (0..last).step_by(3).chain([last]).map(piece).collect::<Vec<_>>().join(" AND ")
}

async fn search(law: &Law, db: &mut Db, words: &str, turns: usize) {
    let folded = vault::folded(words);
    let text = |condition: &str| {
        format!(
            "SELECT r.dossier_id{} FROM roster r WHERE r.state = $1 AND {condition} AND r.sort_name IS NOT NULL ORDER BY r.sort_name, r.dossier_id LIMIT 51",
            page(law)
        )
    };
    let mut times = Times::default();
    let like = format!("%{folded}%");
    for _ in 0..turns {
        times.start();
        let ids = match db.is_sqlite() {
            true => db.rows(MATCHES, &[pieces(&folded).into()]).await,
            false => Vec::new(),
        };
        if db.is_sqlite() && ids.len() < 700 {
            let ids: Vec<serde_json::Value> = ids.iter().map(|row| int(&row[0]).into()).collect();
            let ids = serde_json::Value::Array(ids).to_string();
            db.rows(
                &text("r.dossier_id IN (SELECT value FROM json_each($2)) AND r.folded_name LIKE $3"),
                &["active".into(), ids.into(), like.clone().into()],
            )
            .await;
        } else {
            db.rows(&text("r.folded_name LIKE $2"), &["active".into(), like.clone().into()]).await;
        }
        times.stop();
    }
    times.tell();
}

async fn dossier(law: &Law, db: &mut Db, turns: usize) {
    let texts: Vec<String> = law.sections.iter().map(select).collect();
    let ids = fullest(db, turns).await;
    let mut times = Times::default();
    for row in ids.iter().cycle().take(turns) {
        let id = &row[0];
        times.start();
        db.rows(FIND, std::slice::from_ref(id)).await;
        for text in &texts {
            db.rows(text, std::slice::from_ref(id)).await;
        }
        db.rows(FILES, std::slice::from_ref(id)).await;
        begin(db).await;
        append(db, 0, id, "{}").await;
        db.batch("COMMIT").await;
        times.stop();
    }
    times.tell();
}

fn select(section: &law::Section) -> String {
    let columns: String = section.fields.iter().flat_map(law::Field::columns).map(|column| format!(", t.{}", column.name)).collect();
    format!("SELECT t.id, t.version, t.own_fields{columns} FROM {} t WHERE t.dossier_id = $1 ORDER BY t.ordinal, t.id", section.table())
}

async fn change(db: &mut Db, turns: usize) {
    let ids = fullest(db, turns).await;
    let mut times = Times::default();
    for (turn, row) in ids.iter().cycle().take(turns).enumerate() {
        let (id, phone, now) = (&row[0], Value::from(format!("09{turn:08}")), Value::from(now()));
        times.start();
        begin(db).await;
        let before = db.rows(CONTACT, std::slice::from_ref(id)).await.remove(0);
        let (row, version) = (before[0].clone(), before[1].clone());
        db.rows(PAST, &[row.clone(), version, id.clone(), Value::Json(serde_json::json!({ "mobile_phone": "09" })), now.clone()]).await;
        db.rows(WRITE, &[row.clone(), phone.clone(), now.clone()]).await;
        db.rows(FIND, std::slice::from_ref(id)).await;
        db.rows(ROSTER, &[id.clone(), phone, now.clone()]).await;
        db.rows(TOUCH, &[id.clone(), now]).await;
        append(db, int(&row), id, "{\"mobile_phone\":[\"09\",\"09\"]}").await;
        db.batch("COMMIT").await;
        times.stop();
    }
    times.tell();
}

async fn begin(db: &Db) {
    db.batch(if db.is_sqlite() { "BEGIN IMMEDIATE" } else { "BEGIN" }).await;
}

async fn append(db: &mut Db, row: i64, dossier: &Value, diff: &str) {
    db.rows(HEAD, &[]).await;
    db.rows(APPEND, &[row.into(), dossier.clone(), now().into(), diff.into()]).await;
}

async fn fullest(db: &mut Db, count: usize) -> Vec<Vec<Value>> {
    db.rows(FULLEST, &[i64::try_from(count).unwrap().into()]).await
}

fn int(value: &Value) -> i64 {
    match value {
        Value::Int(number) => *number,
        other => panic!("{other:?} is no whole number"),
    }
}

#[allow(clippy::disallowed_methods)]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// How long each turn took.
#[derive(Default)]
struct Times {
    begun: Option<Instant>,
    all: Vec<f64>,
}

impl Times {
    fn start(&mut self) {
        self.begun = Some(Instant::now());
    }

    fn stop(&mut self) {
        self.all.push(self.begun.unwrap().elapsed().as_secs_f64() * 1000.0);
    }

    /// p50 and p99 in milliseconds.
    fn tell(mut self) {
        self.all.sort_by(f64::total_cmp);
        let at = |part: usize| self.all[(self.all.len() - 1) * part / 100];
        println!("{:.2} {:.2}", at(50), at(99));
    }
}
