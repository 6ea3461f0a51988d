//! One form in steps, by itself and beside the others of its place.

use super::{Kind, LEAST_ITEMS, STEPS};

/// In [`Form::answers`]: the item was not asked of this person.
pub const NOT_ASKED: u8 = 0;
/// In [`Form::answers`]: asked, and not rated: "don't know", or left out.
pub const UNRATED: u8 = u8::MAX;

/// What is known of a form. What came with it besides the answers is coarse, and may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The rated items in the order asked: a code from 1, [`NOT_ASKED`] or [`UNRATED`]. Equally long for all forms of a survey.
    pub answers: Vec<u8>,
    /// Where copies would be looked for: the commune.
    pub place: String,
    /// See [`pace_step`].
    pub pace: Option<u8>,
    pub odd_hour: Option<bool>,
    /// 0 for one code on the device, 1 for 2–4, 2 for 5 and more.
    pub codes: Option<u8>,
}

/// A form's step of each kind, in the order of [`Kind::ALL`]; `None` where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    pub of: [Option<u8>; 6],
    /// The twin's measure against as many forms of other places: the null.
    pub elsewhere: Option<u8>,
}

impl Steps {
    pub fn get(&self, kind: Kind) -> Option<u8> {
        self.of.get(kind as usize).copied().flatten()
    }
}

/// How much faster than expected, in half octaves: 0 for four times the expected time or more, 4 for the expected, 6 for half, 8 for a
/// quarter, 12 for a sixteenth or less. `None` without an expectation.
pub fn pace_step(seconds: u32, expected: u32) -> Option<u8> {
    if expected == 0 {
        return None;
    }
    let halvings = 2.0 * (4.0 * f64::from(expected) / f64::from(seconds.max(1))).log2();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 12")]
    Some(halvings.ceil().clamp(0.0, 12.0) as u8)
}

/// Steps of one form. `near` are the answers of the other forms of its place, `far` of as many forms of other places.
pub fn steps_of<'a>(form: &Form, near: impl Iterator<Item = &'a [u8]>, far: impl Iterator<Item = &'a [u8]>) -> Steps {
    let line = longest_run(&form.answers);
    // One long line is like every other one, copied or not.
    let varied = line.is_some_and(|step| step < Kind::StraightLine.floor());
    Steps {
        of: [
            form.pace,
            line,
            nearest(&form.answers, near).filter(|_| varied),
            form.odd_hour.map(u8::from),
            unrated(&form.answers),
            form.codes,
        ],
        elsewhere: nearest(&form.answers, far).filter(|_| varied),
    }
}

/// Steps of every form of a survey, in their order. About forms × forms per place comparisons.
pub fn measure(forms: &[Form]) -> Vec<Steps> {
    let mut by_place: Vec<usize> = (0..forms.len()).collect();
    by_place.sort_by_key(|form| forms.get(*form).map(|form| &form.place));
    let place = |position: &usize| forms.get(*position).map(|form| form.place.as_str());
    let half = forms.len() / 2;
    let answers = |position: &usize| forms.get(*position).map(|form| form.answers.as_slice());
    let mut steps = vec![Steps::default(); forms.len()];
    let mut start = 0;
    for block in by_place.chunk_by(|a, b| place(a) == place(b)) {
        // Half the list away, round its end: neighbours in the list may have the same interviewer.
        let elsewhere = |other: &&usize| place(other) != block.first().and_then(place);
        let from_half = by_place.iter().cycle().skip((start + half) % forms.len()).take(forms.len());
        let far: Vec<&[u8]> = from_half.filter(elsewhere).take(block.len() - 1).filter_map(answers).collect();
        for own in block {
            let near = block.iter().filter(|other| *other != own).filter_map(answers);
            if let (Some(form), Some(slot)) = (forms.get(*own), steps.get_mut(*own)) {
                *slot = steps_of(form, near, far.iter().copied());
            }
        }
        start += block.len();
    }
    steps
}

fn is_rated(answer: u8) -> bool {
    answer != NOT_ASKED && answer != UNRATED
}

fn longest_run(answers: &[u8]) -> Option<u8> {
    let rated: Vec<u8> = answers.iter().copied().filter(|answer| is_rated(*answer)).collect();
    let longest = rated.chunk_by(|a, b| a == b).map(<[u8]>::len).max()?;
    (rated.len() >= LEAST_ITEMS).then(|| twentieths(longest, rated.len()))
}

fn unrated(answers: &[u8]) -> Option<u8> {
    let asked = answers.iter().filter(|answer| **answer != NOT_ASKED).count();
    let rated = answers.iter().filter(|answer| is_rated(**answer)).count();
    let unrated = asked - rated;
    (asked >= LEAST_ITEMS).then(|| twentieths(unrated, asked))
}

fn nearest<'a>(form: &[u8], others: impl Iterator<Item = &'a [u8]>) -> Option<u8> {
    others.filter_map(|other| similarity_step(form, other)).max()
}

/// The share of equal answers among the items that both rated; `None` with fewer than ten.
pub fn similarity_step(one: &[u8], other: &[u8]) -> Option<u8> {
    let (mut both, mut equal) = (0_usize, 0_usize);
    for (a, b) in one.iter().zip(other) {
        let counted = usize::from(is_rated(*a) && is_rated(*b));
        both += counted;
        equal += counted * usize::from(a == b);
    }
    (both >= LEAST_ITEMS).then(|| twentieths(equal, both))
}

/// Rounded down, so that 20 means all.
fn twentieths(part: usize, whole: usize) -> u8 {
    let step = (part * (STEPS - 1)).checked_div(whole).unwrap_or_default();
    u8::try_from(step).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_counted_in_half_octaves() {
        for (seconds, step) in [(4_000, 0), (1_000, 4), (999, 5), (500, 6), (250, 8), (125, 10), (1, 12), (0, 12)] {
            assert_eq!(pace_step(seconds, 1_000), Some(step), "{seconds}");
        }
        assert_eq!(pace_step(10, 0), None);
        // 250 s of 1,000: at most a quarter of the time, which is what the step says.
        assert!((Kind::TooFast.value(9) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn runs_gaps_and_twins_are_shares_of_what_was_rated() {
        let varied = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5];
        let form = |answers: &[u8]| Form { answers: answers.to_vec(), ..Form::default() };
        let alone = steps_of(&form(&varied), std::iter::empty(), std::iter::empty());
        assert_eq!(alone.get(Kind::StraightLine), Some(2));
        assert_eq!((alone.get(Kind::Twin), alone.elsewhere, alone.get(Kind::TooFast)), (None, None, None));
        let half = [4, 4, UNRATED, 4, 4, 4, NOT_ASKED, 1, 2, 1, 2, 1];
        let steps = steps_of(&form(&half), [varied.as_slice()].into_iter(), std::iter::empty());
        assert_eq!(steps.get(Kind::StraightLine), Some(10));
        assert_eq!(steps.get(Kind::ManyDontKnow), Some(1));
        assert_eq!(steps.get(Kind::Twin), None, "nine items in common are too few");
        assert_eq!(similarity_step(&varied, &[1, 2, 3, 4, 5, 1, 2, 3, 4, 1]), Some(18));
        assert_eq!(longest_run(&[3; 9]), None);
        assert_eq!(longest_run(&[3; 10]), Some(20));
    }
}
