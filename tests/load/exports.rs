//! Single answers of a large survey as files: from asking to the file on the disk, the memory that takes, and how long a download waits for its
//! first byte; each format beside the standard CSV.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use e2e::{Cluster, House, morning, tiny_form};
use server::campaigns::{self, Campaign};
use server::jobs::{ExportContents, ExportFormat, worker};
use server::results;
use server::staff::Role;
use survey_forms::Source;

/// With those of the design, 510 columns.
const QUESTIONS: usize = 504;
const COMMUNES: usize = 3_000;
/// Different sets of answers; a response is one of them.
const DIFFERENT: usize = 500;

pub(crate) async fn measure(cluster: &'static Cluster, persons: usize) {
    let house = House::on(cluster, morning(), &[]).await;
    let begun = Instant::now();
    let campaign = fill(&house, persons).await;
    println!("exports: {persons} responses to {QUESTIONS} questions put there in {:.0} s", seconds(begun));
    let begun = Instant::now();
    results::request(&house.app, &house.actor, &campaign).await.unwrap();
    while worker::run_next(&house.app).await.unwrap() {}
    println!("exports: figures computed in {:.1} s", seconds(begun));
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt").await.is(200);
    let mut standard = None;
    for (contents, format) in [
        (ExportContents::Full, ExportFormat::Csv),
        (ExportContents::Full, ExportFormat::CsvExcel),
        (ExportContents::Full, ExportFormat::Parquet),
        (ExportContents::Full, ExportFormat::SavVi),
        (ExportContents::Full, ExportFormat::Dta),
        (ExportContents::Full, ExportFormat::R),
        (ExportContents::Safe, ExportFormat::Csv),
    ] {
        let before = memory("VmRSS");
        // The peak begins anew.
        fs::write("/proc/self/clear_refs", "5").unwrap();
        let begun = Instant::now();
        let fields = [("gi", contents.name()), ("dang", format.name())];
        analyst.post(&format!("/pt/ket-qua/{}/xuat", campaign.slug), &fields).await.is(200);
        assert!(worker::run_next(&house.app).await.unwrap());
        let took = seconds(begun);
        let peak = memory("VmHWM") - before;
        let file = server::exports::list(&house.app).await.unwrap().remove(0);
        assert_eq!(
            (file.contents.as_str(), file.format.as_str()),
            (contents.name(), format.name()),
            "the file is there"
        );
        let (first, bytes) = analyst.first_byte(&format!("/pt/tep/{}", file.id)).await;
        assert_eq!(i64::try_from(bytes).unwrap(), file.bytes);
        println!(
            "exports, {} as {}: {took:.1} s, {:.2} of the standard CSV, {:.1} MB, {peak:.0} MB more memory at most; first byte of the download after {:.0} ms",
            contents.name(),
            format.name(),
            took / *standard.get_or_insert(took),
            megabytes(bytes),
            first.as_secs_f64() * 1e3
        );
    }
}

/// A closed survey of one large grid, answered by chance.
async fn fill(house: &House, persons: usize) -> Campaign {
    let survey = house.survey_in_preparation(&form(), 0, 0).await;
    let id = survey.campaign;
    house
        .execute(&format!(
            "CREATE SCHEMA load; SELECT setseed(0.5);
             CREATE TABLE load.answer AS SELECT n, (SELECT jsonb_object_agg('i' || lpad(item::text, 3, '0'), 1 + floor(random() * 5 + n * 0)::int)
                 FROM generate_series(1, {QUESTIONS}) item) AS answers FROM generate_series(1, {DIFFERENT}) n;
             INSERT INTO answers.sampling_unit SELECT '{id}', 'psu-' || n, province || '-urban', province, 'urban', 1 + n % 7, {persons} / {COMMUNES} + 1
             FROM (SELECT n, (ARRAY['01', '48', '79'])[1 + n % 3] AS province FROM generate_series(0, {COMMUNES} - 1) n) unit;
             INSERT INTO answers.response SELECT gen_random_uuid(), '{id}', 'psu-' || p % {COMMUNES}, 'web', answers
             FROM generate_series(1, {persons}) p JOIN load.answer ON n = 1 + (p / {COMMUNES} * 7 + p) % {DIFFERENT};
             UPDATE office.campaign SET state = 'closed' WHERE id = '{id}'"
        ))
        .await;
    house.execute("VACUUM ANALYZE answers.response").await;
    house.app.keys.destroy_wave(id).unwrap();
    campaigns::find(&house.app, id).await.unwrap()
}

fn form() -> Source {
    let mut definition =
        "method = \"load\"\nlanguages = [\"vi\"]\nsections = [\"one\"]\n[scales]\nlevel = [1, 2, 3, 4, 5]\n".to_owned();
    let mut words =
        "title = \"Phiếu dài\"\n[ways_out]\nskipped = \"Bỏ qua\"\n[sections]\none = \"Phần một\"\n[scales.level]\n"
            .to_owned();
    for (level, label) in
        ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"].iter().enumerate()
    {
        _ = writeln!(words, "{} = \"{label}\"", level + 1);
    }
    let items: Vec<String> = (1..=QUESTIONS).map(|item| format!("i{item:03}")).collect();
    _ = writeln!(words, "[questions.q]\nstem = \"Ông/Bà hài lòng đến mức nào?\"\n[items]");
    for item in &items {
        _ = writeln!(words, "{item} = \"Việc phục vụ người dân thứ {item} ở nơi Ông/Bà sống\"");
    }
    words.push_str("[indicators]\noverall = \"Hài lòng chung\"\n[pages]\n");
    for (page, shown) in items.chunks(6).enumerate() {
        let (first, last) = (shown.first().unwrap(), shown.last().unwrap());
        _ = writeln!(definition, "[[pages]]\ncode = \"p{page}\"\nsection = \"one\"\nshow = [\"{first}..{last}\"]");
        _ = writeln!(words, "p{page} = \"Trang {page}\"");
    }
    _ = writeln!(definition, "[[questions]]\ncode = \"q\"\nkind = \"grid\"\nscale = \"level\"\nitems = [");
    for item in &items {
        _ = writeln!(definition, "  {{ code = \"{item}\" }},");
    }
    _ = writeln!(definition, "]\n[indicators]\noverall = {items:?}");
    tiny_form("phieu-dai", &definition, &words)
}

/// Megabytes of a line of this process's state.
fn memory(line: &str) -> f64 {
    let state = fs::read_to_string("/proc/self/status").unwrap();
    let told = state.lines().find_map(|told| told.strip_prefix(line)?.strip_prefix(':')).unwrap();
    told.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1e3
}

fn seconds(begun: Instant) -> f64 {
    Duration::as_secs_f64(&begun.elapsed())
}

#[expect(clippy::cast_precision_loss, reason = "a count of bytes")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
