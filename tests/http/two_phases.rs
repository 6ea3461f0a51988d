//! A sample where no list of persons is there yet: places with sizes first, then the people of the drawn places only.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::format_push_string,
    reason = "a test stops at a surprise, and its lists are small"
)]

use std::collections::{BTreeMap, BTreeSet};

use e2e::{House, Visitor};
use server::frames::synthetic::{self, Size};
use server::samples::{self, Draw, Files, Verification, verify_files};
use server::staff::Role;

use crate::frames::{PAGE, checked, coordinator, take};
use crate::samples::{SEED, SOURCE, saved, script};

/// A made-up nation: the headings, and its persons by village (`commune/village`).
struct Nation {
    headings: csv::StringRecord,
    villages: BTreeMap<String, Vec<csv::StringRecord>>,
}

impl Nation {
    fn new() -> Self {
        let mut list = Vec::new();
        let size = Size { communes_per_province: 7..=8, villages_per_commune: 2..=3, adults_per_village: 10..=14 };
        synthetic::write("2026", &size, &mut list).unwrap();
        let mut reader = csv::Reader::from_reader(list.as_slice());
        let headings = reader.headers().unwrap().clone();
        let mut villages: BTreeMap<String, Vec<csv::StringRecord>> = BTreeMap::new();
        for person in reader.records().map(Result::unwrap) {
            let key = [Self::cell(&headings, &person, "commune"), Self::cell(&headings, &person, "village")].join("/");
            villages.entry(key).or_default().push(person);
        }
        Self { headings, villages }
    }

    fn cell<'a>(headings: &csv::StringRecord, person: &'a csv::StringRecord, name: &str) -> &'a str {
        person.get(headings.iter().position(|heading| heading == name).unwrap()).unwrap()
    }

    /// One row per village, as a statistics office writes it.
    fn places(&self) -> String {
        let mut file = "Mã tỉnh;Mã xã;Tên xã;Khu vực;Mã thôn;Tên thôn;Số người từ đủ 18 tuổi\n".to_owned();
        for persons in self.villages.values() {
            let cell = |name| Self::cell(&self.headings, &persons[0], name);
            let area = if cell("area") == "urban" { "Thành thị" } else { "Nông thôn" };
            let cells =
                [cell("province"), cell("commune"), cell("commune_name"), area, cell("village"), cell("village_name")];
            file.push_str(&format!("{};{}\n", cells.join(";"), persons.len()));
        }
        file
    }

    fn people(&self, villages: &BTreeSet<String>) -> Vec<u8> {
        let mut file = csv::Writer::from_writer(Vec::new());
        file.write_record(&self.headings).unwrap();
        for village in villages {
            for person in &self.villages[village] {
                file.write_record(person).unwrap();
            }
        }
        file.into_inner().unwrap()
    }
}

/// Commits to the design, enters the seed, lets another person confirm, and draws.
async fn draw(house: &House, design: &str, people: [&mut Visitor; 2], seed: &str) -> (String, Draw) {
    let [first, second] = people;
    first.get(design).await.is(200);
    let commitment = first.post(&format!("{design}/cam-ket"), &[("source", SOURCE)]).await;
    commitment.is(200).shows("chờ hạt giống");
    let draw = commitment.place;
    first.post(&format!("{draw}/hat-giong"), &[("seed", seed)]).await.is(200);
    second.get(&draw).await.is(200);
    second.post(&format!("{draw}/xac-nhan"), &[("seen", seed)]).await.is(200);
    house.work().await;
    let id = draw.rsplit('/').next().unwrap().parse().unwrap();
    (draw, samples::find(&house.app, id).await.unwrap())
}

async fn kept(house: &House, visitor: &mut Visitor, draw: &str, name: &str) -> std::path::PathBuf {
    let path = house.directory().join(format!("{}-{name}", draw.rsplit('/').next().unwrap()));
    std::fs::write(&path, &visitor.get(&format!("{draw}/{name}")).await.is(200).bytes).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn places_are_drawn_by_their_sizes_and_persons_from_the_lists_of_the_drawn_ones() {
    let house = House::start().await;
    let nation = Nation::new();
    let (mut first, csrf) = coordinator(&house).await;
    let mut second = house.sign_in_as("binh", Role::Coordinator, "VN").await;

    // The list of places: known by its headings.
    let verdict = checked(&house, &mut first, &csrf, "thon.csv", nation.places().as_bytes()).await;
    verdict.is(200).shows("một thôn, tổ dân phố").shows("34 tỉnh");
    let frame = take(&house, &mut first, &verdict, "tat-ca").await;
    let persons: usize = nation.villages.values().map(Vec::len).sum();
    frame.shows("một thôn, tổ dân phố").shows(&server::base::text::Texts::default().number(persons));
    let id = frame.hidden("frame").unwrap();
    first.post(&format!("{PAGE}/chot"), &[("frame", &id)]).await.is(200).shows("Rút địa bàn trước");

    // Nothing smaller than the list tells can be drawn first; the preview reckons with the full take of persons.
    let persons_first = saved(&mut first, &[("stages", "p"), ("name", "người")]).await;
    first.get(&persons_first).await.is(200).shows("cấp nhỏ hơn danh sách có");
    let design = saved(&mut first, &[]).await;
    first.get(&design).await.is(200).shows("Sẽ rút khoảng 544 người");
    let (places, of_places) = draw(&house, &design, [&mut first, &mut second], SEED).await;
    assert_eq!((of_places.persons, of_places.list_digest().is_some()), (0, true));
    first.get(&places).await.is(200).shows("dừng ở địa bàn").shows("/khung-mau#nguoi");
    first.post(&format!("{places}/kiem-tra"), &[]).await.is(200).shows("Rút lại cho đúng danh sách này");
    first.get(&format!("{places}/bien-ban-vi.pdf")).await.is(200);
    // It names nobody: no codes can be issued for it.
    assert!(!first.get("/qt/dot/thu/cap-ma").await.text.contains(&of_places.id.to_string()));

    // The people of the drawn villages, as the provinces sent them.
    let units = samples::units(&house.app, of_places.id).await.unwrap();
    let drawn: BTreeSet<String> = units
        .iter()
        .filter(|unit| !unit.village().is_empty())
        .map(|unit| format!("{}/{}", unit.commune(), unit.village()))
        .collect();
    assert_eq!(drawn.len(), 34 * 4 * 2);
    first
        .get(PAGE)
        .await
        .is(200)
        .shows("Gửi danh sách người ở các địa bàn đã rút")
        .shows(&format!("{places}/danh-sach.csv"));
    let again = checked(&house, &mut first, &csrf, "thon.csv", nation.places().as_bytes()).await;
    again.shows("Tệp này là danh sách địa bàn").shows("Bây giờ cần danh sách người");
    let other = nation.villages.keys().find(|village| !drawn.contains(*village)).unwrap();
    let mut wrong = drawn.clone();
    let missing = wrong.pop_first().unwrap();
    wrong.insert(other.clone());
    let verdict = checked(&house, &mut first, &csrf, "nguoi.csv", &nation.people(&wrong)).await;
    verdict.shows("Địa bàn này không được rút").shows(&missing).shows("chưa có ai trong danh sách");
    // Who takes the valid rows all the same is stopped before drawing, with the name of the place.
    let frame = take(&house, &mut first, &verdict, "hop-le").await;
    let id = frame.shows("một người").hidden("frame").unwrap();
    assert_eq!(house.count("contact.frame").await, 2);
    let all = checked(&house, &mut first, &csrf, "nguoi.csv", &nation.people(&drawn)).await;
    let frame = take(&house, &mut first, &all, "tat-ca").await;
    let complete = frame.hidden("frame").unwrap();
    assert_ne!(complete, id);
    assert_eq!(house.count("contact.frame").await, 2);
    first.post(&format!("{PAGE}/chot"), &[("frame", &complete)]).await.is(200).shows("Khung mẫu đã chốt");

    // By the same design only.
    let refused = first.post(&format!("{persons_first}/cam-ket"), &[("source", SOURCE)]).await;
    refused.is(422).shows("Rút tiếp cũng phải theo thiết kế đó");
    let (whole, sample) = draw(&house, &design, [&mut first, &mut second], "another seed").await;
    assert_eq!((sample.persons, sample.reserves), (34 * 16, 34 * 8));
    first.get(&whole).await.is(200).shows("rút tiếp người trong các địa bàn đã rút").shows(&places);
    assert_eq!(samples::verify(&house.app, &sample).await.unwrap(), Verification::Same);
    assert_eq!(samples::verify(&house.app, &of_places).await.unwrap(), Verification::Same);
    let base: f64 = samples::persons(&house.app, sample.id)
        .await
        .unwrap()
        .iter()
        .filter(|unit| unit.role == analysis::draw::Role::Main)
        .map(analysis::draw::Unit::weight)
        .sum();
    #[expect(clippy::cast_precision_loss, reason = "a few thousand persons")]
    let population = persons as f64;
    assert!((base / population - 1.0).abs() < 0.1, "the weights stand for everybody: {base} of {population}");

    // Anybody recomputes both phases from their files.
    for (draw, seed, within) in [(&places, SEED, false), (&whole, "another seed", true)] {
        let files = Files {
            frame: kept(&house, &mut first, draw, "khung-mau.csv").await,
            design: kept(&house, &mut first, draw, "thiet-ke.json").await,
            list: kept(&house, &mut first, draw, "danh-sach.csv").await,
            within: if within { Some(kept(&house, &mut first, draw, "dia-ban-da-rut.csv").await) } else { None },
            seed: seed.to_owned(),
        };
        let said = verify_files(&files).unwrap();
        assert!(said.starts_with("the same draw: "), "{said}");
        let (same, said) = script(&files);
        assert!(same && said.starts_with("the same draw: "), "{said}");
        let other = verify_files(&Files { seed: "no seed".to_owned(), ..files }).unwrap_err();
        assert!(other.contains("not what frame, design and seed give"), "{other}");
    }

    // Letters go out as from any other sample.
    first.get("/qt/dot/thu/cap-ma").await.is(200).shows(&sample.id.to_string());
    let campaign = house.campaign_now("thu").await;
    server::invitations::issue(&house.app, &house.actor, &campaign, sample.id).await.unwrap();
    house.work().await;
    assert_eq!(house.print_list(sample.id).len(), 1 + 34 * 16);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_is_missing_from_the_lists_stops_the_draw_by_name() {
    let house = House::start().await;
    let nation = Nation::new();
    let campaign = house.campaign("thu").await;
    let freeze = async |list: &[u8]| {
        let server::frames::Verdict::Imported(frame) = house.import(&campaign, list).await else {
            panic!("a sound list")
        };
        server::frames::freeze(&house.app, &house.actor, frame).await.unwrap();
    };
    freeze(nation.places().as_bytes()).await;
    let places = house.drawn(&campaign, "places").await;
    let units = samples::units(&house.app, places).await.unwrap();
    let mut drawn: BTreeSet<String> = units
        .iter()
        .filter(|unit| !unit.village().is_empty())
        .map(|unit| format!("{}/{}", unit.commune(), unit.village()))
        .collect();
    let missing = drawn.pop_first().unwrap();
    freeze(&nation.people(&drawn)).await;
    let people = (&house.actor, &server::audit::Actor::System("second person"));
    let refused = samples::arrange(&house.app, people, &campaign, &e2e::small_design(), ("s", "t")).await.unwrap_err();
    assert_eq!(refused.code, "draw-place-not-listed");
    assert!(format!("{refused:?}").contains(&missing), "{refused:?}");
    // A third list is not taken: both are frozen.
    let late = server::frames::import(
        &house.app,
        &house.actor,
        &campaign,
        "late.csv",
        std::fs::File::open(house.directory().join("list.csv")).unwrap(),
        true,
    );
    assert_eq!(late.await.unwrap_err().code, "frame-frozen");
}
