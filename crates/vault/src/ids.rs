//! Ids minted here, ordered by time: milliseconds since 2024, then node, then a counter.

use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

const EPOCH_MS: i64 = 1_704_067_200_000;

pub(crate) struct Ids {
    node: i64,
    last: AtomicI64,
}

impl Ids {
    pub(crate) fn new(node: u8) -> Ids {
        Ids { node: node.into(), last: AtomicI64::new(0) }
    }

    /// The next id; never the same twice on one node, even when the clock stands still or steps back.
    pub(crate) fn next(&self, now: Timestamp) -> i64 {
        let earliest = (now.as_millisecond() - EPOCH_MS) << 12;
        let tick = |last: i64| earliest.max(last + 1);
        let last = self.last.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(tick(last)));
        let ticked = tick(last.unwrap_or_else(|last| last));
        ((ticked >> 12) << 20) | (self.node << 12) | (ticked & 0xfff)
    }
}
