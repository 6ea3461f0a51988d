//! A whole nation's table of answers: 10 million rows × 50 items, p and SE for the nation, 34 provinces and 3,321 communes (each a
//! stratum of ten villages, which are the PSUs).
//!
//! `cargo bench -p analysis --bench nation -- 10000000`, on Linux; without a number a million rows. Bars: 60 s, 4 GiB. Seconds and the
//! greatest memory so far are told after each step.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark measures time and says it")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop at the first surprise")]
#![expect(clippy::cast_precision_loss, reason = "counts of rows and bytes")]

use std::collections::HashMap;

use analysis::estimate::Tallies;
use analysis::frame::{Columns, Item, Responses, Texts};
use analysis::index::ItemRule;

#[path = "shared/bandwidth.rs"]
mod bandwidth;
#[path = "shared/time.rs"]
mod time;

use bandwidth::bandwidth;
use time::{processor_seconds, seconds};

const PROVINCES: usize = 34;
const COMMUNES: usize = 3_321;
const VILLAGES: usize = 10;
const ITEMS: usize = 50;

fn main() {
    let rows = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let start = processor_seconds();
    let told = |what: &str| println!("{:8.2} s {:6.2} GiB  {what}", processor_seconds() - start, memory());
    let columns = columns(rows);
    told(&format!("{rows} rows × {ITEMS} items made up"));
    let made = processor_seconds();
    let responses = Responses::from_columns(columns).unwrap();
    told("checked and sorted");
    let mut figures = 0;
    for by in [&[][..], &["province"], &["commune"]] {
        let tallies = Tallies::count(&responses, by).unwrap();
        told(&format!("  counted by {by:?}"));
        for group in 0..tallies.groups().len() {
            for item in 0..ITEMS {
                let share = tallies.mean(group, &[(item, ItemRule::T.scores(5))]);
                figures += usize::from(share.is_some_and(|share| tallies.estimate(&share).se() >= 0.0));
            }
        }
        told(&format!("{figures} figures, {} groups by {by:?}", tallies.groups().len()));
    }
    let ours = processor_seconds() - made;
    drop(responses);
    // Three groupings: a byte per answer, weight, PSU and group.
    let bytes = 3.0 * rows as f64 * (ITEMS as f64 + 8.0 + 4.0 + 4.0);
    println!("{ours:.2} s without making up; bound by reading {:.2} s", bytes / bandwidth());
    let few = rows.min(1_000_000);
    let naive = plain(few) * rows as f64 / few as f64;
    println!(
        "a plain loop with hash maps, communes' p and V only, from {few} rows: {naive:.1} s, ratio {:.1}",
        naive / ours
    );
}

/// What one writes first: two passes per item, sums by commune and by village in hash maps.
fn plain(rows: usize) -> f64 {
    let columns = columns(rows);
    let psus: Vec<&str> = columns.psu.iter().collect();
    let communes: Vec<&str> = columns.stratum.iter().collect();
    seconds(|| {
        let mut sum = 0.0;
        for (_, answers) in &columns.items {
            let mut shares: HashMap<&str, (f64, f64)> = HashMap::new();
            for ((commune, weight), answer) in communes.iter().zip(&columns.weight).zip(answers) {
                if let Some(level) = answer {
                    let share = shares.entry(commune).or_default();
                    share.0 += weight;
                    share.1 += if *level >= 4 { *weight } else { 0.0 };
                }
            }
            let mut totals: HashMap<(&str, &str), f64> = HashMap::new();
            for (((commune, psu), weight), answer) in communes.iter().zip(&psus).zip(&columns.weight).zip(answers) {
                let total = totals.entry((commune, psu)).or_default();
                if let Some(level) = answer {
                    let (all, satisfied) = shares[commune];
                    *total += weight * (f64::from(u8::from(*level >= 4)) - satisfied / all) / all;
                }
            }
            let n = VILLAGES as f64;
            sum += n / (n - 1.0) * totals.values().map(|z| z * z).sum::<f64>();
        }
        sum
    })
}

fn columns(rows: usize) -> Columns {
    let commune = |row: usize| row % COMMUNES;
    let of_rows = |text: fn(usize, usize) -> String| (0..rows).map(|row| text(row, commune(row))).collect::<Texts>();
    let answers = |item: usize| {
        // No pattern that a branch predictor could learn; one answer in twenty is missing.
        let mixed =
            |row: usize| row.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(item * 0x5851_f42d).rotate_right(29);
        let answer =
            |row: usize| Some(mixed(row) % 20).filter(|it| *it > 0).map(|it| u8::try_from(1 + it % 5).unwrap());
        (0..rows).map(answer).collect::<Vec<_>>()
    };
    let item = |item: usize| (Item { code: format!("q{item:02}"), levels: 5 }, answers(item));
    Columns {
        stratum: of_rows(|_, commune| format!("c{commune:04}")),
        psu: of_rows(|row, commune| format!("c{commune:04}-{}", row / COMMUNES % VILLAGES)),
        weight: (0..rows).map(|row| f64::from(u32::try_from(1 + row % 7).unwrap())).collect(),
        groups: vec![
            ("province".into(), of_rows(|_, commune| format!("{:02}", commune % PROVINCES))),
            ("commune".into(), of_rows(|_, commune| format!("c{commune:04}"))),
        ],
        items: (0..ITEMS).map(item).collect(),
        ..Columns::default()
    }
}

/// The most that the process has had, in GiB.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0 / 1024.0
}
