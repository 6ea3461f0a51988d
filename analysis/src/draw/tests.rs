use std::collections::BTreeMap;

use super::*;
use crate::design::StageRule;
use crate::frame::{Area, Person};

/// Two provinces; the first has urban and rural communes, one village of two persons among them.
fn persons() -> Vec<(String, String, String, Area, &'static str)> {
    let mut persons = Vec::new();
    for (province, area, communes) in
        [("01", Area::Urban, 6), ("01", Area::Rural, 9), ("22", Area::Rural, 8), ("22", Area::Urban, 2)]
    {
        for commune in 0..communes {
            let commune_code = format!("{province}{}{commune:02}", area.code().to_uppercase());
            for village in 0..3 + commune % 3 {
                let adults = if (commune, village) == (0, 0) { 2 } else { 30 + 7 * village + 11 * commune % 50 };
                for person in 0..adults {
                    let code = format!("{commune_code}-{village}-{person:03}");
                    persons.push((code, format!("thôn {village}"), commune_code.clone(), area, province));
                }
            }
        }
    }
    persons
}

fn frame_of(persons: &[(String, String, String, Area, &'static str)]) -> SamplingFrame {
    let rows = persons.iter().map(|(code, village, commune, area, province)| Person {
        code,
        village,
        commune,
        area: *area,
        province,
    });
    SamplingFrame::from_persons(rows).unwrap()
}

fn design() -> Design {
    Design {
        name: "test".into(),
        communes: 5,
        villages_per_commune: 2,
        persons_per_village: 4,
        reserves_per_village: 3,
        ..Design::default()
    }
}

const SEED: &str = "Vietlott 6/55 kỳ 01234: 05-11-23-37-41-52|07";

/// The digests that a program in Python got for the same frame, design and seed from the single-stage methods of
/// the reference.
#[test]
fn another_language_draws_the_same_list() {
    let drawn = draw(&frame_of(&persons()), &design(), SEED).unwrap();
    assert_eq!(drawn.units.len(), 170);
    assert_eq!(
        [drawn.frame_digest, drawn.design_digest, drawn.list_digest].map(|digest| digest.to_string()),
        [
            "1778691eb09df547159f7704541ac624a813c63b2e8592d8dff50568af38a496",
            "f452a5fe1a01a1ae91d8550eb525ca7a62c7a9aaaa29b1bb006bf3a3533e98ac",
            "9b8168ba86cdb481e5a980c51bba70b65dfc7495e34a31d9fb573ababbd61216",
        ]
    );
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut rows = persons();
    let first = draw(&frame_of(&rows), &design(), SEED).unwrap();
    rows.reverse();
    rows.rotate_left(777);
    let second = draw(&frame_of(&rows), &design(), SEED).unwrap();
    assert_eq!(first, second);
}

#[test]
fn the_frame_digest_is_that_of_the_published_lines() {
    let rows = persons();
    let lines: Vec<_> = rows
        .iter()
        .map(|(code, village, commune, area, province)| {
            format!("{province}/{}/{commune}/{village}/{code}", area.code())
        })
        .collect();
    assert_eq!(frame_of(&rows).digest(), frame_digest(lines.iter().map(|line| (line.as_str(), 1))));
}

#[test]
fn every_stage_has_its_number_its_probability_and_its_reserve() {
    let rows = persons();
    let drawn = draw(&frame_of(&rows), &design(), SEED).unwrap();
    let of_stage = |stage: Stage| drawn.units.iter().filter(move |unit| unit.stage == stage);
    let mut communes = BTreeMap::new();
    for unit in of_stage(Stage::Commune) {
        *communes.entry(unit.stratum()).or_insert(0) += 1;
    }
    let expected = [("01/rural", 3), ("01/urban", 2), ("22/rural", 3), ("22/urban", 2)];
    assert_eq!(communes, expected.map(|(stratum, n)| (stratum.to_owned(), n)).into());
    assert_eq!(of_stage(Stage::Village).count(), 20);

    for village in of_stage(Stage::Village) {
        let path = format!("{}/{}", village.path, village.code);
        let chosen: Vec<_> = of_stage(Stage::Person).filter(|unit| unit.path == path).collect();
        let take = village.size.min(4);
        let reserve = (village.size - take).min(3);
        assert_eq!(chosen.len() as u64, take + reserve);
        for (unit, order) in chosen.iter().zip(1..) {
            assert_eq!(unit.order, order);
            assert_eq!(unit.role == Role::Main, u64::from(order) <= take);
            assert_eq!(unit.probability, Fraction::new(take.into(), village.size.into()).unwrap());
        }
    }
}

#[test]
fn weights_are_constant_inside_a_commune_without_certain_or_small_villages() {
    let drawn = draw(&frame_of(&persons()), &design(), SEED).unwrap();
    let mut weights: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for village in drawn.units.iter().filter(|unit| unit.stage == Stage::Village) {
        if village.probability == Fraction::ONE || village.size < 4 {
            continue;
        }
        let path = format!("{}/{}", village.path, village.code);
        let persons = drawn.persons().filter(|unit| unit.path == path);
        weights.entry(village.commune()).or_default().extend(persons.map(Unit::weight));
    }
    assert!(weights.len() >= 8);
    for (commune, weights) in weights {
        assert!(weights.iter().all(|weight| weight.to_bits() == weights[0].to_bits()), "{commune}: {weights:?}");
    }
}

#[test]
fn the_weights_of_many_draws_add_up_to_the_population() {
    let rows = persons();
    let frame = frame_of(&rows);
    let rounds = 400;
    let totals: Vec<f64> = (0..rounds)
        .map(|round| {
            let drawn = draw(&frame, &design(), &format!("seed {round}")).unwrap();
            drawn.persons().filter(|unit| unit.role == Role::Main).map(Unit::weight).sum()
        })
        .collect();
    let mean = totals.iter().sum::<f64>() / f64::from(rounds);
    let variance = totals.iter().map(|total| (total - mean).powi(2)).sum::<f64>() / f64::from(rounds - 1);
    let error = (variance / f64::from(rounds)).sqrt();
    assert!(
        (mean - f64::from(u32::try_from(rows.len()).unwrap())).abs() < 4.0 * error + 1e-9,
        "{mean} ± {error} for {}",
        rows.len()
    );
}

#[test]
fn a_village_with_fewer_persons_is_taken_whole() {
    let rows = persons();
    let small = Design { communes: 40, villages_per_commune: 9, ..design() };
    let drawn = draw(&frame_of(&rows), &small, SEED).unwrap();
    let tiny: Vec<_> = drawn.persons().filter(|unit| unit.of == 2).collect();
    assert_eq!(tiny.len(), 8);
    assert!(tiny.iter().all(|unit| unit.overall_probability == Fraction::ONE && unit.role == Role::Main));
    assert!(
        drawn.units.iter().filter(|unit| unit.stage != Stage::Person).all(|unit| unit.probability == Fraction::ONE)
    );
}

#[test]
fn verification_accepts_the_list_in_any_order_and_names_the_first_difference() {
    let frame = frame_of(&persons());
    let mut list = draw(&frame, &design(), SEED).unwrap().units;
    list.reverse();
    verify(&frame, &design(), SEED, &list).unwrap();

    let mut changed = list.clone();
    let swapped = changed.iter_mut().find(|unit| unit.role == Role::Reserve).unwrap();
    swapped.code = "friend".into();
    let Err(VerifyError::Different { field: "code", found, .. }) = verify(&frame, &design(), SEED, &changed) else {
        panic!("a swapped person must be named")
    };
    assert_eq!(found, "friend");

    let gone = list.pop().unwrap();
    assert_eq!(verify(&frame, &design(), SEED, &list), Err(VerifyError::Missing(Box::new(gone.clone()))));
    list.push(gone.clone());
    let extra = Unit { order: 999, ..gone };
    list.push(extra.clone());
    assert_eq!(verify(&frame, &design(), SEED, &list), Err(VerifyError::NotDrawn(Box::new(extra.clone()))));
    list.pop();
    assert!(verify(&frame, &design(), "another seed", &list).is_err());
}

#[test]
fn a_draw_that_cannot_be_made_says_why() {
    let frame = frame_of(&persons());
    let error = |design: &Design, seed: &str| draw(&frame, design, seed).unwrap_err();
    assert_eq!(error(&design(), "  "), DrawError::EmptySeed);
    let nobody = Design { persons_per_village: 0, ..design() };
    assert_eq!(error(&nobody, SEED), DrawError::Nothing { part: "persons_per_village" });
    let few = Design { communes_of: [("22".to_owned(), 3)].into(), ..design() };
    assert_eq!(
        error(&few, SEED),
        DrawError::TooFewCommunes { province: "22".into(), communes: 3, strata: 2, needed: 4 }
    );
    let unknown = Design { communes_of: [("99".to_owned(), 3)].into(), ..design() };
    assert_eq!(error(&unknown, SEED), DrawError::UnknownProvince { province: "99".into() });
}

#[test]
fn in_a_reserve_commune_as_many_are_asked_as_in_one_drawn_first() {
    let rows = persons();
    let mut builder = crate::frame::FrameBuilder::default();
    for (at, (code, village, commune, area, province)) in rows.iter().enumerate() {
        builder.member(Person { code, village, commune, area: *area, province }, &format!("H{:03}", at / 3));
    }
    let mut stages = design().stages;
    stages.insert(2, StageRule { unit: Stage::Household, method: SelectionMethod::SimpleRandom });
    let with_households = Design {
        households_per_village: 3,
        persons_per_household: 1,
        reserve_communes: 1,
        persons_per_village: 0,
        stages,
        ..design()
    };
    let of_households = draw(&builder.finish().unwrap(), &with_households, SEED).unwrap();
    let of_persons = draw(&frame_of(&rows), &Design { reserve_communes: 1, ..design() }, SEED).unwrap();
    for (drawn, each) in [(&of_persons, 4), (&of_households, 3)] {
        let reserves = reserve_communes(&drawn.units, "01/rural");
        assert_eq!(reserves.len(), 1);
        let commune = &reserves.first().unwrap().code;
        let asked = asked_in(&drawn.units, commune);
        let villages: BTreeMap<&str, usize> = asked.iter().fold(BTreeMap::new(), |mut villages, unit| {
            *villages.entry(unit.village()).or_default() += 1;
            villages
        });
        assert_eq!(villages.values().copied().collect::<Vec<_>>(), [each, each]);
        let all = drawn.units.iter().filter(|unit| unit.stage == Stage::Person && unit.commune() == commune);
        assert!(all.clone().all(|unit| unit.role == Role::Reserve));
        assert!(all.count() > asked.len(), "the villages keep reserves of their own");
    }
    assert!(reserve_communes(&of_persons.units, "99/rural").is_empty());
}
