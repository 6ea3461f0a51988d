//! A zip archive: whether a workbook lies in it, and no more of it read than is safe.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Unreadable;
use crate::frames::defect::DefectKind;

pub(super) enum Package {
    Workbook,
    Other(DefectKind),
}

pub(super) const WORKBOOK: &str = "xl/workbook.xml";
/// A workbook has a dozen parts, or some hundreds with pictures.
const MOST_PARTS: u16 = 4_000;
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: u64 = 22;
/// What parts may unpack to: sheets shrink by ten to thirty, bombs by a thousand.
const MOST_GROWTH: u64 = 100;
const ALWAYS: u64 = 64 << 20;

pub(super) fn look(file: &mut (impl Read + Seek)) -> io::Result<Package> {
    let mut archive = match open(file)? {
        Ok(archive) => archive,
        Err(kind) => return Ok(Package::Other(kind)),
    };
    let has = |name: &str| archive.index_for_name(name).is_some();
    Ok(if has(WORKBOOK) {
        match archive.by_name(WORKBOOK) {
            Ok(_) => Package::Workbook,
            Err(cause) => Package::Other(defect(&cause)),
        }
    } else if has("xl/workbook.bin") || has("content.xml") {
        Package::Other(DefectKind::OtherWorkbook)
    } else {
        Package::Other(DefectKind::NotAList)
    })
}

/// The archive, unless its table of contents alone would fill the memory.
pub(super) fn open<R: Read + Seek>(file: &mut R) -> io::Result<Result<ZipArchive<&mut R>, DefectKind>> {
    if parts(file)?.is_none_or(|parts| parts > MOST_PARTS) {
        return Ok(Err(DefectKind::Damaged));
    }
    Ok(ZipArchive::new(file).map_err(|cause| defect(&cause)))
}

/// The number of parts, as the end of the archive says; none when it has no end.
fn parts(file: &mut (impl Read + Seek)) -> io::Result<Option<u16>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail = length.min(END_LENGTH + u64::from(u16::MAX));
    file.seek(SeekFrom::Start(length - tail))?;
    let mut end = Vec::new();
    file.take(tail).read_to_end(&mut end)?;
    let record = end.windows(END.len()).rposition(|part| part == END).and_then(|start| end.get(start + 10..start + 12));
    Ok(record.and_then(|count| Some(u16::from_le_bytes(count.try_into().ok()?))))
}

pub(super) fn defect(cause: &ZipError) -> DefectKind {
    match cause {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => DefectKind::Encrypted,
        _ => DefectKind::Damaged,
    }
}

/// How much a file of this many bytes may unpack to.
pub(super) fn allowance(packed: u64) -> u64 {
    ALWAYS + packed.saturating_mul(MOST_GROWTH)
}

/// Lets through what is allowed: in all, and of one piece of XML at a time.
pub(super) struct Bounded<R> {
    inner: R,
    /// Of this part.
    left: u64,
    /// Of this piece; see [`Bounded::next_piece`].
    piece: usize,
}

/// A cell is 32,767 letters at most.
const MOST_BYTES_IN_PIECE: usize = 1 << 19;

impl<R: BufRead> Bounded<R> {
    pub(super) fn new(inner: R, left: u64) -> Self {
        Self { inner, left, piece: MOST_BYTES_IN_PIECE }
    }

    /// A new tag or text begins.
    pub(super) fn next_piece(&mut self) {
        self.piece = MOST_BYTES_IN_PIECE;
    }

    fn stop() -> io::Error {
        io::Error::new(io::ErrorKind::FileTooLarge, "more than a workbook unpacks to")
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut start = self.fill_buf()?;
        let count = start.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 || self.piece == 0 {
            return Err(Self::stop());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.piece = self.piece.saturating_sub(amount);
        self.inner.consume(amount);
    }
}

/// A broken archive is the sender's to mend; a broken disk is ours.
pub(super) fn unreadable(cause: io::Error) -> Unreadable {
    match cause.kind() {
        io::ErrorKind::FileTooLarge => Unreadable::Defect(DefectKind::TooMuchInside),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            Unreadable::Defect(DefectKind::Damaged)
        }
        _ => Unreadable::Io(cause),
    }
}
