//! The time, as an argument. Tests hold a clock that stands still until they move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    /// Milliseconds since 1970, moved by whoever holds the other end.
    Held(Arc<AtomicI64>),
}

impl Clock {
    pub fn held_at(time: DateTime<Utc>) -> Self {
        Self::Held(Arc::new(AtomicI64::new(time.timestamp_millis())))
    }

    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Held(millis) => DateTime::from_timestamp_millis(millis.load(Ordering::SeqCst)).unwrap_or_default(),
        }
    }

    /// Today in Viet Nam: deadlines mean the end of the day there.
    pub fn today(&self) -> NaiveDate {
        in_viet_nam(self.now()).date_naive()
    }

    /// Moves a held clock; the system's clock moves by itself.
    pub fn advance(&self, by: chrono::Duration) {
        if let Self::Held(millis) = self {
            millis.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }
}

const SEVEN_HOURS: i32 = 7 * 3600;

pub fn in_viet_nam(time: DateTime<Utc>) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(SEVEN_HOURS) {
        Some(offset) => time.with_timezone(&offset),
        None => time.fixed_offset(),
    }
}
