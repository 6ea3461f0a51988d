//! Draws that anybody can recompute.

use e2e::{House, small_design};
use server::samples::{self, Files, Verification, verify_files};
use server::staff::Role;

const FORM: [(&str, &str); 5] =
    [("communes", "4"), ("villages", "2"), ("persons", "2"), ("reserves", "1"), ("seed", "xổ số 05/10/2026: 48 21 77")];

#[tokio::test(flavor = "multi_thread")]
async fn a_coordinator_draws_reads_and_checks_a_sample_and_cannot_draw_it_again() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt/dot/thu/mau").await.is(200).shows("Cần chốt khung mẫu trước");
    coordinator.post("/qt/dot/thu/mau", &FORM).await.is(409).shows("Khung mẫu chưa chốt");
    house.frozen_frame(&campaign).await;
    coordinator.get("/qt/dot/thu/mau").await.is(200).shows("Hạt giống");

    let wrong = coordinator
        .post(
            "/qt/dot/thu/mau",
            &[("communes", "0"), ("villages", "hai"), ("persons", "2"), ("reserves", "0"), ("seed", " ")],
        )
        .await;
    wrong
        .is(422)
        .shows("Lỗi: Mẫu")
        .shows("href=\"#communes\"")
        .shows("href=\"#villages\"")
        .shows("href=\"#seed\"")
        .shows("value=\"hai\"");
    assert!(!wrong.text.contains("href=\"#reserves\""), "no reserves is a design");

    let job = coordinator.post("/qt/dot/thu/mau", &FORM).await;
    assert!(job.place.starts_with("/viec/"), "{}", job.place);
    assert_eq!(house.work().await, 1);
    coordinator.get(&job.place).await.is(200).shows("Đã xong");
    coordinator.post("/qt/dot/thu/mau", &FORM).await.is(409).shows("đã rút một lần rồi");

    let draw = samples::of(&house.app, campaign.id).await.unwrap().remove(0);
    let page = coordinator.get(&format!("/qt/dot/thu/mau/{}", draw.id)).await;
    page.is(200)
        .shows("xổ số 05/10/2026: 48 21 77")
        .shows("sipas-draw-v1")
        .shows(&draw.list_digest().unwrap())
        .shows("544 người, 272 người dự phòng")
        .shows("Hà Nội");
    let checked = coordinator.post(&format!("/qt/dot/thu/mau/{}/kiem-tra", draw.id), &[]).await;
    checked.is(200).shows("Rút lại cho đúng danh sách này");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_list_is_found_out_and_named() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let draw = house.drawn(&campaign, "hạt giống").await;
    let draw = samples::find(&house.app, draw).await.unwrap();
    assert_eq!(samples::verify(&house.app, &draw).await.unwrap(), Verification::Same);

    // A friend instead of the person who was drawn.
    let drawn = house
        .rows("SELECT min(code) AS line FROM contact.drawn_unit WHERE stage = 'person' AND role = 'main'")
        .await
        .remove(0);
    house.execute(&format!("UPDATE contact.drawn_unit SET code = 'friend' WHERE code = '{drawn}'")).await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get(&format!("/qt/dot/thu/mau/{}", draw.id)).await;
    let checked = coordinator.post(&format!("/qt/dot/thu/mau/{}/kiem-tra", draw.id), &[]).await;
    checked.is(200).shows("Không khớp").shows(&format!("friend: code ghi friend, đúng ra là {drawn}"));

    house.execute(&format!("UPDATE contact.drawn_unit SET code = '{drawn}' WHERE code = 'friend'; UPDATE contact.draw SET list_digest = '\\x00'")).await;
    let draw = samples::find(&house.app, draw.id).await.unwrap();
    assert_eq!(samples::verify(&house.app, &draw).await.unwrap(), Verification::DigestDiffers);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outsider_checks_the_draw_from_three_files_without_names() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let draw = house.drawn(&campaign, "hạt giống").await;
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
    let files = Files { frame, design, seed: "hạt giống".to_owned(), list };
    assert!(verify_files(&files).unwrap().starts_with("the same draw: "));

    let right = std::fs::read_to_string(&files.list).unwrap();
    std::fs::write(&files.list, right.replacen(",main,", ",reserve,", 1)).unwrap();
    let difference = verify_files(&files).unwrap_err();
    assert!(difference.contains("role is reserve, drawn was main"), "{difference}");
    std::fs::write(&files.list, &right).unwrap();
    assert!(verify_files(&Files { seed: "hạt giống khác".to_owned(), ..files }).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_campaign_is_not_drawn_anew() {
    let house = House::start().await;
    let (campaign, _) = house.issued("thu").await;
    house.open_fieldwork(&campaign).await;
    let campaign = house.campaign_now("thu").await;
    let refused =
        samples::request(&house.app, &house.actor, &campaign, &small_design(), "another seed").await.unwrap_err();
    assert_eq!(refused.code, "campaign-state");
}
