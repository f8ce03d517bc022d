//! `hoso import`: a staff list from the console.

use crate::{App, error::Result, imports};
use clap::{Arg, ArgAction, ArgMatches, Command};

/// `hoso import …`.
pub fn command() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| Arg::new(name).long(name).value_name(value).help(help);
    Command::new("import")
        .about("Nhập danh sách từ tệp Excel, CSV · Import a staff list")
        .arg(Arg::new("file").required(true).value_name("FILE").help("Tệp .xlsx, .xls, .csv · the sheet"))
        .arg(text("unit", "ĐƠN VỊ", "Tên hoặc mã định danh đơn vị · name or identifier of the unit").required(true))
        .arg(text("mapping", "FILE", "Tệp ghép cột, mỗi dòng dạng B = identity.full_name · column mapping, one column a line"))
        .arg(text("mode", "CÁCH", "create (lập mới), update (cập nhật) hoặc both · what to write").default_value("create"))
        .arg(text("type", "MÃ", "Loại đối tượng khi tệp không ghi, ví dụ vien_chuc · kind of personnel").default_value(""))
        .arg(Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help("Chỉ kiểm tra, không ghi · check only"))
}

/// Answers `hoso import …`.
pub async fn run(app: &App, args: &ArgMatches) -> Result<()> {
    let text = |name: &str| args.get_one::<String>(name).cloned().unwrap_or_default();
    let given = imports::Given {
        file: text("file").into(),
        unit: text("unit"),
        mapping: args.get_one::<String>("mapping").map(Into::into),
        mode: text("mode"),
        personnel_type: text("type"),
        dry_run: args.get_flag("dry-run"),
    };
    let bar = super::bar("dòng");
    let lines = imports::run_at_console(app, &given, |done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    })
    .await;
    bar.finish_and_clear();
    lines?.iter().for_each(|line| println!("{line}"));
    Ok(())
}
