//! The public's pages of a released edition: how many a second on one core and how late the last of a hundred is, beside a page that
//! does nothing, alone and while people answer.

use std::time::{Duration, Instant};

use e2e::{Cluster, House, morning};
use server::audit::Actor;
use server::base::seal::hex;
use server::editions::{self, Reason};
use server::{campaigns, places, results};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::send_all;

const CONNECTIONS: usize = 32;
const LASTS: Duration = Duration::from_secs(5);
/// What a phone's browser sends.
const HEADERS: &str = "host: sipas\r\naccept-encoding: gzip\r\naccept: text/html\r\n\r\n";

pub(crate) async fn measure(cluster: &'static Cluster) {
    let settings = [("SIPAS_WEB_WORKERS", "1".to_owned())];
    let house = House::on(cluster, morning(), &settings).await;
    publish(&house).await;
    let pages = ["/health/live", "/", "/tinh/da-nang", "/ban-do", "/ban-do.csv", "/en/xu-huong", "/xu-huong.png"];
    for page in pages {
        told(page, repeat(&house, page, LASTS).await);
    }
    let ready = house.ready_to_send(6_000).await;
    let address = house.address("");
    let field = async {
        let sent = send_all(&address, &ready).await;
        println!("public: meanwhile {sent:.0} answers a second were taken");
    };
    let readers = async {
        for page in ["/health/live", "/", "/tinh/da-nang"] {
            told(&format!("{page}, while people answer"), repeat(&house, page, LASTS).await);
        }
    };
    tokio::join!(field, readers);
}

/// A closed survey of 34 provinces, computed, frozen, approved and released.
async fn publish(house: &House) {
    places::load(&house.app, &house.actor).await.unwrap();
    let id = house.campaign("sipas-2026").await.id;
    house
        .execute(&format!(
            "INSERT INTO answers.sampling_unit
             SELECT '{id}', 'psu-' || code || '-' || psu, code || '-urban', code, 'urban', 1 + psu, 10
             FROM office.place, generate_series(1, 4) AS psu
             WHERE level = 'province' AND valid_until = '9999-12-31';
             INSERT INTO answers.response
             SELECT gen_random_uuid(), '{id}', psu, 'web', answers FROM answers.sampling_unit, generate_series(1, 25) AS person,
                    LATERAL (SELECT jsonb_object_agg('q9_' || lpad(item::text, 2, '0'), 1 + (hashtext(psu || person || item) & 255) * 5 / 256)
                             AS answers FROM generate_series(1, 39) AS item) AS answered
             WHERE campaign_id = '{id}' AND psu LIKE 'psu-%-_';
             UPDATE office.campaign SET state = 'closed' WHERE id = '{id}'"
        ))
        .await;
    let campaign = campaigns::find(&house.app, id).await.unwrap();
    results::request(&house.app, &house.actor, &campaign).await.unwrap();
    house.work().await;
    editions::freeze(&house.app, &house.actor, &campaign, Reason::default()).await.unwrap();
    house.work().await;
    let edition = editions::find(&house.app, &campaign, 1).await.unwrap();
    editions::approve(&house.app, &house.actor, &campaign, &edition, &hex(&edition.digest)).await.unwrap();
    let edition = editions::find(&house.app, &campaign, 1).await.unwrap();
    editions::release(&house.app, &Actor::System("other"), &campaign, &edition, None).await.unwrap();
}

/// The times of all answers, from connections that stay open, each with one question at a time.
async fn repeat(house: &House, page: &str, lasts: Duration) -> (Vec<Duration>, Duration, usize) {
    let begun = Instant::now();
    let address = house.address("").trim_start_matches("http://").to_owned();
    let request = format!("GET {page} HTTP/1.1\r\n{HEADERS}");
    let mut connections = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (address, request) = (address.clone(), request.clone());
        connections.spawn(async move {
            let mut stream = TcpStream::connect(&address).await.unwrap();
            let (mut times, mut buffer, mut bytes) = (Vec::new(), vec![0; 1 << 20], 0);
            while begun.elapsed() < lasts {
                let asked = Instant::now();
                stream.write_all(request.as_bytes()).await.unwrap();
                bytes = answer(&mut stream, &mut buffer).await;
                times.push(asked.elapsed());
            }
            (times, bytes)
        });
    }
    let (mut times, mut bytes) = (Vec::new(), 0);
    while let Some(done) = connections.join_next().await {
        let (of_one, read) = done.unwrap();
        times.extend(of_one);
        bytes = read;
    }
    (times, begun.elapsed(), bytes)
}

/// One answer, read to its end; how many bytes it had.
async fn answer(stream: &mut TcpStream, buffer: &mut [u8]) -> usize {
    let mut read = 0;
    loop {
        let more = stream.read(buffer.get_mut(read..).unwrap()).await.unwrap();
        assert!(more > 0, "the server hung up");
        read += more;
        let so_far = buffer.get(..read).unwrap();
        let Some(head) = so_far.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let text = std::str::from_utf8(so_far.get(..head).unwrap()).unwrap();
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
        let whole = match length {
            Some(length) => read >= head + 4 + length.parse::<usize>().unwrap(),
            None => so_far.ends_with(b"\r\n0\r\n\r\n"),
        };
        if whole {
            return read;
        }
    }
}

fn told(page: &str, (mut times, spent, bytes): (Vec<Duration>, Duration, usize)) {
    times.sort();
    let at = |share: usize| times.get((times.len() - 1) * share / 100).unwrap().as_secs_f64() * 1e3;
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let rate = times.len() as f64 / spent.as_secs_f64();
    println!("public: {page}: {rate:.0}/s, median {:.1} ms, p99 {:.1} ms, {bytes} bytes", at(50), at(99));
}
