//! A form version is pinned by the digest of its texts and can be made again from what is stored.

use crate::{Form, Source, builtin};

#[test]
fn a_stored_source_gives_the_same_form() {
    let source = builtin().remove(0);
    let stored = serde_json::to_string(&source).unwrap();
    let again: Source = serde_json::from_str(&stored).unwrap();
    assert_eq!(Form::parse(&again).unwrap().digest(), source.digest());
}

#[test]
fn the_digest_is_of_the_words_not_of_the_files() {
    let source = builtin().remove(0);
    let mut moved = source.clone();
    moved.definition.name = "elsewhere.toml".to_owned();
    moved.definition.text = moved.definition.text.replace('\n', "\r\n");
    moved.wordings.reverse();
    assert_eq!(moved.digest(), source.digest());
    let mut changed = source.clone();
    changed.wordings[1].1.text.push('#');
    assert_ne!(changed.digest(), source.digest());
}

#[test]
fn text_moved_from_one_file_to_the_next_changes_the_digest() {
    let source = builtin().remove(0);
    let mut moved = source.clone();
    let last = moved.definition.text.pop().unwrap();
    moved.wordings[0].1.text.insert(0, last);
    assert_ne!(moved.digest(), source.digest());
}
