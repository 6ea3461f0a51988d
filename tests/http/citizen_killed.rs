//! The server is killed in the middle of two thousand sendings: every acknowledged one is there, once, and the rest can be
//! sent again.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use e2e::House;
use server::app::{self, App, WorkerBeside};
use server::base::clock::Clock;
use server::base::text::Language;
use server::config::Config;
use server::responses::citizen::{Citizen, Met};
use server::responses::session::Session;
use survey_forms::SkipPolicy;
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
    (Server(child), address.unwrap())
}

/// A person whose answers wait to be sent: cookie and token of their session.
struct Ready {
    cookie: String,
    csrf: String,
    tag: Vec<u8>,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_has_stored_every_answer_it_acknowledged() {
    let house = House::start().await;
    let survey = house.small_survey(20, PERSONS / 20).await;
    let wave = house.app.keys.wave(survey.campaign).unwrap().unwrap();
    let mut ready = Vec::new();
    for person in &survey.people {
        let session =
            Session { code: person.code.clone(), campaign: survey.campaign, seen: house.app.clock.now(), sent: None };
        let Met::Citizen(mut citizen) = Citizen::meet(&house.app, session.clone()).await.unwrap() else {
            panic!("an open campaign")
        };
        citizen.agree(&house.app, Language::Vietnamese).await.unwrap();
        citizen.give(&house.app, "mot", &[("q1".to_owned(), "2".to_owned())], SkipPolicy::Warn).await.unwrap();
        ready.push(Arc::new(Ready {
            cookie: format!("phien={}", session.sealed(&house.app).unwrap()),
            csrf: session.csrf(&house.app).unwrap(),
            tag: person.code.tag(&wave).unwrap().to_vec(),
        }));
    }

    let (mut first, address) = start(&house);
    let (acknowledged, mut acknowledgements) = mpsc::unbounded_channel();
    let mut sending = JoinSet::new();
    for lane in 0..AT_ONCE {
        let (lane, address, told) = (
            ready.iter().skip(lane).step_by(AT_ONCE).cloned().collect::<Vec<_>>(),
            address.clone(),
            acknowledged.clone(),
        );
        sending.spawn(async move {
            let mut sent = Vec::new();
            for person in lane {
                if send(&address, &person).await {
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
    first.kill();
    let told: Vec<Arc<Ready>> = sending.join_all().await.into_iter().flatten().collect();
    assert!(told.len() < PERSONS, "it was killed in the middle");
    let stored = house.rows("SELECT encode(tag, 'hex') AS line FROM answers.inbox").await;
    for person in &told {
        assert!(stored.contains(&server::base::seal::hex(&person.tag)), "an acknowledged answer is lost");
    }
    println!("killed after {} acknowledgements of {PERSONS}; {} rows stood", told.len(), stored.len());

    // Everybody sends again: who was told already is told the same.
    let (mut second, address) = start(&house);
    for person in &ready {
        assert!(send(&address, person).await);
    }
    second.kill();
    assert_eq!(house.count("answers.inbox").await, i64::try_from(PERSONS).unwrap());
    assert_eq!(house.count("answers.draft").await, 0);
}

/// True when the server said that it has the answers.
async fn send(address: &str, person: &Ready) -> bool {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = client
        .post(format!("http://{address}/khao-sat/gui"))
        .header("cookie", &person.cookie)
        .form(&[("csrf", &person.csrf)]);
    match request.send().await {
        Ok(response) => response.headers().get("location").is_some_and(|place| place == "/khao-sat/xong"),
        Err(_killed) => false,
    }
}
