//! What the page of an edition says.

use chrono::{DateTime, Utc};

use super::content::{COUNTRY, HEADLINE_RULE};
use super::pages::{CheckLine, EditionPage, Next, Tagged};
use super::routes::{address, survey_address};
use super::{Check, Content, Edition, State, changes};
use crate::app::App;
use crate::base::parts::Field;
use crate::base::seal::hex;
use crate::base::text::{Language, Texts, Value};
use crate::base::web::visit::Visit;
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::staff::session::SignedIn;

/// What was typed of a release.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub day: String,
    pub hour: String,
    pub word: String,
}

/// The page of an edition with what can be done with it now.
pub(super) async fn edition_page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: &Campaign,
    edition: &Edition,
    typed: Typed,
) -> Result<EditionPage> {
    let texts = visit.texts();
    let (content, bytes) = super::content(app, edition).await?;
    let checks: Vec<Check> = serde_json::from_value(edition.checks.clone())?;
    let state = edition.state(app.clock.now());
    let me = signed_in.actor().to_string();
    let label = edition.label(campaign);
    let next = match state {
        State::Frozen if edition.sound => Next::Approve,
        State::Frozen | State::Public => Next::Nothing,
        State::Approved if edition.approved_by.as_deref() == Some(&me) => Next::Wait,
        State::Approved => Next::Release(Box::new(release_fields(texts, &label, typed))),
        State::Ordered => Next::Stop,
    };
    let mut page = signed_in.page(visit).titled(texts.with("edition-title", [("label", label.as_str())]));
    page.synthetic = campaign.synthetic;
    Ok(EditionPage {
        problems: Vec::new(),
        state: Tagged::state(texts, state, edition.sound),
        finding: finding(texts, &content),
        digest: hex(&edition.digest),
        facts: facts(texts, edition, &content, bytes.len()),
        correction: correction(app, texts, campaign, edition, &content).await?,
        checks: checks.iter().map(|check| CheckLine::new(texts, check)).collect(),
        next,
        address: address(&campaign.slug, edition.number),
        document: format!("{}/tai-lieu.json", address(&campaign.slug, edition.number)),
        back: survey_address(&campaign.slug),
        page,
    })
}

fn release_fields(texts: Texts, label: &str, typed: Typed) -> [Field; 3] {
    let field = |id: &str, words: &str, hint: String, value: String| Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label: texts.get(words).into_owned(),
        hint: Some(hint),
        value,
        error: None,
    };
    [
        field("ngay", "edition-release-day", texts.get("edition-release-day-hint").into_owned(), typed.day),
        field("gio", "edition-release-hour", texts.get("edition-release-hour-hint").into_owned(), typed.hour),
        field(
            "go",
            "edition-release-word",
            texts.with("edition-release-word-hint", [("label", label)]).into_owned(),
            typed.word,
        ),
    ]
}

/// `Cả nước: 83,94 % (83,10 – 84,70), 36.525 người trả lời.`
fn finding(texts: Texts, content: &Content) -> String {
    let figure = content.overall().and_then(|overall| content.figure(&overall.code, HEADLINE_RULE, COUNTRY));
    let Some((figure, value)) = figure.and_then(|figure| Some((figure, figure.value?))) else {
        return texts.get("edition-no-finding").into_owned();
    };
    let bound = |bound: Option<f64>| bound.map_or_else(|| "–".to_owned(), |bound| texts.decimal(bound, 2));
    let values = [
        ("value", Value::from(texts.percent(value, 2))),
        ("low", Value::from(bound(figure.low))),
        ("high", Value::from(bound(figure.high))),
        ("n", Value::from(figure.n.unwrap_or_default())),
    ];
    texts.with("edition-finding", values).into_owned()
}

fn facts(texts: Texts, edition: &Edition, content: &Content, bytes: usize) -> Vec<(String, String)> {
    let mut facts = vec![
        ("edition-fact-frozen", signed(texts, Some((&edition.frozen_by, edition.frozen_at)))),
        ("edition-fact-approved", signed(texts, edition.approved_by.as_ref().zip(edition.approved_at))),
        ("edition-fact-ordered", signed(texts, edition.released_by.as_ref().zip(edition.ordered_at))),
        ("edition-fact-public", edition.release_at.map(|moment| texts.moment(moment)).unwrap_or_default()),
        ("edition-fact-run", content.method.run.clone()),
        ("edition-fact-figures", texts.number(content.figures.len())),
        ("edition-fact-bytes", texts.number(bytes)),
        ("edition-fact-digest", hex(&edition.digest)),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts.into_iter().map(|(key, value)| (texts.get(key).into_owned(), value)).collect()
}

/// Who and when; empty for nobody.
fn signed(texts: Texts, by: Option<(&String, DateTime<Utc>)>) -> String {
    by.map_or_else(String::new, |(who, moment)| format!("{who} · {}", texts.moment(moment)))
}

/// Why there is another edition, and what it changed beside the one before it that was or will be public.
async fn correction(
    app: &App,
    texts: Texts,
    campaign: &Campaign,
    edition: &Edition,
    content: &Content,
) -> Result<Option<(String, String)>> {
    let editions = super::of(app, campaign.id).await?;
    let before = editions.iter().find(|other| other.number < edition.number && other.release_at.is_some());
    let Some(before) = before else { return Ok(None) };
    let changed = changes(&super::content(app, before).await?.0, content);
    let reason = match texts.language() {
        Language::Vietnamese => &edition.note_vi,
        Language::English => &edition.note_en,
    };
    let values = [
        ("number", Value::from(before.number.to_string())),
        ("figures", Value::from(changed.figures)),
        ("places", Value::from(changed.places.len())),
        ("largest", Value::from(texts.decimal(changed.largest, 2))),
    ];
    Ok(Some((reason.clone(), texts.with("edition-changed", values).into_owned())))
}
