//! Sending: stored before it is acknowledged, once per code, whatever happens at the same time.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use e2e::{Asked, House, Survey, first_choice};
use server::base::seal::{Key, hex};
use server::responses;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_equal_sendings_at_once_are_one_row_and_fifty_equal_receipts() {
    let house = House::start().await;
    let survey = house.small_survey(1, 50).await;
    for person in &survey.people {
        let mut citizen = house.visitor();
        citizen.enter(&person.code).await;
        let first = citizen.agree().await;
        citizen.walk(first, first_choice).await;
        let mut taps = Vec::new();
        for _ in 0..50 {
            let mut tap = citizen.clone();
            taps.push(tokio::spawn(async move { tap.post("/khao-sat/gui", &[]).await }));
        }
        let mut receipts = Vec::new();
        for tap in taps {
            let receipt = tap.await.unwrap();
            receipt.is(200).shows("Số biên nhận");
            assert_eq!(receipt.place, "/khao-sat/xong");
            receipts.push(receipt.text.split("Số biên nhận ").nth(1).unwrap().chars().take(15).collect::<String>());
        }
        receipts.dedup();
        assert_eq!(receipts.len(), 1, "{receipts:?}");
    }
    assert_eq!(house.count("answers.inbox").await, 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_do_not_take_each_others_answers_away() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut one = house.visitor();
    one.enter(&survey.people[0].code).await;
    one.agree().await;
    let pages: Vec<String> = survey
        .row(&house)
        .await
        .form(&house.app)
        .await
        .unwrap()
        .pages()
        .iter()
        .map(|page| page.code().to_owned())
        .collect();
    let mut tabs = Vec::new();
    for page in &pages {
        let (mut tab, place) = (one.clone(), format!("/khao-sat/{page}"));
        tabs.push(tokio::spawn(async move {
            let shown = tab.get(&place).await;
            tab.answer(&shown, first_choice).await.is(200);
        }));
    }
    for tab in tabs {
        tab.await.unwrap();
    }
    let check = one.get("/khao-sat/kiem-tra").await;
    assert_eq!(check.place, "/khao-sat/kiem-tra", "all twenty pages, saved at once, are there");
    // The last write of an item wins.
    one.post("/khao-sat/ve-ong-ba", &[("a1", "1")]).await;
    one.clone().post("/khao-sat/ve-ong-ba", &[("a1", "2")]).await;
    assert!(one.get("/khao-sat/ve-ong-ba").await.chosen().contains(&("a1".to_owned(), "2".to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_answers_of_the_same_code_are_refused_and_the_first_stay() {
    let house = House::start().await;
    let survey = house.survey(1, 1).await;
    let mut citizen = house.visitor();
    citizen.respond(&survey.people[0].code).await;
    let stored = house.rows("SELECT encode(body_digest, 'hex') AS line FROM answers.inbox").await;
    // A tab whose draft was written a moment before the first sending was stored, and which sends after it.
    let tag = tag(&house, &survey, 0);
    house
        .execute(&format!(
            "CREATE TABLE public.kept AS SELECT * FROM answers.inbox; DELETE FROM answers.inbox WHERE tag = '\\x{tag}'"
        ))
        .await;
    citizen.get("/khao-sat").await;
    let first = citizen.agree().await;
    let less_satisfied =
        |asked: &Asked| if asked.name.starts_with("q9_") { Some("2".to_owned()) } else { first_choice(asked) };
    citizen.walk(first, less_satisfied).await;
    house.execute("INSERT INTO answers.inbox SELECT * FROM public.kept").await;
    let refused = citizen.post("/khao-sat/gui", &[]).await;
    refused.is(409).shows("khác lần đầu nên không được nhận");
    assert_eq!(house.rows("SELECT encode(body_digest, 'hex') AS line FROM answers.inbox").await, stored);
}

fn tag(house: &House, survey: &Survey, person: usize) -> String {
    let wave: Key = house.app.keys.wave(survey.campaign).unwrap().unwrap();
    hex(&survey.people[person].code.tag(&wave).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_flush_waits_for_five_tells_the_contact_side_and_the_close_ends_everything() {
    let house = House::start().await;
    let survey = house.survey(3, 8).await;
    let of = |commune: usize| &survey.people[commune * 8..(commune + 1) * 8];
    for person in of(0).iter().take(6).chain(of(1).iter().take(3)) {
        house.visitor().respond(&person.code).await.shows("Đã nhận");
    }
    for person in of(2).iter().take(2) {
        let mut citizen = house.visitor();
        citizen.enter(&person.code).await;
        citizen.post("/khao-sat/tu-choi", &[("ly-do", "time")]).await.is(200);
    }
    responses::jobs::due(&house.app).await.unwrap();
    responses::jobs::due(&house.app).await.unwrap();
    assert_eq!(house.work().await, 1, "one flush, however often the schedule looks");
    assert_eq!(house.count("answers.response").await, 6);
    assert_eq!(house.count("answers.spent").await, 6);
    assert_eq!(house.count("answers.inbox").await, 3, "three are too few to hide among");
    assert_eq!(house.count("contact.invitation WHERE status = 'responded'").await, 6);
    assert_eq!(house.count("contact.invitation WHERE status = 'refused'").await, 0);

    // A day later what waits is sealed anew; another day later the old key is gone.
    let days = |house: &House| {
        let mut days = house.app.keys.days().unwrap();
        days.sort_unstable();
        days
    };
    let first_day = days(&house);
    house.app.clock.advance(chrono::Duration::days(2));
    responses::jobs::due(&house.app).await.unwrap();
    house.work().await;
    assert!(days(&house).iter().all(|day| !first_day.contains(day)), "the first day's key is destroyed");
    assert_eq!(house.count("answers.inbox").await, 3);

    house.visitor().enter(&of(0)[7].code).await;
    survey.close(&house).await;
    flush_closed(&house, &survey).await;
    assert_eq!(house.count("answers.response").await, 9);
    assert_eq!(house.count("contact.invitation WHERE status = 'responded'").await, 9);
    assert_eq!(house.count("contact.invitation WHERE status = 'refused'").await, 2);
    for empty in ["answers.inbox", "answers.draft", "answers.refusal", "answers.allowed"] {
        assert_eq!(house.count(empty).await, 0, "{empty}");
    }
    assert!(house.app.keys.wave(survey.campaign).unwrap().is_none(), "the campaign's key is destroyed");
    assert!(house.app.keys.days().unwrap().is_empty(), "so are those of the days");
    let certificate =
        house.rows("SELECT details::text AS line FROM office.audit_entry WHERE verb = 'responses.certify'").await;
    let set = responses::response_set(&house.app, &survey.row(&house).await).await.unwrap();
    assert_eq!((certificate.len(), set.count), (1, 9));
    assert!(certificate[0].contains(&hex(&set.digest)));
}

/// Runs the last flush only: what it leads to is tested elsewhere.
async fn flush_closed(house: &House, survey: &Survey) {
    let waiting = house.rows("SELECT kind AS line FROM office.job WHERE state = 'waiting'").await;
    assert_eq!(waiting, ["flush"]);
    assert!(server::jobs::worker::run_next(&house.app).await.unwrap());
    let failed = house.rows("SELECT kind || error_code AS line FROM office.job WHERE error_code IS NOT NULL").await;
    assert!(failed.is_empty(), "{failed:?} of {}", survey.campaign);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flush_that_was_killed_in_the_middle_ends_as_if_it_had_not_been() {
    let house = House::start().await;
    let survey = house.survey(1, 6).await;
    for person in &survey.people {
        house.visitor().respond(&person.code).await;
    }
    // Killed after the contact side was told; and, the other way round, a resend that slipped in beside an earlier flush.
    house.execute("UPDATE contact.invitation SET status = 'responded'; CREATE TABLE public.again AS SELECT * FROM answers.inbox LIMIT 2").await;
    responses::jobs::due(&house.app).await.unwrap();
    house.work().await;
    assert_eq!(house.count("answers.response").await, 6);
    house.execute("INSERT INTO answers.inbox SELECT * FROM public.again").await;
    survey.close(&house).await;
    flush_closed(&house, &survey).await;
    assert_eq!(house.count("answers.response").await, 6, "nobody counts twice");
    assert_eq!(house.count("answers.inbox").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answers_side_holds_no_clock_no_serial_and_words_apart() {
    let house = House::start().await;
    let survey = house.survey(1, 6).await;
    for person in &survey.people {
        let mut citizen = house.visitor();
        citizen.enter(&person.code).await;
        let first = citizen.agree().await;
        citizen
            .walk(first, |asked| {
                Some(asked.values.first().cloned().unwrap_or_else(|| "Chúc mọi việc tốt đẹp".to_owned()))
            })
            .await;
        citizen.post("/khao-sat/gui", &[]).await.is(200);
    }
    let sizes = house.rows("SELECT DISTINCT length(sealed)::text AS line FROM answers.inbox").await;
    assert_eq!(sizes, ["4096"], "short and long answers look alike");
    responses::jobs::due(&house.app).await.unwrap();
    house.work().await;
    let clocks = house
        .rows("SELECT table_name || '.' || column_name AS line FROM information_schema.columns WHERE table_schema = 'answers' AND table_name NOT LIKE '\\_\\_%' AND (data_type LIKE 'time%' OR data_type = 'date' OR column_default IS NOT NULL OR is_identity = 'YES')")
        .await;
    assert!(clocks.is_empty(), "{clocks:?}");
    let versions = house.rows("SELECT DISTINCT substr(id::text, 15, 1) AS line FROM answers.response UNION SELECT DISTINCT substr(id::text, 15, 1) FROM answers.free_text").await;
    assert_eq!(versions, ["4"], "an id of version 7 is a clock");
    assert_eq!(house.count("answers.free_text").await, 6);
    let columns = house.rows("SELECT column_name::text AS line FROM information_schema.columns WHERE table_schema = 'answers' AND table_name = 'free_text' ORDER BY 1").await;
    assert_eq!(columns, ["campaign_id", "content", "id", "unit"]);
    assert_eq!(house.count("answers.response WHERE answers::text LIKE '%tốt đẹp%'").await, 0);
}
