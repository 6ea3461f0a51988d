//! What a letter says: who asks and why, how to answer, what becomes of the answers, whom to call. The same promises as on the first page
//! a citizen meets.

use crate::base::text::{Language, Texts};
use crate::campaigns::Campaign;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::invitations) struct Words {
    /// `vi`, `en`, or any other the questionnaire speaks.
    pub language: String,
    pub sender: String,
    pub code_label: String,
    pub scan: String,
    pub title: String,
    /// The first words in bold, and the rest.
    pub paragraphs: Vec<(String, String)>,
}

impl Words {
    /// Ours, with the campaign's days and numbers.
    pub(in crate::invitations) fn ours(campaign: &Campaign, public_url: &str, language: Language) -> Self {
        let texts = Texts::new(language);
        let address = public_url.split_once("://").map_or(public_url, |(_, rest)| rest).trim_end_matches('/');
        let text = |key: &str| texts.get(key).into_owned();
        let code = text("letter-code-place");
        let how = texts.with("letter-how", [("address", address), ("code", code.as_str())]).into_owned();
        let until = texts.with("letter-until", [("date", texts.day(campaign.closes_on))]).into_owned();
        let real = texts.with("letter-real", [("hotline", campaign.hotline.as_str())]);
        let genuine = texts.with("genuine", [("address", address)]);
        let visit = texts.with("letter-visit", [("hotline", campaign.hotline.as_str())]).into_owned();
        Self {
            language: language.code().to_owned(),
            sender: text("letter-sender"),
            code_label: text("letter-code"),
            scan: text("letter-scan"),
            title: text("start-h1"),
            paragraphs: vec![
                (String::new(), format!("{} {}", text("letter-dear"), text("letter-why"))),
                (text("consent-who-lead"), text("consent-who")),
                (text("letter-how-lead"), format!("{how}. {} {until}", text("start-time"))),
                (String::new(), visit),
                (text("consent-private-lead"), capital(&text("consent-private"))),
                (text("consent-voluntary-lead"), capital(&text("consent-voluntary"))),
                (text("letter-real-lead"), format!("{real} {genuine}")),
            ],
        }
    }
}

/// The sentence stands on a line of its own here.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
