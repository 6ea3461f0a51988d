//! Whole designs of every kind: fixed size, no repeats, exact probabilities, unbiased totals, the same list for the same seed.

use std::collections::{BTreeMap, BTreeSet};

use analysis::design::{Allocation, Design, StageRule};
use analysis::draw::*;
use analysis::frame::{Area, FrameBuilder, Person, SamplingFrame};
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Row {
    code: String,
    household: String,
    village: String,
    commune: String,
    area: Area,
    province: &'static str,
}

fn rows(shape: &[(u8, u8)]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, (villages, persons)) in shape.iter().enumerate() {
        let province = if at % 2 == 0 { "01" } else { "22" };
        let area = if at % 4 < 2 { Area::Rural } else { Area::Urban };
        for village in 0..*villages {
            for person in 0..*persons + village {
                let commune = format!("{province}{at:03}");
                rows.push(Row {
                    code: format!("{commune}{village}-{person}"),
                    household: format!("h{}", person / 3),
                    village: format!("{commune}v{village}"),
                    commune,
                    area,
                    province,
                });
            }
        }
    }
    rows
}

fn frame(rows: &[Row], households: bool) -> SamplingFrame {
    let mut builder = FrameBuilder::default();
    for row in rows {
        let (area, province) = (row.area, row.province);
        let person = Person { code: &row.code, village: &row.village, commune: &row.commune, area, province };
        if households { builder.member(person, &row.household) } else { builder.person(person) }
    }
    builder.finish().unwrap()
}

fn rule(unit: Stage, method: SelectionMethod) -> StageRule {
    StageRule { unit, method }
}

const METHODS: [SelectionMethod; 6] = [
    SelectionMethod::PpsSystematic,
    SelectionMethod::PpsSystematicFixed,
    SelectionMethod::SimpleRandom,
    SelectionMethod::Systematic,
    SelectionMethod::Sampford,
    SelectionMethod::ConditionalPoisson,
];

/// Every list of levels from the largest to the smallest.
fn levels() -> Vec<Vec<Stage>> {
    let all = [Stage::Commune, Stage::Village, Stage::Household, Stage::Person];
    (1_usize..16).map(|mask| (0..4).filter(|bit| mask & (1 << bit) != 0).map(|bit| all[bit]).collect()).collect()
}

fn base() -> Design {
    Design {
        name: "every kind".into(),
        communes: 5,
        villages_per_commune: 2,
        persons_per_village: 3,
        reserves_per_village: 2,
        households_per_village: 2,
        persons_per_household: 1,
        ..Design::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_design_draws_its_numbers_once_each_and_exactly(
        shape in prop::collection::vec((1_u8..5, 1_u8..9), 8..24),
        stages in 0_usize..15, methods in [0_usize..6, 0..6, 0..6, 0..6],
        communes in 4_u32..9, reserve in 0_u32..2, root in any::<bool>(), grouped in any::<bool>(), seed in any::<u64>(),
    ) {
        let rows = rows(&shape);
        let stages: Vec<StageRule> =
            levels()[stages].iter().zip(methods).map(|(unit, method)| rule(*unit, METHODS[method])).collect();
        let mut design = Design { communes, stages, reserve_communes: reserve, least: 1, ..base() };
        if root {
            design.allocation = Allocation::SquareRoot;
        }
        if grouped {
            design.groups = rows.iter().filter(|row| row.commune.ends_with('0')).map(|row| (row.commune.clone(), "27".into())).collect();
        }
        let households = design.uses_households();
        let list = frame(&rows, households);
        let drawn = match draw(&list, &design, &seed.to_string()) {
            // Where nearly all are taken, a rejective method says so instead of trying for ever.
            Err(DrawError::Rejected { .. } | DrawError::TooFewCommunes { .. }) => return Ok(()),
            drawn => drawn.unwrap(),
        };
        let known: BTreeSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        let mut seen = BTreeSet::new();
        let mut parents: BTreeMap<(String, Stage), Vec<&Unit>> = BTreeMap::new();
        let first = design.stages[0].unit;
        for unit in &drawn.units {
            let place = (unit.stage, format!("{}/{}", unit.path, unit.code));
            prop_assert!(seen.insert(place), "{unit:?} twice");
            prop_assert!(unit.stage != Stage::Person || known.contains(unit.code.as_str()));
            prop_assert!(unit.probability.to_f64() <= 1.0 && unit.probability.numerator() > 0);
            prop_assert!(unit.overall_probability.to_f64() <= unit.probability.to_f64());
            let parent = if unit.stage == first { unit.stratum() } else { unit.path.clone() };
            parents.entry((parent, unit.stage)).or_default().push(unit);
        }
        // The usual chain: each parent gives exactly n.
        if design.stages.len() == 4 || design.stages.len() == 1 {
            for ((parent, _), units) in &parents {
                let reserves = units.iter().filter(|unit| u64::from(unit.order) > unit.n).count() as u64;
                prop_assert_eq!(units.len() as u64 - reserves, units[0].n, "{}", parent);
                let orders: BTreeSet<u32> = units.iter().map(|unit| unit.order).collect();
                prop_assert_eq!(orders.len(), units.len());
            }
        }
        verify(&list, &design, &seed.to_string(), &drawn.units).unwrap();
        let mut turned = rows;
        turned.reverse();
        prop_assert_eq!(draw(&frame(&turned, households), &design, &seed.to_string()).unwrap(), drawn);
    }
}

/// Horvitz–Thompson: the weights of what is drawn add up to what is there, whatever the design.
#[test]
fn the_weights_of_every_design_add_up_to_the_population() {
    let shape: Vec<(u8, u8)> = (0..16).map(|at| (2 + at % 3, 4 + at % 5)).collect();
    let rows = rows(&shape);
    for (place, stages) in levels().into_iter().enumerate() {
        let stages: Vec<StageRule> =
            stages.iter().enumerate().map(|(at, unit)| rule(*unit, METHODS[(place + at) % 6])).collect();
        let last = stages.last().unwrap().unit;
        let design = Design { stages, take_all: BTreeSet::new(), ..base() };
        let whole = frame(&rows, design.uses_households());
        let there = match last {
            Stage::Commune => shape.len(),
            Stage::Village => shape.iter().map(|(villages, _)| usize::from(*villages)).sum(),
            Stage::Household => rows.iter().map(|row| (&row.village, &row.household)).collect::<BTreeSet<_>>().len(),
            Stage::Person => rows.len(),
        } as f64;
        let rounds = 300;
        let totals: Vec<f64> = (0..rounds)
            .map(|round| {
                let drawn = draw(&whole, &design, &format!("{round}")).unwrap();
                drawn.units.iter().filter(|unit| unit.stage == last && unit.role == Role::Main).map(Unit::weight).sum()
            })
            .collect();
        let mean = totals.iter().sum::<f64>() / f64::from(rounds);
        let variance = totals.iter().map(|total| (total - mean).powi(2)).sum::<f64>() / f64::from(rounds - 1);
        let error = (variance / f64::from(rounds)).sqrt();
        assert!((mean - there).abs() < 4.0 * error + 1e-6, "{:?}: {mean} ± {error} for {there}", design.stages);
    }
}

#[test]
fn certain_units_reserves_and_groups_are_as_designed() {
    let shape: Vec<(u8, u8)> = (0..24).map(|at| (3, 5 + at % 5)).collect();
    let rows = rows(&shape);
    let list = frame(&rows, false);
    let groups = rows
        .iter()
        .filter(|row| row.province == "01" && row.commune.as_str() < "01012")
        .map(|row| (row.commune.clone(), "27".into()));
    let design = Design {
        communes: 9,
        reserve_communes: 1,
        take_all: ["01000".to_owned()].into(),
        groups: groups.collect(),
        ..base()
    };
    let drawn = draw(&list, &design, "seed").unwrap();
    let communes: Vec<&Unit> = drawn.units.iter().filter(|unit| unit.stage == Stage::Commune).collect();
    let certain = communes.iter().find(|unit| unit.code == "01000").unwrap();
    assert_eq!((certain.probability, certain.order, certain.role), (Fraction::ONE, 1, Role::Main));
    assert_eq!(
        (certain.stratum().as_str(), certain.area(), certain.group(), certain.commune()),
        ("01/rural.27", "rural", "27", "01000")
    );
    let mut strata: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for unit in &communes {
        let (main, reserve) = strata.entry(unit.stratum()).or_default();
        *(if unit.role == Role::Main { main } else { reserve }) += 1;
    }
    assert_eq!(strata.len(), 6);
    // One stratum has three communes, all of them taken: nothing is left to wait.
    assert_eq!(strata.remove("01/rural.27"), Some((3, 0)));
    assert!(strata.values().all(|(main, reserve)| *main >= 2 && *reserve == 1), "{strata:?}");
    // Whoever is drawn in a reserve waits with it.
    for reserve in communes.iter().filter(|unit| unit.role == Role::Reserve) {
        let inside: Vec<&Unit> = drawn.persons().filter(|unit| unit.commune() == reserve.code).collect();
        assert!(!inside.is_empty() && inside.iter().all(|unit| unit.role == Role::Reserve));
    }
    let fixed = |units: u32| Design {
        allocation: Allocation::Fixed {
            units: ["01/rural", "01/urban", "22/rural", "22/urban"].map(|path| (path.to_owned(), units)).into(),
        },
        ..base()
    };
    let drawn = draw(&list, &fixed(3), "seed").unwrap();
    assert_eq!(drawn.units.iter().filter(|unit| unit.stage == Stage::Commune).count(), 12);
    assert_eq!(
        draw(&list, &fixed(7), "seed"),
        Err(DrawError::Fixed { stratum: "01/rural".into(), wanted: 7, there: 6 })
    );
    let unknown = Design { take_all: ["99".to_owned()].into(), ..base() };
    assert_eq!(draw(&list, &unknown, "seed"), Err(DrawError::UnknownUnit { unit: "99".into() }));
}

#[test]
fn one_person_more_or_less_is_another_draw() {
    let shape: Vec<(u8, u8)> = (0..16).map(|_| (3, 6)).collect();
    let mut rows = rows(&shape);
    let before = draw(&frame(&rows, false), &base(), "seed").unwrap();
    rows.pop();
    let after = draw(&frame(&rows, false), &base(), "seed").unwrap();
    assert_ne!(before.frame_digest, after.frame_digest);
    let codes = |drawn: &Draw| drawn.persons().map(|unit| unit.code.clone()).collect::<BTreeSet<_>>();
    let common = codes(&before).intersection(&codes(&after)).count();
    assert!(common < codes(&before).len() / 2, "{common} of {} stayed", codes(&before).len());
}

/// 256 bins and 256 pairs of neighbours' bits over a million numbers: χ² with 255 degrees of freedom.
#[test]
fn the_stream_of_chance_is_even() {
    let chance = Chance::new("stream", Digest([0; 32]), Digest([1; 32]));
    let rounds = 1_000_000_u32;
    let (mut bins, mut pairs, mut before) = ([0_u32; 256], [0_u32; 256], 0);
    for counter in 0..rounds {
        let bin = usize::from(chance.bits("u", "h", "", counter.into())[0]);
        bins[bin] += 1;
        pairs[(before >> 4) * 16 + (bin >> 4)] += 1;
        before = bin;
    }
    for counts in [bins, pairs] {
        let expected = f64::from(rounds) / 256.0;
        let square: f64 = counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
        assert!((190.0..331.0).contains(&square), "the 0.1 % and 99.9 % points are 190 and 331: {square}");
    }
}
