//! Which changes end a time series.

use super::Difference;
use crate::form::Kind;

impl Difference {
    /// Whether figures from before and after no longer speak of the same thing, as far as a program can tell.
    ///
    /// A question that was reworded under its own code does not count, since a year or a comma may be all that
    /// changed: a person must judge. A choice counts as soon as more than case and punctuation changed.
    pub fn breaks_comparison(&self) -> bool {
        match self {
            Self::MethodChanged { .. }
            | Self::PageConditionChanged { .. }
            | Self::Removed { .. }
            | Self::WayOutChanged { .. }
            | Self::ConditionChanged { .. }
            | Self::AskedByChanged { .. }
            | Self::ScaleChanged { .. }
            | Self::ChoiceRemoved { .. } => true,
            Self::IndicatorChanged { old, new, .. } => {
                let lost = old.iter().any(|part| !new.contains(part));
                lost || (!old.is_empty() && new.iter().any(|part| !old.contains(part)))
            }
            Self::Reworded { formerly, .. } => formerly.is_some(),
            // An item of a grid and a single question both hold one choice.
            Self::KindChanged { old, new, .. } => {
                [old, new].iter().any(|kind| !matches!(kind, Kind::Single | Kind::Grid))
            }
            Self::TopicChanged { old, new, .. } => old.is_some() && new.is_some(),
            // One more point stretches a scale; one more entry leaves a list what it was.
            Self::ChoiceAdded { scale, .. } => scale.is_some(),
            Self::ChoiceReworded { old, new, .. } => !same_words(old, new),
            Self::LanguageAdded { .. }
            | Self::LanguageRemoved { .. }
            | Self::WordsChanged { .. }
            | Self::PageAdded { .. }
            | Self::PageRemoved { .. }
            | Self::PageRenamed { .. }
            | Self::PageMoved { .. }
            | Self::PageSensitivityChanged { .. }
            | Self::Added { .. }
            | Self::Moved { .. }
            | Self::LengthChanged { .. }
            | Self::BoundsChanged { .. }
            | Self::ChoicesReordered { .. } => false,
        }
    }
}

/// Whether two texts differ by no more than case, spaces and the punctuation around words.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let bare = |word: &str| word.trim_matches(|c: char| ".,;:!?…()\"'“”‘’".contains(c)).to_lowercase();
        text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
    };
    words(one) == words(other)
}
