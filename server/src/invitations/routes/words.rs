//! A campaign's own words on its letter: proposed by one person, approved by another.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use uuid::Uuid;

use super::super::wording;
use super::{board, campaign};
use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::Campaign;
use crate::error::{Kind, Result};
use crate::places;
use crate::staff::session::{Coordinator, SignedIn};

#[derive(Template)]
#[template(path = "invitations/words.html")]
struct WordsPage {
    page: Page,
    campaign: Campaign,
    texts: Vec<Own>,
    problems: Vec<Problem>,
    language: Choices,
    title: Field,
    body: Field,
    national: bool,
}

/// The newest words of a language.
struct Own {
    id: Uuid,
    language: String,
    title: String,
    paragraphs: Vec<String>,
    written_by: String,
    approved: Option<String>,
    /// Whoever looks is not who wrote it.
    may_approve: bool,
}

impl WordsPage {
    fn board(&self) -> String {
        board(&self.campaign)
    }

    fn action(&self) -> String {
        format!("{}/loi", self.board())
    }

    fn approve(&self, own: &Own) -> String {
        format!("{}/loi/{}/duyet", self.board(), own.id)
    }
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, campaign: Campaign, typed: &Fields) -> Result<WordsPage> {
    let texts = visit.texts();
    let languages = wording::languages(app, &campaign).await?;
    let named =
        |code: &str| languages.iter().find(|(known, _)| known == code).map_or(code, |(_, name)| name).to_owned();
    let me = signed_in.actor().to_string();
    let national = places::national_only(signed_in).is_ok();
    let own = wording::newest(app, campaign.id).await?.into_iter().map(|text| Own {
        language: named(&text.language),
        approved: text.approved_at.map(|at| texts.moment(at)),
        may_approve: national && text.approved_at.is_none() && text.written_by != me,
        paragraphs: text.body.split("\n\n").map(str::to_owned).collect(),
        id: text.id,
        title: text.title,
        written_by: text.written_by,
    });
    let chosen = typed.get("tieng");
    let options = languages.iter().map(|(code, name)| Choice::new(code, name, code == chosen)).collect();
    Ok(WordsPage {
        page: signed_in.page(visit).titled(texts.get("words-title")),
        texts: own.collect(),
        problems: Vec::new(),
        language: Choices {
            id: "tieng".to_owned(),
            name: "tieng".to_owned(),
            legend: texts.get("words-language").into_owned(),
            options,
            ..Choices::default()
        },
        title: field("tieu-de", "words-heading", "", typed, texts),
        body: field("noi-dung", "words-body", "words-body-hint", typed, texts),
        national,
        campaign,
    })
}

fn field(name: &str, label: &str, hint: &str, typed: &Fields, texts: Texts) -> Field {
    Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(label).into_owned(),
        hint: (!hint.is_empty()).then(|| texts.with(hint, [("places", wording::PLACES.join(" "))]).into_owned()),
        value: typed.get(name).to_owned(),
        error: None,
    }
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaign(&app, &slug).await?;
    visit.ok(&page(&app, &visit, &signed_in, campaign, &Fields::none()).await?)
}

pub(super) async fn propose(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaign(&app, &slug).await?;
    let (language, title, body) = (fields.get("tieng"), fields.get("tieu-de"), fields.get("noi-dung"));
    match wording::propose(&app, &signed_in.actor(), &campaign, language, title, body).await {
        Ok(()) => Ok(see_other(&format!("{}/loi", board(&campaign)))),
        Err(error) if error.kind == Kind::Invalid => {
            let mut page = page(&app, &visit, &signed_in, campaign, &fields).await?;
            let params: Vec<_> = error.params.iter().map(|(name, value)| (*name, value.clone())).collect();
            let message = visit.texts().with(&format!("error-{}", error.code), params).into_owned();
            let target = if error.code == "letter-language" { "tieng" } else { "noi-dung" };
            if target == "tieng" {
                page.language.error = Some(message.clone());
            } else {
                page.body.error = Some(message.clone());
            }
            page.problems = vec![Problem::new(target, message)];
            page.page = page.page.failed();
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn approve(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let (slug, id) = path.into_inner();
    let campaign = campaign(&app, &slug).await?;
    wording::approve(&app, &signed_in.actor(), &campaign, id).await?;
    Ok(see_other(&format!("{}/loi", board(&campaign))))
}
