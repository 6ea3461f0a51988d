//! The coordinator's and the analyst's part of the demo: the verbs behind their buttons, one after the other.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use actix_web::web::Data;
use analysis::design::Design;
use analysis::index::ItemRule;
use chrono::Days;
use serde::Deserialize;
use uuid::Uuid;

use super::console::{Console, thousands};
use super::fieldwork::Letter;
use super::person::RESPONSE_RATE;
use super::report::Line;
use super::truth::Satisfaction;
use crate::app::App;
use crate::audit::Actor;
use crate::base::seal::hex;
use crate::campaigns::{self, Campaign, NewCampaign};
use crate::editions::{self, Reason};
use crate::error::{Error, Result};
use crate::frames::synthetic::Size;
use crate::frames::{self, Verdict};
use crate::jobs::{ExportContents, ExportFormat, queue};
use crate::{coordination, exports, invitations, places, questionnaires, reports, results, samples};

pub(super) const SEED_NUMBER: u64 = 20_260_101;
const SEED: &str = "Mô phỏng SIPAS 2026";
const SEED_SOURCE: &str = "Hạt giống của chương trình mô phỏng";
/// Who confirms what the demo has typed in.
const SECOND: Actor = Actor::System("demo, second person");
const COMMUNES: u32 = 12;
const VILLAGES: u32 = 2;
const PROVINCES: f64 = 34.0;

/// Persons per village so that about `respondents` answer.
pub(super) fn take_for(respondents: usize) -> u32 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive count"
    )]
    let take = (respondents as f64 / RESPONSE_RATE / (PROVINCES * f64::from(COMMUNES * VILLAGES))).round() as u32;
    take.max(2)
}

fn reserves(take: u32) -> u32 {
    take.div_ceil(2)
}

/// Where everybody on the list lives.
#[derive(Default)]
pub(super) struct Population {
    /// Adults by province and commune: what the truth is weighted by.
    communes: BTreeMap<(String, String), u64>,
    /// Person → province and commune.
    homes: HashMap<String, (String, String)>,
}

pub(super) struct Office<'a> {
    pub(super) app: &'a Data<App>,
    pub(super) actor: Actor,
}

pub(super) const SURVEY: (&str, &str) = ("Khảo sát hài lòng 2026 (mô phỏng)", "Satisfaction survey 2026 (simulated)");

impl<'a> Office<'a> {
    pub(super) async fn open(app: &'a Data<App>) -> Result<Self> {
        let actor = Actor::System("demo");
        places::load(app, &actor).await?;
        Ok(Self { app, actor })
    }

    /// What went in, for the items of the built-in form.
    pub(super) fn satisfaction() -> Result<Satisfaction> {
        Satisfaction::new((1..=39).map(|item| format!("q9_{item:02}")).collect())
    }

    /// A campaign with an imported and frozen frame.
    pub(super) async fn prepare(
        &self,
        slug: &str,
        name: (&str, &str),
        take: u32,
        console: &Console,
    ) -> Result<(Campaign, Population)> {
        let today = self.app.clock.today();
        let new = NewCampaign {
            slug: slug.to_owned(),
            name_vi: name.0.to_owned(),
            name_en: name.1.to_owned(),
            year: 2026,
            opens_on: today,
            closes_on: today + Days::new(30),
            results_on: today + Days::new(60),
            hotline: "1900 0000".to_owned(),
            synthetic: true,
            flush_at_least: 5,
        };
        let source = survey_forms::builtin()
            .into_iter()
            .find(|source| source.code == "sipas-2026")
            .ok_or_else(|| Error::internal("form-missing"))?;
        let version = questionnaires::adopt(self.app, &Actor::System("built-in forms"), &self.actor, &source).await?;
        let id = campaigns::create(self.app, &self.actor, &new, version).await?;
        let campaign = campaigns::find(self.app, id).await?;
        let path = self.app.config.files.uploads.join(format!("{slug}.csv"));
        std::fs::create_dir_all(&self.app.config.files.uploads)?;
        let persons =
            frames::synthetic::write(SEED, &Size::for_take(u64::from(take + reserves(take))), File::create(&path)?)
                .map_err(|cause| Error::internal("demo-list").caused_by(cause))?;
        console.say(&format!("list of {} made-up persons", thousands(usize::try_from(persons).unwrap_or(usize::MAX))));
        let population = Population::read(&path)?;
        match frames::import(self.app, &self.actor, &campaign, &format!("{slug}.csv"), File::open(&path)?, true).await?
        {
            Verdict::Imported(frame) => frames::freeze(self.app, &self.actor, frame).await?,
            Verdict::Refused(findings) => return Err(Error::internal("demo-list").with("defects", findings.errors())),
        }
        std::fs::remove_file(&path)?;
        if let Some(frame) = frames::of(self.app, campaign.id).await? {
            console.say(&format!("frozen, frame digest {}", hex(&frame.frame_digest)));
        }
        Ok((campaign, population))
    }

    pub(super) async fn draw(&self, campaign: &Campaign, take: u32, console: &Console) -> Result<Uuid> {
        let design = Design {
            name: campaign.slug.clone(),
            communes: COMMUNES,
            villages_per_commune: VILLAGES,
            persons_per_village: take,
            reserves_per_village: reserves(take),
            ..Design::default()
        };
        self.drawn(campaign, &design, console).await
    }

    pub(super) async fn drawn(&self, campaign: &Campaign, design: &Design, console: &Console) -> Result<Uuid> {
        let people = (&self.actor, &SECOND);
        let (draw, _job) = samples::arrange(self.app, people, campaign, design, (SEED_SOURCE, SEED)).await?;
        self.settle(console).await?;
        let drawn = samples::find(self.app, draw).await?;
        let verified = samples::verify(self.app, &drawn).await? == samples::Verification::Same;
        let verdict = if verified {
            "drawn again from frame, design and seed: the same list"
        } else {
            "drawn again: NOT the same list"
        };
        console.say(&format!(
            "{} persons, list digest {}",
            thousands(usize::try_from(drawn.persons).unwrap_or(0)),
            drawn.list_digest().unwrap_or_default()
        ));
        console.say(verdict);
        if verified { Ok(draw) } else { Err(Error::internal("demo-draw")) }
    }

    /// Codes for everybody drawn; the letters as they would go to print.
    pub(super) async fn invite(
        &self,
        campaign: &Campaign,
        draw: Uuid,
        population: &Population,
        console: &Console,
    ) -> Result<Vec<Letter>> {
        invitations::issue(self.app, &self.actor, campaign, draw).await?;
        self.settle(console).await?;
        let path = invitations::print_list(self.app, draw);
        let mut letters = Vec::new();
        let mut list =
            csv::Reader::from_path(&path).map_err(|cause| Error::internal("demo-letters").caused_by(cause))?;
        for row in list.deserialize::<BTreeMap<String, String>>() {
            let mut row = row.map_err(|cause| Error::internal("demo-letters").caused_by(cause))?;
            let mut take =
                |name: &str| row.remove(name).ok_or_else(|| Error::internal("demo-letters").with("column", name));
            let code = take("code")?.chars().filter(char::is_ascii_digit).collect();
            let person = take("person")?;
            let (province, commune) =
                population.homes.get(&person).cloned().ok_or_else(|| Error::internal("demo-letters"))?;
            letters.push(Letter { code, person, province, commune });
        }
        Ok(letters)
    }

    pub(super) async fn open_fieldwork(&self, campaign: &Campaign) -> Result<()> {
        coordination::propose_opening(self.app, &Actor::System("second person"), campaign).await?;
        coordination::open(self.app, &self.actor, campaign).await
    }

    pub(super) async fn close(&self, campaign: &Campaign) -> Result<()> {
        let campaign = campaigns::find(self.app, campaign.id).await?;
        campaigns::close(self.app, &self.actor, &campaign).await
    }

    /// Waits until the worker has nothing left to do, showing what it is at.
    pub(super) async fn settle(&self, console: &Console) -> Result<()> {
        let mut told = String::new();
        loop {
            let mut connection = self.app.database.contact.read().await?;
            let newest = queue::newest(&mut connection, 20).await?;
            if let Some(failed) = newest.iter().find(|job| job.state == "failed") {
                return Err(Error::internal("demo-job")
                    .with("kind", &failed.kind)
                    .with("code", failed.error_code.clone().unwrap_or_default()));
            }
            if queue::open_count(&mut connection).await? == 0 {
                return Ok(());
            }
            drop(connection);
            if let Some(job) = newest.iter().find(|job| job.state == "running" && job.total_count > 0) {
                let line = format!("{}: {} of {}", job.kind, job.done_count, job.total_count);
                if line != told {
                    console.say(&line);
                    told = line;
                }
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// The two files of results, copied to `directory`.
    pub(super) async fn export(
        &self,
        campaign: &Campaign,
        directory: &Path,
        console: &Console,
    ) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        let formats = [ExportFormat::Csv, ExportFormat::Xlsx];
        for format in formats {
            exports::request(self.app, &self.actor, campaign, ExportContents::Tables, format).await?;
        }
        self.settle(console).await?;
        for format in formats {
            let file =
                exports::newest(self.app, campaign, format).await?.ok_or_else(|| Error::internal("demo-export"))?;
            let target = directory.join(format!("{}.{}", campaign.slug, format.name()));
            std::fs::copy(file.path(self.app), &target)?;
            files.push(target);
        }
        Ok(files)
    }

    /// The first edition of a survey with its reports on paper, public at once; its name.
    pub(super) async fn publish(&self, campaign: &Campaign, console: &Console) -> Result<String> {
        let campaign = campaigns::find(self.app, campaign.id).await?;
        editions::freeze(self.app, &self.actor, &campaign, Reason::default()).await?;
        self.settle(console).await?;
        let edition = editions::find(self.app, &campaign, 1).await?;
        editions::approve(self.app, &self.actor, &campaign, &edition, &hex(&edition.digest)).await?;
        let edition = editions::find(self.app, &campaign, 1).await?;
        reports::request(self.app, &self.actor, &campaign, &edition).await?;
        self.settle(console).await?;
        editions::release(self.app, &Actor::System("second person"), &campaign, &edition, None).await?;
        Ok(edition.label(&campaign))
    }

    /// The overall index of the nation and each province beside the truth.
    pub(super) async fn table(
        &self,
        campaign: &Campaign,
        population: &Population,
        rule: ItemRule,
    ) -> Result<(Line, Vec<Line>)> {
        let satisfaction = Self::satisfaction()?;
        let truth = |province: Option<&str>| {
            let wanted =
                population.communes.iter().filter(|((of, _), _)| province.is_none_or(|province| province == of));
            satisfaction.index(
                SEED_NUMBER,
                rule,
                wanted.map(|((province, commune), adults)| (province.as_str(), commune.as_str(), *adults)),
            )
        };
        let (mut nation, mut provinces) = (None, Vec::new());
        for row in results::table(self.app, campaign, "overall", rule).await? {
            let of_country = row.is_country();
            let figure = row.figure;
            let (Some(estimate), Some(low), Some(high)) = (figure.estimate, figure.ci_low, figure.ci_high) else {
                continue;
            };
            let truth = truth((!of_country).then_some(figure.place_code.as_str()));
            let line = Line {
                place: row.place_name,
                n: figure.n.unwrap_or_default(),
                estimate: 100.0 * estimate,
                low: 100.0 * low,
                high: 100.0 * high,
                truth,
            };
            if of_country { nation = Some(line) } else { provinces.push(line) }
        }
        Ok((nation.ok_or_else(|| Error::internal("demo-table"))?, provinces))
    }
}

impl Population {
    fn read(list: &Path) -> Result<Self> {
        let failed = |cause: csv::Error| Error::internal("demo-list").caused_by(cause);
        let mut population = Self::default();
        for row in csv::Reader::from_path(list).map_err(failed)?.deserialize::<Listed>() {
            let Listed { person, province, commune } = row.map_err(failed)?;
            let home = (province, commune);
            *population.communes.entry(home.clone()).or_default() += 1;
            population.homes.insert(person, home);
        }
        Ok(population)
    }
}

/// The columns of the list that the simulation needs.
#[derive(Deserialize)]
struct Listed {
    person: String,
    province: String,
    commune: String,
}
