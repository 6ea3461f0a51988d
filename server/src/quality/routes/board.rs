//! What stands out, and what reviewers make of it.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use analysis::quality::Kind;
use uuid::Uuid;

use crate::app::App;
use crate::base::blocking;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::sheet;
use crate::base::text::Value;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::jobs;
use crate::quality::pages::{BoardPage, GroupLine, NoteForm, RuleLine, VisitLine, address, back, check_back_address};
use crate::quality::{self, Verdict, visits};
use crate::staff::session::{Judge, Reviewer, SignedIn};
use crate::staff::{self, Role};

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, campaign: &Campaign) -> Result<BoardPage> {
    let texts = visit.texts();
    let figures = quality::figures(app, campaign.id).await?;
    let notes = quality::notes(app, campaign.id).await?;
    let names = staff::names(&mut app.database.contact.read().await?).await?;
    let of_mode = |mode: &str| {
        let rules = figures.rules.iter().filter(|rule| rule.mode == mode);
        (
            texts.get(&format!("quality-mode-{mode}")).into_owned(),
            rules.map(|rule| RuleLine::new(texts, rule)).collect(),
        )
    };
    let rules: Vec<(String, Vec<RuleLine>)> = vec![of_mode("interviewer"), of_mode("alone")];
    let groups: Vec<GroupLine> =
        figures.groups.iter().map(|group| GroupLine::new(texts, &names, group, &notes)).collect();
    // Who works with figures only is told nothing of the fieldwork.
    let visits = if signed_in.role == Role::Analyst { BTreeMap::new() } else { visits::of(app, campaign).await? };
    let visits = visits.into_iter().map(|(id, visits)| VisitLine {
        name: names.get(&id.to_string()).cloned().unwrap_or_default(),
        claimed: texts.number(visits.claimed),
        fullest: visits.fullest.map_or_else(String::new, |(day, n)| {
            texts.with("quality-full-day", [("day", Value::from(texts.day(day))), ("n", Value::from(n))]).into_owned()
        }),
    });
    let judged_at = figures.rules.iter().map(|rule| rule.judged_at).max();
    let note = (signed_in.role == Role::Reviewer && !groups.is_empty()).then(|| NoteForm {
        action: format!("{}/ghi-chu", address(&campaign.slug)),
        line: Choices {
            id: "dong".to_owned(),
            name: "dong".to_owned(),
            legend: texts.get("quality-line").into_owned(),
            options: groups
                .iter()
                .map(|line| Choice::new(line.value.clone(), format!("{} · {}", line.name, line.kind), false))
                .collect(),
            ..Choices::default()
        },
        verdict: Choices {
            id: "ket-luan".to_owned(),
            name: "ket-luan".to_owned(),
            legend: texts.get("quality-verdict").into_owned(),
            options: Verdict::ALL
                .map(|it| Choice::new(it.name(), texts.get(&format!("quality-verdict-{}", it.name())), false))
                .into(),
            ..Choices::default()
        },
        reason: Field {
            id: "ly-do".to_owned(),
            name: "ly-do".to_owned(),
            label: texts.get("quality-reason").into_owned(),
            hint: Some(texts.get("quality-reason-hint").into_owned()),
            ..Field::default()
        },
    });
    let mut frame =
        signed_in.page(visit).titled(texts.with("quality-title", [("name", campaign.name(visit.language))]));
    frame.synthetic = campaign.synthetic;
    Ok(BoardPage {
        page: frame,
        problems: Vec::new(),
        slug: campaign.slug.clone(),
        back: back(campaign, signed_in.role),
        as_of: judged_at.map(|at| texts.with("as-of", [("moment", texts.moment(at))]).into_owned()),
        rules: rules.into_iter().filter(|(_, lines)| !lines.is_empty()).collect(),
        groups,
        visits: visits.collect(),
        note,
        check_back: (signed_in.role != Role::Analyst).then(|| check_back_address(&campaign.slug)),
    })
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Judge(signed_in): Judge,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    visit.ok(&page(&app, &visit, &signed_in, &campaign).await?)
}

pub(super) async fn compute(
    app: Data<App>,
    Judge(signed_in): Judge,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let job = quality::request(&app, &signed_in.actor(), &campaign).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

pub(super) async fn note(
    app: Data<App>,
    visit: Visit,
    Reviewer(signed_in): Reviewer,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let line = fields
        .get("dong")
        .split_once('|')
        .and_then(|(person, kind)| Some((person.parse::<Uuid>().ok()?, Kind::from_name(kind)?)));
    let verdict = Verdict::from_name(fields.get("ket-luan"));
    let noted = match (line, verdict) {
        (None, _) => Err(Error::invalid("quality-line")),
        (_, None) => Err(Error::invalid("quality-verdict")),
        (Some((person, kind)), Some(verdict)) => {
            let actor = signed_in.actor();
            quality::note(&app, &actor, &campaign, person, kind, verdict, fields.get("ly-do")).await
        }
    };
    match noted {
        Ok(()) => Ok(see_other(&address(&campaign.slug))),
        Err(error) if error.is_refusal() => {
            let mut page = page(&app, &visit, &signed_in, &campaign).await?;
            let message = visit.texts().with(&format!("error-{}", error.code), error.params.clone()).into_owned();
            let target = match error.code {
                "quality-line" => "dong",
                "quality-verdict" => "ket-luan",
                _ => "ly-do",
            };
            if let Some(form) = &mut page.note {
                fields.get("ly-do").clone_into(&mut form.reason.value);
                for question in [&mut form.line, &mut form.verdict] {
                    for option in &mut question.options {
                        option.chosen = option.value == fields.get(&question.name);
                    }
                }
                match target {
                    "ket-luan" => form.verdict.error = Some(message.clone()),
                    "dong" => form.line.error = Some(message.clone()),
                    _ => form.reason.error = Some(message.clone()),
                }
            }
            page.problems.push(Problem::new(target, message));
            page.page = page.page.clone().failed();
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}

const COLUMNS: [&str; 8] = [
    "quality-column-interviewer",
    "quality-column-kind",
    "quality-column-forms",
    "quality-column-flagged",
    "quality-column-low",
    "quality-column-high",
    "quality-column-expected",
    "quality-column-stands-out",
];

#[expect(clippy::cast_precision_loss, reason = "forms are far below 2^53")]
pub(super) async fn sheet(
    app: Data<App>,
    visit: Visit,
    Judge(signed_in): Judge,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let texts = visit.texts();
    let page = page(&app, &visit, &signed_in, &campaign).await?;
    let figures = quality::figures(&app, campaign.id).await?;
    let row = |(line, group): (&GroupLine, &quality::Group)| {
        let numbers = [group.forms as f64, group.flagged as f64, group.low, group.high, group.expected];
        let yes = texts.get(if group.stands_out { "quality-yes" } else { "quality-no" }).into_owned();
        [sheet::Cell::Text(line.name.clone()), sheet::Cell::Text(line.kind.clone())]
            .into_iter()
            .chain(numbers.map(sheet::Cell::Number))
            .chain([sheet::Cell::Text(yes)])
            .collect::<Vec<_>>()
    };
    let rows: Vec<Vec<sheet::Cell>> = page.groups.iter().zip(&figures.groups).map(row).collect();
    let as_of = page.as_of.unwrap_or_default();
    let name = format!("{}-chat-luong.xlsx", campaign.slug);
    let content = blocking::run(move || {
        let headings = COLUMNS.map(|key| texts.get(key).into_owned());
        sheet::workbook(&texts.get("quality-short"), &as_of, &headings, &rows)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .content_type(sheet::XLSX)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(content))
}
