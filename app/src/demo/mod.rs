//! Invented people for trying the program out: five small bodies, or a whole province.
//!
//! Everything is drawn from `data/demo/` with a seed, so the same command makes the same people on every machine.

mod accounts;
mod body;
mod book;
mod career;
mod dice;
mod extras;
mod family;
mod gazetteer;
mod identity;
mod learning;
mod list;
mod load;
#[cfg(test)]
mod load_tests;
mod papers;
mod pay;
mod person;
mod posts;
mod province;
mod resume;
mod salary;
mod sheet;
mod standing;
#[cfg(test)]
mod tests;
mod time;
mod today;
mod words;

use crate::{
    App, cli,
    error::{Error, Result},
};
use body::Body;
use book::Book;
use clap::{Arg, ArgMatches, Command, value_parser};
use load::Loader;
use resume::Mark;
use std::sync::Arc;

/// The seed when none is given.
const SEED: u64 = 2026;

/// `hoso demo`.
pub fn command() -> Command {
    let number =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("N").value_parser(value_parser!(u64)).help(help);
    Command::new("demo")
        .about("Nạp dữ liệu minh họa: 5 cơ quan, hoặc cả tỉnh, cả nước · Load invented people: five bodies, a province, the nation")
        .arg(number("people", "Số người; từ 400000 là cả nước · how many people; from 400000 on the whole nation"))
        .arg(number("seed", "Số gieo: cùng số thì cùng người · seed: the same number makes the same people"))
}

/// Answers `hoso demo`.
pub async fn run(app: &App, args: &ArgMatches) -> Result<()> {
    let seed = args.get_one::<u64>("seed").copied().unwrap_or(SEED);
    let people = args.get_one::<u64>("people").map(|people| usize::try_from(*people).unwrap_or(usize::MAX));
    print!("{}", load(app, people, seed).await?);
    Ok(())
}

/// Whether a load was cut off and waits to be finished.
pub fn is_unfinished(app: &App) -> bool {
    Mark::of(app).is_some()
}

/// Loads the five small bodies into a database without units, or finishes a load that was cut off, and says with which
/// accounts to sign in; else nothing.
pub async fn first_start(app: &App) -> Result<Option<String>> {
    let mark = Mark::of(app).unwrap_or(Mark { people: None, seed: SEED });
    match load(app, mark.people, mark.seed).await {
        Ok(said) => Ok(Some(said)),
        Err(Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Loads the five small bodies, or so many people; gives what is printed. A load of the same that was cut off is finished.
async fn load(app: &App, people: Option<usize>, seed: u64) -> Result<String> {
    let source = cli::source(&app.config);
    let book = Arc::new(Book::read(&source, &app.law).unwrap_or_else(|faults| cli::refuse(&faults)));
    let mark = Mark { people, seed };
    let resumed = Mark::of(app) == Some(mark);
    let loader = Loader::new(app, book.clone(), people.is_none(), resumed).await?;
    mark.set(app)?;
    let bodies = match people {
        None => Body::small(&source),
        Some(people) => province::bodies(&source, &book, people),
    };
    let bodies = bodies.unwrap_or_else(|faults| cli::refuse(&faults));
    let bar = cli::bar("hồ sơ");
    let total: usize = bodies.iter().map(Body::people).sum();
    bar.set_length(u64::try_from(total).unwrap_or_default());
    loader.load(&bodies, seed, |count| bar.inc(count)).await?;
    Mark::clear(app)?;
    bar.finish_and_clear();
    Ok(told(&app.law, &book, &bodies, total))
}

/// Logins with role and unit, and the one password.
fn told(law: &law::Law, book: &Book, bodies: &[Body], total: usize) -> String {
    let mut text = format!("Đã nạp {total} hồ sơ minh họa. Mật khẩu của mọi tài khoản minh họa: {}\n", book.words.settings.password);
    for body in bodies.iter().take(5) {
        text.push_str(&format!("\n{}\n", body.units.first().map_or("", |unit| unit.name.as_str())));
        for account in &body.accounts {
            let role = law.regulation(&body.regulation).and_then(|regulation| regulation.role(&account.role));
            let unit = body.units.iter().find(|unit| unit.key == account.unit).map_or("", |unit| unit.name.as_str());
            text.push_str(&format!("  {:<20} {} ({unit})\n", account.login, role.map_or("", |role| role.name_vi.as_str())));
        }
    }
    text
}
