//! Letters into files, and files to those who print them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::super::list::Line;
use super::super::print::{self, draw_with_lists};
use super::super::store::files;
use super::super::{code::Code, store};
use super::print_form::{Form, form};
use super::{board, campaign, pdf, scope};
use crate::app::App;
use crate::base::blocking;
use crate::base::page::Page;
use crate::base::parts::Problem;
use crate::base::seal::hex;
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};
use crate::jobs::{self, PrintRun};
use crate::places;
use crate::staff::session::{Coordinator, SignedIn};

#[derive(Template)]
#[template(path = "invitations/print.html")]
struct PrintPage {
    page: Page,
    campaign: Campaign,
    problems: Vec<Problem>,
    /// None once the lists are destroyed.
    form: Option<Form>,
    files: Vec<Listed>,
    national: bool,
}

struct Listed {
    address: String,
    name: String,
    languages: String,
    letters: String,
    made: String,
    size: String,
    digest: String,
    destroyed: Option<String>,
}

impl PrintPage {
    fn board(&self) -> String {
        board(&self.campaign)
    }

    fn action(&self) -> String {
        format!("{}/in", self.board())
    }
}

#[derive(Deserialize)]
pub(super) struct Within {
    tinh: Option<String>,
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    within: Query<Within>,
) -> Result<HttpResponse> {
    let campaign = campaign(&app, &slug).await?;
    let province = within.into_inner().tinh.unwrap_or_default();
    let page = page(&app, &visit, &signed_in, campaign, &province).await?;
    visit.ok(&page)
}

async fn page(
    app: &Data<App>,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: Campaign,
    province: &str,
) -> Result<PrintPage> {
    let texts = visit.texts();
    let within = scope(signed_in);
    let draw = draw_with_lists(app, &campaign).await;
    let form = match draw {
        Ok(draw) => Some(form(app, texts, &campaign, signed_in, draw, province).await?),
        Err(error) if error.kind == Kind::Conflict => None,
        Err(error) => return Err(error),
    };
    let files = files::list(&mut app.database.contact.read().await?, campaign.id, within).await?;
    let files = files.into_iter().map(|file| Listed {
        address: format!("{}/tep/{}", board(&campaign), file.id),
        name: file_name(&campaign, &file),
        languages: file.languages.clone(),
        letters: texts.number(file.letters),
        made: texts.moment(file.made_at),
        size: texts.number(file.bytes),
        digest: hex(&file.digest),
        destroyed: file.destroyed_at.map(|at| texts.moment(at)),
    });
    let mut frame = signed_in.page(visit).titled(texts.get("print-title"));
    frame.synthetic = campaign.synthetic;
    Ok(PrintPage {
        page: frame,
        files: files.collect(),
        problems: Vec::new(),
        form,
        national: places::national_only(signed_in).is_ok(),
        campaign,
    })
}

fn file_name(campaign: &Campaign, file: &files::LetterFile) -> String {
    format!("{}-{}-{:02}.pdf", campaign.slug, file.province_code, file.number)
}

pub(super) async fn print(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaign(&app, &slug).await?;
    let province = fields.get("tinh").to_owned();
    let chosen = fields.all("dia-ban");
    let mut languages = vec![fields.get("tieng").to_owned(), fields.get("tieng-hai").to_owned()];
    languages.dedup();
    languages.retain(|language| !language.is_empty());
    let mut page = page(&app, &visit, &signed_in, campaign.clone(), &province).await?;
    let Some(form) = &mut page.form else { return Err(Error::conflict("print-list-gone")) };
    let offered = |value: &String| form.places.options.iter().any(|option| option.value == *value);
    if !chosen.iter().all(offered) {
        return Err(Error::new(Kind::BadRequest, "request-unreadable"));
    }
    let problem = if chosen.is_empty() {
        Some(("dia-ban", "print-places-needed"))
    } else if languages.is_empty() {
        Some(("tieng", "print-language-needed"))
    } else {
        None
    };
    if let Some((target, key)) = problem {
        let message = visit.texts().get(key).into_owned();
        for question in [&mut form.first, &mut form.places] {
            question.error = (question.id == target).then(|| message.clone());
        }
        form.mark(&chosen);
        page.problems = vec![Problem::new(target, message)];
        page.page = page.page.failed();
        return visit.refused(&page);
    }
    let (provinces, communes) = if province.is_empty() { (chosen, Vec::new()) } else { (vec![province], chosen) };
    let run = PrintRun { campaign: campaign.id, run: Uuid::now_v7(), provinces, communes, languages };
    let job = print::request(&app, &signed_in.actor(), &campaign, run).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

#[derive(Deserialize)]
pub(super) struct Sample {
    tieng: Option<String>,
    #[serde(rename = "tieng-hai")]
    tieng_hai: Option<String>,
}

/// A letter to nobody, with a code that is nobody's, for proof-reading.
pub(super) async fn sample(
    app: Data<App>,
    visit: Visit,
    Coordinator(_): Coordinator,
    slug: Path<String>,
    languages: Query<Sample>,
) -> Result<HttpResponse> {
    let campaign = campaign(&app, &slug).await?;
    let Sample { tieng, tieng_hai } = languages.into_inner();
    let mut languages = vec![tieng.unwrap_or_else(|| "vi".to_owned())];
    languages.extend(tieng_hai.filter(|second| !second.is_empty() && !languages.contains(second)));
    let letters = print::letters(&app, &campaign, &languages).await?;
    let line = dummy(visit.texts())?;
    let bytes = blocking::run(move || {
        letters.print(&campaign.name_vi, &[line]).map_err(|cause| Error::internal("paper").caused_by(cause))
    })
    .await?;
    Ok(pdf("thu-mau.pdf", "inline", bytes))
}

fn dummy(texts: Texts) -> Result<Line> {
    let text = |key: &str| texts.get(key).into_owned();
    // Sixteen noughts are well formed; chance gives them to somebody once in 10¹⁵ codes.
    let code = Code::parse(&"0".repeat(16)).map_err(|_mistake| Error::internal("letters-damaged"))?;
    Ok(Line {
        code,
        province_code: String::new(),
        province: text("sample-letter-province"),
        commune: text("sample-letter-commune"),
        village: text("sample-letter-village"),
        name: text("sample-letter-name"),
        address: text("sample-letter-address"),
        person: String::new(),
        commune_code: String::new(),
        replaces: String::new(),
    })
}

pub(super) async fn download(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    let campaign = campaign(&app, &slug).await?;
    let file = files::find(&mut app.database.contact.read().await?, id).await?;
    let file = file
        .filter(|file| file.campaign_id == campaign.id)
        .filter(|file| scope(&signed_in).is_none_or(|place| place == file.province_code))
        .ok_or_else(|| Error::not_found("letters-gone"))?;
    let bytes = print::take(&app, &signed_in.actor(), &campaign, &file).await?;
    Ok(pdf(&file_name(&campaign, &file), "attachment", bytes))
}

#[derive(Template)]
#[template(path = "invitations/destroy.html")]
struct DestroyPage {
    page: Page,
    campaign: Campaign,
}

impl DestroyPage {
    fn board(&self) -> String {
        board(&self.campaign)
    }

    fn action(&self) -> String {
        format!("{}/huy", self.board())
    }
}

pub(super) async fn destroy_form(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let campaign = campaign(&app, &slug).await?;
    let page = signed_in.page(&visit).titled(visit.texts().get("destroy-title"));
    visit.ok(&DestroyPage { page, campaign })
}

pub(super) async fn destroy(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaign(&app, &slug).await?;
    let draw = store::issued_draw(&mut app.database.contact.read().await?, campaign.id).await?;
    let draw = draw.ok_or_else(|| Error::conflict("no-codes"))?;
    super::super::destroy_print_list(&app, &signed_in.actor(), &campaign, draw).await?;
    Ok(see_other(&format!("{}/in", board(&campaign))))
}
