//! Figures of the vault alone: `bench DATABASE_URL [PEOPLE] [CHAINS]` on an empty database.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing)]

use std::{path::Path, sync::Arc, time::Instant};
use vault::{Basis, Db, Grant, NewDossier, Permission, Read, Seen, Settings, Value};

struct Edit;
impl Permission for Edit {
    const CODE: &'static str = "edit_record";
}

const FAMILY: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Lò", "Vàng", "Đỗ"];
const GIVEN: [&str; 10] =
    ["Thị Mai", "Văn Hùng", "Đức An", "Thị Hoa", "Minh Tuấn", "Thị Dung", "Ngọc Ánh", "Quốc Việt", "A Páo", "Thị Lan"];

#[allow(clippy::disallowed_methods)]
fn clock() -> vault::Clock {
    jiff::Timestamp::now
}

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let people: usize = args.get(1).map_or(50_000, |people| people.parse().unwrap());
    let law = Arc::new(law::Law::load(&law::DataSource::Embedded).unwrap());
    let folder = Path::new("/tmp/vault-bench");
    let settings = Settings {
        url: args[0].clone(),
        node: 1,
        chains: args.get(2).map_or(1, |chains| chains.parse().unwrap()),
        readers: 4,
        clock: clock(),
        law: law.clone(),
        patience: vault::Patience::default(),
        files: folder.join("files"),
        keys: folder.join("keys"),
    };
    let db = Db::open(settings).unwrap();
    db.migrate().await.unwrap();
    let account = db.found("quan-tri", "Quản trị", None).await.unwrap();
    let all = db.console_viewer(account).await.unwrap().may::<Edit>().unwrap();
    let units = tree(&db, &all).await;

    let begun = Instant::now();
    let mut dossiers = Vec::new();
    for batch in 0..people.div_ceil(500) {
        let mut change = db.change(&all, "dossier.import").await.unwrap();
        change.rests_on(Basis::Import(1));
        let new = (batch * 500..((batch + 1) * 500).min(people)).map(|person| NewDossier {
            unit_id: units[person % units.len()],
            form: "2C-2008".into(),
            sections: sections(&law, person),
        });
        dossiers.extend(change.open_dossiers(new.collect()).await.unwrap());
        change.commit().await.unwrap();
    }
    println!("{people} dossiers opened, 12 section rows each: {:.1} s, {} MB resident", begun.elapsed().as_secs_f64(), resident());
    db.analyse().await.unwrap();

    let ten = "SELECT r.dossier_id, r.full_name, r.birth_date, r.gender, r.ethnicity, r.unit_name, r.position, r.rank_code, r.coefficient, r.completeness";
    for sort in ["sort_name", "born_on", "coefficient", "changed_at"] {
        let text = format!("{ten} FROM {{roster}} r WHERE r.state = 'active' ORDER BY r.{sort}, r.dossier_id LIMIT 50");
        reads(&format!("page of 50 by {sort}, c=8"), &db, &all, 8, move |_| (text.clone(), Vec::new())).await;
    }
    for fragment in ["nguyen thi d", "thi", "ao", "hung"] {
        let begun = Instant::now();
        let mut times = Vec::new();
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (db, all) = (db.clone(), all.clone());
                tokio::spawn(async move {
                    let mut times = Vec::new();
                    for _ in 0..50 {
                        let begun = Instant::now();
                        let names = db.read(&all).names(fragment).await.unwrap();
                        let text = format!(
                            "{ten} FROM {{roster}} r WHERE {} AND r.state = 'active' ORDER BY r.sort_name, r.dossier_id LIMIT 50",
                            names.condition(1)
                        );
                        db.read(&all).rows(&text, &names.values()).await.unwrap();
                        times.push(begun.elapsed().as_secs_f64() * 1000.0);
                    }
                    times
                })
            })
            .collect();
        for task in tasks {
            times.extend(task.await.unwrap());
        }
        tell(&format!("names with '{fragment}', c=8"), times, begun);
    }
    for writers in [1, 8] {
        let begun = Instant::now();
        let tasks: Vec<_> = (0..writers)
            .map(|writer| tokio::spawn(writes(db.clone(), all.clone(), dossiers[writer * 100..writer * 100 + 100].to_vec(), writers)))
            .collect();
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await.unwrap());
        }
        tell(&format!("audited change with roster, c={writers}"), times, begun);
    }
    let begun = Instant::now();
    let tasks: Vec<_> = (0..8)
        .map(|reader| {
            let (db, all, mine) = (db.clone(), all.clone(), dossiers[reader * 50..reader * 50 + 50].to_vec());
            tokio::spawn(async move {
                let mut times = Vec::new();
                for id in mine.iter().cycle().take(250) {
                    let begun = Instant::now();
                    db.note(&all, "dossier.open", Some(*id), serde_json::json!({})).await.unwrap();
                    times.push(begun.elapsed().as_secs_f64() * 1000.0);
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    tell("opening noted, c=8", times, begun);
    let begun = Instant::now();
    let verified = db.verify_chain(&[]).await.unwrap();
    println!("verify {} entries: {:.2} s", verified.entries, begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let lock = vault::Lock::KeyFile(folder.join("backup.key"));
    db.backup(&folder.join("a.hoso"), &lock, |_| {}).await.unwrap();
    println!(
        "backup: {:.1} s, {} MB, {} MB resident",
        begun.elapsed().as_secs_f64(),
        std::fs::metadata(folder.join("a.hoso")).unwrap().len() >> 20,
        resident()
    );
    let begun = Instant::now();
    vault::verify_backup(&folder.join("a.hoso"), &lock).await.unwrap();
    println!("verify backup: {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    db.rebuild_roster(|_| {}).await.unwrap();
    println!("rebuild roster: {:.1} s", begun.elapsed().as_secs_f64());
}

fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() / 1024
}

fn tell(what: &str, mut times: Vec<f64>, begun: Instant) {
    let elapsed = begun.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!("{what}: p50 {:.2} ms, p99 {:.2} ms, {:.0}/s", at(0.5), at(0.99), times.len() as f64 / elapsed);
}

async fn reads(
    what: &str,
    db: &Db,
    all: &Grant<Edit>,
    readers: usize,
    ask: impl Fn(usize) -> (String, Vec<Value>) + Clone + Send + 'static,
) {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..readers)
        .map(|reader| {
            let (db, all, ask) = (db.clone(), all.clone(), ask.clone());
            tokio::spawn(async move {
                let mut times = Vec::new();
                for turn in 0..500 {
                    let begun = Instant::now();
                    let (text, args) = ask(reader * 1000 + turn);
                    db.read(&all).rows(&text, &args).await.unwrap();
                    times.push(begun.elapsed().as_secs_f64() * 1000.0);
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    tell(what, times, begun);
}

async fn writes(db: Db, grant: Grant<Edit>, mine: Vec<i64>, round: usize) -> Vec<f64> {
    let mut times = Vec::new();
    for turn in 0..4 {
        for id in &mine {
            let begun = Instant::now();
            let mut change = db.change(&grant, "dossier.correct").await.unwrap();
            change.rests_on(Basis::Correction("đo".into()));
            let row: Seen = change
                .one("SELECT s.id, s.version FROM {s_identity} s WHERE s.dossier_id = $1", &[(*id).into()])
                .await
                .unwrap()
                .seen()
                .unwrap();
            change.write_section(*id, "identity", Some(row), &[("other_names", format!("Tên {round} {turn}").into())]).await.unwrap();
            change.commit().await.unwrap();
            times.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
    }
    times
}

async fn tree(db: &Db, all: &Grant<Edit>) -> Vec<i64> {
    let mut change = db.change(all, "unit.import").await.unwrap();
    let province = change.insert("units", &[("parent_id", Value::Null), ("name", "Tỉnh".into())]).await.unwrap();
    let mut units = Vec::new();
    for _ in 0..20 {
        let department = change.insert("units", &[("parent_id", province.into()), ("name", "Sở".into())]).await.unwrap();
        for _ in 0..50 {
            units.push(change.insert("units", &[("parent_id", department.into()), ("name", "Phòng".into())]).await.unwrap());
        }
    }
    change.commit().await.unwrap();
    units
}

/// Twelve section rows with about forty columns.
fn sections(law: &law::Law, person: usize) -> Vec<(String, Vec<(String, Value)>)> {
    let mix = person.wrapping_mul(104_729);
    let name = format!("{} {}", FAMILY[mix % 8], GIVEN[mix / 8 % 10]);
    let keys = [
        "identity",
        "dossier_header",
        "contact",
        "insurance_tax_bank",
        "recruitment",
        "current_position",
        "rank_current",
        "salary_current",
        "education_summary",
        "party_membership",
        "degree_history",
        "work_history",
    ];
    let row = |key: &&str| {
        let columns = law.section(key).unwrap().columns();
        let set = columns.into_iter().take(4).filter(|column| column.kind != law::Kind::File).map(|column| {
            let value = match (column.name.as_str(), column.kind) {
                ("full_name", _) => name.clone().into(),
                ("birth_date", _) => format!("{}-{:02}-{:02}", 1965 + mix % 40, 1 + mix % 12, 1 + mix % 28).into(),
                (_, law::Kind::Date) => jiff::civil::date(1990 + (mix % 30) as i16, 1, 1).into(),
                (_, law::Kind::PartialDate) => "2001-05".into(),
                (_, law::Kind::Int | law::Kind::Decimal) => ((mix % 500) as i64).into(),
                (_, law::Kind::Bool) => mix.is_multiple_of(2).into(),
                _ => format!("Giá trị {}", mix % 100).into(),
            };
            (column.name.clone(), value)
        });
        ((*key).to_owned(), set.collect())
    };
    keys.iter().map(row).collect()
}
