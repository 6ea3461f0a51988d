//! The columnar copy of the responses: what it holds, and that no figure comes from one that the database does not vouch for.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use e2e::House;
use server::base::seal::{hex, sha256};
use server::campaigns::Campaign;
use server::responses::{self, copy};
use survey_forms::{Answers, UnitKind};

use crate::command::sipas;
use crate::results::{PEOPLE, answers, campaign, computed, figures_of_a_place};

/// Units that can be answered otherwise than in words of one's own.
async fn coded_units(house: &House, campaign: &Campaign) -> Vec<String> {
    let form = campaign.form(&house.app).await.unwrap();
    let words = |kind: &UnitKind| matches!(kind, UnitKind::Text { .. } | UnitKind::WriteIn { .. });
    form.units().iter().filter(|unit| !words(unit.kind())).map(|unit| unit.code().to_owned()).collect()
}

/// Commune and answers of each row of the copy, in the order of the file.
pub(crate) async fn copied(house: &House, campaign: &Campaign) -> Vec<(String, String)> {
    let units = coded_units(house, campaign).await;
    let units: Vec<&str> = units.iter().map(String::as_str).collect();
    let columns = copy::current(&house.app, campaign).await.unwrap().columns(&units).unwrap();
    (0..columns.rows()).map(|row| (columns.psu.get(row).unwrap().to_owned(), columns.json(row))).collect()
}

/// The same from the database, as the answers' own JSON without blanks.
async fn stored(house: &House) -> Vec<(String, String, String)> {
    let rows = house
        .rows("SELECT id || E'\\t' || psu || E'\\t' || mode || E'\\t' || answers AS line FROM answers.response ORDER BY id")
        .await;
    let row = |row: String| {
        let mut parts = row.splitn(4, '\t').map(str::to_owned);
        let [id, psu, mode, answers] = [(); 4].map(|()| parts.next().unwrap());
        let answers: Answers = serde_json::from_str(&answers).unwrap();
        (format!("{id}\t{psu}\t{mode}"), psu, serde_json::to_string(&answers).unwrap())
    };
    rows.into_iter().map(row).collect()
}

async fn is_the_database(house: &House, campaign: &Campaign) {
    let stored = stored(house).await;
    let lines: String =
        stored.iter().map(|(row, _, answers)| format!("{row}\t{answers}\n")).collect::<Vec<_>>().concat();
    let set = responses::response_set(&house.app, campaign).await.unwrap();
    assert_eq!(
        (set.count, hex(&set.digest)),
        (stored.len(), hex(&sha256(lines.as_bytes()))),
        "the set as it is documented"
    );
    let mut expected: Vec<_> = stored.into_iter().map(|(_, psu, answers)| (psu, answers)).collect();
    let mut rows = copied(house, campaign).await;
    expected.sort();
    rows.sort();
    assert_eq!(rows, expected);
    let named = "SELECT responses || ' ' || encode(response_digest, 'hex') || ' ' || encode(file_digest, 'hex') AS line FROM answers.response_copy";
    let file = fs::read(copy::path(&house.app, campaign)).unwrap();
    assert_eq!(house.rows(named).await, [format!("{} {} {}", set.count, hex(&set.digest), hex(&sha256(&file)))]);
}

fn files(house: &House) -> Vec<PathBuf> {
    fs::read_dir(&house.app.config.files.responses).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_flush_leaves_one_private_file_with_every_response() {
    let house = House::start().await;
    let survey = house.survey(2, 7).await;
    let row = survey.row(&house).await;
    for (place, person) in survey.people.iter().enumerate() {
        if place % 7 == 5 {
            responses::jobs::due(&house.app).await.unwrap();
            house.work().await;
            is_the_database(&house, &row).await;
            house.app.clock.advance(chrono::Duration::days(1));
        }
        // The last two of each commune wait for the close.
        house.visitor().respond(&person.code).await.is(200);
    }
    assert_eq!(
        files(&house),
        [copy::path(&house.app, &row)],
        "the second flush put its file in the place of the first one's"
    );
    let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&files(&house)[0]), 0o600);
    assert_eq!(mode(&house.app.config.files.responses), 0o700);

    let before = fs::read(&files(&house)[0]).unwrap();
    survey.close(&house).await;
    house.work().await;
    is_the_database(&house, &row).await;
    assert_ne!(fs::read(&files(&house)[0]).unwrap(), before);
    assert_eq!(house.count("answers.response").await, 14);
    assert_eq!(files(&house).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_missing_damaged_or_late_is_made_anew_and_gives_the_same_figures() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48"], PEOPLE).await;
    computed(&house, &campaign).await;
    let cells = "SELECT encode(cells_digest, 'hex') || encode(response_digest, 'hex') AS line FROM office.method_run";
    let (first, path) = (house.rows(cells).await, copy::path(&house.app, &campaign));
    let whole = fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for damaged in [None, Some(flipped), Some(whole[..whole.len() - 1].to_vec()), Some(Vec::new())] {
        match damaged {
            None => fs::remove_file(&path).unwrap(),
            Some(damaged) => fs::write(&path, damaged).unwrap(),
        }
        // Nobody remembers the run: it must be computed.
        house.execute("ALTER TABLE office.method_run DISABLE TRIGGER USER; ALTER TABLE office.result_cell DISABLE TRIGGER USER; DELETE FROM office.current_run; DELETE FROM office.method_run").await;
        computed(&house, &campaign).await;
        assert_eq!(house.rows(cells).await, first);
        assert_eq!(fs::read(&path).unwrap(), whole, "the same responses are the same file");
    }
    // Several who find it damaged at once do not get into each other's way.
    fs::write(&path, "not a file of columns").unwrap();
    let look = || async { copy::current(&house.app, &campaign).await.unwrap().digest };
    let digests: BTreeSet<Vec<u8>> = <[_; 4]>::from(tokio::join!(look(), look(), look(), look())).into();
    assert_eq!((digests.len(), fs::read(&path).unwrap()), (1, whole));

    // Responses that came past the flush are not left out.
    answers(&house, &campaign, &["79"], PEOPLE).await;
    house.app.clock.advance(chrono::Duration::hours(1));
    computed(&house, &campaign).await;
    assert_eq!(
        house.count("office.result_cell WHERE run_id = (SELECT run_id FROM office.current_run)").await,
        4 * i64::try_from(figures_of_a_place()).unwrap()
    );
    assert_eq!(copied(&house, &campaign).await.len(), 3 * 4 * 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copies_are_made_anew_by_a_command() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01"], PEOPLE).await;
    let url = house.app.config.database.contact_url.clone();
    let directories = ["keys", "exports", "uploads", "letters", "responses"]
        .map(|name| (format!("SIPAS_FILES_{}", name.to_uppercase()), house.directory().join(name)));
    let mut environment = vec![("DATABASE_URL", url.as_str())];
    environment.extend(directories.iter().map(|(name, path)| (name.as_str(), path.to_str().unwrap())));
    let (well, told) = sipas(&["responses", "rebuild"], &environment);
    let path = copy::path(&house.app, &campaign);
    assert!(well && told.contains("sipas-2026: 40 responses, set "), "{told}");
    assert!(told.contains(&path.display().to_string()), "{told}");
    let file = fs::read(&path).unwrap();
    assert!(told.contains(&hex(&sha256(&file))), "{told}");
    is_the_database(&house, &campaign).await;

    // Also when nobody has noticed that the database is another one: here a response was changed by its owner.
    house.execute("UPDATE answers.response SET answers = answers || '{\"q9_01\": 1}' WHERE id = (SELECT min(id::text)::uuid FROM answers.response)").await;
    let (well, told) = sipas(&["responses", "rebuild", "sipas-2026"], &environment);
    assert!(well && !told.contains(&hex(&sha256(&file))), "{told}");
    is_the_database(&house, &campaign).await;
    let (well, told) = sipas(&["responses", "rebuild", "sipas-1999"], &environment);
    assert!(!well && told.contains("sipas: "), "{told}");
}
