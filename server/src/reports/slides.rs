//! The country's figures for a wall: one message to a page.

use super::Stamp;
use super::apart::{self, Against};
use super::country::{method, numbered};
use super::figures::{self, points};
use super::sheet::{Sheet, number, words};
use crate::base::paper::Unprintable;
use crate::base::text::Texts;
use crate::editions::Difference;
use crate::editions::content::{COUNTRY, Content, HEADLINE_RULE, Level, Place};

/// Rows that fit on a page of slides.
const ROWS: usize = 12;

pub(super) fn print(content: &Content, stamp: &Stamp, texts: Texts) -> Result<Vec<u8>, Unprintable> {
    let name = content.survey.name.of(texts.language());
    let mut sheet = Sheet::landscape(name, texts);
    sheet.heading(1, name);
    if let Some(country) = content.place(COUNTRY) {
        sheet.lead(&figures::finding(texts, content, country));
        if content.survey.synthetic {
            sheet.lead(&texts.get("synthetic"));
        }
    }
    if let Some((picture, breaks)) = figures::years(texts, content) {
        slide(&mut sheet, &texts.get("report-years"));
        sheet.picture(picture, 480.0);
        sheet.list(&numbered(breaks));
    }
    if let Some(overall) = content.overall() {
        slide(&mut sheet, &texts.get("report-map"));
        sheet.picture(figures::map(texts, content, overall), 290.0);
        let halves = figures::dots_in_halves(texts, content, overall);
        if !halves.is_empty() {
            slide(&mut sheet, &texts.get("report-dots"));
            sheet.pictures(halves, 355.0);
        }
        countrys_factors(&mut sheet, texts, content);
        best_and_worst(&mut sheet, texts, content);
    }
    sheet.turn();
    method(&mut sheet, texts, content);
    sheet.write(content, stamp, texts)
}

fn slide(sheet: &mut Sheet, title: &str) {
    sheet.turn();
    sheet.heading(2, title);
}

fn countrys_factors(sheet: &mut Sheet, texts: Texts, content: &Content) {
    let Some(country) = content.place(COUNTRY) else { return };
    let all = apart::against(content, COUNTRY);
    if let Some(picture) = figures::bars(texts, content, country, &all) {
        slide(sheet, &texts.get("report-factors"));
        let width = (picture.width() * 390.0 / picture.height()).min(sheet.width());
        sheet.picture(picture, width);
    }
}

/// For each province, the factor that is highest above and the one that is farthest below the country's; a star where the sample tells it.
fn best_and_worst(sheet: &mut Sheet, texts: Texts, content: &Content) {
    let rows: Vec<[String; 4]> = content.provinces().filter_map(|place| row(texts, content, place)).collect();
    let columns = [words(0.0, 150.0), number(154.0, 60.0), words(232.0, 246.0), words(490.0, 246.0)];
    let heads = ["results-column-place", "results-column-score", "report-best-factor", "report-worst-factor"]
        .map(|key| texts.get(key));
    let title = texts.get("report-best-worst");
    for rows in rows.chunks(ROWS) {
        slide(sheet, &title);
        sheet.table(columns, heads.each_ref().map(|head| &**head), rows.iter().cloned());
    }
    if !rows.is_empty() {
        sheet.text(&texts.get("report-star"));
    }
}

fn row(texts: Texts, content: &Content, place: &Place) -> Option<[String; 4]> {
    let all = apart::against(content, &place.code);
    let overall = content.figure(&content.overall()?.code, HEADLINE_RULE, &place.code)?;
    let mut factors: Vec<(&Against<'_>, Difference)> = all
        .iter()
        .filter(|it| it.indicator.level == Level::Factor)
        .filter_map(|it| Some((it, it.difference?)))
        .collect();
    factors.sort_by(|(_, a), (_, b)| b.points.total_cmp(&a.points));
    let told = |it: Option<&(&Against<'_>, Difference)>| {
        it.map_or_else(
            || figures::NOTHING.to_owned(),
            |(it, difference)| {
                let star = if difference.is_more_than_chance() { "*" } else { "" };
                let by = figures::signed(texts, difference.points);
                format!("{} ({by}{star})", it.indicator.name.of(texts.language()))
            },
        )
    };
    let name = place.name.of(texts.language()).to_owned();
    Some([
        name,
        points(texts, overall.value),
        told(factors.first()),
        told(factors.last().filter(|_| factors.len() > 1)),
    ])
}
