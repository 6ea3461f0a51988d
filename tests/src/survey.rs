//! A campaign with people who hold codes, put into the tables directly: draws and codes have tests of their own.

use std::path::{Path, PathBuf};

use server::audit::Actor;
use server::base::seal::hex;
use server::campaigns::{self, Campaign, NewCampaign};
use server::invitations::{self, code::Code};
use server::questionnaires;
use survey_forms::{Source, SourceFile};
use uuid::Uuid;

use crate::House;

pub struct Person {
    pub code: Code,
    pub psu: String,
}

pub struct Survey {
    pub campaign: Uuid,
    pub people: Vec<Person>,
}

impl House {
    /// An open campaign of the questionnaire of 2026.
    pub async fn survey(&self, communes: usize, persons_each: usize) -> Survey {
        let forms = survey_forms::builtin();
        let survey = self.survey_in_preparation(forms.first().expect("a built-in form"), communes, persons_each).await;
        self.open(&survey.row(self).await).await;
        survey
    }

    /// An open campaign of two questions, for what is about many people and not about questions.
    pub async fn small_survey(&self, communes: usize, persons_each: usize) -> Survey {
        self.survey_of(&tiny_form("nho", SMALL_FORM, SMALL_WORDS), communes, persons_each).await
    }

    /// An open campaign of any questionnaire.
    pub async fn survey_of(&self, source: &Source, communes: usize, persons_each: usize) -> Survey {
        let survey = self.survey_in_preparation(source, communes, persons_each).await;
        self.open(&survey.row(self).await).await;
        survey
    }

    /// An approved version of a questionnaire.
    pub async fn approved(&self, source: &Source) -> Uuid {
        questionnaires::adopt(&self.app, &Actor::System("proposer"), &self.actor, source).await.expect("a sound form")
    }

    /// From 1 October to 30 November 2026; a commune is flushed from five answers on.
    pub async fn survey_in_preparation(&self, source: &Source, communes: usize, persons_each: usize) -> Survey {
        let new = NewCampaign {
            slug: format!("thu-{}", Uuid::new_v4().simple()).chars().take(20).collect(),
            name_vi: "Khảo sát thử".to_owned(),
            name_en: "Trial survey".to_owned(),
            year: 2026,
            opens_on: "2026-10-01".parse().unwrap(),
            closes_on: "2026-11-30".parse().unwrap(),
            results_on: "2026-12-31".parse().unwrap(),
            hotline: "1900 1234".to_owned(),
            synthetic: true,
            flush_at_least: 5,
        };
        let version = self.approved(source).await;
        let campaign = campaigns::create(&self.app, &self.actor, &new, version).await.expect("a campaign");
        let mut people = Vec::new();
        for commune in 0..communes {
            for _ in 0..persons_each {
                people.push(Person { code: Code::random().unwrap(), psu: format!("{commune:016x}") });
            }
        }
        let survey = Survey { campaign, people };
        survey.insert(self).await;
        survey
    }
}

/// A questionnaire in Vietnamese.
pub fn tiny_form(code: &str, definition: &str, words: &str) -> Source {
    Source {
        code: code.to_owned(),
        definition: SourceFile::new("form.toml", definition),
        wordings: vec![("vi".to_owned(), SourceFile::new("vi.toml", words))],
    }
}

/// One of the tiny forms of `survey-forms/corpus`, one behaviour each.
pub fn corpus(name: &str) -> Source {
    let directory = corpus_directory().join(name);
    let text = |file: &str| SourceFile::new(file, std::fs::read_to_string(directory.join(file)).expect("its text"));
    let wordings = files(&directory).into_iter().filter(|file| file != "form.toml");
    Source {
        code: name.to_owned(),
        definition: text("form.toml"),
        wordings: wordings.map(|file| (file.trim_end_matches(".toml").to_owned(), text(&file))).collect(),
    }
}

/// The sound ones.
pub fn corpus_names() -> Vec<String> {
    let directory = corpus_directory();
    files(&directory).into_iter().filter(|name| directory.join(name).join("form.toml").exists()).collect()
}

fn corpus_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../survey-forms/corpus")
}

fn files(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).expect("the corpus");
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

impl Survey {
    pub async fn row(&self, house: &House) -> Campaign {
        campaigns::find(&house.app, self.campaign).await.expect("the campaign")
    }

    /// Ends the fieldwork; the last flush waits in the queue.
    pub async fn close(&self, house: &House) {
        campaigns::close(&house.app, &house.actor, &self.row(house).await).await.expect("the campaign closes");
        house.app.clock.advance(chrono::Duration::seconds(2));
    }

    async fn insert(&self, house: &House) {
        let (campaign, frame, draw) = (self.campaign, Uuid::now_v7(), Uuid::now_v7());
        let wave = house.app.keys.make_wave(campaign).unwrap();
        let contact = invitations::contact_key(&house.app).unwrap();
        let mut statements = vec![format!(
            "INSERT INTO contact.frame VALUES ('{frame}', '{campaign}', 'thu.csv', '', '', true, 1, 1, 1, 1, now(), now(), 'person');
             INSERT INTO contact.draw VALUES ('{draw}', '{campaign}', '{frame}', '', '', '', 'hạt giống', 'sipas-draw-v1', 'drawn', '', 1, 0, 'thử', now(), now(), NULL, '', 'thử', now(), 'người kia', now());"
        )];
        let mut psus: Vec<_> = self.people.iter().map(|person| &person.psu).collect();
        psus.dedup();
        for psu in psus {
            let invited = self.people.iter().filter(|person| person.psu == *psu).count();
            statements.push(format!(
                "INSERT INTO answers.sampling_unit VALUES ('{campaign}', '{psu}', '01-urban', '01', 'urban', 1.5, {invited});"
            ));
        }
        for (number, person) in self.people.iter().enumerate() {
            let (tag, digest) =
                (hex(&person.code.tag(&wave).unwrap()), hex(&person.code.contact_digest(&contact).unwrap()));
            let psu = &person.psu;
            statements.push(format!(
                "INSERT INTO answers.allowed VALUES ('\\x{tag}', '{campaign}', '{psu}');
                 INSERT INTO contact.invitation VALUES ('{}', '{campaign}', '{draw}', '{psu}-{number}', '01', '01-urban', '\\x{digest}', 'open');",
                Uuid::now_v7()
            ));
        }
        house.execute(&statements.join("\n")).await;
    }
}

/// Two questions; a yes to the first opens the second.
const SMALL_FORM: &str = r#"
method = "test"
languages = ["vi"]
sections = ["one"]
[[pages]]
code = "mot"
section = "one"
show = ["q1"]
[[pages]]
code = "them"
section = "one"
show = ["q2"]
when = { unit = "q1", is = 1 }
[[questions]]
code = "q1"
kind = "single"
choices = [1, 2]
[[questions]]
code = "q2"
kind = "single"
choices = [1, 2]
"#;

const SMALL_WORDS: &str = r#"
title = "Phiếu thử"
[ways_out]
skipped = "Bỏ qua"
[sections]
one = "Phần một"
[pages]
mot = "Trang một"
them = "Trang thêm"
[questions.q1]
stem = "Có hay không?"
choices.1 = "Có"
choices.2 = "Không"
[questions.q2]
stem = "Thêm gì?"
choices.1 = "Có"
choices.2 = "Không"
"#;
