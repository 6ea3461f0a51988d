//! How many answers a second are stored for good, against `pgbench` doing the same insert on the same Postgres in turn; and how
//! fast a page of questions is, against a page that does nothing; alone and at the pace of a busy day.
//!
//! `cargo bench --package e2e --bench load [-- PERSONS]`; `-- lists [PERSONS]` measures the import of a list alone, `-- letters` the
//! letters of a whole survey, `-- board` the progress board, `-- columns [RESPONSES]` how fast responses come into columns,
//! `-- crosstabs [RESPONSES]` how fast an analyst's own table is, `-- exports [RESPONSES]` files of single answers, `-- public` the pages of
//! a released edition.

#![expect(clippy::print_stdout, reason = "a benchmark speaks to the person who runs it")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark stops at a surprise")]

mod board;
mod columns;
mod crosstabs;
mod exports;
mod letters;
mod lists;
mod nation;
mod public;
mod steady;

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use e2e::{Cluster, House, Ready, Visitor, morning, one_hop};
use reqwest::Method;
use tokio::task::JoinSet;

const CLIENTS: usize = 16;
const ROUNDS: usize = 3;

#[tokio::main]
async fn main() {
    let persons = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(9_000);
    let Some(cluster) = Cluster::durable() else {
        return println!("Unset DATABASE_URL: this needs a Postgres of its own.");
    };
    if std::env::args().any(|argument| argument == "lists") {
        let persons = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
        return lists::measure(cluster, persons).await;
    }
    if std::env::args().any(|argument| argument == "columns") {
        let persons = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(300_000);
        return columns::measure(cluster, persons).await;
    }
    if std::env::args().any(|argument| argument == "exports") {
        let persons = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(132_000);
        return exports::measure(cluster, persons).await;
    }
    if std::env::args().any(|argument| argument == "crosstabs") {
        let persons = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(36_525);
        return crosstabs::measure(cluster, persons).await;
    }
    if std::env::args().any(|argument| argument == "board") {
        return board::measure(cluster).await;
    }
    if std::env::args().any(|argument| argument == "public") {
        return public::measure(cluster).await;
    }
    letters::measure(cluster).await;
    if std::env::args().any(|argument| argument == "letters") {
        return;
    }
    board::measure(cluster).await;
    let settings = [("SIPAS_WEB_WORKERS", "2".to_owned()), ("SIPAS_DATABASE_CONNECTIONS", CLIENTS.to_string())];
    let house = House::on(cluster, morning(), &settings).await;
    submits(&house, cluster, persons).await;
    pages(&house).await;
    bytes(&house).await;
    steady::measure(cluster).await;
}

/// Rounds of sendings over HTTP and of pgbench, in turn, each with the same number of clients.
async fn submits(house: &House, cluster: &Cluster, persons: usize) {
    let ready = house.ready_to_send(persons).await;
    house
        .execute(
            "CREATE SCHEMA load; CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA load;
             CREATE TABLE load.inbox (LIKE answers.inbox INCLUDING ALL);
             CREATE TABLE load.body AS SELECT n, load.gen_random_bytes(1024) || load.gen_random_bytes(1024) || load.gen_random_bytes(1024)
                || load.gen_random_bytes(1024) AS sealed FROM generate_series(1, 200) n;
             ALTER TABLE load.body ADD PRIMARY KEY (n); ANALYZE load.body;",
        )
        .await;
    let mut ratios = Vec::new();
    for (round, people) in ready.chunks(persons.div_ceil(ROUNDS)).enumerate() {
        let ours = send_all(&house.address(""), people).await;
        let theirs = pgbench(cluster, house.database(), people.len());
        println!(
            "submits, round {}: {ours:.0}/s over HTTP, {theirs:.0}/s by pgbench, ratio {:.2}",
            round + 1,
            ours / theirs
        );
        ratios.push(ours / theirs);
    }
    ratios.sort_by(f64::total_cmp);
    println!("submits, {CLIENTS} clients: median ratio to pgbench {:.2}", ratios.get(ratios.len() / 2).unwrap());
    assert_eq!(house.count("answers.inbox").await, i64::try_from(persons).unwrap(), "every sending is one row");
}

async fn send_all(address: &str, people: &[Arc<Ready>]) -> f64 {
    let begun = Instant::now();
    let mut clients = JoinSet::new();
    for lane in 0..CLIENTS {
        let lane: Vec<_> = people.iter().skip(lane).step_by(CLIENTS).cloned().collect();
        let (client, address) = (one_hop(), address.to_owned());
        clients.spawn(async move {
            for person in lane {
                assert!(person.send(&client, &address).await, "a sending was not acknowledged");
            }
        });
    }
    clients.join_all().await;
    per_second(people.len(), begun.elapsed())
}

/// The inbox's insert with a body of the same size, and nothing else.
fn pgbench(cluster: &Cluster, database: &str, transactions: usize) -> f64 {
    const SCRIPT: &str = "\\set n random(1, 200)\n\
        INSERT INTO load.inbox SELECT load.gen_random_bytes(32), '00000000-0000-0000-0000-000000000000', 'psu', 1, load.gen_random_bytes(32), sealed \
        FROM load.body WHERE n = :n ON CONFLICT (tag) DO NOTHING;\n";
    let own = cluster.own().expect("a cluster of our own");
    let script =
        own.directory().parent().expect("a directory above").join(format!("sipas-load-{}.sql", std::process::id()));
    std::fs::write(&script, SCRIPT).unwrap();
    let output = Command::new(own.binaries().join("pgbench"))
        .args(["--no-vacuum", "--protocol=prepared", "--username=sipas", "--jobs=2"])
        .args([format!("--client={CLIENTS}"), format!("--transactions={}", transactions.div_ceil(CLIENTS))])
        .arg("--host")
        .arg(own.data())
        .arg("--file")
        .arg(&script)
        .arg(database)
        .output()
        .expect("pgbench runs");
    std::fs::remove_file(script).ok();
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| line.starts_with("tps = "));
    line.and_then(|line| line.split(' ').nth(2)?.parse().ok())
        .unwrap_or_else(|| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)))
}

/// The largest page of the built-in questionnaire, in the middle of an interview.
async fn pages(house: &House) {
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people.first().unwrap().code).await;
    let mut page = citizen.agree().await;
    for _ in 0..6 {
        page = citizen.answer(&page, e2e::first_choice).await;
    }
    for (what, place) in [("a page that does nothing", "/health/live"), ("a page of questions", page.place.as_str())] {
        let mut times = load(&citizen, place).await;
        times.sort();
        let at = |share: usize| times.get((times.len() - 1) * share / 100).unwrap().as_secs_f64() * 1e3;
        let total: Duration = times.iter().sum();
        println!(
            "{what}: {:.0} requests/s, median {:.1} ms, p99 {:.1} ms ({CLIENTS} clients)",
            per_second(times.len(), total / u32::try_from(CLIENTS).unwrap()),
            at(50),
            at(99)
        );
    }
}

async fn load(visitor: &Visitor, place: &str) -> Vec<Duration> {
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let (mut visitor, place) = (visitor.clone(), place.to_owned());
        clients.spawn(async move {
            let mut times = Vec::new();
            for _ in 0..200 {
                let begun = Instant::now();
                visitor.get(&place).await.is(200);
                times.push(begun.elapsed());
            }
            times
        });
    }
    clients.join_all().await.into_iter().flatten().collect()
}

/// What travels: gzipped bodies as a phone asks for them.
async fn bytes(house: &House) {
    let survey = house.survey(1, 1).await;
    let code = survey.people.first().unwrap().code.clone();
    let mut citizen = house.visitor();
    let first_view = weigh(&house.visitor(), &format!("/v/{}", code.digits())).await;
    citizen.enter(&code).await;
    let mut page = citizen.agree().await;
    let mut largest = 0;
    while page.place != "/khao-sat/kiem-tra" {
        largest = largest.max(weigh(&citizen, &page.place).await);
        page = citizen.answer(&page, e2e::first_choice).await;
    }
    println!("bytes, gzipped: first view {first_view} with its style, later pages at most {largest}");
}

async fn weigh(visitor: &Visitor, place: &str) -> usize {
    visitor.clone().request(Method::GET, place, |request| request.header("accept-encoding", "gzip")).await.bytes.len()
}

#[expect(clippy::cast_precision_loss, reason = "a count of requests")]
fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}
