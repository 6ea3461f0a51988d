//! How much of everything is taken. A questionnaire may come from anybody: beyond these bounds reading one could cost seconds
//! or hundreds of megabytes. The largest that ships has 85 questions, 20 pages and 55 KB of text.

use crate::defects::Fault;
use crate::draft::Draft;
use crate::source::Source;

/// Of all texts together, in bytes. TOML takes up to forty times its size in memory.
pub(crate) const MOST_BYTES: usize = 2_000_000;
/// Questions, notes and lines of grids: an hour and more for whoever answers.
pub(crate) const MOST_QUESTIONS: usize = 1_000;
pub(crate) const MOST_PAGES: usize = 500;
/// In one list: 97, 98 and 99 say nothing was chosen.
pub(crate) const MOST_CHOICES: usize = 96;
/// Comparisons in all conditions together; in a workbook those of a group count again for what stands in it.
pub(crate) const MOST_CONDITIONS: usize = 10_000;
/// Each may hang from another, so this is also how deep the tree can be.
pub(crate) const MOST_INDICATORS: usize = 200;
pub(crate) const MOST_LANGUAGES: usize = 20;
/// In characters: a stem, a label, a condition in a workbook.
pub(crate) const LONGEST_TEXT: usize = 10_000;
/// What is told of one file; nobody reads more.
pub(crate) const MOST_DEFECTS: usize = 500;

/// What can be seen before anything is read.
pub(crate) fn of_source(source: &Source) -> Option<Fault> {
    let wordings = source.wordings.iter().map(|(_, file)| file.text.len());
    let bytes = source.definition.text.len() + wordings.sum::<usize>();
    first(&[("bytes of text", bytes, MOST_BYTES), ("languages", source.wordings.len(), MOST_LANGUAGES)])
}

/// What can be seen before anything is put together.
pub(crate) fn of_draft(draft: &Draft) -> Option<Fault> {
    let lines = draft.questions.iter().map(|question| question.items.len());
    let lists = draft.questions.iter().map(|question| question.choices.len());
    let longest = lists.chain(draft.scales.iter().map(|(_, codes)| codes.len())).max().unwrap_or(0);
    first(&[
        ("questions", draft.questions.len() + lines.sum::<usize>(), MOST_QUESTIONS),
        ("pages", draft.pages.len(), MOST_PAGES),
        ("questions on pages", draft.pages.iter().map(|page| page.show.len()).sum(), MOST_QUESTIONS),
        ("sections", draft.sections.len(), MOST_PAGES),
        ("topics", draft.topics.len(), MOST_QUESTIONS),
        ("scales", draft.scales.len(), MOST_QUESTIONS),
        ("filters", draft.filters.len(), MOST_QUESTIONS),
        ("choices in one list", longest, MOST_CHOICES),
        ("conditions", draft.conditions(), MOST_CONDITIONS),
        ("indicators", draft.indicators.len(), MOST_INDICATORS),
        ("languages", draft.languages.len(), MOST_LANGUAGES),
    ])
}

fn first(counts: &[(&'static str, usize, usize)]) -> Option<Fault> {
    let beyond = counts.iter().find(|(_, found, most)| found > most);
    beyond.map(|(what, _, most)| Fault::TooMuch { what, most: *most })
}
