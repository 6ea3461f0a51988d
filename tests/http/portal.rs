//! The public's pages and files, as somebody without an account meets them.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::collections::BTreeSet;
use std::net::TcpListener;

use chrono::Duration;
use e2e::{House, Visitor};
use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, IF_NONE_MATCH};
use serde_json::Value;
use server::app::{self, App, WorkerBeside};
use server::base::clock::Clock;
use server::editions::Content;

use crate::editions::{closed_survey, published};
use crate::results::{by_hand, vietnamese};

const PAGES: [&str; 14] = [
    "/sdg-16-6-2",
    "/",
    "/xu-huong",
    "/ban-do",
    "/ban-do?chi-so=q9_31&cach-tinh=T",
    "/tinh",
    "/tinh/da-nang",
    "/tinh/cao-bang",
    "/tinh/da-nang?cach-tinh=T",
    "/so-sanh",
    "/so-sanh?tinh=da-nang&tinh=ha-noi&tinh=hue",
    "/du-lieu",
    "/phuong-phap",
    "/tim?q=bắc",
];

fn in_english(path: &str) -> String {
    if path == "/" { "/en".to_owned() } else { format!("/en{path}") }
}

async fn document(house: &House) -> Content {
    let answer = house.visitor().get("/du-lieu/sipas-2026/1/tai-lieu.json").await;
    answer.is(200);
    serde_json::from_slice(&answer.bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_there_in_both_languages_before_and_after_the_first_release() {
    let house = House::start().await;
    let mut citizen = house.visitor();
    for path in PAGES.iter().filter(|path| !path.starts_with("/ban-do")) {
        citizen.get(path).await.is(200);
        citizen.get(&in_english(path)).await.is(200);
    }
    citizen.get("/ban-do").await.is(404).shows("Chưa có kết quả nào được công bố");
    citizen.get("/xu-huong").await.shows("83,94").shows("2015").shows("vietnamplus.vn");

    closed_survey(&house).await;
    published(&house).await;
    house.app.clock.advance(Duration::seconds(1));
    for path in PAGES {
        let page = citizen.get(path).await;
        page.is(200).shows("Bản công bố sipas-2026/1").shows("Dữ liệu mô phỏng").shows("<html lang=\"vi\">");
        assert!(page.headers["cache-control"].to_str().unwrap().starts_with("public, max-age="), "{path}");
        assert!(page.headers.get("set-cookie").is_none(), "nobody is marked");
        let twin = citizen.get(&in_english(path)).await;
        twin.is(200).shows("Edition sipas-2026/1").shows("<html lang=\"en\">");
        assert!(!twin.text.contains(">portal-") && !page.text.contains(">portal-"), "a text is missing");
        assert!(!twin.text.contains("></dt>") && !page.text.contains("></dt>"), "{path}: a value without its name");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_files_say_what_the_edition_says() {
    let house = House::start().await;
    closed_survey(&house).await;
    published(&house).await;
    let content = document(&house).await;
    let (mean, low, high) = by_hand();
    let interval = format!("{} – {}", vietnamese(low), vietnamese(high));
    let mut citizen = house.visitor();
    let figure = content.figure("overall", "M", "48").unwrap();
    assert_eq!(figure.value.map(|it| format!("{it:.2}")), Some(format!("{mean:.2}")));
    let standing = figure.standing.unwrap();
    let own = format!("hạng nằm trong khoảng {}–{} trên {}", standing.own_first, standing.own_last, standing.of);
    let joint = format!("{} ({}–{})", standing.rank, standing.first, standing.last);
    citizen.get("/tinh/da-nang").await.shows(&vietnamese(mean)).shows(&interval).shows(&own);
    citizen.get("/ban-do").await.shows(&interval).shows(&joint).shows("Quần đảo Hoàng Sa").shows("Quần đảo Trường Sa");
    citizen.get("/so-sanh?tinh=da-nang&tinh=hue").await.shows(&interval).shows("không khác nhau quá mức ngẫu nhiên");

    let csv = citizen.get("/ban-do.csv").await;
    csv.is(200);
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.headers["access-control-allow-origin"], "*");
    let line = csv.text.lines().find(|line| line.starts_with("48,")).unwrap();
    assert!(line.starts_with(&format!("48,Đà Nẵng,{mean:.2},{low:.2},{high:.2},")), "{line}");
    let hidden = csv.text.lines().find(|line| line.starts_with("04,")).unwrap();
    assert_eq!(hidden, "04,Cao Bằng,,,,,,,,,,c");
    let json: Vec<Value> = serde_json::from_str(&citizen.get("/ban-do.json").await.text).unwrap();
    assert_eq!(json.len() + 1, csv.text.lines().count());
    let place = json.iter().find(|row| row["place_code"] == "48").unwrap();
    assert_eq!(format!("{:.2}", place["value"].as_f64().unwrap()), format!("{mean:.2}"));
    let about: Value = serde_json::from_str(&citizen.get("/en/ban-do.metadata.json").await.text).unwrap();
    assert_eq!((&about["edition"], &about["page"]), (&"sipas-2026/1".into(), &"/en/ban-do".into()));
    let columns: BTreeSet<&str> =
        about["columns"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(columns, csv.text.lines().next().unwrap().split(',').collect());
    let svg = citizen.get("/tinh/da-nang.svg").await;
    svg.is(200).shows("<svg").shows("xmlns=").shows("Đà Nẵng năm 2026");
    let png = citizen.get("/xu-huong.png").await;
    assert!(png.bytes.starts_with(b"\x89PNG") && png.bytes.len() > 5_000);
    for path in ["/xu-huong", "/tinh/hue", "/so-sanh", "/sdg-16-6-2"] {
        for ending in [".csv", ".json", ".svg", ".png", ".metadata.json"] {
            citizen.get(&format!("{path}{ending}?tinh=hue")).await.is(200);
        }
    }
    let all = citizen.get("/du-lieu/sipas-2026/1/so-lieu.csv").await;
    assert_eq!(all.text.lines().count(), 1 + content.figures.len());
    let digest = server::base::seal::hex(&server::base::seal::sha256(&all.bytes));
    citizen.get("/du-lieu").await.shows(&digest);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_in_the_edition_is_told_nowhere() {
    let house = House::start().await;
    closed_survey(&house).await;
    published(&house).await;
    let content = document(&house).await;
    let hidden: Vec<_> = content.figures.iter().filter(|figure| figure.flags.contains('c')).collect();
    assert!(hidden.len() > 100, "the small province and its companion");
    assert!(hidden.iter().all(|it| it.value.is_none() && it.n.is_none() && it.se.is_none() && it.standing.is_none()));
    let mut citizen = house.visitor();
    let page = citizen.get("/tinh/cao-bang").await;
    page.is(200).shows("quá ít người trả lời");
    let rows: Vec<Value> = serde_json::from_str(&citizen.get("/tinh/cao-bang.json").await.text).unwrap();
    assert!(rows.iter().all(|row| row["value"].is_null() && row["n"].is_null()));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_addresses_are_told_kindly_and_hostile_ones_do_no_harm() {
    let house = House::start().await;
    closed_survey(&house).await;
    published(&house).await;
    let mut citizen = house.visitor();
    for (path, words) in [
        ("/tinh/atlantis", "Không có tỉnh, thành phố này"),
        ("/so-sanh?tinh=atlantis", "Không có tỉnh, thành phố này"),
        ("/ban-do?chi-so=gi", "chỉ số"),
        ("/ban-do?cach-tinh=X", "Không có"),
        ("/xu-huong.exe", "tìm thấy"),
        ("/du-lieu/sipas-2026/2/tai-lieu.json", "tìm thấy"),
        ("/du-lieu/sipas-2026/1/..%2F..%2Fetc%2Fpasswd", "tìm thấy"),
        ("/du-lieu/nothing/1/tai-lieu.json", "tìm thấy"),
    ] {
        let page = citizen.get(path).await;
        page.is(404);
        assert!(page.text.to_lowercase().contains(&words.to_lowercase()), "{path}: {}", page.text);
    }
    citizen.get("/en/tinh/atlantis").await.is(404).shows("There is no such province");
    citizen.get("/du-lieu/sipas-2026/99999999999/tai-lieu.json").await.is(404);
    let hostile = citizen.get("/tim?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
    hostile.is(200).shows("&#60;script&#62;");
    citizen.get(&format!("/tim?q={}", "a".repeat(5_000))).await.is(200);
    // Six places and one twice: five at most are compared, each once.
    let many = "/so-sanh?tinh=hue&tinh=hue&tinh=da-nang&tinh=ha-noi&tinh=cao-bang&tinh=lai-chau&tinh=son-la";
    let page = citizen.get(many).await;
    page.is(200);
    assert!(!page.text.contains("<a class=\"govuk-link\" href=\"/tinh/son-la\">"));
    citizen.get("/tim?q=da nang").await.is(200).shows("Đà Nẵng năm 2026");
    assert_eq!(citizen.get("/tim?q=tp hcm").await.place, "/tinh/ho-chi-minh");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_has_the_page_gets_no_second_one() {
    let house = House::start().await;
    closed_survey(&house).await;
    published(&house).await;
    let mut citizen = house.visitor();
    let first = citizen.get("/tinh/hue").await;
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    let again = citizen.request(Method::GET, "/tinh/hue", |request| request.header(IF_NONE_MATCH, &tag)).await;
    again.is(304);
    assert!(again.text.is_empty());
    for path in ["/", "/xu-huong", "/ban-do", "/tinh/hue", "/phuong-phap"] {
        let packed = citizen.request(Method::GET, path, |request| request.header(ACCEPT_ENCODING, "gzip")).await;
        assert_eq!(packed.headers["content-encoding"], "gzip");
        assert!(packed.bytes.len() < 40 * 1024, "{path}: {} bytes", packed.bytes.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_letter_finds_the_way_from_the_first_page() {
    let house = House::start().await;
    let survey = house.survey(1, 2).await;
    let mut citizen = house.visitor();
    let home = citizen.get("/").await;
    home.is(200).shows("Nhập 16 số trên thư").shows("action=\"/ma\"");
    let code = survey.people.first().unwrap().code.digits();
    let page = citizen.post("/ma", &[("code", &code)]).await;
    assert_eq!(page.place, "/khao-sat");
    assert_eq!(citizen.get("/").await.place, "/khao-sat", "in the middle of answers the way leads back to them");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_starts_shows_what_is_released_and_keeps_it_when_the_database_is_gone() {
    let house = House::start().await;
    closed_survey(&house).await;
    published(&house).await;
    // Another server of the same house, started a minute later.
    let clock = Clock::held_at(house.app.clock.now() + Duration::minutes(1));
    let app = App::open(house.app.config.clone(), clock).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let running = app::serve(&app, listener, WorkerBeside::No).unwrap();
    let mut citizen = Visitor::new(format!("http://{}", running.address));
    citizen.get("/").await.is(200).shows("Bản công bố sipas-2026/1");
    house.execute("ALTER TABLE office.edition RENAME TO away").await;
    app.clock.advance(Duration::minutes(1));
    for path in ["/", "/tinh/da-nang", "/en/ban-do.csv"] {
        citizen.get(path).await.is(200);
    }
    house.execute("ALTER TABLE office.away RENAME TO edition").await;
    running.stop().await;
}
