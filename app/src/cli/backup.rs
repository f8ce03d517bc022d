//! Copies at the console: made, checked, brought back into an empty place.

use crate::{
    App,
    backups::{self, Folder},
    config::Config,
    error::{Error, Result},
};
use clap::{Arg, ArgMatches, Command, value_parser};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use vault::{Checked, Lock, Progress};

/// The database of the data folder and what SQLite keeps beside it.
const DATABASE: &[&str] = &["hoso.db", "hoso.db-wal", "hoso.db-shm"];

fn path(name: &'static str) -> Arg {
    Arg::new(name).value_parser(value_parser!(PathBuf))
}

fn key() -> Arg {
    path("key").long("key").value_name("FILE").help("Tệp khóa; mặc định keys/backup.key trong thư mục dữ liệu · key file")
}

/// `hoso backup …`.
pub fn backup() -> Command {
    let verify = Command::new("verify")
        .about("Mở một bản sao và kiểm tra toàn bộ · Open a copy and check all of it")
        .arg(path("FILE").required(true))
        .arg(key());
    Command::new("backup")
        .about("Sao lưu trong khi máy chủ vẫn chạy · Back up while the server runs")
        .arg(
            path("to")
                .long("to")
                .value_name("DIR")
                .help("Thư mục nhận bản sao; mặc định backups trong thư mục dữ liệu · folder of the copy"),
        )
        .args_conflicts_with_subcommands(true)
        .subcommand(verify)
}

/// `hoso restore`.
pub fn restore() -> Command {
    Command::new("restore")
        .about("Phục hồi vào nơi còn trống, chọn bằng --data hoặc --postgres · Restore into an empty place")
        .arg(path("FILE").required(true))
        .arg(key())
}

/// Makes a copy and checks it.
pub async fn make(app: &App, args: &ArgMatches) -> Result<()> {
    let folder = Folder(args.get_one::<PathBuf>("to").cloned().unwrap_or_else(|| app.config.data.join("backups")));
    let key = backups::key(app);
    let new_key = !key.is_file();
    let bar = bar();
    let (copy, checked) = backups::make(app, &folder, |done| bar.set_position(done)).await.map_err(in_words)?;
    bar.finish_and_clear();
    println!("Đã sao lưu và kiểm tra: {}", copy.display());
    print(&checked);
    if new_key {
        println!("Khóa mở bản sao vừa được tạo: {}\nGiữ một bản của khóa ở nơi khác: mất khóa là mất mọi bản sao.", key.display());
    }
    Ok(())
}

/// Checks a copy without a database.
pub async fn verify(config: &Config, args: &ArgMatches) -> Result<()> {
    let checked = vault::verify_backup(file(args), &Lock::KeyFile(key_of(config, args)?)).await.map_err(|error| refused(&error))?;
    println!("Bản sao nguyên vẹn.");
    print(&checked);
    Ok(())
}

/// Brings a copy into a place that holds nothing yet.
pub async fn bring_back(config: Config, args: &ArgMatches) -> Result<()> {
    let key = key_of(&config, args)?;
    let data = config.data.clone();
    let checked = restored(config, file(args), &key).await?;
    println!("Đã phục hồi vào {}.", data.display());
    print(&checked);
    println!("Mọi người cần đăng nhập lại.");
    Ok(())
}

/// The same without words: all of the copy in an empty place, or the place as empty as before.
pub async fn restored(config: Config, from: &Path, key: &Path) -> Result<Checked> {
    let (data, is_embedded) = (config.data.clone(), config.postgres.is_empty());
    if is_embedded && data.join("hoso.db").exists() {
        return Err(taken(&data.display().to_string()));
    }
    let done = into(config, from, key).await;
    if done.is_err() && is_embedded {
        for name in DATABASE {
            // Some of them SQLite takes away itself.
            fs::remove_file(data.join(name)).ok();
        }
    }
    let checked = done?;
    keep_key(key, &data)?;
    Ok(checked)
}

async fn into(config: Config, from: &Path, key: &Path) -> Result<Checked> {
    let app = super::open(config).await?;
    if app.db.installation_account().await?.is_some() {
        return Err(taken("cơ sở dữ liệu"));
    }
    let (bar, mut sum, mut last) = (bar(), 0, Progress { step: String::new(), done: 0 });
    let told = |heard: Progress| {
        if heard.step != last.step {
            sum += last.done;
        }
        bar.set_position(sum + heard.done);
        last = heard;
    };
    let checked = app.db.restore(from, &Lock::KeyFile(key.to_owned()), told).await.map_err(|error| refused(&error))?;
    bar.finish_and_clear();
    Ok(checked)
}

/// The place goes on making copies that the same key opens.
fn keep_key(key: &Path, data: &Path) -> Result<()> {
    let place = data.join("keys").join("backup.key");
    if place.exists() {
        return Ok(());
    }
    let text = fs::read(key)?;
    fs::create_dir_all(data.join("keys"))?;
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(place)?.write_all(&text)?;
    Ok(())
}

fn file(args: &ArgMatches) -> &Path {
    args.get_one::<PathBuf>("FILE").map(PathBuf::as_path).unwrap_or(Path::new(""))
}

fn key_of(config: &Config, args: &ArgMatches) -> Result<PathBuf> {
    let key = args.get_one::<PathBuf>("key").cloned().unwrap_or_else(|| config.data.join("keys").join("backup.key"));
    match key.is_file() {
        true => Ok(key),
        false => Err(Error::Refused(format!("Không có khóa {}. Chỉ ra khóa đã giữ bằng --key TỆP", key.display()))),
    }
}

fn taken(place: &str) -> Error {
    Error::Refused(format!("Nơi phục hồi đã có dữ liệu ({place}). Chọn thư mục mới bằng --data, hoặc cơ sở dữ liệu trống bằng --postgres"))
}

fn refused(error: &vault::Error) -> Error {
    Error::Refused(format!("Không dùng được bản sao: {}", backups::words(error)))
}

/// At the console a failure is said in full.
fn in_words(error: Error) -> Error {
    match error {
        Error::Broken(source) => Error::Refused(format!("Chưa sao lưu được: {source}")),
        other => other,
    }
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {pos} dòng và tệp, {elapsed}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}

fn print(checked: &Checked) {
    let archive = &checked.archive;
    let made = archive.created_at.parse().map_or_else(|_| archive.created_at.clone(), crate::form::show_moment);
    println!("  lúc {made}, {} dòng, {} tệp, {} mục nhật ký", archive.tables.values().sum::<u64>(), archive.files, checked.entries);
    for head in &archive.heads {
        let hash: String = head.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        println!("  chuỗi {}: mục cuối {}, {hash}", head.chain, head.seq);
    }
}
