//! The server, and then the database, is killed in the middle of two thousand sendings: every acknowledged one is there,
//! once, and the rest can be sent again.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use e2e::{Cluster, House, Ready, one_hop};
use server::app::{self, App, WorkerBeside};
use server::base::clock::Clock;
use server::config::Config;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

const PERSONS: usize = 2_000;
const AT_ONCE: usize = 32;
/// The variable that makes [`second_process`] serve instead of passing at once.
const SERVE: &str = "SIPAS_TEST_SECOND_PROCESS";
const ADDRESS: &str = "second process at ";

/// This test binary once more, as the server that is killed; a plain run of it does nothing.
#[tokio::test(flavor = "multi_thread")]
async fn second_process() {
    let Ok(time) = std::env::var(SERVE) else { return };
    let config = Config::read(None, std::env::vars()).unwrap();
    let app = App::open(config, Clock::held_at(time.parse().unwrap())).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let running = app::serve(&app, listener, WorkerBeside::No).unwrap();
    println!("\n{ADDRESS}{}", running.address);
    std::future::pending::<()>().await;
}

/// Never outlives its test.
struct Server(Child);

impl Server {
    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone_already = self.0.kill();
    }
}

fn start(house: &House) -> (Server, String) {
    let config = &house.app.config;
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "citizen_killed::second_process", "--nocapture"])
        .env(SERVE, house.app.clock.now().to_rfc3339())
        .env("DATABASE_URL", &config.database.contact_url)
        .env("SIPAS_FILES_KEYS", &config.files.keys)
        .env("SIPAS_FILES_EXPORTS", &config.files.exports)
        .env("SIPAS_FILES_LETTERS", &config.files.letters)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.map_while(Result::ok).find_map(|line| line.strip_prefix(ADDRESS).map(str::to_owned));
    (Server(child), format!("http://{}", address.unwrap()))
}

/// Everybody sends, [`AT_ONCE`] at a time, and `kill` comes after a third of the acknowledgements. Returns who was told.
async fn send_and_kill(address: String, ready: &[Arc<Ready>], kill: impl AsyncFnOnce()) -> Vec<Arc<Ready>> {
    let (acknowledged, mut acknowledgements) = mpsc::unbounded_channel();
    let mut sending = JoinSet::new();
    for lane in 0..AT_ONCE {
        let lane: Vec<_> = ready.iter().skip(lane).step_by(AT_ONCE).cloned().collect();
        let (address, told, client) = (address.clone(), acknowledged.clone(), one_hop());
        sending.spawn(async move {
            let mut sent = Vec::new();
            for person in lane {
                if person.send(&client, &address).await {
                    told.send(()).unwrap();
                    sent.push(person);
                }
            }
            sent
        });
    }
    for _ in 0..PERSONS / 3 {
        acknowledgements.recv().await.unwrap();
    }
    kill().await;
    sending.join_all().await.into_iter().flatten().collect()
}

/// Each of those who were told has a row.
#[expect(clippy::print_stdout, reason = "how many it was is worth reading")]
async fn nothing_is_lost(house: &House, told: &[Arc<Ready>]) {
    assert!(told.len() < PERSONS, "it was killed in the middle");
    let stored: BTreeSet<_> =
        house.rows("SELECT encode(tag, 'hex') AS line FROM answers.inbox").await.into_iter().collect();
    for person in told {
        assert!(stored.contains(&server::base::seal::hex(&person.tag)), "an acknowledged answer is lost");
    }
    println!("killed after {} acknowledgements of {PERSONS}; {} rows stood", told.len(), stored.len());
}

/// Everybody sends again: who was told already is told the same, and no row is there twice.
async fn everybody_can_send_again(house: &House, address: &str, ready: &[Arc<Ready>]) {
    let client = one_hop();
    for person in ready {
        assert!(person.send(&client, address).await);
    }
    assert_eq!(house.count("answers.inbox").await, i64::try_from(PERSONS).unwrap());
    assert_eq!(house.count("answers.draft").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_has_stored_every_answer_it_acknowledged() {
    let house = House::start().await;
    let ready = house.ready_to_send(PERSONS).await;
    let (mut first, address) = start(&house);
    let told = send_and_kill(address, &ready, async || first.kill()).await;
    nothing_is_lost(&house, &told).await;
    let (_second, address) = start(&house);
    everybody_can_send_again(&house, &address, &ready).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_database_has_stored_every_answer_it_acknowledged() {
    let Some(cluster) = Cluster::durable() else { return println!("DATABASE_URL is used: not ours to kill") };
    let house = House::on(cluster, e2e::morning(), &[]).await;
    let ready = house.ready_to_send(PERSONS).await;
    let address = house.address("");
    let told = send_and_kill(address.clone(), &ready, async || cluster.kill().await).await;
    house.visitor().get("/ma").await.is(503).shows("Câu trả lời đã lưu vẫn còn");
    house.visitor().get("/health/ready").await.is(503);
    let _again = cluster.restart();
    nothing_is_lost(&house, &told).await;
    // The same server goes on, without a restart of its own.
    everybody_can_send_again(&house, &address, &ready).await;
}
