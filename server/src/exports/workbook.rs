//! The spreadsheet: the overall index to look at, every figure to compute with, and where it all comes from.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::tidy::{self, Cell, HEADER};
use crate::base::seal::hex;
use crate::base::text::{Language, Texts};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::results::{Names, RULES, Row, Run};

/// What the workbook tells about its figures.
pub(super) struct About<'a> {
    pub campaign: &'a Campaign,
    pub run: &'a Run,
    /// The code of the overall index; none where nothing is measured.
    pub overall: Option<&'a str>,
}

/// The same figures of the same run give the same bytes.
pub(super) fn write(about: &About<'_>, rows: &[Row], names: &[Names; 2]) -> Result<Vec<u8>> {
    build(about, rows, names).map_err(|cause| Error::internal("export").caused_by(cause))
}

fn build(about: &About<'_>, rows: &[Row], names: &[Names; 2]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_timestamp(about.run.computed_at.timestamp())?;
    workbook.set_properties(&DocProperties::new().set_title(&about.campaign.name_vi).set_creation_datetime(&made));
    if let Some(code) = about.overall {
        overall(sheet(&mut workbook, "exports-sheet-overall")?, code, rows)?;
    }
    every_figure(sheet(&mut workbook, "exports-sheet-all")?, rows, names)?;
    origin(sheet(&mut workbook, "exports-sheet-about")?, about)?;
    workbook.save_to_buffer()
}

fn sheet<'a>(workbook: &'a mut Workbook, name: &str) -> Result<&'a mut Worksheet, XlsxError> {
    let names = Language::ALL.map(|language| Texts::new(language).get(name));
    workbook.add_worksheet().set_name(names.join(" · "))
}

/// One row per place, the rules side by side.
fn overall(sheet: &mut Worksheet, overall: &str, rows: &[Row]) -> Result<(), XlsxError> {
    let mut header = ["place_code", "place_name", "n"].map(str::to_owned).to_vec();
    header.extend(
        RULES
            .into_iter()
            .flat_map(|rule| ["", " ci_low", " ci_high", " flags"].map(|column| format!("{}{column}", rule.name()))),
    );
    write_header(sheet, header.iter().map(String::as_str))?;
    let mut lines: Vec<(&str, Vec<Cell>)> = Vec::new();
    for Row { place_name, figure, .. } in rows.iter().filter(|row| row.figure.indicator == overall) {
        let figures = [figure.estimate, figure.ci_low, figure.ci_high]
            .map(tidy::points)
            .into_iter()
            .chain([tidy::text(&figure.flags)]);
        if let Some((_, cells)) = lines.iter_mut().find(|(place, _)| *place == figure.place_code) {
            cells.extend(figures);
        } else {
            let place = [tidy::text(&figure.place_code), tidy::text(place_name), tidy::count(figure.n)];
            lines.push((&figure.place_code, place.into_iter().chain(figures).collect()));
        }
    }
    for ((_, cells), line) in lines.iter().zip(1_u32..) {
        write_row(sheet, line, cells)?;
    }
    sheet.set_column_width(1, 26)?;
    Ok(())
}

fn every_figure(sheet: &mut Worksheet, rows: &[Row], names: &[Names; 2]) -> Result<(), XlsxError> {
    write_header(sheet, HEADER.into_iter())?;
    for (row, line) in rows.iter().zip(1_u32..) {
        write_row(sheet, line, &tidy::cells(row, names))?;
    }
    sheet
        .set_column_width(2, 26)?
        .set_column_width(4, 40)?
        .set_column_width(5, 40)?
        .set_column_width(7, 26)?
        .set_column_width(8, 26)?;
    Ok(())
}

/// Label in both languages, then the value.
fn origin(sheet: &mut Worksheet, about: &About<'_>) -> Result<(), XlsxError> {
    let both = |key: &str| Language::ALL.map(|language| Texts::new(language).get(key)).join(" · ");
    let (run, campaign) = (about.run, about.campaign);
    let lines = [
        ("exports-about-campaign", format!("{} · {}", campaign.name_vi, campaign.name_en)),
        ("exports-about-data", both(if campaign.synthetic { "results-synthetic" } else { "exports-about-real" })),
        ("exports-about-state", both(if run.provisional { "results-provisional" } else { "exports-about-final" })),
        ("exports-about-method", run.method.clone()),
        ("results-rule-M", both("results-rule-M-meaning")),
        ("results-rule-T", both("results-rule-T-meaning")),
        ("exports-about-responses", run.responses.to_string()),
        ("exports-about-digest", hex(&run.response_digest)),
        ("exports-about-recipe", run.recipe.clone()),
        ("exports-about-inputs", hex(&run.input_digest)),
        ("exports-about-cells", hex(&run.cells_digest)),
        ("exports-about-engine", run.engine.clone()),
        ("exports-about-computed", Texts::new(Language::Vietnamese).moment(run.computed_at)),
    ];
    for ((key, value), line) in lines.into_iter().zip(0_u32..) {
        write_row(sheet, line, &[tidy::text(&both(key)), tidy::text(&value)])?;
    }
    sheet.set_column_width(0, 50)?.set_column_width(1, 90)?;
    Ok(())
}

fn write_header<'a>(sheet: &mut Worksheet, names: impl Iterator<Item = &'a str>) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (name, column) in names.zip(0_u16..) {
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn write_row(sheet: &mut Worksheet, line: u32, cells: &[Cell]) -> Result<(), XlsxError> {
    let points = Format::new().set_num_format("0.00");
    for (cell, column) in cells.iter().zip(0_u16..) {
        match cell {
            Cell::Text(text) => sheet.write_string(line, column, text)?,
            Cell::Number(number) if number.contains('.') => {
                sheet.write_number_with_format(line, column, number.parse::<f64>().unwrap_or(f64::NAN), &points)?
            }
            Cell::Number(number) => sheet.write_number(line, column, number.parse::<f64>().unwrap_or(f64::NAN))?,
            Cell::Empty => sheet,
        };
    }
    Ok(())
}
