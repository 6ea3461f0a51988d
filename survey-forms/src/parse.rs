//! Text → form, or every defect with its place.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::{Built, build};
use crate::check::{check, is_code};
use crate::defects::{Defect, Fault};
use crate::draft::Draft;
use crate::form::Form;
use crate::indicators::plant;
use crate::limits;
use crate::piping;
use crate::reach;
use crate::read::{File, Table};
use crate::source::Source;
use crate::wording::{LANGUAGE_NAME, TRIAL, Written};

impl Form {
    /// # Errors
    /// Every defect of the definition and of the wordings, by file and line. Things that only follow from
    /// another defect (whether a question can be reached, say) are looked at once the others are gone.
    pub fn parse(source: &Source) -> Result<Self, Vec<Defect>> {
        let file = File::new(&source.definition);
        let alone = |fault| vec![Defect { file: source.definition.name.clone(), line: 1, fault }];
        if let Some(fault) = limits::of_source(source) {
            return Err(alone(fault));
        }
        let tree = file.parse(&source.definition);
        if file.is_faulty() {
            return Err(file.into_defects());
        }
        let draft = Draft::read(Table::new(&file, tree.get_ref(), 1));
        if let Some(fault) = limits::of_draft(&draft) {
            return Err(alone(fault));
        }
        let built = build(&draft, &file);
        check(&draft, &built, &file);
        let indicators = plant(&draft.indicators, &built, &file);
        let mut form = assemble(source, &draft, built);
        form.indicators = indicators;
        if !file.is_faulty() {
            reach::check(&form, &file);
        }
        let keys = form.keys(&draft);
        let mut defects = Vec::new();
        let mut trials = BTreeSet::new();
        for (language, words) in &source.wordings {
            let here = File::new(words);
            let written = Written::read(words, &here);
            if !is_code(language) {
                here.report(1, Fault::BadCode { code: language.clone() });
            }
            if let Some(line) = written.trial() {
                trials.insert(language);
                if language == form.source_language() {
                    let wanted = "left out: this language stands behind all others";
                    here.report(line, Fault::WrongValue { key: TRIAL.to_owned(), wanted });
                }
            }
            written.check(language, &keys, &here);
            piping::check(&form, &written, &here);
            defects.extend(here.into_defects());
            form.wordings.insert(language.clone(), written.into_wording(language));
        }
        for language in draft.languages.iter().filter(|language| !form.wordings.contains_key(&language.value)) {
            file.report(language.line, Fault::MissingWording { language: language.value.clone() });
        }
        let unlisted: Vec<_> =
            form.wordings.keys().filter(|language| !form.languages.contains(language)).cloned().collect();
        form.languages.extend(unlisted);
        (form.trial_languages, form.languages) =
            form.languages.into_iter().partition(|language| trials.contains(language));
        defects.extend(file.into_defects());
        defects.sort();
        defects.dedup();
        if defects.is_empty() { Ok(form) } else { Err(defects) }
    }

    /// Every wording key this form knows, and whether a wording may go without it.
    fn keys(&self, draft: &Draft) -> BTreeMap<String, Needed> {
        let mut keys = BTreeMap::new();
        let mut need = |key: String| keys.insert(key, Needed::Yes);
        need("title".to_owned());
        need("ways_out.skipped".to_owned());
        for way_out in self.units.iter().filter_map(|unit| unit.way_out) {
            need(format!("ways_out.{}", way_out.name()));
        }
        for section in &self.sections {
            need(format!("sections.{section}"));
        }
        for page in &self.pages {
            need(format!("pages.{}", page.code));
        }
        for topic in &draft.topics {
            need(format!("topics.{}", topic.value));
        }
        for (code, _) in &draft.indicators {
            need(format!("indicators.{}", code.value));
        }
        for (scale, codes) in &draft.scales {
            for code in codes {
                need(format!("scales.{}.{}", scale.value, code.value));
            }
        }
        for question in draft.questions.iter().filter(|question| !question.code.value.is_empty()) {
            let code = &question.code.value;
            need(format!("questions.{code}.stem"));
            for choice in &question.choices {
                need(format!("questions.{code}.choices.{}", choice.value));
            }
            for item in &question.items {
                need(format!("items.{}", item.code.value));
            }
        }
        let optional = self.questions.iter().map(|question| format!("questions.{}.help", question.code));
        keys.extend(optional.chain([LANGUAGE_NAME.to_owned()]).map(|key| (key, Needed::No)));
        keys
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needed {
    Yes,
    No,
}

fn assemble(source: &Source, draft: &Draft, built: Built) -> Form {
    let values = |list: &[crate::read::At<String>]| list.iter().map(|at| at.value.clone()).collect();
    let places = built.units.iter().enumerate().map(|(at, unit)| (unit.code.clone(), at)).collect();
    Form {
        code: source.code.clone(),
        digest: source.digest(),
        method: draft.method.value.clone(),
        languages: values(&draft.languages),
        trial_languages: Vec::new(),
        sections: values(&draft.sections),
        pages: built.pages,
        questions: built.questions,
        units: built.units,
        places,
        indicators: None,
        wordings: BTreeMap::new(),
    }
}
