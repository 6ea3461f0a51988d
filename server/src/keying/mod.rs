//! Answers on paper: each form is keyed by two people who do not see each other's work; where they differ, a third decides.
//!
//! Invariants: nothing is an answer before two people agree or a third has settled it, and then it goes into the inbox as any other; who
//! keyed what is sealed under a key that only the code gives; nobody keys a form twice; an answer that came another way stays the only
//! one; what one person keyed is shown to nobody but the third; the office learns sums, never a form.
//! Tables: `answers.keying`, `office.keying_tally`.

mod pages;
mod pile;
mod quality;
pub mod routes;
mod settling;
mod sheet;
mod store;

use std::net::IpAddr;

use survey_forms::Transcript;
use uuid::Uuid;

use crate::app::App;
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};
use crate::invitations;
use crate::invitations::code::CodeMistake;
use crate::responses::body::Mode;
use crate::responses::citizen::{Citizen, Sent};
use crate::responses::{self, Arrived};
use crate::staff::session::SignedIn;
use pile::{Keyed, Pile};

/// Forms of a campaign that are not an answer yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Keyed once.
    pub second: i64,
    /// Keyed twice, differently.
    pub third: i64,
}

impl Waiting {
    pub fn all(self) -> i64 {
        self.second + self.third
    }
}

pub async fn waiting(app: &App, campaign: &Campaign) -> Result<Waiting> {
    let (second, third) = store::waiting(&mut app.database.answers.read().await?, campaign.id).await?;
    Ok(Waiting { second, third })
}

/// Somebody with a form in front of them, and the code that came with it.
struct Desk {
    citizen: Box<Citizen>,
    by: Uuid,
}

/// What this person is to do with the form.
enum Turn {
    /// Key all of it; so many have before.
    Key { before: usize },
    /// Decide between two.
    Settle(Dispute),
}

struct Dispute {
    first: Keyed,
    second: Keyed,
}

/// What became of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The first keying is kept.
    First,
    /// Two agree: it is an answer.
    Agreed,
    /// Two differ in so many fields.
    Differ(usize),
    /// A third has decided: it is an answer.
    Settled,
}

/// Somebody else keys the same form at this moment; so often it is looked at anew.
const TRIES: usize = 5;

impl Desk {
    /// # Errors
    /// Says in a word why this code's form cannot be keyed (by this person).
    async fn sit(app: &App, signed_in: &SignedIn, typed: &str, address: Option<IpAddr>) -> Result<Self> {
        let unknown = || Error::invalid("keying-code-unknown");
        let citizen = match responses::arrive(app, typed, Mode::Paper, address).await? {
            Arrived::Here(citizen) => citizen,
            Arrived::Mistake(CodeMistake::Empty) => return Err(Error::invalid("keying-code-empty")),
            Arrived::Mistake(CodeMistake::Length(n)) => return Err(Error::invalid("keying-code-length").with("n", n)),
            Arrived::Mistake(CodeMistake::CheckDigit) => return Err(Error::invalid("keying-code-check")),
            Arrived::Unknown => return Err(unknown()),
            Arrived::Early => return Err(Error::invalid("keying-early")),
            Arrived::Over => return Err(Error::invalid("keying-over")),
            Arrived::TooMany { minutes } => {
                return Err(Error::new(Kind::TooMany, "keying-too-many").with("minutes", minutes));
            }
        };
        if !invitations::is_within(app, &citizen.session.code, &signed_in.place_code).await? {
            return Err(unknown());
        }
        Ok(Self { citizen, by: signed_in.staff_id })
    }

    async fn turn(&self, app: &App) -> Result<Turn> {
        if self.citizen.has_sent() {
            return Err(self.answered(app).await?);
        }
        let (pile, _) = self.pile(app).await?;
        if pile.has(self.by) {
            return Err(Error::conflict("keying-own"));
        }
        Ok(match <[Keyed; 2]>::try_from(pile.0) {
            Ok([first, second]) => Turn::Settle(Dispute { first, second }),
            Err(fewer) => Turn::Key { before: fewer.len() },
        })
    }

    /// Takes a whole keyed form. The same sheet of the same person may come again: the reply may have been lost.
    async fn key(&self, app: &App, sheet: Transcript) -> Result<Outcome> {
        let form = &self.citizen.form;
        if self.citizen.has_sent() {
            let these = self.citizen.has_sent_these(app, sheet.answers(form), Mode::Paper)?;
            let answered = self.answered(app).await?;
            return if these { Ok(Outcome::Agreed) } else { Err(answered) };
        }
        let (code, tag) = (&self.citizen.session.code, self.citizen.tag());
        let own = Keyed { by: self.by, sheet };
        for _ in 0..TRIES {
            let (mut pile, stands) = self.pile(app).await?;
            if let Some(outcome) = pile.again(&own, form)? {
                return Ok(outcome);
            }
            pile.0.push(own.clone());
            let sealed = pile.seal(app, code, tag)?;
            match (pile.0.as_slice(), stands) {
                ([_], _) => {
                    if store::begin(&mut app.database.answers.read().await?, tag, &sealed).await? {
                        return Ok(Outcome::First);
                    }
                }
                ([first, _], Some(stands)) => {
                    let differences = first.sheet.differences(&own.sheet, form).len();
                    if differences == 0 {
                        return self.finish(app, &first.sheet, &pile.0).await.map(|()| Outcome::Agreed);
                    }
                    if store::disagree(&mut app.database.answers.read().await?, tag, &stands, &sealed).await? {
                        return Ok(Outcome::Differ(differences));
                    }
                }
                _ => return Err(Error::conflict("keying-third")),
            }
        }
        Err(Error::conflict("keying-moved"))
    }

    /// Takes what a third person decided.
    async fn settle(&self, app: &App, dispute: Dispute, truth: &Transcript) -> Result<Outcome> {
        self.finish(app, truth, &[dispute.first, dispute.second]).await.map(|()| Outcome::Settled)
    }

    /// Sends the answers. Killed after that, the row of the keyings is left: the next to type the code removes it.
    async fn finish(&self, app: &App, truth: &Transcript, keyed: &[Keyed]) -> Result<()> {
        let sent = self.citizen.hand_in(app, truth.answers(&self.citizen.form), Mode::Paper, None).await;
        // Closed or cancelled at this moment.
        let sent = sent.map_err(|error| if error.code == "code-ended" { Error::invalid("keying-over") } else { error });
        match sent? {
            Sent::Received => {}
            Sent::Different | Sent::Recorded => return Err(self.answered(app).await?),
            Sent::Open(_) | Sent::NotBegun => return Err(Error::internal("keying-damaged")),
        }
        // Of two who end it at once, one counts.
        if store::end(&mut app.database.answers.read().await?, self.citizen.tag()).await? {
            let counted = quality::count(app, &self.citizen, truth, keyed).await;
            if let Err(error) = counted {
                tracing::error!(%error, "a keyed form is stored but was not counted");
            }
        }
        Ok(())
    }

    /// The code has its answer: whatever was keyed of its form is of no use any more.
    async fn answered(&self, app: &App) -> Result<Error> {
        store::end(&mut app.database.answers.read().await?, self.citizen.tag()).await?;
        Ok(Error::conflict("keying-answered"))
    }

    /// What was keyed so far, and the row it stands in.
    async fn pile(&self, app: &App) -> Result<(Pile, Option<Vec<u8>>)> {
        let (code, tag) = (&self.citizen.session.code, self.citizen.tag());
        let stands = store::find(&mut app.database.answers.read().await?, tag).await?;
        let pile = stands.as_ref().map(|sealed| Pile::open(app, code, tag, sealed)).transpose()?;
        Ok((pile.unwrap_or_default(), stands))
    }
}
