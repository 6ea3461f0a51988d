//! The progress board of 40,000 cases with their visits, at each level, against a page that does nothing and against the counting alone.

use std::time::{Duration, Instant};

use e2e::{Cluster, House, Visitor, morning};
use server::staff::Role;

use crate::nation;

const TIMES: usize = 200;

pub(crate) async fn measure(cluster: &'static Cluster) {
    let house = House::on(cluster, morning(), &[]).await;
    let campaign = nation::issued(&house, "thu", 11).await;
    house.open_fieldwork(&campaign).await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    for province in house.rows("SELECT DISTINCT province_code AS line FROM contact.field_case").await {
        house.sign_in_as(&format!("dieu.tra.{province}"), Role::Interviewer, &province).await;
    }
    // A survey in its third week: two of three people have answered, the others were visited up to three times.
    house
        .execute(
            "UPDATE contact.field_case SET interviewer_id = staff.id, attempts = position % 4,
                    outcome = (ARRAY['', 'nobody-home', 'refused', 'handed'])[position % 4 + 1], outcome_on = date '2026-10-05'
             FROM office.staff WHERE staff.role = 'interviewer' AND staff.place_code = field_case.province_code;
             INSERT INTO contact.visit (id, invitation_id, campaign_id, province_code, interviewer_id, visited_on, outcome, appointment, note)
             SELECT gen_random_uuid(), invitation_id, campaign_id, province_code, interviewer_id, date '2026-10-05', 'nobody-home', '', ''
             FROM contact.field_case, generate_series(1, attempts);
             UPDATE contact.invitation SET status = 'responded'
             FROM contact.field_case WHERE invitation_id = invitation.id AND position % 3 > 0;
             INSERT INTO contact.day_count (campaign_id, province_code, commune_code, day, responded)
             SELECT campaign_id, province_code, commune_code, date '2026-10-05' - back, 20 - back
             FROM (SELECT DISTINCT campaign_id, province_code, commune_code FROM contact.field_case) AS commune, generate_series(1, 20) AS back;
             ANALYZE contact.invitation; ANALYZE contact.field_case; ANALYZE contact.day_count;",
        )
        .await;
    let cases = house.count("contact.field_case").await;
    let commune =
        house.rows("SELECT min(commune_code) AS line FROM contact.field_case WHERE province_code = '01'").await;
    let commune = format!("/qt/dot/thu/tien-do/01/{}", commune.first().unwrap());
    for (what, place) in [
        ("a page that does nothing", "/health/live"),
        ("the country by province", "/qt/dot/thu/tien-do"),
        ("a province by commune", "/qt/dot/thu/tien-do/01"),
        ("a commune by interviewer", commune.as_str()),
        ("the work list", "/qt"),
    ] {
        println!("board, {cases} cases, {what}: {}", told(repeat(&mut coordinator, place).await));
    }
    let mut counted = Vec::new();
    for _ in 0..20 {
        let begun = Instant::now();
        house
            .rows(
                "SELECT count(*)::text AS line FROM contact.invitation JOIN contact.field_case ON invitation_id = invitation.id
                 GROUP BY invitation.province_code, status, outcome, role, interviewer_id IS NOT NULL",
            )
            .await;
        counted.push(begun.elapsed());
    }
    println!("board, {cases} cases, the counting alone (with a connection each time): {}", told(counted));
}

async fn repeat(visitor: &mut Visitor, place: &str) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let begun = Instant::now();
        visitor.get(place).await.is(200);
        times.push(begun.elapsed());
    }
    times
}

fn told(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: usize| times.get((times.len() - 1) * share / 100).unwrap().as_secs_f64() * 1e3;
    format!("median {:.0} ms, p95 {:.0} ms", at(50), at(95))
}
