//! hoso: organisation, staffing quotas and dossiers of Vietnamese public bodies, on a server of one's own.

mod access;
mod assets;
mod cli;
mod config;
mod dossiers;
mod error;
mod form;
mod page;
mod routes;
mod server;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use routes::Routes;
use std::{process::ExitCode, sync::Arc};

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
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// An application over an open vault.
    pub fn new(db: vault::Db, law: Arc<law::Law>, config: config::Config, clock: vault::Clock) -> App {
        App(Arc::new(Inner { db, law, config, templates: page::templates(), assets: assets::address(), clock }))
    }

    /// This moment.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Today in Vietnam.
    pub fn today(&self) -> Date {
        day_of(self.now())
    }
}

/// The day in Vietnam at a moment.
pub fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::fixed(jiff::tz::offset(HOURS_AHEAD))).date()
}

/// Every address of the application: nouns, work, views, doors.
pub fn all_routes() -> Routes {
    assets::routes()
}

/// The one place that reads the clock.
#[allow(clippy::disallowed_methods)]
pub fn clock() -> Timestamp {
    Timestamp::now()
}

fn main() -> ExitCode {
    cli::run(std::env::args_os())
}
