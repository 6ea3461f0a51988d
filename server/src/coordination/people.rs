//! The people who work here: accounts are made, shut out, given a new password.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use uuid::Uuid;

use crate::app::App;
use crate::base::chance;
use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Error, Kind, Result};
use crate::places;
use crate::staff::session::{PeopleKeeper, SignedIn};
use crate::staff::{self, Listed, NewAccount, Role, Shut, may_keep};

#[derive(Template)]
#[template(path = "coordination/people.html")]
struct PeoplePage {
    page: Page,
    problems: Vec<Problem>,
    people: Vec<PersonLine>,
    login: Field,
    name: Field,
    role: Choices,
    place: Choices,
    /// A password that was just made: shown once, on this page only.
    made: Option<(String, String)>,
}

struct PersonLine {
    person: Listed,
    role: String,
    place: String,
    /// Whether this reader may change the account.
    kept: bool,
}

impl PersonLine {
    fn action(&self, what: &str) -> String {
        format!("/qt/nguoi/{}/{what}", self.person.id)
    }
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn) -> Result<PeoplePage> {
    let texts = visit.texts();
    let keeper = (signed_in.role, signed_in.place_code.as_str());
    let line = |person: Listed| {
        let role = person.role();
        PersonLine {
            role: role.map(|role| role_name(role, texts)).unwrap_or_default(),
            place: place_name(&person.place_code, texts),
            kept: role.is_some_and(|role| may_keep(keeper, (role, &person.place_code)))
                && person.id != signed_in.staff_id,
            person,
        }
    };
    let people = staff::list(app, &signed_in.place_code).await?.into_iter().map(line).collect();
    let mut codes = vec![(places::COUNTRY.to_owned(), place_name(places::COUNTRY, texts))];
    codes.extend(places::list(app).await?.into_iter().map(|place| (place.code, place.name)));
    codes.retain(|(code, _)| Role::ALL.iter().any(|role| may_keep(keeper, (*role, code))));
    let roles = Role::ALL.into_iter().filter(|role| codes.iter().any(|(code, _)| may_keep(keeper, (*role, code))));
    let choices = |id: &str, options| Choices {
        id: id.to_owned(),
        name: id.to_owned(),
        legend: texts.get(&format!("people-{id}")).into_owned(),
        options,
        ..Choices::default()
    };
    let field = |id: &str| Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label: texts.get(&format!("people-{id}")).into_owned(),
        hint: Some(texts.get(&format!("people-{id}-hint")).into_owned()),
        ..Field::default()
    };
    Ok(PeoplePage {
        page: signed_in.page(visit).titled(texts.get("nav-people")),
        problems: Vec::new(),
        people,
        login: field("dang-nhap"),
        name: field("ho-ten"),
        role: choices("vai-tro", roles.map(|role| Choice::new(role.name(), role_name(role, texts), false)).collect()),
        place: choices("noi", codes.into_iter().map(|(code, name)| Choice::new(code, name, false)).collect()),
        made: None,
    })
}

fn role_name(role: Role, texts: Texts) -> String {
    texts.get(&format!("role-{role}")).into_owned()
}

fn place_name(code: &str, texts: Texts) -> String {
    places::province_name(code).map_or_else(|| texts.get("board-country").into_owned(), ToOwned::to_owned)
}

/// Four groups of letters and digits that cannot be taken for each other: 79 bits.
fn new_password() -> Result<String> {
    const SIGNS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let bytes = chance::secret_bytes::<64>()?;
    // Bytes beyond a whole multiple would favour the first signs.
    let fair = bytes.iter().filter(|byte| usize::from(**byte) < 256 / SIGNS.len() * SIGNS.len());
    let signs: Vec<char> = fair
        .filter_map(|byte| SIGNS.get(usize::from(*byte) % SIGNS.len()))
        .take(16)
        .map(|sign| char::from(*sign))
        .collect();
    Ok(signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

pub(super) async fn show(app: Data<App>, visit: Visit, PeopleKeeper(signed_in): PeopleKeeper) -> Result<HttpResponse> {
    visit.ok(&page(&app, &visit, &signed_in).await?)
}

pub(super) async fn add(
    app: Data<App>,
    visit: Visit,
    PeopleKeeper(signed_in): PeopleKeeper,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let mut page = page(&app, &visit, &signed_in).await?;
    let texts = visit.texts();
    for field in [&mut page.login, &mut page.name] {
        fields.get(&field.name).trim().clone_into(&mut field.value);
    }
    page.login.value = page.login.value.to_lowercase();
    for choices in [&mut page.role, &mut page.place] {
        for option in &mut choices.options {
            option.chosen = option.value == fields.get(&choices.name);
        }
        if !choices.options.iter().any(|option| option.chosen) {
            choices.error = Some(texts.get("people-choose").into_owned());
        }
    }
    if page.name.value.is_empty() {
        page.name.error = Some(texts.get("new-needed").into_owned());
    }
    let keeper = (signed_in.role, signed_in.place_code.as_str());
    let role = fields.get("vai-tro").parse::<Role>().ok();
    if let Some(role) = role.filter(|role| !may_keep(keeper, (*role, fields.get("noi"))))
        && page.place.error.is_none()
    {
        let values = [("role", role_name(role, texts))];
        page.place.error = Some(texts.with("people-not-there", values).into_owned());
    }
    if let (Some(role), None, None) = (role, &page.name.error, &page.place.error) {
        let password = new_password()?;
        let account = NewAccount {
            login: page.login.value.clone(),
            name: page.name.value.clone(),
            password: password.clone(),
            role,
            place_code: fields.get("noi").to_owned(),
        };
        match staff::add(&app, &signed_in.actor(), account).await {
            Ok(_) => {
                let mut fresh = self::page(&app, &visit, &signed_in).await?;
                fresh.made = Some((page.login.value, password));
                return visit.ok(&fresh);
            }
            Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
                let message = texts.with(&format!("error-{}", error.code), error.params.clone());
                page.login.error = Some(message.into_owned());
            }
            Err(error) => return Err(error),
        }
    }
    let failed = [(&page.login.id, &page.login.error), (&page.name.id, &page.name.error)];
    let unchosen = [(&page.role.id, &page.role.error), (&page.place.id, &page.place.error)];
    page.problems = failed
        .into_iter()
        .chain(unchosen)
        .filter_map(|(id, error)| Some(Problem::new(id.clone(), error.clone()?)))
        .collect();
    page.page = page.page.failed();
    visit.refused(&page)
}

/// The account, if this reader may change it.
async fn kept(app: &App, signed_in: &SignedIn, id: Uuid) -> Result<Listed> {
    let keeper = (signed_in.role, signed_in.place_code.as_str());
    let person = staff::list(app, &signed_in.place_code).await?.into_iter().find(|person| person.id == id);
    let person = person.ok_or_else(|| Error::not_found("page-missing"))?;
    match person.role() {
        Some(role) if may_keep(keeper, (role, &person.place_code)) && person.id != signed_in.staff_id => Ok(person),
        _ => Err(Error::new(Kind::Forbidden, "role-needed").with("role", Role::Administrator)),
    }
}

pub(super) async fn reset(
    app: Data<App>,
    visit: Visit,
    PeopleKeeper(signed_in): PeopleKeeper,
    id: Path<Uuid>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let person = kept(&app, &signed_in, *id).await?;
    let password = new_password()?;
    staff::reset_password(&app, &signed_in.actor(), &person, password.clone()).await?;
    let mut page = page(&app, &visit, &signed_in).await?;
    page.made = Some((person.login, password));
    visit.ok(&page)
}

async fn set(app: &App, signed_in: &SignedIn, id: Uuid, fields: &Fields, shut: Shut) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let person = kept(app, signed_in, id).await?;
    staff::shut_out(app, &signed_in.actor(), &person, shut).await?;
    Ok(see_other("/qt/nguoi"))
}

pub(super) async fn shut_out(
    app: Data<App>,
    PeopleKeeper(signed_in): PeopleKeeper,
    id: Path<Uuid>,
    fields: Fields,
) -> Result<HttpResponse> {
    set(&app, &signed_in, *id, &fields, Shut::Out).await
}

pub(super) async fn let_in(
    app: Data<App>,
    PeopleKeeper(signed_in): PeopleKeeper,
    id: Path<Uuid>,
    fields: Fields,
) -> Result<HttpResponse> {
    set(&app, &signed_in, *id, &fields, Shut::In).await
}
