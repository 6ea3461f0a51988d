//! What people say of the results and of these pages: a receipt at once, an answer later, in public where it helps others.
//!
//! Invariants: nothing is published that nobody of the office read and answered; how to reach somebody is kept only until the answer;
//! sending twice is one message with one receipt; one address cannot fill the office's list.
//! Table: `office.feedback`.

mod limit;
mod pages;
pub mod routes;
mod store;

pub use limit::Limit;
pub use store::Feedback;

use std::net::IpAddr;

use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::chance;
use crate::base::text::Language;
use crate::error::{Error, Kind, Result};

/// What a message is about; `feedback-topic-…` is the key of its words.
pub const TOPICS: [&str; 4] = ["results", "survey", "page", "other"];
/// Of a message or an answer, in letters.
const WORDS: std::ops::RangeInclusive<usize> = 5..=2_000;
const LONGEST_CONTACT: usize = 100;

/// What somebody wrote.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Made with the form: the same form sent again is the same message.
    pub form: Uuid,
    pub topic: String,
    pub words: String,
    pub contact: String,
}

/// A field that must be filled otherwise, with the code of its sentence.
pub type Mistake = (&'static str, &'static str);

impl Message {
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        if !TOPICS.contains(&self.topic.as_str()) {
            mistakes.push(("chu-de", "feedback-topic"));
        }
        if !WORDS.contains(&self.words.trim().chars().count()) {
            mistakes.push(("noi-dung", "feedback-words"));
        }
        if self.contact.chars().count() > LONGEST_CONTACT || self.contact.chars().any(char::is_control) {
            mistakes.push(("lien-he", "feedback-contact"));
        }
        mistakes
    }
}

/// Keeps a message and gives its receipt.
///
/// # Errors
/// Too many, if too much came from this address, or from all of them, within an hour.
pub async fn send(app: &App, address: Option<IpAddr>, language: Language, message: &Message) -> Result<String> {
    let mut connection = app.database.contact.read().await?;
    if let Some(before) = store::find(&mut connection, message.form).await? {
        return Ok(before.receipt);
    }
    drop(connection);
    if !app.feedback_limit.admit(app.clock.now(), address) {
        return Err(Error::new(Kind::TooMany, "feedback-many"));
    }
    let receipt = receipt()?;
    let fresh = Feedback {
        id: message.form,
        receipt: receipt.clone(),
        topic: message.topic.clone(),
        words: clean(&message.words),
        contact: message.contact.trim().to_owned(),
        language: language.code().to_owned(),
        received_on: app.clock.today(),
        answer: String::new(),
        published: false,
        answered_by: None,
        answered_at: None,
    };
    let kept = app
        .database
        .contact
        .transaction("feedback.send", async |transaction| {
            store::insert(transaction, &fresh).await?;
            store::find(transaction, fresh.id).await
        })
        .await?;
    Ok(kept.map_or(receipt, |kept| kept.receipt))
}

/// Answers a message, and puts both on the public page where `publish` says so. The way to reach the writer is forgotten.
///
/// # Errors
/// Invalid, if the answer is too short or too long; conflict, if somebody answered before.
pub async fn answer(app: &App, actor: &Actor, id: Uuid, words: &str, publish: bool) -> Result<()> {
    if !WORDS.contains(&words.trim().chars().count()) {
        return Err(Error::invalid("feedback-words"));
    }
    let words = clean(words);
    let now = app.clock.now();
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "feedback.answer", subject: id.to_string(), details: json!({ "published": publish }) },
        async |transaction| {
            let done = store::answer(transaction, id, &words, publish, &actor.to_string(), now).await?;
            if done { Ok(()) } else { Err(Error::conflict("feedback-answered")) }
        },
    )
    .await
}

/// The message of a receipt, however it was typed.
pub async fn with_receipt(app: &App, receipt: &str) -> Result<Option<Feedback>> {
    let digits: String = receipt.chars().filter(char::is_ascii_digit).take(RECEIPT_DIGITS).collect();
    store::with_receipt(&mut app.database.contact.read().await?, &digits).await
}

pub async fn waiting(app: &App) -> Result<Vec<Feedback>> {
    store::waiting(&mut app.database.contact.read().await?).await
}

/// Questions with their answers, the newest first.
pub async fn published(app: &App) -> Result<Vec<Feedback>> {
    store::published(&mut app.database.contact.read().await?).await
}

const RECEIPT_DIGITS: usize = 12;

fn receipt() -> Result<String> {
    let bytes = chance::secret_bytes::<RECEIPT_DIGITS>()?;
    Ok(bytes.iter().map(|byte| char::from(b'0' + byte % 10)).collect())
}

/// One kind of line end, nothing that cannot be seen.
fn clean(words: &str) -> String {
    let kept = words.trim().replace("\r\n", "\n");
    kept.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}
