//! Who would get what, if a rule were started now.

use std::collections::BTreeMap;

use super::Text;
use super::jobs::{addressees, reach};
use crate::app::App;
use crate::base::message::segments;
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::invitations::code::Code;
use crate::invitations::list;
use crate::invitations::store::messages::{self, Rule};

const SAMPLES: usize = 3;
const BATCH: usize = 5_000;

#[derive(Default)]
pub(in crate::invitations) struct Preview {
    /// By province: how many would be written to, and how many the list has no number or address of.
    pub provinces: BTreeMap<String, (usize, usize)>,
    pub samples: Vec<Sample>,
    /// Whether the messages carry links with codes.
    pub with_codes: bool,
}

pub(in crate::invitations) struct Sample {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub segments: usize,
}

impl Preview {
    /// Sums of the provinces.
    pub(in crate::invitations) fn total(&self) -> (usize, usize) {
        self.provinces.values().fold((0, 0), |(some, none), (here, nowhere)| (some + here, none + nowhere))
    }
}

/// `within` is the one province the asker may see. Codes stand as noughts.
pub(in crate::invitations) async fn preview(
    app: &App,
    campaign: &Campaign,
    rule: &Rule,
    within: Option<&str>,
) -> Result<Preview> {
    let mut recipients = messages::recipients(&mut app.database.contact.read().await?, rule).await?;
    recipients.retain(|it| within.is_none_or(|province| it.province_code == province));
    let with_codes = recipients.first().is_some_and(|first| list::path(app, first.draw_id).exists());
    let mut preview = Preview { with_codes, ..Preview::default() };
    let (text, noughts) = (Text::new(app, campaign), Code::parse(&"0".repeat(16)).ok().filter(|_| with_codes));
    for batch in recipients.chunks(BATCH) {
        let found = addressees(app, batch).await?;
        for it in batch {
            let counts = preview.provinces.entry(it.province_code.clone()).or_default();
            let Some(to) = found.get(&it.person_code).filter(|to| !reach(&rule.channel, to).is_empty()) else {
                counts.1 += 1;
                continue;
            };
            counts.0 += 1;
            if preview.samples.len() < SAMPLES {
                let hidden = "0".repeat(32);
                let filled = |words: &str| text.fill(words, &to.name, noughts.as_ref(), &hidden);
                let body = filled(&rule.body);
                preview.samples.push(Sample {
                    to: reach(&rule.channel, to).to_owned(),
                    subject: filled(&rule.subject),
                    segments: segments(&body),
                    text: body,
                });
            }
        }
    }
    Ok(preview)
}
