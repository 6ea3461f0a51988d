//! The provinces as tiles of one size that lie about where they lie in the country, with both archipelagos by name.
//!
//! A drawn map gives Hà Nội fewer pixels than a finger and a mountain province thousands. On a page the tiles are a list of links on a grid
//! ([`PLACES`], [`ISLANDS`]); here they are a picture for files and paper.

use analysis::index::half_up;

use super::look::{CLASSES, Look};
use super::shape::Anchor;
use super::{Picture, Told};
use crate::base::text::Texts;

/// Where a province's tile lies, from the top and the left, both from 0, and the letters it is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub code: &'static str,
    pub short: &'static str,
    pub row: u8,
    pub column: u8,
}

const fn place(code: &'static str, short: &'static str, row: u8, column: u8) -> Place {
    Place { code, short, row, column }
}

/// In reading order.
pub const PLACES: [Place; 34] = [
    place("08", "TQ", 0, 3),
    place("04", "CB", 0, 4),
    place("12", "LCh", 1, 1),
    place("15", "LCa", 1, 2),
    place("19", "TNg", 1, 3),
    place("20", "LS", 1, 4),
    place("11", "ĐB", 2, 0),
    place("14", "SL", 2, 1),
    place("25", "PT", 2, 2),
    place("01", "HN", 2, 3),
    place("24", "BN", 2, 4),
    place("22", "QNi", 2, 5),
    place("37", "NB", 3, 3),
    place("33", "HY", 3, 4),
    place("31", "HP", 3, 5),
    place("38", "TH", 4, 3),
    place("40", "NA", 5, 3),
    place("42", "HT", 6, 4),
    place("44", "QT", 7, 4),
    place("46", "Huế", 8, 5),
    place("48", "ĐN", 9, 5),
    place("51", "QNg", 10, 5),
    place("52", "GL", 11, 5),
    place("66", "ĐL", 12, 5),
    place("80", "TN", 13, 2),
    place("75", "ĐNa", 13, 3),
    place("68", "LĐ", 13, 4),
    place("56", "KH", 13, 5),
    place("91", "AG", 14, 1),
    place("82", "ĐT", 14, 2),
    place("79", "HCM", 14, 3),
    place("92", "CT", 15, 2),
    place("86", "VL", 15, 3),
    place("96", "CM", 16, 1),
];
/// Of the grid that the places lie on.
pub const COLUMNS: u8 = 6;
pub const ROWS: u8 = 17;

/// An archipelago, beside the row of the province that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Islands {
    /// Of the province.
    pub code: &'static str,
    pub row: u8,
}

/// Hoàng Sa and Trường Sa. Their names in the language of the picture are the texts `islands-hoang-sa` and `islands-truong-sa`.
pub const ISLANDS: [Islands; 2] = [Islands { code: "48", row: 9 }, Islands { code: "56", row: 13 }];

/// The name of each, in the order of [`ISLANDS`], on two lines: the archipelago, and whose it is.
pub fn island_names(texts: Texts) -> [[String; 2]; 2] {
    [["islands-hoang-sa", "islands-hoang-sa-of"], ["islands-truong-sa", "islands-truong-sa-of"]]
        .map(|keys| keys.map(|key| texts.get(key).into_owned()))
}

/// A province's value from 0 to 100; none where there is none, or it is not told.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// Two digits.
    pub code: String,
    pub value: Option<f64>,
}

/// From the lowest up, 1 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class(u8);

impl Class {
    /// For names of styles: `country-tile--1` to `country-tile--4`.
    pub fn number(self) -> u8 {
        self.0
    }
}

/// The bounds between four classes that hold about as many provinces each; equal values are of one class.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    sorted: Vec<f64>,
}

impl Classes {
    pub fn of(tiles: &[Tile]) -> Self {
        let mut sorted: Vec<f64> = tiles.iter().filter_map(|tile| tile.value).collect();
        sorted.sort_by(f64::total_cmp);
        Self { sorted }
    }

    pub fn class(&self, value: f64) -> Class {
        let below = self.sorted.partition_point(|other| *other < value);
        Class(u8::try_from(4 * below / self.sorted.len().max(1)).map_or(4, |quarter| (quarter + 1).min(4)))
    }

    /// Each class that somebody is in, with its lowest and its highest value.
    pub fn ranges(&self) -> Vec<(Class, f64, f64)> {
        let of_class = |values: &[f64]| Some((self.class(*values.first()?), *values.first()?, *values.last()?));
        self.sorted.chunk_by(|a, b| self.class(*a) == self.class(*b)).filter_map(of_class).collect()
    }
}

const TILE: (f32, f32) = (56.0, 36.0);
const STEP: (f32, f32) = (58.0, 38.0);
const LEFT: f32 = 4.0;
const TOP: f32 = 4.0;
/// Of the boxes of the archipelagos, at the right of the last column.
const ISLANDS_WIDTH: f32 = 128.0;
const WIDTH: f32 = LEFT + STEP.0 * 6.0 + ISLANDS_WIDTH + 6.0;

/// `none` says in the legend that a province has no value.
pub fn draw(texts: Texts, told: Told, tiles: &[Tile], none: &str) -> Picture {
    let mut picture = Picture::new(texts, told, WIDTH);
    let classes = Classes::of(tiles);
    for place in PLACES {
        let value = tiles.iter().find(|tile| tile.code == place.code).and_then(|tile| tile.value);
        draw_tile(texts, &mut picture, place, value.map(|value| (value, classes.class(value))));
    }
    for (islands, [name, whose]) in ISLANDS.into_iter().zip(island_names(texts)) {
        let corner = corner(islands.row, COLUMNS);
        picture.area(corner, (ISLANDS_WIDTH, TILE.1), Look::Islands);
        let middle = corner.0 + ISLANDS_WIDTH / 2.0;
        picture.text((middle, corner.1 + 15.0), Anchor::Middle, Look::Small, name);
        picture.text((middle, corner.1 + 29.0), Anchor::Middle, Look::Small, whose);
    }
    draw_legend(texts, &mut picture, &classes, none);
    picture.height = TOP + STEP.1 * f32::from(ROWS) + 2.0;
    picture
}

fn corner(row: u8, column: u8) -> (f32, f32) {
    (LEFT + STEP.0 * f32::from(column), TOP + STEP.1 * f32::from(row))
}

fn draw_tile(texts: Texts, picture: &mut Picture, place: Place, value: Option<(f64, Class)>) {
    let (x, y) = corner(place.row, place.column);
    let ground = value.map_or(Look::Empty, |(_, class)| look(class));
    picture.area((x, y), TILE, ground);
    let (name, number) =
        if ground == Look::Class4 { (Look::StrongOnDark, Look::OnDark) } else { (Look::Strong, Look::Small) };
    let middle = x + TILE.0 / 2.0;
    picture.text((middle, y + 15.0), Anchor::Middle, name, place.short);
    let label = value.map_or_else(|| "–".to_owned(), |(value, _)| texts.number(half_up(value, 2)));
    picture.text((middle, y + 30.0), Anchor::Middle, number, label);
}

fn look(class: Class) -> Look {
    CLASSES.get(usize::from(class.0) - 1).copied().unwrap_or(Look::Empty)
}

/// In the empty corner at the lower left.
fn draw_legend(texts: Texts, picture: &mut Picture, classes: &Classes, none: &str) {
    let number = |value: f64| texts.number(half_up(value, 2));
    let lines = classes
        .ranges()
        .into_iter()
        .map(|(class, low, high)| (look(class), format!("{} – {}", number(low), number(high))));
    let (x, top) = corner(6, 0);
    for ((look, words), line) in lines.chain([(Look::Empty, none.to_owned())]).zip(0_u16..) {
        let y = top + 24.0 * f32::from(line);
        picture.area((x, y), (24.0, 16.0), look);
        picture.text((x + 32.0, y + 12.0), Anchor::Start, Look::Text, words);
    }
}
