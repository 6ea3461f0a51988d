//! Draws that anybody can recompute, fixed before the seed can be known and confirmed by a second person.

use e2e::{House, Visitor, small_design};
use server::audit::Actor;
use server::samples::{self, Files, State, Verification, verify_files};
use server::staff::Role;

const DESIGN: [(&str, &str); 16] = [
    ("name", "mẫu thử"),
    ("communes", "4"),
    ("villages", "2"),
    ("households", "0"),
    ("persons", "2"),
    ("reserves", "1"),
    ("reserve-communes", "0"),
    ("least", "2"),
    ("stages", "cvp"),
    ("first-method", "pps_systematic"),
    ("last-method", "simple_random"),
    ("allocation", "proportional"),
    ("provinces", ""),
    ("strata", ""),
    ("certain", ""),
    ("groups", ""),
];
pub(crate) const SOURCE: &str = "Xổ số Vietlott Mega 6/45 kỳ 01234, ngày 20/11/2026";
pub(crate) const SEED: &str = "05 11 23 37 41 42";

/// The design with other values in some fields.
fn design<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let value = |name: &str| other.iter().find(|(field, _)| *field == name).map(|(_, value)| *value);
    DESIGN.iter().map(|(name, usual)| (*name, value(name).unwrap_or(usual))).collect()
}

/// Saves a design and returns its address.
pub(crate) async fn saved(coordinator: &mut Visitor, other: &[(&str, &str)]) -> String {
    coordinator.get("/qt/dot/thu/mau/thiet-ke").await.is(200).shows("Thiết kế mẫu");
    let answer = coordinator.post("/qt/dot/thu/mau/thiet-ke", &design(other)).await;
    assert!(answer.place.starts_with("/qt/dot/thu/mau/thiet-ke/"), "{}: {}", answer.place, answer.text);
    answer.place
}

async fn committed(coordinator: &mut Visitor, other: &[(&str, &str)]) -> String {
    let address = saved(coordinator, other).await;
    let answer = coordinator.post(&format!("{address}/cam-ket"), &[("source", SOURCE)]).await;
    assert!(answer.place.starts_with("/qt/dot/thu/mau/") && answer.place != address, "{}", answer.text);
    answer.place
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_commit_seed_confirm_and_draw_and_the_list_stays() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    let mut first = house.sign_in_as("an", Role::Coordinator, "VN").await;
    let mut second = house.sign_in_as("binh", Role::Coordinator, "VN").await;
    first.get("/qt/dot/thu/mau").await.is(200).shows("Cần chốt khung mẫu trước");
    house.frozen_frame(&campaign).await;

    let address = saved(&mut first, &[]).await;
    let ahead = first.get(&address).await;
    ahead.is(200).shows("Sẽ rút khoảng 544 người").shows("Hà Nội").shows("±").shows("dưới 10");
    first.get(&format!("{address}?rho=0,2")).await.is(200).shows("value=\"0,20\"");
    let table = first.get(&format!("{address}/xem-truoc.csv")).await;
    assert!(table.is(200).text.starts_with("level,place,units_there,units,adults,persons"), "{}", table.text);
    assert_eq!(table.text.lines().filter(|line| line.starts_with("province,")).count(), 34);

    first.post(&format!("{address}/cam-ket"), &[("source", " ")]).await.is(422).shows("href=\"#source\"");
    let commitment = first.post(&format!("{address}/cam-ket"), &[("source", SOURCE)]).await;
    let draw = commitment.place;
    first.get(&draw).await.is(200).shows(SOURCE).shows("chờ hạt giống").shows("staff:an");
    let published = first.get(&format!("{draw}/cam-ket.json")).await;
    published.is(200).shows("\"seed_source\":\"Xổ số Vietlott").shows("frame_digest").shows("committed_at");
    first.post(&format!("{address}/cam-ket"), &[("source", SOURCE)]).await.is(409).shows("đang chờ hạt giống");
    first.post(&format!("{address}/sua"), &design(&[])).await.is(409).shows("không sửa được nữa");

    first.post(&format!("{draw}/hat-giong"), &[("seed", "")]).await.is(422).shows("href=\"#seed\"");
    first.post(&format!("{draw}/hat-giong"), &[("seed", SEED)]).await;
    first.get(&draw).await.is(200).shows("Một người khác phải xác nhận");
    first.post(&format!("{draw}/xac-nhan"), &[("seen", SEED)]).await.is(403).shows("không tự xác nhận được");
    second.get(&draw).await.is(200).shows("Đúng, rút mẫu");
    second.post(&format!("{draw}/xac-nhan"), &[("seen", "another")]).await.is(409).shows("vừa được nhập lại");
    let job = second.post(&format!("{draw}/xac-nhan"), &[("seen", SEED)]).await;
    assert!(job.place.starts_with("/viec/"), "{} {}", job.place, job.text);
    assert_eq!(house.work().await, 1);
    second.get(&job.place).await.is(200).shows("Đã xong");

    let drawn = samples::of(&house.app, campaign.id).await.unwrap().remove(0);
    let page = first.get(&draw).await;
    page.is(200).shows(SEED).shows("sipas-draw-v1").shows(&drawn.list_digest().unwrap());
    page.shows("544 người, 272 người dự phòng").shows("staff:binh");
    first.post(&format!("{draw}/kiem-tra"), &[]).await.is(200).shows("Rút lại cho đúng danh sách này");
    first.post(&format!("{draw}/rut-lai"), &[]).await.is(409);
    for language in ["vi", "en"] {
        let record = first.get(&format!("{draw}/bien-ban-{language}.pdf")).await;
        assert!(record.is(200).bytes.starts_with(b"%PDF"), "a record in {language}");
    }

    // The same frame, design and seed are not drawn twice, whatever the source is called.
    let people = (&house.actor, &Actor::System("second"));
    let again =
        samples::arrange(&house.app, people, &campaign, &drawn.design().unwrap(), ("again", SEED)).await.unwrap_err();
    assert_eq!(again.code, "draw-twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_designs_are_refused_with_their_values_and_changed_until_used() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/mau/thiet-ke").await;
    let wrong = [("communes", "0"), ("villages", "hai"), ("reserves", "0"), ("groups", "00004 27"), ("name", " ")];
    let refused = coordinator.post("/qt/dot/thu/mau/thiet-ke", &design(&wrong)).await;
    refused.is(422).shows("Lỗi: Thiết kế mẫu").shows("href=\"#villages\"").shows("value=\"hai\"");
    refused.shows("href=\"#groups\"").shows("00004 27").shows("href=\"#name\"");
    assert!(!refused.text.contains("href=\"#reserves\""), "no reserves is a design");
    let none = coordinator.post("/qt/dot/thu/mau/thiet-ke", &design(&[("communes", "0")])).await;
    none.is(422).shows("href=\"#communes\"").shows("phải từ 1 trở lên");

    let address = saved(&mut coordinator, &[]).await;
    let taken = coordinator.post("/qt/dot/thu/mau/thiet-ke", &design(&[])).await;
    taken.is(422).shows("Tên này đã có");
    coordinator.get(&format!("{address}/sua")).await.is(200).shows("value=\"mẫu thử\"");
    let changed = design(&[("communes", "3")]);
    let answer = coordinator.post(&format!("{address}/sua"), &changed).await;
    assert_eq!(answer.place, address);
    // Three communes are too few for two strata of two: told with what to change, on the page and when committing.
    coordinator.get(&address).await.is(200).shows("cần ít nhất 4 đơn vị cho 2 tầng, thiết kế chỉ cho 3");
    let refused = coordinator.post(&format!("{address}/cam-ket"), &[("source", SOURCE)]).await;
    refused.is(422).shows("Tăng số đơn vị mỗi tỉnh");
    coordinator
        .get(&format!("/qt/dot/thu/mau/thiet-ke?tu={}", address.rsplit('/').next().unwrap()))
        .await
        .is(200)
        .shows("value=\"3\"");

    let mut provincial = house.sign_in(Role::Coordinator, "01").await;
    provincial.get("/qt/dot/thu/mau/thiet-ke").await.is(403);
    provincial.get(&address).await.is(200);
    provincial.post(&format!("{address}/cam-ket"), &[("source", SOURCE)]).await.is(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commitment_is_sent_back_withdrawn_and_never_forgotten() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let mut first = house.sign_in_as("an", Role::Coordinator, "VN").await;
    let mut second = house.sign_in_as("binh", Role::Coordinator, "VN").await;
    let mut provincial = house.sign_in(Role::Coordinator, "01").await;
    let draw = committed(&mut first, &[]).await;
    provincial.get(&draw).await.is(200);
    provincial.post(&format!("{draw}/hat-giong"), &[("seed", SEED)]).await.is(403);
    first.post(&format!("{draw}/hat-giong"), &[("seed", "O5 11 23")]).await;
    provincial.post(&format!("{draw}/xac-nhan"), &[("seen", "O5 11 23")]).await.is(403);
    second.get(&draw).await;
    second.post(&format!("{draw}/tra-lai"), &[]).await;
    second.get(&draw).await.is(200).shows("Nhập hạt giống").shows("chờ hạt giống");
    second.get(&format!("{draw}/rut-lai")).await.is(200).shows(SOURCE);
    second.post(&format!("{draw}/rut-lai"), &[]).await;
    second.get("/qt/dot/thu/mau").await.is(200).shows(SOURCE).shows("Đã rút lại cam kết");
    second.post(&format!("{draw}/hat-giong"), &[("seed", SEED)]).await.is(409);
    let log = house
        .rows("SELECT verb AS line FROM office.audit_entry WHERE verb LIKE 'samples.%' ORDER BY happened_at, id")
        .await;
    assert_eq!(log, ["samples.save_design", "samples.commit", "samples.seed", "samples.send_back", "samples.withdraw"]);
    // After a withdrawal the same design may be committed to again: both stand in the list.
    let people = (&house.actor, &Actor::System("second"));
    let design = samples::of(&house.app, campaign.id).await.unwrap().remove(0).design().unwrap();
    samples::arrange(&house.app, people, &campaign, &design, ("second source", SEED)).await.unwrap();
    house.work().await;
    let states: Vec<State> =
        samples::of(&house.app, campaign.id).await.unwrap().iter().map(server::samples::Draw::state).collect();
    assert_eq!(states, [State::Drawn, State::Withdrawn]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_confirm_at_once_draw_once() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let mut first = house.sign_in_as("an", Role::Coordinator, "VN").await;
    let mut others = Vec::new();
    for login in ["binh", "chi", "dung", "giang"] {
        others.push(house.sign_in_as(login, Role::Coordinator, "VN").await);
    }
    let draw = committed(&mut first, &[]).await;
    first.post(&format!("{draw}/hat-giong"), &[("seed", SEED)]).await;
    for other in &mut others {
        other.get(&draw).await;
    }
    let address = format!("{draw}/xac-nhan");
    let confirming: Vec<_> = others
        .into_iter()
        .map(|mut other| {
            let address = address.clone();
            tokio::spawn(async move { other.post(&address, &[("seen", SEED)]).await })
        })
        .collect();
    let mut answers = Vec::new();
    for answer in confirming {
        answers.push(answer.await.unwrap());
    }
    assert_eq!(answers.iter().filter(|answer| answer.place.starts_with("/viec/")).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 3);
    assert_eq!(house.work().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_keeps_commitments_draws_and_lists() {
    use diesel_async::SimpleAsyncConnection as _;
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    house.drawn(&campaign, "hạt giống").await;
    for statement in [
        "UPDATE contact.drawn_unit SET code = 'friend'",
        "DELETE FROM contact.drawn_unit",
        "TRUNCATE contact.drawn_unit",
        "INSERT INTO contact.drawn_unit SELECT draw_id, stage, path, 9999, 'friend', role, method, n, population, size, parent_size, probability, overall_probability FROM contact.drawn_unit LIMIT 1",
        "UPDATE contact.draw SET seed = 'another'",
        "UPDATE contact.draw SET state = 'withdrawn', withdrawn_by = 'x', withdrawn_at = now()",
        "DELETE FROM contact.draw",
        "UPDATE contact.design SET name = 'another'",
        "DELETE FROM contact.design",
    ] {
        let refused = house.administrator().await.batch_execute(statement).await.unwrap_err().to_string();
        assert!(refused.contains("final") || refused.contains("foreign key"), "{statement}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_list_is_found_out_and_named() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let draw = house.drawn(&campaign, "hạt giống").await;
    let draw = samples::find(&house.app, draw).await.unwrap();
    assert_eq!(samples::verify(&house.app, &draw).await.unwrap(), Verification::Same);

    // A friend instead of the person who was drawn, by somebody who can switch the database's own guard off.
    let drawn = house
        .rows("SELECT min(code) AS line FROM contact.drawn_unit WHERE stage = 'person' AND role = 'main'")
        .await
        .remove(0);
    house
        .execute("ALTER TABLE contact.drawn_unit DISABLE TRIGGER USER; ALTER TABLE contact.draw DISABLE TRIGGER USER")
        .await;
    house.execute(&format!("UPDATE contact.drawn_unit SET code = 'friend' WHERE code = '{drawn}'")).await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get(&format!("/qt/dot/thu/mau/{}", draw.id)).await;
    let checked = coordinator.post(&format!("/qt/dot/thu/mau/{}/kiem-tra", draw.id), &[]).await;
    checked.is(200).shows("Không khớp").shows(&format!("friend: code ghi friend, đúng ra là {drawn}"));

    house.execute(&format!("UPDATE contact.drawn_unit SET code = '{drawn}' WHERE code = 'friend'; UPDATE contact.draw SET list_digest = '\\x00'")).await;
    let draw = samples::find(&house.app, draw.id).await.unwrap();
    assert_eq!(samples::verify(&house.app, &draw).await.unwrap(), Verification::DigestDiffers);
}

/// The three files of a draw, taken from its page.
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
async fn files(house: &House, draw: &str, seed: &str) -> Files {
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let mut taken = Vec::new();
    for name in ["khung-mau.csv", "thiet-ke.json", "danh-sach.csv"] {
        let file = coordinator.get(&format!("/qt/dot/thu/mau/{draw}/{name}")).await;
        assert!(!file.is(200).text.contains("mô phỏng"), "{name} names a person or a place of the list");
        let path = house.directory().join(name);
        std::fs::write(&path, &file.bytes).unwrap();
        taken.push(path);
    }
    let [frame, design, list]: [_; 3] = taken.try_into().unwrap();
    Files { frame, design, seed: seed.to_owned(), list, within: None }
}

/// What the program of another language says of the files of a draw, and whether they agree.
#[expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]
pub(crate) fn script(files: &Files) -> (bool, String) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/verify_draw.py");
    let mut python = std::process::Command::new("python3");
    python.arg(path).args([&files.frame, &files.design]).arg(&files.seed).arg(&files.list).args(&files.within);
    let run = python.output().expect("python3");
    (run.status.success(), String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outsider_checks_the_draw_from_three_files_without_names() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let draw = house.drawn(&campaign, "hạt giống").await;
    let files = files(&house, &draw.to_string(), "hạt giống").await;
    assert!(verify_files(&files).unwrap().starts_with("the same draw: "));
    let (same, said) = script(&files);
    assert!(same && said.starts_with("the same draw: "), "{said}");

    let right = std::fs::read_to_string(&files.list).unwrap();
    std::fs::write(&files.list, right.replacen(",main,", ",reserve,", 1)).unwrap();
    let difference = verify_files(&files).unwrap_err();
    assert!(difference.contains("role is reserve, drawn was main"), "{difference}");
    let (same, said) = script(&files);
    assert!(!same && said.starts_with("different: ") && said.contains("'reserve'"), "{said}");
    std::fs::write(&files.list, &right).unwrap();
    assert!(verify_files(&Files { seed: "hạt giống khác".to_owned(), ..files }).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_of_households_in_groups_is_checked_from_its_files() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let mut first = house.sign_in_as("an", Role::Coordinator, "VN").await;
    let mut second = house.sign_in_as("binh", Role::Coordinator, "VN").await;
    let other = [
        ("stages", "cvhp"),
        ("households", "2"),
        ("persons", "1"),
        ("first-method", "conditional_poisson"),
        ("last-method", "systematic"),
        ("allocation", "neyman"),
        ("strata", "01/urban = 450"),
        ("communes", "5"),
        ("reserve-communes", "1"),
        ("groups", "01001 = cũ\n01002 = cũ"),
        ("provinces", "01 = 6"),
    ];
    let draw = committed(&mut first, &other).await;
    first.post(&format!("{draw}/hat-giong"), &[("seed", SEED)]).await;
    second.get(&draw).await;
    second.post(&format!("{draw}/xac-nhan"), &[("seen", SEED)]).await;
    house.work().await;
    second.get(&draw).await.is(200).shows("Đã rút").shows("Hộ").shows("entropy");
    let files = files(&house, draw.rsplit('/').next().unwrap(), SEED).await;
    assert!(verify_files(&files).unwrap().starts_with("the same draw: "));
    assert!(std::fs::read_to_string(&files.list).unwrap().contains("household,01/urban"));
    second.post(&format!("{draw}/kiem-tra"), &[]).await.is(200).shows("Rút lại cho đúng danh sách này");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_drawn_anew_once_codes_are_out_or_the_campaign_is_open() {
    let house = House::start().await;
    let (campaign, _) = house.issued("thu").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let address = saved(&mut coordinator, &[]).await;
    coordinator.post(&format!("{address}/cam-ket"), &[("source", SOURCE)]).await.is(423).shows("đã cấp mã mời");
    house.open_fieldwork(&campaign).await;
    let campaign = house.campaign_now("thu").await;
    let people = (&house.actor, &Actor::System("second"));
    let refused = samples::arrange(&house.app, people, &campaign, &small_design(), ("x", "another")).await.unwrap_err();
    assert_eq!(refused.code, "draw-codes-issued");
}
