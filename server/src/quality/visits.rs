//! Signs from the fieldwork alone: interviews that were reported and never came, days with far more visits than anybody's.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use uuid::Uuid;

use super::store::visits::{self as store, Day};
use crate::app::App;
use crate::campaigns::Campaign;
use crate::error::Result;

/// So many flushes an answer may take.
const PATIENCE: Duration = Duration::days(2);
/// A day is full when it has this many times the visits of the middle one of all days, and no fewer than ten.
const MANY_TIMES: i64 = 3;
const MANY: i64 = 10;

/// What stands out of one interviewer's visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Visits {
    /// Reported as interviewed at least two days ago, and no form came.
    pub claimed: i64,
    /// The fullest of the days with far more visits than usual.
    pub fullest: Option<(NaiveDate, i64)>,
}

/// By interviewer; nobody of whom there is nothing to say.
pub(super) async fn of(app: &App, campaign: &Campaign) -> Result<BTreeMap<Uuid, Visits>> {
    let mut connection = app.database.contact.read().await?;
    let until = app.clock.today() - PATIENCE;
    let claimed = store::claimed(&mut connection, campaign.id, until, campaign.flush_at_least).await?;
    let days = store::days(&mut connection, campaign.id).await?;
    let mut visits: BTreeMap<Uuid, Visits> = BTreeMap::new();
    for row in claimed {
        visits.entry(row.interviewer_id).or_default().claimed = row.cases;
    }
    for day in full(&days) {
        let fullest = &mut visits.entry(day.interviewer_id).or_default().fullest;
        if fullest.is_none_or(|(_, most)| day.visits > most) {
            *fullest = Some((day.visited_on, day.visits));
        }
    }
    Ok(visits)
}

fn full(days: &[Day]) -> Vec<&Day> {
    let mut counts: Vec<i64> = days.iter().map(|day| day.visits).collect();
    counts.sort_unstable();
    let middle = counts.get(counts.len() / 2).copied().unwrap_or_default();
    days.iter().filter(|day| day.visits >= MANY && day.visits > MANY_TIMES * middle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_day_has_far_more_visits_than_the_middle_one() {
        let day = |visits| Day { interviewer_id: Uuid::nil(), visited_on: NaiveDate::default(), visits };
        let days = [4, 5, 6, 5, 5, 16].map(day);
        assert_eq!(full(&days).iter().map(|day| day.visits).collect::<Vec<_>>(), [16]);
        assert!(full(&[1, 1, 1, 9].map(day)).is_empty(), "nine a day are possible");
        assert!(full(&[]).is_empty());
    }
}
