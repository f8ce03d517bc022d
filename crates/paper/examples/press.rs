//! Prints the sample career on every form and says how long it took and how much memory stays in use.
//!
//! `cargo run --release -p paper --example press [FOLDER]` writes the files into the folder, too.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use paper::forms::{Column, Form, FormKind, Press, Table, docx};

const PRINTS: u32 = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map(PathBuf::from);
    let started = Instant::now();
    let press = Press::new();
    println!("press ready             {:>8.1} ms", ms(started.elapsed()));

    for kind in FormKind::ALL {
        let full = Form { kind, ..sample()? };
        let started = Instant::now();
        let pdf = press.pdf(&full)?;
        println!("{:<10} first         {:>8.1} ms  {} KB", kind.code(), ms(started.elapsed()), pdf.len() / 1024);
        println!("{:<10} warm, mean    {:>8.1} ms", kind.code(), ms(mean(10, || press.pdf(&full).map(drop))?));
        println!("{:<10} docx, mean    {:>8.1} ms", kind.code(), ms(mean(10, || docx(&full).map(drop))?));
        if let Some(folder) = &folder {
            save(folder, &format!("{}-full.pdf", kind.code()), &pdf)?;
            save(folder, &format!("{}-full.docx", kind.code()), &docx(&full)?)?;
            save(folder, &format!("{}-blank.pdf", kind.code()), &press.pdf(&Form::blank(kind))?)?;
            save(folder, &format!("{}-blank.docx", kind.code()), &docx(&Form::blank(kind))?)?;
        }
    }

    let list = list_of(500);
    let started = Instant::now();
    let pdf = press.table(&list)?;
    println!("list of 500 rows        {:>8.1} ms", ms(started.elapsed()));
    if let Some(folder) = &folder {
        save(folder, "list.pdf", &pdf)?;
    }

    // Every print is another person, as in real work: what typst remembers of one is of no use for the next.
    let mut form = sample()?;
    println!("memory before           {:>8} MB", resident_mb());
    let started = Instant::now();
    for number in 0..PRINTS {
        form.set("identity.full_name", format!("Nguyễn Thị Số {number}"));
        form.tables.values_mut().flatten().flat_map(|row| row.values_mut()).for_each(|text| text.push('.'));
        if number % 20 == 0 {
            form.tables = sample()?.tables;
        }
        press.pdf(&form)?;
        if number % 100 == 99 {
            println!("memory after {:>4}       {:>8} MB", number + 1, resident_mb());
        }
    }
    println!("mean of {PRINTS} others      {:>8.1} ms", ms(started.elapsed() / PRINTS));
    Ok(())
}

fn sample() -> Result<Form, serde_json::Error> {
    serde_json::from_str(include_str!("../samples/full-career.json"))
}

fn mean(times: u32, mut print: impl FnMut() -> paper::forms::Result<()>) -> paper::forms::Result<Duration> {
    let started = Instant::now();
    for _ in 0..times {
        print()?;
    }
    Ok(started.elapsed() / times)
}

fn list_of(rows: usize) -> Table {
    let columns = [("TT", 5.0), ("Họ và tên", 24.0), ("Đơn vị", 36.0), ("Chức vụ", 20.0), ("Hệ số", 8.0)];
    Table {
        title: "DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC".to_owned(),
        subtitle: vec!["Tính đến ngày 19/11/2026".to_owned()],
        columns: columns.map(|(label, width)| Column::new(label, width)).into(),
        rows: (1..=rows)
            .map(|n| {
                vec![
                    n.to_string(),
                    format!("Nguyễn Văn {n}"),
                    "Trung tâm Y tế huyện Trấn Yên".to_owned(),
                    "Chuyên viên".to_owned(),
                    "2,34".to_owned(),
                ]
            })
            .collect(),
        landscape: true,
    }
}

fn save(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(name), bytes)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Memory of this process in use, as Linux says it; 0 elsewhere.
fn resident_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
}
