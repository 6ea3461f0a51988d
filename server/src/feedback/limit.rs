//! How much may come from one address, and in all, within an hour. Kept in memory, forgotten with the hour.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

const WINDOW_SECONDS: i64 = 3_600;
/// Carriers put many phones behind one address.
const PER_ADDRESS: u32 = 30;
const IN_ALL: u32 = 1_000;

#[derive(Default)]
pub struct Limit {
    secret: RandomState,
    window: Mutex<(i64, u32, HashMap<u64, u32>)>,
}

impl Limit {
    /// Counts one message, and says whether it may come in.
    pub(super) fn admit(&self, now: DateTime<Utc>, address: Option<IpAddr>) -> bool {
        let number = now.timestamp().div_euclid(WINDOW_SECONDS);
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if window.0 != number {
            *window = (number, 0, HashMap::new());
        }
        let (_, all, of_address) = &mut *window;
        *all = all.saturating_add(1);
        // At most as many addresses as messages are let in.
        if *all > IN_ALL {
            return false;
        }
        let count = of_address.entry(self.secret.hash_one(address)).or_default();
        *count += 1;
        *count <= PER_ADDRESS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_held_off_and_others_are_not_until_the_next_hour() {
        let limit = Limit::default();
        let now = DateTime::from_timestamp(7_200, 0).unwrap();
        let address = |last| Some(IpAddr::from([10, 0, 0, last]));
        let admitted = (0..40).filter(|_| limit.admit(now, address(1))).count();
        assert_eq!(admitted, 30);
        assert!(limit.admit(now, address(2)));
        assert!(limit.admit(now + chrono::Duration::hours(1), address(1)));
        let many = (0..2_000).filter(|_| limit.admit(now, address(3)) | limit.admit(now, None)).count();
        assert!(many <= 60);
    }
}
