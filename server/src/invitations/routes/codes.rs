//! The coordinator's pages of the codes: issue them, destroy the print file, cancel one.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use uuid::Uuid;

use super::super::code::{Code, CodeMistake};
use super::super::pages::{CancelPage, CodesPage, Issued};
use crate::app::App;
use crate::base::parts::{Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::staff::session::{Coordinator, SignedIn};
use crate::{jobs, places, samples};

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let mut page = signed_in.page(&visit).titled(visit.texts().get("codes-title"));
    page.synthetic = campaign.synthetic;
    let (draws, issued) = match super::super::issued(&app, campaign.id).await? {
        None => {
            (samples::of(&app, campaign.id).await?.into_iter().filter(samples::Draw::names_persons).collect(), None)
        }
        Some((draw, letters)) => {
            let path = super::super::print_list(&app, draw);
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            (
                Vec::new(),
                Some(Issued { draw: samples::find(&app, draw).await?, letters, file: name.filter(|_| path.exists()) }),
            )
        }
    };
    visit.ok(&CodesPage { page, campaign, draws, issued, national: places::national_only(&signed_in).is_ok() })
}

fn draw_of(fields: &Fields) -> Result<Uuid> {
    fields.get("draw").parse().map_err(|_not_an_id| Error::new(Kind::BadRequest, "request-unreadable"))
}

pub(super) async fn issue(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let job = super::super::issue(&app, &signed_in.actor(), &campaign, draw_of(&fields)?).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

#[derive(Deserialize)]
pub(super) struct Done {
    xong: Option<String>,
}

fn cancel_page(
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: Campaign,
    typed: &str,
    error: Option<String>,
    done: bool,
) -> CancelPage {
    let texts = visit.texts();
    let page = signed_in.page(visit).titled(texts.get("cancel-title"));
    CancelPage {
        page: if error.is_some() { page.failed() } else { page },
        campaign,
        problems: error.iter().map(|message| Problem::new("code", message)).collect(),
        code: Field {
            id: "code".into(),
            name: "code".into(),
            label: texts.get("cancel-code").into_owned(),
            hint: Some(texts.get("cancel-code-hint").into_owned()),
            value: typed.to_owned(),
            error,
        },
        done,
    }
}

pub(super) async fn cancel_form(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    done: Query<Done>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    visit.ok(&cancel_page(&visit, &signed_in, campaign, "", None, done.xong.is_some()))
}

pub(super) async fn cancel(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let typed = fields.get("code");
    let problem = match Code::parse(typed) {
        Err(mistake) => mistake_in_words(mistake, visit.texts()),
        Ok(code) => match super::super::cancel(&app, &signed_in.actor(), &signed_in.place_code, &code).await {
            Ok(()) => return Ok(see_other(&format!("{}/thu-hoi-ma?xong=1", campaign.address()))),
            Err(error) if error.code.starts_with("code-") => {
                visit.texts().get(&format!("error-{}", error.code)).into_owned()
            }
            Err(error) => return Err(error),
        },
    };
    visit.refused(&cancel_page(&visit, &signed_in, campaign, typed, Some(problem), false))
}

pub(super) fn mistake_in_words(mistake: CodeMistake, texts: Texts) -> String {
    match mistake {
        CodeMistake::Empty => texts.get("code-err-empty"),
        CodeMistake::Length(digits) => texts.with("code-err-len", [("n", digits)]),
        CodeMistake::CheckDigit => texts.get("code-err-check"),
    }
    .into_owned()
}
