//! The page of a campaign's weights: the recipe for the next run, and what is known of the population.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ServiceConfig, get, post};
use survey_forms::read_day;

use super::file::Defect;
use super::pages::{InForce, Told, WeightsPage, field, recipes};
use super::{Recipe, Sent};
use crate::app::App;
use crate::base::parts::Problem;
use crate::base::web::fields::Fields;
use crate::base::web::upload;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::places;
use crate::staff::session::{Analyst, SignedIn};

const MOST_MEGABYTES: usize = 5;
const MOST_LETTERS: usize = 200;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt/ket-qua/{slug}/trong-so", get().to(show))
        .route("/pt/ket-qua/{slug}/trong-so", post().to(choose))
        .route("/pt/ket-qua/{slug}/trong-so/dan-so", post().to(load));
}

/// Where the weights of a campaign are chosen.
pub fn address(slug: &str) -> String {
    format!("/pt/ket-qua/{slug}/trong-so")
}

/// Source and day as they were written.
#[derive(Default)]
struct Written {
    source: String,
    as_of: String,
}

async fn page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: &Campaign,
    chosen: Option<Recipe>,
    written: Written,
) -> Result<WeightsPage> {
    let texts = visit.texts();
    let chosen = match chosen {
        Some(recipe) => recipe,
        None => super::recipe(app, campaign.id).await?,
    };
    let form = campaign.form(app).await?;
    let book = form.codebook();
    let name = |code: &str| {
        let column = book.columns.iter().find(|column| column.name == code);
        let label = column.and_then(|column| column.label.get(texts.language().code())).cloned().unwrap_or_default();
        format!("{label} ({code})")
    };
    let known = super::population(app, campaign.id).await?;
    let title = texts.with("weights-title", [("campaign", campaign.name(texts.language()))]);
    let mut page = signed_in.page(visit).titled(title);
    page.synthetic = campaign.synthetic;
    Ok(WeightsPage {
        problems: Vec::new(),
        recipe: recipes(texts, chosen),
        in_force: known.map(|(file, margins)| InForce::new(texts, &file, &margins, name)),
        refusal: Vec::new(),
        source: field(texts, "nguon", "weights-source", "weights-source-hint", written.source),
        as_of: field(texts, "ngay", "weights-as-of", "weights-as-of-hint", written.as_of),
        address: address(&campaign.slug),
        compute: format!("/pt/ket-qua/{}/tinh", campaign.slug),
        back: format!("/pt/ket-qua/{}", campaign.slug),
        page,
    })
}

async fn show(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst, slug: Path<String>) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    visit.ok(&page(&app, &visit, &signed_in, &campaign, None, Written::default()).await?)
}

async fn choose(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let recipe =
        Recipe::from_code(fields.get("cong-thuc")).ok_or_else(|| Error::new(Kind::BadRequest, "request-unreadable"))?;
    match super::choose(&app, &signed_in.actor(), &campaign, recipe).await {
        Ok(()) => Ok(see_other(&address(&campaign.slug))),
        Err(error) if error.kind == Kind::Invalid => {
            let mut page = page(&app, &visit, &signed_in, &campaign, Some(recipe), Written::default()).await?;
            let sentence = visit.texts().get(&format!("error-{}", error.code)).into_owned();
            page.recipe.error = Some(sentence.clone());
            page.problems.push(Problem::new("cong-thuc", sentence));
            page.page = page.page.failed();
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}

async fn load(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    form: Multipart,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let mut given = Vec::new();
    let directory = &app.config.files.uploads;
    let received = upload::receive_with(form, &signed_in.csrf, directory, MOST_MEGABYTES, &mut given).await;
    let text = |wanted: &str| {
        let found = given.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let written = Written { source: text("nguon"), as_of: text("ngay") };
    let (mut problems, mut defects) = (Vec::new(), Vec::new());
    if !(2..=MOST_LETTERS).contains(&written.source.chars().count()) || written.source.chars().any(char::is_control) {
        problems.push(("nguon", "weights-source-missing"));
    }
    let day = read_day(&written.as_of).filter(|day| *day <= app.clock.today());
    if day.is_none() {
        problems.push(("ngay", "weights-as-of-wrong"));
    }
    match (received, day) {
        (Err(error), _) if error.code == "file-missing" => problems.push(("file", "file-missing")),
        (Err(error), _) => return Err(error),
        (Ok(upload), Some(as_of)) if problems.is_empty() => {
            let (name, form) = (upload.name.clone(), campaign.form(&app).await?);
            let bytes = upload.bytes().await?;
            let sent = Sent { name: &name, source: &written.source, as_of, bytes: &bytes };
            match super::load(&app, &signed_in.actor(), &campaign, &form, sent).await? {
                Ok(_) => return Ok(see_other(&address(&campaign.slug))),
                Err(found) => defects = found,
            }
        }
        (Ok(_), _) => {}
    }
    let page = page(&app, &visit, &signed_in, &campaign, None, written).await?;
    visit.refused(&refused(&visit, page, &problems, &defects))
}

/// The page with everything that is wrong; what was written stays, the file has to be chosen again.
fn refused(visit: &Visit, mut page: WeightsPage, problems: &[(&str, &str)], defects: &[Defect]) -> WeightsPage {
    let texts = visit.texts();
    for (target, code) in problems {
        let sentence = texts.get(&format!("error-{code}")).into_owned();
        for field in [&mut page.source, &mut page.as_of] {
            if field.id == *target {
                field.error = Some(sentence.clone());
            }
        }
        page.problems.push(Problem::new(*target, sentence));
    }
    if !defects.is_empty() {
        page.problems.push(Problem::new("loi", texts.with("margin-refused", [("defects", defects.len())])));
    }
    page.refusal = defects.iter().map(|defect| Told::new(texts, defect)).collect();
    page.page = page.page.failed();
    page
}
