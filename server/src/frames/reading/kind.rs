//! What a file is, by what stands in it: names lie.

use std::io::{self, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::package::{self, Package};
use crate::frames::defect::DefectKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::frames) enum FileKind {
    Delimited { encoding: Encoding, delimiter: u8 },
    Workbook,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::frames) enum Encoding {
    Utf8,
    Utf16 { big_end: bool },
}

const FIRST_BYTES: u64 = 1 << 16;
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const PICTURES_AND_PAPERS: [&[u8]; 7] =
    [b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf"];

/// The inner error says what else it is.
pub(in crate::frames) fn kind(file: &mut (impl Read + Seek)) -> io::Result<Result<FileKind, DefectKind>> {
    file.rewind()?;
    let mut start = Vec::new();
    (&mut *file).take(FIRST_BYTES).read_to_end(&mut start)?;
    if start.starts_with(OLE) {
        return Ok(Err(if is_encrypted(file)? { DefectKind::Encrypted } else { DefectKind::OldWorkbook }));
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Ok(match package::look(file)? {
            Package::Workbook => Ok(FileKind::Workbook),
            Package::Other(kind) => Err(kind),
        });
    }
    if PICTURES_AND_PAPERS.iter().any(|mark| start.starts_with(mark)) {
        return Ok(Err(DefectKind::NotAList));
    }
    let Some(encoding) = encoding(&start) else {
        return Ok(Err(DefectKind::NotAList));
    };
    let text = beginning(&start, encoding);
    let tags = text.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if tags.starts_with("<!doctype html")
        || tags.starts_with("<html")
        || tags.starts_with("<table")
        || tags.starts_with("<?xml")
    {
        return Ok(Err(DefectKind::WebPage));
    }
    Ok(Ok(FileKind::Delimited { encoding, delimiter: delimiter(&text) }))
}

/// By its mark, else by where its zero bytes stand; none for what is no text.
fn encoding(start: &[u8]) -> Option<Encoding> {
    match start {
        [0xff, 0xfe, ..] => return Some(Encoding::Utf16 { big_end: false }),
        [0xfe, 0xff, ..] => return Some(Encoding::Utf16 { big_end: true }),
        _ => {}
    }
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // In a list nearly all signs of the headings and codes are ASCII: every second byte is zero.
    match (even, odd) {
        (0, 0) => Some(Encoding::Utf8),
        (even, odd) if odd > start.len() / 5 && even <= odd / 20 => Some(Encoding::Utf16 { big_end: false }),
        (even, odd) if even > start.len() / 5 && odd <= even / 20 => Some(Encoding::Utf16 { big_end: true }),
        _ => None,
    }
}

fn beginning(start: &[u8], encoding: Encoding) -> String {
    match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(start).into_owned(),
        Encoding::Utf16 { big_end } => {
            let units = start.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
            let units = units.map(|pair| if big_end { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) });
            char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
    }
}

/// The sign that cuts the first lines into the most cells.
fn delimiter(text: &str) -> u8 {
    let first: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(10).collect();
    let most = |sign: u8| first.iter().map(|line| line.bytes().filter(|byte| *byte == sign).count()).max().unwrap_or(0);
    // Equal counts: the comma, since `max_by_key` keeps the last of them.
    [b'\t', b';', b','].into_iter().max_by_key(|sign| most(*sign)).unwrap_or(b',')
}

/// A workbook with a password is an OLE file with a stream of this name.
fn is_encrypted(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    file.seek(SeekFrom::Start(0))?;
    let mut window = Vec::new();
    loop {
        let keep = window.len().saturating_sub(name.len());
        window.drain(..keep);
        if (&mut *file).take(FIRST_BYTES).read_to_end(&mut window)? == 0 {
            return Ok(false);
        }
        if window.windows(name.len()).any(|part| part == name) {
            return Ok(true);
        }
    }
}
