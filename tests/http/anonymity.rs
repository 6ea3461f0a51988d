//! The attack: whoever holds the whole database tries to say who gave which answers.
//!
//! Synthetic truth: every person gives answers nobody else gives, and the test remembers whose they are. The attacker does not; it
//! pairs the invitations that are marked as responded with the responses of the same commune, by everything Postgres keeps
//! of when and where a row was written, and by the order of the columnar copy. Paired at random, one person per group is hit on average, with variance one. The bound
//! is four standard deviations: three would fail one run in 250 for no reason.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test stops at a surprise; counts are small"
)]

use std::collections::HashMap;

use e2e::{House, Survey};
use server::base::chance;
use server::responses;
use server::responses::citizen::{Citizen, Met, Sent};
use server::responses::session::Session;
use survey_forms::SkipPolicy;

use crate::columns::copied;

const COMMUNES: usize = 20;
const PERSONS_EACH: usize = 12;

/// person → their answers, as the test alone knows.
type Truth = HashMap<String, String>;

#[tokio::test(flavor = "multi_thread")]
async fn responses_cannot_be_led_back_to_invitations() {
    let house = House::start().await;
    let survey = house.survey(COMMUNES, PERSONS_EACH).await;
    let mut truth = Truth::new();
    let mut arrived = Vec::new();
    // Two days with a flush each: every commune is flushed twice, which leaves smaller groups to hide in.
    for day in 0..2 {
        let mut today: Vec<usize> = (0..survey.people.len()).filter(|person| person % 2 == day).collect();
        chance::shuffle(&mut today).unwrap();
        for person in today {
            let answers = answer(&house, &survey, person).await;
            let name = format!("{}-{person}", survey.people[person].psu);
            truth.insert(name.clone(), answers);
            arrived.push(name);
        }
        responses::jobs::due(&house.app).await.unwrap();
        house.work().await;
        house.app.clock.advance(chrono::Duration::days(1));
    }
    assert_eq!(house.count("answers.response").await, i64::try_from(COMMUNES * PERSONS_EACH).unwrap());
    assert_eq!(
        house.count("contact.invitation WHERE status = 'responded'").await,
        i64::try_from(COMMUNES * PERSONS_EACH).unwrap()
    );

    let groups = COMMUNES * 2;
    let arrivals: Vec<_> = arrived.iter().enumerate().map(|(order, name)| format!("('{name}', {order})")).collect();
    house
        .execute(&format!(
            "CREATE TABLE public.arrival (person text, at int); INSERT INTO public.arrival VALUES {}",
            arrivals.join(", ")
        ))
        .await;
    // The columnar copy, row by row in the order of the file.
    let copied = copied(&house, &survey.row(&house).await).await;
    let copied: Vec<_> =
        copied.iter().enumerate().map(|(place, (psu, answers))| format!("('{psu}', {place}, '{answers}')")).collect();
    house
        .execute(&format!(
            "CREATE TABLE public.copied (psu text, at int, answers text); INSERT INTO public.copied VALUES {}",
            copied.join(", ")
        ))
        .await;
    for (attack, pairs) in ATTACKS {
        let linked = score(&house.rows(pairs).await, &truth);
        let bound = groups as f64 + 4.0 * (groups as f64).sqrt();
        println!("{attack}: {linked:.0} of {} linked, chance {groups}, bound {bound:.0}", truth.len());
        assert!(linked <= bound, "{attack}: {linked} linked");
    }
}

/// Each gives `person TAB answers` for every pair the attacker believes in.
const ATTACKS: [(&str, &str); 7] = [
    (
        "rows of one transaction",
        "SELECT i.person_code || E'\\t' || r.answers::text AS line FROM contact.invitation i JOIN answers.response r ON i.xmin = r.xmin AND r.psu = split_part(i.person_code, '-', 1)",
    ),
    (
        "order of transactions and places within a commune",
        "SELECT i.person_code || E'\\t' || r.answers AS line
         FROM (SELECT person_code, split_part(person_code, '-', 1) AS psu, row_number() OVER (PARTITION BY split_part(person_code, '-', 1) ORDER BY xmin::text::bigint, ctid) AS place
               FROM contact.invitation WHERE status = 'responded') i
         JOIN (SELECT psu, answers::text AS answers, row_number() OVER (PARTITION BY psu ORDER BY xmin::text::bigint, ctid) AS place FROM answers.response) r USING (psu, place)",
    ),
    (
        "places within a commune",
        "SELECT i.person_code || E'\\t' || r.answers AS line
         FROM (SELECT person_code, split_part(person_code, '-', 1) AS psu, row_number() OVER (PARTITION BY split_part(person_code, '-', 1) ORDER BY ctid) AS place
               FROM contact.invitation WHERE status = 'responded') i
         JOIN (SELECT psu, answers::text AS answers, row_number() OVER (PARTITION BY psu ORDER BY ctid) AS place FROM answers.response) r USING (psu, place)",
    ),
    (
        "known order of arrival against the order of rows",
        "SELECT i.person || E'\\t' || r.answers AS line
         FROM (SELECT person, split_part(person, '-', 1) AS psu, row_number() OVER (PARTITION BY split_part(person, '-', 1) ORDER BY at) AS place FROM public.arrival) i
         JOIN (SELECT psu, answers::text AS answers, row_number() OVER (PARTITION BY psu ORDER BY xmin::text::bigint, ctid) AS place FROM answers.response) r USING (psu, place)",
    ),
    (
        "known order of arrival against the order of ids",
        "SELECT i.person || E'\\t' || r.answers AS line
         FROM (SELECT person, split_part(person, '-', 1) AS psu, row_number() OVER (PARTITION BY split_part(person, '-', 1) ORDER BY at) AS place FROM public.arrival) i
         JOIN (SELECT psu, answers::text AS answers, row_number() OVER (PARTITION BY psu ORDER BY id) AS place FROM answers.response) r USING (psu, place)",
    ),
    (
        "known order of arrival against the columnar copy",
        "SELECT i.person || E'\\t' || r.answers AS line
         FROM (SELECT person, split_part(person, '-', 1) AS psu, row_number() OVER (PARTITION BY split_part(person, '-', 1) ORDER BY at) AS place FROM public.arrival) i
         JOIN (SELECT psu, answers, row_number() OVER (PARTITION BY psu ORDER BY at) AS place FROM public.copied) r USING (psu, place)",
    ),
    (
        "places of invitations against the columnar copy",
        "SELECT i.person_code || E'\\t' || r.answers AS line
         FROM (SELECT person_code, split_part(person_code, '-', 1) AS psu, row_number() OVER (PARTITION BY split_part(person_code, '-', 1) ORDER BY xmin::text::bigint, ctid) AS place
               FROM contact.invitation WHERE status = 'responded') i
         JOIN (SELECT psu, answers, row_number() OVER (PARTITION BY psu ORDER BY at) AS place FROM public.copied) r USING (psu, place)",
    ),
];

/// The number of persons for whom the attacker's belief is right, a belief in n candidates counting 1/n.
fn score(pairs: &[String], truth: &Truth) -> f64 {
    let mut beliefs: HashMap<&str, Vec<&str>> = HashMap::new();
    for pair in pairs {
        let (person, answers) = pair.split_once('\t').expect("a pair");
        beliefs.entry(person).or_default().push(answers);
    }
    let share = |(person, candidates): (&&str, &Vec<&str>)| {
        let right = candidates.iter().any(|answers| same(answers, &truth[*person]));
        if right { 1.0 / candidates.len() as f64 } else { 0.0 }
    };
    beliefs.iter().map(share).fold(0.0, |sum, share| sum + share)
}

fn same(one: &str, other: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(one).unwrap() == serde_json::from_str::<serde_json::Value>(other).unwrap()
}

/// One person answers through the slice's own verbs; returns the answers as they will be stored.
async fn answer(house: &House, survey: &Survey, person: usize) -> String {
    let session = Session {
        code: survey.people[person].code.clone(),
        campaign: survey.campaign,
        seen: house.app.clock.now(),
        sent: None,
    };
    let Met::Citizen(mut citizen) = Citizen::meet(&house.app, session).await.unwrap() else {
        panic!("an open campaign")
    };
    citizen.agree(&house.app, "vi").await.unwrap();
    let form = citizen.form.clone();
    for page in form.pages() {
        // Nobody else chooses like this: 39 levels of satisfaction from the person's number and chance.
        let units = form.units().iter().filter(|unit| unit.code().starts_with("q9_"));
        let path = citizen
            .interview()
            .path()
            .step(page.code())
            .map(|step| step.units().map(|unit| unit.code().to_owned()).collect::<Vec<_>>())
            .unwrap_or_default();
        let fields: Vec<_> = units
            .filter(|unit| path.iter().any(|code| code == unit.code()))
            .map(|unit| (unit.code().to_owned(), level()))
            .collect();
        citizen.give(&house.app, page.code(), &fields, SkipPolicy::Accept).await.unwrap();
    }
    let stored = serde_json::to_string(citizen.interview().finish().answers()).unwrap();
    assert_eq!(citizen.submit(&house.app, 1).await.unwrap(), Sent::Received);
    stored
}

fn level() -> String {
    let [byte] = chance::secret_bytes::<1>().unwrap();
    (byte % 5 + 1).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_attack_works_on_a_naive_design() {
    let house = House::start().await;
    house
        .execute(
            "CREATE SCHEMA naive;
             CREATE TABLE naive.invitation (person_code text PRIMARY KEY, psu text NOT NULL, responded boolean NOT NULL DEFAULT false);
             CREATE TABLE naive.response (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), psu text NOT NULL, answers jsonb NOT NULL);
             INSERT INTO naive.invitation SELECT p || '-' || n, p::text, false FROM generate_series(1, 20) p, generate_series(1, 12) n",
        )
        .await;
    let mut people = house.rows("SELECT person_code AS line FROM naive.invitation").await;
    chance::shuffle(&mut people).unwrap();
    let mut truth = Truth::new();
    for person in &people {
        let answers = format!("{{\"q\": \"{person}\"}}");
        // One transaction writes the flag and the answers: separate tables, random ids, no times. It looks anonymous.
        house
            .execute(&format!(
                "BEGIN; UPDATE naive.invitation SET responded = true WHERE person_code = '{person}';
                 INSERT INTO naive.response (psu, answers) VALUES (split_part('{person}', '-', 1), '{answers}'); COMMIT"
            ))
            .await;
        truth.insert(person.clone(), answers);
    }
    let pairs = house
        .rows("SELECT i.person_code || E'\\t' || r.answers::text AS line FROM naive.invitation i JOIN naive.response r ON i.xmin = r.xmin AND i.psu = r.psu")
        .await;
    let linked = score(&pairs, &truth);
    println!("naive design: {linked:.0} of {} linked", people.len());
    assert!(linked > 0.9 * people.len() as f64, "{linked} of {} linked", people.len());
}
