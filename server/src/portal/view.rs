//! What can be looked at under an address of its own, as a page and as its twins.

use crate::base::text::Language;
use crate::editions::content::HEADLINE_RULE;
use crate::places::{self, Province};

/// At most so many places side by side.
pub(super) const MOST_COMPARED: usize = 5;

/// Everything with a picture and a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum View {
    Trend,
    /// SDG 16.6.2, derived.
    Sdg,
    /// An indicator's code; none for the overall one.
    Map {
        indicator: Option<String>,
        rule: &'static str,
    },
    Province {
        code: String,
        rule: &'static str,
    },
    /// Codes of provinces, each once.
    Compare {
        codes: Vec<String>,
        rule: &'static str,
    },
}

/// What is asked for in a query; what is not known is not there.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "chi-so")]
    pub indicator: Option<String>,
    #[serde(rename = "cach-tinh")]
    pub rule: Option<String>,
}

impl Asked {
    /// The rule asked for, the headline's where none is.
    pub(super) fn rule(&self) -> Option<&'static str> {
        match self.rule.as_deref() {
            None | Some("") => Some(HEADLINE_RULE),
            Some(name) => ["M", "T"].into_iter().find(|known| *known == name),
        }
    }
}

impl View {
    /// The address of a page, or of a twin with its ending: `/en/tinh/ha-noi.csv?cach-tinh=T`. One view has one address.
    pub(super) fn address(&self, language: Language, ending: &str) -> String {
        let (path, rule) = match self {
            Self::Trend => ("/xu-huong".to_owned(), HEADLINE_RULE),
            Self::Sdg => ("/sdg-16-6-2".to_owned(), HEADLINE_RULE),
            Self::Map { rule, .. } => ("/ban-do".to_owned(), *rule),
            Self::Province { code, rule } => (format!("/tinh/{}", slug_of(code)), *rule),
            Self::Compare { rule, .. } => ("/so-sanh".to_owned(), *rule),
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        match self {
            Self::Map { indicator: Some(code), .. } => _ = query.append_pair("chi-so", code),
            Self::Compare { codes, .. } => _ = query.extend_pairs(codes.iter().map(|code| ("tinh", slug_of(code)))),
            _ => {}
        }
        if rule != HEADLINE_RULE {
            query.append_pair("cach-tinh", rule);
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{path}{ending}{mark}{query}", prefix(language))
    }

    /// The name of a file of it, without an ending.
    pub(super) fn file_name(&self) -> String {
        match self {
            Self::Trend => "sipas-xu-huong".to_owned(),
            Self::Sdg => "sipas-sdg-16-6-2".to_owned(),
            Self::Map { indicator, .. } => {
                format!("sipas-ban-do{}", indicator.as_ref().map(|code| format!("-{code}")).unwrap_or_default())
            }
            Self::Province { code, .. } => format!("sipas-{}", slug_of(code)),
            Self::Compare { .. } => "sipas-so-sanh".to_owned(),
        }
    }
}

/// English pages have the same addresses under `/en`.
pub(super) fn prefix(language: Language) -> &'static str {
    match language {
        Language::Vietnamese => "",
        Language::English => "/en",
    }
}

/// The address of a page without a view of its own, `/` among them.
pub fn at(language: Language, path: &str) -> String {
    match (prefix(language), path) {
        ("", path) => path.to_owned(),
        (prefix, "/") => prefix.to_owned(),
        (prefix, path) => format!("{prefix}{path}"),
    }
}

/// `da-nang`.
pub(super) fn slug(province: &Province) -> String {
    places::key(&province.name).split_whitespace().collect::<Vec<_>>().join("-")
}

fn slug_of(code: &str) -> String {
    places::provinces().iter().find(|known| known.code == code).map(slug).unwrap_or_default()
}

/// The province whose address it is.
pub(super) fn province(wanted: &str) -> Option<&'static Province> {
    places::provinces().iter().find(|known| slug(known) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_has_one_address_in_each_language_and_with_each_ending() {
        let map = View::Map { indicator: Some("q9_31".to_owned()), rule: "T" };
        assert_eq!(map.address(Language::Vietnamese, ""), "/ban-do?chi-so=q9_31&cach-tinh=T");
        let two = View::Compare { codes: vec!["48".to_owned(), "01".to_owned()], rule: "M" };
        assert_eq!(two.address(Language::English, ".csv"), "/en/so-sanh.csv?tinh=da-nang&tinh=ha-noi");
        assert_eq!(View::Trend.address(Language::English, ""), "/en/xu-huong");
        assert_eq!(at(Language::English, "/"), "/en");
        assert_eq!(province("ho-chi-minh").map(|it| it.code.as_str()), Some("79"));
        assert!(province("ho").is_none());
    }
}
