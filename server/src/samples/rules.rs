//! States of a draw, and why a design cannot be drawn, in words.

use analysis::draw::DrawError;

use crate::error::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Frame, design and the name of the seed are fixed.
    Committed,
    Seeded,
    /// Two people agree; the job draws.
    Confirmed,
    Drawn,
    Withdrawn,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Seeded => "seeded",
            Self::Confirmed => "confirmed",
            Self::Drawn => "drawn",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The database knows these names only.
    pub(super) fn from_name(name: &str) -> Self {
        [Self::Committed, Self::Seeded, Self::Confirmed, Self::Drawn]
            .into_iter()
            .find(|state| state.name() == name)
            .unwrap_or(Self::Withdrawn)
    }

    pub(super) fn colour(self) -> &'static str {
        match self {
            Self::Committed | Self::Seeded => "yellow",
            Self::Confirmed => "blue",
            Self::Drawn => "green",
            Self::Withdrawn => "grey",
        }
    }
}

/// What stands in the way, and with that what to change.
pub(super) fn impossible(cause: &DrawError) -> Error {
    let error = match cause {
        DrawError::EmptySeed => Error::invalid("seed"),
        DrawError::Nothing { part } => Error::invalid("design-nothing").with("part", part),
        DrawError::UnknownProvince { province } => Error::invalid("design-province").with("province", province),
        DrawError::UnknownUnit { unit } => Error::invalid("design-unit").with("unit", unit),
        DrawError::UnknownStratum { stratum } => Error::invalid("design-stratum").with("stratum", stratum),
        DrawError::TooFewCommunes { province, communes, strata, needed } => Error::invalid("design-few")
            .with("province", crate::places::province_name(province).unwrap_or(province))
            .with("communes", communes)
            .with("strata", strata)
            .with("needed", needed),
        DrawError::Fixed { stratum, wanted, there } => {
            Error::invalid("design-fixed").with("stratum", stratum).with("wanted", wanted).with("there", there)
        }
        DrawError::Stages => Error::invalid("design-stages"),
        DrawError::Group => Error::invalid("design-group"),
        DrawError::NoHouseholds => Error::invalid("design-households"),
        DrawError::Level { .. } => Error::invalid("design-level"),
        DrawError::Whole => Error::invalid("draw-whole"),
        DrawError::NotListed { unit } => Error::invalid("draw-place-not-listed").with("unit", unit),
        DrawError::NotDrawn { unit } => Error::invalid("draw-place-not-drawn").with("unit", unit),
        DrawError::Rejected { path, .. } => Error::invalid("design-rejected").with("stratum", path),
        DrawError::TooLarge => Error::invalid("design-large"),
    };
    error.caused_by(cause.clone())
}
