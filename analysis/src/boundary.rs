//! Figures of new places from answers given in old ones.
//!
//! Where old places went over whole, the new one is a group over the old strata: [`Crosswalk::recode`] the answers' column and
//! estimate as ever, value and variance are exact. Where one was divided, [`Crosswalk::carry`] shares its figure out by population:
//! right only as far as opinion is alike inside it, so every such figure says how much of it rests on that.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

/// The part of an old place's population that went to a new one, above 0 and at most 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    pub old: String,
    pub new: String,
    pub share: f64,
}

/// Who went where: the shares of every old place add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Crosswalk {
    shares: Vec<Share>,
}

/// A figure of an old place, independent of the others' (old places are strata).
#[derive(Clone, Debug, PartialEq)]
pub struct OldFigure {
    pub place: String,
    pub population: f64,
    pub value: f64,
    pub variance: f64,
}

/// `p_g = Σ a·N·p / Σ a·N`, `V = Σ (a·N)²·V / (Σ a·N)²` over the parts a of old places in the new one.
#[derive(Clone, Debug, PartialEq)]
pub struct CarriedFigure {
    pub place: String,
    pub population: f64,
    pub value: f64,
    pub variance: f64,
    /// The part of the population that came with whole places. Below 1 the figure takes opinion to be alike inside the divided.
    pub homogeneous: f64,
}

impl CarriedFigure {
    pub fn rests_on_likeness(&self) -> bool {
        self.homogeneous < 1.0 - SAME
    }
}

/// What makes figures of two rounds comparable: the same items, scale and population. No crosswalk bridges a change of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    pub items: String,
    pub scale: String,
    pub population: String,
}

impl Generation {
    pub fn check_comparable(&self, other: &Self) -> Result<(), BoundaryError> {
        let parts = [
            ("items", &self.items, &other.items),
            ("scale", &self.scale, &other.scale),
            ("population", &self.population, &other.population),
        ];
        match parts.into_iter().find(|(_, ours, theirs)| ours != theirs) {
            Some((what, ours, theirs)) => {
                Err(BoundaryError::OtherGeneration { what, ours: ours.clone(), theirs: theirs.clone() })
            }
            None => Ok(()),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Error)]
pub enum BoundaryError {
    #[error("the share {share} of {old} in {new} is not above 0 and at most 1")]
    Share { old: String, new: String, share: f64 },
    #[error("the share of {old} in {new} stands twice")]
    ShareTwice { old: String, new: String },
    #[error("the shares of {old} add up to {sum}")]
    Sum { old: String, sum: f64 },
    #[error("{old} was divided: its answers belong to no new place as a whole")]
    Divided { old: String },
    #[error("{old} is not in the crosswalk")]
    Unknown { old: String },
    #[error("{old} has no figure")]
    Missing { old: String },
    #[error("{old} has two figures")]
    FigureTwice { old: String },
    #[error("the figure of {old} is not a number with a population and a variance from 0 up")]
    Figure { old: String },
    #[error("not comparable: {what} were {theirs}, now {ours}")]
    OtherGeneration { what: &'static str, ours: String, theirs: String },
}

const SAME: f64 = 1e-9;

impl Crosswalk {
    pub fn new(shares: Vec<Share>) -> Result<Self, BoundaryError> {
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for Share { old, new, share } in &shares {
            let (of, to) = (old.clone(), new.clone());
            if !(*share > 0.0 && *share <= 1.0) {
                return Err(BoundaryError::Share { old: of, new: to, share: *share });
            }
            if !seen.insert((old, new)) {
                return Err(BoundaryError::ShareTwice { old: of, new: to });
            }
            *sums.entry(old).or_default() += share;
        }
        if let Some((old, sum)) = sums.iter().find(|(_, sum)| (**sum - 1.0).abs() > SAME) {
            return Err(BoundaryError::Sum { old: (*old).to_owned(), sum: *sum });
        }
        Ok(Self { shares })
    }

    /// The new place of every row by its old one; "" stays "".
    pub fn recode(&self, old: &[String]) -> Result<Vec<String>, BoundaryError> {
        let new_of: BTreeMap<&str, &Share> = self.shares.iter().map(|share| (share.old.as_str(), share)).collect();
        let recode = |old: &String| match new_of.get(old.as_str()) {
            _ if old.is_empty() => Ok(String::new()),
            None => Err(BoundaryError::Unknown { old: old.clone() }),
            Some(share) if share.share < 1.0 - SAME => Err(BoundaryError::Divided { old: old.clone() }),
            Some(share) => Ok(share.new.clone()),
        };
        old.iter().map(recode).collect()
    }

    /// Figures of the new places, by their codes.
    pub fn carry(&self, figures: &[OldFigure]) -> Result<Vec<CarriedFigure>, BoundaryError> {
        let known: BTreeSet<&str> = self.shares.iter().map(|share| share.old.as_str()).collect();
        let mut figure_of: BTreeMap<&str, &OldFigure> = BTreeMap::new();
        for figure in figures {
            let old = figure.place.clone();
            let numbers = [figure.population, figure.variance];
            if !(figure.value.is_finite()
                && figure.population > 0.0
                && numbers.iter().all(|x| x.is_finite() && *x >= 0.0))
            {
                return Err(BoundaryError::Figure { old });
            }
            if !known.contains(figure.place.as_str()) {
                return Err(BoundaryError::Unknown { old });
            }
            if figure_of.insert(&figure.place, figure).is_some() {
                return Err(BoundaryError::FigureTwice { old });
            }
        }
        let mut carried: BTreeMap<&str, CarriedFigure> = BTreeMap::new();
        for Share { old, new, share } in &self.shares {
            let figure = figure_of.get(old.as_str()).ok_or_else(|| BoundaryError::Missing { old: old.clone() })?;
            let people = share * figure.population;
            let sums = carried.entry(new).or_insert_with(|| CarriedFigure {
                place: new.clone(),
                population: 0.0,
                value: 0.0,
                variance: 0.0,
                homogeneous: 0.0,
            });
            sums.population += people;
            sums.value += people * figure.value;
            sums.variance += people * people * figure.variance;
            sums.homogeneous += if *share >= 1.0 - SAME { people } else { 0.0 };
        }
        let divide = |mut sums: CarriedFigure| {
            sums.value /= sums.population;
            sums.variance /= sums.population * sums.population;
            sums.homogeneous /= sums.population;
            sums
        };
        Ok(carried.into_values().map(divide).collect())
    }
}
