//! A table made on demand, over HTTP, against the shares of the same table (no error, nothing protected) by one statement of Postgres.

use std::time::{Duration, Instant};

use e2e::{Cluster, House, Visitor, morning};
use server::campaigns::Campaign;
use server::results;
use server::staff::Role;

use crate::columns::answered;

const ROUNDS: usize = 7;
const DIFFERENT: usize = 500;
const PROVINCES: usize = 34;
const COMMUNES: usize = 20;

pub(crate) async fn measure(cluster: &'static Cluster, persons: usize) {
    let house = House::on(cluster, morning(), &[]).await;
    let campaign = house.campaign("crosstabs").await;
    fill(&house, &campaign, persons).await;
    results::request(&house.app, &house.actor, &campaign).await.unwrap();
    house.work().await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let address = "/pt/ket-qua/crosstabs/bang-cheo";
    let first = timed(&mut analyst, &format!("{address}?hang=a1&cot=a3")).await;
    println!("crosstabs, {persons} responses: the first table, frame and all, {:.0} ms", milliseconds(first));
    for (name, query) in [
        ("five answers by province", "hang=q9_31&cot=_province"),
        ("five answers by province, without weights", "hang=q9_31&cot=_province&trong-so=khong"),
        ("seven answers by education, of one province", "hang=a5&cot=a3&loc=_province%3A01"),
        ("the overall index (39 items) by province", "hang=overall&do=M&cot=_province"),
        ("34 provinces by occupation", "hang=_province&cot=a5"),
    ] {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(timed(&mut analyst, &format!("{address}?{query}")).await);
        }
        println!("crosstabs, {name}: {:.0} ms", milliseconds(median(times)));
    }
    let statement = format!(
        "WITH counted AS (SELECT province_code, answers ->> 'q9_31' AS answer, sum(weight) AS weight FROM answers.response
         JOIN answers.sampling_unit USING (campaign_id, psu) WHERE campaign_id = '{}' GROUP BY 1, 2)
         SELECT concat_ws(' ', province_code, answer, weight / sum(weight) OVER (PARTITION BY province_code)) AS line FROM counted",
        campaign.id
    );
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(timed(&mut analyst, &format!("{address}?hang=q9_31&cot=_province")).await);
        let begun = Instant::now();
        assert!(house.rows(&statement).await.len() > PROVINCES);
        theirs.push(begun.elapsed());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
    println!("crosstabs: Postgres {:.0} ms, ours {:.0} ms, ratio {ratio:.2}", milliseconds(theirs), milliseconds(ours));
}

async fn timed(analyst: &mut Visitor, address: &str) -> Duration {
    let begun = Instant::now();
    analyst.get(address).await.is(200).shows("<table");
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap()
}

fn milliseconds(time: Duration) -> f64 {
    1_000.0 * time.as_secs_f64()
}

/// Whole forms answered by chance, in communes of all provinces.
async fn fill(house: &House, campaign: &Campaign, persons: usize) {
    let form = campaign.form(&house.app).await.unwrap();
    let answers: Vec<String> = (0..DIFFERENT).map(|_| format!("('{}')", answered(&form))).collect();
    let provinces: Vec<String> =
        server::places::provinces().iter().map(|province| format!("'{}'", province.code)).collect();
    let (id, communes) = (campaign.id, PROVINCES * COMMUNES);
    house
        .execute(&format!(
            "CREATE SCHEMA load; CREATE TABLE load.answer (n serial, answers jsonb);
             INSERT INTO load.answer (answers) VALUES {};
             INSERT INTO answers.sampling_unit SELECT '{id}', 'psu-' || n, province || '-urban', province, 'urban', 1 + n % 7, 300
             FROM generate_series(0, {communes} - 1) n, LATERAL (SELECT (ARRAY[{}])[1 + n % {PROVINCES}] AS province) place;
             INSERT INTO answers.response SELECT gen_random_uuid(), '{id}', 'psu-' || p % {communes}, 'web', answers
             FROM generate_series(1, {persons}) p JOIN load.answer ON n = 1 + (p / {communes} * 7 + p) % {DIFFERENT}",
            answers.join(", "),
            provinces.join(", ")
        ))
        .await;
    house.execute("VACUUM ANALYZE answers.response").await;
}
