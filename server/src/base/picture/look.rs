//! How shapes look: one table for the pages' style sheet (`server/ui/_picture.scss`), files, pixels and paper.
//!
//! What is told by colour is told by lightness, length or dashes too, so that a black and white print says the same.

use std::fmt::{self, Display, Write as _};

use crate::base::font::{Style, Weight};

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::base) struct Colour(pub(in crate::base) u8, pub(in crate::base) u8, pub(in crate::base) u8);

const INK: Colour = Colour(0x0b, 0x0c, 0x0c);
const WHITE: Colour = Colour(0xff, 0xff, 0xff);
const MUTED: Colour = Colour(0x50, 0x5a, 0x5f);
const EDGE: Colour = Colour(0x76, 0x7c, 0x80);
const RULE: Colour = Colour(0xd3, 0xd7, 0xda);
const BRAND: Colour = Colour(0x9b, 0x1c, 0x1f);
const BLUE: Colour = Colour(0x1a, 0x4f, 0xa0);
const PALE: Colour = Colour(0xa8, 0xc3, 0xe8);
const RAMP: [Colour; 4] =
    [Colour(0xd7, 0xe3, 0xf4), Colour(0x9f, 0xc0, 0xe6), Colour(0x4f, 0x86, 0xc6), Colour(0x1d, 0x4f, 0x91)];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::base) enum Look {
    /// Names, labels of points, sentences.
    Text,
    Strong,
    /// Numbers on an axis, values that follow a name.
    Small,
    /// On a dark ground.
    OnDark,
    StrongOnDark,
    /// Under a number that lines would run through.
    Ground,
    /// Lines of an axis.
    Grid,
    /// What the others are compared with.
    Country,
    /// Where a method ends and another begins.
    Break,
    BreakMark,
    BreakNumber,
    Interval,
    /// An interval on a bar, and the white beside it that parts it from the bar.
    OnBar,
    UnderOnBar,
    /// What a bar is compared with.
    Tick,
    Series,
    Dot,
    /// Of a pilot: hollow.
    Pilot,
    /// The whole length that a bar could have.
    Whole,
    Best,
    Bar,
    /// The value is in none, or not told.
    Empty,
    /// A named box without a value.
    Islands,
    Class1,
    Class2,
    Class3,
    Class4,
    /// Answers of a scale, from the worst to the best.
    Answer1,
    Answer2,
    Answer3,
    Answer4,
    Answer5,
    /// Between parts that stand side by side.
    Gap,
}

/// A look in figures.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::base) struct Paint {
    pub(in crate::base) fill: Option<Colour>,
    pub(in crate::base) stroke: Option<Stroke>,
    pub(in crate::base) letters: Option<(Weight, f32)>,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::base) struct Stroke {
    pub(in crate::base) colour: Colour,
    pub(in crate::base) width: f32,
    /// How long it is drawn, and how long not.
    pub(in crate::base) dash: Option<(f32, f32)>,
}

impl Look {
    pub(in crate::base) const ALL: [Self; 33] = [
        Self::Text,
        Self::Strong,
        Self::Small,
        Self::OnDark,
        Self::StrongOnDark,
        Self::Ground,
        Self::Grid,
        Self::Country,
        Self::Break,
        Self::BreakMark,
        Self::BreakNumber,
        Self::Interval,
        Self::OnBar,
        Self::UnderOnBar,
        Self::Tick,
        Self::Series,
        Self::Dot,
        Self::Pilot,
        Self::Whole,
        Self::Best,
        Self::Bar,
        Self::Empty,
        Self::Islands,
        Self::Class1,
        Self::Class2,
        Self::Class3,
        Self::Class4,
        Self::Answer1,
        Self::Answer2,
        Self::Answer3,
        Self::Answer4,
        Self::Answer5,
        Self::Gap,
    ];

    pub(in crate::base) fn paint(self) -> Paint {
        match self {
            Self::Text => letters(INK, Weight::Regular, 12.0),
            Self::Strong => letters(INK, Weight::Bold, 12.0),
            Self::Small => letters(INK, Weight::Regular, 11.0),
            Self::OnDark => letters(WHITE, Weight::Regular, 11.0),
            Self::StrongOnDark => letters(WHITE, Weight::Bold, 12.0),
            Self::Ground => fill(WHITE),
            Self::Grid | Self::Whole => line(RULE, 1.0, None),
            Self::Country => line(BRAND, 1.5, Some((4.0, 3.0))),
            Self::Break => line(MUTED, 1.0, Some((2.0, 3.0))),
            Self::BreakMark => Paint { fill: Some(WHITE), ..line(MUTED, 1.0, None) },
            Self::BreakNumber => letters(INK, Weight::Bold, 11.0),
            Self::Interval | Self::Series => line(BLUE, 2.0, None),
            Self::OnBar => line(INK, 1.5, None),
            Self::UnderOnBar => line(WHITE, 4.0, None),
            Self::Tick => line(BRAND, 2.5, None),
            Self::Dot | Self::Bar => fill(BLUE),
            Self::Pilot => Paint { fill: Some(WHITE), ..line(BLUE, 1.5, None) },
            Self::Best => fill(PALE),
            Self::Empty => Paint { fill: Some(WHITE), ..line(EDGE, 1.0, Some((3.0, 2.0))) },
            Self::Islands => Paint { fill: Some(WHITE), ..line(EDGE, 1.0, None) },
            Self::Class1 => class(0),
            Self::Class2 | Self::Answer4 => class(1),
            Self::Class3 => class(2),
            Self::Class4 | Self::Answer5 => class(3),
            Self::Answer1 => fill(BRAND),
            Self::Answer2 => fill(Colour(0xe5, 0xa3, 0x9a)),
            Self::Answer3 => fill(Colour(0xea, 0xec, 0xee)),
            Self::Gap => line(WHITE, 2.0, None),
        }
    }

    /// As classes name it: `picture-on-dark`.
    pub(super) fn name(self) -> String {
        let mut name = "picture".to_owned();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() {
                name.push('-');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    /// As a style sheet says it.
    pub(super) fn rule(self) -> String {
        let Paint { fill, stroke, letters } = self.paint();
        let mut rule = format!(".{} {{ fill: ", self.name());
        let said = match fill {
            Some(fill) => write!(rule, "{fill};"),
            None => write!(rule, "none;"),
        };
        let said = said.and(match stroke {
            Some(stroke) => stroke.say(&mut rule),
            None => Ok(()),
        });
        let said = said.and(match letters {
            Some((Weight::Regular, size)) => write!(rule, " font-size: {size}px;"),
            Some((Weight::Bold, size)) => write!(rule, " font-size: {size}px; font-weight: 700;"),
            None => Ok(()),
        });
        // A String takes all that is written.
        debug_assert!(said.is_ok());
        rule.push_str(" }");
        rule
    }

    /// How a text of this look is set in our own faces.
    pub(in crate::base) fn style(self) -> Style {
        let (weight, size) = self.paint().letters.unwrap_or((Weight::Regular, 12.0));
        Style::new(weight, size, size * 1.25)
    }
}

impl Stroke {
    fn say(&self, rule: &mut String) -> fmt::Result {
        write!(rule, " stroke: {}; stroke-width: {};", self.colour, self.width)?;
        match self.dash {
            Some((on, off)) => write!(rule, " stroke-dasharray: {on} {off};"),
            None => Ok(()),
        }
    }
}

/// The four classes of a map, from the lowest up.
pub(super) const CLASSES: [Look; 4] = [Look::Class1, Look::Class2, Look::Class3, Look::Class4];

/// The answers of a scale of five, each with the letters that are read on it.
pub(super) const SCALE: [(Look, Look); 5] = [
    (Look::Answer1, Look::OnDark),
    (Look::Answer2, Look::Small),
    (Look::Answer3, Look::Small),
    (Look::Answer4, Look::Small),
    (Look::Answer5, Look::OnDark),
];

fn class(at: usize) -> Paint {
    Paint { fill: RAMP.get(at).copied(), ..Paint::default() }
}

fn letters(colour: Colour, weight: Weight, size: f32) -> Paint {
    Paint { letters: Some((weight, size)), ..fill(colour) }
}

fn fill(colour: Colour) -> Paint {
    Paint { fill: Some(colour), ..Paint::default() }
}

fn line(colour: Colour, width: f32, dash: Option<(f32, f32)>) -> Paint {
    Paint { stroke: Some(Stroke { colour, width, dash }), ..Paint::default() }
}

impl Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}
