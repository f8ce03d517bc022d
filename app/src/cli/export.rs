//! `hoso export`: a list into a file, for those who stand at the console; the purpose is put on the record all the same.

use crate::{
    App,
    access::Export,
    error::{Error, Result},
    exports::{self, Asking, Format, Progress},
    search::{self, Asked, Scope, count},
};
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::{path::PathBuf, sync::atomic::Ordering, time::Duration};

/// `hoso export …`.
pub fn command() -> Command {
    let arg = |name: &'static str, value: &'static str, help: &'static str| Arg::new(name).long(name).value_name(value).help(help);
    Command::new("export")
        .about("Kết xuất danh sách hồ sơ ra xlsx hoặc csv · Export a list of dossiers")
        .arg(Arg::new("file").required(true).value_name("FILE").help("Tệp kết quả, .xlsx hoặc .csv · output file"))
        .arg(arg("purpose", "…", "Mục đích, ghi vào nhật ký và chân tệp · purpose, put on the record").required(true))
        .arg(arg("who", "…", "Người kết xuất · who exports"))
        .arg(arg("list", "QUERY", "Điều kiện như sau dấu ? của địa chỉ danh sách · the query of the list's address"))
        .arg(arg("column", "KEY", "Cột; lặp lại được; mặc định là mọi cột · column, repeatable; all by default").action(ArgAction::Append))
}

/// Answers `hoso export …`.
pub async fn run(app: &App, args: &ArgMatches) -> Result<()> {
    let text = |name: &str| args.get_one::<String>(name).cloned().unwrap_or_default();
    let file = PathBuf::from(text("file"));
    let format = match file.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx") => Format::Xlsx,
        Some("csv") => Format::Csv,
        _ => return Err(Error::Refused("Tên tệp kết quả phải có đuôi .xlsx hoặc .csv".into())),
    };
    let nobody = || Error::Refused("Chưa có tài khoản quản trị; chạy hoso account create TÊN trước".into());
    let account = app.db.installation_account().await?.ok_or_else(nobody)?;
    let viewer = app.db.console_viewer(account).await?;
    let grant = viewer.may::<Export>().ok_or(Error::Forbidden)?;
    let scope = Scope::console();
    let chosen: Vec<String> = args.get_many::<String>("column").into_iter().flatten().cloned().collect();
    let own = search::own_columns(app, &mut app.db.read(&grant), &scope).await?;
    let known: Vec<&str> =
        app.lists.columns.iter().map(|column| &column.key).chain(own.iter().map(|own| &own.key)).map(String::as_str).collect();
    if let Some(unknown) = chosen.iter().find(|key| !known.contains(&key.as_str())) {
        return Err(Error::Refused(format!("Không có cột {unknown}. Các cột: {}", known.join(", "))));
    }
    let columns = if chosen.is_empty() { known.into_iter().map(str::to_owned).collect() } else { chosen };
    let who = Some(text("who")).filter(|who| !who.is_empty()).unwrap_or_else(|| viewer.name().to_owned());
    let (asked, address) = (Asked::read(&text("list")), app.address(None));
    let asking = Asking { asked, chosen: Vec::new(), columns, format, purpose: text("purpose"), who, address };
    let bar = super::bar("dòng");
    bar.set_length(count(app, &grant, &scope, &asking.asked).await?.unsigned_abs());
    let progress = Progress::default();
    let finished = {
        let mut writing = std::pin::pin!(exports::list(app, &grant, &scope, &asking, &progress));
        loop {
            match tokio::time::timeout(Duration::from_millis(200), &mut writing).await {
                Ok(done) => break done?,
                Err(_) => bar.set_position(progress.rows.load(Ordering::Relaxed)),
            }
        }
    };
    bar.finish_and_clear();
    std::fs::copy(finished.file.path(), &file)?;
    println!("Đã kết xuất {} dòng vào {}", finished.rows, file.display());
    Ok(())
}
