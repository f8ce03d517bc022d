//! hoso: organisation, staffing quotas and dossiers of Vietnamese public bodies, on a server of one's own.

mod access;
mod accounts;
mod administration;
mod assets;
mod backups;
mod catalogues;
mod cli;
mod config;
mod consents;
mod decisions;
mod declarations;
mod demo;
mod discrepancies;
mod dossiers;
mod error;
mod exports;
mod form;
mod guide;
mod history;
mod home;
mod imports;
mod memory;
mod movements;
mod obligations;
mod page;
mod prints;
mod quotas;
mod regulations;
mod reminders;
mod reviews;
mod routes;
mod search;
mod server;
mod statistics;
#[cfg(test)]
mod tests;
mod transfers;
mod units;

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use routes::Routes;
use std::{
    collections::HashMap,
    process::ExitCode,
    sync::{Arc, Mutex},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Vietnam keeps one hour all year.
const HOURS_AHEAD: i8 = 7;

/// What every handler has at hand. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of [`App`].
pub struct Inner {
    /// The stored data.
    pub db: vault::Db,
    /// The law.
    pub law: Arc<law::Law>,
    /// The settings.
    pub config: config::Config,
    /// The templates.
    pub templates: minijinja::Environment<'static>,
    /// Where stylesheet, script and fonts are served.
    pub assets: String,
    /// The time, passed in.
    pub clock: vault::Clock,
    /// Which roles an account may give to others.
    pub grantings: Vec<accounts::Granting>,
    /// Failures of sign-in.
    pub throttle: accounts::Throttle,
    /// Imports that this server has in hand.
    pub desk: imports::Desk,
    /// Lists on their way out.
    pub exports: exports::Jobs,
    /// Copies being made.
    pub backups: backups::Work,
    /// The last check of the record that was asked for here.
    pub record: administration::RecordCheck,
    /// Figures over many duties, a few seconds old.
    pub duties: obligations::Memory,
    /// Columns of lists.
    pub lists: search::Lists,
    /// What the bar says, by account and operator, for a few seconds.
    pub signs: Mutex<HashMap<(i64, Option<String>), (Timestamp, Arc<access::Sign>)>>,
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// An application over an open vault.
    pub fn new(db: vault::Db, law: Arc<law::Law>, grantings: Vec<accounts::Granting>, config: config::Config, clock: vault::Clock) -> App {
        App(Arc::new(Inner {
            exports: exports::Jobs::default(),
            backups: backups::Work::default(),
            record: administration::RecordCheck::default(),
            duties: obligations::Memory::default(),
            lists: search::Lists::new(&law),
            db,
            law,
            config,
            templates: page::templates(),
            assets: assets::address(),
            clock,
            grantings,
            throttle: accounts::Throttle::default(),
            desk: imports::Desk::default(),
            signs: Mutex::default(),
        }))
    }

    /// This moment.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Today in Vietnam.
    pub fn today(&self) -> Date {
        day_of(self.now())
    }

    /// Where people of a regulation reach this installation, for links on papers; empty when nobody said.
    pub fn address(&self, regulation: Option<&law::Regulation>) -> String {
        self.config.printed_address(regulation.map(|known| known.identity.url.as_str()).unwrap_or_default())
    }
}

/// The day in Vietnam at a moment.
pub fn day_of(moment: Timestamp) -> Date {
    in_vietnam(moment).date()
}

/// A moment by the clocks of Vietnam.
pub fn in_vietnam(moment: Timestamp) -> Zoned {
    moment.to_zoned(TimeZone::fixed(jiff::tz::offset(HOURS_AHEAD)))
}

/// Every address of the application: nouns, work, views, doors, and the desk of those who look after them.
pub fn all_routes() -> Routes {
    assets::routes()
        .and(units::routes())
        .and(accounts::routes())
        .and(dossiers::routes())
        .and(quotas::routes())
        .and(decisions::routes())
        .and(consents::routes())
        .and(discrepancies::routes())
        .and(history::routes())
        .and(search::routes())
        .and(statistics::routes())
        .and(declarations::routes())
        .and(transfers::routes())
        .and(reviews::routes())
        .and(reminders::routes())
        .and(home::routes())
        .and(regulations::routes())
        .and(guide::routes())
        .and(imports::routes())
        .and(exports::routes())
        .and(prints::routes())
        .and(backups::routes())
        .and(catalogues::routes())
        .and(administration::routes())
}

/// The one place that reads the clock.
#[allow(clippy::disallowed_methods)]
pub fn clock() -> Timestamp {
    Timestamp::now()
}

fn main() -> ExitCode {
    memory::settle();
    cli::run(std::env::args_os())
}
