use proptest::prelude::*;

use super::super::coded_file::DesignUnit;
use super::*;

fn rows() -> CodingRows {
    let units = [("q2", Coding::Code), ("q10", Coding::Code), ("needs", Coding::Value), ("age", Coding::Value)];
    CodingRows::new(units.map(|(unit, coding)| (unit.to_owned(), coding)).to_vec())
}

fn design(psus: &[&str]) -> Vec<DesignUnit> {
    let unit = |psu: &&str| DesignUnit {
        psu: (*psu).to_owned(),
        stratum: format!("{psu}-s"),
        province: "01".to_owned(),
        area: "urban".to_owned(),
        weight: 1.5,
    };
    psus.iter().map(unit).collect()
}

/// As the database writes it, with blanks and shorter keys first.
const FULL: &str = r#"{"q2": 5, "age": {"number": "12.5"}, "q10": 97, "needs": [1, 40]}"#;

#[test]
fn a_row_comes_back_as_the_json_that_names_it() {
    let mut coding = rows();
    coding.push(2, "b", "web", FULL.as_bytes()).unwrap();
    coding.push(1, "b", "paper", br#"{"needs": 99, "q10": 3}"#).unwrap();
    coding.push(3, "a", "web", b"{}").unwrap();
    let (coded, digest) = coding.finish();
    let all: Vec<String> = (0..coded.rows()).map(|row| coded.json(row)).collect();
    // By PSU, then by id.
    assert_eq!(all, ["{}", r#"{"needs":99,"q10":3}"#, r#"{"age":{"number":"12.5"},"needs":[1,40],"q10":97,"q2":5}"#]);
    let id = |last: u8| format!("00000000-0000-0000-0000-00000000000{last}");
    let lines =
        format!("{}\tb\tpaper\t{}\n{}\tb\tweb\t{}\n{}\ta\tweb\t{}\n", id(1), all[1], id(2), all[2], id(3), all[0]);
    assert_eq!(digest, <[u8; 32]>::from(Sha256::digest(lines.as_bytes())));
}

#[test]
fn what_is_no_answer_to_the_questionnaire_is_refused_without_telling_what_it_was() {
    let wrong = [
        r#"{"q3": 1}"#,
        r#"{"q2": 0}"#,
        r#"{"q2": 256}"#,
        r#"{"q2": -1}"#,
        r#"{"q2": [1]}"#,
        r#"{"q2": "secret"}"#,
        r#"{"q2": 1.5}"#,
        r#"{"q2": 12345678901234567890}"#,
        r#"{"q2" 1}"#,
        r#"{"q2": 1 "q10": 1}"#,
        r#"{"q2": 1,}"#,
        r#"{"q2": }"#,
        r#"{"q": 1}"#,
        r#"{"q22": 1}"#,
        r#"{"needs": [1, }"#,
        r#"{"needs": true}"#,
        r#"{"needs": null}"#,
        r#"{"q2": 1, "q2": 1}"#,
        "[1]",
        "{",
        "{} {}",
        "",
    ];
    for answers in wrong {
        let mut coding = rows();
        coding.push(1, "a", "web", FULL.as_bytes()).unwrap();
        let refused = coding.push(2, "a", "web", answers.as_bytes()).unwrap_err().to_string();
        assert!(refused.starts_with("row 2: ") && !refused.contains("secret"), "{answers}: {refused}");
    }
}

#[test]
fn a_psu_that_was_never_drawn_makes_no_file() {
    let mut coding = rows();
    coding.push(1, "a", "web", b"{}").unwrap();
    let refused = coding.finish().0.to_parquet(&design(&["b"])).unwrap_err();
    assert!(matches!(refused, CodedError::Design { psu } if psu == "a"));
}

/// Code or none for `q2` and `q10`, choices or none for `needs`, a number or none for `age`.
fn answers() -> impl Strategy<Value = String> {
    let code = || proptest::option::of(1..=99_u8);
    let needs = proptest::option::of(proptest::collection::btree_set(1..=96_u8, 0..4));
    (code(), code(), needs, proptest::option::of(0..1_000_u32)).prop_map(|(two, ten, needs, age)| {
        let parts = [
            age.map(|age| format!("\"age\":{{\"number\":\"{age}\"}}")),
            needs.map(|needs| format!("\"needs\":{}", serde_json::to_string(&needs).unwrap())),
            ten.map(|code| format!("\"q10\":{code}")),
            two.map(|code| format!("\"q2\":{code}")),
        ];
        format!("{{{}}}", parts.into_iter().flatten().collect::<Vec<_>>().join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever order the rows come in, the file is the same to the last byte and holds every answer.
    #[test]
    fn the_file_holds_every_answer_and_no_order(
        given in proptest::collection::vec((any::<u128>(), 0..3_usize, answers()), 0..40),
        shuffled in any::<prop::sample::Index>(),
    ) {
        let psus = ["p-1", "p-2", "p-10"];
        let filled = |given: &[(u128, usize, String)]| {
            let mut coding = rows();
            for (id, psu, answers) in given {
                coding.push(*id, psus[*psu], "web", answers.as_bytes()).unwrap();
            }
            let (coded, digest) = coding.finish();
            (coded.to_parquet(&design(&psus)).unwrap(), digest)
        };
        let (file, _) = filled(&given);
        let mut other = given.clone();
        other.reverse();
        if !other.is_empty() {
            let by = shuffled.index(other.len());
            other.rotate_left(by);
        }
        prop_assert_eq!(filled(&other), filled(&given));

        let back = CodedAnswers::from_parquet(file, &["q2", "q10", "needs", "age"]).unwrap();
        let mut expected = given;
        expected.sort_by(|one, other| (psus[one.1], one.0).cmp(&(psus[other.1], other.0)));
        let held: Vec<_> = (0..back.rows()).map(|row| (back.psu.get(row).unwrap().to_owned(), back.json(row))).collect();
        let expected: Vec<_> = expected.into_iter().map(|(_, psu, json)| (psus[psu].to_owned(), json)).collect();
        prop_assert_eq!(held, expected);
    }
}
