//! How fast a list is checked and kept, against `COPY` of the same file into an equal table, and how much memory it takes.

use std::fs::{self, File};
use std::io::BufWriter;
use std::process::Command;
use std::time::{Duration, Instant};

use e2e::{Cluster, House, morning};
use server::frames::synthetic::{self, Size};
use server::frames::{self, Verdict};

pub(crate) async fn measure(cluster: &'static Cluster, persons: u64) {
    let house = House::on(cluster, morning(), &[]).await;
    let campaign = house.campaign("danh-sach").await;
    let path = house.directory().join("list.csv");
    // Some 23 communes of 8 villages in each of 34 provinces.
    let adults = (persons / (34 * 23 * 8)).max(1);
    let size =
        Size { communes_per_province: 22..=24, villages_per_commune: 7..=9, adults_per_village: adults..=adults };
    let persons = synthetic::write("2026", &size, BufWriter::new(File::create(&path).unwrap())).unwrap();
    let bytes = fs::metadata(&path).unwrap().len();
    println!("lists: {persons} persons, {} MB", bytes >> 20);

    let begun = Instant::now();
    fs::read(&path).unwrap();
    println!("lists: read once in {:.1} s", begun.elapsed().as_secs_f64());

    house.execute("CREATE SCHEMA IF NOT EXISTS load; CREATE TABLE load.person (person text PRIMARY KEY, province text, commune text, area text, village text, commune_name text, village_name text, household text, name text, address text, phone text, email text)").await;
    let copied = copy(cluster, house.database(), &path);

    fs::write("/proc/self/clear_refs", "5").ok();
    let before = memory("VmRSS:");
    let begun = Instant::now();
    let file = File::open(&path).unwrap();
    let verdict = frames::import(&house.app, &house.actor, &campaign, "list.csv", file, true).await.expect("a verdict");
    let ours = begun.elapsed();
    assert!(matches!(verdict, Verdict::Imported(_)), "the list is sound");
    println!(
        "lists: checked and kept in {:.1} s, COPY in {:.1} s, ratio {:.2}; memory at most {} MB, {before} MB before",
        ours.as_secs_f64(),
        copied.as_secs_f64(),
        ours.as_secs_f64() / copied.as_secs_f64(),
        memory("VmHWM:")
    );
}

fn copy(cluster: &Cluster, database: &str, path: &std::path::Path) -> Duration {
    let own = cluster.own().expect("a cluster of our own");
    let begun = Instant::now();
    let output = Command::new(own.binaries().join("psql"))
        .args(["--username=sipas", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--command"])
        .arg(format!("\\copy load.person from '{}' csv header", path.display()))
        .arg(database)
        .env("PGHOST", own.data())
        .output()
        .expect("psql runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    begun.elapsed()
}

/// Of this program, in MB.
fn memory(field: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or_default() / 1024
}
