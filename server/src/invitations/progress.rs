//! How far the fieldwork is, province by province: counts, never an answer.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Status, store};
use crate::app::App;
use crate::error::Result;
use crate::places;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProvinceProgress {
    pub province_code: String,
    pub name: String,
    pub invited: u64,
    pub responded: u64,
    pub refused: u64,
    pub cancelled: u64,
    pub open: u64,
}

impl ProvinceProgress {
    /// Answers per hundred invitations that still count; 0 without any.
    #[expect(clippy::cast_precision_loss, reason = "invitations are far below 2^53")]
    pub fn percent(&self) -> f64 {
        let counting = self.invited - self.cancelled;
        if counting == 0 { 0.0 } else { 100.0 * self.responded as f64 / counting as f64 }
    }

    /// The sum over provinces.
    pub fn total(rows: &[Self]) -> Self {
        rows.iter().fold(Self::default(), |mut total, row| {
            total.invited += row.invited;
            total.responded += row.responded;
            total.refused += row.refused;
            total.cancelled += row.cancelled;
            total.open += row.open;
            total
        })
    }

    fn add(&mut self, status: &str, count: u64) {
        self.invited += count;
        if let Some((_, slot)) = [
            (Status::Open, &mut self.open),
            (Status::Responded, &mut self.responded),
            (Status::Refused, &mut self.refused),
            (Status::Cancelled, &mut self.cancelled),
        ]
        .into_iter()
        .find(|(known, _)| known.name() == status)
        {
            *slot += count;
        }
    }
}

/// The provinces within a place (`VN`: all) in the order of the Vietnamese alphabet; those without invitations are left out.
pub async fn progress(app: &App, campaign: Uuid, within: &str) -> Result<Vec<ProvinceProgress>> {
    let mut by_code: BTreeMap<String, ProvinceProgress> = BTreeMap::new();
    for (province, status, count) in store::counts(&mut app.database.contact.read().await?, campaign).await? {
        if within == places::COUNTRY || within == province {
            by_code.entry(province).or_default().add(&status, count.unsigned_abs());
        }
    }
    let named = |place: places::Place| {
        by_code.remove(&place.code).map(|counts| ProvinceProgress {
            province_code: place.code,
            name: place.name,
            ..counts
        })
    };
    Ok(places::list(app).await?.into_iter().filter_map(named).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cancelled_letters_do_not_lower_the_rate() {
        let mut row = ProvinceProgress::default();
        for (status, count) in [("open", 30), ("responded", 60), ("refused", 10), ("cancelled", 20)] {
            row.add(status, count);
        }
        assert_eq!((row.invited, row.cancelled), (120, 20));
        assert!((row.percent() - 60.0).abs() < 1e-12);
        assert!(ProvinceProgress::default().percent().abs() < 1e-12);
        assert_eq!(ProvinceProgress::total(&[row.clone(), row]).responded, 120);
    }
}
