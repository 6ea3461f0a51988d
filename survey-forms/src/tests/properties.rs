//! Whatever is sent, in whatever order.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::corpus::{SOUND, source};
use crate::{Answer, Completed, Form, Interview, Issue, SkipPolicy, Transcript, Unit, UnitKind, builtin};

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let sources = SOUND.iter().map(source).chain(builtin());
    sources.map(|source| Form::parse(&source).expect("sound")).collect()
});

/// A page and its fields as indexes, to be turned into what a form has.
type Sent = (usize, Vec<(usize, u16)>, bool);

fn sent() -> impl Strategy<Value = Vec<Sent>> {
    let field = (0..100_usize, prop_oneof![0..8_u16, 96..100_u16, any::<u16>()]);
    prop::collection::vec((0..30_usize, prop::collection::vec(field, 0..12), any::<bool>()), 0..25)
}

fn fields(form: &Form, page: usize, raw: &[(usize, u16)]) -> (String, Vec<(String, String)>) {
    let page = form.pages().get(page).map_or("khong-co", |page| page.code());
    let on_page: Vec<&str> =
        form.units().iter().filter(|unit| form.pages()[unit.page].code() == page).map(crate::Unit::code).collect();
    let field = |(unit, value): &(usize, u16)| {
        // Mostly fields of the page, now and then a stranger.
        let name = if *unit < 90 && !on_page.is_empty() {
            on_page[unit % on_page.len()]
        } else {
            form.units()[unit % form.units().len()].code()
        };
        (name.to_owned(), if *value == 7 { "chữ".to_owned() } else { value.to_string() })
    };
    (page.to_owned(), raw.iter().map(field).collect())
}

fn give(interview: &mut Interview, (page, raw, accept): &Sent) -> Result<(), Vec<Issue>> {
    let (page, raw) = fields(interview.form(), *page, raw);
    interview.give(&page, &raw, if *accept { SkipPolicy::Accept } else { SkipPolicy::Warn })
}

/// What somebody types who reads this answer off paper.
fn keyed(unit: &Unit, answer: &Answer) -> String {
    match (answer, unit.kind()) {
        (Answer::Text(text), _) => text.clone(),
        (Answer::Quantity(quantity), _) => quantity.written("vi"),
        (Answer::Choices(codes), _) => codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        (Answer::Skipped, UnitKind::One(_) | UnitKind::Many(_)) => "97".to_owned(),
        (Answer::Skipped, _) => String::new(),
        (Answer::Choice(_) | Answer::DontKnow | Answer::Never, UnitKind::Quantity(_)) => unit.way_out_value().unwrap(),
        (other, _) => other.code().unwrap().to_string(),
    }
}

proptest! {
    #[test]
    fn only_answers_on_the_final_path_are_sent(form in 0..FORMS.len(), all in sent()) {
        let form = &FORMS[form];
        let mut interview = Interview::new(form, crate::Answers::new());
        for one in &all {
            let _ = give(&mut interview, one);
        }
        let completed = interview.finish();
        let path = interview.path();
        let on_path: Vec<&str> = path.units().map(crate::Unit::code).collect();
        for unit in completed.answers().keys().chain(completed.texts().keys()) {
            prop_assert!(on_path.contains(&unit.as_str()), "{unit} is not on the path");
        }
        for unit in path.units().filter(|unit| !unit.is_text()) {
            prop_assert!(completed.answers().contains_key(unit.code()), "{} is missing", unit.code());
        }
        let progress = interview.progress();
        prop_assert!(progress.answered + progress.skipped <= progress.total);
    }

    #[test]
    fn giving_a_page_twice_is_giving_it_once(form in 0..FORMS.len(), before in sent(), last in sent()) {
        let mut interview = Interview::new(&FORMS[form], crate::Answers::new());
        for one in &before {
            let _ = give(&mut interview, one);
        }
        for one in &last {
            let told = give(&mut interview, one);
            let answers = interview.answers().clone();
            prop_assert_eq!(give(&mut interview, one), told);
            prop_assert_eq!(interview.answers(), &answers);
        }
    }

    #[test]
    fn stored_answers_and_sent_bodies_come_back_the_same(form in 0..FORMS.len(), all in sent()) {
        let form = &FORMS[form];
        let mut interview = Interview::new(form, crate::Answers::new());
        for one in &all {
            let _ = give(&mut interview, one);
        }
        let stored = serde_json::to_vec(interview.answers()).unwrap();
        let resumed = Interview::new(form, serde_json::from_slice(&stored).unwrap());
        prop_assert_eq!(resumed.answers(), interview.answers());
        let sent = interview.finish().canonical_json();
        prop_assert_eq!(&resumed.finish().canonical_json(), &sent);
        let read: Completed = serde_json::from_str(&sent).unwrap();
        prop_assert_eq!(&read.canonical_json(), &sent);
    }

    #[test]
    fn the_same_answers_on_paper_are_the_same_response(form in 0..FORMS.len(), all in sent()) {
        let form = &FORMS[form];
        let mut interview = Interview::new(form, crate::Answers::new());
        for one in &all {
            let _ = give(&mut interview, one);
        }
        let path = interview.path();
        let keyed: Vec<_> = path.units().filter_map(|unit| Some((unit.code().to_owned(), keyed(unit, path.answer(unit)?)))).collect();
        let transcript = Transcript::read(form, &keyed).unwrap();
        prop_assert!(transcript.strays(form).is_empty());
        let from_paper = Interview::new(form, transcript.answers(form));
        prop_assert!(from_paper.path().first_open().is_none(), "nothing is left open");
        prop_assert_eq!(from_paper.finish().canonical_json(), interview.finish().canonical_json());
    }

    #[test]
    fn every_page_on_the_path_can_be_shown(form in 0..FORMS.len(), all in sent()) {
        let form = &FORMS[form];
        let mut interview = Interview::new(form, crate::Answers::new());
        for one in &all {
            let (page, raw) = fields(form, one.0, &one.1);
            let issues = give(&mut interview, one).err().unwrap_or_default();
            let shown = interview.page(&page, "en", &raw, &issues);
            prop_assert_eq!(shown.is_some(), interview.path().step(&page).is_some());
        }
        prop_assert_eq!(interview.summary("vi").iter().map(|section| section.answered).sum::<u16>(), interview.progress().answered);
    }

    #[test]
    fn a_damaged_definition_is_refused_or_read_but_never_breaks(lines in prop::collection::vec(0..400_usize, 1..4), cut in 0..120_usize) {
        let mut source = builtin().remove(0);
        let text = source.definition.text.lines().enumerate().map(|(at, line)| match lines.iter().position(|gone| *gone == at) {
            Some(0) => line.chars().take(cut).collect(),
            Some(_) => String::new(),
            None => line.to_owned(),
        });
        source.definition.text = text.collect::<Vec<_>>().join("\n");
        if let Err(defects) = Form::parse(&source) {
            prop_assert!(!defects.is_empty());
        }
    }
}
