//! The ranks that a sample allows among all communes: 3,321 units, beside comparing each with each.
//!
//! `cargo bench -p analysis --bench ranks`, on Linux. Seconds of a processor.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark measures time and says it")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

use analysis::rank::{League, RankSet};

#[path = "shared/time.rs"]
mod time;

use time::seconds;

fn main() {
    for units in [63_u32, 3_321] {
        // No order that a sort could know.
        let mixed = |unit: u32, most: u32| f64::from(unit.wrapping_mul(2_654_435_761) >> 7 & 0xffff) / f64::from(most);
        let values: Vec<f64> = (0..units).map(|unit| 0.5 + mixed(unit, 200_000)).collect();
        let errors: Vec<f64> = (0..units).map(|unit| 0.02 + mixed(unit + 7, 4_000_000)).collect();
        let league = League::independent(&values, &errors).unwrap();
        let critical = league.critical("bench");
        let joint = seconds(|| league.joint_sets("bench"));
        let (pairs, intervals) = (seconds(|| league.sets_by_pairs(critical)), seconds(|| league.sets_by_intervals()));
        let plain = seconds(|| each_with_each(&values, &errors, critical));
        assert_eq!(league.sets_by_pairs(critical), each_with_each(&values, &errors, critical));
        println!(
            "{units} units: sets for the whole table {joint:.4} s, of it the pairs {pairs:.4} s; by intervals {intervals:.5} s; \
             each with each {plain:.4} s, ratio {:.1}",
            plain / pairs
        );
    }
}

fn each_with_each(values: &[f64], errors: &[f64], critical: f64) -> Vec<RankSet> {
    let units = || values.iter().zip(errors);
    let all = u32::try_from(values.len()).unwrap();
    let count =
        |ahead: &dyn Fn(f64, f64) -> bool| u32::try_from(units().filter(|(v, e)| ahead(**v, **e)).count()).unwrap();
    let set = |(value, error): (&f64, &f64)| {
        let apart = |e: f64| critical * (error * error + e * e).sqrt();
        let above = count(&|v, e| v - value > apart(e));
        RankSet { first: 1 + above, last: all - count(&|v, e| value - v > apart(e)) }
    };
    units().map(set).collect()
}
