//! No small cell can be told from what is shown: rules, hiding with others, and the attack that tries it.

use std::collections::{BTreeMap, BTreeSet};

use analysis::confidentiality::{
    ConfidentialityError, CountCell, CountTable, Line, Protected, Support, WHOLE, attack, crossing, protect,
};
use proptest::prelude::*;

use crate::data::{SURVEY, golden};

fn cell(code: String, respondents: u32) -> CountCell {
    CountCell { code, support: Support { respondents, psus: 9, all_alike: false } }
}

fn codes(letter: char, n: usize) -> Vec<String> {
    (0..n).map(|at| format!("{letter}{at}")).collect()
}

/// Rows and columns with everything that adds up.
fn crossed(counts: &[Vec<u32>]) -> CountTable {
    let (rows, columns) = (codes('r', counts.len()), codes('c', counts[0].len()));
    let mut cells = Vec::new();
    for (row, counts) in rows.iter().zip(counts) {
        cells.extend(columns.iter().zip(counts).map(|(column, n)| cell(format!("{row}:{column}"), *n)));
        cells.push(cell(format!("{row}:{WHOLE}"), counts.iter().sum()));
    }
    for (at, column) in columns.iter().enumerate() {
        cells.push(cell(format!("{WHOLE}:{column}"), counts.iter().map(|row| row[at]).sum()));
    }
    cells.push(cell(format!("{WHOLE}:{WHOLE}"), counts.iter().flatten().sum()));
    CountTable::new(cells, &crossing(&rows, &columns)).unwrap()
}

fn place(table: &CountTable, code: &str) -> usize {
    table.cells().iter().position(|cell| cell.code == code).unwrap()
}

#[test]
fn the_attack_recovers_a_cell_that_is_hidden_alone() {
    let table = crossed(&[vec![7, 40, 33], vec![50, 61, 24], vec![45, 38, 70]]);
    let alone = table.sensitive();
    assert_eq!(alone.iter().filter(|hidden| **hidden).count(), 1);
    let small = place(&table, "r0:c0");
    let found = attack(&table, &alone).unwrap()[small].unwrap();
    assert!((found.least - 7.0).abs() < 1e-6 && (found.most - 7.0).abs() < 1e-6, "{found:?}");
    // Two hidden in the row are not enough: the columns still tell both.
    let mut two = alone;
    two[place(&table, "r0:c2")] = true;
    assert!(attack(&table, &two).unwrap()[small].unwrap().width() < 1e-6);
    // With others hidden as well it stays between two numbers far apart.
    let Protected { hidden, sensitive, complementary } = protect(&table).unwrap();
    assert_eq!((sensitive, complementary), (1, 3));
    let found = attack(&table, &hidden).unwrap()[small].unwrap();
    assert!(found.width() >= 10.0 && found.least <= 7.0 && found.most >= 7.0, "{found:?}");
}

/// Two small cells in one row hide each other, but they add up to seven: too little room for either.
#[test]
fn cells_that_hide_each_other_too_narrowly_get_a_third() {
    let table = crossed(&[vec![3, 4, 40, 33], vec![3, 5, 61, 24], vec![45, 38, 70, 51]]);
    let alone = attack(&table, &table.sensitive()).unwrap();
    assert!(alone.iter().flatten().all(|range| range.width() < 10.0));
    let hidden = protect(&table).unwrap().hidden;
    assert!(attack(&table, &hidden).unwrap().iter().flatten().all(|range| range.width() > 10.0 - 1e-6));
    assert!(!hidden[place(&table, "*:*")], "the whole table can be shown");
}

#[test]
fn places_in_places_and_levels_of_an_item_are_lines_too() {
    // A province of two communes; in each, three levels of an item.
    let counts = [("x", [4, 30, 46]), ("y", [20, 35, 41])];
    let mut cells = Vec::new();
    let mut lines = Vec::new();
    let line = |total: String, parts: &[String]| Line { total, parts: parts.to_vec() };
    for (commune, levels) in counts {
        cells.extend(levels.iter().enumerate().map(|(level, n)| cell(format!("{commune}{level}"), *n)));
        cells.push(cell(commune.to_owned(), levels.iter().sum()));
        lines.push(line(commune.to_owned(), &[0, 1, 2].map(|level| format!("{commune}{level}"))));
    }
    for level in 0..3 {
        cells.push(cell(format!("p{level}"), counts.iter().map(|(_, levels)| levels[level]).sum()));
        lines.push(line(format!("p{level}"), &["x", "y"].map(|commune| format!("{commune}{level}"))));
    }
    cells.push(cell("p".to_owned(), 176));
    lines.push(line("p".to_owned(), &["x".to_owned(), "y".to_owned()]));
    lines.push(line("p".to_owned(), &[0, 1, 2].map(|level| format!("p{level}"))));
    let table = CountTable::new(cells, &lines).unwrap();
    let protected = protect(&table).unwrap();
    let hidden: BTreeSet<&str> = table
        .cells()
        .iter()
        .zip(&protected.hidden)
        .filter(|(_, hidden)| **hidden)
        .map(|(cell, _)| cell.code.as_str())
        .collect();
    assert_eq!(hidden, ["x0", "x1", "y0", "y1"].into());
    let range = attack(&table, &protected.hidden).unwrap()[place(&table, "x0")].unwrap();
    assert!(range.least < 1e-6 && (range.most - 24.0).abs() < 1e-6, "{range:?}");
}

#[test]
fn lines_that_do_not_add_up_are_refused() {
    let cells = || vec![cell("a".into(), 12), cell("b".into(), 20), cell("all".into(), 33)];
    let line =
        |parts: &[&str]| [Line { total: "all".into(), parts: parts.iter().map(|part| (*part).to_owned()).collect() }];
    let of = |cells, parts: &[&str]| CountTable::new(cells, &line(parts)).unwrap_err();
    assert_eq!(
        of(cells(), &["a", "b"]),
        ConfidentialityError::NotAdditive { total: "all".into(), sum: 32, respondents: 33 }
    );
    assert_eq!(of(cells(), &["a", "c"]), ConfidentialityError::Line { total: "all".into(), cell: "c".into() });
    assert_eq!(of(cells(), &["a", "a"]), ConfidentialityError::Line { total: "all".into(), cell: "a".into() });
    let twice = [cells(), cells()].concat();
    assert_eq!(of(twice, &["a", "b"]), ConfidentialityError::CellTwice { cell: "a".into() });
    let table = crossed(&[vec![12, 13], vec![14, 15]]);
    assert_eq!(attack(&table, &[true]), Err(ConfidentialityError::Length { cells: 9, hidden: 1 }));
}

/// What integers allow, counted out: every table of three by three with the shown cells and sums.
fn counted_out(counts: &[Vec<u32>], hidden: &BTreeSet<(usize, usize)>) -> BTreeMap<(usize, usize), (u32, u32)> {
    let places: Vec<(usize, usize)> = hidden.iter().copied().collect();
    let mut left: Vec<u32> = counts
        .iter()
        .enumerate()
        .map(|(r, row)| row.iter().enumerate().filter(|(c, _)| hidden.contains(&(r, *c))).map(|(_, n)| n).sum())
        .collect();
    let columns = (0..3).map(|c| (0..3).filter(|r| hidden.contains(&(*r, c))).map(|r| counts[r][c]).sum::<u32>());
    left.extend(columns);
    let mut ranges = BTreeMap::new();
    fill(&places, &mut Vec::new(), &mut left, &mut ranges);
    ranges
}

fn fill(
    places: &[(usize, usize)],
    chosen: &mut Vec<u32>,
    left: &mut Vec<u32>,
    ranges: &mut BTreeMap<(usize, usize), (u32, u32)>,
) {
    let Some((row, column)) = places.get(chosen.len()).copied() else {
        if left.iter().all(|left| *left == 0) {
            for (place, value) in places.iter().zip(chosen.iter()) {
                let range = ranges.entry(*place).or_insert((*value, *value));
                *range = (range.0.min(*value), range.1.max(*value));
            }
        }
        return;
    };
    for value in 0..=left[row].min(left[3 + column]) {
        left[row] -= value;
        left[3 + column] -= value;
        chosen.push(value);
        fill(places, chosen, left, ranges);
        chosen.pop();
        left[row] += value;
        left[3 + column] += value;
    }
}

/// Two cells are narrow at once, and one is left to hide: it helps both.
#[test]
fn a_table_that_must_be_hidden_whole_is_hidden_whole() {
    let counts = [vec![0, 1, 35], vec![1, 0, 0]];
    let table = crossed(&counts);
    let protected = protect(&table).unwrap();
    for (cell, hidden) in table.cells().iter().zip(&protected.hidden) {
        assert_eq!(*hidden, cell.support.respondents > 0, "{}", cell.code);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_hiding_no_line_has_one_hidden_cell_and_no_cell_can_be_told(
        counts in (2_usize..6, 2_usize..6).prop_flat_map(|(rows, columns)| {
            let n = prop_oneof![2 => 0_u32..14, 3 => 10_u32..120];
            prop::collection::vec(prop::collection::vec(n, columns), rows)
        }),
    ) {
        let table = crossed(&counts);
        let protected = protect(&table).unwrap();
        for (cell, hidden) in table.cells().iter().zip(&protected.hidden) {
            prop_assert!(*hidden || !(1..10).contains(&cell.support.respondents), "{} is shown", cell.code);
            prop_assert!(!*hidden || cell.support.respondents > 0);
        }
        for (cell, range) in table.cells().iter().zip(attack(&table, &protected.hidden).unwrap()) {
            let Some(range) = range else { continue };
            let n = f64::from(cell.support.respondents);
            prop_assert!(range.least <= n + 1e-6 && n <= range.most + 1e-6, "{}: {} is not in {:?}", cell.code, n, range);
            prop_assert!(range.width() >= 10.0 - 1e-5, "{}: {:?}", cell.code, range);
        }
        let (rows, columns) = (codes('r', counts.len()), codes('c', counts[0].len()));
        let is_hidden = |code: String| protected.hidden[place(&table, &code)];
        for row in rows.iter().map(String::as_str).chain([WHOLE]) {
            let hidden = columns.iter().map(String::as_str).chain([WHOLE]).filter(|column| is_hidden(format!("{row}:{column}"))).count();
            prop_assert_ne!(hidden, 1, "row {}", row);
        }
    }

    /// The linear programme finds exactly what can be counted out, since tables of rows and columns have whole corners.
    #[test]
    fn the_attack_is_as_sharp_as_counting_out(
        counts in prop::collection::vec(prop::collection::vec(0_u32..9, 3), 3),
        hidden in prop::collection::btree_set((0_usize..3, 0_usize..3), 1..7),
    ) {
        let table = crossed(&counts);
        let mut marks = vec![false; table.cells().len()];
        for (row, column) in &hidden {
            marks[place(&table, &format!("r{row}:c{column}"))] = true;
        }
        let found = attack(&table, &marks).unwrap();
        for ((row, column), (least, most)) in counted_out(&counts, &hidden) {
            let range = found[place(&table, &format!("r{row}:c{column}"))].unwrap();
            prop_assert!((range.least - f64::from(least)).abs() < 1e-6 && (range.most - f64::from(most)).abs() < 1e-6,
                "{:?} instead of {}..{}", range, least, most);
        }
    }
}

/// Communes by age in every province, in one table with the country: 630 × 5 cells of eleven people each.
#[test]
fn communes_by_age_of_the_whole_survey() {
    let mut n: BTreeMap<String, u32> = BTreeMap::new();
    let mut lines: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in golden(SURVEY) {
        let places = [row["psu"].clone(), row["province"].clone(), WHOLE.to_owned()];
        for (at, place) in places.iter().enumerate() {
            for age in [row["age"].as_str(), WHOLE] {
                let code = format!("{place}:{age}");
                *n.entry(code.clone()).or_default() += 1;
                if let Some(above) = places.get(at + 1) {
                    lines.entry(format!("{above}:{age}")).or_default().insert(code.clone());
                }
                if age != WHOLE {
                    lines.entry(format!("{place}:{WHOLE} by age")).or_default().insert(code);
                }
            }
        }
    }
    let lines: Vec<Line> = lines
        .into_iter()
        .map(|(total, parts)| Line {
            total: total.trim_end_matches(" by age").into(),
            parts: parts.into_iter().collect(),
        })
        .collect();
    let table = CountTable::new(n.into_iter().map(|(code, n)| cell(code, n)).collect(), &lines).unwrap();
    let protected = protect(&table).unwrap();
    println!(
        "{} cells, {} too small, {} hidden with them",
        table.cells().len(),
        protected.sensitive,
        protected.complementary
    );
    assert!(protected.sensitive > 500 && protected.complementary > 0);
    // Nothing above the communes had to be hidden.
    let hidden = |cell: &CountCell| protected.hidden[place(&table, &cell.code)];
    assert!(table.cells().iter().filter(|cell| cell.support.respondents > 300).all(|cell| !hidden(cell)));
}
