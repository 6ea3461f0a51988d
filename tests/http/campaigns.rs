//! The coordinator's campaign from the first list to its close, and who may see what.

use e2e::House;
use reqwest::Method;
use server::invitations::code::Code;
use server::invitations::{self, Status};
use server::staff::Role;

#[tokio::test(flavor = "multi_thread")]
async fn the_steps_lead_from_an_empty_campaign_to_a_closed_one() {
    let house = House::start().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt").await.is(200).shows("Chưa có cuộc khảo sát nào");
    let campaign = house.campaign("thu").await;
    coordinator
        .get("/qt")
        .await
        .shows("Khảo sát thử")
        .shows("Đang chuẩn bị")
        .shows("href=\"/qt/dot/thu/khung-mau\"")
        .shows("Dữ liệu mô phỏng");
    coordinator.get("/qt/dot/thu").await.is(200).shows("Nhập và chốt khung mẫu").shows("Chưa làm được");
    coordinator.get("/qt/dot/thu/mo").await.is(200).shows("Mở Khảo sát thử?");
    coordinator.post("/qt/dot/thu/mo", &[]).await.is(409).shows("Danh mục kiểm tra còn việc chưa xong");

    house.frozen_frame(&campaign).await;
    coordinator.get("/qt").await.shows("href=\"/qt/dot/thu/mau\"");
    let draw = house.drawn(&campaign, "seed").await;
    coordinator.get("/qt/dot/thu/cap-ma").await.is(200).shows("Mẫu rút từ hạt giống seed");
    let job = coordinator.post("/qt/dot/thu/cap-ma", &[("draw", &draw.to_string())]).await;
    assert!(job.place.starts_with("/viec/"));
    house.work().await;
    coordinator.get("/qt/dot/thu").await.shows("544 thư mời").shows("href=\"/qt/dot/thu/mo\"");
    coordinator.get("/qt/dot/thu/mo").await.shows("Đã cấp mã cho 544 thư mời");
    coordinator.post("/qt/dot/thu/mo", &[]).await.is(200).shows("Đang chuẩn bị");
    let mut second = house.sign_in_as("nguoi.thu.hai", Role::Coordinator, "VN").await;
    second.get("/qt/dot/thu/mo").await;
    second.post("/qt/dot/thu/mo", &[]).await.is(200).shows("Đang mở").shows("còn 57 ngày");

    coordinator.get("/qt/dot/thu/dong").await.is(200).shows("0 người trả lời trên 544 thư mời");
    let closed = coordinator.post("/qt/dot/thu/dong", &[]).await;
    closed.is(200).shows("Đã đóng");
    assert_eq!(closed.place, "/qt/dot/thu");
    coordinator.post("/qt/dot/thu/dong", &[]).await.is(409);
    assert_eq!(house.count("office.job WHERE kind = 'flush'").await, 1, "closing asks for the last flush");
    let log = coordinator.get("/qt/nhat-ky").await;
    for verb in [
        "frames.import",
        "frames.freeze",
        "samples.commit",
        "samples.seed",
        "samples.confirm",
        "samples.draw",
        "invitations.issue",
        "campaigns.open",
        "campaigns.close",
    ] {
        log.shows(verb);
    }
}

const PAGES: &[&str] = &[
    "/qt",
    "/qt/dot/thu",
    "/qt/dot/thu/khung-mau",
    "/qt/dot/thu/mau",
    "/qt/dot/thu/mau/thiet-ke",
    "/qt/dot/thu/cap-ma",
    "/qt/dot/thu/thu-hoi-ma",
    "/qt/dot/thu/tien-do",
    "/qt/dot/thu/mo",
    "/qt/dot/thu/dong",
    "/qt/nhat-ky",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_are_closed_to_analysts_and_strangers_and_speak_both_languages() {
    let house = House::start().await;
    house.issued("thu").await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    for page in PAGES {
        analyst.get(page).await.is(403).shows("coordinator");
        assert!(house.visitor().get(page).await.place.starts_with("/dang-nhap?ve="), "{page}");
        coordinator.get(page).await.is(200).shows("<html lang=\"vi\"");
    }
    coordinator.get("/ngon-ngu/en?ve=%2Fqt").await;
    for page in PAGES {
        let english = coordinator.get(page).await;
        english.is(200).shows("<html lang=\"en\"");
        for vietnamese in ["Khung mẫu", "Rút mẫu", "Cấp mã", "Tiến độ", "Mở khảo sát", "Thu hồi"] {
            assert!(!english.text.contains(vietnamese), "{page} shows {vietnamese}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_act_without_the_sessions_token_and_none_on_the_nation_from_a_province() {
    let house = House::start().await;
    let (_, draw) = house.issued("thu").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let mut province = house.sign_in(Role::Coordinator, "01").await;
    province.get("/qt/dot/thu/thu-hoi-ma").await;
    let draw = draw.to_string();
    for path in ["mo", "dong", "mau/thiet-ke", "cap-ma", "thu-moi/huy", "khung-mau/chot"] {
        let path = format!("/qt/dot/thu/{path}");
        coordinator.request(Method::POST, &path, |request| request.form(&[("draw", &draw)])).await.is(403);
        province.post(&path, &[("draw", &draw)]).await.is(403).shows("cấp trung ương");
    }
    coordinator
        .request(Method::POST, &format!("/qt/dot/thu/mau/{draw}/kiem-tra"), |request| request.form(&[("csrf", "")]))
        .await
        .is(403);
    coordinator.request(Method::POST, "/qt/dot/thu/thu-hoi-ma", |request| request.form(&[("code", "1")])).await.is(403);
    province.get("/qt/nhat-ky").await.is(403);
    province.get(&format!("/qt/dot/thu/mau/{draw}/danh-sach.csv")).await.is(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_shows_the_slowest_first_and_a_province_its_own_alone() {
    let house = House::start().await;
    let (campaign, draw) = house.issued("thu").await;
    let key = invitations::contact_key(&house.app).unwrap();
    let digests = |province: &str, count: usize| -> Vec<Vec<u8>> {
        let lines = house.print_list(draw);
        let codes = lines.iter().filter(|line| line[1] == province).take(count);
        codes.map(|line| Code::parse(&line[0]).unwrap().contact_digest(&key).unwrap().to_vec()).collect()
    };
    // Every province half done, Cà Mau less, Hà Nội more.
    for province in server::places::provinces() {
        let count = match province.code.as_str() {
            "96" => 2,
            "01" => 14,
            _ => 8,
        };
        assert_eq!(
            invitations::mark(&house.app, campaign.id, &digests(&province.code, count), Status::Responded)
                .await
                .unwrap(),
            count
        );
    }
    invitations::mark(&house.app, campaign.id, &digests("01", 16), Status::Refused).await.unwrap();

    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let page = coordinator.get("/qt/dot/thu/tien-do").await;
    page.is(200).shows("12,5\u{a0}%").shows("87,5\u{a0}%").shows("Số liệu được đưa về theo đợt");
    let place =
        |name: &str| page.text.find(&format!(">{name}</a></th>")).unwrap_or_else(|| panic!("no {name}: {}", page.text));
    // Within their regions.
    let regions =
        ["Bắc Ninh", "Hải Phòng", "Hưng Yên", "Ninh Bình", "Quảng Ninh", "Hà Nội", "Cà Mau", "An Giang", "Cần Thơ"];
    for pair in regions.windows(2) {
        assert!(place(pair[0]) < place(pair[1]), "{pair:?}: slowest first, then by the Vietnamese alphabet");
    }

    let mut province = house.sign_in(Role::Coordinator, "96").await;
    let own = province.get("/qt/dot/thu/tien-do").await;
    own.is(200).shows("Cà Mau").shows("12,5\u{a0}%");
    assert!(!own.text.contains("Hà Nội") && !own.text.contains("An Giang"), "another province is shown");
    province.get("/qt").await.shows("2 người trả lời trên 16 thư mời");
}
