//! What the fuzzer has found worth keeping goes through the same functions with every run of the tests.
#![expect(clippy::disallowed_methods, reason = "the fuzzer keeps its corpus on the disk")]

fn replay(target: &str, run: fn(&[u8])) {
    let folder = format!("{}/fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        run(&std::fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count >= 10, "{folder} holds {count}");
}

#[test]
fn forms_the_fuzzer_kept_do_no_harm() {
    replay("form", super::form);
}

#[test]
fn workbooks_the_fuzzer_kept_do_no_harm() {
    replay("workbook", super::workbook);
}

#[test]
fn sheets_the_fuzzer_kept_do_no_harm() {
    replay("sheets", super::sheets);
}

#[test]
fn expressions_the_fuzzer_kept_do_no_harm() {
    replay("expression", super::expression);
}

#[test]
fn answers_the_fuzzer_kept_do_no_harm() {
    replay("answers", super::answers);
}
