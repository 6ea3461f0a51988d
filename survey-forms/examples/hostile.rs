//! What it costs to refuse a hostile questionnaire: seconds and the most memory, in a process for each case.
//!
//! `cargo run --release -p survey-forms --example hostile` names the cases, with a name behind it it runs one.
//! Bars: 2 s and 200 MB.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement reads the clock and the process")]
#![expect(clippy::unwrap_used, reason = "a measurement may stop at the first surprise")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::time::Instant;

use rust_xlsxwriter::Workbook;
use survey_forms::{Form, Source, SourceFile, xlsform};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

type Case = (&'static str, fn() -> Input);

const CASES: [Case; 16] = [
    ("definition of 10,000 questions", || definition(&questions(10_000))),
    ("list of 100,000 choices", || definition(&format!("{}[scales]\ns = {:?}\n", questions(1), vec![1; 100_000]))),
    ("label of 1 MB", || wording(&format!("title = \"{}\"\n", "ế".repeat(350_000)))),
    ("100,000 conditions", || definition(&format!("{}when = {{ all = [{}] }}\n", questions(1), leaves(100_000)))),
    ("50,000 conditions in less than 2 MB", || {
        definition(&format!("{}when = {{ all = [{}] }}\n", questions(1), leaves(50_000)))
    }),
    ("condition nested 10,000 deep", || definition(&format!("{}when = {}", questions(1), "{ not = ".repeat(10_000)))),
    ("key of 10,000 parts", || wording(&format!("{}a = 1\n", "a.".repeat(10_000)))),
    ("2 MB of keys nobody knows", || {
        wording(&(0..190_000).fold(String::new(), |text, key| text + &format!("k{key}=1\n")))
    }),
    ("indicators hanging from each other", || {
        let chain = (0..10_000).fold(String::new(), |text, code| text + &format!("i{code} = [\"i{}\"]\n", code + 1));
        definition(&format!("{}[indicators]\n{chain}", questions(1)))
    }),
    ("workbook of 9,000 questions", || workbook(&vec![["integer", "q", "Q", ""]; 9_000], 1)),
    ("workbook of 100,000 choices", || workbook(&[["select_one l", "q", "Q", ""]], 100_000)),
    ("workbook with a label of 30,000 letters", || workbook(&[["text", "q", &"ế".repeat(30_000), ""]], 1)),
    ("workbook of 10,000 nested groups", || workbook(&vec![["begin_group", "g", "G", ""]; 9_990], 1)),
    ("workbook of 350,000 conditions", || {
        let condition = vec!["${q1} = 1"; 700].join(" and ");
        workbook(&vec![["integer", "q", "Q", &condition]; 500], 1)
    }),
    ("sheet of 100 MB", || packed("xl/worksheets/sheet1.xml", 100)),
    ("1 GB of zeros", || packed("xl/media/zeros.bin", 1_000)),
];

enum Input {
    Texts(Source),
    Workbook(Vec<u8>),
}

fn main() {
    let Some(wanted) = std::env::args().nth(1) else {
        for (name, _) in CASES {
            println!("{name}");
        }
        return;
    };
    let input = CASES.iter().find(|(name, _)| *name == wanted).map(|(_, make)| make()).unwrap();
    // From here on the most memory is counted anew.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = peak();
    let start = Instant::now();
    let refused = match input {
        Input::Texts(source) => Form::parse(&source).unwrap_err().first().unwrap().to_string(),
        Input::Workbook(bytes) => xlsform::import(&bytes, "x").unwrap_err().first().unwrap().to_string(),
    };
    let seconds = start.elapsed().as_secs_f64();
    let told: String = refused.chars().take(100).collect();
    println!("{wanted}: {seconds:.2} s, {} MB beside the input's {before} MB: {told}", peak().saturating_sub(before));
}

/// The most memory so far, in megabytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

fn definition(text: &str) -> Input {
    texts(text, "title = \"T\"\n")
}

fn wording(text: &str) -> Input {
    texts(&questions(1), text)
}

fn texts(definition: &str, wording: &str) -> Input {
    Input::Texts(Source {
        code: "hostile".to_owned(),
        definition: SourceFile::new("form.toml", definition),
        wordings: vec![("vi".to_owned(), SourceFile::new("vi.toml", wording))],
    })
}

fn questions(count: usize) -> String {
    let mut text = "method = \"m\"\nlanguages = [\"vi\"]\nsections = [\"s\"]\n".to_owned();
    for number in 0..count {
        writeln!(text, "[[pages]]\ncode = \"p{number}\"\nsection = \"s\"\nshow = [\"q{number}\"]").unwrap();
        writeln!(text, "[[questions]]\ncode = \"q{number}\"\nkind = \"note\"").unwrap();
    }
    text
}

fn leaves(count: usize) -> String {
    vec!["{ unit = \"q0\", is = 1 }"; count].join(",")
}

/// Rows of type, name, label and condition, each name with its number; and so many choices, ten thousand in a row.
fn workbook(rows: &[[&str; 4]], choices: u32) -> Input {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("survey").unwrap();
    for (column, header) in (0..).zip(["type", "name", "label", "relevant"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for (row, [kind, name, label, condition]) in (1..).zip(rows) {
        let name = format!("{name}{row}");
        for (column, text) in (0..).zip([*kind, &name, label, condition]) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    let sheet = workbook.add_worksheet().set_name("choices").unwrap();
    for (column, header) in (0..).zip(["list_name", "name", "label"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for row in 1..=choices {
        sheet.write_string(row, 0, "l").unwrap();
        sheet.write_number(row, 1, row).unwrap();
        sheet.write_string(row, 2, "L").unwrap();
    }
    Input::Workbook(workbook.save_to_buffer().unwrap())
}

/// An archive with one part of so many megabytes of zeros.
fn packed(part: &str, megabytes: usize) -> Input {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(part, SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1_000_000];
    (0..megabytes).for_each(|_| archive.write_all(&zeros).unwrap());
    Input::Workbook(archive.finish().unwrap().into_inner())
}
