//! Pages of publishing, for analysts of the whole country.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, ContentType};
use actix_web::web::{Data, Path, ServiceConfig, get, post};
use chrono::{DateTime, FixedOffset, NaiveTime, TimeZone as _, Utc};
use survey_forms::read_day;

use super::content::HEADLINE_RULE;
use super::pages::{CheckLine, EditionPage, Line, ListPage, Listed, Next, SurveyPage, Tagged};
use super::{Check, Content, Edition, Reason, State, changes};
use crate::app::App;
use crate::base::parts::{Field, Problem};
use crate::base::seal::hex;
use crate::base::text::{Language, Texts, Value};
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Kind, Result};
use crate::places::national_only;
use crate::staff::session::{Analyst, SignedIn};
use crate::{jobs, results};

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt/cong-bo", get().to(list))
        .route("/pt/cong-bo/{slug}", get().to(survey))
        .route("/pt/cong-bo/{slug}", post().to(freeze))
        .route("/pt/cong-bo/{slug}/{number}", get().to(edition))
        .route("/pt/cong-bo/{slug}/{number}/tai-lieu.json", get().to(document))
        .route("/pt/cong-bo/{slug}/{number}/duyet", post().to(approve))
        .route("/pt/cong-bo/{slug}/{number}/phat-hanh", post().to(release))
        .route("/pt/cong-bo/{slug}/{number}/dung", post().to(stop));
}

pub(super) fn survey_address(slug: &str) -> String {
    format!("/pt/cong-bo/{slug}")
}

/// The address of an edition's page.
pub fn address(slug: &str, number: i32) -> String {
    format!("/pt/cong-bo/{slug}/{number}")
}

async fn list(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let texts = visit.texts();
    let mut surveys = Vec::new();
    for campaign in campaigns::list(&app).await? {
        let newest = super::of(&app, campaign.id).await?.into_iter().next();
        surveys.push(Listed {
            newest: newest.map(|edition| line(&app, texts, &campaign, &edition)),
            name: campaign.name(texts.language()).to_owned(),
            slug: campaign.slug,
        });
    }
    visit.ok(&ListPage { surveys, page: signed_in.page(&visit).titled(texts.get("editions-title")) })
}

fn line(app: &App, texts: Texts, campaign: &Campaign, edition: &Edition) -> Line {
    Line {
        address: address(&campaign.slug, edition.number),
        label: edition.label(campaign),
        frozen: texts.moment(edition.frozen_at),
        state: Tagged::state(texts, edition.state(app.clock.now()), edition.sound),
        moment: edition.release_at.map(|moment| texts.moment(moment)).unwrap_or_default(),
    }
}

async fn survey_page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: &Campaign,
    reason: Reason,
) -> Result<SurveyPage> {
    let texts = visit.texts();
    let editions = super::of(app, campaign.id).await?;
    let hindrance = match results::current(app, campaign).await? {
        None => "edition-no-run",
        Some(run) if run.responses == 0 => "edition-no-run",
        Some(run) if run.provisional => "edition-provisional",
        Some(_) => "",
    };
    let field = |id: &str, label: &str, value: String| Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label: texts.get(label).into_owned(),
        value,
        ..Field::default()
    };
    let mut page = signed_in
        .page(visit)
        .titled(texts.with("editions-survey-title", [("campaign", campaign.name(texts.language()))]));
    page.synthetic = campaign.synthetic;
    Ok(SurveyPage {
        problems: Vec::new(),
        reason: (!editions.is_empty()).then(|| {
            [field("ly-do", "edition-reason-vi", reason.vi), field("ly-do-en", "edition-reason-en", reason.en)]
        }),
        editions: editions.iter().map(|edition| line(app, texts, campaign, edition)).collect(),
        hindrance: if hindrance.is_empty() { String::new() } else { texts.get(hindrance).into_owned() },
        action: survey_address(&campaign.slug),
        results: format!("/pt/ket-qua/{}", campaign.slug),
        page,
    })
}

async fn survey(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst, slug: Path<String>) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    visit.ok(&survey_page(&app, &visit, &signed_in, &campaign, Reason::default()).await?)
}

async fn freeze(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let reason = Reason { vi: fields.get("ly-do").to_owned(), en: fields.get("ly-do-en").to_owned() };
    match super::freeze(&app, &signed_in.actor(), &campaign, reason.clone()).await {
        Ok(job) => Ok(see_other(&jobs::routes::address(job))),
        Err(error) if error.kind == Kind::Invalid => {
            let mut page = survey_page(&app, &visit, &signed_in, &campaign, reason).await?;
            let sentence = visit.texts().get(&format!("error-{}", error.code)).into_owned();
            page.reason.iter_mut().flatten().for_each(|field| field.error = Some(sentence.clone()));
            page.problems.push(Problem::new("ly-do", sentence));
            page.page = page.page.failed();
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}

/// What was typed of a release.
#[derive(Clone, Default)]
struct Typed {
    day: String,
    hour: String,
    word: String,
}

async fn found(app: &App, path: &(String, i32)) -> Result<(Campaign, Edition)> {
    let campaign = campaigns::find_by_slug(app, &path.0).await?;
    let edition = super::find(app, &campaign, path.1).await?;
    Ok((campaign, edition))
}

async fn edition_page(
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
    let figure =
        content.overall().and_then(|overall| content.figure(&overall.code, HEADLINE_RULE, super::content::COUNTRY));
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

async fn edition(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    path: Path<(String, i32)>,
) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let (campaign, edition) = found(&app, &path).await?;
    visit.ok(&edition_page(&app, &visit, &signed_in, &campaign, &edition, Typed::default()).await?)
}

/// The very bytes that have the digest.
async fn document(app: Data<App>, Analyst(signed_in): Analyst, path: Path<(String, i32)>) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let (campaign, edition) = found(&app, &path).await?;
    let (_, bytes) = super::content(&app, &edition).await?;
    let name = format!("attachment; filename=\"{}-{}.json\"", campaign.slug, edition.number);
    Ok(HttpResponse::Ok().content_type(ContentType::json()).insert_header((CONTENT_DISPOSITION, name)).body(bytes))
}

async fn approve(
    app: Data<App>,
    Analyst(signed_in): Analyst,
    path: Path<(String, i32)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let (campaign, edition) = found(&app, &path).await?;
    super::approve(&app, &signed_in.actor(), &campaign, &edition, fields.get("da-xem")).await?;
    Ok(see_other(&address(&campaign.slug, edition.number)))
}

async fn release(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    path: Path<(String, i32)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let (campaign, edition) = found(&app, &path).await?;
    let text = |name: &str| fields.get(name).trim().to_owned();
    let typed = Typed { day: text("ngay"), hour: text("gio"), word: text("go") };
    let moment = moment(&typed.day, &typed.hour);
    let problem = match &moment {
        _ if typed.word != edition.label(&campaign) => Some(("go", "edition-word")),
        Err(place) => Some((*place, "edition-moment")),
        Ok(moment) => match super::release(&app, &signed_in.actor(), &campaign, &edition, *moment).await {
            Ok(()) => None,
            Err(error) if error.kind == Kind::Invalid => Some(("ngay", error.code)),
            Err(error) => return Err(error),
        },
    };
    let Some((target, code)) = problem else { return Ok(see_other(&address(&campaign.slug, edition.number))) };
    let mut page = edition_page(&app, &visit, &signed_in, &campaign, &edition, typed).await?;
    let sentence = visit.texts().get(&format!("error-{code}")).into_owned();
    if let Next::Release(release) = &mut page.next {
        release.iter_mut().filter(|field| field.id == target).for_each(|field| field.error = Some(sentence.clone()));
    }
    page.problems.push(Problem::new(target, sentence));
    page.page = page.page.failed();
    visit.refused(&page)
}

/// Day and hour in Viet Nam; none where both are empty, which is at once. The name of the field that cannot be read.
fn moment(day: &str, hour: &str) -> std::result::Result<Option<DateTime<Utc>>, &'static str> {
    if day.is_empty() && hour.is_empty() {
        return Ok(None);
    }
    let day = read_day(day).ok_or("ngay")?;
    let hour = NaiveTime::parse_from_str(hour, "%H:%M").map_err(|_| "gio")?;
    let viet_nam = FixedOffset::east_opt(7 * 3600).ok_or("gio")?;
    let moment = viet_nam.from_local_datetime(&day.and_time(hour)).single().ok_or("gio")?;
    Ok(Some(moment.with_timezone(&Utc)))
}

async fn stop(
    app: Data<App>,
    Analyst(signed_in): Analyst,
    path: Path<(String, i32)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let (campaign, edition) = found(&app, &path).await?;
    super::stop(&app, &signed_in.actor(), &campaign, &edition).await?;
    Ok(see_other(&address(&campaign.slug, edition.number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_of_viet_nam_and_nothing_is_at_once() {
        assert_eq!(moment("", ""), Ok(None));
        let told = moment("5/4/2027", "09:00").unwrap().unwrap();
        assert_eq!(told.to_rfc3339(), "2027-04-05T02:00:00+00:00");
        assert_eq!(moment("31/2/2027", "09:00"), Err("ngay"));
        assert_eq!(moment("5/4/2027", ""), Err("gio"));
        assert_eq!(moment("5/4/2027", "25:00"), Err("gio"));
    }
}
