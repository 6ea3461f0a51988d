//! Single answers without communes, nobody alone with sex, age and education: for researchers (docs/methods/safe-answers.md).
//!
//! A list of what is kept, not of what is left out: a question that nobody thought of stays at home.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use analysis::frame::{Answers, Texts};
use survey_forms::{Column as About, Form, Indicator};

use super::answers::{self, DECIMALS};
use super::table::{Column, NONE, Table, Values};
use super::variables::in_three_levels;
use crate::results::WeightedAnswers;

/// Persons of a province who share sex, age and education in the file, at the least.
const ALIKE: usize = 5;
/// Below this a province is left out, and weights are one class.
const COMMUNES: usize = 3;
const PERSONS: usize = 10;
/// Different weights in a province, at the most.
const CLASSES: usize = 5;

/// The method version that knows these questions as sex, age in five groups and education.
const METHOD: &str = "sipas-2026";
const SEX: &str = "a1";
const AGE: &str = "a3";
const EDUCATION: &str = "a4";

/// `_province`, `_weight` as the mean of its class, sex, age and education where they are known as such, and what is measured: the items of the
/// indicators. Rows lie in the order of their content. Also how many responses were left out.
pub(super) fn table(form: &Form, answers: &WeightedAnswers) -> (Table, usize) {
    let WeightedAnswers { coded, province, weight, .. } = answers;
    let (mut place, mut weights, mut kept) = (Vec::new(), vec![f64::NAN; coded.rows()], vec![false; coded.rows()]);
    let mut known = persons(form, answers);
    let mut rows_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, province) in province.iter().enumerate() {
        rows_of.entry(province).or_default().push(row);
    }
    let commune = |row: usize| coded.psu.codes().get(row).copied().unwrap_or_default();
    let own = |row: usize| weight.get(row).copied().unwrap_or_default();
    for rows in rows_of.values() {
        let communes: BTreeSet<u32> = rows.iter().map(|row| commune(*row)).collect();
        if communes.len() < COMMUNES || rows.len() < PERSONS {
            continue;
        }
        for (class, mean) in classes(rows, commune, own) {
            for row in class {
                if let (Some(weight), Some(kept)) = (weights.get_mut(row), kept.get_mut(row)) {
                    (*weight, *kept) = (mean, true);
                }
            }
        }
        make_alike(rows, &mut known);
        place.extend(rows);
    }
    let left_out = coded.rows() - place.len();
    let mut columns = vec![Column::text("_province", province.clone()), Column::number("_weight", weights, DECIMALS)];
    let book = form.codebook();
    if form.method() == METHOD {
        let of = |which: usize| known.iter().map(|of_row| of_row.get(which).copied().unwrap_or(NONE)).collect();
        let about = |name: &str| book.columns.iter().find(|column| column.name == name);
        let told = [(about(SEX).cloned(), 0), (about(AGE).cloned(), 1), (about(EDUCATION).map(in_three_levels), 2)];
        let told = told.into_iter().filter_map(|(about, which)| Some((about?, which)));
        columns.extend(told.map(|(about, which): (About, _)| Column { about, values: Values::Codes(of(which)) }));
    }
    let measured: BTreeSet<&str> = form.indicators().map(Indicator::items).unwrap_or_default().into_iter().collect();
    let units = form.units().iter().zip(&book.columns).filter(|(unit, _)| measured.contains(unit.code()));
    columns.extend(units.flat_map(|(unit, about)| answers::of_unit(unit, about, coded)));
    (picked(columns, place), left_out)
}

/// Sex, age and education in three levels (up to lower secondary, upper secondary or vocational, university) of each row.
fn persons(form: &Form, answers: &WeightedAnswers) -> Vec<[u8; 3]> {
    let rows = answers.coded.rows();
    if form.method() != METHOD {
        return vec![[NONE; 3]; rows];
    }
    let codes = |unit: &str| match answers.coded.unit(unit) {
        Some(Answers::Codes(codes)) => codes.as_slice(),
        _ => &[],
    };
    let (sex, age, education) = (codes(SEX), codes(AGE), codes(EDUCATION));
    let said = |codes: &[u8], row: usize, most: u8| {
        codes.get(row).copied().filter(|code| (1..=most).contains(code)).unwrap_or(NONE)
    };
    let level = |row: usize| match said(education, row, 5) {
        1 | 2 => 1,
        3 | 4 => 2,
        5 => 3,
        _ => NONE,
    };
    (0..rows).map(|row| [said(sex, row, 2), said(age, row, 5), level(row)]).collect()
}

/// A weight is the same in a commune, so it would name the commune: rows in the order of their weights, in classes of [`COMMUNES`] communes,
/// [`PERSONS`] persons and a fifth of the rows or more, each with the mean, which leaves the sum as it is.
fn classes(rows: &[usize], commune: impl Fn(usize) -> u32, weight: impl Fn(usize) -> f64) -> Vec<(Vec<usize>, f64)> {
    let mut ordered = rows.to_vec();
    ordered.sort_by(|one, other| weight(*one).total_cmp(&weight(*other)));
    let least = PERSONS.max(rows.len().div_ceil(CLASSES));
    let communes = |class: &[usize]| class.iter().map(|row| commune(*row)).collect::<BTreeSet<_>>().len();
    let mut classes: Vec<Vec<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for equal in ordered.chunk_by(|one, other| weight(*one).total_cmp(&weight(*other)).is_eq()) {
        open.extend(equal);
        if open.len() >= least && communes(&open) >= COMMUNES {
            classes.push(std::mem::take(&mut open));
        }
    }
    match classes.last_mut() {
        Some(class) => class.extend(open),
        None => classes.push(open),
    }
    let with_mean = |class: Vec<usize>| {
        let count = u32::try_from(class.len().max(1)).unwrap_or(u32::MAX);
        let mean = class.iter().map(|row| weight(*row)).sum::<f64>() / f64::from(count);
        (class, mean)
    };
    classes.into_iter().map(with_mean).collect()
}

/// Whoever shares sex, age and education with fewer than [`ALIKE`] in the province loses education, then age, then sex; and where too few lost
/// all three, the smallest other group loses them, too.
fn make_alike(rows: &[usize], known: &mut [[u8; 3]]) {
    for which in [2, 1, 0] {
        for row in small(rows, known) {
            if let Some(value) = known.get_mut(row).and_then(|of_row| of_row.get_mut(which)) {
                *value = NONE;
            }
        }
    }
    while !small(rows, known).is_empty() {
        let groups = groups(rows, known);
        let others = groups.iter().filter(|(person, _)| **person != [NONE; 3]);
        let Some((_, smallest)) = others.min_by_key(|(person, rows)| (rows.len(), **person)) else { return };
        for row in smallest.clone() {
            if let Some(of_row) = known.get_mut(row) {
                *of_row = [NONE; 3];
            }
        }
    }
}

fn groups(rows: &[usize], known: &[[u8; 3]]) -> HashMap<[u8; 3], Vec<usize>> {
    let mut groups: HashMap<[u8; 3], Vec<usize>> = HashMap::new();
    for row in rows {
        groups.entry(known.get(*row).copied().unwrap_or([NONE; 3])).or_default().push(*row);
    }
    groups
}

/// The rows of groups that are too small.
fn small(rows: &[usize], known: &[[u8; 3]]) -> Vec<usize> {
    groups(rows, known).into_values().filter(|group| group.len() < ALIKE).flatten().collect()
}

/// These rows in the order of their content: that of the answers would tell who is of one commune.
fn picked(columns: Vec<Column>, mut rows: Vec<usize>) -> Table {
    rows.sort_by(|one, other| {
        let compared = columns.iter().map(|column| column.values.compare(*one, *other));
        compared.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    let gathered = |column: Column| {
        let values = match column.values {
            Values::Text(texts) => {
                Values::Text(rows.iter().map(|row| texts.get(*row).unwrap_or_default()).collect::<Texts>())
            }
            Values::Number { values, decimals } => {
                let values = rows.iter().map(|row| values.get(*row).copied().unwrap_or(f64::NAN)).collect();
                Values::Number { values, decimals }
            }
            Values::Codes(codes) => {
                Values::Codes(rows.iter().map(|row| codes.get(*row).copied().unwrap_or(NONE)).collect())
            }
        };
        Column { about: column.about, values }
    };
    Table { rows: rows.len(), columns: columns.into_iter().map(gathered).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_stands_for_three_communes_and_ten_persons_or_more_and_the_sum_stays() {
        // Twenty communes of four, each with its own weight.
        let (commune, weight) = (
            |row: usize| u32::try_from(row / 4).unwrap(),
            |row: usize| 1.0 + f64::from(u32::try_from(row / 4).unwrap()),
        );
        let rows: Vec<usize> = (0..80).collect();
        let classes = classes(&rows, commune, weight);
        assert_eq!(classes.len(), 5);
        let mut sum = 0.0;
        for (class, mean) in &classes {
            assert!(class.len() >= PERSONS);
            assert!(class.iter().map(|row| commune(*row)).collect::<BTreeSet<_>>().len() >= COMMUNES);
            sum += mean * f64::from(u32::try_from(class.len()).unwrap());
        }
        assert!((sum - rows.iter().map(|row| weight(*row)).sum::<f64>()).abs() < 1e-9);
    }

    #[test]
    fn nobody_is_alone_with_their_sex_age_and_education() {
        let rows: Vec<usize> = (0..500).collect();
        // Skewed, so that many groups are small.
        let mut known: Vec<[u8; 3]> = (0..500_u32)
            .map(|row| {
                let of = |by: u32, most: u32| u8::try_from((row * row / by) % most + 1).unwrap();
                [of(3, 2), of(7, 5), if row % 41 == 0 { 3 } else { of(11, 2) }]
            })
            .collect();
        assert!(!small(&rows, &known).is_empty(), "there is something to do");
        make_alike(&rows, &mut known);
        assert!(groups(&rows, &known).values().all(|group| group.len() >= ALIKE));
        let told = known.iter().filter(|person| person[1] != NONE).count();
        assert!(told > 400, "most keep what they said: {told}");

        let mut few = vec![[1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1], [2, 5, 3]];
        make_alike(&[0, 1, 2, 3, 4, 5], &mut few);
        assert!(few.iter().all(|person| *person == [NONE; 3]), "one who lost all draws the next group along: {few:?}");
    }
}
