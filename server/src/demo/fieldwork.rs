//! The crowd: many simulated citizens at once, each with a browser of their own.

use std::sync::Arc;

use survey_forms::Form;
use tokio::task::JoinSet;

use super::citizen::{Outcome, Visit};
use super::console::{Console, thousands};
use super::person::Person;
use super::truth::Satisfaction;
use crate::error::{Error, Result};

/// Enough to keep two cores busy without a queue that makes anybody wait for seconds.
const AT_ONCE: usize = 24;

/// What a letter tells the one who holds it, and where they live.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) code: String,
    pub(super) person: String,
    pub(super) province: String,
    pub(super) commune: String,
}

#[derive(Clone)]
pub(super) struct Crowd {
    pub(super) home: String,
    pub(super) form: Arc<Form>,
    pub(super) satisfaction: Arc<Satisfaction>,
    pub(super) seed: u64,
}

#[derive(Default)]
pub(super) struct Tally {
    answered: usize,
    refused: usize,
    gave_up: usize,
    never_came: usize,
}

impl Tally {
    pub(super) fn sentence(&self) -> String {
        format!(
            "{} answered, {} refused, {} stopped halfway, {} never came",
            thousands(self.answered),
            thousands(self.refused),
            thousands(self.gave_up),
            thousands(self.never_came)
        )
    }

    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Answered => self.answered += 1,
            Outcome::Refused => self.refused += 1,
            Outcome::GaveUp => self.gave_up += 1,
            Outcome::NeverCame => self.never_came += 1,
        }
    }
}

impl Crowd {
    /// Everybody does what they do with their letter. The first citizen who is led astray ends the demo: it is a defect.
    pub(super) async fn answer(&self, letters: &[Letter], console: &Console) -> Result<Tally> {
        let mut bar = console.bar(letters.len());
        let mut tally = Tally::default();
        let mut visits = JoinSet::new();
        let mut waiting = letters.iter().cloned();
        for letter in waiting.by_ref().take(AT_ONCE) {
            visits.spawn(self.clone().visit(letter));
        }
        let mut done = 0;
        while let Some(outcome) = visits.join_next().await {
            tally.count(outcome.map_err(|cause| Error::internal("demo-citizen").caused_by(cause))??);
            done += 1;
            bar.at(done, "letters");
            if let Some(letter) = waiting.next() {
                visits.spawn(self.clone().visit(letter));
            }
        }
        Ok(tally)
    }

    async fn visit(self, letter: Letter) -> Result<Outcome> {
        let person =
            Person { seed: self.seed, code: &letter.person, commune: &letter.commune, province: &letter.province };
        Visit { home: &self.home, code: &letter.code, person, form: &self.form, satisfaction: &self.satisfaction }
            .run()
            .await
    }
}
