//! The command line: one executable, every task of the house.

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
use crate::{audit, error, places, samples};

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
    /// Bring the database up to date.
    Migrate,
    /// Accounts of the people who work here.
    Staff {
        #[command(subcommand)]
        command: StaffCommand,
    },
    /// Draws of samples.
    Sample {
        #[command(subcommand)]
        command: SampleCommand,
    },
    /// Read the configuration and say what is in force, or everything that is wrong with it.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
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
enum SampleCommand {
    /// Draw again from frame, design and seed, and compare with the published list. Ends with 1 at the first difference.
    Verify(samples::Files),
}

#[derive(Subcommand)]
enum ConfigCommand {
    Check,
}

/// Parses the command line and runs it. Failures are told on standard error in one sentence.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    start_log();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => return told(format!("cannot start: {cause}")),
    };
    match runtime.block_on(execute(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => told(sentence),
    }
}

fn told(sentence: impl std::fmt::Display) -> ExitCode {
    say(&format!("sipas: {sentence}"));
    ExitCode::FAILURE
}

#[expect(clippy::print_stderr, reason = "the command line speaks to a person here")]
fn say(sentence: &str) {
    eprintln!("{sentence}");
}

/// Structured lines on standard error; `RUST_LOG` chooses how many.
fn start_log() {
    let filter = log::filter(&std::env::var("RUST_LOG").unwrap_or_else(|_unset| "info".to_owned()));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
}

fn configuration(file: Option<&Path>) -> Result<Config, String> {
    Config::read(file, std::env::vars()).map_err(|mistakes| format!("the configuration has {} mistakes:\n  {}", mistakes.len(), mistakes.join("\n  ")))
}

async fn execute(arguments: Arguments) -> Result<(), String> {
    // An outsider who checks a draw has neither configuration nor database.
    if let Command::Sample { command: SampleCommand::Verify(files) } = &arguments.command {
        say(&samples::verify_files(files)?);
        return Ok(());
    }
    let config = configuration(arguments.config.as_deref())?;
    let failed = |error: error::Error| error.to_string();
    match arguments.command {
        Command::Serve { work } => serve(config, if work { WorkerBeside::Yes } else { WorkerBeside::No }).await.map_err(failed),
        Command::Work => work(config).await.map_err(failed),
        Command::Migrate => migrations::up(&config.database.contact_url, &config.database.answers_url).await.map_err(failed),
        Command::Staff { command: StaffCommand::Add { login, name, role, place } } => add_staff(config, login, name, &role, place).await.map_err(failed),
        Command::Sample { .. } => Ok(()),
        Command::Config { command: ConfigCommand::Check } => {
            say(&format!("{config:#?}"));
            Ok(())
        }
    }
}

async fn serve(config: Config, beside: WorkerBeside) -> error::Result<()> {
    migrations::up(&config.database.contact_url, &config.database.answers_url).await?;
    let listener = TcpListener::bind(config.web.listen)?;
    let app = App::open(config, Clock::System)?;
    places::load(&app, &audit::Actor::System("serve")).await?;
    let metrics = app::serve_metrics(&app)?;
    let running = app::serve(&app, listener, beside)?;
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
    let account = NewAccount { login, name, password: password.trim_end_matches(['\r', '\n']).to_owned(), role: role.parse()?, place_code: place };
    let app = App::open(config, Clock::System)?;
    staff::add(&app, &audit::Actor::System("command line"), account).await?;
    Ok(())
}
