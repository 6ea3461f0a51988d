//! The provinces by one indicator: tiles, and the table under them.

use super::frame::{frame, page};
use super::grid::{Grid, Value};
use super::pages::{MapPage, PlaceRow, choice_list};
use super::reading::change;
use super::shelf::{Public, Released};
use super::told::{self, meanings, points, told, untold};
use super::view::{View, at};
use crate::base::parts::{Choice, Choices};
use crate::base::picture::tiles::{self, Tile};
use crate::base::picture::{Picture, Told};
use crate::base::text::{Language, Texts, Value as Words};
use crate::base::tile_list::TileList;
use crate::editions::content::{COUNTRY, Figure, Level, Place, PlaceKind};
use crate::error::{Error, Result};
use crate::places;

/// The indicator that is asked for.
///
/// # Errors
/// Not found, if no edition has it.
pub(super) fn indicator<'a>(released: &'a Released, wanted: Option<&'a str>) -> Result<&'a str> {
    let code = wanted.unwrap_or_else(|| released.overall());
    let known = released.content.indicator(code).map(|known| known.code.as_str());
    known.ok_or_else(|| Error::not_found("results-indicator-missing"))
}

pub(super) fn tile_list(texts: Texts, released: &Released, code: &str, rule: &'static str) -> TileList {
    let linked = |code: &str| {
        let view = View::Province { code: code.to_owned(), rule };
        (places::province_name(code).unwrap_or(code).to_owned(), Some(view.address(texts.language(), "")))
    };
    TileList::new(texts, &values(released, code, rule), texts.get("portal-no-value").into_owned(), linked)
}

fn values(released: &Released, code: &str, rule: &str) -> Vec<Tile> {
    let tile = |figure: &Figure| Tile { code: figure.place.clone(), value: figure.value };
    let is_province = |figure: &&Figure| kind(released, figure) == Some(PlaceKind::Province);
    released.all(code, rule).filter(is_province).map(tile).collect()
}

fn kind(released: &Released, figure: &Figure) -> Option<PlaceKind> {
    released.content.place(&figure.place).map(|place| place.kind)
}

/// The country, then the provinces from the highest value down; those without one last, by name.
fn ordered<'a>(released: &'a Released, code: &str, rule: &str) -> Vec<(&'a Place, &'a Figure)> {
    let mut rows: Vec<(&Place, &Figure)> = released
        .all(code, rule)
        .filter_map(|figure| Some((released.content.place(&figure.place)?, figure)))
        .filter(|(place, _)| place.kind != PlaceKind::Earlier)
        .collect();
    let order =
        |place: &Place, figure: &Figure| (place.kind == PlaceKind::Country, figure.value.unwrap_or(f64::NEG_INFINITY));
    rows.sort_by(|(one, a), (other, b)| {
        let (first, second) = (order(one, a), order(other, b));
        second.0.cmp(&first.0).then(second.1.total_cmp(&first.1))
    });
    rows
}

pub(super) fn title(texts: Texts, released: &Released, code: &str) -> String {
    let name = released.content.indicator(code).map(|it| it.name.of(texts.language())).unwrap_or_default();
    let values = [("indicator", name), ("year", &released.content.survey.year.to_string())];
    texts.with("portal-map-title", values).into_owned()
}

pub(super) fn picture(texts: Texts, released: &Released, code: &str, rule: &str) -> Picture {
    let values = values(released, code, rule);
    let description = texts.with("portal-map-description", [("provinces", values.len())]).into_owned();
    let told = Told { title: title(texts, released, code), description };
    tiles::draw(texts, told, &values, &texts.get("portal-no-value"))
}

pub(super) fn grid(released: &Released, code: &str, rule: &str, language: Language) -> Grid {
    let row = |(place, figure): (&Place, &Figure)| {
        let standing = figure.standing;
        vec![
            Value::text(place.code.clone()),
            Value::text(place.name.of(language)),
            Value::points(figure.value),
            Value::points(figure.low),
            Value::points(figure.high),
            figure.se.map_or(Value::None, |se| Value::Number(se, 4)),
            Value::count(figure.n),
            Value::count(standing.map(|it| it.rank)),
            Value::count(standing.map(|it| it.first)),
            Value::count(standing.map(|it| it.last)),
            Value::count(standing.map(|it| it.tier)),
            Value::text(figure.flags.clone()),
        ]
    };
    Grid {
        columns: vec![
            "place_code",
            "place",
            "value",
            "low",
            "high",
            "se",
            "n",
            "rank",
            "rank_first",
            "rank_last",
            "tier",
            "flags",
        ],
        rows: ordered(released, code, rule).into_iter().map(row).collect(),
    }
}

pub(super) fn rules(texts: Texts, chosen: &str) -> Choices {
    let option = |rule: &str| Choice::new(rule, texts.get(&format!("results-rule-{rule}")), rule == chosen);
    choice_list("cach-tinh", texts.get("portal-rule").into_owned(), ["M", "T"].map(option).to_vec())
}

pub(super) fn indicators(texts: Texts, released: &Released, chosen: &str) -> Choices {
    let option = |it: &crate::editions::content::Indicator| {
        let indent = match it.level {
            Level::Overall | Level::Domain => "",
            Level::Factor => "– ",
            Level::Item => "– – ",
        };
        Choice::new(&it.code, format!("{indent}{}", it.name.of(texts.language())), it.code == chosen)
    };
    let options = released.content.indicators.iter().map(option).collect();
    choice_list("chi-so", texts.get("portal-indicator").into_owned(), options)
}

pub(super) fn show(texts: Texts, public: &Public, view: &View) -> Result<MapPage> {
    let View::Map { indicator: wanted, rule } = view else { return Err(Error::internal("portal-view")) };
    let released = public.newest().ok_or_else(|| Error::not_found("portal-nothing"))?;
    let code = indicator(released, wanted.as_deref())?;
    let rows = ordered(released, code, rule);
    let place_row = |(place, figure): &(&Place, &Figure)| {
        let country = place.kind == PlaceKind::Country;
        let address = View::Province { code: place.code.clone(), rule }.address(texts.language(), "");
        PlaceRow {
            name: place.name.of(texts.language()).to_owned(),
            address: if country { String::new() } else { address },
            country,
            told: told(texts, figure),
            change: told::change(texts, change(public, code, rule, &place.code)),
            tier: figure.standing.map(|it| it.tier.to_string()).unwrap_or_default(),
        }
    };
    let addresses = Language::ALL.map(|language| view.address(language, ""));
    let mut indicators = indicators(texts, released, code);
    indicators.hint = None;
    Ok(MapPage {
        frame: frame(texts, public, "/ban-do", Some(view), COUNTRY),
        action: at(texts.language(), "/ban-do"),
        indicators,
        rules: rules(texts, rule),
        map: tile_list(texts, released, code, rule),
        changed: rows.iter().any(|(place, _)| change(public, code, rule, &place.code).is_some()),
        flags: meanings(texts, rows.iter().map(|(_, figure)| *figure)),
        picture: dots(texts, released, &rows, code),
        rows: rows.iter().map(place_row).collect(),
        page: page(texts, public, title(texts, released, code), addresses),
    })
}

/// Every place with its interval.
fn dots(texts: Texts, released: &Released, rows: &[(&Place, &Figure)], code: &str) -> String {
    use crate::base::picture::dot_plot::{Dot, draw};
    let dot = |(place, figure): &(&Place, &Figure)| Dot {
        name: place.name.of(texts.language()).to_owned(),
        value: figure.value,
        interval: figure.low.zip(figure.high),
        country: place.kind == PlaceKind::Country,
    };
    let dots: Vec<Dot> = rows.iter().map(dot).collect();
    let description = texts.with("results-plot-description", [("places", dots.len())]).into_owned();
    let told = Told { title: title(texts, released, code), description };
    draw(texts, told, &dots).map(|picture| picture.page("cham")).unwrap_or_default()
}

/// What a screen reader is told of the finding, and what stands over the first page.
pub(super) fn country<'a>(released: &'a Released, rule: &str) -> Option<&'a Figure> {
    released.figure(released.overall(), rule, COUNTRY)
}

/// Words of a sentence about a figure.
pub(super) fn sentence(texts: Texts, key: &str, figure: &Figure) -> String {
    let told = if figure.value.is_some() { told(texts, figure) } else { untold() };
    let values = [
        ("value", Words::from(points(texts, figure.value))),
        ("interval", Words::from(told.interval)),
        ("n", Words::from(told.n)),
    ];
    texts.with(key, values).into_owned()
}
