//! A visitor who answers: reads the questions off the page and posts what a form without script would post.

use std::collections::BTreeSet;

use server::invitations::code::Code;

use crate::{Answer, Visitor};

/// One question as a browser sees it.
pub struct Asked {
    pub name: String,
    /// What can be chosen, in the order shown; empty for what is written.
    pub values: Vec<String>,
}

impl Answer {
    /// The questions on the page.
    pub fn asked(&self) -> Vec<Asked> {
        let mut asked: Vec<Asked> = Vec::new();
        // The line beside "other" belongs to its choice.
        let mut beside = false;
        for tag in self.text.split('<').filter_map(|rest| rest.split('>').next()) {
            beside |= tag == "div class=\"write-in\"";
            let choice = tag.starts_with("input type=\"radio\"") || tag.starts_with("input type=\"checkbox\"");
            let line =
                tag.contains(" type=\"text\"") && !tag.contains(" name=\"code\"") && !std::mem::take(&mut beside);
            let written = tag.starts_with("textarea") || line;
            let Some(name) = attribute(tag, "name").filter(|_| choice || written) else { continue };
            let values = attribute(tag, "value").filter(|_| choice);
            match asked.last_mut().filter(|asked| asked.name == name) {
                Some(last) => last.values.extend(values),
                None => asked.push(Asked { name, values: values.into_iter().collect() }),
            }
        }
        asked
    }

    /// The names of all fields a person can fill in, each once.
    pub fn names(&self) -> BTreeSet<String> {
        let tags = self.text.split('<').filter_map(|rest| rest.split('>').next());
        tags.filter(|tag| tag.starts_with("input") || tag.starts_with("textarea"))
            .filter(|tag| !tag.contains("type=\"hidden\""))
            .filter_map(|tag| attribute(tag, "name"))
            .collect()
    }

    /// The values that are chosen, by question.
    pub fn chosen(&self) -> Vec<(String, String)> {
        let tags = self.text.split('<').filter_map(|rest| rest.split('>').next());
        tags.filter(|tag| tag.ends_with(" checked"))
            .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
            .collect()
    }

    /// The `<h1>` without markup.
    pub fn title(&self) -> String {
        let (_, rest) = self.text.split_once("<title>").expect("a title");
        rest.split(" – ").next().unwrap_or_default().to_owned()
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split('"').next()?.to_owned())
}

impl Visitor {
    /// Follows the letter's picture code.
    pub async fn enter(&mut self, code: &Code) -> Answer {
        self.get(&format!("/v/{}", code.digits())).await
    }

    pub async fn agree(&mut self) -> Answer {
        self.post("/khao-sat/dong-y", &[]).await
    }

    /// Answers every question of `page` with what `choose` says; none leaves it open.
    pub async fn answer(&mut self, page: &Answer, choose: impl Fn(&Asked) -> Option<String>) -> Answer {
        let asked = page.asked();
        let fields: Vec<_> = asked.iter().filter_map(|asked| Some((asked.name.as_str(), choose(asked)?))).collect();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let place = page.place.split('?').next().unwrap_or_default();
        self.post(place, &fields).await
    }

    /// Goes from the first page to the check, and says how many pages it saw.
    pub async fn walk(&mut self, mut page: Answer, choose: impl Fn(&Asked) -> Option<String>) -> (Answer, usize) {
        let mut pages = 0;
        while page.place != "/khao-sat/kiem-tra" {
            assert!(!page.asked().is_empty(), "a page of questions: {}\n{}", page.place, page.text);
            let next = self.answer(&page, &choose).await;
            next.is(200);
            assert_ne!(next.place, page.place, "the page was taken");
            page = next;
            pages += 1;
        }
        (page, pages)
    }

    /// The whole way, from the letter to the receipt.
    pub async fn respond(&mut self, code: &Code) -> Answer {
        self.enter(code).await;
        let first = self.agree().await;
        self.walk(first, first_choice).await;
        self.post("/khao-sat/gui", &[]).await
    }
}

/// Always the first choice; says nothing where words are asked for.
pub fn first_choice(asked: &Asked) -> Option<String> {
    Some(asked.values.first().cloned().unwrap_or_default())
}
