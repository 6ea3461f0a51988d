//! The invariants of docs/architecture.md, held against the source itself.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use e2e::House;

/// Lowest first: each may call only those before it.
const SLICES: &[&str] = &[
    "staff",
    "places",
    "history",
    "questionnaires",
    "campaigns",
    "frames",
    "samples",
    "invitations",
    "fieldwork",
    "responses",
    "tablet",
    "keying",
    "quality",
    "coordination",
    "weighting",
    "results",
    "crosstabs",
    "exports",
    "editions",
    "reports",
    "portal",
    "feedback",
    "api",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every file below `directory` with this ending, with its path from the root and its text.
fn files(directory: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(directory)];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            let ours = !["target", "node_modules", ".git", "var"].iter().any(|name| path.ends_with(name));
            if path.is_dir() && ours {
                open.push(path);
            } else if path.is_file() && path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                // Pictures and packed data are not source.
                if let Ok(text) = fs::read_to_string(&path) {
                    found.push((name, text));
                }
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{directory} has no {ending}");
    found
}

fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn only_analysis_names_the_engine_of_its_tables() {
    let named: Vec<String> = files("", "Cargo.toml")
        .into_iter()
        .filter(|(name, text)| name != "Cargo.toml" && text.contains("polars"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(named, ["analysis/Cargo.toml"]);
}

#[test]
fn the_pure_crates_know_no_web_and_no_database() {
    for member in ["survey-forms", "analysis"] {
        let manifest = fs::read_to_string(root().join(member).join("Cargo.toml")).unwrap();
        for stranger in ["tokio", "actix", "diesel", "reqwest", "rand."] {
            assert!(!manifest.contains(stranger), "{member} depends on {stranger}");
        }
        let bans = fs::read_to_string(root().join(member).join("clippy.toml")).unwrap();
        for ban in ["SystemTime::now", "std::fs::File", "std::net::TcpStream", "std::env::var"] {
            assert!(bans.contains(ban), "{member}/clippy.toml no longer bans {ban}");
        }
    }
}

#[test]
fn queries_are_written_in_stores_only() {
    let may = |name: &str| {
        name.ends_with("/store.rs")
            || name.contains("/store/")
            || ["schema.rs", "audit.rs", "error.rs", "base/db.rs", "base/migrations.rs", "jobs/queue.rs"]
                .iter()
                .any(|file| name == format!("server/src/{file}"))
    };
    for (name, text) in files("server/src", ".rs") {
        let named = code_lines(&text).find(|line| line.contains("diesel::") || line.contains("diesel_async::"));
        assert!(may(&name) || named.is_none(), "{name} speaks to the database itself: {}", named.unwrap_or_default());
    }
}

#[test]
fn slices_call_only_the_slices_above_them() {
    for (place, slice) in SLICES.iter().enumerate() {
        for (name, text) in files(&format!("server/src/{slice}"), ".rs") {
            for below in SLICES.get(place + 1..).unwrap() {
                let called = code_lines(&text).find(|line| {
                    line.contains(&format!("crate::{below}::")) || line.contains(&format!("crate::{below};"))
                });
                assert!(called.is_none(), "{name} calls down to {below}: {}", called.unwrap_or_default());
            }
        }
    }
    for (name, text) in files("server/src/base", ".rs") {
        for slice in SLICES.iter().chain(&["jobs", "audit"]) {
            let called = code_lines(&text).find(|line| line.contains(&format!("crate::{slice}::")));
            assert!(called.is_none(), "{name} knows the slice {slice}: {}", called.unwrap_or_default());
        }
    }
}

#[test]
fn one_part_of_the_house_writes_each_table() {
    let mut writers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, text) in files("server/src", ".rs") {
        let part = name.trim_start_matches("server/src/").split('/').next().unwrap().to_owned();
        for line in code_lines(&text) {
            for verb in ["insert_into(", "update(", "delete("] {
                let Some((_, rest)) = line.split_once(&format!("diesel::{verb}")) else { continue };
                let table: String =
                    rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                let parts = writers.entry(table).or_default();
                if !parts.contains(&part) {
                    parts.push(part.clone());
                }
            }
        }
    }
    assert!(writers.len() > 8, "{writers:?}");
    for (table, parts) in writers {
        assert_eq!(parts.len(), 1, "{table} is written by {parts:?}");
    }
}

#[test]
fn files_stay_short() {
    for directory in ["server/src", "survey-forms/src", "analysis/src", "tests/src"] {
        for (name, text) in files(directory, ".rs") {
            let exempt = name.ends_with("schema.rs") || name.contains("tests");
            assert!(exempt || text.lines().count() <= 350, "{name} has {} lines", text.lines().count());
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    for directory in ["server", "survey-forms", "analysis", "migrations", "scripts"] {
        for (name, text) in files(directory, "") {
            if ![".rs", ".sql", ".html", ".js"].iter().any(|ending| name.ends_with(ending)) {
                continue;
            }
            for word in ["TODO", "FIXME", "todo!(", "unimplemented!(", "#[ignore"] {
                assert!(!text.contains(word), "{name} has a {word}");
            }
        }
    }
}

/// `schema.rs` says what the database says: every table, column, type and null.
#[tokio::test(flavor = "multi_thread")]
async fn the_schema_in_the_code_is_the_schema_in_the_database() {
    let house = House::start().await;
    let mut database = house
        .rows(
            "SELECT format('%s.%s.%s %s%s', table_schema, table_name, column_name, data_type, CASE is_nullable WHEN 'YES' THEN ' null' ELSE '' END) AS line
             FROM information_schema.columns WHERE table_schema IN ('office', 'contact', 'answers') AND table_name NOT LIKE '\\_\\_%'",
        )
        .await;
    database.sort();
    let mut code = Vec::new();
    let mut table = String::new();
    for line in fs::read_to_string(root().join("server/src/schema.rs")).unwrap().lines() {
        let line = line.trim();
        if let Some((name, _)) = line.split_once(" (").filter(|(name, _)| name.contains('.')) {
            name.clone_into(&mut table);
        } else if let Some((column, kind)) = line.split_once(" -> ").filter(|_| line.ends_with(',')) {
            let kind = kind.trim_end_matches(',');
            let (kind, null) = match kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>')) {
                Some(kind) => (kind, " null"),
                None => (kind, ""),
            };
            let kind = match kind {
                "Uuid" => "uuid",
                "Text" => "text",
                "Timestamptz" => "timestamp with time zone",
                "Binary" => "bytea",
                "Jsonb" => "jsonb",
                "Integer" => "integer",
                "BigInt" => "bigint",
                "SmallInt" => "smallint",
                "Bool" => "boolean",
                "Date" => "date",
                "Double" => "double precision",
                other => panic!("{other}"),
            };
            code.push(format!("{table}.{column} {kind}{null}"));
        }
    }
    code.sort();
    assert_eq!(code, database);
}
