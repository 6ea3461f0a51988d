//! Rules of messages: written, looked at with who would get what, started, withdrawn.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use uuid::Uuid;

use super::super::messages::preview::{Preview, preview};
use super::super::messages::{self, AUDIENCES, CHANNELS, MOMENTS, NewRule, PLACES};
use super::super::store::messages::{self as store, Rule};
use super::{board, campaign, scope};
use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::Campaign;
use crate::error::{Kind, Result};
use crate::jobs;
use crate::places;
use crate::staff::session::{Coordinator, SignedIn};

#[derive(Template)]
#[template(path = "invitations/rules.html")]
struct RulesPage {
    page: Page,
    campaign: Campaign,
    problems: Vec<Problem>,
    rules: Vec<Listed>,
    /// Names of channels the operator has not set up.
    off: Vec<String>,
    choices: Vec<Choices>,
    days: Field,
    subject: Field,
    body: Field,
    national: bool,
}

struct Listed {
    address: String,
    name: String,
    state: String,
    counts: String,
}

impl RulesPage {
    fn board(&self) -> String {
        board(&self.campaign)
    }

    fn action(&self) -> String {
        format!("{}/tin", self.board())
    }
}

/// A rule in one line.
fn name(rule: &Rule, texts: Texts) -> String {
    let text = |key: String| texts.get(&key).into_owned();
    let moment = texts.with(&format!("rule-at-{}", rule.moment), [("days", rule.days)]);
    format!(
        "{} · {} · {moment}",
        text(format!("channel-{}", rule.channel)),
        text(format!("audience-{}", rule.audience))
    )
}

fn state(rule: &Rule, texts: Texts) -> String {
    match (rule.withdrawn_at, rule.started_at) {
        (Some(at), _) => texts.with("rule-withdrawn", [("moment", texts.moment(at))]),
        (None, Some(at)) => texts.with("rule-started", [("moment", texts.moment(at))]),
        (None, None) => texts.get("rule-waiting"),
    }
    .into_owned()
}

/// What became of the messages counted, in words: "sent 12, bounced 1".
pub(super) fn outcomes<'c>(counts: impl Iterator<Item = (&'c str, i64)>, texts: Texts) -> String {
    let one =
        |(state, count): (&str, i64)| format!("{} {}", texts.get(&format!("message-{state}")), texts.number(count));
    counts.map(one).collect::<Vec<_>>().join(", ")
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, campaign: Campaign, typed: &Fields) -> Result<RulesPage> {
    let texts = visit.texts();
    let mut connection = app.database.contact.read().await?;
    let counts = store::counts(&mut connection, campaign.id, scope(signed_in)).await?;
    let rules = store::rules(&mut connection, campaign.id).await?;
    drop(connection);
    let rules = rules.iter().map(|rule| Listed {
        address: format!("{}/tin/{}", board(&campaign), rule.id),
        name: name(rule, texts),
        state: state(rule, texts),
        counts: outcomes(
            counts.iter().filter(|(of, ..)| *of == rule.id).map(|(.., state, count)| (state.as_str(), *count)),
            texts,
        ),
    });
    let question = |name: &str, legend: &str, values: &[&str], key: &str| Choices {
        id: name.to_owned(),
        name: name.to_owned(),
        legend: texts.get(legend).into_owned(),
        options: values
            .iter()
            .map(|value| Choice::new(*value, texts.get(&format!("{key}{value}")), typed.get(name) == *value))
            .collect(),
        ..Choices::default()
    };
    let field = |name: &str, label: &str, hint: &str, start: &str| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(label).into_owned(),
        hint: Some(texts.with(hint, [("places", PLACES.join(" "))]).into_owned()),
        value: if typed.has(name) { typed.get(name).to_owned() } else { start.to_owned() },
        error: None,
    };
    let off = CHANNELS.iter().filter(|channel| !messages::is_on(app, channel));
    Ok(RulesPage {
        page: signed_in.page(visit).titled(texts.get("rules-title")),
        problems: Vec::new(),
        rules: rules.collect(),
        off: off.map(|channel| texts.get(&format!("channel-{channel}")).into_owned()).collect(),
        choices: vec![
            question("kenh", "rule-channel", &CHANNELS, "channel-"),
            question("cho-ai", "rule-audience", &AUDIENCES, "audience-"),
            question("luc-nao", "rule-moment", &MOMENTS, "moment-"),
        ],
        days: field("so-ngay", "rule-days", "rule-days-hint", "0"),
        subject: field("tieu-de", "rule-subject", "rule-subject-hint", &texts.get("rule-subject-start")),
        body: field("noi-dung", "rule-body", "words-body-hint", &texts.get("rule-body-start")),
        national: places::national_only(signed_in).is_ok(),
        campaign,
    })
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

pub(super) async fn write(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaign(&app, &slug).await?;
    let new = NewRule {
        channel: fields.get("kenh"),
        audience: fields.get("cho-ai"),
        moment: fields.get("luc-nao"),
        days: fields.get("so-ngay").trim().parse().unwrap_or(-1),
        subject: fields.get("tieu-de"),
        body: fields.get("noi-dung"),
    };
    match messages::write(&app, &signed_in.actor(), &campaign, &new).await {
        Ok(id) => Ok(see_other(&format!("{}/tin/{id}", board(&campaign)))),
        Err(error) if error.kind == Kind::Invalid => {
            let mut page = page(&app, &visit, &signed_in, campaign, &fields).await?;
            let params: Vec<_> = error.params.iter().map(|(name, value)| (*name, value.clone())).collect();
            let message = visit.texts().with(&format!("error-{}", error.code), params).into_owned();
            let target = if error.code == "rule-incomplete" { "kenh" } else { "noi-dung" };
            if target == "kenh" {
                page.choices.iter_mut().take(1).for_each(|question| question.error = Some(message.clone()));
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

#[derive(Template)]
#[template(path = "invitations/rule.html")]
struct RulePage {
    page: Page,
    campaign: Campaign,
    id: Uuid,
    name: String,
    state: String,
    outcomes: String,
    due: Option<String>,
    preview: Preview,
    provinces: Vec<(String, usize, usize)>,
    channel: String,
    on: bool,
    may_start: bool,
    started: bool,
}

impl RulePage {
    fn back(&self) -> String {
        format!("{}/tin", board(&self.campaign))
    }

    fn action(&self, what: &str) -> String {
        format!("{}/{}/{what}", self.back(), self.id)
    }

    fn total(&self) -> (usize, usize) {
        self.preview.total()
    }
}

pub(super) async fn one(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    let campaign = campaign(&app, &slug).await?;
    let rule = messages::find(&app, &campaign, id).await?;
    let (texts, within) = (visit.texts(), scope(&signed_in));
    let seen = preview(&app, &campaign, &rule, within).await?;
    let counts = store::counts(&mut app.database.contact.read().await?, campaign.id, within).await?;
    let counts = counts.iter().filter(|(of, ..)| *of == id).map(|(.., state, count)| (state.as_str(), *count));
    let mut provinces = Vec::new();
    for place in places::list(&app).await? {
        if let Some((some, none)) = seen.provinces.get(&place.code) {
            provinces.push((place.name, *some, *none));
        }
    }
    let due = messages::due(&rule, &campaign).map(|day| texts.day(day));
    let national = places::national_only(&signed_in).is_ok();
    visit.ok(&RulePage {
        page: signed_in.page(&visit).titled(texts.get("rule-title")),
        id,
        name: name(&rule, texts),
        state: state(&rule, texts),
        outcomes: outcomes(counts, texts),
        due,
        provinces,
        on: messages::is_on(&app, &rule.channel),
        may_start: national && rule.withdrawn_at.is_none(),
        started: rule.started_at.is_some(),
        channel: rule.channel,
        preview: seen,
        campaign,
    })
}

pub(super) async fn start(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let (slug, id) = path.into_inner();
    let campaign = campaign(&app, &slug).await?;
    let rule = messages::find(&app, &campaign, id).await?;
    let job = messages::start(&app, &signed_in.actor(), &campaign, &rule).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

pub(super) async fn withdraw(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let (slug, id) = path.into_inner();
    let campaign = campaign(&app, &slug).await?;
    let rule = messages::find(&app, &campaign, id).await?;
    messages::withdraw(&app, &signed_in.actor(), &campaign, &rule).await?;
    Ok(see_other(&format!("{}/tin/{id}", board(&campaign))))
}
