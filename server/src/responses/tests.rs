use std::collections::BTreeMap;

use super::body::{Body, Reason, from_hex};
use super::rules::{due, key_is_spent, receipt};
use crate::base::seal::{Key, hex};

#[test]
fn a_commune_waits_until_enough_have_answered() {
    let waiting = BTreeMap::from([("a".to_owned(), 4), ("b".to_owned(), 5), ("c".to_owned(), 12)]);
    assert_eq!(due(&waiting, 5, false), ["b", "c"]);
    assert_eq!(due(&waiting, 5, true), ["a", "b", "c"], "at the close nobody waits");
}

#[test]
fn a_days_key_goes_when_nothing_can_need_it_any_more() {
    assert!(key_is_spent(10, 12, false, true));
    assert!(!key_is_spent(11, 12, false, true), "a submit of before midnight may still arrive");
    assert!(!key_is_spent(10, 12, true, false), "a row still needs it");
    assert!(key_is_spent(12, 12, false, false), "after the close today's key goes too");
}

#[test]
fn a_receipt_number_is_four_groups_and_keeps_its_zeros() {
    assert_eq!(receipt(&[0; 32]), "000 000 000 000");
    let mut digest = [0; 32];
    digest[7] = 7;
    assert_eq!(receipt(&digest), "000 000 000 007");
}

#[test]
fn a_sealed_body_opens_only_for_its_tag_and_day() {
    let (day, other) = (Key::random().unwrap(), Key::random().unwrap());
    let refusal = super::body::Refusal { contact_digest: "00ff".to_owned(), reason: Some(Reason::Moved) };
    let sealed = refusal.seal(&day, b"tag").unwrap();
    assert_eq!(super::body::Refusal::open(&day, b"tag", &sealed).unwrap(), refusal);
    assert!(Body::open(&day, b"other tag", &sealed).is_err());
    assert!(Body::open(&other, b"tag", &sealed).is_err());
    let silent = super::body::Refusal { contact_digest: "00ff".to_owned(), reason: None };
    assert_eq!(silent.seal(&day, b"tag").unwrap().len(), sealed.len(), "the length does not tell the reason");
}

#[test]
fn hexadecimal_reads_back() {
    assert_eq!(from_hex(&hex(&[0, 15, 255])), Some(vec![0, 15, 255]));
    assert_eq!(from_hex("0g"), None);
    assert_eq!(from_hex("abc"), None);
}
