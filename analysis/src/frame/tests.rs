use super::*;

fn person<'a>(code: &'a str, village: &'a str, commune: &'a str, area: Area, province: &'a str) -> Person<'a> {
    Person { code, village, commune, area, province }
}

#[test]
fn all_defects_of_a_list_are_named_by_row() {
    use FrameDefectKind::*;
    let rows = [
        person("a", "v", "c1", Area::Urban, "01"),
        person("", "v", "c1", Area::Urban, "01"),
        person("b", "v/w", "c1", Area::Rural, "01"),
        person("a", "w", "c1", Area::Urban, "02"),
        person("d", "w", "c2", Area::Urban, "0\t2"),
        person("", "w", "c2", Area::Urban, "0\t2"),
    ];
    let defects = SamplingFrame::from_persons(rows).unwrap_err();
    let found: Vec<_> = defects.into_iter().map(|defect| (defect.row, defect.column, defect.kind)).collect();
    assert_eq!(
        found,
        [
            (2, "code", Empty),
            (3, "village", ForbiddenCharacter),
            (3, "area", CommuneInTwoAreas { first: 1 }),
            (4, "province", CommuneInTwoProvinces { first: 1 }),
            (4, "code", CodeTwice { first: 1 }),
            (5, "province", ForbiddenCharacter),
            (6, "code", Empty),
            (6, "province", ForbiddenCharacter),
        ]
    );
    assert_eq!(SamplingFrame::from_persons([]).unwrap_err()[0].kind, NoRows);
}

#[test]
fn the_same_letters_composed_or_not_are_the_same_code() {
    let composed = SamplingFrame::from_persons([person("xã-1", "thôn", "c", Area::Rural, "01")]).unwrap();
    let decomposed =
        SamplingFrame::from_persons([person("xa\u{303}-1", "tho\u{302}n", "c", Area::Rural, "01")]).unwrap();
    assert_eq!(composed.digest(), decomposed.digest());
    let twice = [person("xã", "v", "c", Area::Rural, "01"), person("xa\u{303}", "w", "c", Area::Rural, "01")];
    assert_eq!(SamplingFrame::from_persons(twice).unwrap_err()[0].kind, FrameDefectKind::CodeTwice { first: 1 });
}
