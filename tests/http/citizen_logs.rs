//! No code, tag or answer in a log line, a header or a database row that could be read without a key.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use e2e::House;
use server::base::log;
use server::base::seal::hex;
use server::invitations::code::Code;
use server::staff::Role;
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;
    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Everything the whole test run logs from here on, down to the debug lines that may be logged.
fn captured() -> &'static Lines {
    static LOG: OnceLock<Lines> = OnceLock::new();
    LOG.get_or_init(|| {
        let lines = Lines::default();
        tracing_subscriber::fmt().with_env_filter(log::filter("debug")).with_writer(lines.clone()).init();
        lines
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_person_reaches_the_log_or_a_header() {
    let lines = captured();
    let house = House::start().await;
    let survey = house.survey(1, 3).await;
    let code = &survey.people[0].code;
    let on_paper = [&survey.people[1].code, &survey.people[2].code].map(Code::digits);
    let tag = code.tag(&house.app.keys.wave(survey.campaign).unwrap().unwrap()).unwrap();
    let words = "Canh-bao-rieng-7Q";
    // The statements that made the survey name the tag; from here on only the server speaks.
    let begun = lines.0.lock().unwrap().len();

    let mut citizen = house.visitor();
    let mut answers = vec![citizen.enter(code).await];
    answers.push(citizen.agree().await);
    let (check, _) = {
        let first = citizen.get("/khao-sat/ve-ong-ba").await;
        citizen.walk(first, |asked| Some(asked.values.first().cloned().unwrap_or_else(|| words.to_owned()))).await
    };
    answers.push(check);
    answers.push(citizen.post("/khao-sat/gui", &[]).await);
    answers.push(citizen.post("/khao-sat/gui?ma=1", &[("code", &code.digits())]).await);
    answers.push(citizen.get("/khao-sat/khong-co").await);
    // Two people's paper: one form agreed upon, one that waits.
    for (name, form) in [("an", &on_paper[..]), ("binh", &on_paper[..1])] {
        let mut keyer = house.sign_in_as(name, Role::Reviewer, "VN").await;
        answers.push(keyer.get("/qt/phieu-giay").await);
        for code in form {
            answers.push(keyer.post("/qt/phieu-giay", &[("code", code)]).await);
            let sheet = [("giay.ma", code.as_str()), ("q9_01", "4"), ("q11", words)];
            answers.push(keyer.post("/qt/phieu-giay/nhap", &sheet).await);
        }
    }
    assert_eq!((house.count("answers.inbox").await, house.count("answers.keying").await), (2, 1));

    let logged = String::from_utf8_lossy(&lines.0.lock().unwrap()[begun..]).into_owned();
    assert!(logged.contains("/v/{code}"), "the log is really read");
    let groups = code.to_string();
    let [agreed, waits] = on_paper.clone();
    for secret in [code.digits(), groups, agreed, waits, hex(&tag), format!("{tag:?}"), words.to_owned()] {
        assert!(!logged.contains(&secret), "the log tells {secret}");
        for answer in &answers {
            for (name, value) in &answer.headers {
                let value = String::from_utf8_lossy(value.as_bytes());
                assert!(!value.contains(&secret), "{name} tells {secret}");
            }
        }
    }
    // Nor does the database, without the keys: no code, no word, no coded answer.
    for table in
        ["answers.inbox", "answers.draft", "answers.keying", "contact.invitation", "office.audit_entry", "office.job"]
    {
        for row in house.rows(&format!("SELECT row_to_json(r)::text AS line FROM {table} AS r")).await {
            assert!(on_paper.iter().all(|code| !row.contains(code)), "{table}: {row}");
            assert!(!row.contains(&code.digits()) && !row.contains(words) && !row.contains("q9_01"), "{table}: {row}");
        }
    }
}
