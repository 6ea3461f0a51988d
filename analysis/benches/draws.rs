//! A sample of the size of 2024 from a nation: 36,525 persons of 25 million, in four stages.
//!
//! `cargo bench -p analysis --bench draws [persons]`. Bars: 20 s, 500 MB. Beside it runs what no draw can do without: hashing the
//! lines of the same frame once.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark measures time and says it")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

use std::fmt::Write as _;
use std::time::Instant;

use analysis::design::{Design, StageRule};
use analysis::draw::{Digest, Role, SelectionMethod, Stage, draw, list_digest};
use analysis::frame::{Area, FrameBuilder, Person};

const VILLAGE: u64 = 250;
const COMMUNE: u64 = 30 * VILLAGE;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let persons: u64 = asked.unwrap_or(25_000_000);
    // What the rows cost before anybody looks at them.
    each_row(persons, |person, household| {
        std::hint::black_box((person, household));
    });
    let making = processor_seconds();
    let start = Instant::now();
    let mut builder = FrameBuilder::default();
    each_row(persons, |person, household| builder.member(person, household));
    let read = start.elapsed().as_secs_f64();
    let frame = builder.finish().unwrap();
    let built = start.elapsed().as_secs_f64();
    let mut stages = Design::default().stages;
    stages.insert(2, StageRule { unit: Stage::Household, method: SelectionMethod::Systematic });
    let design = Design {
        name: "bench".into(),
        communes: 18,
        villages_per_commune: 3,
        households_per_village: 20,
        persons_per_household: 1,
        stages,
        ..Design::default()
    };
    let drawn = draw(&frame, &design, "seed").unwrap();
    let (whole, all) = (start.elapsed().as_secs_f64(), processor_seconds());
    let worked = all - 2.0 * making;
    let main = drawn.persons().filter(|unit| unit.role == Role::Main).count();
    println!(
        "{persons} persons read in {read:.1} s, sorted, checked and hashed by {built:.1} s, {main} drawn by {whole:.1} s"
    );
    println!(
        "{worked:.1} s of a processor (bar 20), besides {making:.1} s of making up the rows; most memory {} MB (bar 500)",
        most_memory()
    );
    println!("list {}", list_digest(&drawn.units));
    drop((frame, drawn));
    let start = Instant::now();
    let line = "33/rural/03333/00099999/083/000000000000\t1\n".repeat(250);
    for _ in 0..persons / 250 {
        std::hint::black_box(Digest::of(line.as_bytes()));
    }
    let (hashed, hashing) = (start.elapsed().as_secs_f64(), processor_seconds() - all);
    println!(
        "hashing as many lines alone: {hashed:.1} s, {hashing:.1} s of a processor; ratio {:.1}",
        worked / hashing
    );
}

/// A nation, row by row.
fn each_row(persons: u64, mut each: impl FnMut(Person<'_>, &str)) {
    let mut codes: [String; 5] = Default::default();
    for person in 0..persons {
        let [code, household, village, commune, province] = &mut codes;
        for text in [&mut *code, household] {
            text.clear();
        }
        if person.is_multiple_of(VILLAGE) {
            for text in [&mut *village, commune, province] {
                text.clear();
            }
            write!(province, "{:02}", person / COMMUNE % 34).unwrap();
            write!(commune, "{:05}", person / COMMUNE).unwrap();
            write!(village, "{:08}", person / VILLAGE).unwrap();
        }
        // Numbers of persons as in a register: in no order within the village.
        write!(code, "{:012}", person.wrapping_mul(2_654_435_761) % 1_000_000_000_000).unwrap();
        write!(household, "{:03}", person % VILLAGE / 3).unwrap();
        let area = if (person / COMMUNE).is_multiple_of(3) { Area::Urban } else { Area::Rural };
        each(Person { code, village, commune, area, province }, household);
    }
}

/// Of this process so far: on a machine with other work, what the clock says is somebody else's time.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    // User and system time, in hundredths on Linux.
    let ticks: f64 = after_name.split_whitespace().skip(11).take(2).filter_map(|part| part.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// Of this process so far, in MB.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}
