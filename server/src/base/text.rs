//! Every sentence a person reads, in each language: Fluent messages from `locales/`, and the way numbers,
//! dates and times are written inside them. Vietnamese is the source language.

use std::borrow::{Borrow, Cow};
use std::fmt::{self, Display};
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// What a message can hold. Needed by name only where one message takes a number *and* a text:
/// `texts.with("pause", [("saved", Value::from(34)), ("code", Value::from(code))])`.
pub use fluent_bundle::FluentValue as Value;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    Vietnamese,
    English,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Vietnamese, Self::English];

    /// The code in `lang="…"`, in cookies and in addresses: `vi` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// The language's own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vietnamese => "Tiếng Việt",
            Self::English => "English",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::Vietnamese => &[
                include_str!("../../locales/vi/citizen.ftl"),
                include_str!("../../locales/vi/common.ftl"),
                include_str!("../../locales/vi/staff.ftl"),
                include_str!("../../locales/vi/errors.ftl"),
                include_str!("../../locales/vi/coordination.ftl"),
                include_str!("../../locales/vi/frames.ftl"),
                include_str!("../../locales/vi/samples.ftl"),
                include_str!("../../locales/vi/results.ftl"),
                include_str!("../../locales/vi/weighting.ftl"),
                include_str!("../../locales/vi/editions.ftl"),
                include_str!("../../locales/vi/reports.ftl"),
                include_str!("../../locales/vi/portal.ftl"),
                include_str!("../../locales/vi/feedback.ftl"),
                include_str!("../../locales/vi/api.ftl"),
                include_str!("../../locales/vi/crosstabs.ftl"),
                include_str!("../../locales/vi/questionnaires.ftl"),
                include_str!("../../locales/vi/invitations.ftl"),
                include_str!("../../locales/vi/places.ftl"),
                include_str!("../../locales/vi/history.ftl"),
                include_str!("../../locales/vi/fieldwork.ftl"),
                include_str!("../../locales/vi/quality.ftl"),
                include_str!("../../locales/vi/tablet.ftl"),
                include_str!("../../locales/vi/keying.ftl"),
            ],
            Self::English => &[
                include_str!("../../locales/en/citizen.ftl"),
                include_str!("../../locales/en/common.ftl"),
                include_str!("../../locales/en/staff.ftl"),
                include_str!("../../locales/en/errors.ftl"),
                include_str!("../../locales/en/coordination.ftl"),
                include_str!("../../locales/en/frames.ftl"),
                include_str!("../../locales/en/samples.ftl"),
                include_str!("../../locales/en/results.ftl"),
                include_str!("../../locales/en/weighting.ftl"),
                include_str!("../../locales/en/editions.ftl"),
                include_str!("../../locales/en/reports.ftl"),
                include_str!("../../locales/en/portal.ftl"),
                include_str!("../../locales/en/feedback.ftl"),
                include_str!("../../locales/en/api.ftl"),
                include_str!("../../locales/en/crosstabs.ftl"),
                include_str!("../../locales/en/questionnaires.ftl"),
                include_str!("../../locales/en/invitations.ftl"),
                include_str!("../../locales/en/places.ftl"),
                include_str!("../../locales/en/history.ftl"),
                include_str!("../../locales/en/fieldwork.ftl"),
                include_str!("../../locales/en/quality.ftl"),
                include_str!("../../locales/en/tablet.ftl"),
                include_str!("../../locales/en/keying.ftl"),
            ],
        }
    }
}

type Messages = FluentBundle<FluentResource>;

static VIETNAMESE: LazyLock<Messages> = LazyLock::new(|| messages(Language::Vietnamese));
static ENGLISH: LazyLock<Messages> = LazyLock::new(|| messages(Language::English));

fn messages(language: Language) -> Messages {
    let mut bundle = Messages::new_concurrent(vec![language.code().parse().unwrap_or_default()]);
    // Invisible direction marks around values help mixed Arabic or Hebrew; here they only break copying a code.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Vietnamese => |value, _| written(Language::Vietnamese, value),
        Language::English => |value, _| written(Language::English, value),
    }));
    for source in language.sources() {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(readable, errors)| {
            tracing::error!(language = language.code(), ?errors, "a text file has a syntax error");
            readable
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(language = language.code(), ?errors, "a text is defined twice");
        }
    }
    bundle
}

fn written(language: Language, value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(Texts::new(language).number(number.value)),
        _ => None,
    }
}

/// The texts of one language, and its ways to write figures. Copied freely; holds no text itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    language: Language,
}

impl Texts {
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    pub fn language(self) -> Language {
        self.language
    }

    /// The text of `key`. An unknown key gives the key itself: a test keeps that from reaching a person.
    pub fn get(self, key: &str) -> Cow<'static, str> {
        self.formatted(key, None)
    }

    /// Whether there is a text of `key`, for keys made from data.
    pub fn has(self, key: &str) -> bool {
        self.messages().has_message(key)
    }

    /// The text of `key` with its placeables filled: `texts.with("err-many", [("n", 3)])`.
    /// Numbers choose the plural and are grouped (36.525), so a year or a code goes in as text.
    pub fn with<'a, V>(self, key: &str, values: impl AsRef<[(&'a str, V)]>) -> Cow<'static, str>
    where
        V: Clone + Into<Value<'a>>,
    {
        let arguments: FluentArgs = values.as_ref().iter().cloned().collect();
        self.formatted(key, Some(&arguments))
    }

    fn messages(self) -> &'static Messages {
        match self.language {
            Language::Vietnamese => &VIETNAMESE,
            Language::English => &ENGLISH,
        }
    }

    fn formatted(self, key: &str, arguments: Option<&FluentArgs>) -> Cow<'static, str> {
        let messages = self.messages();
        let Some(pattern) = messages.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.language.code(), "no such text");
            return Cow::Owned(key.to_owned());
        };
        let mut errors = Vec::new();
        let text = messages.format_pattern(pattern, arguments, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, language = self.language.code(), ?errors, "a text lacks a value");
        }
        Cow::Owned(text.into_owned())
    }

    /// A number as it prints, grouped: 36525 → `36.525` in Vietnamese, `36,525` in English.
    pub fn number(self, number: impl Display) -> String {
        let plain = number.to_string();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("−", rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let (group, point) = match self.language {
            Language::Vietnamese => ('.', ','),
            Language::English => (',', '.'),
        };
        let mut text = sign.to_owned();
        for (position, digit) in whole.chars().enumerate() {
            if position > 0 && (whole.len() - position).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(point);
            text.push_str(fraction);
        }
        text
    }

    /// `83,94`, with exactly `places` decimals.
    pub fn decimal(self, number: impl Display, places: usize) -> String {
        self.number(format_args!("{number:.places$}"))
    }

    /// `83,94 %` of a value that is already per cent; the space does not break.
    pub fn percent(self, number: impl Display, places: usize) -> String {
        let space = match self.language {
            Language::Vietnamese => "\u{a0}",
            Language::English => "",
        };
        format!("{}{space}%", self.decimal(number, places))
    }

    /// `05/11/2026` in Vietnamese; `5 November 2026` in English, where 05/11 could be May.
    pub fn day(self, day: impl Borrow<NaiveDate>) -> String {
        match self.language {
            Language::Vietnamese => day.borrow().format("%d/%m/%Y").to_string(),
            Language::English => day.borrow().format("%-d %B %Y").to_string(),
        }
    }

    /// The day in Viet Nam of an instant.
    pub fn date(self, at: impl Borrow<DateTime<Utc>>) -> String {
        self.day(in_viet_nam(at.borrow()).date())
    }

    /// The time of day in Viet Nam, `14:05`.
    pub fn time(self, at: impl Borrow<DateTime<Utc>>) -> String {
        in_viet_nam(at.borrow()).format("%H:%M").to_string()
    }

    /// Date and time in Viet Nam: `14:05 ngày 05/11/2026`.
    pub fn moment(self, at: impl Borrow<DateTime<Utc>>) -> String {
        let at = at.borrow();
        self.with("moment", [("time", self.time(at)), ("date", self.date(at))]).into_owned()
    }

    /// A duration for a person who waits, rounded up: `dưới 1 phút`, `khoảng 6 phút`, `khoảng 2 giờ`.
    pub fn duration(self, left: TimeDelta) -> Cow<'static, str> {
        match left.num_seconds() {
            ..60 => self.get("duration-short"),
            seconds @ 60..5400 => self.with("duration-minutes", [("n", (seconds + 59) / 60)]),
            seconds => self.with("duration-hours", [("n", (seconds + 1800) / 3600)]),
        }
    }
}

impl Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// Viet Nam has kept +07 without summer time since 1975.
fn in_viet_nam(at: &DateTime<Utc>) -> NaiveDateTime {
    (*at + TimeDelta::hours(7)).naive_utc()
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
