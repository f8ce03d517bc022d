//! Slowing down those who guess, without letting them lock others out.
//!
//! Failures are counted for a login *and* where they come from: a browser that has signed in with this login before (it
//! carries a sealed mark), or else an address. A stranger who fails again and again shuts out only his own address; the
//! owner's browser goes on. A login that is guessed from many addresses is slowed for unknown browsers only.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::Mutex};

/// Failures from one place before it has to wait, and how long it waits.
const FAILURES: u32 = 5;
const WAIT: SignedDuration = SignedDuration::from_mins(15);
/// Failures for one login from all unknown places together.
const FAILURES_OF_STRANGERS: u32 = 50;
/// Counters kept; the oldest go first.
const KEPT: usize = 50_000;

/// Counts failures of sign-in.
pub struct Throttle {
    counts: Mutex<HashMap<String, (u32, Timestamp)>>,
    secret: [u8; 32],
}

/// Where an attempt comes from.
pub struct Source<'a> {
    /// The login that was typed.
    pub login: &'a str,
    /// The address.
    pub address: &'a str,
    /// The mark the browser carries, if any.
    pub mark: Option<&'a str>,
}

impl Default for Throttle {
    fn default() -> Throttle {
        Throttle { counts: Mutex::default(), secret: rand::random() }
    }
}

impl Throttle {
    /// Whether an attempt has to wait, and until when.
    pub fn waits(&self, source: &Source<'_>, now: Timestamp) -> Option<Timestamp> {
        let counts = self.counts.lock().ok()?;
        let limits = self.keys(source);
        limits
            .iter()
            .filter_map(|(key, limit)| counts.get(key).filter(|(count, until)| count >= limit && *until > now))
            .map(|(_, until)| *until)
            .max()
    }

    /// Counts a failure.
    pub fn failed(&self, source: &Source<'_>, now: Timestamp) {
        let Ok(mut counts) = self.counts.lock() else { return };
        if counts.len() >= KEPT {
            counts.retain(|_, (_, until)| *until > now);
        }
        for (key, _) in self.keys(source) {
            let entry = counts.entry(key).or_insert((0, now));
            if entry.1 <= now {
                entry.0 = 0;
            }
            *entry = (entry.0 + 1, now + WAIT);
        }
    }

    /// Forgets the failures of this place.
    pub fn succeeded(&self, source: &Source<'_>) {
        if let Ok(mut counts) = self.counts.lock() {
            for (key, _) in self.keys(source).iter().take(1) {
                counts.remove(key);
            }
        }
    }

    /// The mark for a browser that has signed in with this login.
    pub fn mark(&self, login: &str) -> String {
        let seal = Sha256::new().chain_update(self.secret).chain_update(login).finalize();
        seal.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    fn keys(&self, source: &Source<'_>) -> Vec<(String, u32)> {
        let login = source.login.to_lowercase();
        match source.mark.is_some_and(|mark| mark == self.mark(&login)) {
            true => vec![(format!("{login} known"), FAILURES)],
            false => vec![(format!("{login} {}", source.address), FAILURES), (format!("{login} strangers"), FAILURES_OF_STRANGERS)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::UNIX_EPOCH;

    fn from<'a>(address: &'a str, mark: Option<&'a str>) -> Source<'a> {
        Source { login: "yb.van-thu", address, mark }
    }

    #[test]
    fn a_stranger_who_guesses_shuts_out_only_himself() {
        let throttle = Throttle::default();
        let mark = throttle.mark("yb.van-thu");
        for _ in 0..FAILURES {
            assert_eq!(throttle.waits(&from("10.0.0.9", None), NOON), None);
            throttle.failed(&from("10.0.0.9", None), NOON);
        }
        assert!(throttle.waits(&from("10.0.0.9", None), NOON).is_some());
        assert_eq!(throttle.waits(&from("10.0.0.2", None), NOON), None);
        assert_eq!(throttle.waits(&from("10.0.0.9", Some(&mark)), NOON), None);
        assert_eq!(throttle.waits(&from("10.0.0.9", None), NOON + WAIT), None);
    }

    #[test]
    fn guesses_from_many_addresses_do_not_stop_a_known_browser() {
        let throttle = Throttle::default();
        let mark = throttle.mark("yb.van-thu");
        for place in 0..FAILURES_OF_STRANGERS {
            throttle.failed(&from(&format!("10.0.0.{place}"), None), NOON);
        }
        assert!(throttle.waits(&from("10.1.1.1", None), NOON).is_some());
        assert_eq!(throttle.waits(&from("10.1.1.1", Some(&mark)), NOON), None);
    }
}
