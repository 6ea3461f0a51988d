use super::*;

const HEADINGS: &str = "level,code,kind,name,parent,valid_from,valid_until,predecessors\n";
const BASE: &str = "country,VN,country,Việt Nam,,,,\nprovince,02,province,Hà Giang,VN,,30/06/2025,\n\
    province,08,province,Tuyên Quang,VN,,2025-06-30,\nprovince,08,province,Tuyên Quang,VN,2025-07-01,,02;08\n";

fn judged(lines: &str) -> Vec<(u64, &'static str, String, DefectKind)> {
    let told = |defects: Vec<Defect>| defects.into_iter().map(|d| (d.line, d.column, d.value, d.kind)).collect();
    match read(format!("{HEADINGS}{lines}").as_bytes()) {
        Err(defects) => told(defects),
        Ok(rows) => told(fit(&rows, &[])),
    }
}

#[test]
fn a_sound_file_is_read_with_its_days_and_predecessors() {
    assert_eq!(judged(BASE), []);
    let rows = read(
        format!("\u{feff}{}", format!("{HEADINGS}{BASE}").replace([',', ';'], ";").replace("02;08", "02")).as_bytes(),
    );
    let rows = rows.expect("semicolons and a mark are fine");
    assert_eq!((rows.len(), rows[3].line, rows[3].place.valid_until), (4, 5, STILL));
    assert_eq!(rows[1].place.valid_until, NaiveDate::from_ymd_opt(2025, 6, 30).unwrap());
    assert_eq!(rows[3].origins, [Origin { code: "02".into(), share: 1.0 }]);
}

#[test]
fn each_broken_line_is_told_with_its_place() {
    use DefectKind::{Code, Day, DaysReversed, Kind, Level, Name, Parent, Predecessor};
    let lines = "planet,1,country,X,,,,\nprovince,0 1,province,X,VN,,,\nprovince,01,kingdom,X,VN,,,\nprovince,01,city,,VN,,,\n\
        province,01,city,X,,,,\nprovince,01,city,X,VN,31/02/2025,,\nprovince,01,city,X,VN,2025-07-01,2025-06-30,\n\
        province,01,city,X,VN,,,02=1.5\n";
    let kinds: Vec<_> = judged(lines).into_iter().map(|(line, column, _, kind)| (line, column, kind)).collect();
    assert_eq!(
        kinds,
        [
            (2, "level", Level),
            (3, "code", Code),
            (4, "kind", Kind),
            (5, "name", Name),
            (6, "parent", Parent),
            (7, "valid_from", Day),
            (8, "valid_until", DaysReversed),
            (9, "predecessors", Predecessor)
        ]
    );
}

#[test]
fn rows_that_do_not_fit_together_are_told() {
    use DefectKind::{Overlap, Parent, Predecessor, Shares};
    let added = |line: &str| judged(&format!("{BASE}{line}"));
    assert_eq!(added("commune,00001,ward,X,09,2025-07-01,,\n"), [(6, "parent", "09".to_owned(), Parent)]);
    // A commune lies in a province of its own days.
    assert_eq!(added("commune,00001,ward,X,02,2025-07-01,,\n"), [(6, "parent", "02".to_owned(), Parent)]);
    let twice = added("province,08,city,Tuyên Quang,VN,2026-01-01,,\n");
    assert_eq!(twice.iter().map(|defect| (defect.0, defect.3)).collect::<Vec<_>>(), [(5, Overlap), (6, Overlap)]);
    assert_eq!(added("province,09,city,X,VN,2025-07-01,,77\n"), [(6, "predecessors", "77".to_owned(), Predecessor)]);
    assert_eq!(added("province,09,city,X,VN,2025-07-01,,02=0.5\n"), [(6, "predecessors", "02".to_owned(), Shares)]);
}

#[test]
fn what_is_no_file_of_places_is_refused_whole() {
    let kind = |bytes: &[u8]| read(bytes).unwrap_err()[0].kind;
    assert_eq!(kind(b"PK\x03\x04\xff\xff"), DefectKind::Unreadable);
    assert_eq!(kind(b"a,b\n1,2\n"), DefectKind::ColumnMissing);
    assert_eq!(kind(b""), DefectKind::ColumnMissing);
    assert_eq!(kind(HEADINGS.as_bytes()), DefectKind::NoRows);
}
