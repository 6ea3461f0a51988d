//! What changed between two versions, in a sentence each.

use survey_forms::{Difference, Form, WayOut};

use crate::base::text::{Texts, Value};

/// One line of the table of changes.
pub(super) struct Change {
    /// Which question, page or part.
    pub(super) place: String,
    pub(super) what: String,
    pub(super) old: String,
    pub(super) new: String,
    /// Years before and after can no longer be compared.
    pub(super) breaks: bool,
}

impl Change {
    pub(super) fn new(difference: &Difference, form: &Form, texts: Texts) -> Self {
        use Difference as D;
        let lists = |codes: &[u16]| codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let option = |text: &Option<String>| text.clone().unwrap_or_default();
        let way_out =
            |way: &Option<WayOut>| way.map(|way| form.words(texts.language().code()).way_out(way)).unwrap_or_default();
        let position = |at: &survey_forms::Position| at.page.clone();
        let (key, old, new) = match difference {
            D::LanguageAdded { language } => ("change-language-added", String::new(), language.clone()),
            D::LanguageRemoved { language } => ("change-language-removed", language.clone(), String::new()),
            D::MethodChanged { old, new } => ("change-method", old.clone(), new.clone()),
            D::WordsChanged { old, new, .. } => ("change-words", option(old), option(new)),
            D::IndicatorChanged { old, new, .. } => ("change-indicator", old.join(", "), new.join(", ")),
            D::PageAdded { title, .. } => ("change-page-added", String::new(), title.clone()),
            D::PageRemoved { title, .. } => ("change-page-removed", title.clone(), String::new()),
            D::PageRenamed { old, new, .. } => ("change-page-renamed", old.clone(), new.clone()),
            D::PageMoved { old, new, .. } => ("change-page-moved", old.clone(), new.clone()),
            D::PageSensitivityChanged { sensitive: true, .. } => ("change-page-private", String::new(), String::new()),
            D::PageSensitivityChanged { .. } => ("change-page-not-private", String::new(), String::new()),
            D::PageConditionChanged { .. } | D::ConditionChanged { .. } => {
                ("change-condition", String::new(), String::new())
            }
            D::AskedByChanged { by_interviewer: true, .. } => ("change-by-interviewer", String::new(), String::new()),
            D::AskedByChanged { .. } => ("change-not-by-interviewer", String::new(), String::new()),
            D::Added { text, .. } => ("change-added", String::new(), text.clone()),
            D::Removed { text, .. } => ("change-removed", text.clone(), String::new()),
            D::Moved { old, new, .. } => ("change-moved", position(old), position(new)),
            D::Reworded { old, new, formerly: None, .. } => ("change-reworded", old.clone(), new.clone()),
            D::Reworded { old, new, .. } => ("change-code-reused", old.clone(), new.clone()),
            D::KindChanged { old, new, .. } => ("change-kind", old.as_str().to_owned(), new.as_str().to_owned()),
            D::LengthChanged { old, new, .. } => ("change-length", texts.number(old), texts.number(new)),
            D::BoundsChanged { .. } => ("change-bounds", String::new(), String::new()),
            D::TopicChanged { old, new, .. } => ("change-topic", option(old), option(new)),
            D::WayOutChanged { old, new, .. } => ("change-way-out", way_out(old), way_out(new)),
            D::ScaleChanged { old, new, .. } => ("change-scale", option(old), option(new)),
            D::ChoiceAdded { label, .. } => ("change-choice-added", String::new(), label.clone()),
            D::ChoiceRemoved { label, .. } => ("change-choice-removed", label.clone(), String::new()),
            D::ChoiceReworded { old, new, .. } => ("change-choice-reworded", old.clone(), new.clone()),
            D::ChoicesReordered { old, new, .. } => ("change-choices-reordered", lists(old), lists(new)),
        };
        Self {
            place: place(difference, texts),
            what: texts.get(key).into_owned(),
            old,
            new,
            breaks: difference.breaks_comparison(),
        }
    }
}

fn place(difference: &Difference, texts: Texts) -> String {
    use Difference as D;
    let unit = |code: &str, number: Option<u16>| match number {
        Some(number) => texts
            .with("change-of-question", [("number", Value::from(number.to_string())), ("code", Value::from(code))])
            .into_owned(),
        None => code.to_owned(),
    };
    match difference {
        D::LanguageAdded { .. } | D::LanguageRemoved { .. } | D::MethodChanged { .. } => {
            texts.get("change-of-form").into_owned()
        }
        D::WordsChanged { key, .. } => key.clone(),
        D::IndicatorChanged { code, .. } => code.clone(),
        D::PageAdded { page, .. }
        | D::PageRemoved { page, .. }
        | D::PageRenamed { page, .. }
        | D::PageMoved { page, .. }
        | D::PageSensitivityChanged { page, .. }
        | D::PageConditionChanged { page, .. } => texts.with("change-of-page", [("page", page.as_str())]).into_owned(),
        D::Added { code, number, .. }
        | D::Removed { code, number, .. }
        | D::Moved { code, number, .. }
        | D::Reworded { code, number, .. }
        | D::KindChanged { code, number, .. }
        | D::LengthChanged { code, number, .. }
        | D::BoundsChanged { code, number, .. }
        | D::TopicChanged { code, number, .. }
        | D::WayOutChanged { code, number, .. }
        | D::ConditionChanged { code, number, .. }
        | D::AskedByChanged { code, number, .. }
        | D::ScaleChanged { code, number, .. }
        | D::ChoiceAdded { code, number, .. }
        | D::ChoiceRemoved { code, number, .. }
        | D::ChoiceReworded { code, number, .. }
        | D::ChoicesReordered { code, number, .. } => unit(code, *number),
    }
}
