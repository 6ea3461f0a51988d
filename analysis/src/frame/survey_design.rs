//! How the responses came from the population, as far as their variance depends on it.

use std::collections::BTreeSet;

/// Declared beside the responses with [`super::Responses::drawn_by`]; checked when something is estimated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SurveyDesign {
    pub selection: Selection,
    /// Strata of one PSU that was not certain to be drawn.
    pub lonely: Lonely,
    /// Parents of one unit at the later stages.
    pub lonely_below: Lonely,
    /// Every stratum of the population, where they are known: one that was never drawn is refused by name. Empty: not known.
    pub strata: BTreeSet<String>,
}

/// What the variance may assume about the draw. Columns are names of [`super::Columns::numbers`].
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Selection {
    /// PSUs as if drawn with replacement: needs nothing but strata and PSUs, and errs a little on the safe side.
    #[default]
    WithReplacement,
    /// Equal chances without replacement. One column per stage: how many units the parent has (the stratum: PSUs; the PSU:
    /// second-stage units; …). One column alone is the first stage's correction, which leaves out what the later stages add.
    Finite { sizes: Vec<String> },
    /// Unequal chances without replacement at the first stage, by Brewer's approximation. The column holds the PSU's
    /// inclusion probability.
    Brewer { probability: String },
    /// The same, exactly, by Sen, Yates & Grundy, from the probability of each pair of PSUs of a stratum; the pair of a
    /// PSU with itself is its own.
    SenYatesGrundy { joint: Vec<JointProbability> },
}

/// Order does not matter: each pair stands once.
#[derive(Clone, Debug, PartialEq)]
pub struct JointProbability {
    pub psus: [String; 2],
    pub probability: f64,
}

/// A variance cannot be had from one unit. What is put in its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lonely {
    /// An error that names them. (Joining strata beforehand, see [`super::Responses::collapse_lonely_strata`], is the
    /// remedy of this house.)
    #[default]
    Fail,
    /// Nothing: only right for units that were certain to be drawn.
    Certainty,
    /// The square of its total, uncentred: for means and ratios, whose influences add up to 0; far too large for totals.
    Adjust,
    /// The mean of the other strata. At the first stage only.
    Average,
}
