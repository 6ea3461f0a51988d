//! Monte Carlo: do the methods draw with the probabilities they claim? The same test must reject a method that
//! does not.

use std::collections::HashMap;

use analysis::draw::*;

const SIZES: [u64; 12] = [12, 7, 30, 5, 18, 9, 22, 4, 15, 11, 6, 21];
const N: usize = 5;
const ROUNDS: u32 = 20_000;

struct Counts {
    single: [f64; 12],
    pairs: [[f64; 12]; 12],
}

fn count(draw: impl Fn(&Chance, &[&str]) -> Vec<usize>) -> Counts {
    let ids: Vec<String> = (0..SIZES.len()).map(|unit| format!("u{unit:02}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let frame = frame_digest(ids.iter().copied().zip(SIZES));
    let mut counts = Counts { single: [0.0; 12], pairs: [[0.0; 12]; 12] };
    for round in 0..ROUNDS {
        let chance = Chance::new(&format!("mc-{round}"), frame, Digest::of(b"mc"));
        let drawn = draw(&chance, &ids);
        assert_eq!(drawn.len(), N);
        for a in &drawn {
            counts.single[*a] += 1.0;
            for b in &drawn {
                counts.pairs[*a][*b] += 1.0;
            }
        }
    }
    counts
}

/// Largest |z| of the first-order counts.
fn worst(counts: &Counts, expected: &[f64]) -> f64 {
    let rounds = f64::from(ROUNDS);
    let z = |(count, p): (&f64, &f64)| (count - rounds * p).abs() / (rounds * p * (1.0 - p)).sqrt();
    counts.single.iter().zip(expected).map(z).fold(0.0, f64::max)
}

/// Largest |z| of the pairs.
fn worst_pair(counts: &Counts, joint: &[[f64; 12]; 12]) -> f64 {
    let rounds = f64::from(ROUNDS);
    let pairs = (0..12).flat_map(|a| (0..a).map(move |b| (a, b)));
    pairs
        .filter(|(a, b)| joint[*a][*b] > 1e-12)
        .map(|(a, b)| {
            (counts.pairs[a][b] - rounds * joint[a][b]).abs() / (rounds * joint[a][b] * (1.0 - joint[a][b])).sqrt()
        })
        .fold(0.0, f64::max)
}

/// Q = d' Δ⁻¹ d / B over eleven units (the twelfth follows from the fixed size): χ² with 11 degrees of freedom.
fn statistic(counts: &Counts, joint: &[[f64; 12]; 12]) -> f64 {
    let rounds = f64::from(ROUNDS);
    let mut system: Vec<Vec<f64>> = (0..11)
        .map(|a| {
            let covariances = (0..11).map(|b| rounds * (joint[a][b] - joint[a][a] * joint[b][b]));
            covariances.chain([counts.single[a] - rounds * joint[a][a]]).collect()
        })
        .collect();
    let distance: Vec<f64> = system.iter().map(|row| row[11]).collect();
    for pivot in 0..11 {
        let row = system[pivot].clone();
        for (_, other) in system.iter_mut().enumerate().filter(|(place, _)| *place != pivot) {
            let factor = other[pivot] / row[pivot];
            other.iter_mut().zip(&row).for_each(|(value, base)| *value -= factor * base);
        }
    }
    (0..11).map(|at| distance[at] * system[at][11] / system[at][at]).sum()
}

/// The 0.1 % and 99.9 % points of χ² with 11 degrees of freedom.
fn plausible(statistic: f64) -> bool {
    (1.587..31.264).contains(&statistic)
}

/// Joint probabilities of R `sampling`, by method.
fn joint() -> HashMap<String, [[f64; 12]; 12]> {
    let mut joint: HashMap<String, [[f64; 12]; 12]> = HashMap::new();
    for line in include_str!("../data/pps_joint_probabilities.csv").lines().filter(|line| line.starts_with("A,")) {
        let row: Vec<&str> = line.split(',').collect();
        let [i, j] = [2, 3].map(|at| row[at].parse::<usize>().unwrap() - 1);
        joint.entry(row[1].to_owned()).or_default()[i][j] = row[4].parse().unwrap();
    }
    joint
}

#[test]
fn methods_keep_their_probabilities_and_a_wrong_one_is_caught() {
    let joint = joint();
    let target: Vec<f64> = inclusion_probabilities(&SIZES, 5).unwrap().into_iter().map(Fraction::to_f64).collect();
    let odds = conditional_poisson_odds(&target, N);
    let equal = N as f64 / 12.0;
    let mut equal_pairs = [[equal * 4.0 / 11.0; 12]; 12];
    (0..12).for_each(|unit| equal_pairs[unit][unit] = equal);

    let simple = count(|chance, ids| simple_random(chance, "h", ids, N, 0).0);
    let by_sampford = count(|chance, _| sampford(chance, "h", &SIZES, 5).unwrap());
    let by_poisson = count(|chance, ids| conditional_poisson(chance, "h", ids, &odds, N));
    for (name, counts, joint) in [
        ("simple random", &simple, &equal_pairs),
        ("sampford", &by_sampford, &joint["sampford"]),
        ("conditional poisson", &by_poisson, &joint["maxentropy"]),
    ] {
        let q = statistic(counts, joint);
        println!("{name}: Q = {q:.1}, worst pair z = {:.2}", worst_pair(counts, joint));
        assert!(plausible(q), "{name}: Q = {q}");
        assert!(worst_pair(counts, joint) < 5.0, "{name}");
    }

    let pps = |order| count(move |chance, ids| pps_systematic(chance, "h", ids, &SIZES, 5, order).unwrap());
    let fixed = pps(ListOrder::Given);
    assert!(worst(&fixed, &target) < 4.5);
    assert!(worst_pair(&fixed, &joint["systematic"]) < 5.0);
    let randomised = pps(ListOrder::Randomised);
    assert!(worst(&randomised, &target) < 4.5);
    assert!((0..12).all(|a| (0..12).all(|b| randomised.pairs[a][b] > 0.0)), "every pair has a chance");
    let equal_steps = count(|chance, ids| systematic(chance, "h", ids, N));
    assert!(worst(&equal_steps, &[equal; 12]) < 4.5);

    // One after the other proportional to size: what many a library offers as weighted choice.
    let successive = count(|chance, _| {
        let mut left: Vec<usize> = (0..12).collect();
        (0..N)
            .map(|draw| {
                let total: u64 = left.iter().map(|unit| SIZES[*unit]).sum();
                let value = chance.uniform("succ", "h", &draw.to_string(), 0) * total as f64;
                let mut cumulated = 0.0;
                let at = left.iter().position(|unit| {
                    cumulated += SIZES[*unit] as f64;
                    value < cumulated
                });
                left.remove(at.unwrap())
            })
            .collect()
    });
    let q = statistic(&successive, &joint["sampford"]);
    println!("negative control: Q = {q:.0}, worst z = {:.1}", worst(&successive, &target));
    assert!(q > 1000.0 && worst(&successive, &target) > 10.0, "the test must catch it: Q = {q}");
}

/// The joint probabilities of conditional Poisson, by all 792 samples there can be, are those of R.
#[test]
fn all_pairs_of_conditional_poisson_have_the_probabilities_of_r() {
    let target: Vec<f64> = inclusion_probabilities(&SIZES, 5).unwrap().into_iter().map(Fraction::to_f64).collect();
    let odds = conditional_poisson_odds(&target, N);
    let (mut all, mut pairs) = (0.0, [[0.0; 12]; 12]);
    for sample in (0_u32..1 << 12).filter(|sample| sample.count_ones() == 5) {
        let units: Vec<usize> = (0..12).filter(|unit| sample & (1 << unit) != 0).collect();
        let weight: f64 = units.iter().map(|unit| odds[*unit]).product();
        all += weight;
        for a in &units {
            for b in &units {
                pairs[*a][*b] += weight;
            }
        }
    }
    let golden = &joint()["maxentropy"];
    for (a, b) in (0..12).flat_map(|a| (0..12).map(move |b| (a, b))) {
        assert!((pairs[a][b] / all - golden[a][b]).abs() < 1e-6, "{a} {b}");
    }
}
