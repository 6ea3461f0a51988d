//! Work in the background, and what becomes of it when its worker dies.

use chrono::Duration;
use e2e::House;
use server::jobs::queue::{self, LEASE};

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_workers_job_comes_back_and_the_dead_one_can_write_no_more() {
    let house = House::start().await;
    let survey = house.survey(1, 5).await;
    survey.close(&house).await;
    let (contact, clock) = (&house.app.database.contact, &house.app.clock);
    let dead = queue::lease_next(contact, clock).await.unwrap().unwrap();
    queue::report(contact, clock, &dead, "half", 1, 2).await.unwrap();
    assert!(queue::lease_next(contact, clock).await.unwrap().is_none(), "one worker at a time");

    clock.advance(LEASE + Duration::seconds(1));
    assert!(house.work().await > 0);
    let rows =
        house.rows("SELECT kind || ' ' || state || ' ' || attempts AS line FROM office.job WHERE kind = 'flush'").await;
    assert_eq!(rows, ["flush done 2"]);
    let late = queue::report(contact, clock, &dead, "half", 2, 2).await.unwrap_err();
    assert_eq!(late.code, "lease-lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_write_of_the_office_leaves_its_row_in_the_audit_trail() {
    let house = House::start().await;
    let (campaign, draw) = house.issued("nhat-ky").await;
    house.open_fieldwork(&campaign).await;
    house.sign_in(server::staff::Role::Coordinator, "VN").await.post("/dang-xuat", &[]).await;
    server::campaigns::close(&house.app, &house.actor, &house.campaign_now("nhat-ky").await).await.unwrap();
    house.app.clock.advance(Duration::seconds(2));
    house.work().await;
    let kept = house.rows("SELECT DISTINCT verb AS line FROM office.audit_entry ORDER BY 1").await;
    for verb in [
        "campaigns.create",
        "campaigns.open",
        "campaigns.close",
        "frames.import",
        "frames.freeze",
        "samples.commit",
        "samples.seed",
        "samples.confirm",
        "samples.draw",
        "invitations.request",
        "invitations.issue",
        "places.load",
        "responses.certify",
        "staff.add",
        "staff.sign_in",
        "staff.sign_out",
    ] {
        assert!(kept.iter().any(|line| line == verb), "{verb} is not among {kept:?}");
    }
    let of_draw =
        house.rows(&format!("SELECT verb AS line FROM office.audit_entry WHERE details ->> 'draw' = '{draw}'")).await;
    assert!(!of_draw.is_empty());
}
