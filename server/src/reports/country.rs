//! The report of the country.

use super::figures::{self, points};
use super::sheet::{Sheet, number, words};
use super::{Stamp, apart};
use crate::base::paper::Unprintable;
use crate::base::text::{Texts, Value};
use crate::editions::content::{COUNTRY, Content, Figure, HEADLINE_RULE, Level, Place, PlaceKind};

pub(super) fn print(content: &Content, stamp: &Stamp, texts: Texts) -> Result<Vec<u8>, Unprintable> {
    let name = content.survey.name.of(texts.language());
    let title = texts.with("report-country-title", [("survey", name)]);
    let mut sheet = Sheet::portrait(&title, texts);
    sheet.heading(1, &title);
    let country = content.place(COUNTRY);
    if let Some(country) = country {
        sheet.lead(&figures::finding(texts, content, country));
    }
    method(&mut sheet, texts, content);
    if let Some((picture, breaks)) = figures::years(texts, content) {
        sheet.heading(2, &texts.get("report-years"));
        let width = sheet.width();
        sheet.picture(picture, width);
        sheet.list(&numbered(breaks));
    }
    if let Some(country) = country {
        indicators(&mut sheet, texts, content, country);
    }
    provinces(&mut sheet, texts, content);
    marks(&mut sheet, texts, content.figures.iter().filter(|it| it.answer == 0 && it.rule == HEADLINE_RULE));
    proof(&mut sheet, texts, content);
    sheet.write(content, stamp, texts)
}

pub(super) fn numbered(sentences: Vec<String>) -> Vec<(String, String)> {
    (1..).map(|number: usize| number.to_string()).zip(sentences).collect()
}

/// How the figures came about, in brief.
pub(super) fn method(sheet: &mut Sheet, texts: Texts, content: &Content) {
    sheet.heading(2, &texts.get("report-method"));
    if content.survey.synthetic {
        sheet.text(&texts.get("synthetic"));
    }
    let persons: i64 = content.sample.iter().map(|draw| i64::from(draw.persons)).sum();
    let told: [(&str, Value<'_>); 4] = [
        ("from", texts.day(content.survey.opened_on).into()),
        ("to", texts.day(content.survey.closed_on).into()),
        ("responses", content.fieldwork.responses.into()),
        ("persons", persons.into()),
    ];
    sheet.text(&texts.with("report-fieldwork", told));
    let rate = |rate: Option<f64>| points(texts, rate);
    if content.fieldwork.response_rate_1.is_some() {
        let rates =
            [("one", rate(content.fieldwork.response_rate_1)), ("three", rate(content.fieldwork.response_rate_3))];
        sheet.text(&texts.with("report-rates", rates));
    }
    sheet.text(&texts.get(&format!("results-rule-{HEADLINE_RULE}-meaning")));
    sheet.text(&texts.get("report-intervals"));
}

/// Domains and factors as a picture, then every indicator as a table.
fn indicators(sheet: &mut Sheet, texts: Texts, content: &Content, country: &Place) {
    let all = apart::against(content, COUNTRY);
    if all.is_empty() {
        return;
    }
    sheet.heading(2, &texts.get("report-indicators"));
    let width = sheet.width();
    if let Some(picture) = figures::bars(texts, content, country, &all) {
        sheet.picture(picture, width * 0.85);
    }
    let columns =
        [words(0.0, 258.0), number(262.0, 44.0), number(310.0, 88.0), number(402.0, 44.0), words(452.0, 42.0)];
    let heads =
        ["results-column-indicator", "results-column-score", "results-column-interval", "report-n", "report-mark"]
            .map(|key| texts.get(key));
    let rows = all.iter().map(|it| {
        [
            indented(it.indicator.level, it.indicator.name.of(texts.language())),
            points(texts, it.figure.value),
            figures::interval(texts, it.figure),
            figures::n(texts, it.figure),
            it.figure.flags.clone(),
        ]
    });
    sheet.table(columns, heads.each_ref().map(|head| &**head), rows);
}

/// Items stand in from the factor that they are part of.
pub(super) fn indented(level: Level, name: &str) -> String {
    match level {
        Level::Overall | Level::Domain => name.to_owned(),
        Level::Factor => format!("\u{a0}\u{a0}{name}"),
        Level::Item => format!("\u{a0}\u{a0}\u{a0}\u{a0}{name}"),
    }
}

/// The map, the places with their intervals, the table with the ranks that the sample allows.
fn provinces(sheet: &mut Sheet, texts: Texts, content: &Content) {
    let Some(overall) = content.overall() else { return };
    sheet.heading(2, &texts.get("report-provinces"));
    let width = sheet.width();
    sheet.picture(figures::map(texts, content, overall), width * 0.82);
    if let Some(picture) = figures::dots(texts, content, overall) {
        sheet.picture(picture, width * 0.82);
    }
    let columns = [
        words(0.0, 140.0),
        number(142.0, 74.0),
        number(220.0, 42.0),
        number(266.0, 44.0),
        number(314.0, 88.0),
        number(406.0, 40.0),
        words(452.0, 42.0),
    ];
    let heads = [
        "results-column-place",
        "report-rank",
        "results-column-tier",
        "results-column-score",
        "results-column-interval",
        "report-n",
        "report-mark",
    ]
    .map(|key| texts.get(key));
    let figures_of = content.of(&overall.code, HEADLINE_RULE, 0);
    let row = |it: &Figure| {
        let place = content.place(&it.place).filter(|place| place.kind != PlaceKind::Earlier)?;
        Some([
            place.name.of(texts.language()).to_owned(),
            figures::rank(texts, it),
            it.standing.map_or_else(|| figures::NOTHING.to_owned(), |standing| standing.tier.to_string()),
            points(texts, it.value),
            figures::interval(texts, it),
            figures::n(texts, it),
            it.flags.clone(),
        ])
    };
    sheet.table(columns, heads.each_ref().map(|head| &**head), figures_of.filter_map(row));
    sheet.text(&texts.get("results-rank-meaning"));
}

/// What the letters beside figures mean.
pub(super) fn marks<'c>(sheet: &mut Sheet, texts: Texts, figures: impl Iterator<Item = &'c Figure>) {
    let legend = figures::legend(texts, figures);
    if !legend.is_empty() {
        sheet.heading(2, &texts.get("report-marks"));
        sheet.list(&legend.into_iter().map(|(mark, words)| (mark.to_string(), words)).collect::<Vec<_>>());
    }
}

/// What whoever doubts the figures needs to follow them back.
fn proof(sheet: &mut Sheet, texts: Texts, content: &Content) {
    sheet.heading(2, &texts.get("report-proof"));
    sheet.text(&texts.get("report-proof-how"));
    let mut rows = vec![(texts.get("edition-fact-run").into_owned(), content.method.run.clone())];
    for draw in &content.sample {
        rows.push((texts.get("sample-seed").into_owned(), draw.seed.clone()));
        rows.push((texts.get("sample-digest-frame").into_owned(), draw.frame_digest.clone()));
        rows.push((texts.get("sample-digest-design").into_owned(), draw.design_digest.clone()));
        rows.push((texts.get("sample-digest-list").into_owned(), draw.list_digest.clone()));
    }
    let columns = [words(0.0, 130.0), words(136.0, sheet.width() - 136.0)];
    let heads = ["report-proof-what", "report-proof-value"].map(|key| texts.get(key));
    let filled = rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(what, value)| [what, value]);
    sheet.table(columns, heads.each_ref().map(|head| &**head), filled);
}
