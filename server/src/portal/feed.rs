//! Every release as an entry of an Atom feed (RFC 4287), for whoever wants to hear of the next one without asking.

use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};

use super::data::{DOCUMENT, file_address};
use super::home;
use super::shelf::{Public, Released};
use super::view::at;
use crate::base::text::{Language, Texts};
use crate::editions::Edition;

pub(super) const PATH: &str = "/du-lieu.atom";

#[derive(Template)]
#[template(path = "portal/feed.xml")]
pub(super) struct Feed {
    language: &'static str,
    title: String,
    /// Absolute: where the feed is and where its pages are.
    address: String,
    home: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    updated: String,
    /// Where it is read, and its document.
    page: String,
    document: String,
    words: String,
}

pub(super) fn show(texts: Texts, public: &Public, site: &str) -> Feed {
    let language = texts.language();
    let page = format!("{site}{}", at(language, "/"));
    let all = public.surveys.iter().flat_map(|released| released.editions.iter().map(move |it| (released, it)));
    let mut entries: Vec<(DateTime<Utc>, Entry)> = all
        .filter_map(|(released, edition)| {
            let moment = edition.release_at?;
            let survey = &released.content.survey;
            let entry = Entry {
                id: edition.id.urn().to_string(),
                title: texts
                    .with(
                        "portal-feed-entry",
                        [("survey", survey.name.of(language)), ("number", &edition.number.to_string())],
                    )
                    .into_owned(),
                updated: written(moment),
                page: page.clone(),
                document: format!("{site}{}", file_address(&survey.slug, edition.number, DOCUMENT)),
                words: words(texts, released, edition),
            };
            Some((moment, entry))
        })
        .collect();
    entries.sort_by_key(|(moment, _)| std::cmp::Reverse(*moment));
    Feed {
        language: language.code(),
        title: texts.get("portal-service").into_owned(),
        address: format!("{site}{}", at(language, PATH)),
        home: page,
        updated: written(entries.first().map(|(moment, _)| *moment).unwrap_or_default()),
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}

/// What the newest edition found; why there was a correction.
fn words(texts: Texts, released: &Released, edition: &Edition) -> String {
    let reason = match texts.language() {
        Language::Vietnamese => &edition.note_vi,
        Language::English => &edition.note_en,
    };
    let finding = home::finding(texts, released).filter(|_| edition.id == released.edition.id);
    [finding.unwrap_or_default(), reason.clone()].join(" ").trim().to_owned()
}

fn written(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
