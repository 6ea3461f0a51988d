//! A simulated citizen's phone: the same pages, cookies and forms as everybody's, over HTTP.

use reqwest::Client;
use survey_forms::Form;

use super::person::{Habit, Person};
use super::truth::Satisfaction;
use crate::error::{Error, Result};

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    NeverCame,
    Refused,
    GaveUp,
    Answered,
}

pub(super) struct Visit<'a> {
    /// `http://127.0.0.1:8080`
    pub(super) home: &'a str,
    pub(super) code: &'a str,
    pub(super) person: Person<'a>,
    pub(super) form: &'a Form,
    pub(super) satisfaction: &'a Satisfaction,
}

/// One browser with its cookies, and the page it shows.
struct Phone<'a> {
    client: Client,
    home: &'a str,
    place: String,
    status: u16,
    csrf: String,
    /// Where the page's link that looks like a button leads.
    onward: String,
}

impl<'a> Phone<'a> {
    fn new(home: &'a str) -> Result<Self> {
        let client = Client::builder().cookie_store(true).build().map_err(unreachable)?;
        Ok(Self { client, home, place: String::new(), status: 0, csrf: String::new(), onward: String::new() })
    }

    async fn open(&mut self, path: &str) -> Result<()> {
        let response = self.client.get(format!("{}{path}", self.home)).send().await.map_err(unreachable)?;
        self.see(response).await
    }

    async fn send(&mut self, path: &str, fields: &[(String, String)]) -> Result<()> {
        let csrf = ("csrf".to_owned(), self.csrf.clone());
        let fields: Vec<_> = std::iter::once(&csrf).chain(fields).collect();
        let response =
            self.client.post(format!("{}{path}", self.home)).form(&fields).send().await.map_err(unreachable)?;
        self.see(response).await
    }

    /// Where the redirects ended, the token in its forms, and the way on.
    async fn see(&mut self, response: reqwest::Response) -> Result<()> {
        self.status = response.status().as_u16();
        response.url().path().clone_into(&mut self.place);
        let page = response.bytes().await.map_err(unreachable)?;
        let page = String::from_utf8_lossy(&page);
        let after = |mark: &str| Some(page.split_once(mark)?.1.split_once('"')?.0.to_owned());
        // The token is the same on every page of a session.
        if self.csrf.is_empty() {
            self.csrf = after("name=\"csrf\" value=\"").unwrap_or_default();
        }
        self.onward = after("role=\"button\" draggable=\"false\" href=\"").unwrap_or_default();
        Ok(())
    }

    fn page(&self) -> &str {
        self.place.rsplit('/').next().unwrap_or_default()
    }

    fn expect(&self, right: bool, wanted: &str) -> Result<()> {
        if right {
            Ok(())
        } else {
            Err(Error::internal("demo-astray")
                .with("wanted", wanted)
                .with("place", &self.place)
                .with("status", self.status))
        }
    }
}

fn unreachable(cause: reqwest::Error) -> Error {
    // Without the address: it can hold a code.
    Error::internal("demo-unreachable").caused_by(cause.without_url())
}

impl Visit<'_> {
    /// Does what this person does with the letter in hand.
    pub(super) async fn run(&self) -> Result<Outcome> {
        let habit = self.person.habit();
        if habit == Habit::NeverComes {
            return Ok(Outcome::NeverCame);
        }
        let mut phone = Phone::new(self.home)?;
        if habit == Habit::MistypesThenAnswers {
            self.mistype(&mut phone).await?;
        }
        phone.open(&format!("/v/{}", self.code)).await?;
        phone.expect(phone.place == "/khao-sat", "start")?;
        if habit == Habit::Refuses {
            phone.send("/khao-sat/tu-choi", &[]).await?;
            return Ok(Outcome::Refused);
        }
        phone.send("/khao-sat/dong-y", &[]).await?;
        let halfway = self.form.pages().len() / 2;
        match habit {
            Habit::GivesUpHalfway => {
                self.answer(&mut phone, halfway).await?;
                return Ok(Outcome::GaveUp);
            }
            Habit::PausesAndResumes => {
                self.answer(&mut phone, halfway).await?;
                // Another device, the code typed from the letter.
                phone = Phone::new(self.home)?;
                phone.open("/ma").await?;
                phone.send("/ma", &[("code".to_owned(), self.code.to_owned())]).await?;
                let onward = phone.onward.clone();
                phone.open(&onward).await?;
            }
            _ => {}
        }
        self.answer(&mut phone, usize::MAX).await?;
        phone.expect(phone.place == "/khao-sat/kiem-tra", "check")?;
        phone.send("/khao-sat/gui", &[]).await?;
        phone.expect(phone.place == "/khao-sat/xong", "receipt")?;
        Ok(Outcome::Answered)
    }

    /// Answers up to `most` pages, from the one the phone shows.
    async fn answer(&self, phone: &mut Phone<'_>, most: usize) -> Result<()> {
        for _ in 0..most.min(self.form.pages().len() + 1) {
            let page = phone.page().to_owned();
            if self.form.page(&page).is_none() {
                return Ok(());
            }
            let fields = self.person.fields(self.satisfaction, self.form, &page);
            phone.send(&format!("/khao-sat/{page}"), &fields).await?;
            if phone.status == 422 {
                let skip = ("skip".to_owned(), "1".to_owned());
                let fields: Vec<_> = fields.into_iter().chain([skip]).collect();
                phone.send(&format!("/khao-sat/{page}"), &fields).await?;
            }
            phone.expect(phone.status == 200 && phone.page() != page, "the next page")?;
        }
        Ok(())
    }

    async fn mistype(&self, phone: &mut Phone<'_>) -> Result<()> {
        phone.open("/ma").await?;
        let wrong: String = self.code.chars().rev().collect();
        phone.send("/ma", &[("code".to_owned(), wrong)]).await?;
        phone.expect(phone.status == 422 || phone.place == "/khao-sat", "a sentence about the code")
    }
}
