//! Draws from places with sizes, and their going on once the people of the drawn ones are listed.

use std::collections::BTreeMap;

use super::*;
use crate::frame::{Area, FrameDefectKind, Person};

type Home = (String, String, Area, u64);

/// Fifteen communes of four villages with 20 to 80 adults.
fn homes() -> Vec<Home> {
    let mut homes = Vec::new();
    for commune in 0..15_u64 {
        let area = if commune % 3 == 0 { Area::Urban } else { Area::Rural };
        for village in 0..4 {
            homes.push((format!("c{commune:02}"), format!("v{village}"), area, 20 + commune * 2 + village * 10));
        }
    }
    homes
}

fn place((commune, village, area, _): &Home) -> Person<'_> {
    Person { code: "", village, commune, area: *area, province: "01" }
}

fn villages() -> SamplingFrame {
    SamplingFrame::from_units(Stage::Village, homes().iter().map(|home| (place(home), home.3))).unwrap()
}

/// Everybody of these homes, by a code that tells where from.
fn listing(homes: &[Home]) -> SamplingFrame {
    let codes: Vec<(String, &Home)> = homes
        .iter()
        .flat_map(|home| (0..home.3).map(move |person| (format!("{}-{}-{person:03}", home.0, home.1), home)))
        .collect();
    SamplingFrame::from_persons(codes.iter().map(|(code, home)| Person { code, ..place(home) })).unwrap()
}

fn design() -> Design {
    Design {
        name: "two phases".into(),
        communes: 6,
        villages_per_commune: 2,
        persons_per_village: 5,
        reserves_per_village: 2,
        ..Design::default()
    }
}

fn drawn_homes(first: &Draw, stage: Stage) -> Vec<Home> {
    let drawn = |home: &Home| {
        first.units.iter().any(|unit| {
            unit.stage == stage && unit.commune() == home.0 && (stage == Stage::Commune || unit.village() == home.1)
        })
    };
    homes().into_iter().filter(drawn).collect()
}

#[test]
fn sizes_draw_the_same_places_as_the_people_behind_them_would_by_chance_of_the_same_kind() {
    let (sizes, persons) =
        (draw(&villages(), &design(), "s").unwrap(), draw(&listing(&homes()), &design(), "s").unwrap());
    assert!(sizes.units.iter().all(|unit| unit.stage <= Stage::Village));
    // Another frame digest is another stream of chance: other places, but as many, and of a unit drawn in both the same probability.
    let count = |draw: &Draw, stage| draw.units.iter().filter(|unit| unit.stage == stage).count();
    for stage in [Stage::Commune, Stage::Village] {
        assert_eq!(count(&sizes, stage), count(&persons, stage));
    }
    let mut both = 0;
    for unit in &sizes.units {
        if let Some(same) = persons.units.iter().find(|other| (&other.path, &other.code) == (&unit.path, &unit.code)) {
            assert_eq!(
                (unit.overall_probability, unit.size, unit.parent_size),
                (same.overall_probability, same.size, same.parent_size)
            );
            both += 1;
        }
    }
    assert!(both > 0);
}

#[test]
fn the_draw_goes_on_inside_the_drawn_places_and_probabilities_multiply() {
    let first = draw(&villages(), &design(), "first").unwrap();
    let listed = listing(&drawn_homes(&first, Stage::Village));
    let whole = draw_within(&first.units, &listed, &design(), "second").unwrap();
    assert_eq!(whole.persons().filter(|unit| unit.role == Role::Main).count(), 6 * 2 * 5);
    assert_eq!(whole.persons().filter(|unit| unit.role == Role::Reserve).count(), 6 * 2 * 2);
    for unit in &first.units {
        assert!(whole.units.contains(unit), "what was drawn first stays as it is");
    }
    for person in whole.persons() {
        let village = first.units.iter().find(|unit| format!("{}/{}", unit.path, unit.code) == person.path).unwrap();
        assert_eq!(Some(person.overall_probability), village.overall_probability.times(person.probability));
        assert_eq!(Some(person.probability), Fraction::new(5, u128::from(village.size)));
    }
    verify_within(&first.units, &listed, &design(), "second", &whole.units).unwrap();
    assert!(verify_within(&first.units, &listed, &design(), "third", &whole.units).is_err());
}

#[test]
fn communes_are_enough_to_begin_with() {
    let mut sizes: BTreeMap<String, (Home, u64)> = BTreeMap::new();
    for home in homes() {
        let adults = home.3;
        sizes.entry(home.0.clone()).or_insert((home, 0)).1 += adults;
    }
    let communes =
        SamplingFrame::from_units(Stage::Commune, sizes.values().map(|(home, size)| (place(home), *size))).unwrap();
    assert_eq!((communes.persons(), communes.places().level()), (listing(&homes()).persons(), Stage::Commune));
    let first = draw(&communes, &design(), "first").unwrap();
    assert!(first.units.iter().all(|unit| unit.stage == Stage::Commune));
    let whole = draw_within(&first.units, &listing(&drawn_homes(&first, Stage::Commune)), &design(), "second").unwrap();
    assert_eq!(whole.units.iter().filter(|unit| unit.stage == Stage::Village).count(), 12);
    assert_eq!(whole.persons().filter(|unit| unit.role == Role::Main).count(), 60);
    // Equal take after sizes that told the truth: one weight in a commune.
    for commune in first.units {
        let weights: Vec<f64> =
            whole.persons().filter(|unit| unit.commune() == commune.code).map(Unit::weight).collect();
        assert!(weights.iter().all(|weight| (weight / weights[0] - 1.0).abs() < 1e-12), "{weights:?}");
    }
}

/// Expected values of the whole: the weights of many two-phase draws add up to those who are listed.
#[test]
fn the_weights_of_many_draws_in_two_phases_add_up_to_the_population() {
    let villages = villages();
    let (mut sum, rounds) = (0.0, 400);
    for round in 0..rounds {
        let first = draw(&villages, &design(), &format!("a{round}")).unwrap();
        let listed = listing(&drawn_homes(&first, Stage::Village));
        let whole = draw_within(&first.units, &listed, &design(), &format!("b{round}")).unwrap();
        sum += whole.persons().filter(|unit| unit.role == Role::Main).map(Unit::weight).sum::<f64>();
    }
    let population: u64 = homes().iter().map(|home| home.3).sum();
    let mean = sum / f64::from(rounds);
    assert!((mean / f64::from(u32::try_from(population).unwrap()) - 1.0).abs() < 0.02, "{mean} of {population}");
}

#[test]
fn a_listing_that_does_not_fit_what_was_drawn_is_refused_by_name() {
    let design = Design { reserve_communes: 1, ..design() };
    let first = draw(&villages(), &design, "first").unwrap();
    let all = drawn_homes(&first, Stage::Village);
    let reserve = |home: &Home| {
        first.units.iter().any(|unit| unit.role == Role::Reserve && unit.stage == Stage::Commune && unit.code == home.0)
    };
    let within = |homes: &[Home]| draw_within(&first.units, &listing(homes), &design, "second");
    let main: Vec<Home> = all.iter().filter(|home| !reserve(home)).cloned().collect();
    assert!(main.len() < all.len());
    assert!(within(&main).unwrap().persons().all(|unit| main.iter().any(|home| home.0 == unit.commune())));
    assert_eq!(within(&all).unwrap().persons().filter(|unit| unit.role == Role::Main).count(), 60);
    let missing = within(main.split_first().unwrap().1).unwrap_err();
    assert!(
        matches!(missing, DrawError::NotListed { unit } if unit.ends_with(&format!("{}/{}", main[0].0, main[0].1)))
    );
    let other = homes().into_iter().find(|home| !all.contains(home)).unwrap();
    let too_much = [main.as_slice(), std::slice::from_ref(&other)].concat();
    assert!(
        matches!(within(&too_much), Err(DrawError::NotDrawn { unit }) if unit.ends_with(&format!("{}/{}", other.0, other.1)))
    );
    let done = within(&main).unwrap();
    assert_eq!(draw_within(&done.units, &listing(&main), &design, "third"), Err(DrawError::Whole));
    let persons_first = Design { stages: design.stages[2..].to_vec(), ..design };
    assert_eq!(
        draw(&villages(), &persons_first, "s").unwrap_err(),
        DrawError::Level { first: "person", level: "village" }
    );
}

#[test]
fn every_defect_of_a_list_of_places_is_named() {
    let home = |commune: &str, village: &str, size| (commune.to_owned(), village.to_owned(), Area::Rural, size);
    let rows = [home("c1", "v1", 5), home("c1", "", 5), home("c1", "v2", 0), home("c1", "v1", 7)];
    let defects = SamplingFrame::from_units(Stage::Village, rows.iter().map(|row| (place(row), row.3))).unwrap_err();
    let told: Vec<_> = defects.iter().map(|defect| (defect.row, defect.column, defect.kind.clone())).collect();
    assert_eq!(
        told,
        [
            (2, "village", FrameDefectKind::Empty),
            (3, "size", FrameDefectKind::Size),
            (4, "code", FrameDefectKind::CodeTwice { first: 1 })
        ]
    );
    // The published lines of a list of places, in the order of their bytes.
    let (one, two) = (home("c2", "v", 7), home("c1", "v", 12));
    let frame = SamplingFrame::from_units(Stage::Village, [(place(&one), 7), (place(&two), 12)]).unwrap();
    assert_eq!(frame.digest(), Digest::of(b"01/rural/c1/v\t12\n01/rural/c2/v\t7\n"));
}
