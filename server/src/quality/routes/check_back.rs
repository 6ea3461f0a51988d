//! Drawing who is asked again, the list, and one check.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use uuid::Uuid;

use super::Place;
use crate::app::App;
use crate::base::page::Link;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::quality::check_back::{self, CAME, FILLED_BY, LENGTH, PRESSURE, Told, WHEN};
use crate::quality::pages::{
    CheckBackPage, CheckForm, CheckLine, CheckPage, CheckerLine, ContrastLine, DrawForm, Labels, back,
    check_back_address,
};
use crate::quality::{self, Check};
use crate::responses::paradata;
use crate::staff::session::{Checker, Coordinator, Overseer, SignedIn};
use crate::staff::{self, Role};
use crate::{fieldwork, places};

async fn page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: &Campaign,
    province: String,
) -> Result<CheckBackPage> {
    let texts = visit.texts();
    let here = |place: &str| province.is_empty() || place == province;
    let checks: Vec<Check> = check_back::list(app, campaign.id).await?;
    let checks: Vec<Check> = checks.into_iter().filter(|check| here(&check.province_code)).collect();
    let names = staff::names(&mut app.database.contact.read().await?).await?;
    let labels = Labels::new(&*campaign.form(app).await?, texts);
    let mut contrasts = quality::figures(app, campaign.id).await?.contrasts;
    contrasts.retain(|row| here(&row.province_code));
    let base = check_back_address(&campaign.slug);
    let mut draws = check_back::draws(app, campaign.id).await?;
    draws.retain(|(draw, _)| here(&draw.province_code));
    let draw = if signed_in.role == Role::Coordinator && !province.is_empty() {
        let checkers = check_back::checkers(app, &province).await?;
        let left = |check: &&Check| check.state == "open" && !checkers.iter().any(|it| it.id == check.checker_id);
        let field = |name: &str| Field {
            id: name.to_owned(),
            name: name.to_owned(),
            label: texts.get(&format!("check-back-{name}")).into_owned(),
            hint: Some(texts.get(&format!("check-back-{name}-hint")).into_owned()),
            ..Field::default()
        };
        Some(DrawForm {
            action: format!("{base}/rut?tinh={province}"),
            give: format!("{base}/giao?tinh={province}"),
            share: field("ty-le"),
            seed: field("hat-giong"),
            orphans: checks.iter().filter(left).count(),
            checkers: checkers.len(),
        })
    } else {
        None
    };
    let provinces = if signed_in.place_code == places::COUNTRY && signed_in.role == Role::Coordinator {
        let all = places::list(app).await?;
        all.into_iter().map(|place| Link::new(place.name, format!("{base}?tinh={}", place.code))).collect()
    } else {
        Vec::new()
    };
    let mut frame = signed_in.page(visit).titled(texts.get("check-back-title"));
    frame.synthetic = campaign.synthetic;
    Ok(CheckBackPage {
        page: frame,
        back: back(campaign, signed_in.role),
        problems: Vec::new(),
        province_name: places::province_name(&province).unwrap_or_default().to_owned(),
        provinces,
        draw,
        draws,
        interviewers: by_interviewer(&checks, &names),
        own: own(app, texts, signed_in, &base, &checks).await?,
        contrasts: contrasts.iter().map(|row| ContrastLine::new(texts, &labels, &names, row)).collect(),
    })
}

/// Those whom nobody visited first.
fn by_interviewer(checks: &[Check], names: &BTreeMap<String, String>) -> Vec<CheckerLine> {
    let mut lines: BTreeMap<String, CheckerLine> = BTreeMap::new();
    for check in checks {
        let id = check.interviewer_id.to_string();
        let line = lines.entry(id.clone()).or_default();
        line.name = names.get(&id).cloned().unwrap_or_default();
        line.drawn += 1;
        line.done += usize::from(check.state == "done");
        line.unreached += usize::from(check.state == "unreached");
        line.nobody_came += usize::from(check.came == "no");
        line.alarming += usize::from(check.is_alarming());
    }
    let mut lines: Vec<CheckerLine> = lines.into_values().collect();
    lines.sort_by_key(|line| (std::cmp::Reverse(line.alarming), std::cmp::Reverse(line.done)));
    lines
}

async fn own(app: &App, texts: Texts, signed_in: &SignedIn, base: &str, checks: &[Check]) -> Result<Vec<CheckLine>> {
    let mut lines = Vec::new();
    for check in checks.iter().filter(|check| check.checker_id == signed_in.staff_id) {
        let case = fieldwork::find(app, check.invitation_id).await?;
        let person = fieldwork::people(app, std::slice::from_ref(&case)).await?.remove(&case.person_code);
        let Some(person) = person else { continue };
        lines.push(CheckLine {
            label: format!("{} · {} · {}", person.name, person.village_name, person.commune_name),
            path: format!("{base}/{}", check.invitation_id),
            state: texts.get(&format!("check-back-state-{}", check.state)).into_owned(),
            alarming: check.is_alarming(),
        });
    }
    Ok(lines)
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Overseer(signed_in): Overseer,
    slug: Path<String>,
    place: Query<Place>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let province = places::asked(&signed_in, &place.tinh)?;
    visit.ok(&page(&app, &visit, &signed_in, &campaign, province).await?)
}

pub(super) async fn draw(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    place: Query<Place>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let province = places::asked(&signed_in, &place.tinh)?;
    if province.is_empty() {
        return Err(Error::not_found("place-missing"));
    }
    let share = fields.get("ty-le").trim().trim_end_matches('%').trim().parse().unwrap_or_default();
    let drawn = check_back::draw(&app, &signed_in.actor(), &campaign, &province, share, fields.get("hat-giong")).await;
    match drawn {
        Ok(_) => Ok(see_other(&format!("{}?tinh={province}", check_back_address(&campaign.slug)))),
        Err(error) if error.is_refusal() => {
            let mut page = page(&app, &visit, &signed_in, &campaign, province).await?;
            let message = visit.texts().with(&format!("error-{}", error.code), error.params.clone()).into_owned();
            if let Some(form) = &mut page.draw {
                fields.get("ty-le").clone_into(&mut form.share.value);
                fields.get("hat-giong").clone_into(&mut form.seed.value);
                let field = if error.code == "check-back-share" { &mut form.share } else { &mut form.seed };
                field.error = Some(message.clone());
                page.problems.push(Problem::new(field.id.clone(), message));
            }
            page.page = page.page.clone().failed();
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn give(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    place: Query<Place>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let province = places::asked(&signed_in, &place.tinh)?;
    check_back::give_anew(&app, &signed_in.actor(), &campaign, &province).await?;
    Ok(see_other(&format!("{}?tinh={province}", check_back_address(&campaign.slug))))
}

/// A check of this campaign that this reader has to do.
async fn found(app: &App, signed_in: &SignedIn, slug: &str, case: Uuid) -> Result<(Campaign, Check)> {
    let campaign = campaigns::find_by_slug(app, slug).await?;
    let check = check_back::find(app, case).await?;
    if check.campaign_id != campaign.id {
        return Err(Error::not_found("check-back-missing"));
    }
    places::covers(signed_in, &check.province_code)?;
    if check.checker_id != signed_in.staff_id {
        return Err(Error::new(Kind::Forbidden, "check-back-of-another"));
    }
    Ok((campaign, check))
}

async fn check_page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: &Campaign,
    check: &Check,
) -> Result<CheckPage> {
    let texts = visit.texts();
    let case = fieldwork::find(app, check.invitation_id).await?;
    let person = fieldwork::people(app, std::slice::from_ref(&case)).await?.remove(&case.person_code);
    let person = person.ok_or_else(|| Error::not_found("case-missing"))?;
    let form = campaign.form(app).await?;
    let labels = Labels::new(&form, texts);
    let base = check_back_address(&campaign.slug);
    let choices = |name: &str, words: &[&str]| Choices {
        id: name.to_owned(),
        name: name.to_owned(),
        legend: texts.get(&format!("check-back-{name}")).into_owned(),
        options: words
            .iter()
            .map(|word| Choice::new(*word, texts.get(&format!("check-back-{name}-{word}")), false))
            .collect(),
        ..Choices::default()
    };
    Ok(CheckPage {
        page: signed_in.page(visit).titled(person.name.clone()),
        problems: Vec::new(),
        back: base.clone(),
        state: texts.get(&format!("check-back-state-{}", check.state)).into_owned(),
        alarming: check.is_alarming(),
        form: (check.state == "open").then(|| CheckForm {
            action: format!("{base}/{}", check.invitation_id),
            id: Uuid::now_v7().to_string(),
            reached: choices("gap", &["yes", "no"]),
            process: vec![
                choices("den", CAME),
                choices("khi", WHEN),
                choices("bao-lau", LENGTH),
                choices("ai-dien", FILLED_BY),
                choices("qua", PRESSURE),
            ],
            facts: paradata::neutral(&form).into_iter().map(|unit| labels.asked(unit)).collect(),
            note: Field {
                id: "ghi-chu".to_owned(),
                name: "ghi-chu".to_owned(),
                label: texts.get("check-back-ghi-chu").into_owned(),
                hint: Some(texts.get("check-back-ghi-chu-hint").into_owned()),
                ..Field::default()
            },
        }),
        person,
    })
}

pub(super) async fn case(
    app: Data<App>,
    visit: Visit,
    Checker(signed_in): Checker,
    path: Path<(String, Uuid)>,
) -> Result<HttpResponse> {
    let (slug, case) = path.into_inner();
    let (campaign, check) = found(&app, &signed_in, &slug, case).await?;
    visit.ok(&check_page(&app, &visit, &signed_in, &campaign, &check).await?)
}

pub(super) async fn record(
    app: Data<App>,
    visit: Visit,
    Checker(signed_in): Checker,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (slug, case) = path.into_inner();
    let (campaign, check) = found(&app, &signed_in, &slug, case).await?;
    let recorded = match told(&fields) {
        Ok(told) => {
            let actor = signed_in.actor();
            check_back::record(&app, &actor, signed_in.staff_id, &campaign, &check, told).await
        }
        Err(error) => Err(error),
    };
    match recorded {
        Ok(()) => Ok(see_other(&check_back_address(&campaign.slug))),
        Err(error) if error.is_refusal() && error.code != "check-back-recorded" => {
            let mut page = check_page(&app, &visit, &signed_in, &campaign, &check).await?;
            say(&mut page, &error, &fields);
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}

fn told(fields: &Fields) -> Result<Told> {
    let unreadable = || Error::new(Kind::BadRequest, "request-unreadable");
    let word = |name: &str| fields.get(name).to_owned();
    let mut facts = BTreeMap::new();
    for (name, value) in fields.without(&["csrf"]) {
        if let Some(unit) = name.strip_prefix("q-") {
            facts.insert(unit.to_owned(), value.parse().map_err(|_not_a_code| unreadable())?);
        }
    }
    Ok(Told {
        id: fields.get("phieu").parse().map_err(|_not_an_id| unreadable())?,
        reached: match fields.get("gap") {
            "yes" => true,
            "no" => false,
            _ => return Err(Error::invalid("check-back-reached")),
        },
        came: word("den"),
        about_when: word("khi"),
        length: word("bao-lau"),
        filled_by: word("ai-dien"),
        pressure: word("qua"),
        note: word("ghi-chu"),
        facts,
    })
}

/// What was chosen stays, with what is wrong beside the question it belongs to.
fn say(page: &mut CheckPage, error: &Error, fields: &Fields) {
    let message = page.page.texts.with(&format!("error-{}", error.code), error.params.clone()).into_owned();
    let Some(form) = &mut page.form else { return };
    fields.get("phieu").clone_into(&mut form.id);
    fields.get("ghi-chu").clone_into(&mut form.note.value);
    let mut open = None;
    for question in [&mut form.reached].into_iter().chain(&mut form.process).chain(&mut form.facts) {
        for option in &mut question.options {
            option.chosen = option.value == fields.get(&question.name);
        }
        let here = match error.code {
            "check-back-reached" => question.name == "gap",
            "check-back-came" => question.name == "den",
            "check-back-process" => !question.options.iter().any(|option| option.chosen),
            _ => false,
        };
        if here && open.is_none() {
            question.error = Some(message.clone());
            open = Some(question.id.clone());
        }
    }
    if open.is_none() {
        form.note.error = Some(message.clone());
    }
    page.problems.push(Problem::new(open.unwrap_or_else(|| form.note.id.clone()), message));
    page.page = page.page.clone().failed();
}
