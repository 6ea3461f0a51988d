//! The columns of a list by their headings: those of this program and those people write, with or without marks.

use super::defect::{Defect, DefectKind};
use super::list::{COLUMNS, Holds};
use super::plain::plain;

/// In the order of [`COLUMNS`]. Where two headings of one list fit a column, the one named earlier here is taken: beside
/// `Mã tỉnh` the column `Tỉnh` is read by nobody.
const KNOWN: [&[&str]; COLUMNS.len()] = [
    &["person", "person code", "ma nguoi", "ma ca nhan", "so dinh danh", "ma dinh danh", "ma so", "ma", "code", "id"],
    &[
        "province",
        "province code",
        "ma tinh",
        "ma tinh thanh pho",
        "tinh",
        "tinh thanh",
        "tinh thanh pho",
        "ten tinh",
        "province name",
    ],
    &["commune", "commune code", "ma xa", "ma phuong xa", "ma xa phuong", "ma phuong", "ward code", "ward"],
    &["area", "khu vuc", "thanh thi nong thon", "urban rural", "thanh thi hay nong thon"],
    &[
        "village",
        "village code",
        "ma thon",
        "ma to",
        "ma thon to",
        "ma thon to dan pho",
        "ma to dan pho",
        "ma khu dan cu",
    ],
    &[
        "commune name",
        "ten xa",
        "ten xa phuong",
        "ten phuong xa",
        "ten phuong",
        "xa phuong",
        "phuong xa",
        "xa",
        "ward name",
    ],
    &[
        "village name",
        "ten thon",
        "ten thon to dan pho",
        "ten to dan pho",
        "thon to dan pho",
        "thon",
        "to dan pho",
        "ten khu dan cu",
    ],
    &["household", "household code", "ma ho", "ma ho gia dinh", "so ho", "ho gia dinh", "ho"],
    &["name", "full name", "ho va ten", "ho ten", "ten"],
    &["address", "dia chi", "noi o", "cho o hien nay", "noi thuong tru"],
    &["phone", "so dien thoai", "dien thoai", "sdt", "phone number", "telephone", "mobile"],
    &["email", "e mail", "thu dien tu", "dia chi thu dien tu", "email address"],
    &[
        "size",
        "adults",
        "population",
        "so nguoi tu 18 tuoi",
        "so nguoi tu du 18 tuoi",
        "so nguoi du 18 tuoi",
        "so nguoi 18 tuoi tro len",
        "so nguoi truong thanh",
        "so nguoi",
        "so dan",
        "dan so",
    ],
];

/// Fewer known headings than this in a row, and it is a title or a line of the list.
pub(super) const FEWEST: usize = 3;

/// Where the columns stand, in the order of [`COLUMNS`].
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    pub places: Vec<Option<usize>>,
    /// How many cells the row of headings has.
    pub width: usize,
    /// Of the row, for what is told of its columns.
    pub row: u64,
    twice: Vec<usize>,
}

impl Headings {
    pub(super) fn read(row: u64, cells: &[&str]) -> Self {
        let found: Vec<String> = cells.iter().map(|cell| words(cell)).collect();
        let mut twice = Vec::new();
        let places = KNOWN.iter().enumerate().map(|(column, known)| {
            let name = known.iter().find(|name| found.iter().any(|cell| cell == *name))?;
            let mut standing = found.iter().enumerate().filter(|(_, cell)| cell == name).map(|(place, _)| place);
            let first = standing.next();
            if standing.next().is_some() {
                twice.push(column);
            }
            first
        });
        let places = places.collect();
        Self { places, width: cells.len(), row, twice }
    }

    pub(super) fn known(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// What is missing or stands twice.
    pub(super) fn defects(&self, holds: Holds) -> Vec<Defect> {
        let mut defects = Vec::new();
        for (column, name) in COLUMNS.iter().enumerate() {
            if self.twice.contains(&column) && column < holds.width() {
                defects.push(Defect::new(self.row, *name, name, DefectKind::ColumnTwice));
            } else if holds.needs(column) && self.places.get(column).is_none_or(Option::is_none) {
                defects.push(Defect::new(self.row, *name, "", DefectKind::ColumnMissing));
            }
        }
        defects
    }

    /// Whether `next`, the row below, names columns that are missing here: headings in two rows with merged cells.
    pub(super) fn go_on_in(&self, next: &Self) -> bool {
        self.places.iter().zip(&next.places).any(|(here, below)| here.is_none() && below.is_some())
    }
}

/// "Tỉnh/Thành phố (mã)" → "tinh thanh pho ma".
fn words(heading: &str) -> String {
    let plain = plain(heading);
    plain.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_both_languages_with_and_without_marks() {
        let vietnamese = [
            "STT",
            "Mã người",
            "Mã tỉnh",
            "Tỉnh",
            "MÃ XÃ",
            "Tên xã",
            "Khu vực",
            "ma thon",
            "Thôn/Tổ dân phố",
            "Hộ",
            "Họ và tên",
            "Địa chỉ",
            "Số điện thoại",
            "E-mail",
        ];
        let headings = Headings::read(3, &vietnamese);
        assert_eq!(
            headings.places,
            [1, 2, 4, 6, 7, 5, 8, 9, 10, 11, 12, 13].map(Some).into_iter().chain([None]).collect::<Vec<_>>()
        );
        assert_eq!(headings.defects(Holds::Everything), []);
        assert_eq!(Headings::read(1, &COLUMNS).known(), COLUMNS.len());
    }

    #[test]
    fn a_title_is_no_row_of_headings_and_two_rows_of_them_are_seen() {
        assert_eq!(Headings::read(1, &["DANH SÁCH NGƯỜI DÂN", "", ""]).known(), 0);
        let (upper, lower) =
            (Headings::read(1, &["Mã người", "Mã tỉnh", "Xã", ""]), Headings::read(2, &["", "", "Mã xã", "Tên xã"]));
        assert!(upper.go_on_in(&lower));
        assert!(!upper.go_on_in(&Headings::read(2, &["A1", "01", "x", "y"])));
    }
}
