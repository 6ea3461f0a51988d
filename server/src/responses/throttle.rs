//! Holds off guessing. A guess is a well-formed code that nobody has: a typing mistake fails the check digit and never counts.
//!
//! Counted per browser (a cookie; who drops it meets the next count), per address, per beginning of the code and in all. The
//! count per address is wide because carriers put thousands of phones behind one, and nothing is ever locked: the window passes.
//! With 5·10⁴ codes of 15 random digits and the overall limit, guessing for 60 days is expected to find 0.009 of a code.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::invitations::code::Code;

const WINDOW_SECONDS: i64 = 600;
const PER_BROWSER: u32 = 10;
const PER_ADDRESS: u32 = 300;
const PER_BEGINNING: u32 = 50;
const IN_ALL: u32 = 20_000;
const ALARM: u32 = 1_000;
const BEGINNING_DIGITS: usize = 6;
/// Counters kept at once; an attacker with more addresses than this still meets the overall limit.
const MOST_COUNTERS: usize = 20_000;

/// The wrong codes one browser has sent, as its cookie says: `window.count`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    window: i64,
    count: u32,
}

impl Tries {
    pub fn read(text: &str) -> Self {
        let pair = text
            .split_once('.')
            .and_then(|(window, count)| Some(Self { window: window.parse().ok()?, count: count.parse().ok()? }));
        pair.unwrap_or_default()
    }

    pub fn text(self) -> String {
        format!("{}.{}", self.window, self.count)
    }

    /// One more in the window of `now`.
    #[must_use]
    pub fn and_one(self, now: DateTime<Utc>) -> Self {
        let window = window_of(now);
        let before = if self.window == window { self.count } else { 0 };
        Self { window, count: before.saturating_add(1) }
    }
}

/// Where a code comes from. The address is hashed under a secret of this process and forgotten with the window.
#[derive(Clone, Copy)]
pub struct Source {
    pub tries: Tries,
    pub address: Option<IpAddr>,
}

#[derive(Default)]
struct Window {
    number: i64,
    all: u32,
    counts: HashMap<u64, u32>,
}

#[derive(Default)]
pub struct Throttle {
    secret: RandomState,
    window: Mutex<Window>,
}

impl Throttle {
    /// Counts a guess before it is judged, so that a hundred at once are counted too. `Err` is the minutes to wait.
    pub fn admit(&self, now: DateTime<Utc>, source: Source, code: &Code) -> Result<(), i64> {
        let minutes_left = (WINDOW_SECONDS - now.timestamp().rem_euclid(WINDOW_SECONDS) + 59) / 60;
        if source.tries.window == window_of(now) && source.tries.count >= PER_BROWSER {
            return Err(minutes_left);
        }
        let keys = self.keys(source, code);
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if window.number != window_of(now) {
            *window = Window { number: window_of(now), ..Window::default() };
        }
        window.all = window.all.saturating_add(1);
        if window.all == ALARM {
            tracing::warn!(guesses = ALARM, "many wrong codes within ten minutes");
        }
        let mut refused = window.all > IN_ALL;
        for (key, limit) in keys {
            if window.counts.len() < MOST_COUNTERS || window.counts.contains_key(&key) {
                let count = window.counts.entry(key).or_default();
                *count = count.saturating_add(1);
                refused |= *count > limit;
            }
        }
        if refused { Err(minutes_left) } else { Ok(()) }
    }

    /// The code was right: it was no guess.
    pub fn forgive(&self, source: Source, code: &Code) {
        let keys = self.keys(source, code);
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        window.all = window.all.saturating_sub(1);
        for (key, _) in keys {
            if let Some(count) = window.counts.get_mut(&key) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn keys(&self, source: Source, code: &Code) -> impl Iterator<Item = (u64, u32)> {
        let beginning: String = code.digits().chars().take(BEGINNING_DIGITS).collect();
        let address = source.address.map(|address| (self.secret.hash_one(block(address)), PER_ADDRESS));
        address.into_iter().chain([(self.secret.hash_one(beginning), PER_BEGINNING)])
    }
}

/// A household has a whole /64 of IPv6.
fn block(address: IpAddr) -> [u8; 8] {
    match address {
        IpAddr::V4(address) => u64::from(address.to_bits()).to_be_bytes(),
        IpAddr::V6(address) => ((address.to_bits() >> 64) as u64 | 1 << 63).to_be_bytes(),
    }
}

fn window_of(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(WINDOW_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn from(address: [u8; 4]) -> Source {
        Source { tries: Tries::default(), address: Some(address.into()) }
    }

    #[test]
    fn a_browser_may_be_wrong_ten_times_in_ten_minutes() {
        let throttle = Throttle::default();
        let mut source = from([10, 0, 0, 1]);
        for _ in 0..10 {
            throttle.admit(at(0), source, &Code::random().unwrap()).unwrap();
            source.tries = Tries::read(&source.tries.and_one(at(0)).text());
        }
        assert_eq!(throttle.admit(at(30), source, &Code::random().unwrap()), Err(10));
        assert_eq!(throttle.admit(at(541), source, &Code::random().unwrap()), Err(1));
        assert_eq!(throttle.admit(at(600), source, &Code::random().unwrap()), Ok(()));
    }

    #[test]
    fn dropping_the_cookie_leads_to_the_count_of_the_address() {
        let throttle = Throttle::default();
        let admitted =
            (0..1000).filter(|_| throttle.admit(at(0), from([10, 0, 0, 1]), &Code::random().unwrap()).is_ok()).count();
        assert_eq!(admitted, 300);
        assert_eq!(
            throttle.admit(at(0), from([10, 0, 0, 2]), &Code::random().unwrap()),
            Ok(()),
            "a neighbour is not held up"
        );
    }

    #[test]
    fn one_beginning_is_not_searched_from_many_addresses() {
        let throttle = Throttle::default();
        let code = Code::random().unwrap();
        let admitted = (0..200_u8).filter(|last| throttle.admit(at(0), from([10, 0, 0, *last]), &code).is_ok()).count();
        assert_eq!(admitted, 50);
    }

    #[test]
    fn right_codes_never_count() {
        let throttle = Throttle::default();
        for _ in 0..5_000 {
            let code = Code::random().unwrap();
            throttle.admit(at(0), from([10, 0, 0, 1]), &code).unwrap();
            throttle.forgive(from([10, 0, 0, 1]), &code);
        }
    }

    #[test]
    fn memory_stays_bounded() {
        let throttle = Throttle::default();
        for number in 0..30_000_u32 {
            let _ = throttle.admit(
                at(0),
                Source { tries: Tries::default(), address: Some(number.to_be_bytes().into()) },
                &Code::random().unwrap(),
            );
        }
        assert!(throttle.window.lock().unwrap().counts.len() <= MOST_COUNTERS);
    }
}
