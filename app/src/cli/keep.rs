//! What those who keep the server do at its console: accounts of the installation, the roster, the record.

use crate::{
    App,
    access::ManageAccounts,
    accounts,
    error::{Error, Result},
};
use clap::{Arg, ArgMatches, Command};
use vault::Read;

/// `hoso account …`.
pub fn account() -> Command {
    let login = || Arg::new("login").required(true).value_name("LOGIN").help("Tên đăng nhập · login");
    Command::new("account")
        .about("Tài khoản quản trị cài đặt · Accounts of the installation")
        .subcommand_required(true)
        .subcommand(
            Command::new("create")
                .about("Tạo tài khoản quản trị, in mật khẩu một lần · Make an administrator, print the password once")
                .arg(login())
                .arg(Arg::new("name").long("name").value_name("…").help("Họ và tên · full name")),
        )
        .subcommand(Command::new("list").about("Liệt kê tài khoản · List the accounts"))
}

const ACCOUNTS: &str = "
    SELECT a.login, a.name, a.state FROM {accounts} a WHERE a.login IS NOT NULL ORDER BY a.unit_path, a.login";

/// Prints login, name and state of every account.
async fn list(app: &App) -> Result<()> {
    let Some(first) = app.db.installation_account().await? else {
        println!("Chưa có tài khoản nào. Tạo bằng hoso account create TÊN");
        return Ok(());
    };
    let grant = app.db.console_viewer(first).await?.may::<ManageAccounts>().ok_or(Error::Forbidden)?;
    let line = |row: vault::Row| {
        let state = if row.text("state")? == "active" { "" } else { "  (đã khóa)" };
        Ok(format!("{:<24} {}{state}", row.text("login")?, row.text("name")?))
    };
    super::say(app.db.read(&grant).rows(ACCOUNTS, &[]).await?.into_iter().map(line).collect::<Result<Vec<_>>>()?);
    Ok(())
}

/// Answers `hoso account …`.
pub async fn run_account(app: &App, args: &ArgMatches) -> Result<()> {
    if let Some(("list", _)) = args.subcommand() {
        return list(app).await;
    }
    let Some(("create", args)) = args.subcommand() else {
        return Err(Error::Refused("Dùng hoso account create TÊN; xem hoso account --help".into()));
    };
    let login = args.get_one::<String>("login").map(String::as_str).unwrap_or_default().to_lowercase();
    let name = args.get_one::<String>("name").cloned().unwrap_or_else(|| login.clone());
    let password = accounts::issued();
    app.db.found(&login, &name, Some(&accounts::hash(&password)?)).await?;
    println!("{login}\n{password}\nMật khẩu chỉ in một lần và phải đổi ở lần đăng nhập đầu tiên.");
    Ok(())
}

/// `hoso roster …`.
pub fn roster() -> Command {
    let rebuild = Command::new("rebuild").about("Lập lại bảng tra cứu từ hồ sơ · Build the roster anew from the sections");
    Command::new("roster").about("Bảng tra cứu · The roster").subcommand_required(true).subcommand(rebuild)
}

/// Builds the roster anew, with a bar that shows how far.
pub async fn rebuild_roster(app: &App) -> Result<()> {
    let bar = super::bar("dòng");
    let rows = app.db.rebuild_roster(|done| bar.set_position(done.unsigned_abs())).await?;
    bar.finish_and_clear();
    println!("Đã lập lại {rows} dòng");
    Ok(())
}

/// `hoso audit …`.
pub fn audit() -> Command {
    let verify = Command::new("verify").about("Kiểm tra chuỗi nhật ký còn nguyên vẹn · Check that the record is whole");
    Command::new("audit").about("Nhật ký · The record").subcommand_required(true).subcommand(verify)
}

/// Walks the record; a break is an error that names its place.
pub async fn verify_audit(app: &App) -> Result<()> {
    match app.db.verify_chain(&[]).await {
        Ok(verified) => {
            println!("Nhật ký nguyên vẹn: {} mục", verified.entries);
            Ok(())
        }
        Err(vault::Error::Chain(fault)) => Err(Error::Refused(format!("Nhật ký bị sửa đổi: chuỗi {}, mục {}", fault.chain, fault.seq))),
        Err(other) => Err(other.into()),
    }
}
