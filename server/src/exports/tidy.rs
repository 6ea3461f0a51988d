//! One figure per row, one meaning per column: what CSV and spreadsheet hold alike.

use analysis::index::half_up;

use crate::base::sheet::plain_cell;
use crate::error::{Error, Result};
use crate::results::{Figure, Names, Row, Standing};

pub(super) const HEADER: [&str; 22] = [
    "level",
    "place_code",
    "place_name",
    "indicator",
    "indicator_name_vi",
    "indicator_name_en",
    "answer",
    "answer_name_vi",
    "answer_name_en",
    "rule",
    "n",
    "estimate",
    "se",
    "df",
    "deff",
    "ci_low",
    "ci_high",
    "flags",
    "rank",
    "rank_first",
    "rank_last",
    "tier",
];

/// Decimals of points from 0 to 100: enough to compute on with.
const DECIMALS: u8 = 6;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Text(String),
    /// With a decimal point.
    Number(String),
    Empty,
}

/// `names` in Vietnamese and English.
pub(super) fn cells(row: &Row, names: &[Names; 2]) -> [Cell; 22] {
    let Figure { level, place_code, indicator, rule, n, estimate, se, df, deff, ci_low, ci_high, flags, answer } =
        &row.figure;
    let [name_vi, name_en] = names.each_ref().map(|names| text(names.of(indicator)));
    let choice = Some(answer.unsigned_abs()).filter(|choice| *choice > 0);
    let [answer_vi, answer_en] =
        names.each_ref().map(|names| choice.map_or(Cell::Empty, |choice| text(names.answer(indicator, choice))));
    let rank =
        |of: fn(&Standing) -> u32| row.standing.as_ref().map_or(Cell::Empty, |it| Cell::Number(of(it).to_string()));
    [
        text(level),
        text(place_code),
        text(&row.place_name),
        text(indicator),
        name_vi,
        name_en,
        choice.map_or(Cell::Empty, |choice| Cell::Number(choice.to_string())),
        answer_vi,
        answer_en,
        text(rule),
        count(*n),
        points(*estimate),
        points(*se),
        number(*df, 0),
        number(*deff, DECIMALS),
        points(*ci_low),
        points(*ci_high),
        text(flags),
        rank(|standing| standing.rank),
        rank(|standing| standing.joint.first),
        rank(|standing| standing.joint.last),
        rank(|standing| standing.tier),
    ]
}

/// A share as points from 0 to 100.
pub(super) fn points(share: Option<f64>) -> Cell {
    number(share.map(|share| 100.0 * share), DECIMALS)
}

/// People; empty where the figure is hidden.
pub(super) fn count(n: Option<i64>) -> Cell {
    n.map_or(Cell::Empty, |n| Cell::Number(n.to_string()))
}

fn number(value: Option<f64>, decimals: u8) -> Cell {
    value.map_or(Cell::Empty, |value| Cell::Number(half_up(value, decimals)))
}

pub(super) fn text(content: &str) -> Cell {
    Cell::Text(plain_cell(content).into_owned())
}

/// Comma, decimal point, UTF-8, one header.
pub(super) fn csv(rows: &[Row], names: &[Names; 2]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |cause: csv::Error| Error::internal("export").caused_by(cause);
    writer.write_record(HEADER).map_err(failed)?;
    for row in rows {
        let cells = cells(row, names).map(|cell| match cell {
            Cell::Text(text) | Cell::Number(text) => text,
            Cell::Empty => String::new(),
        });
        writer.write_record(cells).map_err(failed)?;
    }
    writer.into_inner().map_err(|cause| Error::internal("export").caused_by(cause.to_string()))
}

#[cfg(test)]
pub(super) mod tests {
    use analysis::rank::RankSet;
    use survey_forms::Form;

    use super::*;
    use crate::base::text::Language;

    pub(in crate::exports) fn row(name: &str, estimate: Option<f64>) -> Row {
        let figure = Figure {
            level: "province".to_owned(),
            place_code: "48".to_owned(),
            indicator: "overall".to_owned(),
            rule: "M".to_owned(),
            n: estimate.map(|_| 1_075),
            estimate,
            se: estimate.map(|_| 0.012_345_678_9),
            df: estimate.map(|_| 9.0),
            deff: None,
            ci_low: estimate.map(|_| 0.8),
            ci_high: estimate.map(|_| 0.9),
            flags: if estimate.is_some() { String::new() } else { "c".to_owned() },
            answer: 0,
        };
        Row { place_name: name.to_owned(), figure, standing: None }
    }

    /// Of the questionnaire of 2026.
    pub(in crate::exports) fn names() -> [Names; 2] {
        let form = Form::parse(&survey_forms::builtin().remove(0)).unwrap();
        Language::ALL.map(|language| Names::new(&form, language))
    }

    #[test]
    fn figures_are_written_with_points_and_hidden_ones_stay_empty() {
        let written =
            String::from_utf8(csv(&[row("Đà Nẵng", Some(0.8394)), row("Huế", None)], &names()).unwrap()).unwrap();
        assert_eq!(
            written.lines().skip(1).collect::<Vec<_>>(),
            [
                "province,48,Đà Nẵng,overall,Hài lòng chung,Overall satisfaction,,,,M,1075,83.940000,1.234568,9,,80.000000,90.000000,,,,,",
                "province,48,Huế,overall,Hài lòng chung,Overall satisfaction,,,,M,,,,,,,,c,,,,",
            ]
        );
        let share =
            Figure { indicator: "q9_31".to_owned(), rule: "level".to_owned(), answer: 5, ..row("", Some(0.5)).figure };
        let written = csv(&[Row { place_name: "Huế".to_owned(), figure: share, standing: None }], &names()).unwrap();
        assert!(String::from_utf8(written).unwrap().contains(",5,Rất hài lòng,Very satisfied,level,1075,"));
    }

    #[test]
    fn a_rank_is_written_with_the_ranks_that_are_possible() {
        let (joint, own) = (RankSet { first: 2, last: 9 }, RankSet { first: 2, last: 7 });
        let standing = Some(Standing { rank: 4, joint, own, tier: 2, of: 34 });
        let written = csv(&[Row { standing, ..row("Huế", Some(0.5)) }], &names()).unwrap();
        assert!(String::from_utf8(written).unwrap().ends_with(",4,2,9,2\n"));
    }
}
