//! Every figure of an edition as CSV: one per row, values as published.

use super::content::{Content, Figure, Words};
use crate::base::sheet::plain_cell;
use crate::error::{Error, Result};

const HEADER: [&str; 19] = [
    "place_code",
    "place",
    "code",
    "name_vi",
    "name_en",
    "answer",
    "answer_vi",
    "answer_en",
    "rule",
    "n",
    "value",
    "se",
    "low",
    "high",
    "flags",
    "rank",
    "rank_first",
    "rank_last",
    "tier",
];

/// Comma, decimal point, UTF-8; no cell is a formula. The same document gives the same bytes.
pub fn figures_csv(content: &Content) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |cause: csv::Error| Error::internal("edition-file").caused_by(cause);
    writer.write_record(HEADER).map_err(failed)?;
    for figure in &content.figures {
        writer.write_record(row(content, figure)).map_err(failed)?;
    }
    writer.into_inner().map_err(|cause| Error::internal("edition-file").caused_by(cause.into_error()))
}

fn row(content: &Content, figure: &Figure) -> [String; 19] {
    let (name, answer) = words(content, figure);
    let place = content.place(&figure.place).map(|place| place.name.vi.as_str()).unwrap_or_default();
    let number =
        |value: Option<f64>, decimals: usize| value.map(|value| format!("{value:.decimals$}")).unwrap_or_default();
    let rank = |of: fn(&super::content::Standing) -> u32| {
        figure.standing.as_ref().map(|standing| of(standing).to_string()).unwrap_or_default()
    };
    let text = |text: &str| plain_cell(text).into_owned();
    [
        text(&figure.place),
        text(place),
        text(&figure.code),
        text(&name.vi),
        text(&name.en),
        if figure.answer > 0 { figure.answer.to_string() } else { String::new() },
        text(&answer.vi),
        text(&answer.en),
        text(&figure.rule),
        figure.n.map(|n| n.to_string()).unwrap_or_default(),
        number(figure.value, 2),
        number(figure.se, 4),
        number(figure.low, 2),
        number(figure.high, 2),
        text(&figure.flags),
        rank(|it| it.rank),
        rank(|it| it.first),
        rank(|it| it.last),
        rank(|it| it.tier),
    ]
}

/// The names of what was measured, and of the answer whose share it is.
fn words(content: &Content, figure: &Figure) -> (Words, Words) {
    if let Some(indicator) = content.indicator(&figure.code).filter(|_| figure.answer == 0) {
        return (indicator.name.clone(), Words::default());
    }
    let Some(question) = content.questions.iter().find(|it| it.code == figure.code) else { return Default::default() };
    let answer = question.answers.iter().find(|(known, _)| *known == figure.answer);
    (question.name.clone(), answer.map(|(_, words)| words.clone()).unwrap_or_default())
}
