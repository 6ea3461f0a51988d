//! A new campaign: its names, days, telephone number and questionnaire.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use survey_forms::read_day;
use uuid::Uuid;

use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign, NewCampaign};
use crate::error::Result;
use crate::questionnaires::{self, Version};
use crate::staff::session::{Coordinator, SignedIn};
use crate::{invitations, places, samples};

/// From how many answers on a commune's are made anonymous together: fewer would point at their people.
const FLUSH_AT_LEAST: i32 = 5;

#[derive(Template)]
#[template(path = "coordination/new.html")]
struct NewPage {
    page: Page,
    problems: Vec<Problem>,
    form: Form,
    /// When the draft shown was kept.
    saved: Option<String>,
}

/// What is typed, in the order asked.
struct Form {
    /// The address of the campaign it was begun from; empty for none.
    from: String,
    name_vi: Field,
    name_en: Field,
    slug: Field,
    days: [Field; 3],
    hotline: Field,
    /// Approved versions; without one there is nothing to ask.
    versions: Choices,
}

#[derive(Deserialize)]
pub(super) struct From {
    /// The address of a campaign to begin from.
    tu: Option<String>,
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    from: Query<From>,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let mut form = Form::empty(&app, &visit).await?;
    let mut saved = None;
    if let Some(slug) = &from.tu {
        let earlier = campaigns::find_by_slug(&app, slug).await?;
        form.begin_from(&earlier, &questionnaires::list(&app).await?);
    } else if let Some(draft) = campaigns::draft(&app, &signed_in.login).await? {
        form.fill(&serde_json::from_value(draft.fields).unwrap_or_default());
        saved = Some(visit.texts().time(draft.saved_at));
    }
    visit.ok(&NewPage { saved, ..page(&visit, &signed_in, form) })
}

pub(super) async fn make(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let mut form = Form::empty(&app, &visit).await?;
    if fields.has("nhap") {
        let typed: BTreeMap<String, String> = fields.without(&["csrf", "nhap"]).into_iter().collect();
        campaigns::keep_draft(&app, &signed_in.login, json!(typed)).await?;
        return Ok(see_other("/qt/dot"));
    }
    let made = match form.read(&fields, visit.texts()) {
        Some((new, version)) => campaigns::create(&app, &signed_in.actor(), &new, version).await.map(|_id| new.slug),
        None => return visit.refused(&page(&visit, &signed_in, form)),
    };
    match made {
        Ok(slug) => {
            if !form.from.is_empty() {
                take_over(&app, &signed_in, &form.from, &slug).await?;
            }
            campaigns::forget_draft(&app, &signed_in.login).await?;
            Ok(see_other(&format!("/qt/dot/{slug}")))
        }
        Err(error) if error.code == "campaign-taken" => {
            form.slug.error =
                Some(visit.texts().with("error-campaign-taken", [("slug", form.slug.value.as_str())]).into_owned());
            visit.refused(&page(&visit, &signed_in, form))
        }
        Err(error) => Err(error),
    }
}

/// What last time's survey has of use: its designs and its rules for messages.
async fn take_over(app: &App, signed_in: &SignedIn, from: &str, to: &str) -> Result<()> {
    let (earlier, new) = (campaigns::find_by_slug(app, from).await?, campaigns::find_by_slug(app, to).await?);
    samples::copy_designs(app, &signed_in.actor(), &earlier, &new).await?;
    invitations::copy_rules(app, &signed_in.actor(), &earlier, &new).await
}

fn page(visit: &Visit, signed_in: &SignedIn, form: Form) -> NewPage {
    let page = signed_in.page(visit).titled(visit.texts().get("new-title"));
    let problems = form.problems();
    NewPage { page: if problems.is_empty() { page } else { page.failed() }, problems, form, saved: None }
}

impl Form {
    async fn empty(app: &App, visit: &Visit) -> Result<Self> {
        let texts = visit.texts();
        let mut options = Vec::new();
        for version in questionnaires::list(app).await?.iter().filter(|version| version.approved_at.is_some()) {
            let title = questionnaires::form(app, version.id).await?.words(visit.language.code()).title();
            let label = texts.with("new-version", [("title", title), ("moment", texts.moment(version.created_at))]);
            options.push(Choice::new(version.id.to_string(), label, false));
        }
        Ok(Self {
            from: String::new(),
            name_vi: field("name-vi", "", texts),
            name_en: field("name-en", "", texts),
            slug: field("slug", "new-slug-hint", texts),
            days: ["opens", "closes", "results"].map(|name| field(name, "day-hint", texts)),
            hotline: field("hotline", "", texts),
            versions: Choices {
                id: "form".to_owned(),
                name: "form".to_owned(),
                legend: texts.get("new-form").into_owned(),
                options,
                ..Choices::default()
            },
        })
    }

    /// Last time's survey a year on, with the newest approved version of the same questionnaire. Codes and people are never taken over.
    fn begin_from(&mut self, earlier: &Campaign, versions: &[Version]) {
        self.from.clone_from(&earlier.slug);
        let next = (earlier.year + 1).to_string();
        let on = |text: &str| text.replace(&earlier.year.to_string(), &next);
        self.name_vi.value = on(&earlier.name_vi);
        self.name_en.value = on(&earlier.name_en);
        self.slug.value = on(&earlier.slug);
        for (field, day) in self.days.iter_mut().zip([earlier.opens_on, earlier.closes_on, earlier.results_on]) {
            let later = day.checked_add_months(chrono::Months::new(12)).unwrap_or(day);
            field.value = later.format("%d/%m/%Y").to_string();
        }
        self.hotline.value.clone_from(&earlier.hotline);
        let code =
            versions.iter().find(|version| version.id == earlier.form_version_id).map(|version| &version.form_code);
        // The list has the newest first.
        let newest = versions.iter().find(|version| Some(&version.form_code) == code && version.approved_at.is_some());
        for option in &mut self.versions.options {
            option.chosen = newest.is_some_and(|newest| option.value == newest.id.to_string());
        }
    }

    /// Shows what was kept of an earlier try.
    fn fill(&mut self, typed: &BTreeMap<String, String>) {
        self.from = typed.get("tu").cloned().unwrap_or_default();
        for field in self.fields_mut() {
            field.value = typed.get(&field.name).cloned().unwrap_or_default();
        }
        for option in &mut self.versions.options {
            option.chosen = typed.get("form") == Some(&option.value);
        }
    }

    /// Takes over what was typed; none when something is wrong with it, which then stands beside each field.
    fn read(&mut self, fields: &Fields, texts: Texts) -> Option<(NewCampaign, Uuid)> {
        fields.get("tu").clone_into(&mut self.from);
        let needed = |field: &Field| field.value.is_empty().then(|| texts.get("new-needed").into_owned());
        for field in self.fields_mut() {
            fields.get(&field.name).trim().clone_into(&mut field.value);
            field.error = needed(field);
        }
        let slug = |text: &str| {
            (3..=40).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        if self.slug.error.is_none() && !slug(&self.slug.value) {
            self.slug.error = Some(texts.get("new-slug-wrong").into_owned());
        }
        for (field, most) in [(&mut self.name_vi, 200), (&mut self.name_en, 200), (&mut self.hotline, 30)] {
            if field.value.chars().count() > most {
                field.error = Some(texts.with("new-long", [("most", most)]).into_owned());
            }
        }
        if self.hotline.error.is_none() && self.hotline.value.chars().count() < 3 {
            self.hotline.error = Some(texts.get("new-needed").into_owned());
        }
        let days = self.days.each_mut().map(|field| {
            let day = read_day(&field.value);
            if day.is_none() && field.error.is_none() {
                field.error = Some(texts.get("new-day").into_owned());
            }
            day
        });
        if let [Some(opens), Some(closes), Some(results)] = days
            && (opens > closes || closes > results)
        {
            let [_, closes, _] = &mut self.days;
            closes.error = Some(texts.get("error-campaign-dates").into_owned());
        }
        for option in &mut self.versions.options {
            option.chosen = option.value == fields.get("form");
        }
        let version =
            self.versions.options.iter().find(|option| option.chosen).and_then(|option| option.value.parse().ok());
        if version.is_none() {
            self.versions.error = Some(texts.get("new-form-needed").into_owned());
        }
        let ([Some(opens_on), Some(closes_on), Some(results_on)], Some(version)) = (days, version) else { return None };
        if !self.problems().is_empty() {
            return None;
        }
        let new = NewCampaign {
            slug: self.slug.value.clone(),
            name_vi: self.name_vi.value.clone(),
            name_en: self.name_en.value.clone(),
            year: chrono::Datelike::year(&opens_on),
            opens_on,
            closes_on,
            results_on,
            hotline: self.hotline.value.clone(),
            synthetic: false,
            flush_at_least: FLUSH_AT_LEAST,
        };
        Some((new, version))
    }

    fn fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        let Self { name_vi, name_en, slug, days, hotline, .. } = self;
        [name_vi, name_en, slug].into_iter().chain(days).chain([hotline])
    }

    fn problems(&self) -> Vec<Problem> {
        let fields = [&self.name_vi, &self.name_en, &self.slug].into_iter().chain(&self.days).chain([&self.hotline]);
        let typed = fields.filter_map(|field| Some((&field.id, &field.label, field.error.as_ref()?)));
        let chosen = self.versions.error.as_ref().map(|error| (&self.versions.id, &self.versions.legend, error));
        typed.chain(chosen).map(|(id, label, error)| Problem::new(id, format!("{label}: {error}"))).collect()
    }
}

fn field(name: &str, hint: &str, texts: Texts) -> Field {
    Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(&format!("new-{name}")).into_owned(),
        hint: (!hint.is_empty()).then(|| texts.get(hint).into_owned()),
        ..Field::default()
    }
}
