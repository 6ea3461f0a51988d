//! One figure per row, one meaning per column: what CSV and spreadsheet hold alike.

use analysis::index::half_up;

use super::table::{Column, Table};
use crate::base::sheet::plain_cell;
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

/// The decimals of each column of numbers; none of texts.
const KINDS: [Option<u8>; 22] = {
    const FRACTION: Option<u8> = Some(DECIMALS);
    const WHOLE: Option<u8> = Some(0);
    [
        None, None, None, None, None, None, WHOLE, None, None, None, WHOLE, FRACTION, FRACTION, WHOLE, FRACTION,
        FRACTION, FRACTION, None, WHOLE, WHOLE, WHOLE, WHOLE,
    ]
};

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

/// The figures as columns.
pub(super) fn table(rows: &[Row], names: &[Names; 2]) -> Table {
    let rows: Vec<[Cell; 22]> = rows.iter().map(|row| cells(row, names)).collect();
    let column = |(place, (name, decimals)): (usize, (&str, Option<u8>))| {
        let cells = rows.iter().filter_map(|cells| cells.get(place));
        match decimals {
            None => Column::text(
                name,
                cells.map(|cell| if let Cell::Text(text) = cell { text.as_str() } else { "" }).collect(),
            ),
            Some(decimals) => {
                let value = |cell: &Cell| if let Cell::Number(number) = cell { number.parse().ok() } else { None };
                Column::number(name, cells.map(|cell| value(cell).unwrap_or(f64::NAN)).collect(), decimals)
            }
        }
    };
    let columns = HEADER.into_iter().zip(KINDS).enumerate().map(column).collect();
    Table { rows: rows.len(), columns }
}

#[cfg(test)]
pub(super) mod tests {
    use analysis::rank::RankSet;
    use survey_forms::Form;

    use super::*;
    use crate::base::text::Language;
    use crate::exports::csv_file::{self, Kind};

    fn csv(rows: &[Row], kind: Kind) -> String {
        let mut written = Vec::new();
        csv_file::write(&table(rows, &names()), kind, &mut written).unwrap();
        String::from_utf8(written).unwrap()
    }

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
        let rows = [row("Đà Nẵng", Some(0.8394)), row("Huế", None)];
        let written = csv(&rows, Kind::Standard);
        assert_eq!(
            written.lines().skip(1).collect::<Vec<_>>(),
            [
                "province,48,Đà Nẵng,overall,Hài lòng chung,Overall satisfaction,,,,M,1075,83.940000,1.234568,9,,80.000000,90.000000,,,,,",
                "province,48,Huế,overall,Hài lòng chung,Overall satisfaction,,,,M,,,,,,,,c,,,,",
            ]
        );
        let excel = csv(&rows, Kind::VietnameseExcel);
        assert!(excel.starts_with("\u{feff}level;place_code;"), "{excel}");
        assert!(excel.contains(
            "province;48;Đà Nẵng;overall;Hài lòng chung;Overall satisfaction;;;;M;1075;83,940000;1,234568;9;"
        ));
        let share =
            Figure { indicator: "q9_31".to_owned(), rule: "level".to_owned(), answer: 5, ..row("", Some(0.5)).figure };
        let written = csv(&[Row { place_name: "Huế".to_owned(), figure: share, standing: None }], Kind::Standard);
        assert!(written.contains(",5,Rất hài lòng,Very satisfied,level,1075,"));
    }

    #[test]
    fn a_rank_is_written_with_the_ranks_that_are_possible() {
        let (joint, own) = (RankSet { first: 2, last: 9 }, RankSet { first: 2, last: 7 });
        let standing = Some(Standing { rank: 4, joint, own, tier: 2, of: 34 });
        let written = csv(&[Row { standing, ..row("Huế", Some(0.5)) }], Kind::Standard);
        assert!(written.ends_with(",4,2,9,2\n"));
    }
}
