//! The report of a province.

use super::Stamp;
use super::apart::{self, Against};
use super::country::{indented, marks, method};
use super::figures::{self, points};
use super::sheet::{Sheet, number, words};
use crate::base::paper::Unprintable;
use crate::base::text::{Texts, Value};
use crate::editions::Difference;
use crate::editions::content::{Content, Figure, HEADLINE_RULE, Place, PlaceKind};
use crate::history;

pub(super) fn print(content: &Content, stamp: &Stamp, place: &Place, texts: Texts) -> Result<Vec<u8>, Unprintable> {
    let told = [("place", place.name.of(texts.language())), ("survey", content.survey.name.of(texts.language()))];
    let title = texts.with("report-province-title", told);
    let mut sheet = Sheet::portrait(&title, texts);
    sheet.heading(1, &title);
    sheet.lead(&figures::finding(texts, content, place));
    let all = apart::against(content, &place.code);
    if let Some(overall) = all.first() {
        standing(&mut sheet, texts, overall);
    }
    strengths(&mut sheet, texts, &all);
    if let Some(picture) = figures::bars(texts, content, place, &all) {
        sheet.heading(2, &texts.get("report-factors"));
        let width = sheet.width();
        sheet.picture(picture, width * 0.6);
    }
    table(&mut sheet, texts, &all);
    earlier(&mut sheet, texts, content, place);
    marks(&mut sheet, texts, all.iter().map(|it| it.figure));
    method(&mut sheet, texts, content);
    sheet.text(&texts.get("report-difference-how"));
    sheet.write(content, stamp, texts)
}

/// The rank with the ranks that the sample allows, and how far the country is.
fn standing(sheet: &mut Sheet, texts: Texts, overall: &Against<'_>) {
    if let Some(it) = overall.figure.standing {
        let told = [("rank", it.rank), ("first", it.first), ("last", it.last), ("tier", it.tier), ("of", it.of)];
        sheet.text(&texts.with("report-standing", told.map(|(name, rank)| (name, i64::from(rank)))));
    }
    if let Some(difference) = overall.difference {
        let key = match difference {
            it if it.above() => "report-above",
            it if it.below() => "report-below",
            _ => "report-alike",
        };
        sheet.text(&texts.with(key, told(texts, difference)));
    }
}

/// By how much, without a sign, with the bounds in the same direction.
fn told(texts: Texts, difference: Difference) -> [(&'static str, String); 3] {
    let Difference { points: by, low, high } = difference;
    let size = |value: f64| points(texts, Some(value.abs()));
    let signed = |value: f64| figures::signed(texts, value);
    if difference.above() {
        [("by", size(by)), ("low", size(low)), ("high", size(high))]
    } else if difference.below() {
        [("by", size(by)), ("low", size(high)), ("high", size(low))]
    } else {
        [("by", signed(by)), ("low", signed(low)), ("high", signed(high))]
    }
}

/// Only what the sample can tell from the country; where there is nothing, that is said.
fn strengths(sheet: &mut Sheet, texts: Texts, all: &[Against<'_>]) {
    let compared = apart::compared(all);
    if compared == 0 {
        return;
    }
    let [above, below] = apart::extremes(all);
    let headings = [
        ("report-strengths", "report-no-strength", "report-strength"),
        ("report-weaknesses", "report-no-weakness", "report-weakness"),
    ];
    for (items, (heading, none, key)) in [above, below].into_iter().zip(headings) {
        sheet.heading(2, &texts.get(heading));
        if items.is_empty() {
            sheet.text(&texts.get(none));
        }
        let sentence = |(it, difference): &(&Against<'_>, Difference)| {
            let mut values: Vec<(&str, String)> = told(texts, *difference).into();
            values.push(("item", it.indicator.name.of(texts.language()).to_owned()));
            values.push(("value", points(texts, it.figure.value)));
            ("–".to_owned(), texts.with(key, values).into_owned())
        };
        sheet.list(&items.iter().map(sentence).collect::<Vec<_>>());
    }
    sheet.text(&texts.with("report-compared", [("n", compared)]));
}

fn table(sheet: &mut Sheet, texts: Texts, all: &[Against<'_>]) {
    if all.is_empty() {
        return;
    }
    sheet.heading(2, &texts.get("report-all"));
    let columns = [
        words(0.0, 172.0),
        number(174.0, 40.0),
        number(216.0, 84.0),
        number(302.0, 36.0),
        number(340.0, 58.0),
        number(400.0, 42.0),
        number(446.0, 48.0),
    ];
    let heads = [
        "results-column-indicator",
        "results-column-score",
        "results-column-interval",
        "report-n",
        "report-rank",
        "results-country",
        "report-apart",
    ]
    .map(|key| texts.get(key));
    let row = |it: &Against<'_>| {
        let marks = if it.figure.flags.is_empty() { String::new() } else { format!(" [{}]", it.figure.flags) };
        [
            format!("{}{marks}", indented(it.indicator.level, it.indicator.name.of(texts.language()))),
            points(texts, it.figure.value),
            figures::interval(texts, it.figure),
            figures::n(texts, it.figure),
            figures::rank(texts, it.figure),
            points(texts, it.country),
            it.difference.map_or_else(|| figures::NOTHING.to_owned(), |it| told_short(texts, it)),
        ]
    };
    sheet.table(columns, heads.each_ref().map(|head| &**head), all.iter().map(row));
    sheet.text(&texts.get("report-star"));
}

/// With a star where the sample tells it from nothing.
fn told_short(texts: Texts, difference: Difference) -> String {
    let star = if difference.is_more_than_chance() { "*" } else { "" };
    format!("{}{star}", figures::signed(texts, difference.points))
}

/// The provinces it was made of: what this survey measures of them, and what was published of them before.
fn earlier(sheet: &mut Sheet, texts: Texts, content: &Content, place: &Place) {
    let own: Vec<(&Place, &Figure)> = content
        .places
        .iter()
        .filter(|it| it.kind == PlaceKind::Earlier && it.code.split('/').next() == Some(&place.code))
        .filter_map(|it| Some((it, content.figure(&content.overall()?.code, HEADLINE_RULE, &it.code)?)))
        .collect();
    let published = history::of_province(&place.code);
    if own.is_empty() && published.is_empty() {
        return;
    }
    sheet.heading(2, &texts.get("report-earlier"));
    sheet.text(&texts.get("report-earlier-what"));
    let columns =
        [words(0.0, 40.0), words(46.0, 170.0), number(222.0, 60.0), number(288.0, 100.0), number(394.0, 90.0)];
    let heads = [
        "results-column-year",
        "results-column-place",
        "results-column-score",
        "results-column-interval",
        "report-rank-63",
    ]
    .map(|key| texts.get(key));
    let nothing = || figures::NOTHING.to_owned();
    let now = own.into_iter().map(|(it, figure)| {
        let year = content.survey.year.to_string();
        let name = it.name.of(texts.language()).to_owned();
        [year, name, points(texts, figure.value), figures::interval(texts, figure), nothing()]
    });
    let before = published.into_iter().map(|it| {
        let approximate = if it.status == history::Status::Approximate { "≈ " } else { "" };
        let value = it.percent.map_or_else(nothing, |value| format!("{approximate}{}", points(texts, Some(value))));
        let rank = it.rank_of_63.map_or_else(nothing, |rank| rank.to_string());
        [it.year.to_string(), it.name.clone(), value, nothing(), rank]
    });
    sheet.table(columns, heads.each_ref().map(|head| &**head), now.chain(before));
    let breaks = history::breaks().iter().filter(|it| i32::from(it.year) <= content.survey.year);
    let years: Vec<String> = breaks.map(|it| it.year.to_string()).collect();
    sheet.text(&texts.with("report-earlier-breaks", [("years", Value::from(years.join(", ")))]));
}
