//! Holds off guessing. A guess is a well-formed code that nobody has: a typing mistake fails the check digit and never counts.
//!
//! Counted per browser (a cookie; who drops it meets the next count), per address, per beginning of the code and in all. The
//! count per address is wide because carriers put thousands of phones behind one, and nothing is ever locked: the window passes.
//! With 5·10⁴ codes of 15 random digits and the overall limit, guessing for 60 days is expected to find 0.009 of a code.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    /// Whether a guess is let through now. `Err` is the minutes to wait.
    pub fn admit(&self, now: DateTime<Utc>, source: Source, code: &Code) -> Result<(), i64> {
        let minutes_left = (WINDOW_SECONDS - now.timestamp().rem_euclid(WINDOW_SECONDS) + 59) / 60;
        let window = self.window(now);
        let by_browser = source.tries.window == window.number && source.tries.count >= PER_BROWSER;
        let counted = |(key, limit)| window.counts.get(&key).is_some_and(|count| *count >= limit);
        if by_browser || window.all >= IN_ALL || self.keys(source, code).any(counted) {
            Err(minutes_left)
        } else {
            Ok(())
        }
    }

    /// The guess was wrong.
    pub fn count(&self, now: DateTime<Utc>, source: Source, code: &Code) {
        let mut window = self.window(now);
        window.all = window.all.saturating_add(1);
        if window.all == ALARM {
            tracing::warn!(guesses = ALARM, "many wrong codes within ten minutes");
        }
        for (key, _) in self.keys(source, code) {
            if window.counts.len() < MOST_COUNTERS || window.counts.contains_key(&key) {
                let count = window.counts.entry(key).or_default();
                *count = count.saturating_add(1);
            }
        }
    }

    fn window(&self, now: DateTime<Utc>) -> MutexGuard<'_, Window> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if window.number != window_of(now) {
            *window = Window { number: window_of(now), ..Window::default() };
        }
        window
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

    /// Whether a wrong code was let through; counted as the door does.
    fn guess(throttle: &Throttle, source: Source, code: &Code) -> bool {
        let admitted = throttle.admit(at(0), source, code).is_ok();
        if admitted {
            throttle.count(at(0), source, code);
        }
        admitted
    }

    #[test]
    fn a_browser_may_be_wrong_ten_times_in_ten_minutes() {
        let throttle = Throttle::default();
        let mut source = from([10, 0, 0, 1]);
        for _ in 0..10 {
            assert!(guess(&throttle, source, &Code::random().unwrap()));
            source.tries = Tries::read(&source.tries.and_one(at(0)).text());
        }
        assert_eq!(throttle.admit(at(30), source, &Code::random().unwrap()), Err(10));
        assert_eq!(throttle.admit(at(541), source, &Code::random().unwrap()), Err(1));
        assert_eq!(throttle.admit(at(600), source, &Code::random().unwrap()), Ok(()));
    }

    #[test]
    fn dropping_the_cookie_leads_to_the_count_of_the_address() {
        let throttle = Throttle::default();
        let tries = (0..1000).filter(|_| guess(&throttle, from([10, 0, 0, 1]), &Code::random().unwrap()));
        assert_eq!(tries.count(), 300);
        assert!(guess(&throttle, from([10, 0, 0, 2]), &Code::random().unwrap()), "a neighbour is not held up");
    }

    #[test]
    fn one_beginning_is_not_searched_from_many_addresses() {
        let throttle = Throttle::default();
        let code = Code::random().unwrap();
        assert_eq!((0..200_u8).filter(|last| guess(&throttle, from([10, 0, 0, *last]), &code)).count(), 50);
    }

    #[test]
    fn memory_stays_bounded_and_the_overall_limit_holds() {
        let throttle = Throttle::default();
        let source = |number: u32| Source { tries: Tries::default(), address: Some(number.to_be_bytes().into()) };
        let tries = (0..30_000).filter(|number| guess(&throttle, source(*number), &Code::random().unwrap()));
        assert_eq!(tries.count(), 20_000);
        assert!(throttle.window.lock().unwrap().counts.len() <= MOST_COUNTERS);
    }
}
