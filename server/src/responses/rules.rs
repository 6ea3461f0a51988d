//! Decisions as pure functions.

use std::collections::BTreeMap;

use survey_forms::Interview;

/// What a commune has waiting, and whether it may be flushed: alone or in twos, an answer would point at its person.
pub fn due(waiting: &BTreeMap<String, usize>, at_least: usize, closed: bool) -> Vec<String> {
    waiting.iter().filter(|(_, count)| closed || **count >= at_least).map(|(psu, _)| psu.clone()).collect()
}

/// Where somebody who comes back goes on; none when every question was asked. Who has said nothing yet begins at the beginning, which
/// may be a page of words.
pub fn next_open<'f>(interview: &Interview<'f>) -> Option<&'f str> {
    let path = interview.path();
    let page = if interview.answers().is_empty() { path.first() } else { path.first_open() };
    page.map(survey_forms::Page::code)
}

/// Whether the key of a day may be destroyed: nothing sealed under it is left, and nothing can still come. Yesterday's stays
/// while anybody may answer, because a submit that began before midnight may arrive after it.
pub fn key_is_spent(day: i32, today: i32, rows_left: bool, anybody_may_answer: bool) -> bool {
    !rows_left && (day + 1 < today || !anybody_may_answer)
}

/// A receipt number in groups of three: `482 177 309 164`.
pub fn receipt(digest: &[u8; 32]) -> String {
    let (first, _) = digest.split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
    let number = u64::from_be_bytes(*first) % 1_000_000_000_000;
    let group = |power: u32| format!("{:03}", number / 1000_u64.pow(power) % 1000);
    [group(3), group(2), group(1), group(0)].join(" ")
}
