//! The command line, run as another process.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use e2e::House;
use server::base::postgres::{Keep, PrivatePostgres};
use server::base::scratch::Scratch;

/// The variables that make [`second_process`] do something instead of passing at once.
const ARGUMENTS: &str = "SIPAS_TEST_ARGUMENTS";
const LAUNCH: &str = "SIPAS_TEST_LAUNCH";

/// This test binary once more, as the program itself; a plain run of it does nothing.
#[test]
fn second_process() {
    if let Ok(arguments) = std::env::var(ARGUMENTS) {
        let code = server::command::run(std::iter::once("sipas").chain(arguments.split('\t')).map(Into::into));
        std::process::exit(i32::from(code != std::process::ExitCode::SUCCESS));
    }
    if std::env::var(LAUNCH).is_ok() {
        let postgres = PrivatePostgres::throw_away(Keep::Nothing).unwrap();
        println!("\nstarted {}", postgres.directory().display());
        std::thread::sleep(Duration::from_mins(10));
    }
}

fn itself() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "command::second_process", "--nocapture"]).env_remove("DATABASE_URL");
    command
}

pub(crate) fn sipas(arguments: &[&str], environment: &[(&str, &str)]) -> (bool, String) {
    let Output { status, stdout, stderr } =
        itself().env(ARGUMENTS, arguments.join("\t")).envs(environment.iter().copied()).output().unwrap();
    (status.success(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
}

fn forms() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("survey-forms/forms/sipas-2026")
}

#[test]
fn a_questionnaire_goes_into_a_workbook_and_comes_back_with_its_codebook_beside() {
    let files = Scratch::new("test").unwrap();
    let path = |name: &str| files.path().join(name).to_str().unwrap().to_owned();
    let (well, told) = sipas(&["form", "export", "commune-service-point", &path("phieu.xlsx")], &[]);
    assert!(well, "{told}");
    let (well, told) = sipas(&["form", "import", &path("phieu.xlsx"), &path("phieu-moi")], &[]);
    assert!(well && told.contains("phieu-moi: 7 pages, 10 questions"), "{told}");
    let (well, told) = sipas(&["form", "check", &path("phieu-moi")], &[]);
    assert!(well && told.contains("languages vi, en"), "{told}");
    let (well, told) = sipas(&["form", "import", &path("phieu.xlsx"), &path("phieu-moi")], &[]);
    assert!(!well && told.contains("phieu-moi: "), "a directory that stands is left alone: {told}");
    for name in ["ma-hoa.csv", "ma-hoa.xml"] {
        assert!(sipas(&["form", "export", &path("phieu-moi"), &path(name)], &[]).0);
    }
    assert!(fs::read_to_string(path("ma-hoa.xml")).unwrap().contains("ddi:codebook:2_5"));
    fs::write(path("hong.xlsx"), "khong phai bang tinh").unwrap();
    let (well, told) = sipas(&["form", "import", &path("hong.xlsx"), &path("hong")], &[]);
    assert!(!well && told.contains("[no_workbook]"), "{told}");
    assert!(!files.path().join("hong").exists());
}

#[test]
fn a_questionnaire_is_printed_in_a_language_it_has() {
    let files = Scratch::new("test").unwrap();
    let paper = files.path().join("phieu.pdf");
    let (well, told) = sipas(&["form", "print", forms().to_str().unwrap(), "en", paper.to_str().unwrap()], &[]);
    assert!(well && told.contains("wrote "), "{told}");
    assert!(fs::read(&paper).unwrap().starts_with(b"%PDF-"));
    let (well, told) = sipas(&["form", "print", "sipas-2022", "km", paper.to_str().unwrap()], &[]);
    assert!(!well && told.contains("km: the languages are vi, en"), "{told}");
}

#[test]
fn a_sound_questionnaire_is_summed_up_and_each_defect_of_another_is_named_with_its_place() {
    let (well, told) = sipas(&["form", "check", forms().to_str().unwrap()], &[]);
    assert!(well && told.contains("sipas-2026:") && told.contains("languages vi, en"), "{told}");

    let broken = std::env::temp_dir().join(format!("sipas-form-{}", std::process::id())).join("hong");
    fs::create_dir_all(&broken).unwrap();
    let form = fs::read_to_string(forms().join("form.toml")).unwrap();
    fs::write(broken.join("form.toml"), form.replacen("scale = ", "scales = ", 1)).unwrap();
    for language in ["vi.toml", "en.toml"] {
        let words = fs::read_to_string(forms().join(language)).unwrap();
        let without_title: Vec<&str> = words.lines().filter(|line| !line.starts_with("title")).collect();
        fs::write(broken.join(language), without_title.join("\n")).unwrap();
    }
    let (well, told) = sipas(&["form", "check", broken.to_str().unwrap()], &[]);
    fs::remove_dir_all(broken.parent().unwrap()).unwrap();
    assert!(!well);
    for part in ["form.toml:", "[unknown_key]", "vi.toml:", "en.toml:", "[missing_translation]"] {
        assert!(told.contains(part), "{part} is not in: {told}");
    }
}

fn examples(name: &str) -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("docs/examples");
    docs.join(name).to_str().unwrap().to_owned()
}

/// What a line of a table says in a column.
fn field(table: &str, line: &str, name: &str) -> String {
    let place = table.lines().next().unwrap().split(',').position(|column| column == name).unwrap();
    line.split(',').nth(place).unwrap().to_owned()
}

fn analyse(data: &str, design: &str, out: &str) -> (bool, String) {
    sipas(&["analyse", "--data", data, "--design", design, "--out", out], &[])
}

#[test]
fn figures_are_recomputed_from_a_file_and_written_whole_or_not_at_all() {
    let files = Scratch::new("test").unwrap();
    let path = |name: &str| files.path().join(name).to_str().unwrap().to_owned();
    let (data, design) = (examples("survey.csv"), examples("with-replacement.toml"));
    let (well, told) = analyse(&data, &design, &path("figures.csv"));
    assert!(well && told.contains("figures.csv: 120 figures, 0 withheld"), "{told}");
    let table = fs::read_to_string(path("figures.csv")).unwrap();
    // R survey 4.1-1 at 17 digits; the figures of every design are held in `analysis/tests/golden/recompute.rs`.
    let row = table.lines().find(|row| row.starts_with("province,P01,q01,sipas-2026-t,489,")).unwrap();
    for (place, r) in [(6, 0.561_729_268_106_663_3), (7, 0.027_633_618_252_964_91), (9, 1.515_677_870_222_500_7)] {
        let ours: f64 = row.split(',').nth(place).unwrap().parse().unwrap();
        assert!((ours / r - 1.0_f64).abs() < 1e-9, "{row}");
    }
    for name in ["figures.json", "figures.parquet"] {
        assert!(analyse(&data, &design, &path(name)).0);
    }
    let (well, told) = analyse(&data, &design, &path("figures.xlsx"));
    assert!(!well && told.contains("figures.xlsx: the name must end in .csv, .json or .parquet"), "{told}");

    let answers = fs::read_to_string(&data).unwrap();
    let line = answers.lines().nth(3).unwrap();
    let broken = line.replacen(line.split(',').nth(8).unwrap(), "-1", 1);
    fs::write(path("negative.csv"), answers.replacen(line, &broken, 1)).unwrap();
    let (well, told) = analyse(&path("negative.csv"), &design, &path("figures.csv"));
    assert!(!well && told.contains("negative.csv: row 3: weight -1 is not a number from 0 up"), "{told}");
    let misspelt = fs::read_to_string(&design).unwrap().replacen("\"commune\"", "\"comune\"", 1);
    fs::write(path("misspelt.toml"), misspelt).unwrap();
    let (well, told) = analyse(&data, &path("misspelt.toml"), &path("figures.csv"));
    assert!(!well && told.contains("misspelt.toml: design.ids: "), "{told}");
    assert!(told.contains("no column comune; did you mean commune?"), "{told}");
    let (well, told) = analyse(&path("nowhere.parquet"), &design, &path("figures.csv"));
    assert!(!well && told.contains("nowhere.parquet: "), "{told}");
    assert_eq!(fs::read_to_string(path("figures.csv")).unwrap(), table, "what failed leaves the table alone");
    let mut left: Vec<_> = fs::read_dir(files.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["figures.csv", "figures.json", "figures.parquet", "misspelt.toml", "negative.csv"]);

    // Joint probabilities stand in a file beside the design file.
    let paired = fs::read_to_string(&design).unwrap().replacen("[design]", "[design]\njoint = \"pairs.csv\"", 1);
    fs::write(path("paired.toml"), paired).unwrap();
    let told = || analyse(&data, &path("paired.toml"), &path("paired.csv"));
    assert!(!told().0 && told().1.contains("pairs.csv: "), "{}", told().1);
    let columns = |line: &str| ["province", "commune"].map(|name| field(&answers, line, name));
    let psus: BTreeSet<[String; 2]> = answers.lines().skip(1).map(columns).collect();
    let pairs =
        psus.iter().flat_map(|a| psus.range::<[String; 2], _>(a..).filter(|b| a[0] == b[0]).map(move |b| (a, b)));
    let lines = pairs.map(|(a, b)| format!("{},{},{}\n", b[1], a[1], if a == b { 0.1 } else { 0.009 }));
    fs::write(path("pairs.csv"), format!("first,second,probability\n{}", lines.collect::<String>())).unwrap();
    assert!(told().0 && told().1.contains("paired.csv: 120 figures"), "{}", told().1);

    let (well, told) = sipas(&["analyse", "--explain"], &[]);
    assert!(well && told.contains("sipas-2026-t: rule T") && told.contains("Yates–Grundy"), "{told}");
    assert!(!sipas(&["analyse", "--data", &data], &[]).0, "a design and a place to write to are needed");
}

#[test]
fn mistakes_of_the_configuration_are_told_all_at_once_and_passwords_never() {
    let wrong = [("SIPAS_WEB_LISTEN", "here"), ("SIPAS_WEB_COLOUR", "red"), ("SIPAS_FLUSH_MINUTES", "often")];
    let (well, told) = sipas(&["config", "check"], &wrong);
    assert!(!well);
    for part in
        ["mistakes in the configuration: 4", "web.listen", "web.colour", "flush.minutes", "contact_url is missing"]
    {
        assert!(told.contains(part), "{part} is not in: {told}");
    }
    let (well, told) =
        sipas(&["config", "check"], &[("DATABASE_URL", "postgres://ha:very-secret@db/sipas?password=very-secret")]);
    assert!(well && told.contains("postgres://ha:…@db/sipas") && !told.contains("very-secret"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_names_what_could_lose_or_betray_an_answer() {
    let house = House::start().await;
    let keys = house.app.config.files.keys.to_str().unwrap().to_owned();
    let url = house.app.config.database.contact_url.clone();
    let environment = [("DATABASE_URL", url.as_str()), ("SIPAS_FILES_KEYS", &keys)];
    let (_, told) = sipas(&["doctor"], &environment);
    assert!(told.contains("good   migrations waiting: 0") && told.contains("good   keys in"), "{told}");
    if e2e::Cluster::shared().own().is_some() {
        assert!(told.contains("wrong  fsync = off: set it to on, or an acknowledged answer could be lost"), "{told}");
    }
    fs::set_permissions(&keys, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let responses = house.app.config.files.responses.clone();
    fs::set_permissions(&responses, std::os::unix::fs::PermissionsExt::from_mode(0o750)).unwrap();
    let environment = [environment.as_slice(), &[("SIPAS_FILES_RESPONSES", responses.to_str().unwrap())]].concat();
    let (well, told) = sipas(&["doctor"], &environment);
    assert!(!well && told.contains("others on this machine can read it (mode 755)"), "{told}");
    assert!(told.contains("wrong  responses in ") && told.contains("(mode 750)"), "{told}");
}

#[test]
fn a_private_postgres_ends_with_a_program_that_is_killed() {
    use std::io::{BufRead as _, BufReader};
    if std::env::var("DATABASE_URL").is_ok() {
        return println!("DATABASE_URL is used: no Postgres of our own");
    }
    let mut program = itself().env(LAUNCH, "yes").stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let started =
        lines.map_while(Result::ok).find_map(|line| line.strip_prefix("started ").map(PathBuf::from)).unwrap();
    assert!(started.join("data/postmaster.pid").exists());
    program.kill().unwrap();
    program.wait().unwrap();
    let gone = (0..600).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        !started.exists()
    });
    assert!(gone, "{} is still there", started.display());
}
