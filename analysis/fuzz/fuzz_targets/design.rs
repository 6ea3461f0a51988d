//! A design file, alone and with answers.
#![no_main]

use analysis::frame::TableFile;
use analysis::recompute::{DesignFile, OutputFormat, write};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = DesignFile::parse(&String::from_utf8_lossy(bytes)) else { return };
    let table = || TableFile::new(include_bytes!("../survey.csv").to_vec()).unwrap();
    let pairs = || TableFile::new(include_bytes!("../pairs.csv").to_vec()).unwrap();
    let Ok(file) = (if file.joint_file().is_some() { file.with_joint(pairs()) } else { Ok(file) }) else { return };
    if let Ok(result) = file.read(table()).and_then(|columns| file.recompute(columns)) {
        for format in [OutputFormat::Csv, OutputFormat::Json, OutputFormat::Parquet] {
            write(&result.figures, format).unwrap();
        }
    }
});
