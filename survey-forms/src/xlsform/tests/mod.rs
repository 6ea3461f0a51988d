//! Tiny workbooks, one behaviour each.

mod bounds;
mod conditions;
mod expressions;
mod hostile;
mod layout;
mod refusals;
mod round_trip;

use rust_xlsxwriter::Workbook;

use super::{Refusal, import};
use crate::Form;

/// Sheets by name, each with its header first.
type Sheets<'s> = &'s [(&'s str, &'s [&'s [&'s str]])];

fn sheet(sheets: Sheets) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*cells) {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

const YES_NO: &[&[&str]] = &[
    &["list_name", "name", "label"],
    &["yes_no", "yes", "Có"],
    &["yes_no", "no", "Không"],
    &["level", "1", "Thấp"],
    &["level", "2", "Vừa"],
    &["level", "3", "Cao"],
];

/// A form with the choices above; the columns of the survey are type, name, label, relevant, appearance, constraint.
fn form(rows: &[&[&str]]) -> Form {
    let refused = |refusals: Vec<Refusal>| panic!("{}", told(&refusals));
    Form::parse(&survey(rows).unwrap_or_else(refused)).unwrap()
}

fn survey(rows: &[&[&str]]) -> Result<crate::Source, Vec<Refusal>> {
    let header: &[&str] = &["type", "name", "label", "relevant", "appearance", "constraint"];
    let rows: Vec<&[&str]> = std::iter::once(header).chain(rows.iter().copied()).collect();
    import(&sheet(&[("survey", &rows), ("choices", YES_NO)]), "thu.xlsx")
}

fn refused(rows: &[&[&str]]) -> String {
    told(&survey(rows).unwrap_err())
}

fn told(refusals: &[Refusal]) -> String {
    refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Each page with the units on it.
fn pages(form: &Form) -> Vec<String> {
    let units = |page| form.units_on(page).map(crate::Unit::code).collect::<Vec<_>>().join(" ");
    form.pages().iter().map(|page| format!("{}: {}", page.code(), units(page))).collect()
}
