//! Calibrating 36,000 respondents on 60 categories, beside raking margin by margin; and hiding cells of a large table.
//!
//! `cargo bench -p analysis --bench weights`. Bar: 0.5 s.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark measures time and says it")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop at the first surprise")]
#![expect(clippy::cast_precision_loss, reason = "small counts")]

use std::time::Instant;

use analysis::confidentiality::{CountCell, CountTable, Support, WHOLE, attack, crossing, protect};
use analysis::weights::{Auxiliary, CalibrationRules, Distance, Merging, calibrate};

#[path = "shared/time.rs"]
mod time;

use time::seconds;

const ROWS: usize = 36_000;
const SIZES: [usize; 3] = [40, 10, 10];

fn main() {
    let mut chance = Chance(20_260_101);
    let of_row: Vec<Vec<usize>> = SIZES.iter().map(|size| (0..ROWS).map(|_| chance.below(*size)).collect()).collect();
    let base: Vec<f64> = (0..ROWS).map(|_| 300.0 + chance.below(900) as f64).collect();
    // Totals that some weights meet: those of weights moved by a tenth or so.
    let moved: Vec<f64> = (0..ROWS)
        .map(|row| base[row] * (1.0 + 0.02 * ((of_row[0][row] % 7) as f64) - 0.03 * ((of_row[1][row] % 4) as f64)))
        .collect();
    let totals: Vec<Vec<f64>> = SIZES.iter().zip(&of_row).map(|(size, of_row)| sums(*size, of_row, &moved)).collect();
    let auxiliaries: Vec<Auxiliary> = of_row
        .iter()
        .zip(&totals)
        .enumerate()
        .map(|(place, (of_row, totals))| Auxiliary::Categories {
            name: format!("margin {place}"),
            of_row: of_row.iter().map(|category| format!("{category:02}")).collect(),
            totals: totals.iter().enumerate().map(|(category, total)| (format!("{category:02}"), *total)).collect(),
            merging: Merging::default(),
        })
        .collect();
    let mut raking = f64::NAN;
    for (name, distance) in
        [("logit 0.3 to 3", Distance::default()), ("raking", Distance::Raking), ("linear", Distance::Linear)]
    {
        let rules = CalibrationRules { distance, ..CalibrationRules::default() };
        let steps = calibrate(&base, &auxiliaries, rules).unwrap().steps;
        let seconds = seconds(|| calibrate(&base, &auxiliaries, rules).unwrap());
        println!("{ROWS} rows, 60 categories, {name}: {seconds:.4} s, {steps} Newton steps");
        raking = if distance == Distance::Raking { seconds } else { raking };
    }
    let (_, sweeps) = proportional(&base, &of_row, &totals);
    let plain = seconds(|| proportional(&base, &of_row, &totals));
    println!(
        "  margin by margin to the same 1e-12: {plain:.4} s, {sweeps} sweeps, ratio to raking {:.1}",
        plain / raking
    );
    hiding(&mut chance);
}

fn sums(size: usize, of_row: &[usize], weights: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; size];
    for (category, weight) in of_row.iter().zip(weights) {
        sums[*category] += weight;
    }
    sums
}

/// What one writes first: every margin in turn, until nothing moves.
fn proportional(base: &[f64], of_row: &[Vec<usize>], totals: &[Vec<f64>]) -> (Vec<f64>, u32) {
    let mut weights = base.to_vec();
    for sweep in 1.. {
        let mut worst: f64 = 0.0;
        for (of_row, totals) in of_row.iter().zip(totals) {
            let reached = sums(totals.len(), of_row, &weights);
            let factors: Vec<f64> = totals.iter().zip(&reached).map(|(total, reached)| total / reached).collect();
            worst = factors.iter().fold(worst, |worst, factor| worst.max((factor - 1.0).abs()));
            for (weight, category) in weights.iter_mut().zip(of_row) {
                *weight *= factors[*category];
            }
        }
        if worst < 1e-12 || sweep == 10_000 {
            return (weights, sweep);
        }
    }
    (weights, 0)
}

/// 63 provinces × 10 groups of people, with all sums.
fn hiding(chance: &mut Chance) {
    let (rows, columns): (Vec<String>, Vec<String>) =
        ((0..63).map(|row| format!("{row}")).collect(), (0..10).map(|column| format!("{column}")).collect());
    let counts: Vec<Vec<u32>> =
        rows.iter().map(|_| columns.iter().map(|_| u32::try_from(chance.below(90)).unwrap()).collect()).collect();
    let cell = |code: String, respondents: u32| CountCell {
        code,
        support: Support { respondents, psus: 9, all_alike: false },
    };
    let mut cells = vec![cell(format!("{WHOLE}:{WHOLE}"), counts.iter().flatten().sum())];
    for (row, of_row) in rows.iter().zip(&counts) {
        cells.push(cell(format!("{row}:{WHOLE}"), of_row.iter().sum()));
        cells.extend(columns.iter().zip(of_row).map(|(column, n)| cell(format!("{row}:{column}"), *n)));
    }
    cells.extend(
        columns
            .iter()
            .enumerate()
            .map(|(at, column)| cell(format!("{WHOLE}:{column}"), counts.iter().map(|row| row[at]).sum())),
    );
    let table = CountTable::new(cells, &crossing(&rows, &columns)).unwrap();
    let start = Instant::now();
    let protected = protect(&table).unwrap();
    let hidden = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let widest = attack(&table, &protected.hidden)
        .unwrap()
        .into_iter()
        .flatten()
        .map(|range| range.width())
        .fold(f64::INFINITY, f64::min);
    println!(
        "{} cells, {} too small, {} hidden with them: {hidden:.3} s; every hidden cell attacked in {:.2} s, the narrowest holds {widest:.0} more or less",
        table.cells().len(),
        protected.sensitive,
        protected.complementary,
        start.elapsed().as_secs_f64()
    );
}

struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}
