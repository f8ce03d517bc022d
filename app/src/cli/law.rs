//! What the rules say, on the command line: the data checked, cases run, a due date explained.

use crate::{
    cli::source,
    config::Config,
    error::{Error, Result},
};
use clap::{Arg, ArgMatches, Command};
use std::{fs, process::ExitCode};

/// The data of the law is wrong, or a case did not come out.
const WRONG: u8 = 3;

/// `hoso law …`.
pub fn command() -> Command {
    let needed = |name: &'static str, help: &'static str| Arg::new(name).long(name).required(true).value_name("…").help(help);
    Command::new("law")
        .about("Hỏi quy định: chạy ca kiểm tra, tính hạn · Ask the rules: run cases, compute a due date")
        .subcommand_required(true)
        .subcommand(
            Command::new("check")
                .about("Chạy các ca kiểm tra trong tệp · Run the cases of files")
                .arg(Arg::new("FILE").required(true).num_args(1..)),
        )
        .subcommand(
            Command::new("due")
                .about("Tính hạn và giải thích · Compute a due date and explain it")
                .arg(needed("regulation", "Mã quy chế, ví dụ yen-bai-2020 · code of the regulation"))
                .arg(needed("event", "Mã sự kiện, ví dụ move_out_send · code of the event"))
                .arg(needed("effective", "Ngày của sự kiện, dạng 2021-02-08 · day of the event")),
        )
}

/// Checks every data file.
pub fn check(config: &Config) -> ExitCode {
    let faults = law::check(&source(config));
    let sum = match faults.0.len() {
        0 => "Dữ liệu pháp luật: không có lỗi · no faults".to_owned(),
        many => format!("{many} lỗi · faults"),
    };
    super::say(faults.0.iter().map(ToString::to_string).chain(std::iter::once(sum)));
    if faults.0.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(WRONG) }
}

/// Answers `hoso law …`.
pub fn run(config: &Config, args: &ArgMatches) -> Result<ExitCode> {
    let law = super::law(config)?;
    match args.subcommand() {
        Some(("check", args)) => cases(&law, args),
        Some(("due", args)) => due(&law, args),
        _ => Err(Error::Refused("Dùng hoso law check TỆP hoặc hoso law due; xem hoso law --help".into())),
    }
}

fn cases(law: &law::Law, args: &ArgMatches) -> Result<ExitCode> {
    let mut sum = law::CaseReport::default();
    for file in args.get_many::<String>("FILE").into_iter().flatten() {
        let text = fs::read_to_string(file).map_err(|error| Error::Refused(format!("Không đọc được {file}: {error}")))?;
        let report = law.run_cases(&text).map_err(|reason| Error::Refused(format!("{file}: {reason}")))?;
        sum.passed += report.passed;
        sum.failed += report.failed;
        sum.skipped += report.skipped;
        sum.failures.extend(report.failures);
    }
    super::say([sum.to_string()]);
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(WRONG) })
}

fn due(law: &law::Law, args: &ArgMatches) -> Result<ExitCode> {
    let text = |name: &str| args.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let day = text("effective").parse().map_err(|_| Error::Refused("Nhập --effective dạng năm-tháng-ngày, ví dụ 2021-02-08".into()))?;
    match law.due(text("regulation"), text("event"), day) {
        Ok(due) => {
            let silent = if due.silent { ", mặc định, quy chế không quy định" } else { "" };
            let because = due.because.iter().map(|reason| format!("  {} [{}]", reason.sentence, reason.source));
            let days = due.days.iter().map(|counted| {
                let place = counted.counted.map_or_else(|| "  –".to_owned(), |place| format!("{place:3}"));
                format!("{place}  {}  {}", counted.date, counted.why)
            });
            super::say(std::iter::once(format!("{} ({}{silent})", due.on, due.article)).chain(because).chain(days));
            Ok(ExitCode::SUCCESS)
        }
        Err(none) => Err(Error::Refused(none.to_string())),
    }
}
