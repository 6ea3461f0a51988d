//! New places from old answers: whole ones exactly, divided ones by shares of the population.

use analysis::boundary::{BoundaryError, CarriedFigure, Crosswalk, Generation, OldFigure, Share};
use analysis::estimate::Tallies;
use analysis::frame::{Columns, Item, Responses};
use analysis::index::ItemRule;
use proptest::prelude::*;

use crate::data::{Agreement, Row, SURVEY, golden, rows_of};

fn share(old: &str, new: &str, share: f64) -> Share {
    Share { old: old.into(), new: new.into(), share }
}

fn figure(place: &str, population: f64, value: f64, se: f64) -> OldFigure {
    OldFigure { place: place.into(), population, value, variance: se * se }
}

/// The example of the reference: A is divided between X and Y, C between Y and Z, B goes to X as a whole.
fn example() -> (Crosswalk, [OldFigure; 3]) {
    let shares = vec![
        share("A", "X", 0.7),
        share("A", "Y", 0.3),
        share("B", "X", 1.0),
        share("C", "Y", 0.25),
        share("C", "Z", 0.75),
    ];
    let figures =
        [figure("A", 120_000.0, 0.81, 0.012), figure("B", 45_000.0, 0.64, 0.025), figure("C", 80_000.0, 0.73, 0.018)];
    (Crosswalk::new(shares).unwrap(), figures)
}

#[test]
fn divided_places_share_their_figure_out() {
    let (crosswalk, figures) = example();
    let carried = crosswalk.carry(&figures).unwrap();
    let mut agreement = Agreement::default();
    for row in rows_of(include_str!("../data/crosswalk_fractional.csv")) {
        let ours = carried.iter().find(|ours| ours.place == row["new"]).unwrap();
        agreement.rows += 1;
        agreement.check(&row, "N", ours.population);
        agreement.check(&row, "p", ours.value);
        agreement.check(&row, "se", ours.variance.sqrt());
        agreement.check(&row, "homogeneous_share", ours.homogeneous);
        assert!(ours.rests_on_likeness());
    }
    agreement.report("crosswalk_fractional", 3);
}

/// The answers' old provinces, recoded: the same figures as R's for the new provinces, and exact ones.
#[test]
fn whole_places_are_groups_over_the_old_strata() {
    let shares = rows_of(include_str!("../data/crosswalk_63_34.csv"))
        .iter()
        .map(|row| share(&row["old_province"], &row["new_province"], 1.0))
        .collect();
    let survey: Vec<Row> = golden(SURVEY);
    let column = |name: &str| survey.iter().map(|row| row[name].clone()).collect::<Vec<_>>();
    let new = Crosswalk::new(shares).unwrap().recode(&column("province")).unwrap();
    assert_eq!(new, column("new_province"));
    let responses = Responses::from_columns(Columns {
        stratum: column("province").iter().collect(),
        psu: column("psu").iter().collect(),
        weight: survey.iter().map(|row| row["weight"].parse().unwrap()).collect(),
        groups: vec![("place".into(), new.iter().collect())],
        items: vec![(
            Item { code: "q01".into(), levels: 5 },
            survey.iter().map(|row| row["q01"].parse().ok()).collect(),
        )],
        ..Columns::default()
    });
    let tallies = Tallies::count(&responses.unwrap(), &["place"]).unwrap();
    let mut agreement = Agreement::default();
    let golden = golden(include_bytes!("../data/sipas_new_province_wr.csv.gz"));
    for row in golden.iter().filter(|row| row["item"] == "s01") {
        let group = tallies.groups().iter().position(|group| group.labels[0] == row["new_province"]).unwrap();
        let estimate = tallies.estimate(&tallies.mean(group, &[(0, ItemRule::T.scores(5))]).unwrap());
        agreement.rows += 1;
        agreement.check(row, "p", estimate.value);
        agreement.check(row, "se", estimate.se());
        agreement.check(row, "df", estimate.df);
    }
    agreement.report("sipas_new_province_wr (recoded)", 34);
}

#[test]
fn what_does_not_add_up_or_cannot_be_compared_is_refused() {
    let of = |shares: &[Share]| Crosswalk::new(shares.to_vec()).unwrap_err();
    assert_eq!(of(&[share("A", "X", 0.4), share("A", "Y", 0.5)]), BoundaryError::Sum { old: "A".into(), sum: 0.9 });
    assert_eq!(
        of(&[share("A", "X", 1.0), share("A", "X", 1.0)]),
        BoundaryError::ShareTwice { old: "A".into(), new: "X".into() }
    );
    for bad in [0.0, -0.5, 1.5] {
        assert_eq!(of(&[share("A", "X", bad)]), BoundaryError::Share { old: "A".into(), new: "X".into(), share: bad });
    }
    let (crosswalk, figures) = example();
    let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>();
    assert_eq!(crosswalk.recode(&labels(&["B", "", "B"])), Ok(labels(&["X", "", "X"])));
    assert_eq!(crosswalk.recode(&labels(&["B", "A"])), Err(BoundaryError::Divided { old: "A".into() }));
    assert_eq!(crosswalk.recode(&labels(&["Q"])), Err(BoundaryError::Unknown { old: "Q".into() }));
    assert_eq!(crosswalk.carry(&figures[..2]), Err(BoundaryError::Missing { old: "C".into() }));
    let [a, b, c] = figures;
    assert_eq!(
        crosswalk.carry(&[a.clone(), a.clone(), c.clone()]),
        Err(BoundaryError::FigureTwice { old: "A".into() })
    );
    let none = OldFigure { value: f64::NAN, ..b };
    assert_eq!(crosswalk.carry(&[a, none, c]), Err(BoundaryError::Figure { old: "B".into() }));
    let now = Generation { items: "2026".into(), scale: "1-5".into(), population: "residents of 18 and more".into() };
    assert_eq!(now.check_comparable(&now.clone()), Ok(()));
    let before = Generation { items: "2022".into(), ..now.clone() };
    let error = BoundaryError::OtherGeneration { what: "items", ours: "2026".into(), theirs: "2022".into() };
    assert_eq!(now.check_comparable(&before), Err(error));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// However places are divided, the country keeps its population and its figure.
    #[test]
    fn dividing_keeps_the_whole(places in prop::collection::vec((0.01_f64..0.99, 1_000.0_f64..1e6, 0.0_f64..1.0), 1..12)) {
        let (mut shares, mut figures) = (Vec::new(), Vec::new());
        for (at, (part, population, value)) in places.iter().enumerate() {
            let old = format!("o{at}");
            if at % 3 == 0 {
                shares.push(share(&old, "n0", 1.0));
            } else {
                shares.push(share(&old, &format!("n{}", at % 4), *part));
                shares.push(share(&old, &format!("m{}", at % 2), 1.0 - part));
            }
            figures.push(figure(&old, *population, *value, 0.01));
        }
        let carried = Crosswalk::new(shares).unwrap().carry(&figures).unwrap();
        let people: f64 = carried.iter().map(|figure| figure.population).sum();
        let there: f64 = figures.iter().map(|figure| figure.population).sum();
        prop_assert!((people / there - 1.0).abs() < 1e-12);
        let sum = |of: &CarriedFigure| of.population * of.value;
        let before: f64 = figures.iter().map(|figure| figure.population * figure.value).sum();
        prop_assert!((carried.iter().map(sum).sum::<f64>() - before).abs() < 1e-9 * there);
        let first = carried.iter().find(|figure| figure.place == "n0").unwrap();
        prop_assert!(first.homogeneous > 0.0 && carried.iter().all(|figure| (0.0..=1.0 + 1e-12).contains(&figure.homogeneous)));
    }
}
