//! A table of answers as a file in one of the usual formats.

use bytes::Bytes;

use super::columnar::{arrow_heading, arrow_stream_heading, parquet_heading};
use super::{Columns, Layout, ResponsesError, csv};

/// The content of a file; its first bytes tell the format. Copies share the content.
#[derive(Clone, Debug)]
pub struct TableFile {
    content: Bytes,
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Parquet,
    Arrow,
    ArrowStream,
}

impl TableFile {
    /// Parquet and Arrow (file and stream) are known by their first bytes; whatever has none of these is CSV.
    pub fn new(content: Vec<u8>) -> Result<Self, ResponsesError> {
        let format = match content.as_slice() {
            [b'P', b'A', b'R', b'1', ..] => Format::Parquet,
            [b'A', b'R', b'R', b'O', b'W', b'1', ..] => Format::Arrow,
            [0xff, 0xff, 0xff, 0xff, ..] => Format::ArrowStream,
            [0x1f, 0x8b, ..] => return Err(ResponsesError::Unreadable("it is packed; unpack it first".to_owned())),
            _ => Format::Csv,
        };
        Ok(Self { content: content.into(), format })
    }

    /// The names of the columns.
    pub fn heading(&self) -> Result<Vec<String>, ResponsesError> {
        match self.format {
            Format::Csv => csv::heading(self.content.as_ref()),
            Format::Parquet => parquet_heading(self.content.clone()),
            Format::Arrow => arrow_heading(self.content.clone()),
            Format::ArrowStream => arrow_stream_heading(self.content.clone()),
        }
    }

    /// The columns of the layout, not checked yet: [`super::Responses::from_columns`] does that.
    pub fn read(self, layout: &Layout) -> Result<Columns, ResponsesError> {
        match self.format {
            Format::Csv => Columns::from_csv(self.content.as_ref(), layout),
            Format::Parquet => Columns::from_parquet(self.content, layout),
            Format::Arrow => Columns::from_arrow(self.content, layout),
            Format::ArrowStream => Columns::from_arrow_stream(self.content, layout),
        }
    }
}
