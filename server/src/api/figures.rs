//! The figures of an edition by place, indicator or question, rule and answer, a page at a time.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::shapes::FigurePage;
use crate::editions::Content;
use crate::editions::content::{HEADLINE_RULE, SHARES};
use crate::error::{Error, Kind, Result};

const USUAL_PAGE: usize = 100;
const LARGEST_PAGE: usize = 1_000;
const LAST_PAGE: usize = 1_000_000;

/// Mean or top answers for an indicator, the share of an answer for a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
pub(super) enum Rule {
    M,
    T,
    #[serde(rename = "level")]
    Level,
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Self::M => HEADLINE_RULE,
            Self::T => "T",
            Self::Level => SHARES,
        }
    }
}

/// What is left out is not asked about.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Of a place: `VN`, `48`.
    #[param(example = "48")]
    place: Option<String>,
    /// Of an indicator or a question.
    #[param(example = "overall")]
    code: Option<String>,
    #[param(inline)]
    rule: Option<Rule>,
    /// The answer whose share it is; 0 for indicators.
    #[param(minimum = 0, maximum = 32767)]
    answer: Option<i16>,
    /// From 1.
    #[param(minimum = 1, maximum = 1_000_000)]
    page: Option<usize>,
    /// Figures on a page; 100 unless told.
    #[param(minimum = 1, maximum = 1_000)]
    per_page: Option<usize>,
}

/// # Errors
/// Not found, if the edition has no such place, indicator or question; a bad request, if there is no such page, or it would be too large.
pub(super) fn page<'a>(content: &'a Content, label: String, asked: &Asked) -> Result<FigurePage<'a>> {
    let (page, per_page) = (asked.page.unwrap_or(1), asked.per_page.unwrap_or(USUAL_PAGE));
    if !(1..=LAST_PAGE).contains(&page) || !(1..=LARGEST_PAGE).contains(&per_page) {
        return Err(Error::new(Kind::BadRequest, "api-page").with("most", LARGEST_PAGE));
    }
    if asked.answer.is_some_and(|answer| answer < 0) {
        return Err(Error::new(Kind::BadRequest, "api-parameters").with("reason", "answer"));
    }
    if asked.place.as_ref().is_some_and(|place| content.place(place).is_none()) {
        return Err(Error::not_found("api-place"));
    }
    let is_known = |code: &String| {
        content.indicator(code).is_some() || content.questions.iter().any(|question| question.code == *code)
    };
    if asked.code.as_ref().is_some_and(|code| !is_known(code)) {
        return Err(Error::not_found("api-code"));
    }
    let is = |wanted: &Option<String>, text: &str| wanted.as_deref().is_none_or(|wanted| wanted == text);
    let wanted = content.figures.iter().filter(|figure| {
        is(&asked.place, &figure.place)
            && is(&asked.code, &figure.code)
            && asked.rule.is_none_or(|rule| rule.name() == figure.rule)
            && asked.answer.is_none_or(|answer| answer == figure.answer)
    });
    let wanted: Vec<_> = wanted.collect();
    let figures = wanted.iter().copied().skip((page - 1) * per_page).take(per_page).collect();
    Ok(FigurePage { edition: label, total: wanted.len(), page, per_page, figures })
}
