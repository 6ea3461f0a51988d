//! `sipas-draw-v1` byte for byte as the Python reference draws it, and the probabilities R computes.

use analysis::design::largest_remainder;
use analysis::draw::*;
use serde_json::Value;

fn text<'a>(vectors: &'a Value, name: &str) -> &'a str {
    vectors[name].as_str().unwrap()
}

fn list(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|entry| entry.as_str().unwrap()).collect()
}

#[test]
fn every_vector_is_met() {
    let vectors: Value = serde_json::from_str(include_str!("../data/draw_vectors.json")).unwrap();
    let frame: Vec<(&str, u64)> = vectors["frame"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["id"].as_str().unwrap(), row["size"].as_u64().unwrap()))
        .collect();
    let (ids, sizes): (Vec<&str>, Vec<u64>) = frame.iter().copied().unzip();
    let named = |places: Vec<usize>| -> Vec<&str> { places.into_iter().map(|place| ids[place]).collect() };

    let design: Value = serde_json::from_str(text(&vectors, "design_text")).unwrap();
    assert_eq!(canonical_json(&design), text(&vectors, "design_text"));
    let frame_hash = frame_digest(frame.iter().rev().copied());
    assert_eq!(frame_hash.to_string(), text(&vectors, "frame_hash"));
    let design_hash = Digest::of(canonical_json(&design).as_bytes());
    assert_eq!(design_hash.to_string(), text(&vectors, "design_hash"));
    let chance = Chance::new(text(&vectors, "seed"), frame_hash, design_hash);
    assert_eq!(chance.key().to_string(), text(&vectors, "key"));

    let path = "P01";
    assert_eq!(Digest(chance.bits("order", path, ids[0], 0)).to_string(), text(&vectors, "R_order_xa01"));
    assert_eq!(chance.uniform("order", path, ids[0], 0).to_string(), text(&vectors, "u53_xa01"));
    assert_eq!(chance.below("pps", path, 160), vectors["below_160"].as_u64().unwrap());

    assert_eq!(named(order(&chance, path, &ids)), list(&vectors["order"]));
    let (main, reserve) = simple_random(&chance, path, &ids, 5, 3);
    assert_eq!(named(main), list(&vectors["srs_5_reserve_3"][0]));
    assert_eq!(named(reserve), list(&vectors["srs_5_reserve_3"][1]));
    assert_eq!(named(systematic(&chance, path, &ids, 5)), list(&vectors["systematic_5"]));

    let fractions = |sizes: &[u64], n| -> Vec<String> {
        inclusion_probabilities(sizes, n).unwrap().iter().map(ToString::to_string).collect()
    };
    assert_eq!(fractions(&sizes, 5), list(&vectors["inclusion_pps_5"]));
    let take_all = [400, 12, 7, 30, 5, 18, 9, 220, 4, 15, 11, 6];
    assert_eq!(fractions(&take_all, 4), list(&vectors["inclusion_pps_take_all"]));

    let pps = |order| named(pps_systematic(&chance, path, &ids, &sizes, 5, order).unwrap());
    assert_eq!(pps(ListOrder::Given), list(&vectors["pps_systematic_fixed_5"]));
    assert_eq!(pps(ListOrder::Randomised), list(&vectors["pps_systematic_random_5"]));
    assert_eq!(named(sampford(&chance, path, &sizes, 5).unwrap()), list(&vectors["sampford_5"]));

    let target: Vec<f64> = inclusion_probabilities(&sizes, 5).unwrap().into_iter().map(Fraction::to_f64).collect();
    let odds = conditional_poisson_odds(&target, 5);
    assert_eq!(odds.iter().map(ToString::to_string).collect::<Vec<_>>(), list(&vectors["cps_odds_5"]));
    assert_eq!(named(conditional_poisson(&chance, path, &ids, &odds, 5)), list(&vectors["cps_5"]));
}

#[test]
fn changing_one_size_changes_the_key() {
    let digest = |size| frame_digest([("a", 10), ("b", size)]);
    let key = |size| Chance::new("seed", digest(size), Digest::of(b"design")).key();
    assert_ne!(key(20), key(21));
}

#[test]
fn inclusion_probabilities_are_those_of_r_sampling() {
    for (case, n) in [("A", 5), ("B", 4)] {
        let rows: Vec<Vec<&str>> = include_str!("../data/pps_inclusion_probabilities.csv")
            .lines()
            .map(|line| line.split(',').collect::<Vec<_>>())
            .filter(|row| row[0] == case)
            .collect();
        let sizes: Vec<u64> = rows.iter().map(|row| row[3].parse().unwrap()).collect();
        let ours = inclusion_probabilities(&sizes, n).unwrap();
        assert_eq!(ours.len(), 12);
        for (ours, row) in ours.into_iter().zip(&rows) {
            let golden: f64 = row[4].parse().unwrap();
            assert!((ours.to_f64() / golden - 1.0).abs() < 1e-12, "case {case} unit {}", row[2]);
        }
    }
}

#[test]
fn proportional_allocation_is_that_of_r() {
    let rows: Vec<Vec<&str>> =
        include_str!("../data/allocation.csv").lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 24);
    for group in rows.chunk_by(|a, b| a[0] == b[0]) {
        let sizes: Vec<u64> = group.iter().map(|row| row[2].parse().unwrap()).collect();
        let golden: Vec<u64> = group.iter().map(|row| row[5].parse().unwrap()).collect();
        assert_eq!(largest_remainder(&sizes, group[0][0].parse().unwrap()), golden);
    }
}
