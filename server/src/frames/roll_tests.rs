use analysis::frame::{Person, SamplingFrame};

use super::*;

/// As the draw builds it, from the persons who are left.
fn frame_of(roll: &Roll) -> SamplingFrame {
    let places = roll.chunks.iter().flat_map(|chunk| &chunk.villages).enumerate();
    let persons = places.filter_map(|(person, place)| {
        let village = roll.village(*place)?;
        Some(Person {
            code: roll.code(person),
            village: &village.code,
            commune: &village.commune,
            area: village.area,
            province: &village.province,
        })
    });
    SamplingFrame::from_persons(persons).unwrap()
}

#[test]
fn the_digest_is_that_of_the_frame_whatever_the_order_and_whoever_is_left_out() {
    let home = |village: usize| {
        [("01", Area::Urban, "01001", "b"), ("01", Area::Urban, "01001", "a"), ("04", Area::Rural, "04001", "c")]
            [village % 3]
    };
    let fill = |order: &mut dyn Iterator<Item = usize>| {
        let mut roll = Roll::default();
        for person in order {
            let (province, area, commune, village) = home(person);
            let (place, errors) = roll.place(Home { province, area, commune, village }, 2);
            assert_eq!(errors, []);
            roll.push(2, &format!("P{person}"), Some(place), 1, ["", ""]);
        }
        roll
    };
    let mut roll = fill(&mut (0..100));
    assert_eq!(roll.digest(Stage::Person), frame_of(&roll).digest().0);
    assert_eq!(roll.digest(Stage::Person), fill(&mut (0..100).rev()).digest(Stage::Person));
    let before = roll.digest(Stage::Person);
    roll.leave_out(7);
    assert_ne!(roll.digest(Stage::Person), before);
    assert_eq!(roll.digest(Stage::Person), frame_of(&roll).digest().0);
    assert_eq!(roll.counts(), Counts { provinces: 2, communes: 2, villages: 3, persons: 99 });
}

#[test]
fn who_stood_before_is_found_across_chunks() {
    let mut roll = Roll::default();
    for person in 0..CHUNK + 10 {
        let same = if person == 3 || person == CHUNK + 5 { "An, Số 1".to_owned() } else { format!("N{person}") };
        roll.push(u32::try_from(person).unwrap(), &format!("P{}", person % (CHUNK + 8)), None, 1, [&same, ""]);
    }
    assert_eq!(roll.same_codes(), [(CHUNK + 8, 0), (CHUNK + 9, 1)]);
    assert_eq!(roll.same_persons(), [(CHUNK + 5, 3)]);
    assert_eq!(roll.same_phones(), []);
    assert_eq!((roll.code(CHUNK), roll.row(CHUNK)), (format!("P{CHUNK}").as_str(), 65_536));
}
