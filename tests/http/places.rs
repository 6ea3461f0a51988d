//! Places with dates: looked up, followed through changes, loaded from a file.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use e2e::{Answer, House, Visitor};
use server::places::{self, Level};
use server::staff::Role;

const HEADINGS: &str = "level,code,kind,name,parent,valid_from,valid_until,predecessors\n";

async fn house() -> House {
    let house = House::start().await;
    places::load(&house.app, &house.actor).await.unwrap();
    house
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stood_on_a_day_what_it_was_and_what_it_became() {
    let house = house().await;
    let app = &house.app;
    for (date, provinces) in [("2024-01-01", 63), ("2025-06-30", 63), ("2025-07-01", 34), ("2026-10-05", 34)] {
        assert_eq!(places::of_level(app, Level::Province, day(date)).await.unwrap().len(), provinces, "{date}");
    }
    assert_eq!(places::of_level(app, Level::Commune, day("2026-10-05")).await.unwrap().len(), 3_321);

    let names = |found: Vec<(places::Place, f64)>| found.into_iter().map(|(place, _)| place.name).collect::<Vec<_>>();
    let dong_nai = places::find(app, "75", day("2026-10-05")).await.unwrap().expect("Đồng Nai");
    assert_eq!(dong_nai.kind, "city", "since 30 April 2026");
    assert_eq!(places::find(app, "75", day("2026-04-29")).await.unwrap().unwrap().kind, "province");
    // Through its own change of kind, back to the two old provinces.
    assert_eq!(names(places::made_of(app, &dong_nai, day("2025-06-30")).await.unwrap()), ["Bình Phước", "Đồng Nai"]);
    let ha_giang = places::find(app, "02", day("2025-01-01")).await.unwrap().expect("Hà Giang");
    assert_eq!(names(places::became(app, &ha_giang, day("2026-10-05")).await.unwrap()), ["Tuyên Quang"]);
    assert!(places::find(app, "02", day("2026-10-05")).await.unwrap().is_none());
    // Đ comes after D, and Ắ after A: the alphabet's order, not the computer's.
    let region = places::inside(app, "R4", day("2026-10-05")).await.unwrap();
    let order: Vec<_> = region.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(order, ["Đà Nẵng", "Đắk Lắk", "Gia Lai", "Khánh Hòa", "Lâm Đồng", "Quảng Ngãi"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_found_with_and_without_marks_and_its_page_tells_its_history() {
    let house = house().await;
    let mut visitor = house.sign_in(Role::Coordinator, "01").await;
    for (typed, expected) in [
        ("dak lak", "Đắk Lắk"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("ba ria vung", "Bà Rịa - Vũng Tàu"),
        ("tỉnh bắc giang", "Bắc Giang"),
        ("00004", "Ba Đình"),
    ] {
        let answer = visitor.get(&format!("/qt/noi?tim={typed}")).await;
        answer.is(200);
        let (_, rows) = answer.text.split_once("<tbody>").expect("a table");
        let first = rows.split("</tr>").next().unwrap();
        assert!(first.contains(expected), "{typed}: {first}");
    }
    visitor.get("/qt/noi?tim=%27%25_--").await.is(200);
    visitor.get("/qt/noi?tim=khongcodau").await.is(200).shows("Không có địa danh nào");
    visitor.get("/qt/noi?ngay=31/02/2026").await.is(422).shows("Lỗi:");
    visitor.get("/qt/noi/75?ngay=01/01/2026").await.is(200).shows("Tỉnh Đồng Nai").shows("Về sau trở thành");
    visitor.get("/qt/noi/75").await.is(200).shows("Thành phố Đồng Nai").shows("Bình Phước").shows("Trảng Bom");
    // A code that is no more leads to what it was.
    visitor.get("/qt/noi/02").await.is(200).shows("Hà Giang").shows("Tuyên Quang").shows("100,0");
    visitor.get("/qt/noi/99999").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_places_is_loaded_whole_or_not_at_all() {
    let house = house().await;
    let before = house.count("office.place").await;
    let mut visitor = house.sign_in(Role::Coordinator, "VN").await;

    let broken = format!(
        "{HEADINGS}commune,00004,ward,Ba Đình,01,2025-07-01,2026-12-31,\ncommune,90001,ward,Mới,01,2027-01-01,,00004=1.5\n\
         commune,90002,phường,Mới nữa,01,2027-01-01,,\n"
    );
    send(&mut visitor, &broken)
        .await
        .is(422)
        .shows("Tệp có 2 lỗi")
        .shows("00004=1.5")
        .shows("không phải một loại của cấp này");
    assert_eq!(house.count("office.place").await, before);
    // Rows that are sound one by one but do not fit: the old one was not ended.
    let overlapping = format!("{HEADINGS}commune,00004,ward,Ba Đình Mới,01,2026-01-01,,\n");
    send(&mut visitor, &overlapping).await.is(422).shows("trùng thời gian");

    let split = format!(
        "{HEADINGS}commune,00004,ward,Ba Đình,01,2025-07-01,2026-12-31,\n\
         commune,90001,ward,Ba Đình Đông <b>,01,2027-01-01,,00004=0.4\n\
         commune,90002,ward,Ba Đình Tây,01,2027-01-01,,00004=0.6\nvillage,90001-1,village,Thôn Một,90001,2027-01-01,,\n"
    );
    assert_eq!(send(&mut visitor, &split).await.is(200).place, "/qt/noi/VN");
    assert_eq!(house.count("office.place").await, before + 3);
    // The same file again changes nothing.
    send(&mut visitor, &split).await.is(200);
    assert_eq!(house.count("office.place").await, before + 3);
    let page = visitor.get("/qt/noi/00004?ngay=01/10/2026").await;
    page.is(200).shows("Ba Đình Đông &#60;b&#62;").shows("40,0").shows("60,0");
    visitor.get("/qt/noi/90001-1?ngay=01/02/2027").await.is(200).shows("Ba Đình Đông");

    let mut provincial = house.sign_in(Role::Coordinator, "01").await;
    provincial.get("/qt/noi").await.is(200);
    send(&mut provincial, &split).await.is(403);
}

async fn send(visitor: &mut Visitor, file: &str) -> Answer {
    visitor.get("/qt/noi").await;
    visitor.upload("/qt/noi", "noi.csv", file.as_bytes()).await
}
