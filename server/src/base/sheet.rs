//! Text on its way into a spreadsheet.

use std::borrow::Cow;

/// Spreadsheets run a cell that begins like this as a formula; the full-width signs too.
const FORMULA_SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text, with an apostrophe before it when a spreadsheet would take it for a formula. Never for numbers of our own.
pub fn plain_cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA_SIGNS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`plain_cell`] was given.
pub fn text_of_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(FORMULA_SIGNS)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_text() {
        for text in ["=HYPERLINK(\"http://x\")", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(plain_cell(text), format!("'{text}"));
            assert_eq!(text_of_cell(&plain_cell(text)), text);
        }
        for text in ["Nguyễn Văn A", "'quoted", "1-2", ""] {
            assert_eq!(plain_cell(text), text);
            assert_eq!(text_of_cell(text), text);
        }
    }
}
