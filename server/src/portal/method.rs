//! How the figures come about, in plain words.

use analysis::confidentiality::{LEAST_PSUS, LEAST_RESPONDENTS};

use super::frame::{frame, page};
use super::pages::MethodPage;
use super::shelf::{Public, Released};
use super::told::NOTHING;
use super::trend;
use super::view::at;
use crate::base::text::{Language, Texts};
use crate::editions::content::{COUNTRY, Level};

/// Headings with as many paragraphs as each has.
const SECTIONS: [(&str, usize); 6] =
    [("chosen", 2), ("asked", 2), ("computed", 3), ("exact", 2), ("hidden", 2), ("cannot", 2)];

pub(super) fn show(texts: Texts, public: &Public) -> MethodPage {
    let least = [("people", LEAST_RESPONDENTS), ("communes", LEAST_PSUS)].map(|(name, least)| (name, i64::from(least)));
    let section = |(name, paragraphs): (&str, usize)| {
        let paragraph = |at: usize| texts.with(&format!("portal-method-{name}-{at}"), least).into_owned();
        (texts.get(&format!("portal-method-{name}")).into_owned(), (1..=paragraphs).map(paragraph).collect())
    };
    let mut sections: Vec<(String, Vec<String>)> = SECTIONS.into_iter().map(section).collect();
    sections.push((texts.get("portal-method-breaks").into_owned(), trend::breaks(texts)));
    let newest = public.newest();
    MethodPage {
        frame: frame(texts, public, "/phuong-phap", None, COUNTRY),
        sections,
        facts: newest.map(|newest| facts(texts, newest)).unwrap_or_default(),
        questions: newest.map(|newest| questions(texts, newest)).unwrap_or_default(),
        page: page(
            texts,
            public,
            texts.get("portal-method"),
            Language::ALL.map(|language| at(language, "/phuong-phap")),
        ),
    }
}

fn facts(texts: Texts, newest: &Released) -> Vec<(String, String)> {
    let content = &newest.content;
    let rate = |rate: Option<f64>| rate.map_or_else(|| NOTHING.to_owned(), |rate| texts.percent(rate, 1));
    let modes =
        content.fieldwork.modes.iter().map(|(mode, responses)| {
            format!("{}: {}", texts.get(&format!("portal-mode-{mode}")), texts.number(responses))
        });
    let drawn = content.sample.first();
    let mut facts = vec![
        ("portal-fact-name", content.survey.name.of(texts.language()).to_owned()),
        (
            "portal-fact-days",
            format!("{} – {}", texts.day(content.survey.opened_on), texts.day(content.survey.closed_on)),
        ),
        ("portal-fact-invited", texts.number(content.fieldwork.invited)),
        ("portal-fact-answered", texts.number(content.fieldwork.responses)),
        ("portal-fact-rr1", rate(content.fieldwork.response_rate_1)),
        ("portal-fact-rr3", rate(content.fieldwork.response_rate_3)),
        ("portal-fact-modes", modes.collect::<Vec<_>>().join("; ")),
        ("portal-fact-weights", texts.get(&format!("weights-recipe-{}", content.method.recipe)).into_owned()),
        ("portal-fact-method", content.method.name.clone()),
        ("portal-fact-engine", content.method.engine.clone()),
        ("portal-fact-seed", drawn.map(|it| format!("{} ({})", it.seed, it.seed_source)).unwrap_or_default()),
        ("portal-fact-frame", drawn.map(|it| it.frame_digest.clone()).unwrap_or_default()),
        ("portal-fact-list", drawn.map(|it| it.list_digest.clone()).unwrap_or_default()),
        ("portal-fact-answers-digest", content.method.inputs.get("responses").cloned().unwrap_or_default()),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts.into_iter().map(|(key, value)| (texts.get(key).into_owned(), value)).collect()
}

/// What people say how satisfied they are with.
fn questions(texts: Texts, newest: &Released) -> Vec<String> {
    let items = newest.content.indicators.iter().filter(|it| it.level == Level::Item);
    items.map(|it| it.name.of(texts.language()).to_owned()).collect()
}
