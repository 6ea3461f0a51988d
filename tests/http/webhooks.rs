//! Releases told to other systems: what arrives there, when, how often, and what the analyst sees of it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use chrono::{DateTime, Duration, Utc};
use e2e::post::{self, Arrived, Message};
use e2e::{Cluster, House, Visitor, morning};
use serde_json::{Value, json};
use server::app::due_jobs;
use server::base::clock::in_viet_nam;
use server::base::seal::{hex, sha256, signature};
use server::staff::Role;
use uuid::Uuid;

use crate::editions::{approved, closed_survey, frozen, published};

const PAGE: &str = "/pt/may";
const ADD: &str = "/pt/may/bao-tin";

/// A house that may tell a system on this machine; the address of that system, and what arrives there.
async fn house() -> (House, String, Arrived) {
    let (place, arrived) = post::gateway();
    let settings = [("SIPAS_API_WEBHOOK_HOSTS", format!("bao.example.gov.vn, {place}"))];
    let house = House::on(Cluster::shared(), morning(), &settings).await;
    (house, format!("http://{place}/sipas"), arrived)
}

/// Adds an address on the page; the secret as it is shown.
async fn added(analyst: &mut Visitor, address: &str) -> String {
    analyst.get(PAGE).await.is(200);
    let form = Uuid::new_v4().to_string();
    let fields = [("phieu", form.as_str()), ("dia-chi", address)];
    let page = analyst.post(ADD, &fields).await;
    page.is(200).shows("chỉ hiện một lần");
    assert_eq!(page.headers["cache-control"], "no-store");
    let (_, rest) = page.text.split_once("<code class=\"digest\">").unwrap();
    let secret = rest.split_once('<').unwrap().0.to_owned();
    assert_eq!(secret.len(), 64);
    // The form sent again adds nothing and does not show the secret.
    let again = analyst.post(ADD, &fields).await;
    again.is(422).shows("Địa chỉ này đã có").shows(&format!("value=\"{address}\""));
    assert!(!again.text.contains(&secret));
    secret
}

/// What a worker does in a while without other work.
async fn idle(house: &House) {
    due_jobs(&house.app).await.unwrap();
    house.work().await;
}

fn header(message: &Message, name: &str) -> String {
    let lines = message.headers.lines().filter_map(|line| line.split_once(": "));
    let found = lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.unwrap_or_else(|| panic!("no {name}: {}", message.headers)).1.to_owned()
}

fn at(moment: DateTime<Utc>) -> String {
    in_viet_nam(moment).format("%H:%M ngày %d/%m/%Y").to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_told_once_with_a_right_signature_when_its_moment_comes_and_not_before() {
    let (house, address, arrived) = house().await;
    closed_survey(&house).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let secret = added(&mut analyst, &address).await;
    analyst.get(PAGE).await.shows(&address).shows("Chưa có lần công bố nào");
    let kept = house.rows("SELECT webhook::text AS line FROM office.webhook").await;
    assert!(kept.len() == 1 && !kept[0].contains(&secret));

    let mut one = house.sign_in_as("duyet", Role::Analyst, "VN").await;
    let mut other = house.sign_in_as("phat.hanh", Role::Analyst, "VN").await;
    frozen(&house, &mut one, 1, &[]).await;
    approved(&mut one, 1).await;
    let release = [("ngay", "6/10/2026"), ("gio", "09:00"), ("go", "sipas-2026/1")];
    other.get(&format!("{}/1", crate::editions::PAGE)).await.is(200);
    other.post(&format!("{}/1/phat-hanh", crate::editions::PAGE), &release).await.is(200).shows("Chờ đến giờ");
    house.app.clock.advance(Duration::hours(24) - Duration::seconds(1));
    idle(&house).await;
    assert!(arrived.all().is_empty(), "the moment has not come");
    house.app.clock.advance(Duration::seconds(1));
    idle(&house).await;

    let notices = arrived.all();
    assert_eq!(notices.len(), 1);
    let notice = &notices[0];
    assert!(notice.headers.starts_with("POST /sipas HTTP/1.1\r\n"), "{}", notice.headers);
    assert_eq!(header(notice, "content-type"), "application/json");
    let right = signature(secret.as_bytes(), notice.text.as_bytes()).unwrap();
    assert_eq!(header(notice, "x-signature"), hex(&right));
    header(notice, "idempotency-key").parse::<Uuid>().unwrap();
    let document = house.visitor().get("/api/v1/editions/sipas-2026/1").await;
    document.is(200);
    assert_eq!(
        serde_json::from_str::<Value>(&notice.text).unwrap(),
        json!({
            "survey": "sipas-2026",
            "number": 1,
            "label": "sipas-2026/1",
            "released_at": "2026-10-06T02:00:00Z",
            "sha256": hex(&sha256(&document.bytes)),
            "url": house.address("/api/v1/editions/sipas-2026/1"),
        })
    );

    // Taken is taken; who comes later is told of what comes later.
    let mut analyst = house.sign_in_as("hom.sau", Role::Analyst, "VN").await;
    analyst.get(PAGE).await.shows("sipas-2026/1: đã nhận lúc 09:00 ngày 06/10/2026");
    house.app.clock.advance(Duration::minutes(1));
    added(&mut analyst, &format!("{address}/khac")).await;
    house.app.clock.advance(Duration::days(1));
    idle(&house).await;
    assert_eq!(arrived.all().len(), 1);
    let trail = house
        .rows("SELECT verb || ' ' || actor AS line FROM office.audit_entry WHERE verb LIKE 'api.%' ORDER BY id")
        .await;
    assert_eq!(
        trail,
        [
            "api.add_webhook staff:analyst.vn",
            "api.note_release system:schedule",
            "api.send_notice system:worker",
            "api.add_webhook staff:hom.sau"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_takes_is_sent_again_with_growing_pauses_for_a_day() {
    let (house, address, arrived) = house().await;
    closed_survey(&house).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    added(&mut analyst, &address).await;
    let (elsewhere, stolen) = post::gateway();
    arrived.refuse_all(Some("500 Internal Server Error"));
    published(&house).await;
    idle(&house).await;
    let again = morning() + Duration::minutes(1);
    analyst.get(PAGE).await.shows(&format!("chưa nhận sau 1 lần gửi (trả lời 500), gửi lại lúc {}", at(again)));
    idle(&house).await;
    analyst.get(PAGE).await.shows("chưa nhận sau 1 lần gửi");

    // A redirect is no yes, and is not followed.
    arrived.refuse_all(Some(&format!("302 Found\r\nlocation: http://{elsewhere}/")));
    house.app.clock.advance(Duration::minutes(1));
    idle(&house).await;
    analyst
        .get(PAGE)
        .await
        .shows(&format!("sau 2 lần gửi (trả lời 302), gửi lại lúc {}", at(again + Duration::minutes(2))));
    assert!(stolen.all().is_empty());

    // Killed between the answer and the note of it: sent again, under the same id.
    arrived.refuse_all(None);
    house.app.clock.advance(Duration::minutes(2));
    let before = house
        .rows("SELECT 'tries = ' || tries || ', next_at = ''' || next_at || '''' AS line FROM office.webhook_delivery")
        .await;
    idle(&house).await;
    house.execute(&format!("UPDATE office.webhook_delivery SET delivered_at = NULL, {}", before[0])).await;
    house
        .execute("UPDATE office.job SET state = 'running', lease = gen_random_uuid(), leased_until = requested_at - interval '1 second' WHERE id = (SELECT id FROM office.job WHERE kind = 'webhooks' ORDER BY requested_at DESC LIMIT 1)")
        .await;
    house.work().await;
    let notices = arrived.all();
    assert_eq!(notices.len(), 2);
    assert_eq!(header(&notices[0], "idempotency-key"), header(&notices[1], "idempotency-key"));
    assert_eq!(notices[0].text, notices[1].text);
    analyst.get(PAGE).await.shows("sipas-2026/1: đã nhận lúc");
    idle(&house).await;
    assert_eq!(arrived.all().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_day_nothing_more_is_sent_and_a_revoked_address_hears_nothing() {
    let (house, address, arrived) = house().await;
    closed_survey(&house).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    added(&mut analyst, &address).await;
    added(&mut analyst, &format!("{address}/thu-hoi")).await;
    arrived.refuse_all(Some("503 Busy"));
    published(&house).await;
    idle(&house).await;
    let revoked =
        house.rows("SELECT id::text AS line FROM office.webhook WHERE address LIKE '%thu-hoi'").await.remove(0);
    let page = analyst.post(&format!("{ADD}/{revoked}/thu-hoi"), &[]).await;
    page.is(200).shows("Đã thu hồi ngày 05/10/2026");
    analyst.post(&format!("{ADD}/{revoked}/thu-hoi"), &[]).await.is(409).shows("đã thu hồi trước đó");

    let next = "SELECT (next_at AT TIME ZONE 'UTC')::text || 'Z' AS line FROM office.webhook_delivery JOIN office.webhook w ON w.id = webhook_id WHERE w.revoked_at IS NULL AND next_at IS NOT NULL";
    let mut pauses = Vec::new();
    while let Some(moment) = house.rows(next).await.pop() {
        let moment: DateTime<Utc> = moment.replace(' ', "T").parse().unwrap();
        pauses.push(moment - house.app.clock.now());
        house.app.clock.advance(pauses[pauses.len() - 1]);
        idle(&house).await;
        assert!(pauses.len() < 30, "{pauses:?}");
    }
    let (last, growing) = pauses.split_last().unwrap();
    assert!(growing.windows(2).all(|two| two[0] < two[1]), "{pauses:?}");
    assert_eq!(growing.iter().sum::<Duration>() + *last, Duration::days(1));
    let mut analyst = house.sign_in_as("hom.sau", Role::Analyst, "VN").await;
    let tries = pauses.len() + 1;
    analyst
        .get(PAGE)
        .await
        .shows(&format!("sipas-2026/1: không nhận sau {tries} lần gửi trong một ngày (trả lời 503)"));

    arrived.refuse_all(None);
    house.app.clock.advance(Duration::days(2));
    idle(&house).await;
    assert!(arrived.all().is_empty());
    let trail = house.count("office.audit_entry WHERE verb = 'api.revoke_webhook'").await;
    assert_eq!(trail, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_machines_that_the_operator_allows_are_told() {
    let (house, address, _) = house().await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get(PAGE).await.is(200).shows("bao.example.gov.vn");
    let long = format!("https://bao.example.gov.vn/{}", "x".repeat(500));
    for wrong in
        ["", "https://example.com/x", "http://bao.example.gov.vn/x", "https://bao.example.gov.vn@example.com/", &long]
    {
        let refused = analyst.post(ADD, &[("dia-chi", wrong)]).await;
        refused.is(422).shows("trên một trong các máy được phép").shows(&format!("value=\"{wrong}\""));
    }
    assert_eq!(house.count("office.webhook").await, 0);
    added(&mut analyst, "https://bao.example.gov.vn/sipas?khoa=1").await;
    added(&mut analyst, &address).await;
    for (role, place) in [(Role::Analyst, "48"), (Role::Coordinator, "VN")] {
        let mut stranger = house.sign_in(role, place).await;
        stranger.get("/").await.is(200);
        stranger.post(ADD, &[("dia-chi", &address)]).await.is(403);
    }

    let house = House::start().await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get(PAGE).await.is(200).shows("chưa cho phép gửi tin đến máy nào");
    analyst.post(ADD, &[("dia-chi", "http://127.0.0.1:8090/")]).await.is(422);
}
