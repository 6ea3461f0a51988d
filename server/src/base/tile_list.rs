//! The map of tiles in a page: a list of links that the style sheet lays on a grid, with its legend.

use analysis::index::half_up;
use askama::Template;

use super::picture::tiles::{Classes, ISLANDS, PLACES, Place, Tile, island_names};
use super::text::Texts;

#[derive(Template)]
#[template(path = "parts/tiles.html")]
pub struct TileList {
    tiles: Vec<Linked>,
    /// The code of the province that each belongs to, and its name on two lines.
    islands: Vec<(&'static str, String, String)>,
    /// Classes and what they hold.
    legend: Vec<(u8, String)>,
    explanation: String,
}

struct Linked {
    place: Place,
    name: String,
    /// None where there is nothing that the reader may see.
    address: Option<String>,
    value: String,
    /// From 1, or 0 without a value.
    class: u8,
}

impl TileList {
    /// `link` gives the whole name of a province and where its tile leads, if anywhere; `none` says in the legend that there is no value.
    pub fn new(texts: Texts, tiles: &[Tile], none: String, link: impl Fn(&str) -> (String, Option<String>)) -> Self {
        let classes = Classes::of(tiles);
        let number = |value: f64| texts.number(half_up(value, 2));
        let linked = |place: Place| {
            let value = tiles.iter().find(|tile| tile.code == place.code).and_then(|tile| tile.value);
            let (name, address) = link(place.code);
            Linked {
                place,
                name,
                address,
                value: value.map_or_else(|| "–".to_owned(), number),
                class: value.map_or(0, |value| classes.class(value).number()),
            }
        };
        let ranges = classes.ranges().into_iter();
        let legend = ranges.map(|(class, low, high)| (class.number(), format!("{} – {}", number(low), number(high))));
        let islands = ISLANDS.into_iter().zip(island_names(texts));
        Self {
            tiles: PLACES.into_iter().map(linked).collect(),
            islands: islands.map(|(islands, [name, whose])| (islands.code, name, whose)).collect(),
            legend: legend.chain([(0, none)]).collect(),
            explanation: texts.get("tiles-legend").into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Language;

    #[test]
    fn the_list_has_a_link_for_each_province_and_both_archipelagos() {
        let tiles = [Tile { code: "01".to_owned(), value: Some(83.94) }, Tile { code: "04".to_owned(), value: None }];
        let list =
            TileList::new(Texts::new(Language::Vietnamese), &tiles, "không có số liệu".to_owned(), |code| {
                (format!("Tỉnh {code}"), (code != "96").then(|| format!("/tinh/{code}")))
            });
        let page = list.render().unwrap();
        assert_eq!(page.matches("<a class=\"country-tile country-tile--").count(), 33);
        assert!(page.contains(
            r#"<span class="country-tile country-tile--0"><strong><span class="govuk-visually-hidden">Tỉnh 96"#
        ));
        assert!(
            page.contains(
                r#"country-tile--1" href="/tinh/01"><strong><span class="govuk-visually-hidden">Tỉnh 01</span>"#
            ),
            "{page}"
        );
        assert!(page.contains("<span>83,94</span>") && page.matches("country-tile--0\" href").count() == 32);
        for islands in ["Quần đảo Hoàng Sa<br>(TP. Đà Nẵng)", "Quần đảo Trường Sa<br>(tỉnh Khánh Hòa)"]
        {
            assert!(page.contains(islands), "{islands}");
        }
    }
}
