//! A table of answers in any format, by a design that uses every kind of column.
#![no_main]

use std::sync::LazyLock;

use analysis::frame::TableFile;
use analysis::recompute::{DesignFile, OutputFormat, write};

static DESIGN: LazyLock<DesignFile> = LazyLock::new(|| DesignFile::parse(include_str!("../survey.toml")).unwrap());

libfuzzer_sys::fuzz_target!(
    // The readers of columnar files stop at some damaged ones, and our reader catches that: it is no find. Whatever passes the reader is.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        let Ok(table) = TableFile::new(bytes.to_vec()) else { return };
        let _heading = table.heading();
        if let Ok(result) = DESIGN.read(table).and_then(|columns| DESIGN.recompute(columns)) {
            write(&result.figures, OutputFormat::Csv).unwrap();
        }
    }
);
