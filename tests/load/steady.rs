//! A page of questions as people ask for it: not as fast as it can be had, but so many a second, whether or not the one before has
//! come; and what ten thousand people who paused cost the server.

use std::time::{Duration, Instant};

use e2e::{Cluster, House, Visitor, first_choice, morning};
use tokio::task::JoinSet;

const A_SECOND: u32 = 200;
/// The first are not counted: connections to the server and to the database are made then.
const WARMING_SECONDS: u32 = 3;
const SECONDS: u32 = 20;
const DRAFTS: usize = 10_000;
const CLIENTS: usize = 16;

/// One thread serves, so at most one core.
pub(crate) async fn measure(cluster: &'static Cluster) {
    let settings = [("SIPAS_WEB_WORKERS", "1".to_owned()), ("SIPAS_DATABASE_CONNECTIONS", CLIENTS.to_string())];
    let house = House::on(cluster, morning(), &settings).await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people.first().unwrap().code).await;
    let mut page = citizen.agree().await;
    for _ in 0..6 {
        page = citizen.answer(&page, first_choice).await;
    }
    for (what, place) in [("a page that does nothing", "/health/live"), ("a page of questions", page.place.as_str())] {
        let mut times = at_a_pace(&citizen, place).await;
        times.sort();
        let at = |share: usize| times.get((times.len() - 1) * share / 100).unwrap().as_secs_f64() * 1e3;
        println!("{what}, {A_SECOND} a second on one thread: median {:.1} ms, p99 {:.1} ms", at(50), at(99));
    }
    drafts(&house).await;
}

/// Each is timed from when it was due: waiting in line counts.
async fn at_a_pace(visitor: &Visitor, place: &str) -> Vec<Duration> {
    let begun = Instant::now();
    let mut requests = JoinSet::new();
    for number in 0..A_SECOND * (WARMING_SECONDS + SECONDS) {
        let due = begun + Duration::from_secs(1) * number / A_SECOND;
        tokio::time::sleep_until(due.into()).await;
        let (mut visitor, place) = (visitor.clone(), place.to_owned());
        requests.spawn(async move {
            visitor.get(&place).await.is(200);
            (number, due.elapsed())
        });
    }
    let counted = requests.join_all().await.into_iter().filter(|(number, _)| *number >= A_SECOND * WARMING_SECONDS);
    counted.map(|(_, time)| time).collect()
}

/// The server and its clients are one process here; what they hold after the first thousand is what they need to run.
async fn drafts(house: &House) {
    let survey = house.survey(100, DRAFTS / 100).await;
    let mut held = Vec::new();
    for people in survey.people.chunks(DRAFTS / 10) {
        let mut clients = JoinSet::new();
        for lane in 0..CLIENTS {
            let codes: Vec<_> = people.iter().skip(lane).step_by(CLIENTS).map(|person| person.code.clone()).collect();
            let address = house.address("");
            clients.spawn(async move {
                for code in codes {
                    let mut citizen = Visitor::new(address.clone());
                    citizen.enter(&code).await;
                    let page = citizen.agree().await;
                    citizen.answer(&page, first_choice).await.is(200);
                }
            });
        }
        clients.join_all().await;
        held.push(resident_megabytes());
    }
    let open = house.count("answers.draft").await;
    println!("memory with {open} open drafts, after each thousand: {held:?} MB");
}

fn resident_megabytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok()).unwrap_or_default() / 1024
}
