//! The command line: one program for the server and for those who run it.

mod backup;
mod export;
mod import;
mod keep;
mod law;
mod run;
mod serve;

#[cfg(test)]
pub use backup::restored;

use crate::{
    App,
    accounts::GrantingFile,
    config::{self, Config, SETTINGS},
    error::{Error, Result},
};
use clap::{Arg, ArgMatches, Command};
use std::{ffi::OsString, io::Write, process::ExitCode, sync::Arc};

/// Exit codes: done; something was refused or failed; the data of the law is wrong.
const FAILED: u8 = 1;
const BAD_DATA: u8 = 3;
/// Added to the node number of a server by commands that run beside it.
const CONSOLE_NODE: u8 = 128;

/// Reads the command line and does what it says.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let matches = command().get_matches_from(args);
    match dispatch(&matches) {
        Ok(code) => code,
        Err(error) => {
            let source = std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default();
            eprintln!("hoso: {error}{source}");
            ExitCode::from(FAILED)
        }
    }
}

fn command() -> Command {
    let flags = SETTINGS.iter().map(|setting| {
        let env = setting.key.to_uppercase();
        Arg::new(setting.key)
            .long(setting.key.replace('_', "-"))
            .global(true)
            .value_name("…")
            .help_heading("Thiết lập · Settings")
            .help(format!("{} · {} [{}; HOSO_{env}]", setting.vi, setting.en, setting.default))
    });
    Command::new("hoso")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Quản lý tổ chức bộ máy, biên chế và hồ sơ CBCCVC · Organisation, quotas and dossiers of public bodies")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(flags)
        .subcommand(Command::new("serve").about("Chạy máy chủ · Run the server"))
        .subcommand(Command::new("check").about("Kiểm tra mọi tệp dữ liệu pháp luật · Check every data file of the law"))
        .subcommand(law::command())
        .subcommand(run::command())
        .subcommand(export::command())
        .subcommand(import::command())
        .subcommand(crate::demo::command())
        .subcommand(keep::account())
        .subcommand(keep::roster())
        .subcommand(keep::audit())
        .subcommand(backup::backup())
        .subcommand(backup::restore())
        .subcommand(Command::new("config").about("In mọi thiết lập đang dùng · Print every setting in force"))
}

fn dispatch(matches: &ArgMatches) -> Result<ExitCode> {
    let (name, args) = matches.subcommand().ok_or_else(|| Error::Refused("Thiếu lệnh; xem hoso --help".into()))?;
    let config = Config::read(args)?;
    match name {
        "config" => {
            say(config::describe(&config).lines().map(str::to_owned));
            Ok(ExitCode::SUCCESS)
        }
        "check" => Ok(law::check(&config)),
        "law" => law::run(&config, args),
        "export" => at_console(config, async |app| export::run(&app, args).await),
        "import" => at_console(config, async |app| import::run(&app, args).await),
        "account" => at_console(config, async |app| keep::run_account(&app, args).await),
        "roster" => at_console(config, async |app| keep::rebuild_roster(&app).await),
        "audit" => at_console(config, async |app| keep::verify_audit(&app).await),
        "demo" => at_console(config, async |app| crate::demo::run(&app, args).await),
        "backup" => match args.subcommand() {
            Some(("verify", args)) => runtime()?.block_on(backup::verify(&config, args)).map(|()| ExitCode::SUCCESS),
            _ => at_console(config, async |app| backup::make(&app, args).await),
        },
        "restore" => runtime()?.block_on(backup::bring_back(config, args)).map(|()| ExitCode::SUCCESS),
        "run" => runtime()?.block_on(run::run(config)).map(|()| ExitCode::SUCCESS),
        "serve" => runtime()?.block_on(serve::serve(config)).map(|()| ExitCode::SUCCESS),
        other => Err(Error::Refused(format!("Không có lệnh {other}; xem hoso --help"))),
    }
}

/// Opens the application, does one thing, and ends.
fn at_console(config: Config, act: impl AsyncFnOnce(App) -> Result<()>) -> Result<ExitCode> {
    runtime()?.block_on(async { act(open(console(config)).await?).await })?;
    Ok(ExitCode::SUCCESS)
}

/// A command beside a running server takes a number of its own, so that the ids of both differ.
fn console(config: Config) -> Config {
    Config { node: config.node.wrapping_add(CONSOLE_NODE), ..config }
}

/// A bar for work that takes more than a second: how many of what, and how long it will take.
pub fn bar(what: &str) -> indicatif::ProgressBar {
    let style = indicatif::ProgressStyle::with_template(&format!("{{bar:30}} {{pos}}/{{len}} {what} {{eta}}"));
    indicatif::ProgressBar::new(0).with_style(style.unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()))
}

/// The threads that commands with input and output run on.
fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// The law of the settings; every fault is printed and the program ends with a code of its own.
pub fn law(config: &Config) -> Result<Arc<::law::Law>> {
    match ::law::Law::load(&source(config)) {
        Ok(law) => Ok(Arc::new(law)),
        Err(faults) => refuse(&faults),
    }
}

/// Prints lines for as long as somebody reads them: `| head` is no fault.
fn say(lines: impl IntoIterator<Item = String>) {
    let mut out = std::io::stdout().lock();
    // The first line that nobody takes is the last.
    lines.into_iter().try_for_each(|line| writeln!(out, "{line}")).ok();
}

/// Where the data files of the settings are.
pub fn source(config: &Config) -> ::law::DataSource {
    match config.law.as_str() {
        "" => ::law::DataSource::Embedded,
        folder => ::law::DataSource::Folder(folder.into()),
    }
}

/// Prints what is wrong with the data and ends the program.
pub fn refuse(faults: &::law::Faults) -> ! {
    eprintln!("{faults}");
    std::process::exit(BAD_DATA.into());
}

/// The application over the database of the settings, brought up to date.
pub async fn open(config: Config) -> Result<App> {
    let law = law(&config)?;
    let grantings: GrantingFile = source(&config).parse("access.toml").unwrap_or_else(|fault| refuse(&fault.into()));
    let db = serve::vault(&config, law.clone()).await?;
    let app = App::new(db, law, grantings.granting, config, crate::clock);
    crate::catalogues::learn(&app).await?;
    Ok(app)
}
