//! Figures over many duties, kept for a few seconds: nobody notices, and the queue of a province stays quick.

use crate::{App, error::Result};
use jiff::{SignedDuration, Timestamp};
use std::{any::Any, collections::HashMap, future::Future, sync::Arc, sync::Mutex};

/// A figure stands for this long.
const KEPT: SignedDuration = SignedDuration::from_secs(10);
/// Up to so many rows a figure is counted anew each time.
pub const LONG: i64 = 2_000;
/// Figures remembered; beyond it all are counted anew.
const FIGURES: usize = 2_000;

type Figures = HashMap<(i64, String), (Timestamp, Arc<dyn Any + Send + Sync>)>;

/// Figures by account and question.
#[derive(Default)]
pub struct Memory(Mutex<Figures>);

impl Memory {
    fn known<T: Clone + 'static>(&self, app: &App, key: &(i64, String)) -> Option<T> {
        let figures = self.0.lock().ok()?;
        let (at, figure) = figures.get(key)?;
        (app.now().duration_since(*at) < KEPT).then(|| figure.downcast_ref::<T>().cloned()).flatten()
    }

    fn keep<T: Send + Sync + 'static>(&self, app: &App, key: (i64, String), figure: T) {
        let Ok(mut figures) = self.0.lock() else { return };
        if figures.len() >= FIGURES {
            figures.clear();
        }
        figures.insert(key, (app.now(), Arc::new(figure)));
    }
}

/// The figure as it was a moment ago, else as it is now; kept only when it came of many rows.
pub async fn remembered<T, F>(app: &App, account: i64, question: String, is_long: impl Fn(&T) -> bool, now: F) -> Result<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T>>,
{
    let key = (account, question);
    if let Some(known) = app.duties.known(app, &key) {
        return Ok(known);
    }
    let figure = now.await?;
    if is_long(&figure) {
        app.duties.keep(app, key, figure.clone());
    }
    Ok(figure)
}
