//! The tablet's page as it is installed: screens as templates for its script, the sentences the script fills in, and the list of what the
//! browser keeps. Nothing here names anybody.

use askama::Template;
use serde_json::{Map, Value, json};

use crate::base::assets::{self, Asset};
use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field};
use crate::base::seal::{hex, sha256};
use crate::base::text::{Language, Texts};
use crate::error::Result;
use crate::fieldwork::Outcome;

const ADDRESS: &str = "/dtv/may";
const MANIFEST: &str = "/dtv/may.webmanifest";

/// What the script says by itself, and the values it puts in.
const SENTENCES: &[(&str, &[&str])] = &[
    ("another-tab", &[]),
    ("attempts", &["n"]),
    ("code-check", &[]),
    ("code-empty", &[]),
    ("code-length", &["n"]),
    ("error-many", &["n"]),
    ("error-title", &["title"]),
    ("first-held", &["n"]),
    ("item-interview", &["time"]),
    ("item-sealed", &[]),
    ("item-visit", &["name", "time"]),
    ("no-network", &[]),
    ("no-survey", &[]),
    ("no-work", &[]),
    ("not-saved", &[]),
    ("pin-different", &[]),
    ("pin-digits", &[]),
    ("pin-erased", &[]),
    ("pin-wrong", &["n"]),
    ("receipt", &["n"]),
    ("receipt-before", &[]),
    ("sign-out-held", &["n"]),
    ("skipped-none", &[]),
    ("state-received", &[]),
    ("state-rejected", &[]),
    ("state-sending", &[]),
    ("state-waiting", &[]),
    ("stale", &[]),
    ("sync-other-person", &[]),
    ("sync-sign-in", &["n"]),
    ("synced", &["time", "n"]),
    ("undo-until", &["time"]),
    ("visit-appointment", &[]),
    ("visit-day", &[]),
    ("visit-long", &[]),
    ("visit-outcome", &[]),
    ("visit-waiting", &[]),
];

#[derive(Template)]
#[template(path = "tablet/shell.html")]
struct Shell {
    page: Page,
    walk: &'static Asset,
    script: &'static Asset,
    icon: &'static Asset,
    pin: Field,
    pin_again: Field,
    code: Field,
    outcome: Choices,
    day: Field,
    appointment: Field,
    note: Field,
    /// The sentences, ready to stand in a page.
    sentences: String,
}

pub(super) fn shell(language: Language) -> Result<String> {
    let page = Page::new(language, ADDRESS);
    let texts = page.texts;
    let field = |name: &str, label: &str, hint: &str| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(label).into_owned(),
        hint: Some(texts.get(hint).into_owned()),
        ..Field::default()
    };
    let shell = Shell {
        walk: &assets::WALK,
        script: &assets::TABLET,
        icon: &assets::ICON,
        pin: field("pin", "tablet-pin", "tablet-pin-hint"),
        pin_again: Field { hint: None, ..field("pin-again", "tablet-pin-again", "tablet-pin-hint") },
        code: Field { label: String::new(), ..field("code", "code-h1", "code-hint") },
        outcome: Choices {
            id: "ket-qua".to_owned(),
            name: "ket-qua".to_owned(),
            legend: texts.get("visit-outcome").into_owned(),
            options: Outcome::ALL
                .map(|outcome| Choice::new(outcome.name(), texts.get(&format!("outcome-{}", outcome.name())), false))
                .into(),
            ..Choices::default()
        },
        day: field("ngay", "visit-ngay", "visit-ngay-hint"),
        appointment: field("hen", "visit-hen", "visit-hen-hint"),
        note: field("ghi-chu", "visit-ghi-chu", "visit-ghi-chu-hint"),
        sentences: sentences(texts).to_string().replace('<', "\\u003c"),
        page: page.titled(texts.get("tablet-title")),
    };
    Ok(shell.render()?)
}

fn sentences(texts: Texts) -> Value {
    let mut all = Map::new();
    for (name, values) in SENTENCES {
        let holes: Vec<_> = values.iter().map(|value| (*value, format!("{{{value}}}"))).collect();
        let text = texts.with(&format!("tablet-{name}"), holes);
        all.insert((*name).to_owned(), text.into_owned().into());
    }
    all.into()
}

pub(super) fn manifest(texts: Texts) -> Value {
    json!({
        "id": ADDRESS, "start_url": ADDRESS, "scope": "/dtv/", "display": "standalone", "lang": texts.language().code(),
        "name": texts.get("tablet-name"), "short_name": texts.get("tablet-short-name"),
        "theme_color": "#9b1c1f", "background_color": "#ffffff",
        "icons": [{ "src": assets::ICON.path, "type": "image/svg+xml", "sizes": "any", "purpose": "any" }],
    })
}

/// The service worker, after the list of what it keeps. Its text changes with whatever it keeps, so a browser fetches all of it anew.
pub(super) fn worker() -> Result<String> {
    let mut paths = vec![ADDRESS.to_owned(), MANIFEST.to_owned()];
    let mut content = String::new();
    for language in Language::ALL {
        paths.push(format!("{ADDRESS}?ngon-ngu={language}"));
        content += &shell(language)?;
    }
    paths.extend([&assets::STAFF, &assets::WALK, &assets::TABLET, &assets::ICON].map(|asset| asset.path.clone()));
    let version: String = hex(&sha256((paths.join(" ") + &content).as_bytes())).chars().take(12).collect();
    let kept = json!({ "version": version, "paths": paths });
    Ok(format!("const SHELL = {kept};\n{}", include_str!("../../assets/worker.js")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_holds_every_sentence_its_script_asks_for_and_no_other() {
        let script = assets::TABLET.text;
        for (name, _) in SENTENCES {
            assert!(script.contains(&format!("'{name}'")), "{name} is not asked for");
        }
        let asked = script.split("say('").skip(1).filter_map(|rest| rest.split_once('\'')).map(|(name, _)| name);
        for name in asked {
            assert!(SENTENCES.iter().any(|(known, _)| *known == name), "{name} is not there");
        }
        let page = shell(Language::Vietnamese).unwrap();
        for template in script.split("show('").skip(1).filter_map(|rest| rest.split_once('\'')).map(|(name, _)| name) {
            assert!(page.contains(&format!("id=\"t-{template}\"")), "no screen {template}");
        }
    }

    #[test]
    fn what_is_kept_changes_with_the_page_and_names_its_parts() {
        let worker = worker().unwrap();
        for part in
            ["/dtv/may\"", "/dtv/may?ngon-ngu=en", &assets::TABLET.path, &assets::WALK.path, &assets::STAFF.path]
        {
            assert!(worker.contains(part), "{part}");
        }
    }
}
