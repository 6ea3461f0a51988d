//! One whole campaign from the draw to the table, with simulated citizens who use the same pages as everybody.
//!
//! Nothing here is a second way to do a thing: the demo presses the buttons a coordinator and an analyst would press, and
//! the citizens come over HTTP. What went in is known, so that what comes out can be judged.

mod citizen;
mod console;
mod fieldwork;
mod office;
mod person;
mod rehearsal;
mod report;
mod truth;

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use actix_web::web::Data;
use analysis::index::ItemRule;

use crate::app::{self, App, WorkerBeside};
use crate::base::clock::Clock;
use crate::base::migrations;
use crate::base::postgres::{Keep, PrivatePostgres};
use crate::base::scratch::Scratch;
use crate::config::Config;
use crate::error::{Error, Result};

use console::{Console, thousands};
use fieldwork::Crowd;
use office::Office;

/// What the person at the command line may choose.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// About how many people answer.
    #[arg(long, default_value_t = 3_400)]
    pub respondents: usize,
    /// End after the table instead of staying up with links to try.
    #[arg(long)]
    pub exit: bool,
    /// Where to listen on this machine; 0 takes a free port.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Where the two result files go.
    #[arg(long, default_value = ".")]
    pub out: PathBuf,
    /// Where the columnar copy of the answers is kept, to try other engines on it; without this it goes with the database.
    #[arg(long)]
    pub responses: Option<PathBuf>,
}

const STEPS: u32 = 9;

/// Runs the demo on a Postgres of its own, or on `DATABASE_URL`.
pub async fn run(options: Options) -> Result<()> {
    let mut console = Console::new(STEPS);
    console.line(&format!(
        "SIPAS Online: one simulated survey, about {} answers. Every person in it is made up.",
        thousands(options.respondents)
    ));

    console.step("Starting a database of its own");
    let started =
        std::env::var("DATABASE_URL").is_err().then(|| PrivatePostgres::throw_away(Keep::Nothing)).transpose();
    let postgres = started.map_err(|cause| Error::internal("postgres").caused_by(cause))?;
    if let Some(postgres) = &postgres {
        postgres.create_database("sipas").map_err(|cause| Error::internal("postgres").caused_by(cause))?;
    }
    // Keys, print files and exports of a simulation are of no use to anybody: they go with it.
    let private = Scratch::new("demo")?;
    on_files(&options, &mut console, postgres.as_ref(), private.path()).await
}

async fn on_files(
    options: &Options,
    console: &mut Console,
    postgres: Option<&PrivatePostgres>,
    private: &Path,
) -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", options.port))?;
    let home = format!("http://{}", listener.local_addr()?);
    let config = configuration(options, postgres, private, &home)?;
    migrations::up(&config.database.contact_url, &config.database.answers_url).await?;
    let app = App::open(config, Clock::System)?;
    let running = app::serve(&app, listener, WorkerBeside::Yes)?;
    let outcome = tokio::select! {
        outcome = survey(options, console, &app, &home) => outcome,
        stopped = tokio::signal::ctrl_c() => stopped.map_err(Error::from),
    };
    running.stop().await;
    outcome
}

fn configuration(options: &Options, postgres: Option<&PrivatePostgres>, private: &Path, home: &str) -> Result<Config> {
    let path = |name: &str| private.join(name).to_string_lossy().into_owned();
    let own = postgres.map(|postgres| ("DATABASE_URL".to_owned(), postgres.url("sipas")));
    let settings = [
        ("SIPAS_WEB_PUBLIC_URL", home.to_owned()),
        ("SIPAS_DATABASE_CONNECTIONS", "24".to_owned()),
        ("SIPAS_FILES_KEYS", path("keys")),
        ("SIPAS_FILES_EXPORTS", path("exports")),
        ("SIPAS_FILES_UPLOADS", path("uploads")),
        ("SIPAS_FILES_LETTERS", path("letters")),
        (
            "SIPAS_FILES_RESPONSES",
            options.responses.as_ref().map_or_else(|| path("responses"), |kept| kept.to_string_lossy().into_owned()),
        ),
    ]
    .map(|(name, value)| (name.to_owned(), value));
    let given = std::env::var("DATABASE_URL").ok().map(|url| ("DATABASE_URL".to_owned(), url));
    Config::read(None, settings.into_iter().chain(own.or(given)))
        .map_err(|mistakes| Error::internal("configuration").caused_by(mistakes.join("; ")))
}

async fn survey(options: &Options, console: &mut Console, app: &Data<App>, home: &str) -> Result<()> {
    let office = Office::open(app).await?;
    console.step("Loading 34 provinces (and the 63 they came from), importing a synthetic list of persons");
    let take = office::take_for(options.respondents);
    let (campaign, population) = office.prepare("sipas-2026", office::SURVEY, take, console).await?;

    console.step("Drawing the sample: province and area → communes → villages → persons (sipas-draw-v1)");
    let draw = office.draw(&campaign, take, console).await?;

    console.step("Issuing one 16-digit code per person");
    let letters = office.invite(&campaign, draw, &population, console).await?;
    office.open_fieldwork(&campaign).await?;

    console.step(&format!("{} people get a letter; those who come answer on {home}", thousands(letters.len())));
    let form = campaign.form(app).await?;
    let crowd =
        Crowd { home: home.to_owned(), form, satisfaction: Office::satisfaction()?.into(), seed: office::SEED_NUMBER };
    let tally = crowd.answer(&letters, console).await?;
    console.say(&tally.sentence());

    console.step("Closing the fieldwork; storing the answers without a trace to the persons; computing");
    office.close(&campaign).await?;
    office.settle(console).await?;

    console.step("Writing the table");
    let files = office.export(&campaign, &options.out, console).await?;
    let (nation, mut provinces) = office.table(&campaign, &population, ItemRule::M).await?;
    report::print(console, &nation, &mut provinces);
    console.line("");
    for rule in [ItemRule::M, ItemRule::T] {
        let (nation, provinces) = office.table(&campaign, &population, rule).await?;
        report::coverage(console, rule, &nation, &provinces);
    }
    for file in &files {
        console.say(&format!("wrote {}", file.display()));
    }
    console.step("Publishing: frozen, checked, approved by one person, printed, released by another");
    let edition = office.publish(&campaign, console).await?;
    console.say(&format!("edition {edition} is public"));
    if options.exit {
        console.step("Done");
        return Ok(());
    }

    console.step("Opening a rehearsal, so that you can answer too");
    let (invitation, people) = office.rehearsal(console).await?;
    console.line("");
    console.line(&format!("Answer as a citizen      {home}/v/{invitation}"));
    console.line(&format!("  or type the code at    {home}/ma"));
    for (role, login) in &people.accounts {
        console.line(&format!(
            "Work as {:<16} {home}{:<11} user {login}, password {}",
            role.name(),
            role.home(),
            people.password
        ));
    }
    console.line(&format!("Results, for analysts    {home}/pt/ket-qua/sipas-2026"));
    console.line(&format!("Results, for everybody   {home}/   (in English: {home}/en)"));
    console.line("Press Control-C to end. Everything but the two files goes with it.");
    // Until Control-C, which `on_files` listens for.
    std::future::pending().await
}
