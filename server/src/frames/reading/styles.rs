//! Which formats of a workbook show a number as a date.

use std::collections::HashSet;
use std::io::{Read, Seek};

use quick_xml::events::Event;
use zip::ZipArchive;

use super::Unreadable;
use super::xml::{attribute, part};

/// Per format of a cell, whether it shows a date or a time.
pub(super) fn dates<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Result<Vec<bool>, Unreadable> {
    let dates = part(archive, name, |mut xml| {
        let (mut own, mut formats, mut of_cells): (HashSet<u32>, _, _) = (HashSet::new(), Vec::new(), false);
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "numFmt" => {
                        let id: Option<u32> = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                        if attribute(&tag, "formatCode").is_some_and(|code| shows_date(&code)) {
                            own.extend(id);
                        }
                    }
                    "cellXfs" => of_cells = true,
                    "xf" if of_cells && formats.len() < usize::from(u16::MAX) => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        formats.push(own.contains(&id) || matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58));
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => of_cells = false,
                Event::Eof => return Ok(formats),
                _ => {}
            }
        }
    })?;
    Ok(dates.unwrap_or_default())
}

/// A format with a day, month, year, hour or second outside quotation marks and brackets; `[Red]` and `"đ"` are none.
fn shows_date(code: &str) -> bool {
    let code = code.replace("&quot;", "\"");
    let (mut quoted, mut bracketed, mut literal) = (false, false, false);
    for sign in code.chars() {
        if std::mem::take(&mut literal) {
            continue;
        }
        match sign {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => literal = true,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            ';' if !quoted => return false,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::shows_date;

    #[test]
    fn formats_of_dates_are_told_from_those_of_numbers() {
        for code in ["dd/mm/yyyy", "[$-42A]d/m/yy", "h:mm", "\"ngày \"d"] {
            assert!(shows_date(code), "{code}");
        }
        for code in ["General", "0", "#,##0.00", "0&quot;đ&quot;", "[Red]0", "@", "00000", "0_);\\(0\\)", "0;d"] {
            assert!(!shows_date(code), "{code}");
        }
    }
}
