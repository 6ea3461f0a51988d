//! What the operator may set: one file and the environment. Unknown keys are refused and every mistake is told at once.
//!
//! `sipas config check` prints what is in force. An environment variable `SIPAS_WEB_LISTEN` sets `listen` of `[web]`;
//! `DATABASE_URL` sets `contact_url` and, unless given, `answers_url` of `[database]`.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use toml::{Table, Value};

#[derive(Clone, Debug)]
pub struct Config {
    pub database: DatabaseConfig,
    pub web: WebConfig,
    pub files: FilesConfig,
    pub flush: FlushConfig,
    /// None: no e-mail is sent.
    pub mail: Option<MailConfig>,
    /// None: no SMS and no Zalo message is sent.
    pub gateway: Option<GatewayConfig>,
    pub api: ApiConfig,
}

#[derive(Clone, Debug)]
pub struct DatabaseConfig {
    pub contact_url: String,
    pub answers_url: String,
    /// Connections of each side's pool.
    pub connections: usize,
}

#[derive(Clone, Debug)]
pub struct WebConfig {
    pub listen: SocketAddr,
    /// Where people reach it: printed on letters, and `https` here makes cookies secure.
    pub public_url: String,
    pub workers: usize,
    /// Metrics and health, for machines of the house only.
    pub metrics_listen: SocketAddr,
}

#[derive(Clone, Debug)]
pub struct FilesConfig {
    /// Directory of the keys (mode 0700), never inside the database's backup.
    pub keys: PathBuf,
    pub exports: PathBuf,
    /// Lists of persons on their way in, and what is wrong with them (mode 0700).
    pub uploads: PathBuf,
    /// Print files of letters: the only place where codes stand in clear (mode 0700).
    pub letters: PathBuf,
    /// Columnar copies of the responses (mode 0700).
    pub responses: PathBuf,
}

#[derive(Clone, Debug)]
pub struct FlushConfig {
    /// Minutes between two flushes while a campaign is open; 1440 is nightly.
    pub minutes: i64,
}

/// Names and links with codes go this way unencrypted: the relay is on this machine.
#[derive(Clone, Debug)]
pub struct MailConfig {
    pub relay: SocketAddr,
    /// `SIPAS <khaosat@example.gov.vn>`.
    pub sender: String,
}

#[derive(Clone)]
pub struct GatewayConfig {
    /// Where messages are posted, on this machine.
    pub url: String,
    /// Shown to the gateway with every message.
    pub token: String,
    /// Signs the gateway's reports.
    pub secret: String,
}

/// Without what is secret in it.
impl fmt::Debug for GatewayConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewayConfig").field("url", &self.url).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// Where other systems may be told of releases: names, with a port where it is not the usual one.
    pub webhook_hosts: Vec<String>,
}

impl WebConfig {
    pub fn secure_cookies(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

const SECTIONS: &[(&str, &[&str])] = &[
    ("database", &["contact_url", "answers_url", "connections"]),
    ("web", &["listen", "public_url", "workers", "metrics_listen"]),
    ("files", &["keys", "exports", "uploads", "letters", "responses"]),
    ("flush", &["minutes"]),
    ("mail", &["relay", "sender"]),
    ("gateway", &["url", "token", "secret"]),
    ("api", &["webhook_hosts"]),
];

impl Config {
    /// Reads `file` (if any) and then `environment` over it. The error lists every mistake, one per line of the vector.
    pub fn read(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Self, Vec<String>> {
        let mut mistakes = Vec::new();
        let mut table = match file.map(std::fs::read_to_string) {
            None => Table::new(),
            Some(Ok(text)) => text.parse().unwrap_or_else(|cause: toml::de::Error| {
                mistakes.push(format!("configuration file: {cause}"));
                Table::new()
            }),
            Some(Err(cause)) => {
                mistakes.push(format!("configuration file: {cause}"));
                Table::new()
            }
        };
        overlay(&mut table, environment, &mut mistakes);
        refuse_unknown(&table, &mut mistakes);

        let mut reader = Reader { table: &table, mistakes };
        let contact_url = reader.required("database", "contact_url");
        let config = Self {
            database: DatabaseConfig {
                answers_url: reader.text("database", "answers_url").unwrap_or_else(|| contact_url.clone()),
                contact_url,
                connections: reader.parsed("database", "connections", 8),
            },
            web: WebConfig {
                listen: reader.parsed("web", "listen", SocketAddr::from(([127, 0, 0, 1], 8080))),
                public_url: reader.text("web", "public_url").unwrap_or_else(|| "http://127.0.0.1:8080".to_owned()),
                workers: reader.parsed("web", "workers", 2),
                metrics_listen: reader.parsed("web", "metrics_listen", SocketAddr::from(([127, 0, 0, 1], 9464))),
            },
            files: FilesConfig {
                keys: reader.text("files", "keys").unwrap_or_else(|| "var/keys".to_owned()).into(),
                exports: reader.text("files", "exports").unwrap_or_else(|| "var/exports".to_owned()).into(),
                uploads: reader.text("files", "uploads").unwrap_or_else(|| "var/uploads".to_owned()).into(),
                letters: reader.text("files", "letters").unwrap_or_else(|| "var/letters".to_owned()).into(),
                responses: reader.text("files", "responses").unwrap_or_else(|| "var/responses".to_owned()).into(),
            },
            flush: FlushConfig { minutes: reader.parsed("flush", "minutes", 1440) },
            mail: reader.mail(),
            gateway: reader.gateway(),
            api: ApiConfig { webhook_hosts: reader.hosts("api", "webhook_hosts") },
        };
        if !config.web.public_url.starts_with("http://") && !config.web.public_url.starts_with("https://") {
            reader.mistakes.push("web.public_url must begin with https:// (or http:// on a test machine)".to_owned());
        }
        if reader.mistakes.is_empty() { Ok(config) } else { Err(reader.mistakes) }
    }
}

/// As a configuration file would say it, without the passwords.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { database, web, files, flush, mail, gateway, api } = self;
        writeln!(f, "[database]")?;
        writeln!(f, "contact_url = {:?}", without_password(&database.contact_url))?;
        writeln!(f, "answers_url = {:?}", without_password(&database.answers_url))?;
        writeln!(f, "connections = {}", database.connections)?;
        writeln!(f, "\n[web]")?;
        writeln!(f, "listen = {:?}", web.listen.to_string())?;
        writeln!(f, "public_url = {:?}", web.public_url)?;
        writeln!(f, "workers = {}", web.workers)?;
        writeln!(f, "metrics_listen = {:?}", web.metrics_listen.to_string())?;
        writeln!(f, "\n[files]")?;
        for (name, path) in [
            ("keys", &files.keys),
            ("exports", &files.exports),
            ("uploads", &files.uploads),
            ("letters", &files.letters),
            ("responses", &files.responses),
        ] {
            writeln!(f, "{name} = {:?}", path.display().to_string())?;
        }
        writeln!(f, "\n[flush]\nminutes = {}", flush.minutes)?;
        if let Some(MailConfig { relay, sender }) = mail {
            writeln!(f, "\n[mail]\nrelay = {:?}\nsender = {sender:?}", relay.to_string())?;
        }
        if let Some(GatewayConfig { url, .. }) = gateway {
            writeln!(f, "\n[gateway]\nurl = {url:?}\ntoken = \"…\"\nsecret = \"…\"")?;
        }
        if !api.webhook_hosts.is_empty() {
            writeln!(f, "\n[api]\nwebhook_hosts = {:?}", api.webhook_hosts.join(", "))?;
        }
        Ok(())
    }
}

/// `postgres://user:secret@host/db` → `postgres://user:…@host/db`; a URL that is not one is not shown at all.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "…".to_owned() };
    let rest = rest.split_once('?').map_or(rest, |(before, _parameters)| before);
    match rest.rsplit_once('@') {
        Some((who, place)) => {
            let who = who.split_once(':').map_or_else(|| who.to_owned(), |(user, _password)| format!("{user}:…"));
            format!("{scheme}://{who}@{place}")
        }
        None => format!("{scheme}://{rest}"),
    }
}

fn overlay(table: &mut Table, environment: impl Iterator<Item = (String, String)>, mistakes: &mut Vec<String>) {
    for (name, value) in environment {
        let place = match name.as_str() {
            "DATABASE_URL" => Some(("database", "contact_url".to_owned())),
            _ => name.strip_prefix("SIPAS_").map(str::to_lowercase).and_then(|rest| {
                SECTIONS.iter().find_map(|(section, _)| {
                    Some((*section, rest.strip_prefix(section)?.strip_prefix('_')?.to_owned()))
                })
            }),
        };
        let Some((section, key)) = place else { continue };
        match table.entry(section).or_insert_with(|| Value::Table(Table::new())) {
            Value::Table(section) => {
                section.insert(key, Value::String(value));
            }
            _ => mistakes.push(format!("[{section}] must be a section")),
        }
    }
}

fn refuse_unknown(table: &Table, mistakes: &mut Vec<String>) {
    for (section, content) in table {
        let Some((_, known)) = SECTIONS.iter().find(|(name, _)| name == section) else {
            mistakes.push(format!(
                "unknown section [{section}]; known are {}",
                names(SECTIONS.iter().map(|(name, _)| *name))
            ));
            continue;
        };
        for key in content.as_table().into_iter().flat_map(Table::keys) {
            if !known.contains(&key.as_str()) {
                mistakes.push(format!("unknown key {section}.{key}; known are {}", names(known.iter().copied())));
            }
        }
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

struct Reader<'a> {
    table: &'a Table,
    mistakes: Vec<String>,
}

impl Reader<'_> {
    fn text(&self, section: &str, key: &str) -> Option<String> {
        match self.table.get(section)?.get(key)? {
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    fn required(&mut self, section: &str, key: &str) -> String {
        self.text(section, key).unwrap_or_else(|| {
            self.mistakes.push(format!("{section}.{key} is missing: set it in the file, or set DATABASE_URL"));
            String::new()
        })
    }

    fn mail(&mut self) -> Option<MailConfig> {
        let relay = self.text("mail", "relay")?;
        let relay = relay.parse().ok().filter(|relay: &SocketAddr| relay.ip().is_loopback());
        let sender = self.text("mail", "sender").filter(|sender| sender.parse::<lettre::message::Mailbox>().is_ok());
        if relay.is_none() {
            self.mistakes
                .push("mail.relay must be an address and port of this machine, such as 127.0.0.1:25".to_owned());
        }
        if sender.is_none() {
            self.mistakes.push("mail.sender must be a name and address: SIPAS <khaosat@example.gov.vn>".to_owned());
        }
        Some(MailConfig { relay: relay?, sender: sender? })
    }

    fn gateway(&mut self) -> Option<GatewayConfig> {
        let url = self.text("gateway", "url")?;
        let host = url.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        if host.and_then(|host| host.parse::<SocketAddr>().ok()).is_none_or(|host| !host.ip().is_loopback()) {
            self.mistakes
                .push("gateway.url must be on this machine, such as http://127.0.0.1:8090/messages".to_owned());
        }
        let secrets = ["token", "secret"].map(|key| self.text("gateway", key).filter(|text| text.len() >= 16));
        let [Some(token), Some(secret)] = secrets else {
            self.mistakes.push("gateway.token and gateway.secret are needed, of 16 signs or more".to_owned());
            return None;
        };
        Some(GatewayConfig { url, token, secret })
    }

    /// Names of machines with commas between them.
    fn hosts(&mut self, section: &str, key: &str) -> Vec<String> {
        let text = self.text(section, key).unwrap_or_default().to_lowercase();
        let hosts = text.split(',').map(str::trim).filter(|host| !host.is_empty());
        let (good, bad): (Vec<_>, Vec<_>) = hosts.map(str::to_owned).partition(|host| {
            let known = |letter: char| letter.is_ascii_alphanumeric() || ".-:".contains(letter);
            host.chars().all(known)
        });
        if !bad.is_empty() {
            self.mistakes.push(format!(
                "{section}.{key} must be names of machines with commas between them, such as notices.example.gov.vn, 127.0.0.1:8090; these are none: {}",
                names(bad.iter().map(String::as_str))
            ));
        }
        good
    }

    fn parsed<T: FromStr>(&mut self, section: &str, key: &str, default: T) -> T {
        let Some(text) = self.text(section, key) else { return default };
        text.parse().unwrap_or_else(|_unreadable| {
            self.mistakes.push(format!("{section}.{key} = {text:?} cannot be read"));
            default
        })
    }
}
