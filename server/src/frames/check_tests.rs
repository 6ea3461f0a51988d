use super::*;
use crate::base::text::{Language, Texts};

const HEADINGS: &str = "person,province,commune,commune_name,area,village,village_name,household,name,address";

fn list(lines: &[&str]) -> String {
    [&[HEADINGS], lines].concat().join("\n")
}

fn defects(file: impl AsRef<[u8]>) -> Vec<(u64, String, String, &'static str)> {
    match check(file.as_ref(), Holds::Everything).unwrap() {
        Ok(sound) => panic!("sound: {:?}", sound.counts),
        Err(defects) => {
            defects.into_iter().map(|defect| (defect.row, defect.column, defect.value, defect.kind.name())).collect()
        }
    }
}

const A: &str = "A1,01,01001,Phường A,urban,0100101,Tổ 1,H1,Nguyễn Văn A,Số 1";
const B: &str = "A2,01,01001,Phường A,urban,0100102,Tổ 2,,Trần Thị B,Số 2";

#[test]
fn a_sound_list_has_one_digest_in_every_dress() {
    let plain = check(list(&[A, B]).as_bytes(), Holds::Everything).unwrap().unwrap();
    assert_eq!(plain.counts, Counts { provinces: 1, communes: 1, villages: 2, persons: 2 });
    let marked = format!("\u{feff}{}\r\n", list(&[B, A]).replace('\n', "\r\n"));
    let semicolons = list(&[A, B]).replace(',', ";");
    for dress in [marked, semicolons, list(&[A, "", B])] {
        let sound = check(dress.as_bytes(), Holds::Everything).unwrap().unwrap();
        assert_eq!(sound.frame.digest(), plain.frame.digest(), "{dress}");
        assert_ne!(sound.file_digest, plain.file_digest);
    }
    let codes_only = "person,province,commune,area,village\nA1,01,01001,urban,0100101\nA2,01,01001,urban,0100102\n";
    let sound = check(codes_only.as_bytes(), Holds::CodesOnly).unwrap().unwrap();
    assert_eq!(sound.frame.digest(), plain.frame.digest());
}

#[test]
fn every_defect_of_every_row_is_named() {
    let file = list(&[
        A,
        ",01,01001,Phường A,urban,0100101,Tổ 1,,C,Số 3",
        "A1,01,01001,Phường A,urban,0100101,Tổ 1,,D,Số 4",
        "A5,99,99001,Xã E,rural,9900101,Thôn 1,,E,Số 5",
        "A6,1,01001,Phường A,urban,0100101,Tổ 1,,G,Số 6",
        "A7,01,01002,Xã H,thành thị,0100201,Thôn 1,,H,Số 7",
        "A8,01,01002,Xã H,rural,0100101,Thôn 1,,I,Số 8",
        "A9,01,01001,Phường A,rural,0100102,Tổ 2,,K,Số 9",
        "A10,01,01001,Phường A,urban,0100101,Tổ 1,,,Số 10",
        "A11,01,01001,Phường A,urban,0100101",
        "A/12,01,01001,Phường A,urban,0100101,Tổ 1,,L,Số 12",
    ]);
    let found = defects(&file);
    let expected = [
        (3, "person", "", "empty"),
        (4, "person", "A1", "code-twice"),
        (5, "province", "99", "unknown-province"),
        (6, "province", "1", "leading-zero"),
        (6, "province", "1", "commune-provinces"),
        (7, "area", "thành thị", "unknown-area"),
        (8, "village", "0100101", "village-communes"),
        (9, "area", "rural", "commune-areas"),
        (10, "name", "", "empty"),
        (11, "", "A11 | 01 | 01001 | Phường A | urban | 0100101", "line-length"),
        (12, "person", "A/12", "forbidden-character"),
    ];
    for (row, column, value, kind) in expected {
        let named =
            found.iter().any(|defect| defect.0 == row && defect.1 == column && defect.2 == value && defect.3 == kind);
        assert!(named, "row {row} {kind}: {found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn phone_and_email_may_be_missing_or_empty_and_are_checked_when_they_are_there() {
    let with = |reach: &[&str]| {
        let lines: Vec<_> = reach
            .iter()
            .enumerate()
            .map(|(n, reach)| format!("A{n},01,01001,Phường A,urban,0100101,Tổ 1,,N,S,{reach}"))
            .collect();
        format!("{HEADINGS},Phone,email\n{}", lines.join("\n"))
    };
    let sound = check(with(&[",", "0912 345 678,a@example.com"]).as_bytes(), Holds::Everything).unwrap().unwrap();
    assert_eq!(sound.counts.persons, 2);
    assert_eq!(
        defects(with(&["912345678,a@b", "khong co,"])),
        [
            (2, "phone".to_owned(), "912345678".to_owned(), "phone-zero"),
            (2, "email".to_owned(), "a@b".to_owned(), "not-an-email"),
            (3, "phone".to_owned(), "khong co".to_owned(), "not-a-phone"),
        ]
    );
}

#[test]
fn letters_in_another_encoding_are_named_cell_by_cell() {
    let mut file = list(&[A, B]).into_bytes();
    file.extend_from_slice(b"\nA3,01,01001,X\xe3,urban,0100101,T,,N,S");
    assert_eq!(defects(&file), [(4, "commune_name".to_owned(), "X\u{fffd}".to_owned(), "not-utf8")]);
}

#[test]
fn a_file_that_is_no_list_says_so_once() {
    assert_eq!(defects(b"\xff\xfea\0b\0"), [(0, String::new(), String::new(), "utf16")]);
    assert_eq!(defects(b"PK\x03\x04rest"), [(0, String::new(), String::new(), "not-csv")]);
    assert_eq!(defects(list(&[])), [(0, String::new(), String::new(), "no-rows")]);
    let missing = defects("person,province,commune,commune_name,area,village,village_name,name,name\n");
    assert_eq!(
        missing.iter().map(|defect| (defect.1.as_str(), defect.3)).collect::<Vec<_>>(),
        [("household", "column-missing"), ("name", "column-twice"), ("address", "column-missing")]
    );
}

#[test]
fn a_hopeless_file_is_not_listed_to_its_end() {
    let lines = vec!["x,y"; MOST_DEFECTS + 10];
    let found = defects(list(&lines));
    assert_eq!(found.len(), MOST_DEFECTS + 1);
    assert_eq!(found.last().unwrap().3, "too-many");
}

#[test]
fn each_defect_has_its_words_in_both_languages() {
    use DefectKind::*;
    let kinds = [
        NotCsv,
        Utf16,
        NotUtf8,
        NoRows,
        ColumnMissing,
        ColumnTwice,
        LineLength { found: 2, expected: 10 },
        Empty,
        TooLong,
        ForbiddenCharacter,
        NotAPhone,
        PhoneZeroLost,
        NotAnEmail,
        UnknownProvince,
        LeadingZeroLost,
        UnknownArea,
        CodeTwice { first: 2 },
        CommuneInTwoProvinces { first: 2 },
        CommuneInTwoAreas { first: 2 },
        VillageInTwoCommunes { first: 2 },
        TooManyDefects,
    ];
    for kind in kinds {
        let defect = Defect::new(7, "province", "1", kind);
        for texts in Language::ALL.map(Texts::new) {
            for sentence in [defect.what(texts), defect.fix(texts)] {
                assert!(!sentence.starts_with("frame-") && !sentence.contains('{'), "{sentence}");
            }
        }
    }
}
