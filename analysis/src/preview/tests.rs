#![expect(clippy::cast_precision_loss, clippy::string_slice, reason = "counts of a test are small, its codes plain")]

use super::*;
use crate::design::StageRule;
use crate::draw::{Role, SelectionMethod, Unit, draw};
use crate::frame::{Area, FrameBuilder, Person, SamplingFrame};

/// Two provinces: twelve communes of four villages of 60, and a small one whose villages differ.
fn frame(households: bool) -> SamplingFrame {
    let mut builder = FrameBuilder::default();
    for (province, communes) in [("01", 12), ("22", 3)] {
        for commune in 0..communes {
            let area = if commune % 3 == 0 && province == "01" { Area::Urban } else { Area::Rural };
            for village in 0..4 {
                let persons = if province == "01" { 60 } else { 3 + 40 * village };
                for person in 0..persons {
                    let code = format!("{province}-{commune}-{village}-{person}");
                    let (commune, village) = (format!("{province}{commune:02}"), format!("v{village}"));
                    let person = Person { code: &code, village: &village, commune: &commune, area, province };
                    let household =
                        format!("h{}", code.len() * 100 + code.bytes().map(usize::from).sum::<usize>() % 17);
                    if households { builder.member(person, &household) } else { builder.person(person) }
                }
            }
        }
    }
    builder.finish().unwrap()
}

fn design() -> Design {
    Design {
        name: "p".into(),
        communes: 10,
        communes_of: [("22".to_owned(), 2)].into(),
        villages_per_commune: 2,
        persons_per_village: 5,
        ..Design::default()
    }
}

#[test]
fn an_even_province_has_the_textbook_precision() {
    let preview = preview(frame(false).places(), &design(), 0.05).unwrap();
    let first = &preview.provinces[0];
    assert_eq!((first.units, first.strata, first.df, first.adults), (10, 2, 8, 2880));
    assert!((first.persons - 100.0).abs() < 1e-9);
    // Ten persons in every commune: 1 + 9 · 0.05, as the weights hardly differ between the two strata.
    assert!((first.deff / first.kish - 1.45).abs() < 1e-9 && (1.0..1.02).contains(&first.kish), "{first:?}");
    let expected = 2.306_004_135 * (0.25 * first.deff / 100.0).sqrt();
    assert!((first.half_width.unwrap() - expected).abs() < 1e-9);
    let alone = super::preview(frame(false).places(), &design(), 0.0).unwrap();
    assert!((alone.provinces[0].deff - alone.provinces[0].kish).abs() < 1e-12);
}

#[test]
fn everything_that_should_be_minded_is_told() {
    let warnings = preview(frame(false).places(), &design(), 0.05).unwrap().warnings;
    assert!(warnings.contains(&Warning::FewUnits { province: "22".into(), units: 2 }), "{warnings:?}");
    assert!(warnings.iter().any(|w| matches!(w, Warning::SmallUnits { units: 3, take: 5, .. })), "{warnings:?}");
    assert!(warnings.iter().any(|w| matches!(w, Warning::WeightsTellVillage { communes: 3, .. })), "{warnings:?}");
    let one = Design { communes_of: [("22".to_owned(), 1)].into(), least: 1, ..design() };
    let warnings = preview(frame(false).places(), &one, 0.05).unwrap().warnings;
    assert!(warnings.contains(&Warning::OneUnit { stratum: "22/rural".into() }), "{warnings:?}");
    let certain = Design { take_all: ["0101".to_owned()].into(), ..design() };
    let warnings = preview(frame(false).places(), &certain, 0.05).unwrap().warnings;
    let told = Warning::CertainUnits { stratum: "01/rural".into(), units: 1, example: "0101".into() };
    assert!(warnings.contains(&told), "{warnings:?}");
    let few = Design { communes: 3, ..design() };
    assert!(matches!(preview(frame(false).places(), &few, 0.05), Err(DrawError::TooFewCommunes { needed: 4, .. })));
    assert_eq!(
        preview(
            frame(false).places(),
            &Design { stages: households(), households_per_village: 1, persons_per_household: 1, ..design() },
            0.05
        ),
        Err(DrawError::NoHouseholds)
    );
}

fn households() -> Vec<StageRule> {
    let mut stages = Design::default().stages;
    stages.insert(2, StageRule { unit: Stage::Household, method: SelectionMethod::Systematic });
    stages
}

/// What was looked ahead at is what comes: counts, weights and their spread, over many draws.
#[test]
fn the_preview_agrees_with_what_is_drawn() {
    for (frame, design) in [
        (frame(false), design()),
        (frame(true), Design { stages: households(), households_per_village: 4, persons_per_household: 1, ..design() }),
    ] {
        let ahead = preview(frame.places(), &design, 0.05).unwrap();
        let rounds = 200;
        let mut persons = 0.0;
        for round in 0..rounds {
            let drawn = draw(&frame, &design, &round.to_string()).unwrap();
            for stratum in &ahead.strata {
                let mine: Vec<&Unit> =
                    drawn.persons().filter(|unit| unit.stratum() == stratum.path && unit.role == Role::Main).collect();
                let low = mine.iter().map(|unit| unit.weight()).fold(f64::INFINITY, f64::min);
                let high = mine.iter().map(|unit| unit.weight()).fold(0.0, f64::max);
                assert!(low >= stratum.least_weight * (1.0 - 1e-9) && high <= stratum.greatest_weight * (1.0 + 1e-9));
                persons += mine.len() as f64;
            }
        }
        let expected: f64 = ahead.strata.iter().map(|stratum| stratum.persons).sum();
        let mean = persons / f64::from(rounds);
        assert!((mean / expected - 1.0).abs() < 0.02, "{mean} {expected}");
    }
}

#[test]
fn sizes_alone_are_enough_to_look_ahead() {
    let villages: Vec<(String, String)> = (0..12)
        .flat_map(|commune| (0..4).map(move |village| (format!("01{commune:02}"), format!("v{village}"))))
        .collect();
    let sized = Places::of_villages(
        Stage::Person,
        villages.iter().map(|(commune, village)| {
            let area = if commune[2..].parse::<u32>().unwrap() % 3 == 0 { Area::Urban } else { Area::Rural };
            (Person { code: "", village, commune, area, province: "01" }, 60)
        }),
    );
    let mut design = design();
    design.communes_of.clear();
    let whole = Design { communes_of: [("22".to_owned(), 2)].into(), ..design.clone() };
    assert_eq!(
        preview(&sized, &design, 0.05).unwrap().provinces[0],
        preview(frame(false).places(), &whole, 0.05).unwrap().provinces[0]
    );
}
