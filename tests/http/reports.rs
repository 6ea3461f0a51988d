//! The reports of an edition, from its approval to the file in an analyst's hands.

use chrono::Duration;
use e2e::{House, Visitor};
use server::base::seal::{hex, sha256};
use server::staff::Role;

use crate::results::{PEOPLE, answers, campaign, computed};

const EDITION: &str = "/pt/cong-bo/sipas-2026/2";

/// Edition 1 of three provinces, and the same once more, approved: a survey without a frame does not pass every check.
async fn with_editions(house: &House) -> Visitor {
    let campaign = campaign(house).await;
    answers(house, &campaign, &["01", "48"], PEOPLE).await;
    answers(house, &campaign, &["79"], 2).await;
    computed(house, &campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt/cong-bo/sipas-2026").await.is(200);
    analyst.post("/pt/cong-bo/sipas-2026", &[]).await.is(200);
    house.work().await;
    house
        .execute(
            "INSERT INTO office.edition
             SELECT gen_random_uuid(), campaign_id, 2, run_id, content, digest, checks, true, 'vì', 'because', frozen_by,
                 frozen_at, 'staff:other', frozen_at, NULL, NULL, NULL FROM office.edition",
        )
        .await;
    analyst
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_edition_has_a_report_of_each_place_listed_with_its_digest() {
    let house = House::start().await;
    let mut analyst = with_editions(&house).await;
    analyst.get(EDITION).await.is(200).shows("/pt/cong-bo/sipas-2026/2/bao-cao");
    analyst.get(&format!("{EDITION}/bao-cao")).await.is(200).shows("Chưa tạo báo cáo nào");
    let job = analyst.post(&format!("{EDITION}/bao-cao"), &[]).await;
    job.is(200).shows("Tạo báo cáo");
    house.work().await;
    analyst.get(&job.place).await.is(200).shows("Xem các báo cáo");

    let list = analyst.get(&format!("{EDITION}/bao-cao")).await;
    list.is(200).shows("Đà Nẵng").shows("Trình chiếu").shows("English");
    assert_eq!(
        list.text.matches(".pdf\" download").count(),
        2 * (2 + 3),
        "the country's two and three provinces, twice"
    );
    let name = "sipas-2026-2-da-nang-vi.pdf";
    let file = analyst.get(&format!("{EDITION}/bao-cao/{name}")).await;
    file.is(200);
    assert!(file.bytes.starts_with(b"%PDF-1.7"));
    list.shows(&hex(&sha256(&file.bytes)));
    assert_eq!(house.count("office.audit_entry WHERE verb = 'reports.download'").await, 1);

    // Once more: the same edition is the same files.
    analyst.get(&format!("{EDITION}/bao-cao")).await.is(200);
    analyst.post(&format!("{EDITION}/bao-cao"), &[]).await.is(200);
    house.work().await;
    let again = analyst.get(&format!("{EDITION}/bao-cao/{name}")).await;
    assert_eq!(again.bytes, file.bytes);
    assert_eq!(house.count("office.report_file").await, 10);
    assert_eq!(std::fs::read_dir(&house.app.config.files.exports).unwrap().count(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_report_before_an_approval_and_none_for_who_sees_one_province() {
    let house = House::start().await;
    let mut analyst = with_editions(&house).await;
    let unapproved = "/pt/cong-bo/sipas-2026/1/bao-cao";
    analyst.get(unapproved).await.is(200).shows("Duyệt bản này trước");
    analyst.post(unapproved, &[]).await.is(409);
    assert_eq!(house.count("office.job WHERE kind = 'reports'").await, 0);
    analyst.get(&format!("{EDITION}/bao-cao/../../mat-khau.pdf")).await.is(404);
    analyst.get(&format!("{EDITION}/bao-cao/khong-co.pdf")).await.is(404);
    let mut provincial = house.sign_in(Role::Analyst, "48").await;
    provincial.get(&format!("{EDITION}/bao-cao")).await.is(403);
    provincial.get(&format!("{EDITION}/bao-cao/sipas-2026-2-da-nang-vi.pdf")).await.is(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_finds_the_reports_from_the_moment_of_the_release_on() {
    let house = House::start().await;
    let mut analyst = with_editions(&house).await;
    analyst.get(&format!("{EDITION}/bao-cao")).await.is(200);
    analyst.post(&format!("{EDITION}/bao-cao"), &[]).await.is(200);
    house.work().await;
    let file = analyst.get(&format!("{EDITION}/bao-cao/sipas-2026-2-da-nang-vi.pdf")).await;
    let public = "/du-lieu/sipas-2026/2/sipas-2026-2-da-nang-vi.pdf";
    let mut citizen = house.visitor();
    citizen.get(public).await.is(404);

    house.execute("UPDATE office.edition SET released_by = 'staff:third', ordered_at = approved_at, release_at = approved_at WHERE number = 2").await;
    house.app.clock.advance(Duration::seconds(1));
    citizen.get("/tinh/da-nang").await.is(200).shows(public).shows("Báo cáo để in");
    citizen.get("/en/tinh/da-nang").await.is(200).shows("sipas-2026-2-da-nang-en.pdf");
    citizen.get("/du-lieu").await.is(200).shows("sipas-2026-2-ca-nuoc-vi.pdf").shows("sipas-2026-2-slides-vi.pdf");
    let taken = citizen.get(public).await;
    taken.is(200);
    assert_eq!(taken.headers["content-type"], "application/pdf");
    assert_eq!(taken.bytes, file.bytes);
    citizen.get("/du-lieu/sipas-2026/1/sipas-2026-2-da-nang-vi.pdf").await.is(404);
}
