//! Many people one step before sending: cookie and token of their session, without walking the pages.

use std::sync::Arc;

use reqwest::Client;
use reqwest::redirect::Policy;
use server::responses::citizen::{Citizen, Met};
use server::responses::session::Session;
use survey_forms::SkipPolicy;

use crate::House;

/// A person whose answers wait to be sent.
pub struct Ready {
    pub cookie: String,
    csrf: String,
    pub tag: Vec<u8>,
}

/// A client that shows where it is led instead of going there.
pub fn one_hop() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

impl House {
    /// So many people of a small survey, in communes of a hundred.
    pub async fn ready_to_send(&self, persons: usize) -> Vec<Arc<Ready>> {
        let survey = self.small_survey(persons.div_ceil(100), 100).await;
        let wave = self.app.keys.wave(survey.campaign).unwrap().unwrap();
        let mut ready = Vec::new();
        for person in survey.people.iter().take(persons) {
            let (code, campaign) = (person.code.clone(), survey.campaign);
            let session = Session { code, campaign, seen: self.app.clock.now(), sent: None };
            let Met::Citizen(mut citizen) = Citizen::meet(&self.app, session.clone()).await.unwrap() else {
                panic!("an open campaign")
            };
            citizen.agree(&self.app, "vi").await.unwrap();
            citizen.give(&self.app, "mot", &[("q1".to_owned(), "2".to_owned())], SkipPolicy::Warn).await.unwrap();
            ready.push(Arc::new(Ready {
                cookie: format!("phien={}", session.sealed(&self.app).unwrap()),
                csrf: session.csrf(&self.app).unwrap(),
                tag: person.code.tag(&wave).unwrap().to_vec(),
            }));
        }
        ready
    }
}

impl Ready {
    /// True when the server said that it has the answers.
    pub async fn send(&self, client: &Client, address: &str) -> bool {
        let request = client.post(format!("{address}/khao-sat/gui")).header("cookie", &self.cookie);
        match request.form(&[("csrf", &self.csrf)]).send().await {
            Ok(response) => response.headers().get("location").is_some_and(|place| place == "/khao-sat/xong"),
            Err(_killed) => false,
        }
    }
}
