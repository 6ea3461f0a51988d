//! `sipas doctor`: everything the program stands on, looked at in one go, with what to do about each fault.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::say;
use crate::base::clock::Clock;
use crate::base::db::{Database, Name, Side};
use crate::base::migrations;
use crate::config::{Config, DatabaseConfig};
use crate::error::{Error, Result as Outcome};

const OLDEST_POSTGRES: u32 = 14;
const CLOCKS_APART_SECONDS: i64 = 5;

/// Postgres's settings that keep acknowledged answers, and those that would tell who answered when.
const SETTINGS: &[(&str, &str, &str)] = &[
    ("fsync", "on", "an acknowledged answer could be lost in a power cut"),
    ("synchronous_commit", "on", "an acknowledged answer could be lost in a power cut"),
    ("full_page_writes", "on", "a power cut could damage pages of the database"),
    ("track_commit_timestamp", "off", "the time of each answer would be kept, and with it the person"),
    ("log_statement", "none", "the log would hold what ties an answer to its person"),
    (
        "log_min_duration_statement",
        "-1",
        "the log would hold the values of slow statements; tags and sealed answers among them",
    ),
];

fn good(what: &str) {
    say(&format!("good   {what}"));
}

fn note(what: &str) {
    say(&format!("note   {what}"));
}

#[derive(Default)]
struct Report {
    faults: usize,
}

impl Report {
    fn wrong(&mut self, what: &str) {
        self.faults += 1;
        say(&format!("wrong  {what}"));
    }

    fn require(&mut self, holds: bool, what: &str, advice: &str) {
        if holds { good(what) } else { self.wrong(&format!("{what}: {advice}")) }
    }
}

/// Looks at configuration, directories and both sides of the database.
pub(super) async fn examine(config: Result<Config, String>) -> Result<(), String> {
    let mut report = Report::default();
    let config = config?;
    good("configuration");
    web(&config);
    for (what, directory, private) in [
        ("keys", &config.files.keys, true),
        ("uploads", &config.files.uploads, true),
        ("letters", &config.files.letters, true),
        ("responses", &config.files.responses, true),
        ("exports", &config.files.exports, false),
    ] {
        place(&mut report, what, directory, private);
    }
    if let Err(error) = databases(&mut report, &config.database).await {
        report.wrong(&format!("database: {error}"));
    }
    match report.faults {
        0 => Ok(()),
        1 => Err("one thing to mend".to_owned()),
        faults => Err(format!("{faults} things to mend")),
    }
}

fn web(config: &Config) {
    if config.web.secure_cookies() {
        good("public address is https");
    } else {
        note("public address is http: right on a test machine only; set web.public_url to https://…");
    }
}

fn place(report: &mut Report, what: &str, directory: &Path, private: bool) {
    let shown = format!("{what} in {}", directory.display());
    let Ok(found) = directory.metadata() else {
        note(&format!("{shown}: will be made at the first start"));
        return;
    };
    let mode = found.permissions().mode() & 0o777;
    if private && mode & 0o077 != 0 {
        report.wrong(&format!("{shown}: others on this machine can read it (mode {mode:o}); chmod 700 it"));
        return;
    }
    let probe = directory.join(".doctor");
    let written = std::fs::write(&probe, b"probe").and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => good(&shown),
        Err(cause) => report.wrong(&format!("{shown}: cannot write there ({cause})")),
    }
}

async fn databases(report: &mut Report, config: &DatabaseConfig) -> Outcome<()> {
    let waiting = migrations::waiting(&config.contact_url, &config.answers_url).await?;
    report.require(waiting == 0, &format!("migrations waiting: {waiting}"), "run `sipas migrate`");
    if waiting > 0 {
        return Ok(());
    }
    let database = Database::open(&config.contact_url, &config.answers_url, 1)?;
    side(report, &database.contact).await?;
    if config.answers_url != config.contact_url {
        side(report, &database.answers).await?;
    }
    Ok(())
}

async fn side<N: Name>(report: &mut Report, side: &Side<N>) -> Outcome<()> {
    let version = side.setting("server_version_num").await?;
    let major = version.parse::<u32>().map_err(|cause| Error::internal("database").caused_by(cause))? / 10_000;
    report.require(
        major >= OLDEST_POSTGRES,
        &format!("Postgres {major} as {}", N::ROLE),
        "Postgres 14 or newer is needed",
    );
    for (name, wanted, why) in SETTINGS {
        let found = side.setting(name).await?;
        report.require(found == *wanted, &format!("{name} = {found}"), &format!("set it to {wanted}, or {why}"));
    }
    let apart = (Clock::System.now() - side.time().await?).num_seconds().abs();
    report.require(
        apart <= CLOCKS_APART_SECONDS,
        &format!("clocks {apart} s apart"),
        "set both machines' clocks by the network's",
    );
    Ok(())
}
