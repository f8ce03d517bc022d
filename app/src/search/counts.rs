//! How many people a list holds, counted apart from its pages and kept for a few seconds.

use super::{Asked, Condition, Scope};
use crate::{App, error::Result};
use jiff::{SignedDuration, Timestamp};
use std::{collections::HashMap, sync::Mutex};
use vault::{Grant, Read};

/// A count stands for this long.
const KEPT: SignedDuration = SignedDuration::from_secs(10);
/// Beyond this nobody needs the exact number to go on.
const MOST: i64 = 100_000;
/// People of a list up to which gathering and sorting them costs less than walking past all others.
const LONG: i64 = 2_000;
/// Lists remembered; beyond it all are counted anew.
const LISTS: usize = 5_000;

/// Counts by account and list.
#[derive(Default)]
pub(super) struct Counts(Mutex<HashMap<(i64, String), (Timestamp, i64)>>);

impl Counts {
    /// The count, if it was made a moment ago.
    pub(super) fn known(&self, app: &App, account: i64, list: &str) -> Option<i64> {
        let counts = self.0.lock().ok()?;
        let (at, count) = counts.get(&(account, list.to_owned()))?;
        (app.now().duration_since(*at) < KEPT).then_some(*count)
    }

    fn keep(&self, app: &App, account: i64, list: &str, count: i64) {
        let Ok(mut counts) = self.0.lock() else { return };
        if counts.len() >= LISTS {
            counts.clear();
        }
        counts.insert((account, list.to_owned()), (app.now(), count));
    }
}

/// Counts the people of a list, as far as it matters.
pub async fn count<P>(app: &App, grant: &Grant<P>, scope: &Scope, asked: &Asked) -> Result<i64>
where
    P: vault::Permission,
{
    let (account, list) = (grant.viewer().account_id(), asked.filters());
    if let Some(known) = app.lists.counts.known(app, account, &list) {
        return Ok(known);
    }
    let mut reader = app.db.read(grant);
    let Condition { sql, mut args, .. } = super::condition(app, &mut reader, scope, asked).await?;
    args.push((MOST + 1).into());
    let counting = format!("SELECT count(*) AS n FROM (SELECT 1 AS one FROM {{roster}} r WHERE {sql} LIMIT ${}) x", args.len());
    let count = reader.one(&counting, &args).await?.int("n")?;
    app.lists.counts.keep(app, account, &list, count);
    Ok(count)
}

/// Whether so many people come into question that a page is found quicker by walking the list in its order than by
/// gathering them. The words of a search stand aside: a few hits are gathered anyway, and a number leads straight to its row
/// where nothing else offers an index.
pub(super) async fn is_long<P>(app: &App, grant: &Grant<P>, scope: &Scope, asked: &Asked) -> Result<bool>
where
    P: vault::Permission,
{
    if asked.by_number() {
        return Ok(true);
    }
    let asked = Asked { words: String::new(), ..asked.clone() };
    let (account, list) = (grant.viewer().account_id(), format!("?{}", asked.filters()));
    if let Some(known) = app.lists.counts.known(app, account, &list) {
        return Ok(known > LONG);
    }
    let mut reader = app.db.read(grant);
    let Condition { sql, mut args, .. } = super::condition(app, &mut reader, scope, &asked).await?;
    args.push((LONG + 1).into());
    let counting = format!("SELECT count(*) AS n FROM (SELECT 1 AS one FROM {{roster}} r WHERE {sql} LIMIT ${}) x", args.len());
    let count = reader.one(&counting, &args).await?.int("n")?;
    app.lists.counts.keep(app, account, &list, count);
    Ok(count > LONG)
}

/// The count in words.
pub(super) fn words(count: i64) -> String {
    match count {
        0 => "Không có hồ sơ nào".into(),
        count if count > MOST => format!("Hơn {} hồ sơ", crate::page::thousands(MOST)),
        count => format!("{} hồ sơ", crate::page::thousands(count)),
    }
}
