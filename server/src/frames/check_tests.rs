use std::io::Cursor;

use super::*;
use crate::base::text::{Language, Texts};
use crate::frames::findings::MOST;

const HEADINGS: &str = "person,province,commune,commune_name,area,village,village_name,household,name,address";

fn list(lines: &[&str]) -> String {
    [&[HEADINGS], lines].concat().join("\n")
}

fn defects(file: impl AsRef<[u8]>) -> Vec<(u64, String, String, &'static str)> {
    let mut found = told(file);
    found.retain(|(.., kind)| !["few-adults", "same-person"].contains(kind));
    found
}

fn told(file: impl AsRef<[u8]>) -> Vec<(u64, String, String, &'static str)> {
    let checked = inspect(&mut Cursor::new(file.as_ref()), Holds::Everything).unwrap();
    let told = checked.findings.told().into_iter();
    told.map(|it| (it.row, it.column.clone(), it.value.clone(), it.kind.name())).collect()
}

fn sound(file: impl AsRef<[u8]>, holds: Holds) -> Checked {
    let checked = inspect(&mut Cursor::new(file.as_ref()), holds).unwrap();
    assert!(checked.is_sound(), "{:?}", checked.findings);
    checked
}

const A: &str = "A1,01,01001,Phường A,urban,0100101,Tổ 1,H1,Nguyễn Văn A,Số 1";
const B: &str = "A2,01,01001,Phường A,urban,0100102,Tổ 2,,Trần Thị B,Số 2";

#[test]
fn a_sound_list_has_one_digest_in_every_dress() {
    let plain = sound(list(&[A, B]), Holds::Everything);
    assert_eq!(plain.counts, Counts { provinces: 1, communes: 1, villages: 2, persons: 2 });
    let marked = format!("\u{feff}{}\r\n", list(&[B, A]).replace('\n', "\r\n"));
    let dresses = [
        marked,
        list(&[A, B]).replace(',', ";"),
        list(&[A, B]).replace(',', "\t"),
        list(&[A, "", B, ",,,,,,,,,", ""]),
        list(&[A, B]).replace("urban", "Thành thị").replace(",01,", ",Thành phố Hà Nội,"),
        format!("DANH SÁCH,,,,,,,,,\n{}", list(&[A, B])),
        list(&[A, B])
            .replace(HEADINGS, "Mã người,Mã tỉnh,Mã xã,Tên xã,Khu vực,Mã thôn,Tên thôn,Mã hộ,Họ và tên,Địa chỉ"),
    ];
    for dress in dresses {
        let same = sound(&dress, Holds::Everything);
        assert_eq!(same.frame_digest, plain.frame_digest, "{dress}");
        assert_ne!(same.file_digest, plain.file_digest);
    }
    for (big_end, mark) in [(false, true), (false, false), (true, true), (true, false)] {
        let text = format!("{}{}", if mark { "\u{feff}" } else { "" }, list(&[A, B]));
        let bytes = text.encode_utf16().flat_map(|unit| if big_end { unit.to_be_bytes() } else { unit.to_le_bytes() });
        assert_eq!(
            sound(bytes.collect::<Vec<u8>>(), Holds::Everything).frame_digest,
            plain.frame_digest,
            "{big_end} {mark}"
        );
    }
    let codes_only = "person,province,commune,area,village\nA1,01,01001,urban,0100101\nA2,01,01001,urban,0100102\n";
    assert_eq!(sound(codes_only, Holds::CodesOnly).frame_digest, plain.frame_digest);
}

#[test]
fn every_defect_of_every_row_is_named() {
    let file = list(&[
        A,
        ",01,01001,Phường A,urban,0100101,Tổ 1,,C,Số 3",
        "A1,01,01001,Phường A,urban,0100101,Tổ 1,,D,Số 4",
        "A5,99,99001,Xã E,rural,9900101,Thôn 1,,E,Số 5",
        "A6,1,01001,Phường A,urban,0100101,Tổ 1,,G,Số 6",
        "A7,01,01002,Xã H,thành phố,0100201,Thôn 1,,H,Số 7",
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
        (6, "province", "01", "leading-zero"),
        (7, "area", "thành phố", "unknown-area"),
        (8, "village", "0100101", "village-communes"),
        (9, "area", "rural", "commune-areas"),
        (10, "name", "", "empty"),
        (11, "", "", "line-length"),
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
    assert_eq!(sound(with(&[",", "0912 345 678,a@example.com"]), Holds::Everything).counts.persons, 2);
    assert_eq!(
        defects(with(&["912345678,a@b", "khong co,"])),
        [
            (2, "email".to_owned(), "a@b".to_owned(), "not-an-email"),
            (2, "phone".to_owned(), "0912345678".to_owned(), "phone-zero"),
            (3, "phone".to_owned(), "khong co".to_owned(), "not-a-phone"),
        ]
    );
}

#[test]
fn letters_in_another_encoding_are_named_cell_by_cell() {
    let mut file = list(&[A, B]).into_bytes();
    file.extend_from_slice(b"\nA3,01,01001,X\xe3,urban,0100101,T,,N,S");
    assert_eq!(defects(&file), [(4, "commune_name".to_owned(), "Xã".to_owned(), "not-utf8")]);
}

#[test]
fn a_file_that_is_no_list_says_so_once() {
    let whole = |kind: &'static str| vec![(0, String::new(), String::new(), kind)];
    let encrypted: Vec<u8> =
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].into_iter().chain(std::iter::repeat_n(0, 70_000)).collect();
    assert_eq!(defects(&encrypted), whole("old-workbook"));
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(defects([encrypted.as_slice(), &name].concat()), whole("encrypted"));
    assert_eq!(defects(b"PK\x03\x04rest"), whole("damaged"));
    assert_eq!(defects(b"%PDF-1.7\n"), whole("not-a-list"));
    assert_eq!(defects(b"a,b\0c"), whole("not-a-list"));
    assert_eq!(defects(b"  <html><table><tr><td>person</td></tr></table>"), whole("web-page"));
    for nothing in [String::new(), list(&[]), "\n\n".to_owned()] {
        assert_eq!(defects(nothing), whole("no-rows"));
    }
    let missing = defects("person,province,commune,commune_name,area,village,village_name,name,name\n");
    assert_eq!(
        missing.iter().map(|defect| (defect.1.as_str(), defect.3)).collect::<Vec<_>>(),
        [("household", "column-missing"), ("address", "column-missing"), ("name", "column-twice")]
    );
    let merged = "Mã người,Mã tỉnh,Khu vực,Xã,,Thôn,,Mã hộ,Họ tên,Địa chỉ\n,,,Mã xã,Tên xã,Mã thôn,Tên thôn,,,\nA1,01,urban,1,X,1,T,,N,S\n";
    assert_eq!(defects(merged)[0].3, "headings-merged");
}

#[test]
fn text_in_an_old_encoding_is_refused_by_its_name() {
    let rows =
        |name: &str| (0..30).map(|n| format!("P{n},01,01001,P,urban,0100101,T,,{name},S {n}")).collect::<Vec<_>>();
    let file = |name: &str| list(&rows(name).iter().map(String::as_str).collect::<Vec<_>>());
    let whole = |kind: &'static str| vec![(0, String::new(), String::new(), kind)];
    assert_eq!(defects(file("NguyÔn V¨n An")), whole("tcvn3"));
    assert_eq!(defects(file("Nguyeãn Vaên An")), whole("vni"));
    // As the bytes of an old program: each letter is one.
    let bytes: Vec<u8> = file("NguyÔn V¨n An").chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    assert_eq!(defects(bytes), whole("tcvn3"));
}

#[test]
fn what_is_only_odd_is_told_and_taken() {
    let mut lines: Vec<String> =
        (0..25).map(|n| format!("P{n},01,01001,P,urban,0100101,Tổ 1,H1,Nguyễn Văn {n},Số {n}")).collect();
    lines.push("P25,01,01001,P,urban,0100102,Tổ 2,H2,Nguyen Van A,Số 1".to_owned());
    lines.push("P26,01,01001,P,urban,0100102,Tổ 2,H3,Nguyen Van A,Số 1".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let checked = sound(list(&lines), Holds::Everything);
    let kinds: Vec<_> = checked.findings.kinds().into_iter().map(|(kind, found)| (kind, found.count)).collect();
    let expected = [("few-adults", 1), ("large-household", 1), ("no-marks", 2), ("same-person", 1)];
    assert_eq!(kinds, expected.map(|(kind, count)| (kind.to_owned(), count)));
    assert_eq!((checked.counts.persons, checked.left_out.len()), (27, 0));
}

#[test]
fn hostile_names_are_refused_or_kept_as_they_are() {
    let row = |name: &str| list(&[&format!("A1,01,01001,P,urban,0100101,T,,{name},S")]);
    for name in ["An\u{202e}nA", "An\u{200b}", "An\u{7}"] {
        assert_eq!(defects(row(name))[0].3, "forbidden-character", "{name:?}");
    }
    for name in ["<script>alert(1)</script>", "'; DROP TABLE người; --", "=1+1", "\"An, \"\"Bình\"\"\"", "𠀋"] {
        assert_eq!(defects(row(name)), [], "{name:?}");
    }
}

#[test]
fn the_valid_rows_alone_make_the_frame_that_they_would_make_without_the_others() {
    let broken =
        inspect(&mut Cursor::new(list(&[A, "A3,99,01001,P,urban,0100101,T,,N,S", B, A])), Holds::Everything).unwrap();
    assert_eq!(broken.left_out, [3, 5]);
    let first =
        inspect(&mut Cursor::new(list(&["A3,99,01001,P,urban,0100101,T,,N,S", A, B])), Holds::Everything).unwrap();
    assert_eq!((first.left_out.as_slice(), first.frame_digest), (&[2][..], broken.frame_digest));
    assert_eq!(broken.frame_digest, sound(list(&[A, B]), Holds::Everything).frame_digest);
    assert_eq!(broken.counts.persons, 2);
}

#[test]
fn a_hopeless_file_is_not_listed_to_its_end() {
    let lines = vec!["x,y"; MOST + 10];
    let checked = inspect(&mut Cursor::new(list(&lines)), Holds::Everything).unwrap();
    let kinds = checked.findings.kinds();
    assert_eq!((kinds["line-length"].count, kinds["too-many"].count), (MOST, 1));
}

#[test]
fn each_defect_has_its_words_in_both_languages() {
    use DefectKind::*;
    let kinds = [
        NotAList,
        Encrypted,
        OldWorkbook,
        OtherWorkbook,
        WebPage,
        Damaged,
        TooMuchInside,
        OpenQuote,
        NoRows,
        HeadingsMerged,
        ColumnMissing,
        ColumnTwice,
        TooManyDefects,
        Tcvn3,
        Vni,
        NotUtf8,
        LineLength { found: 2, expected: 10 },
        Empty,
        TooLong,
        ForbiddenCharacter,
        ErrorValue,
        DateInText,
        DigitsLost,
        NotAPhone,
        NotAnEmail,
        UnknownProvince,
        UnclearProvince,
        UnknownArea,
        CodeTwice { first: 2 },
        CommuneInTwoProvinces { first: 2 },
        CommuneInTwoAreas { first: 2 },
        VillageInTwoCommunes { first: 2 },
        LeadingZeroLost,
        PhoneZeroLost,
        Formula,
        NumberForCode,
        NoMarks,
        FewAdults { persons: 2 },
        LargeHousehold { most: 20 },
        SamePerson { first: 2 },
        SamePhone { first: 2 },
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

const PLACES: &str = "Mã tỉnh,Mã xã,Tên xã,Khu vực,Mã thôn,Tên thôn,Dân số";

#[test]
fn a_list_of_places_is_known_by_its_headings_and_has_the_digest_of_its_lines() {
    let villages =
        [PLACES, "01,01001,Phường A,Thành thị,0100102,Tổ 2,1.234", "01,01001,Phường A,urban,0100101,Tổ 1,56"];
    let checked = sound(villages.join("\n"), Holds::Everything);
    assert_eq!(checked.level, Stage::Village);
    assert_eq!(checked.counts, Counts { provinces: 1, communes: 1, villages: 2, persons: 1290 });
    let lines = "01/urban/01001/0100101\t56\n01/urban/01001/0100102\t1234\n";
    assert_eq!(checked.frame_digest, <[u8; 32]>::from(Sha256::digest(lines)));
    let communes = "Tỉnh,Mã xã,Tên xã,Khu vực,size\nHà Nội,01001,Phường A,urban,900\nHà Nội,01002,Xã B,rural,100";
    let checked = sound(communes, Holds::Everything);
    assert_eq!(checked.level, Stage::Commune);
    assert_eq!(checked.counts, Counts { provinces: 1, communes: 2, villages: 0, persons: 1000 });
    let lines = "01/rural/01002\t100\n01/urban/01001\t900\n";
    assert_eq!(checked.frame_digest, <[u8; 32]>::from(Sha256::digest(lines)));
}

#[test]
fn what_is_wrong_with_a_list_of_places_is_told_of_its_own_columns() {
    let file = [
        PLACES,
        "01,01001,Phường A,urban,0100101,Tổ 1,100",
        "01,01001,Phường A,urban,0100101,Tổ 1,100",
        "01,01001,Phường A,urban,,Tổ 2,100",
        "01,01001,Phường A,urban,0100103,Tổ 3,0",
        "01,01001,Phường A,urban,0100104,Tổ 4,1.5",
        "01,01001,Phường A,urban,0100105,Tổ 5,",
        "01,01001,,urban,0100106,Tổ 6,12 000",
    ];
    let told: Vec<_> = told(file.join("\n")).into_iter().map(|(row, column, _, kind)| (row, column, kind)).collect();
    let expected = [
        (3, "village", "place-twice"),
        (4, "village", "empty"),
        (5, "size", "not-a-size"),
        (6, "size", "not-a-size"),
        (7, "size", "empty"),
        (8, "commune_name", "empty"),
    ];
    assert_eq!(told, expected.map(|(row, column, kind)| (row, column.to_owned(), kind)));
}
