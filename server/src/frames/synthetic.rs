//! A made-up nation: the 34 provinces with invented communes, villages and adults below them, marked as such in every name.
//!
//! Each value is a function of the seed and of its place alone, so the same seed gives the same file on every machine.

use std::io;
use std::ops::RangeInclusive;

use super::list::Holds;
use crate::base::seal::sha256;
use crate::places::{Province, provinces};

const MARK: &str = "(mô phỏng)";

/// How large the nation is.
#[derive(Clone, Debug)]
pub struct Size {
    /// At least seven, for both kinds.
    pub communes_per_province: RangeInclusive<u64>,
    pub villages_per_commune: RangeInclusive<u64>,
    pub adults_per_village: RangeInclusive<u64>,
}

impl Size {
    /// Villages large enough to give `persons` persons each, reserves included, without being taken whole.
    pub fn for_take(persons: u64) -> Self {
        let least = (persons + persons / 4).max(20);
        Self { communes_per_province: 16..=30, villages_per_commune: 6..=10, adults_per_village: least..=least * 2 }
    }
}

/// Writes the list with its headings and returns the number of persons.
pub fn write(seed: &str, size: &Size, out: impl io::Write) -> Result<u64, csv::Error> {
    let mut file = csv::Writer::from_writer(out);
    file.write_record(Holds::Everything.columns())?;
    let mut persons = 0;
    for province in provinces() {
        persons += write_province(&mut file, &mut Chance::new(seed, &province.code), size, province)?;
    }
    file.flush()?;
    Ok(persons)
}

fn write_province(
    file: &mut csv::Writer<impl io::Write>,
    chance: &mut Chance,
    size: &Size,
    province: &Province,
) -> Result<u64, csv::Error> {
    let communes = chance.within(&size.communes_per_province);
    let urban_percent = if province.city { chance.within(&(50..=70)) } else { chance.within(&(28..=44)) };
    let mut persons = 0;
    for commune in 1..=communes {
        // At least three of each kind, so that each stratum can give two.
        let urban = commune <= (communes * urban_percent / 100).clamp(3, communes - 3);
        let name =
            format!("{} {} {} {MARK}", if urban { "Phường" } else { "Xã" }, chance.pick(FIRST), chance.pick(SECOND));
        let commune = format!("{}{commune:03}", province.code);
        for village in 1..=chance.within(&size.villages_per_commune) {
            let village_name = format!("{} {village} {MARK}", if urban { "Tổ dân phố" } else { "Thôn" });
            let village = format!("{commune}{village:02}");
            let adults = chance.within(&size.adults_per_village);
            let (mut household, mut left) = (0, 0);
            for person in 1..=adults {
                if left == 0 {
                    (household, left) = (household + 1, chance.within(&(1..=4)));
                }
                left -= 1;
                let (phone, email) = chance.reach(&village, person);
                file.write_record([
                    format!("{village}-{person:03}").as_str(),
                    &province.code,
                    &commune,
                    if urban { "urban" } else { "rural" },
                    &village,
                    &name,
                    &village_name,
                    format!("{village}-H{household:03}").as_str(),
                    chance.name().as_str(),
                    format!("Số {household}, {village_name}, {name}, {}", province.name).as_str(),
                    &phone,
                    &email,
                ])?;
            }
            persons += adults;
        }
    }
    Ok(persons)
}

/// `SplitMix64` from a digest of seed and province. Good enough for names and sizes; draws use `sipas-draw-v1`.
struct Chance(u64);

impl Chance {
    fn new(seed: &str, province: &str) -> Self {
        let digest = sha256(format!("synthetic frame\n{seed}\n{province}").as_bytes());
        Self(digest.iter().take(8).fold(0, |state, byte| state << 8 | u64::from(*byte)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    fn within(&mut self, range: &RangeInclusive<u64>) -> u64 {
        range.start() + self.next() % (range.end() - range.start() + 1)
    }

    fn pick(&mut self, words: &'static [&'static str]) -> &'static str {
        let place = usize::try_from(self.next() >> 32).unwrap_or_default() % words.len();
        words.get(place).copied().unwrap_or_default()
    }

    /// For some of the persons. No subscriber has a number of the series 0900 000 xxx, no host the name `example.com`.
    fn reach(&mut self, village: &str, person: u64) -> (String, String) {
        let (calls, writes) = (self.within(&(1..=10)) <= 7, self.within(&(1..=10)) <= 3);
        let phone = if calls { format!("0900000{:03}", self.within(&(0..=999))) } else { String::new() };
        (phone, if writes { format!("mo-phong-{village}-{person:03}@example.com") } else { String::new() })
    }

    fn name(&mut self) -> String {
        let (middle, given) = if self.next().is_multiple_of(2) { (WOMEN_MIDDLE, WOMEN) } else { (MEN_MIDDLE, MEN) };
        format!("{} {} {} {MARK}", self.pick(FAMILY), self.pick(middle), self.pick(given))
    }
}

const FIRST: &[&str] = &[
    "Tân", "An", "Bình", "Phú", "Long", "Hòa", "Vĩnh", "Thanh", "Đông", "Mỹ", "Xuân", "Hưng", "Yên", "Đại", "Sơn",
    "Lộc",
];
const SECOND: &[&str] = &[
    "Phú", "Thịnh", "Lạc", "Sơn", "Hải", "Giang", "Thành", "Trung", "Hòa", "Lợi", "Khê", "Thủy", "Đức", "Minh",
    "Phong", "Hiệp",
];
const FAMILY: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Nông",
    "Lò", "Y", "Thạch",
];
const WOMEN_MIDDLE: &[&str] = &["Thị", "Ngọc", "Thu", "Mai", "Thanh"];
const WOMEN: &[&str] = &["Hoa", "Lan", "Hạnh", "Hương", "Thảo", "Nga", "Yến", "Phượng", "Xuân", "Tuyết", "Liên", "Đào"];
const MEN_MIDDLE: &[&str] = &["Văn", "Đức", "Minh", "Hữu", "Quang"];
const MEN: &[&str] = &["Hùng", "Dũng", "Nam", "Sơn", "Long", "Tuấn", "Hải", "Cường", "Bình", "Thắng", "Phúc", "Đạt"];

#[cfg(test)]
mod tests {
    use super::super::{Holds, check};
    use super::*;

    fn small() -> Size {
        Size { communes_per_province: 7..=9, villages_per_commune: 2..=3, adults_per_village: 3..=5 }
    }

    #[test]
    fn the_same_seed_gives_the_same_sound_frame_and_another_seed_another() {
        let list = |seed: &str| {
            let mut file = Vec::new();
            let persons = write(seed, &small(), &mut file).unwrap();
            (persons, file)
        };
        let (persons, file) = list("2026");
        assert_eq!(file, list("2026").1);
        assert_ne!(file, list("2027").1);
        let sound = check::inspect(&mut std::io::Cursor::new(file), Holds::Everything).unwrap();
        assert!(sound.is_sound(), "{:?}", sound.findings);
        assert_eq!(u64::try_from(sound.counts.persons).unwrap(), persons);
        assert_eq!(sound.counts.provinces, 34);
    }

    #[test]
    fn every_person_is_marked_and_every_province_has_both_kinds_of_communes() {
        let mut file = Vec::new();
        write("2026", &small(), &mut file).unwrap();
        let mut kinds = std::collections::BTreeSet::new();
        for record in csv::Reader::from_reader(file.as_slice()).records() {
            let record = record.unwrap();
            assert!(record[5].ends_with(MARK) && record[8].ends_with(MARK) && record[9].contains(MARK), "{record:?}");
            assert!(record[10].is_empty() || record[10].starts_with("0900000"), "{record:?}");
            assert!(record[11].is_empty() || record[11].ends_with("@example.com"), "{record:?}");
            kinds.insert((record[1].to_owned(), record[3].to_owned()));
        }
        assert_eq!(kinds.len(), 68);
    }
}
