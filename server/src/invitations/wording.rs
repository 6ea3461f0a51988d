//! What a campaign's letter says in each language: our words, or its own once a second person approved them. In a language that is not ours
//! only a campaign's own words are printed.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::letter::{Letters, Words};
use super::store::texts::{self, LetterText};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::text::{Language, Texts};
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};

const MOST_TITLE: usize = 160;
const MOST_BODY: usize = 4_000;

/// What stands in braces in a campaign's own words, and what it becomes.
pub(super) const PLACES: [&str; 3] = ["{dia-chi}", "{tong-dai}", "{ngay}"];

/// The words that are printed today.
pub(super) async fn approved(app: &App, campaign: &Campaign, language: &str) -> Result<Words> {
    let own = texts::approved(&mut app.database.contact.read().await?, campaign.id, language).await?;
    match (own, Language::from_code(language)) {
        (Some(own), _) => Ok(own_words(app, campaign, &own)),
        (None, Some(language)) => Ok(Words::ours(campaign, &app.config.web.public_url, language)),
        (None, None) => Err(Error::invalid("letter-language").with("language", language)),
    }
}

/// The letter as somebody proposes it, to be looked at.
pub(super) fn own_words(app: &App, campaign: &Campaign, own: &LetterText) -> Words {
    let language = Language::from_code(&own.language).unwrap_or_default();
    let ours = Words::ours(campaign, &app.config.web.public_url, language);
    let filled = |text: &str| filled(text, campaign, &app.config.web.public_url, Texts::new(language));
    let paragraphs = own.body.split("\n\n").map(|paragraph| (String::new(), filled(paragraph))).collect();
    Words { language: own.language.clone(), title: filled(&own.title), paragraphs, ..ours }
}

fn filled(text: &str, campaign: &Campaign, public_url: &str, texts: Texts) -> String {
    let address = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let values = [address.to_owned(), campaign.hotline.clone(), texts.day(campaign.closes_on)];
    PLACES.iter().zip(values).fold(text.to_owned(), |text, (place, value)| text.replace(place, &value))
}

/// The languages a letter of this campaign can have words in: code and own name.
pub(super) async fn languages(app: &App, campaign: &Campaign) -> Result<Vec<(String, String)>> {
    let form = campaign.form(app).await?;
    let ours = Language::ALL.map(|language| (language.code().to_owned(), language.name().to_owned()));
    let further = form.languages().iter().filter(|code| Language::from_code(code).is_none());
    let further = further.map(|code| (code.clone(), form.language_name(code).to_owned()));
    Ok(ours.into_iter().chain(further).collect())
}

/// Those of [`languages`] that can be printed today.
pub(super) async fn printable(app: &App, campaign: &Campaign) -> Result<Vec<(String, String)>> {
    let mut printable = Vec::new();
    for (code, name) in languages(app, campaign).await? {
        let own = texts::approved(&mut app.database.contact.read().await?, campaign.id, &code).await?;
        if own.is_some() || Language::from_code(&code).is_some() {
            printable.push((code, name));
        }
    }
    Ok(printable)
}

/// The newest words of each language, approved or not.
pub(super) async fn newest(app: &App, campaign: Uuid) -> Result<Vec<LetterText>> {
    texts::newest(&mut app.database.contact.read().await?, campaign).await
}

/// Keeps a campaign's own words, for a second person to approve.
pub(super) async fn propose(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    language: &str,
    title: &str,
    body: &str,
) -> Result<()> {
    if !languages(app, campaign).await?.iter().any(|(code, _)| code == language) {
        return Err(Error::invalid("letter-language").with("language", language));
    }
    let (title, body) = (title.trim(), body.replace("\r\n", "\n").trim().to_owned());
    let fits = |text: &str, most: usize| !text.is_empty() && text.chars().count() <= most;
    if !fits(title, MOST_TITLE) || !fits(&body, MOST_BODY) {
        return Err(Error::invalid("letter-words").with("title", MOST_TITLE).with("body", MOST_BODY));
    }
    let text = LetterText {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        language: language.to_owned(),
        title: title.to_owned(),
        body,
        written_by: actor.to_string(),
        written_at: app.clock.now(),
        approved_by: None,
        approved_at: None::<DateTime<Utc>>,
    };
    Letters::new(&app.config.web.public_url, vec![own_words(app, campaign, &text)])
        .map_err(|_too_long| Error::invalid("letter-too-long"))?;
    let details = json!({ "text": text.id, "language": language });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.propose_words", subject: campaign.slug.clone(), details },
        async |transaction| texts::insert(transaction, &text).await,
    )
    .await
}

/// A second person says yes.
pub(super) async fn approve(app: &App, actor: &Actor, campaign: &Campaign, id: Uuid) -> Result<()> {
    let text = texts::find(&mut app.database.contact.read().await?, id).await?;
    let text = text.filter(|text| text.campaign_id == campaign.id).ok_or_else(|| Error::not_found("page-missing"))?;
    if text.written_by == actor.to_string() {
        return Err(Error::new(Kind::Forbidden, "letter-second-person"));
    }
    act(
        &app.database.contact,
        &app.clock,
        Act {
            actor,
            verb: "invitations.approve_words",
            subject: campaign.slug.clone(),
            details: json!({ "text": id, "language": text.language }),
        },
        async |transaction| texts::approve(transaction, id, &actor.to_string(), app.clock.now()).await,
    )
    .await
}
