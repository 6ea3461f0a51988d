//! Everything somebody needs to check an edition, in one ZIP (docs/methods/verification.md).
//!
//! There are no unrounded figures in it: the weights of communes can be guessed from public sizes, and with them and seventeen digits the
//! counts behind a figure could be solved for. Whoever has the single answers computes all figures again from those.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use survey_forms::Source;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::content::{Content, Indicator, Level};
use super::figures_csv::figures_csv;
use crate::base::seal::{hex, sha256};
use crate::error::Result;

pub(super) const DOCUMENT: &str = "edition.json";
pub(super) const FIGURES: &str = "figures.csv";
pub(super) const DESIGN: &str = "design.toml";
pub(super) const DEFINITION: &str = "questionnaire/form.toml";
pub(super) const SUMS: &str = "SHA256SUMS";

/// The same edition is the same file, to the last byte: nothing in it bears a time.
pub fn bundle(content: &Content, document: &[u8], form: &Source) -> Result<Vec<u8>> {
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("README.md".to_owned(), include_bytes!("bundle.md").to_vec()),
        (DOCUMENT.to_owned(), document.to_vec()),
        (FIGURES.to_owned(), figures_csv(content)?),
        (DESIGN.to_owned(), design(content).into_bytes()),
        (DEFINITION.to_owned(), form.definition.text.clone().into_bytes()),
        ("questionnaire/code.txt".to_owned(), form.code.clone().into_bytes()),
    ];
    for (language, wording) in &form.wordings {
        files.push((format!("questionnaire/{language}.toml"), wording.text.clone().into_bytes()));
    }
    for (number, sample) in content.sample.iter().enumerate() {
        files.push((format!("sample/{}-design.json", number + 1), sample.design.clone().into_bytes()));
    }
    let sums: Vec<String> = files.iter().map(|(name, bytes)| format!("{}  {name}\n", hex(&sha256(bytes)))).collect();
    files.push((SUMS.to_owned(), sums.concat().into_bytes()));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// How `sipas analyse` reads the full answers: the design, the index, each province. Nothing is withheld from whoever has the answers.
fn design(content: &Content) -> String {
    let mut text = "methods = [\"sipas-2026-m\", \"sipas-2026-t\"]\n\n[design]\nstrata = \"_stratum\"\nids = [\"_psu\"]\nweight = \"_weight\"\n\
                    lonely_psu = \"collapse\"\ncollapse_by = \"_province\"\n\n[suppression]\nrespondents = 0\npsus = 0\nalike = 0\nunreliable = \"flag\"\n"
        .to_owned();
    let parts = |of: &Indicator| {
        let code = of.code.clone();
        content.indicators.iter().filter(move |it| it.part_of.as_deref() == Some(&code))
    };
    let domains = content.indicators.iter().filter(|it| it.level == Level::Domain);
    for (domain, factor) in domains.flat_map(|domain| parts(domain).map(move |factor| (domain, factor))) {
        let items: Vec<String> = parts(factor).map(|item| format!("\"{}\"", item.code)).collect();
        // Writing to a text cannot fail.
        _ = write!(
            text,
            "\n[[items]]\ncolumns = [{}]\nlevels = 5\npart = \"{}\"\nfactor = \"{}\"\n",
            items.join(", "),
            domain.code,
            factor.code
        );
    }
    text.push_str("\n[[domains]]\nby = [\"_province\"]\n");
    text
}
