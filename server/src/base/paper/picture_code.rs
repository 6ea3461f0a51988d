//! A text that a telephone's camera reads (QR code).

use std::rc::Rc;

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use super::strip::{Mark, Stretch};

/// Squares that must stay white on each side.
const QUIET: u16 = 4;
/// Of the smallest picture made: version 3, so that all pictures of one kind of text are equally large.
const SQUARES: u16 = 29;

/// The picture of a text in a field of `width`, quiet zone included: a quarter of it may be dirty or torn. Upper-case letters, digits
/// and `$%*+-./:` take the least room; up to 47 of them are 29 squares wide. None for a text of some thousand letters.
pub fn picture_code(text: &str, x: f32, y: f32, width: f32) -> Option<Mark> {
    let segments = QrSegment::make_segments(text);
    let (least, most) = (Version::new(3), Version::MAX);
    let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Quartile, least, most, None, false).ok()?;
    let squares = u16::try_from(code.size()).unwrap_or(SQUARES);
    let side = width / f32::from(squares + 2 * QUIET);
    let dark = |column: u16, row: u16| code.get_module(i32::from(column), i32::from(row));
    let mut stretches = Vec::new();
    for row in 0..squares {
        let mut column = 0;
        while column < squares {
            let length = (column..squares).take_while(|column| dark(*column, row)).fold(0, |length, _| length + 1);
            if length > 0 {
                stretches.push(Stretch { column: column + QUIET, row: row + QUIET, length });
            }
            column += length + 1;
        }
    }
    Some(Mark::Squares { x, y, side, stretches: Rc::new(stretches) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::paper::MM;

    /// The picture as a camera sees it: `dots` to a square, read by another program.
    fn read_back(mark: &Mark, squares: usize, dots: usize) -> String {
        let Mark::Squares { stretches, .. } = mark else { panic!("squares") };
        let side = squares * dots;
        let dark = |x: usize, y: usize| {
            let (column, row) = (u16::try_from(x / dots).unwrap(), u16::try_from(y / dots).unwrap());
            stretches.iter().any(|it| it.row == row && (it.column..it.column + it.length).contains(&column))
        };
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark(x, y) { 0 } else { 255 });
        let grids = image.detect_grids();
        grids.first().expect("a picture code").decode().expect("a readable one").1
    }

    #[test]
    fn a_link_of_a_letter_is_29_squares_wide_and_reads_back() {
        let link = "HTTPS://KHAOSAT.MOHA.GOV.VN/V/4821773091640527";
        assert!(link.len() <= 47);
        let mark = picture_code(link, 0.0, 0.0, 37.0 * MM).unwrap();
        let Mark::Squares { side, ref stretches, .. } = mark else { panic!("squares") };
        assert!((side - MM).abs() < 1e-4, "29 squares of a millimetre and four white ones on each side");
        let end = stretches.iter().map(|it| it.column + it.length).max();
        assert_eq!((stretches.iter().map(|it| it.column).min(), end), (Some(QUIET), Some(QUIET + SQUARES)));
        assert_eq!(read_back(&mark, 37, 4), link);
    }

    #[test]
    fn a_longer_address_takes_smaller_squares_and_an_endless_one_none() {
        let link = "http://127.0.0.1:8080/khao-sat-hai-long/v/4821773091640527";
        let mark = picture_code(link, 0.0, 0.0, 37.0 * MM).unwrap();
        let Mark::Squares { ref stretches, .. } = mark else { panic!("squares") };
        let end = stretches.iter().map(|it| it.column + it.length).max().unwrap();
        assert!(end > SQUARES + QUIET);
        assert_eq!(read_back(&mark, usize::from(end + QUIET), 3), link);
        assert!(picture_code(&"x".repeat(10_000), 0.0, 0.0, 37.0 * MM).is_none());
    }
}
