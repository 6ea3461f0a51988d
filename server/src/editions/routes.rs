//! Pages of publishing, for analysts of the whole country.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, ContentType};
use actix_web::web::{Data, Path, ServiceConfig, get, post};
use chrono::{DateTime, FixedOffset, NaiveTime, TimeZone as _, Utc};
use survey_forms::read_day;

use super::pages::{Line, ListPage, Listed, Next, SurveyPage, Tagged};
use super::views::{Typed, edition_page};
use super::{Edition, Reason};
use crate::app::App;
use crate::base::parts::{Field, Problem};
use crate::base::text::Texts;
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

/// What the address of an edition names.
pub async fn found(app: &App, (slug, number): &(String, i32)) -> Result<(Campaign, Edition)> {
    let campaign = campaigns::find_by_slug(app, slug).await?;
    let edition = super::find(app, &campaign, *number).await?;
    Ok((campaign, edition))
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
