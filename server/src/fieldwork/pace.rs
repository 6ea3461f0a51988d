//! Plan and pace: where a survey should be, and when it will be done if it goes on as in the last seven days.

use chrono::{Duration, NaiveDate};

use super::store;
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::campaigns::{self, Campaign, State};
use crate::error::Result;

/// The pace is that of so many days.
const DAYS: i64 = 7;

/// Where a place stands against its plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Answers that a straight line from the first to the last day asks for by today.
    pub planned: f64,
    /// Answers a day, over the last seven days or as many as there are; `None` on the first day.
    pub per_day: Option<f64>,
    /// The day the target is reached at that pace; `None` when it never is.
    pub done_on: Option<NaiveDate>,
}

/// `counts` are days with how many had answered at their end, the oldest first; today's count is `responded`.
pub fn pace(
    target: u64,
    responded: u64,
    counts: &[(NaiveDate, i64)],
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    today: NaiveDate,
) -> Pace {
    let days = |from: NaiveDate, until: NaiveDate| real((until - from).num_days().max(0).unsigned_abs());
    let all = days(opens_on, closes_on) + 1.0;
    let gone = (days(opens_on, today) + 1.0).min(all);
    let planned = if today < opens_on { 0.0 } else { real(target) * gone / all };
    // The last count at least a week old; younger ones only while there is none.
    let week_ago = today - Duration::days(DAYS);
    let old = counts.iter().rev().find(|(day, _)| *day <= week_ago);
    let since = old.or_else(|| counts.iter().find(|(day, _)| *day < today));
    let per_day = since.map(|(day, then)| real(responded.saturating_sub(then.unsigned_abs())) / days(*day, today));
    let left = real(target.saturating_sub(responded));
    let done_on = match per_day {
        _ if left == 0.0 => Some(today),
        #[expect(clippy::cast_possible_truncation, reason = "a forecast beyond the year 9999 is none")]
        Some(per_day) if per_day > 0.0 => today.checked_add_signed(Duration::days((left / per_day).ceil() as i64)),
        _ => None,
    };
    Pace { planned, per_day, done_on }
}

#[expect(clippy::cast_precision_loss, reason = "samples are far below 2^53")]
fn real(count: u64) -> f64 {
    count as f64
}

/// Notes, once a day, how many had answered by the end of yesterday. The worker asks whenever it has nothing to do.
pub async fn note_yesterday(app: &App) -> Result<()> {
    let yesterday = app.clock.today() - Duration::days(1);
    for campaign in campaigns::list(app).await?.iter().filter(|campaign| campaign.state() == State::Open) {
        if yesterday >= campaign.opens_on
            && !store::board::is_noted(&mut app.database.contact.read().await?, campaign.id, yesterday).await?
        {
            note(app, campaign, yesterday).await?;
        }
    }
    Ok(())
}

async fn note(app: &App, campaign: &Campaign, day: NaiveDate) -> Result<()> {
    let actor = Actor::System("schedule");
    let details = serde_json::json!({ "day": day });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "fieldwork.note_day", subject: campaign.slug.clone(), details },
        async |transaction| store::board::note_day(transaction, campaign.id, day).await,
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, number).unwrap()
    }

    #[test]
    fn the_pace_of_the_last_week_tells_the_day_of_the_end() {
        let counts = [(day(1), 10), (day(5), 40), (day(9), 100)];
        let told = pace(300, 145, &counts, day(1), day(30), day(12));
        assert!((told.planned - 120.0).abs() < 1e-9);
        // Since the 5th: 105 in seven days; 155 are left.
        assert_eq!((told.per_day, told.done_on), (Some(15.0), Some(day(23))));
    }

    #[test]
    fn the_first_day_a_still_survey_and_a_full_one_are_told_as_they_are() {
        assert_eq!(pace(300, 0, &[], day(1), day(30), day(1)), Pace { planned: 10.0, per_day: None, done_on: None });
        assert_eq!(pace(300, 10, &[(day(1), 10)], day(1), day(30), day(20)).done_on, None);
        assert_eq!(pace(300, 310, &[(day(1), 10)], day(1), day(30), day(20)).done_on, Some(day(20)));
        assert!((pace(300, 0, &[], day(10), day(30), day(9)).planned).abs() < 1e-9);
        assert!((pace(300, 0, &[], day(1), day(10), day(30)).planned - 300.0).abs() < 1e-9);
    }
}
