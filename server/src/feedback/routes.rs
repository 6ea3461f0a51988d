//! The public's form, the receipt, and the office's list.

use actix_web::web::{Data, Path, Query, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use uuid::Uuid;

use super::pages::{Answered, FormPage, OfficePage, ReceiptPage, Waiting};
use super::{Feedback, Message, Mistake, TOPICS};
use crate::app::App;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::{Language, Texts};
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Error, Kind, Result};
use crate::places::national_only;
use crate::portal;
use crate::responses::routes::code::address;
use crate::staff::session::{Analyst, SignedIn};

const PAGE: &str = "/gop-y";
const RECEIPT: &str = "/gop-y/bien-nhan";
const OFFICE: &str = "/pt/gop-y";

pub fn routes(service: &mut ServiceConfig) {
    for prefix in ["", "/en"] {
        service
            .route(&format!("{prefix}{PAGE}"), get().to(form))
            .route(&format!("{prefix}{PAGE}"), post().to(send))
            .route(&format!("{prefix}{RECEIPT}"), get().to(receipt));
    }
    service.route(OFFICE, get().to(office)).route("/pt/gop-y/{id}", post().to(answer));
}

fn texts(visit: &Visit) -> Texts {
    let english = visit.path.starts_with("/en/");
    Texts::new(if english { Language::English } else { Language::Vietnamese })
}

async fn page(app: &App, texts: Texts, message: &Message, mistakes: &[Mistake]) -> Result<FormPage> {
    let sentence = |code: &str| texts.get(&format!("error-{code}")).into_owned();
    let error = |id: &str| mistakes.iter().find(|(target, _)| *target == id).map(|(_, code)| sentence(code));
    let field = |id: &str, key: &str, hint: &str, value: &str| Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label: texts.get(key).into_owned(),
        hint: Some(texts.get(hint).into_owned()),
        value: value.to_owned(),
        error: error(id),
    };
    let topic = |name: &&str| Choice::new(*name, texts.get(&format!("feedback-topic-{name}")), *name == message.topic);
    let (mut page, frame) = portal::around(app, texts, texts.get("feedback-title"), PAGE).await?;
    page.failed = !mistakes.is_empty();
    Ok(FormPage {
        problems: mistakes.iter().map(|(target, code)| Problem::new(*target, sentence(code))).collect(),
        action: portal::at(texts.language(), PAGE),
        find: portal::at(texts.language(), RECEIPT),
        form_id: message.form.to_string(),
        topic: Choices {
            id: "chu-de".to_owned(),
            name: "chu-de".to_owned(),
            legend: texts.get("feedback-topic").into_owned(),
            error: error("chu-de"),
            options: TOPICS.iter().map(topic).collect(),
            ..Choices::default()
        },
        words: field("noi-dung", "feedback-words", "feedback-words-hint", &message.words),
        contact: field("lien-he", "feedback-contact", "feedback-contact-hint", &message.contact),
        answered: super::published(app).await?.iter().map(|it| answered(texts, it)).collect(),
        page,
        frame,
    })
}

fn answered(texts: Texts, feedback: &Feedback) -> Answered {
    Answered {
        topic: texts.get(&format!("feedback-topic-{}", feedback.topic)).into_owned(),
        words: feedback.words.clone(),
        answer: feedback.answer.clone(),
        day: feedback.answered_at.map(|moment| texts.date(moment)).unwrap_or_default(),
    }
}

async fn form(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    let message = Message { form: Uuid::new_v4(), ..Message::default() };
    visit.unmarked().ok(&page(&app, texts(&visit), &message, &[]).await?)
}

async fn send(app: Data<App>, visit: Visit, request: HttpRequest, fields: Fields) -> Result<HttpResponse> {
    let texts = texts(&visit);
    let message = Message {
        form: fields.get("phieu").parse().unwrap_or_else(|_| Uuid::new_v4()),
        topic: fields.get("chu-de").to_owned(),
        words: fields.get("noi-dung").to_owned(),
        contact: fields.get("lien-he").to_owned(),
    };
    let mistakes = message.mistakes();
    let refused = match mistakes[..] {
        [] => match super::send(&app, address(&request), texts.language(), &message).await {
            Ok(receipt) => {
                let address = portal::at(texts.language(), RECEIPT);
                return Ok(see_other(&format!("{address}?so={receipt}")));
            }
            Err(error) if error.kind == Kind::TooMany => vec![("noi-dung", error.code)],
            Err(error) => return Err(error),
        },
        _ => mistakes,
    };
    visit.unmarked().refused(&page(&app, texts, &message, &refused).await?)
}

#[derive(Deserialize)]
struct Sought {
    so: Option<String>,
}

async fn receipt(app: Data<App>, visit: Visit, sought: Query<Sought>) -> Result<HttpResponse> {
    let texts = texts(&visit);
    let asked = sought.into_inner().so.unwrap_or_default();
    let found = super::with_receipt(&app, &asked).await?.ok_or_else(|| Error::not_found("feedback-receipt"))?;
    let state = match (&found.answered_at, found.published) {
        (None, _) => texts.with("feedback-state-waiting", [("day", texts.day(found.received_on))]),
        (Some(moment), _) => texts.with("feedback-state-answered", [("day", texts.date(moment))]),
    };
    let (page, frame) = portal::around(&app, texts, texts.get("feedback-receipt-title"), RECEIPT).await?;
    visit.unmarked().ok(&ReceiptPage {
        receipt: grouped(&found.receipt),
        state: state.into_owned(),
        message: found.answered_at.is_some().then(|| answered(texts, &found)),
        back: portal::at(texts.language(), PAGE),
        page,
        frame,
    })
}

/// `1234 5678 9012`.
fn grouped(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

async fn office_page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    typed: Option<(Uuid, &str, &str)>,
) -> Result<OfficePage> {
    let texts = visit.texts();
    let waiting = |it: Feedback| {
        let mine = typed.filter(|(id, ..)| *id == it.id);
        let id = format!("tra-loi-{}", it.id);
        Waiting {
            topic: texts.get(&format!("feedback-topic-{}", it.topic)).into_owned(),
            day: texts.day(it.received_on),
            answer: Field {
                name: "tra-loi".to_owned(),
                label: texts.get("feedback-answer").into_owned(),
                value: mine.map(|(_, words, _)| words.to_owned()).unwrap_or_default(),
                error: mine.map(|(.., code)| texts.get(&format!("error-{code}")).into_owned()),
                hint: None,
                id,
            },
            id: it.id.to_string(),
            words: it.words,
            contact: it.contact,
        }
    };
    let mut page = signed_in.page(visit).titled(texts.get("feedback-office"));
    page.failed = typed.is_some();
    Ok(OfficePage {
        problems: typed
            .iter()
            .map(|(id, _, code)| Problem::new(format!("tra-loi-{id}"), texts.get(&format!("error-{code}"))))
            .collect(),
        waiting: super::waiting(app).await?.into_iter().map(waiting).collect(),
        page,
    })
}

async fn office(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    visit.ok(&office_page(&app, &visit, &signed_in, None).await?)
}

async fn answer(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    id: Path<Uuid>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let words = fields.get("tra-loi");
    let publish = fields.get("dang") == "1";
    match super::answer(&app, &signed_in.actor(), *id, words, publish).await {
        Ok(()) => Ok(see_other(OFFICE)),
        Err(error) if error.kind == Kind::Invalid => {
            visit.refused(&office_page(&app, &visit, &signed_in, Some((*id, words, error.code))).await?)
        }
        Err(error) => Err(error),
    }
}
