//! Outcome rates of a survey by the standard definitions of AAPOR (10th edition, 2023).
//!
//! A replacement is a further release of the sample, never a way to raise a rate: count the released persons, not only those who
//! were drawn first, or count the first draw alone.

/// How the persons of a sample ended, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dispositions {
    /// I: complete interviews.
    pub complete: u64,
    /// P: partial interviews.
    pub partial: u64,
    /// R: refusals and break-offs.
    pub refusal: u64,
    /// NC: known to be eligible, never reached.
    pub non_contact: u64,
    /// O: eligible, not interviewed for another reason: illness, language, death.
    pub other: u64,
    /// U: nobody knows whether they are eligible: address not found, not worked yet.
    pub unknown: u64,
    /// Known not to be eligible.
    pub ineligible: u64,
}

impl Dispositions {
    /// RR1, the least: I / (I + P + R + NC + O + U). `None` for an empty sample.
    pub fn response_rate_1(&self) -> Option<f64> {
        share(self.complete, self.eligible_or_unknown())
    }

    /// RR3: as RR1, but only the part `e` of the unknown is counted, see [`Self::eligible_share`].
    pub fn response_rate_3(&self) -> Option<f64> {
        let known = self.eligible();
        // Without a single known case there is nothing to estimate e from.
        let e = self.eligible_share()?;
        let counted = real(known) + e * real(self.unknown);
        (counted > 0.0).then(|| real(self.complete) / counted)
    }

    /// e: the part of those whose eligibility is known that is eligible.
    pub fn eligible_share(&self) -> Option<f64> {
        share(self.eligible(), self.eligible() + self.ineligible)
    }

    /// COOP1: I / (I + P + R + O): of those reached.
    pub fn cooperation_rate_1(&self) -> Option<f64> {
        share(self.complete, self.reached())
    }

    /// REF1: R / (I + P + R + NC + O + U).
    pub fn refusal_rate_1(&self) -> Option<f64> {
        share(self.refusal, self.eligible_or_unknown())
    }

    /// CON1: (I + P + R + O) / (I + P + R + NC + O + U).
    pub fn contact_rate_1(&self) -> Option<f64> {
        share(self.reached(), self.eligible_or_unknown())
    }

    /// Everybody counted.
    pub fn all(&self) -> u64 {
        self.eligible_or_unknown() + self.ineligible
    }

    pub fn add(&mut self, other: &Self) {
        self.complete += other.complete;
        self.partial += other.partial;
        self.refusal += other.refusal;
        self.non_contact += other.non_contact;
        self.other += other.other;
        self.unknown += other.unknown;
        self.ineligible += other.ineligible;
    }

    fn reached(&self) -> u64 {
        self.complete + self.partial + self.refusal + self.other
    }

    fn eligible(&self) -> u64 {
        self.reached() + self.non_contact
    }

    fn eligible_or_unknown(&self) -> u64 {
        self.eligible() + self.unknown
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| real(part) / real(whole))
}

#[expect(clippy::cast_precision_loss, reason = "samples are far below 2^53")]
fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out by hand from the definitions.
    #[test]
    fn rates_follow_their_definitions() {
        let outcome = Dispositions {
            complete: 600,
            partial: 20,
            refusal: 100,
            non_contact: 130,
            other: 50,
            unknown: 100,
            ineligible: 100,
        };
        let near = |rate: Option<f64>, expected: f64| {
            let rate = rate.expect("a rate");
            assert!((rate - expected).abs() < 1e-12, "{rate} is not {expected}");
        };
        near(outcome.response_rate_1(), 0.6);
        near(outcome.eligible_share(), 0.9);
        near(outcome.response_rate_3(), 600.0 / 990.0);
        near(outcome.cooperation_rate_1(), 600.0 / 770.0);
        near(outcome.refusal_rate_1(), 0.1);
        near(outcome.contact_rate_1(), 0.77);
        assert_eq!(outcome.all(), 1_100);
        let mut twice = outcome;
        twice.add(&outcome);
        near(twice.response_rate_3(), 600.0 / 990.0);
    }

    #[test]
    fn without_a_known_case_there_is_no_rate_that_needs_one() {
        assert_eq!(Dispositions::default().response_rate_1(), None);
        let unknown = Dispositions { unknown: 5, ..Dispositions::default() };
        assert_eq!(unknown.response_rate_1(), Some(0.0));
        assert_eq!((unknown.response_rate_3(), unknown.cooperation_rate_1()), (None, None));
    }
}
