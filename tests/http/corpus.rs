//! Every form of the corpus is answered over HTTP in every manner, and what is stored is what the engine says it should be.

use std::collections::{BTreeMap, BTreeSet};

use e2e::{House, Manner, Visitor, Walk, corpus, corpus_names};
use serde_json::Value;
use server::campaigns;
use server::jobs::worker;
use server::responses;
use survey_forms::Form;

use crate::columns::copied;

#[tokio::test(flavor = "multi_thread")]
async fn every_form_of_the_corpus_is_answered_to_its_receipt_and_stored_as_the_engine_has_it() {
    let house = House::start().await;
    let mut expected = BTreeMap::new();
    for name in corpus_names() {
        let source = corpus(&name);
        let form = Form::parse(&source).unwrap();
        let survey = house.survey_of(&source, 1, Manner::EACH.len()).await;
        let mut bodies = Vec::new();
        let mut texts = Vec::new();
        for (person, manner) in survey.people.iter().zip(Manner::EACH) {
            let walk = Walk::new(&form, manner);
            let mut citizen = house.visitor();
            citizen.enter(&person.code).await.is(200);
            follow(&mut citizen, &walk, &name).await;
            bodies.push(serde_json::to_string(walk.completed.answers()).unwrap());
            texts.extend(walk.completed.texts().iter().map(|(unit, words)| format!("{unit}: {words}")));
        }
        bodies.sort();
        texts.sort();
        survey.close(&house).await;
        expected.insert(survey.campaign, (name, bodies, texts));
    }
    responses::jobs::due(&house.app).await.unwrap();
    while worker::run_next(&house.app).await.unwrap() {}
    // One commune gives no error margin, so no results.
    let failed = "SELECT kind || ' ' || error_code AS line FROM office.job WHERE state <> 'done' AND error_code <> 'results-one-commune'";
    assert!(house.rows(failed).await.is_empty());
    for (campaign, (name, bodies, texts)) in expected {
        let rows = format!("SELECT answers::text AS line FROM answers.response WHERE campaign_id = '{campaign}'");
        let rows = house.rows(&rows).await;
        // The database keeps the values; the order of their keys is ours.
        let mut stored: Vec<_> =
            rows.iter().map(|row| serde_json::from_str::<Value>(row).unwrap().to_string()).collect();
        stored.sort();
        assert_eq!(stored, bodies, "{name}");
        let row = campaigns::find(&house.app, campaign).await.unwrap();
        let mut copied: Vec<_> = copied(&house, &row).await.into_iter().map(|(_, answers)| answers).collect();
        copied.sort();
        assert_eq!(copied, bodies, "{name}: the columnar copy");
        let words =
            format!("SELECT unit || ': ' || content AS line FROM answers.free_text WHERE campaign_id = '{campaign}'");
        let mut words = house.rows(&words).await;
        words.sort();
        assert_eq!(words, texts, "{name}");
    }
}

/// Each page asks what the engine says it asks, and leads where the engine says it leads.
async fn follow(citizen: &mut Visitor, walk: &Walk, name: &str) {
    let mut page = citizen.agree().await;
    for step in &walk.steps {
        page.is(200);
        assert_eq!(page.place, format!("/khao-sat/{}", step.page), "{name}");
        let named: BTreeSet<_> = step.asked.iter().map(|given| given.name.clone()).collect();
        assert_eq!(page.names(), named, "{name}: {}", step.page);
        let fields = step.fields();
        let mut fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if fields.is_empty() {
            fields.push(("skip", "1"));
        }
        page = citizen.post(&page.place, &fields).await;
    }
    assert_eq!(page.place, "/khao-sat/kiem-tra", "{name}");
    let receipt = citizen.post("/khao-sat/gui", &[]).await;
    assert_eq!(receipt.place, "/khao-sat/xong", "{name}");
    receipt.is(200).shows("Số biên nhận");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_words_comes_first_and_counts_no_question() {
    let house = House::start().await;
    let survey = house.survey_of(&corpus("note_fills_a_page"), 1, 1).await;
    let mut citizen = house.visitor();
    citizen.enter(&survey.people[0].code).await;
    let words = citizen.agree().await;
    words.shows("Câu hỏi hello").shows(">Phần 1 trên 1</p>");
    citizen.post(&words.place, &[]).await.shows("Câu 1 trên 1");
}
