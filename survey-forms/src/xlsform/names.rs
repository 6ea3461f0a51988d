//! Names of `XLSForm` → codes of ours, columns → languages.

use unicode_normalization::UnicodeNormalization as _;

/// A name as a code: small letters a–z, digits, `_` and `-`, a letter first. `Tuổi 1` becomes `tuoi_1`, `1a` becomes `q_1a`.
pub(crate) fn code(name: &str) -> String {
    let plain = name.trim().to_lowercase().replace('đ', "d");
    let letter = |letter: char| match letter {
        'a'..='z' | '0'..='9' | '_' | '-' => letter,
        _ => '_',
    };
    let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    let code: String = plain.nfd().filter(|letter| !is_accent(letter)).map(letter).collect();
    if code.starts_with(|first: char| first.is_ascii_lowercase()) { code } else { format!("q_{code}") }
}

/// The language a column name gives: the code in its brackets, or a code or known name alone.
pub(crate) fn language(written: &str) -> Option<String> {
    let written = written.trim();
    let lower = parts(written).map_or(written, |(_, code)| code).trim().to_lowercase();
    if let Some((_, code)) = KNOWN.iter().find(|(name, _)| *name == lower) {
        return Some((*code).to_owned());
    }
    let main = lower.split('-').next().unwrap_or_default();
    let is_code = (2..=3).contains(&main.len())
        && lower.starts_with(|first: char| first.is_ascii_lowercase())
        && lower.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
    is_code.then_some(lower)
}

/// What a column calls a language in the language itself: `Tày (tyz)` gives `Tày`. Names from elsewhere are not taken over.
pub(crate) fn own_name(written: &str) -> Option<&str> {
    let (name, _) = parts(written.trim())?;
    let is_foreign = KNOWN.iter().any(|(known, _)| *known == name.trim().to_lowercase());
    (!is_foreign && !name.trim().is_empty()).then(|| name.trim())
}

const KNOWN: [(&str, &str); 4] = [("vietnamese", "vi"), ("tiếng việt", "vi"), ("english", "en"), ("tiếng anh", "en")];

/// Name and code of `English (en)`.
fn parts(written: &str) -> Option<(&str, &str)> {
    written.strip_suffix(')')?.rsplit_once('(')
}

/// How a language is written in a column, its code in brackets.
pub(crate) fn language_column(name: &str, code: &str) -> String {
    format!("{name} ({code})")
}

/// `label::English (en)` → `English (en)`, for the column `label`; a bare `label` gives an empty one.
pub(crate) fn after<'h>(header: &'h str, column: &str) -> Option<&'h str> {
    let (name, language) = header.split_once("::").unwrap_or((header, ""));
    name.trim().eq_ignore_ascii_case(column).then(|| language.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_codes_in_a_predictable_way() {
        let codes = ["Tuổi 1", "1a", "q-1", "Đường", "A.B", ""].map(code);
        assert_eq!(codes, ["tuoi_1", "q_1a", "q-1", "duong", "a_b", "q_"]);
    }

    #[test]
    fn columns_give_languages() {
        let languages = ["English (en)", "vi", "Tiếng Việt", "Klingon", "fr-CA", ""].map(language);
        let wanted = [Some("en"), Some("vi"), Some("vi"), None, Some("fr-ca"), None];
        assert_eq!(languages, wanted.map(|code| code.map(str::to_owned)));
    }
}
