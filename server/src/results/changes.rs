//! From one survey to another, and from one province to another: how far two published figures lie apart, and whether that is more than chance.

use analysis::estimate::{Apart, Distance};

use super::compare;
use super::store::{self, Figure, Run};
use crate::app::App;
use crate::campaigns::{self, Campaign};
use crate::error::Result;

/// Whether the figures of two surveys can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Alike,
    /// Questionnaire or weights differ: a change is not only one of opinion.
    Break,
    /// The figures mean something else.
    OtherMethod,
}

pub(super) fn comparison(before: &Run, after: &Run) -> Comparison {
    if before.method != after.method {
        Comparison::OtherMethod
    } else if compare::is_break(before, after) {
        Comparison::Break
    } else {
        Comparison::Alike
    }
}

/// The surveys before this one whose figures are final, the newest first.
pub(super) async fn earlier(app: &App, campaign: &Campaign) -> Result<Vec<(Campaign, Run)>> {
    let runs = store::shown(&mut app.database.contact.read().await?).await?;
    let mut found = Vec::new();
    for other in campaigns::list(app).await? {
        let before = (other.year, other.opens_on) < (campaign.year, campaign.opens_on) && other.id != campaign.id;
        let run = runs.iter().find(|run| run.campaign_id == other.id && !run.provisional && run.responses > 0);
        if let Some(run) = run.filter(|_| before) {
            found.push((other, run.clone()));
        }
    }
    found.sort_by_key(|(other, _)| std::cmp::Reverse((other.year, other.opens_on)));
    Ok(found)
}

/// From the one to the other; none where either has no value or no error.
pub(super) fn distance(one: &Figure, other: &Figure) -> Option<Distance> {
    let apart = |figure: &Figure| Some(Apart { value: figure.estimate?, se: figure.se?, df: figure.df? });
    apart(one)?.to(apart(other)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::views::tests::row;

    #[test]
    fn two_figures_are_apart_where_the_interval_of_their_distance_has_no_zero() {
        let of =
            |estimate: f64, se: f64| Figure { se: Some(se), df: Some(20.0), ..row("01", estimate, 0.0, 1.0).figure };
        let found = distance(&of(0.80, 0.01), &of(0.86, 0.01)).unwrap();
        assert!((found.value - 0.06).abs() < 1e-12 && found.is_beyond_chance());
        assert!(!distance(&of(0.80, 0.02), &of(0.82, 0.02)).unwrap().is_beyond_chance());
        assert_eq!(distance(&Figure { se: None, ..of(0.8, 0.0) }, &of(0.8, 0.1)), None);
    }
}
