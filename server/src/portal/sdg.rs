//! SDG indicator 16.6.2, derived: the share of people satisfied with health care, schools and offices, from the same figures.
//!
//! The indicator asks for those who used a service, about their last experience; the questionnaire asks everybody who has an opinion. So this is a
//! proxy, and says so.

use super::frame::{frame, page};
use super::grid::{Grid, Value};
use super::pages::{SdgArea, SdgPage, Told as Figures};
use super::shelf::{Public, Released};
use super::told::{NOTHING, told};
use super::view::View;
use crate::base::picture::dot_plot::{Dot, draw};
use crate::base::picture::{Picture, Told};
use crate::base::text::{Language, Texts};
use crate::editions::content::COUNTRY;

/// Satisfied is level 4 or 5.
const RULE: &str = "T";
const QUANTILE: f64 = 1.959_963_984_540_054;

/// Areas of service with the items of the questionnaire of 2026 that stand for their attributes.
const AREAS: [(&str, &[&str]); 3] = [
    ("health", &["q9_06", "q9_16"]),
    ("education", &["q9_07", "q9_17"]),
    (
        "government",
        &[
            "q9_24", "q9_25", "q9_26", "q9_27", "q9_28", "q9_29", "q9_30", "q9_31", "q9_32", "q9_33", "q9_34", "q9_35",
            "q9_36",
        ],
    ),
];

/// The average share of an area, from items that are all told.
struct Average {
    value: f64,
    low: f64,
    high: f64,
    /// People who answered the item that fewest answered.
    n: i64,
}

fn average(released: &Released, items: &[&str]) -> Option<Average> {
    let figures: Option<Vec<_>> = items.iter().map(|item| released.figure(item, RULE, COUNTRY)).collect();
    let told: Option<Vec<(f64, f64, i64)>> = figures?.iter().map(|it| Some((it.value?, it.se?, it.n?))).collect();
    let told = told.filter(|told| !told.is_empty())?;
    #[expect(clippy::cast_precision_loss, reason = "a dozen items")]
    let count = told.len() as f64;
    let value = told.iter().map(|(value, ..)| value).sum::<f64>() / count;
    // The error of a mean is at most the mean of the errors, however the items hang together: the interval is never too narrow.
    let half = QUANTILE * told.iter().map(|(_, se, _)| se).sum::<f64>() / count;
    let n = told.iter().map(|(.., n)| *n).min().unwrap_or_default();
    Some(Average { value, low: (value - half).max(0.0), high: (value + half).min(100.0), n })
}

fn area_name(texts: Texts, area: &str) -> String {
    texts.get(&format!("sdg-area-{area}")).into_owned()
}

/// Areas with their averages, and the items of each.
fn lines(texts: Texts, released: &Released) -> Vec<SdgArea> {
    let line = |(area, items): (&str, &[&str])| {
        let average = average(released, items)?;
        let item = |code: &&str| {
            let figure = released.figure(code, RULE, COUNTRY)?;
            Some((released.content.indicator(code)?.name.of(texts.language()).to_owned(), told(texts, figure)))
        };
        Some(SdgArea {
            name: area_name(texts, area),
            average: Figures {
                value: texts.decimal(average.value, 2),
                interval: format!("{} – {}", texts.decimal(average.low, 2), texts.decimal(average.high, 2)),
                n: texts.number(average.n),
                rank: String::new(),
                flags: Vec::new(),
            },
            items: items.iter().filter_map(item).collect(),
        })
    };
    AREAS.into_iter().filter_map(line).collect()
}

pub(super) fn title(texts: Texts, public: &Public) -> String {
    let year = public.newest().map_or_else(|| NOTHING.to_owned(), |newest| newest.content.survey.year.to_string());
    texts.with("sdg-title", [("year", year)]).into_owned()
}

pub(super) fn picture(texts: Texts, public: &Public) -> Option<Picture> {
    let released = public.newest()?;
    let dot = |(area, items): (&str, &[&str])| {
        let average = average(released, items)?;
        let interval = Some((average.low, average.high));
        Some(Dot { name: area_name(texts, area), value: Some(average.value), interval, country: false })
    };
    let dots: Vec<Dot> = AREAS.into_iter().filter_map(dot).collect();
    let description = texts.get("sdg-what").into_owned();
    draw(texts, Told { title: title(texts, public), description }, &dots)
}

pub(super) fn grid(texts: Texts, public: &Public) -> Grid {
    let columns = vec!["indicator", "name", "value", "low", "high", "n", "flags"];
    let Some(released) = public.newest() else { return Grid { columns, rows: Vec::new() } };
    let mut rows = Vec::new();
    for (area, items) in AREAS {
        let Some(average) = average(released, items) else { continue };
        rows.push(vec![
            Value::text(format!("sdg-16-6-2-{area}")),
            Value::text(area_name(texts, area)),
            Value::points(Some(average.value)),
            Value::points(Some(average.low)),
            Value::points(Some(average.high)),
            Value::count(Some(average.n)),
            Value::text("e"),
        ]);
        for code in items {
            let Some(figure) = released.figure(code, RULE, COUNTRY) else { continue };
            let name = released.content.indicator(code).map(|it| it.name.of(texts.language())).unwrap_or_default();
            rows.push(vec![
                Value::text(*code),
                Value::text(name),
                Value::points(figure.value),
                Value::points(figure.low),
                Value::points(figure.high),
                Value::count(figure.n),
                Value::text(figure.flags.clone()),
            ]);
        }
    }
    Grid { columns, rows }
}

pub(super) fn show(texts: Texts, public: &Public) -> SdgPage {
    let view = View::Sdg;
    SdgPage {
        frame: frame(texts, public, "/sdg-16-6-2", Some(&view), COUNTRY),
        picture: picture(texts, public).map(|picture| picture.page("sdg")).unwrap_or_default(),
        areas: public.newest().map(|newest| lines(texts, newest)).unwrap_or_default(),
        page: page(texts, public, title(texts, public), Language::ALL.map(|language| view.address(language, ""))),
    }
}
