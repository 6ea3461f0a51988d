//! Finding a province, with and without marks, under its earlier names, by its usual short forms.

use super::frame::{frame, page};
use super::pages::SearchPage;
use super::shelf::Public;
use super::view::{View, at};
use crate::base::page::Link;
use crate::base::text::{Language, Texts};
use crate::editions::content::{COUNTRY, HEADLINE_RULE};
use crate::places::{self, Province, key};

/// What people write for a few of them.
const SHORT: [(&str, &str); 8] = [
    ("hcm", "79"),
    ("tphcm", "79"),
    ("tp hcm", "79"),
    ("sai gon", "79"),
    ("brvt", "79"),
    ("br vt", "79"),
    ("vung tau", "79"),
    ("hn", "01"),
];
const LONGEST: usize = 60;

/// The provinces that a text may mean, those whose own name begins with it first; with the earlier name under which one was found.
pub(super) fn find(asked: &str) -> Vec<(&'static Province, Option<&'static str>)> {
    let asked: String = asked.chars().take(LONGEST).collect();
    let wanted = key(&asked);
    if wanted.is_empty() {
        return Vec::new();
    }
    let short = SHORT.iter().find(|(short, _)| *short == wanted).map(|(_, code)| *code);
    let rank = |province: &'static Province| {
        let own = key(&province.name);
        if short == Some(&province.code) || own == wanted {
            return Some((0, None));
        }
        if own.starts_with(&wanted) {
            return Some((1, None));
        }
        if own.contains(&wanted) {
            return Some((2, None));
        }
        let earlier = province.predecessors.iter().find(|old| key(&old.name).contains(&wanted));
        earlier.map(|old| (3, Some(old.name.as_str())))
    };
    let mut found: Vec<_> = places::provinces().iter().filter_map(|it| Some((rank(it)?, it))).collect();
    found.sort_by_key(|((rank, _), province)| (*rank, key(&province.name)));
    found.into_iter().map(|((_, earlier), province)| (province, earlier)).collect()
}

pub(super) fn address(texts: Texts, province: &Province) -> String {
    View::Province { code: province.code.clone(), rule: HEADLINE_RULE }.address(texts.language(), "")
}

pub(super) fn show(texts: Texts, public: &Public, asked: &str) -> SearchPage {
    let asked: String = asked.chars().take(LONGEST).collect();
    let line = |(province, earlier): (&'static Province, Option<&str>)| {
        let words = earlier.map(|name| texts.with("portal-search-earlier", [("name", name)]).into_owned());
        (Link::new(province.name.clone(), address(texts, province)), words.unwrap_or_default())
    };
    SearchPage {
        frame: frame(texts, public, "/tinh", None, COUNTRY),
        action: at(texts.language(), "/tim"),
        found: find(&asked).into_iter().map(line).collect(),
        asked,
        page: page(texts, public, texts.get("portal-search"), Language::ALL.map(|language| at(language, "/tim"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(asked: &str) -> Vec<&'static str> {
        find(asked).into_iter().map(|(province, _)| province.name.as_str()).collect()
    }

    #[test]
    fn a_province_is_found_as_people_write_it() {
        assert_eq!(names("da nang").first(), Some(&"Đà Nẵng"));
        assert_eq!(names("Tỉnh ĐẮK LẮK").first(), Some(&"Đắk Lắk"));
        assert_eq!(names("bac giang"), ["Bắc Ninh"]);
        assert_eq!(find("bắc giang").first().and_then(|(_, earlier)| *earlier), Some("Bắc Giang"));
        assert_eq!(names("HCM"), ["Thành phố Hồ Chí Minh"]);
        assert_eq!(names("<script>"), Vec::<&str>::new());
        assert!(names("").is_empty());
    }
}
