//! From the draw to the interval: over many samples of one population, does the 95 % interval cover the truth as
//! often as it says, and are the weights right?

use analysis::design::Design;
use analysis::draw::{Chance, Digest, Draw, Role, Unit, draw};
use analysis::estimate::Tallies;
use analysis::frame::{Area, Columns, Item, Person, Responses, SamplingFrame};
use analysis::index::ItemRule;

const ROUNDS: u32 = 1000;

/// 2 provinces × 2 areas × 80 communes × 3 villages of 20 to 44 adults. Opinion differs between communes and
/// villages; larger places are less satisfied, so that wrong weights would show.
struct Population {
    codes: Vec<[String; 4]>,
    areas: Vec<Area>,
    levels: Vec<u8>,
}

impl Population {
    fn new() -> Self {
        let chance = Chance::new("population", Digest::of(b""), Digest::of(b""));
        let mut population = Self { codes: vec![], areas: vec![], levels: vec![] };
        for commune in 0..320_u32 {
            let province = format!("{:02}", 1 + commune % 2);
            let area = if commune % 4 < 2 { Area::Rural } else { Area::Urban };
            let commune_code = format!("{commune:05}");
            let of_commune = chance.uniform("commune", "", &commune_code, 0) - 0.5;
            for village in 0..3 {
                let size = 20 + (commune * 7 + village * 5) % 25;
                let village_code = format!("{commune_code}{village}");
                let of_village = chance.uniform("village", "", &village_code, 0) - 0.5;
                let satisfied = 0.7 + 0.3 * of_commune + 0.2 * of_village - 0.008 * f64::from(size - 20);
                for person in 0..size {
                    let code = format!("{village_code}{person:02}");
                    let luck = chance.uniform("person", "", &code, 0);
                    population.levels.push(if luck < satisfied {
                        4 + (person % 2) as u8
                    } else {
                        1 + (person % 3) as u8
                    });
                    population.codes.push([code, village_code.clone(), commune_code.clone(), province.clone()]);
                    population.areas.push(area);
                }
            }
        }
        population
    }

    fn frame(&self) -> SamplingFrame {
        let persons = self.codes.iter().zip(&self.areas).map(|([code, village, commune, province], area)| Person {
            code,
            village,
            commune,
            area: *area,
            province,
        });
        SamplingFrame::from_persons(persons).unwrap()
    }

    fn answers(&self, drawn: &Draw) -> Responses {
        let units: Vec<&Unit> = drawn.persons().filter(|unit| unit.role == Role::Main).collect();
        let level = |unit: &&Unit| {
            let place = self.codes.binary_search_by(|codes| codes[0].cmp(&unit.code)).unwrap();
            Some(self.levels[place])
        };
        Responses::from_columns(Columns {
            stratum: units.iter().map(|unit| unit.stratum()).collect(),
            psu: units.iter().map(|unit| unit.commune().to_owned()).collect(),
            weight: units.iter().map(|unit| unit.weight()).collect(),
            groups: vec![],
            items: vec![(Item { code: "q".into(), levels: 5 }, units.iter().map(level).collect())],
            ..Columns::default()
        })
        .unwrap()
    }

    fn truth(&self, rule: ItemRule) -> f64 {
        let scores = rule.scores(5);
        self.levels.iter().map(|level| scores[usize::from(*level)]).sum::<f64>() / self.levels.len() as f64
    }
}

#[test]
fn intervals_cover_the_truth_as_often_as_they_say() {
    let population = Population::new();
    let frame = population.frame();
    let design = Design {
        name: "coverage".into(),
        communes: 12,
        communes_of: [].into(),
        villages_per_commune: 2,
        persons_per_village: 8,
        reserves_per_village: 0,
        ..Design::default()
    };
    let truth = population.truth(ItemRule::T);
    let (mut covered, mut bias, mut variance, mut estimated) = (0, 0.0, 0.0, 0.0);
    for round in 0..ROUNDS {
        let drawn = draw(&frame, &design, &format!("round {round}")).unwrap();
        let tallies = Tallies::count(&population.answers(&drawn), &[]).unwrap();
        let group = &tallies.groups()[0];
        assert_eq!((group.reach.psus(), group.reach.df()), (24, 20));
        let share = tallies.estimate(&tallies.mean(0, &[(0, ItemRule::T.scores(5))]).unwrap());
        let interval = share.interval().unwrap();
        covered += u32::from(interval.low <= truth && truth <= interval.high);
        bias += (share.value - truth) / f64::from(ROUNDS);
        variance += (share.value - truth).powi(2) / f64::from(ROUNDS);
        estimated += share.variance / f64::from(ROUNDS);
    }
    let coverage = f64::from(covered) / f64::from(ROUNDS);
    println!(
        "coverage {coverage:.3}, bias {bias:.5}, SE {:.5}, V estimated / true {:.3}",
        variance.sqrt(),
        estimated / variance
    );
    assert!((0.93..=0.97).contains(&coverage), "{coverage}");
    assert!(bias.abs() < 4.0 * (variance / f64::from(ROUNDS)).sqrt(), "{bias}");
    // With replacement is a little on the safe side: 24 of 320 communes are drawn.
    assert!((0.9..1.25).contains(&(estimated / variance)), "{}", estimated / variance);
}
