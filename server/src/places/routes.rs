//! The pages of places: look one up, see what it was and what it became, load a newer file.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query, ServiceConfig, get, post};
use chrono::NaiveDate;
use serde::Deserialize;
use survey_forms::read_day;

use super::file::{self, Defect};
use super::pages::{Line, PlacePage, SearchPage, Told};
use super::place::Place;
use super::{COUNTRY, national_only, store};
use crate::app::App;
use crate::base::parts::{Field, Problem};
use crate::base::text::Texts;
use crate::base::web::upload;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Error, Result};
use crate::staff::session::{Coordinator, SignedIn};

const FOUND: i64 = 50;
const MOST_MEGABYTES: usize = 20;
const DEFECTS_SHOWN: usize = 200;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt/noi", get().to(search))
        .route("/qt/noi", post().to(load))
        .route("/qt/noi/{code}", get().to(show));
}

#[derive(Default, Deserialize)]
struct Asked {
    tim: Option<String>,
    ngay: Option<String>,
}

impl Asked {
    /// The day asked about; today when none or no day was typed, and then the field says so.
    fn day(&self, app: &App, texts: Texts) -> (NaiveDate, Field) {
        let typed = self.ngay.as_deref().unwrap_or_default().trim();
        let read = read_day(typed);
        let day = read.unwrap_or_else(|| app.clock.today());
        let field = Field {
            id: "ngay".into(),
            name: "ngay".into(),
            label: texts.get("place-day").into_owned(),
            hint: Some(texts.get("day-hint").into_owned()),
            value: if typed.is_empty() { day.format("%d/%m/%Y").to_string() } else { typed.to_owned() },
            error: (read.is_none() && !typed.is_empty()).then(|| texts.get("new-day").into_owned()),
        };
        (day, field)
    }
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, asked: &Asked) -> Result<SearchPage> {
    let texts = visit.texts();
    let (day, day_field) = asked.day(app, texts);
    let text = asked.tim.clone().unwrap_or_default();
    let lines = |places: Vec<Place>| places.iter().map(|place| Line::new(place, None, day, texts)).collect::<Vec<_>>();
    let found = if text.trim().is_empty() { None } else { Some(lines(super::search(app, &text, FOUND).await?)) };
    let provinces = lines(super::of_level(app, super::Level::Province, day).await?);
    let problems: Vec<_> = day_field.error.iter().map(|message| Problem::new("ngay", message)).collect();
    let page = signed_in.page(visit).titled(texts.get("nav-places"));
    Ok(SearchPage {
        page: if problems.is_empty() { page } else { page.failed() },
        problems,
        text: Field {
            id: "tim".into(),
            name: "tim".into(),
            label: texts.get("place-search").into_owned(),
            hint: Some(texts.get("place-search-hint").into_owned()),
            value: text,
            error: None,
        },
        day: day_field,
        found,
        provinces,
        files: store::files(&mut app.database.contact.read().await?).await?,
        national: national_only(signed_in).is_ok(),
        refusal: Vec::new(),
        refused: 0,
        columns: file::COLUMNS.join(", "),
    })
}

async fn search(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    asked: Query<Asked>,
) -> Result<HttpResponse> {
    let page = page(&app, &visit, &signed_in, &asked).await?;
    if page.problems.is_empty() { visit.ok(&page) } else { visit.refused(&page) }
}

async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    code: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse> {
    let texts = visit.texts();
    let (day, day_field) = asked.day(&app, texts);
    let versions = store::versions(&mut app.database.contact.read().await?, &code).await?;
    // A code that stood on another day only is shown as it was then.
    let place = versions
        .iter()
        .find(|place| place.stands_on(day))
        .or_else(|| versions.iter().rev().find(|place| place.valid_from <= day))
        .or_else(|| versions.first())
        .ok_or_else(|| Error::not_found("place-missing"))?
        .clone();
    let seen = day.clamp(place.valid_from, place.valid_until);
    let mut within = vec![place.clone()];
    while let Some(above) = within.last().filter(|place| !place.parent.is_empty()) {
        match super::find(&app, &above.parent, seen).await? {
            Some(parent) if within.len() < super::Level::ALL.len() => within.push(parent),
            _ => break,
        }
    }
    within.reverse();
    let inside = super::inside(&app, &place.code, seen).await?;
    let mut connection = app.database.contact.read().await?;
    let made_of = store::reached(&mut connection, &place, store::Way::Before).await?;
    let became = store::reached(&mut connection, &place, store::Way::After).await?;
    drop(connection);
    let lines = |places: &[Place]| places.iter().map(|place| Line::new(place, None, day, texts)).collect();
    let shares = |places: &[(Place, f64)]| {
        places.iter().map(|(place, share)| Line::new(place, Some(*share), day, texts)).collect()
    };
    let line = Line::new(&place, None, day, texts);
    visit.ok(&PlacePage {
        page: signed_in
            .page(&visit)
            .titled(texts.with("place-title", [("kind", line.kind.as_str()), ("name", &place.name)])),
        day: day_field,
        place: line,
        within: lines(&within),
        inside: lines(&inside),
        versions: if versions.len() > 1 { lines(&versions) } else { Vec::new() },
        made_of: shares(&made_of),
        became: shares(&became),
    })
}

async fn load(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    form: Multipart,
) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let texts = visit.texts();
    let sent = async {
        let upload = upload::receive(form, &signed_in.csrf, &app.config.files.uploads, MOST_MEGABYTES).await?;
        let name = upload.name.clone();
        super::add(&app, &signed_in.actor(), &name, &upload.bytes().await?).await
    };
    let (target, message, defects): (_, _, Vec<Defect>) = match sent.await {
        Ok(Ok(_)) => return Ok(see_other(&format!("/qt/noi/{COUNTRY}"))),
        Ok(Err(defects)) => ("loi", texts.with("place-refused", [("defects", defects.len())]), defects),
        Err(error) if error.code == "file-missing" => ("file", texts.get("error-file-missing"), Vec::new()),
        Err(error) => return Err(error),
    };
    let mut page = page(&app, &visit, &signed_in, &Asked::default()).await?;
    page.page = page.page.failed();
    page.problems.push(Problem::new(target, message));
    page.refused = defects.len();
    page.refusal = defects.iter().take(DEFECTS_SHOWN).map(|defect| Told::new(defect, texts)).collect();
    visit.refused(&page)
}
