//! The letters of a whole survey into files: 36,720 of them, against writing as many bytes to the same disk.

use std::fs::{self, File};
use std::io::Write as _;
use std::time::Instant;

use e2e::{Cluster, House, morning};
use server::jobs::{Job, PrintRun, queue, worker};

use crate::nation;

pub(crate) async fn measure(cluster: &'static Cluster) {
    let house = House::on(cluster, morning(), &[]).await;
    let campaign = nation::issued(&house, "thu", 10).await;
    let provinces = house.rows("SELECT DISTINCT province_code AS line FROM contact.invitation").await;
    let languages = vec!["vi".to_owned(), "en".to_owned()];
    let run = PrintRun { campaign: campaign.id, run: uuid::Uuid::now_v7(), provinces, communes: Vec::new(), languages };
    let contact = &house.app.database.contact;
    contact
        .transaction("bench", async |transaction| {
            queue::enqueue(transaction, &house.app.clock, &Job::Letters(run.clone()), &house.actor).await
        })
        .await
        .unwrap();
    let begun = Instant::now();
    while worker::run_next(&house.app).await.unwrap() {}
    let took = begun.elapsed();
    let letters = house.rows("SELECT sum(letters)::text AS line FROM contact.letter_file").await;
    let files: Vec<_> = fs::read_dir(house.directory().join("letters")).unwrap().map(|it| it.unwrap().path()).collect();
    let pdfs: Vec<_> = files.iter().filter(|path| path.extension().is_some_and(|it| it == "pdf")).collect();
    let begun = Instant::now();
    let mut bytes = 0;
    for path in &pdfs {
        let content = fs::read(path).unwrap();
        bytes += content.len();
        let mut copy = File::create(path.with_extension("copy")).unwrap();
        copy.write_all(&content).unwrap();
        copy.sync_all().unwrap();
    }
    let floor = begun.elapsed();
    println!(
        "letters: {} in {} files, {} MB, in {:.1} s; written alone {:.1} s, ratio {:.0}; peak memory {}",
        letters.first().unwrap(),
        pdfs.len(),
        bytes / 1_000_000,
        took.as_secs_f64(),
        floor.as_secs_f64(),
        took.as_secs_f64() / floor.as_secs_f64(),
        peak(),
    );
}

/// Of this whole program so far.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap_or("unknown").trim().to_owned()
}
