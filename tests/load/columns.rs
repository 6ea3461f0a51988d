//! Postgres → columns, against the same statement read and thrown away.

use std::time::{Duration, Instant};

use e2e::{Cluster, House, morning};
use server::base::chance;
use server::campaigns::Campaign;
use server::responses::store::copy as store;
use server::responses::{columns, copy};
use survey_forms::{Form, Unit, UnitKind};

const ROUNDS: usize = 5;
/// Different sets of answers; a response is one of them.
const DIFFERENT: usize = 500;
const COMMUNES: usize = 1_000;

pub(crate) async fn measure(cluster: &'static Cluster, persons: usize) {
    let house = House::on(cluster, morning(), &[]).await;
    let campaign = house.campaign("columns").await;
    fill(&house, &campaign, persons).await;
    let statement = store::all(campaign.id);
    let mut ratios = Vec::new();
    for round in 1..=ROUNDS {
        let begun = Instant::now();
        let mut bytes = 0;
        let count = |piece: &[u8]| {
            bytes += piece.len();
            Ok(())
        };
        house.app.database.answers.copy_out(&statement, count).await.unwrap();
        let raw = begun.elapsed();
        let begun = Instant::now();
        let rows = columns::read(&house.app, &campaign).await.unwrap();
        let ours = begun.elapsed();
        assert_eq!(rows.rows(), persons, "every response is a row");
        let ratio = raw.as_secs_f64() / ours.as_secs_f64();
        println!(
            "columns, round {round}: raw COPY {:.0} rows/s ({:.0} MB/s), into columns {:.0} rows/s, ratio {ratio:.2}",
            rate(persons, raw),
            rate(bytes, raw) / 1e6,
            rate(persons, ours)
        );
        ratios.push(ratio);
    }
    ratios.sort_by(f64::total_cmp);
    println!("columns, {persons} responses: median ratio to raw COPY {:.2}", ratios.get(ROUNDS / 2).unwrap());
    let begun = Instant::now();
    copy::rebuild(&house.app, &campaign).await.unwrap();
    let (made, size) = (begun.elapsed(), std::fs::metadata(copy::path(&house.app, &campaign)).unwrap().len());
    let begun = Instant::now();
    let form = campaign.form(&house.app).await.unwrap();
    let units: Vec<&str> = form.units().iter().filter(|unit| unit.choices().is_some()).map(Unit::code).collect();
    let read = copy::current(&house.app, &campaign).await.unwrap().columns(&units).unwrap();
    assert_eq!(read.rows(), persons);
    println!(
        "columns, the copy: made from the database in {:.2} s, {:.1} MB; checked and read in {:.2} s",
        made.as_secs_f64(),
        f64::from(u32::try_from(size).unwrap()) / 1e6,
        begun.elapsed().as_secs_f64()
    );
}

/// Whole forms of the built-in questionnaire, answered by chance.
async fn fill(house: &House, campaign: &Campaign, persons: usize) {
    let form = campaign.form(&house.app).await.unwrap();
    let answers: Vec<String> = (0..DIFFERENT).map(|_| format!("('{}')", answered(&form))).collect();
    let id = campaign.id;
    house
        .execute(&format!(
            "CREATE SCHEMA load; CREATE TABLE load.answer (n serial, answers jsonb);
             INSERT INTO load.answer (answers) VALUES {};
             INSERT INTO answers.sampling_unit SELECT '{id}', 'psu-' || n, '01-urban', '01', 'urban', 1 + n % 7, 300 FROM generate_series(0, {COMMUNES} - 1) n;
             INSERT INTO answers.response SELECT gen_random_uuid(), '{id}', 'psu-' || p % {COMMUNES}, 'web', answers
             FROM generate_series(1, {persons}) p JOIN load.answer ON n = 1 + (p / {COMMUNES} * 7 + p) % {DIFFERENT}",
            answers.join(", ")
        ))
        .await;
    house.execute("VACUUM ANALYZE answers.response").await;
}

pub(crate) fn answered(form: &Form) -> String {
    let any = |codes: &[u16]| {
        let [byte] = chance::secret_bytes::<1>().unwrap();
        *codes.get(usize::from(byte) % codes.len()).unwrap()
    };
    let answer = |kind: &UnitKind| match kind {
        UnitKind::One(choices) => Some(any(&choices.codes).to_string()),
        UnitKind::Many(choices) => Some(format!("[{}]", any(&choices.codes))),
        UnitKind::Quantity(_) => Some("{\"number\": \"12\"}".to_owned()),
        UnitKind::Text { .. } | UnitKind::WriteIn { .. } => None,
    };
    let units = form.units().iter().filter_map(|unit| Some(format!("\"{}\": {}", unit.code(), answer(unit.kind())?)));
    format!("{{{}}}", units.collect::<Vec<_>>().join(", "))
}

#[expect(clippy::cast_precision_loss, reason = "a count of rows or bytes")]
fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}
