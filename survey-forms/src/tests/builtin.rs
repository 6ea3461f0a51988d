//! What every questionnaire that ships keeps to, and what the four beside that of 2026 ask.

use std::collections::BTreeSet;

use crate::{Answers, Defect, Form, Indicator, Interview, Level, Respondent, SkipPolicy, Unit, UnitKind, builtin};

fn forms() -> Vec<Form> {
    let form = |source| match Form::parse(&source) {
        Ok(form) => form,
        Err(defects) => panic!("{:#?}", defects.iter().map(Defect::to_string).collect::<Vec<_>>()),
    };
    builtin().into_iter().map(form).collect()
}

fn form(code: &str) -> Form {
    forms().into_iter().find(|form| form.code() == code).expect("a built-in form")
}

/// Factors with how many items each rests on, in order.
fn factors(form: &Form) -> Vec<(String, usize)> {
    let walk = form.indicators().unwrap().walk();
    let factors = walk.into_iter().filter(|indicator| indicator.level == Level::Factor);
    factors.map(|factor| (factor.code.clone(), factor.items().len())).collect()
}

fn is(found: &[(String, usize)], wanted: &[(&str, usize)]) -> bool {
    found.iter().map(|(code, count)| (code.as_str(), *count)).eq(wanted.iter().copied())
}

/// How many numbered units each page shows.
fn page_sizes(form: &Form) -> Vec<usize> {
    let numbered = |page| form.units_on(page).filter(|unit| unit.number().is_some()).count();
    form.pages().iter().map(numbered).collect()
}

fn items(form: &Form) -> usize {
    form.indicators().unwrap().items().len()
}

fn sensitive(form: &Form) -> Vec<(&str, Vec<&str>)> {
    let pages = form.pages().iter().filter(|page| page.is_sensitive());
    pages.map(|page| (page.code(), form.units_on(page).map(Unit::code).collect())).collect()
}

#[test]
fn five_forms_ship_that_of_the_year_first() {
    let codes: Vec<_> = builtin().into_iter().map(|source| source.code).collect();
    assert_eq!(codes, ["sipas-2026", "sipas-2022", "sipas-2017", "commune-service-point", "par-officials"]);
}

#[test]
fn every_form_is_sound_and_complete_in_both_languages() {
    for form in forms() {
        assert_eq!(form.languages(), ["vi", "en"], "{}", form.code());
    }
}

/// Not even an optional help stands in one language only.
#[test]
fn all_languages_say_the_same_keys() {
    fn keys(table: &toml::Table, prefix: &str) -> BTreeSet<String> {
        let inner = |(key, value): (&String, &toml::Value)| match value.as_table() {
            Some(inner) => keys(inner, &format!("{prefix}{key}.")),
            None => BTreeSet::from([format!("{prefix}{key}")]),
        };
        table.iter().flat_map(inner).collect()
    }
    for source in builtin() {
        let read = |text: &str| keys(&text.parse().unwrap(), "");
        let own = BTreeSet::from(["trial", "language_name"].map(str::to_owned));
        let [(_, first), others @ ..] = source.wordings.as_slice() else { panic!("a language") };
        for (language, words) in others {
            assert_eq!(read(&first.text), &read(&words.text) - &own, "{} {language}", source.code);
        }
    }
}

#[test]
fn every_form_has_its_own_code_digest_and_method() {
    let forms = forms();
    let different = |of: fn(&Form) -> &str| forms.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!([Form::code, Form::digest, Form::method].map(different), [forms.len(); 3]);
    assert!(forms.iter().all(|form| form.method() == form.code()), "the method is named for the form");
}

#[test]
fn no_page_has_more_than_seven_numbered_units() {
    for form in forms() {
        assert!(page_sizes(&form).iter().all(|size| (1..=7).contains(size)), "{}", form.code());
    }
}

#[test]
fn sensitive_questions_stand_alone_under_a_title_that_says_nothing() {
    for form in forms() {
        for (page, _) in sensitive(&form) {
            assert_eq!(page, "rieng-tu", "{}", form.code());
            assert!(form.words("vi").text("pages.rieng-tu").unwrap().text.starts_with("Câu hỏi riêng tư"));
            assert!(form.words("en").text("pages.rieng-tu").unwrap().text.starts_with("Private question"));
        }
    }
    assert_eq!(sensitive(&form("sipas-2017")), [("rieng-tu", vec!["trouble", "extra_money"])]);
    assert_eq!(sensitive(&form("commune-service-point")), [("rieng-tu", vec!["beyond_rules"])]);
}

#[test]
fn every_form_can_be_walked_without_answering_anything() {
    for form in forms() {
        let mut interview = Interview::new(&form, Answers::new());
        let alone = |page: &&crate::Page| Interview::new(&form, Answers::new()).path().step(page.code()).is_some();
        for page in form.pages().iter().filter(alone) {
            let _ = interview.give(page.code(), &[], SkipPolicy::Warn);
            assert_eq!(interview.give(page.code(), &[], SkipPolicy::Accept), Ok(()));
        }
        assert_eq!(interview.progress().skipped, form.question_count(), "{}", form.code());
    }
}

#[test]
fn that_of_2022_measures_33_items_in_nine_factors() {
    let form = form("sipas-2022");
    assert_eq!(form.question_count(), 48, "7 on the person, 8 on interest, 33 on satisfaction");
    assert_eq!(page_sizes(&form), [5, 2, 4, 4, 4, 4, 4, 2, 4, 4, 5, 3, 3]);
    let tree = form.indicators().unwrap();
    assert_eq!(tree.parts.iter().map(|domain| domain.items().len()).collect::<Vec<_>>(), [14, 19]);
    let wanted = [
        ("policy_accountability", 2),
        ("policy_participation", 2),
        ("policy_quality", 8),
        ("policy_impact", 2),
        ("service_access", 4),
        ("service_procedures", 4),
        ("service_officials", 5),
        ("service_results", 3),
        ("service_feedback", 3),
    ];
    assert!(is(&factors(&form), &wanted), "{:?}", factors(&form));
    let asked: Vec<_> = (1..=33).map(|item| format!("q9_{item:02}")).collect();
    assert_eq!(tree.items(), asked, "in the order asked");
}

#[test]
fn that_of_2017_measures_22_criteria_in_five_factors() {
    let form = form("sipas-2017");
    assert_eq!(form.question_count(), 26, "4 on how it went, 22 criteria");
    assert_eq!(page_sizes(&form), [2, 4, 5, 6, 3, 4, 2]);
    let wanted = [("access", 4), ("procedures", 5), ("officials", 6), ("results", 3), ("feedback", 4)];
    assert!(is(&factors(&form), &wanted), "{:?}", factors(&form));
    assert_eq!(items(&form), 22);
}

#[test]
fn that_of_2017_says_in_both_languages_that_it_is_unchecked() {
    let source = builtin().into_iter().find(|source| source.code == "sipas-2017").unwrap();
    assert!(source.definition.text.contains("# UNVERIFIED."));
    for form in forms() {
        let title = |language| form.words(language).text("title").unwrap().text;
        let unchecked = form.code() == "sipas-2017";
        assert_eq!(title("vi").ends_with("(chưa đối chiếu với phiếu gốc)"), unchecked);
        assert_eq!(title("en").ends_with("(not yet checked against the original form)"), unchecked);
    }
}

/// Counted as the person sees them numbered: each line of the grid is one.
#[test]
fn a_commune_asks_ten_questions() {
    let form = form("commune-service-point");
    assert_eq!(form.question_count(), 10);
    assert_eq!(page_sizes(&form), [2, 2, 3, 1, 1, 1, 3]);
    assert!(is(&factors(&form), &[("officials", 2), ("results", 1)]));
    let served = form.units().iter().filter(|unit| form.question_of(unit).unwrap().code() == "served");
    assert!(served.clone().all(|unit| unit.way_out().is_some_and(|way| way.code() == 99)));
    assert!(served.map(Unit::code).eq(form.indicators().unwrap().items()));
}

/// As long as nobody has translated it, nobody can answer in it.
#[test]
fn a_third_language_stands_by_and_is_not_offered() {
    let form = form("commune-service-point");
    assert_eq!(
        (form.languages().to_vec(), form.trial_languages()),
        (vec!["vi".into(), "en".into()], &["tyz".into()][..])
    );
    assert_eq!(form.language_name("tyz"), "Tày");
    let source = builtin().into_iter().find(|source| source.code == "commune-service-point").unwrap();
    let texts =
        source.wordings[2].1.text.lines().filter(|line| line.ends_with('"') && !line.starts_with("language_name"));
    let marked = texts.clone().filter(|line| line.contains(" = \"[Tày – chưa dịch] ")).count();
    assert_eq!(marked, texts.count());
}

#[test]
fn an_interviewer_closes_with_three_questions_of_their_own() {
    let form = form("commune-service-point");
    let led = Interview::new(&form, Answers::new()).respondent(Respondent::WithInterviewer);
    let place = led.place("dieu-tra-vien").unwrap();
    assert_eq!((place.section, place.sections, place.numbers, place.questions), (5, 5, Some((11, 13)), 13));
    let alone = Interview::new(&form, Answers::new());
    assert!(alone.place("dieu-tra-vien").is_none());
    assert_eq!(
        alone.place("y-kien-khac").map(|place| (place.section, place.sections, place.questions)),
        Some((4, 4, 10))
    );
}

#[test]
fn officials_judge_eight_fields() {
    let form = form("par-officials");
    assert_eq!(form.question_count(), 36, "3 on the official, 32 on reform, the comment");
    assert_eq!(page_sizes(&form), [3, 4, 4, 4, 4, 5, 4, 4, 3, 1]);
    assert_eq!(items(&form), 32);
    // A page asks about one field, the whole of it.
    let fields = &form.indicators().unwrap().parts;
    let pages: Vec<Vec<_>> =
        form.pages()[1..9].iter().map(|page| form.units_on(page).map(Unit::code).collect()).collect();
    assert_eq!(pages, fields.iter().map(Indicator::items).collect::<Vec<_>>());
}

#[test]
fn a_free_comment_comes_last() {
    for form in forms() {
        let for_everybody = |unit: &&Unit| !form.question_of(unit).unwrap().is_by_interviewer();
        let before_last = form.units().iter().filter(for_everybody).rev().skip(1);
        let early = before_last.filter(|unit| matches!(unit.kind(), UnitKind::Text { .. })).count();
        assert_eq!(early, 0, "{}", form.code());
    }
}
