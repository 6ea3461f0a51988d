//! What the data mean.

use super::form;
use crate::{ColumnKind, Form, Level, builtin};

#[test]
fn every_value_of_a_column_has_its_label_in_every_language() {
    let codebook = form("two_languages").codebook();
    let column = &codebook.columns[0];
    let codes: Vec<_> = column
        .codes
        .iter()
        .map(|code| (code.value, code.label["vi"].as_str(), code.label["en"].as_str(), code.missing))
        .collect();
    assert_eq!(
        codes,
        [
            (1, "Lựa chọn 1", "Choice 1", false),
            (2, "Lựa chọn 2", "Choice 2", false),
            (97, "Bỏ qua", "Skipped", true),
            (98, "Không biết", "Cannot say", true),
        ]
    );
    assert_eq!(codebook.method, "test");
}

#[test]
fn columns_are_of_three_kinds() {
    let codebook = form("multiple_with_other").codebook();
    let kinds: Vec<_> =
        codebook.columns.iter().map(|column| (column.name.as_str(), column.kind, column.number)).collect();
    assert_eq!(
        kinds,
        [
            ("q1", ColumnKind::Choices, Some(1)),
            ("q1_text", ColumnKind::Text, None),
            ("q2", ColumnKind::Choice, Some(2)),
        ]
    );
    assert_eq!(codebook.columns[1].label["vi"], "Lựa chọn 7");
}

#[test]
fn a_tree_may_go_without_domains() {
    let codebook = form("indicators_without_domains").codebook();
    let tree = codebook.indicators.unwrap();
    let levels: Vec<_> = tree.walk().into_iter().map(|part| (part.code.as_str(), part.level)).collect();
    assert_eq!(
        levels,
        [
            ("overall", Level::Overall),
            ("access", Level::Factor),
            ("q1_a", Level::Item),
            ("q1_b", Level::Item),
            ("results", Level::Factor),
            ("q1_c", Level::Item),
            ("q2", Level::Item),
        ]
    );
    assert_eq!(codebook.indicator_labels["access"]["vi"], "Chỉ số access");
    assert_eq!(codebook.indicator_labels["q2"]["vi"], "Câu hỏi q2");
    assert_eq!(codebook.columns[0].topic.as_deref(), Some("water"));
}

#[test]
fn the_nine_policies_are_found_by_topic_in_both_blocks() {
    let codebook = Form::parse(&builtin()[0]).unwrap().codebook();
    let of = |question: &str, topic: &str| {
        codebook
            .columns
            .iter()
            .filter(|column| column.question == question && column.topic.as_deref() == Some(topic))
            .count()
    };
    for topic in ["economy", "health", "education", "order", "roads", "electricity", "water", "welfare", "reform"] {
        assert_eq!(of("q1", topic), 1, "{topic}");
        assert!(of("q9", topic) >= 2, "{topic}: carried out, and its result");
    }
}
