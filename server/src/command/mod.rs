//! The command line: one executable, every task of the house.

mod analyse;
mod doctor;
mod form;
mod responses;

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use actix_web::web::Data;
use clap::{Parser, Subcommand};

use crate::app::{self, App, WorkerBeside};
use crate::base::clock::Clock;
use crate::base::log;
use crate::base::migrations;
use crate::config::Config;
use crate::staff::{self, NewAccount};
use crate::{audit, demo, editions, error, places, samples};

/// SIPAS Online: measures how satisfied citizens are with their public offices.
#[derive(Parser)]
#[command(name = "sipas", version)]
struct Arguments {
    /// Configuration file (TOML); environment variables come on top.
    #[arg(long, global = true, env = "SIPAS_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages. With --work, run background jobs in the same process.
    Serve {
        #[arg(long)]
        work: bool,
    },
    /// Run background jobs.
    Work,
    /// Run one whole simulated survey, from the draw to the table, on a Postgres of its own.
    Demo(demo::Options),
    /// Bring the database up to date.
    Migrate,
    /// Accounts of the people who work here.
    Staff {
        #[command(subcommand)]
        command: StaffCommand,
    },
    /// Questionnaires.
    Form {
        #[command(subcommand)]
        command: FormCommand,
    },
    /// Check a published edition from its bundle: fingerprints, tables, indices, ranks, hidden figures. Ends with 1 at the first difference.
    Verify(editions::Bundle),
    /// Draws of samples.
    Sample {
        #[command(subcommand)]
        command: SampleCommand,
    },
    /// Responses in the store.
    Responses {
        #[command(subcommand)]
        command: ResponsesCommand,
    },
    /// Recompute figures from a table of answers and a design file: no configuration, no database.
    Analyse(analyse::Options),
    /// The configuration.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Look at everything the program stands on and say what to mend. Ends with 1 when something is wrong.
    Doctor,
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Make an account; the password is read from standard input.
    Add {
        login: String,
        #[arg(long)]
        name: String,
        /// coordinator or analyst
        #[arg(long)]
        role: String,
        /// The place this person may see: VN for the country, or a province's code.
        #[arg(long, default_value = "VN")]
        place: String,
    },
}

#[derive(Subcommand)]
enum FormCommand {
    /// Read a questionnaire and say what it holds, or every defect with its place.
    Check {
        /// Directory with form.toml and one file of wording per language (vi.toml, en.toml); or the code of a built-in one.
        form: PathBuf,
    },
    /// Make a questionnaire of an XLSForm workbook, or name every cell that cannot be kept.
    Import {
        workbook: PathBuf,
        /// Where its files go; the directory must not exist yet. Its name is the questionnaire's code.
        directory: PathBuf,
    },
    /// Write a questionnaire as an XLSForm workbook (.xlsx), or its codebook as a table (.csv) or DDI-Codebook 2.5 (.xml).
    Export {
        /// As for `check`.
        form: PathBuf,
        file: PathBuf,
    },
    /// Write a questionnaire as a PDF to print on A4, in one of its languages.
    Print {
        /// As for `check`.
        form: PathBuf,
        /// vi, en, ….
        language: String,
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum SampleCommand {
    /// Draw again from frame, design and seed, and compare with the published list. Ends with 1 at the first difference.
    Verify(samples::Files),
}

#[derive(Subcommand)]
enum ResponsesCommand {
    /// Make the columnar copies anew from the database, and print how many responses each has and their digest.
    Rebuild {
        /// One survey only, by the word in its addresses.
        survey: Option<String>,
    },
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Say what is in force, or everything that is wrong with it. Passwords are not shown.
    Check,
}

/// Parses `arguments`, the program's name first, and does what they ask. Failures are told on standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = Arguments::parse_from(arguments);
    start_log(&arguments.command);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => return failed(&format!("cannot start: {cause}")),
    };
    match runtime.block_on(execute(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => failed(&sentence),
    }
}

#[expect(clippy::print_stderr, reason = "the command line speaks to a person here")]
fn failed(sentence: &str) -> ExitCode {
    eprintln!("sipas: {sentence}");
    ExitCode::FAILURE
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person here")]
fn say(text: &str) {
    println!("{}", text.trim_end());
}

/// Structured lines on standard error; `RUST_LOG` chooses how many.
fn start_log(command: &Command) {
    // Commands that answer a person at a terminal stay silent beside their answer.
    let usual = if matches!(command, Command::Serve { .. } | Command::Work) { "info" } else { "warn" };
    let filter = log::filter(&std::env::var("RUST_LOG").unwrap_or_else(|_unset| usual.to_owned()));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
}

async fn execute(arguments: Arguments) -> Result<(), String> {
    let told = |error: error::Error| error.to_string();
    let config = || configuration(arguments.config.as_deref());
    match arguments.command {
        Command::Serve { work } => serve(config()?, work).await.map_err(told),
        Command::Work => work(config()?).await.map_err(told),
        Command::Demo(options) => demo::run(options).await.map_err(told),
        Command::Migrate => {
            let database = config()?.database;
            migrations::up(&database.contact_url, &database.answers_url).await.map_err(told)
        }
        Command::Staff { command: StaffCommand::Add { login, name, role, place } } => {
            add_staff(config()?, login, name, &role, place).await.map_err(told)
        }
        Command::Form { command } => match command {
            FormCommand::Check { form } => form::check(&form),
            FormCommand::Import { workbook, directory } => form::import(&workbook, &directory),
            FormCommand::Export { form, file } => form::export(&form, &file),
            FormCommand::Print { form, language, file } => form::print(&form, &language, &file),
        }
        .map(|text| say(&text)),
        Command::Sample { command: SampleCommand::Verify(files) } => {
            samples::verify_files(&files).map(|text| say(&text))
        }
        Command::Verify(bundle) => editions::verify_bundle(&bundle).map(|text| say(&text)),
        Command::Responses { command: ResponsesCommand::Rebuild { survey } } => {
            responses::rebuild(config()?, survey.as_deref()).await.map_err(told)
        }
        Command::Analyse(options) => analyse::run(&options).map(|text| say(&text)),
        Command::Config { command: ConfigCommand::Check } => config().map(|config| say(&config.to_string())),
        Command::Doctor => doctor::examine(config()).await,
    }
}

fn configuration(file: Option<&Path>) -> Result<Config, String> {
    Config::read(file, std::env::vars())
        .map_err(|mistakes| format!("mistakes in the configuration: {}\n  {}", mistakes.len(), mistakes.join("\n  ")))
}

async fn serve(config: Config, with_worker: bool) -> error::Result<()> {
    migrations::up(&config.database.contact_url, &config.database.answers_url).await?;
    let listener = TcpListener::bind(config.web.listen)?;
    let app = App::open(config, Clock::System)?;
    places::load(&app, &audit::Actor::System("serve")).await?;
    let metrics = app::serve_metrics(&app)?;
    let running = app::serve(&app, listener, if with_worker { WorkerBeside::Yes } else { WorkerBeside::No })?;
    tracing::info!(address = %running.address, "serving");
    tokio::signal::ctrl_c().await?;
    running.stop().await;
    metrics.stop(true).await;
    Ok(())
}

async fn work(config: Config) -> error::Result<()> {
    let app: Data<App> = App::open(config, Clock::System)?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = app::worker_thread(app, stopped)?;
    tokio::signal::ctrl_c().await?;
    stop.send(true).ok();
    tokio::task::spawn_blocking(move || worker.join().ok()).await.ok();
    Ok(())
}

async fn add_staff(config: Config, login: String, name: String, role: &str, place: String) -> error::Result<()> {
    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let account = NewAccount { login, name, password, role: role.parse()?, place_code: place };
    let app = App::open(config, Clock::System)?;
    staff::add(&app, &audit::Actor::System("command line"), account).await?;
    Ok(())
}
