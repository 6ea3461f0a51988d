//! The texts that cells of a workbook point to. They lie in a file without a name: a million names and addresses are more
//! than the memory this may take.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write as _};
use std::os::unix::fs::FileExt as _;

use quick_xml::events::Event;
use zip::ZipArchive;

use super::xml::{part, push_entity};
use super::{MOST_BYTES_IN_CELL, Unreadable};
use crate::frames::defect::DefectKind;

/// More than a full sheet of 17 columns can point to.
const MOST_TEXTS: usize = 1 << 24;
/// A power of two, so that a place's block is found by a shift.
const BLOCK: usize = 1 << 14;
const BLOCKS: usize = 512;

#[derive(Default)]
pub(super) struct SharedTexts {
    /// Where each text ends in the file.
    ends: Vec<u64>,
    file: Option<File>,
    /// The blocks read last; block `n` stands at `n % BLOCKS`. Sheets ask nearly in the order of the texts.
    blocks: Vec<Option<(u64, Vec<u8>)>>,
}

impl SharedTexts {
    pub(super) fn read<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Result<Self, Unreadable> {
        let texts = part(archive, name, |mut xml| {
            let mut out = BufWriter::with_capacity(1 << 16, nameless()?);
            let (mut ends, mut end, mut text) = (Vec::new(), 0, String::new());
            // Phonetic hints (`rPh`) repeat the text in another script.
            let (mut inside, mut phonetic) = (false, false);
            loop {
                match xml.next()? {
                    Event::Start(tag) => match tag.local_name().as_ref() {
                        "t" => inside = !phonetic,
                        "rPh" => phonetic = true,
                        _ => {}
                    },
                    Event::Text(piece) if inside && text.len() < MOST_BYTES_IN_CELL => text.push_str(&piece),
                    Event::CData(piece) if inside && text.len() < MOST_BYTES_IN_CELL => text.push_str(&piece),
                    Event::GeneralRef(entity) if inside => push_entity(&mut text, &entity),
                    Event::End(tag) => match tag.local_name().as_ref() {
                        "t" => inside = false,
                        "rPh" => phonetic = false,
                        "si" => {
                            cut(&mut text);
                            out.write_all(text.as_bytes())?;
                            end += text.len() as u64;
                            text.clear();
                            ends.push(end);
                        }
                        _ => {}
                    },
                    Event::Empty(tag) if tag.local_name().as_ref() == "si" => ends.push(end),
                    Event::Eof => break,
                    _ => {}
                }
                if ends.len() > MOST_TEXTS {
                    return Err(Unreadable::Defect(DefectKind::TooMuchInside));
                }
            }
            let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            Ok(Self { ends, file: Some(file), blocks: Vec::new() })
        })?;
        Ok(texts.unwrap_or_default())
    }

    /// Adds the text of this place to `text`; false when there is none.
    pub(super) fn push(&mut self, place: usize, text: &mut String) -> io::Result<bool> {
        let Some(end) = self.ends.get(place).copied() else { return Ok(false) };
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let mut bytes = Vec::with_capacity(usize::try_from(end - start).unwrap_or_default());
        let mut at = start;
        while at < end {
            let (block, within) = (at / BLOCK as u64, usize::try_from(at % BLOCK as u64).unwrap_or_default());
            let wanted = usize::try_from(end - at).unwrap_or(usize::MAX).min(BLOCK - within);
            let read = self.block(block)?.get(within..within + wanted).unwrap_or_default();
            if read.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            bytes.extend_from_slice(read);
            at += read.len() as u64;
        }
        text.push_str(&String::from_utf8_lossy(&bytes));
        Ok(true)
    }

    fn block(&mut self, number: u64) -> io::Result<&[u8]> {
        if self.blocks.is_empty() {
            self.blocks.resize_with(BLOCKS, || None);
        }
        let slot = usize::try_from(number % BLOCKS as u64).unwrap_or_default();
        let (Some(slot), Some(file)) = (self.blocks.get_mut(slot), &self.file) else { return Ok(&[]) };
        if slot.as_ref().is_none_or(|(held, _)| *held != number) {
            let mut bytes = slot.take().map_or_else(Vec::new, |(_, bytes)| bytes);
            bytes.resize(BLOCK, 0);
            let mut read = 0;
            while let Some(rest) = bytes.get_mut(read..).filter(|rest| !rest.is_empty()) {
                match file.read_at(rest, number * BLOCK as u64 + read as u64)? {
                    0 => break,
                    count => read += count,
                }
            }
            bytes.truncate(read);
            *slot = Some((number, bytes));
        }
        Ok(slot.as_ref().map_or(&[], |(_, bytes)| bytes.as_slice()))
    }
}

/// At a whole letter.
pub(super) fn cut(text: &mut String) {
    text.truncate(text.floor_char_boundary(MOST_BYTES_IN_CELL));
}

/// Readable by nobody else, and gone with the program.
fn nameless() -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let path = std::env::temp_dir().join(format!("sipas-texts-{}", uuid::Uuid::new_v4()));
    let file = File::options().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}
