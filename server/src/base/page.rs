//! What every page needs before its own content: language, title, where it is, who is signed in.
//! A template extends `layout/citizen.html` or `layout/staff.html` and has a field `page: Page`.

use super::assets::{self, Asset};
use super::text::{Language, Texts};

#[derive(Clone, Debug, Default)]
pub struct Page {
    pub language: Language,
    pub texts: Texts,
    /// The page's own heading as text; [`Page::full_title`] adds the rest.
    pub title: String,
    /// Input was refused: the title says so first, because a screen reader reads it first.
    pub failed: bool,
    /// Path and query of this page, to come back to after a change of language.
    pub path: String,
    /// Proof that a form came from us; [`form`](../../templates/parts/form.html) writes it into every form.
    pub csrf: String,
    /// Lets this response's inlined sheet pass the content security policy.
    pub nonce: String,
    /// The browser holds the citizen's sheet (cookie `css`), so it is linked instead of inlined.
    pub sheet_known: bool,
    /// Telephone number people may call; empty when none is configured.
    pub hotline: String,
    /// Seconds after which the page loads itself again, for work in progress.
    pub refresh: Option<u16>,
    /// The figures come from the simulation: said on every page that shows them.
    pub synthetic: bool,
    /// Where a citizen ends the session that is open: every page offers it. Empty for everybody else.
    pub leave: &'static str,
    pub staff: Option<Staff>,
    /// This page in each of our languages, where each has an address of its own.
    pub addresses: Option<[String; 2]>,
    /// The language of the questionnaire's words, where it is not that of ours.
    pub spoken: Option<String>,
    /// Code and own name of the languages that the questionnaire speaks beyond ours.
    pub further_languages: Vec<(String, String)>,
}

/// A language to choose.
pub struct Choosable {
    pub code: String,
    pub name: String,
    /// Where it is chosen without losing the place: `/ngon-ngu/en?ve=%2Fkhao-sat%2F3`.
    pub address: String,
    pub current: bool,
}

/// The signed-in member of staff, as the frame of a page shows them.
#[derive(Clone, Debug, Default)]
pub struct Staff {
    pub name: String,
    /// The role in words.
    pub role: String,
    /// The sections this person may enter, at most six.
    pub navigation: Vec<Link>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    pub label: String,
    pub path: String,
    /// This is where the reader is.
    pub current: bool,
}

impl Link {
    pub fn new(label: impl Into<String>, path: impl Into<String>) -> Self {
        Self { label: label.into(), path: path.into(), current: false }
    }
}

impl Page {
    pub fn new(language: Language, path: impl Into<String>) -> Self {
        Self { language, texts: Texts::new(language), path: path.into(), ..Self::default() }
    }

    /// The page with its heading, given as text, not as a key.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The page after refused input.
    #[must_use]
    pub fn failed(mut self) -> Self {
        self.failed = true;
        self
    }

    /// `<title>`: "Lỗi: Nhập mã trên thư mời – Khảo sát hài lòng của người dân".
    pub fn full_title(&self) -> String {
        let title = if self.failed {
            self.texts.with("err-title", [("title", self.title.as_str())])
        } else {
            self.title.as_str().into()
        };
        let service = self.texts.get(if self.staff.is_some() { "staff-service" } else { "service" });
        if title.is_empty() { service.into_owned() } else { format!("{title} – {service}") }
    }

    pub fn switch_to(&self, language: &str) -> String {
        let path: String = form_urlencoded::byte_serialize(self.path.as_bytes()).collect();
        format!("/ngon-ngu/{language}?ve={path}")
    }

    fn own_address(&self, code: &str) -> Option<String> {
        let place = Language::ALL.iter().position(|language| language.code() == code)?;
        self.addresses.as_ref()?.get(place).cloned()
    }

    /// The language of the questionnaire's words.
    pub fn spoken(&self) -> &str {
        self.spoken.as_deref().unwrap_or(self.language.code())
    }

    pub fn languages(&self) -> Vec<Choosable> {
        let ours = Language::ALL.map(|language| (language.code(), language.name()));
        let further = self.further_languages.iter().map(|(code, name)| (code.as_str(), name.as_str()));
        let chosen = further.clone().map(|(code, _)| code).find(|code| *code == self.spoken());
        let choosable = |(code, name): (&str, &str)| Choosable {
            code: code.to_owned(),
            name: name.to_owned(),
            address: self.own_address(code).unwrap_or_else(|| self.switch_to(code)),
            current: code == chosen.unwrap_or(self.language.code()),
        };
        ours.into_iter().chain(further).map(choosable).collect()
    }

    pub fn citizen_sheet(&self) -> &'static Asset {
        &assets::CITIZEN
    }

    pub fn staff_sheet(&self) -> &'static Asset {
        &assets::STAFF
    }

    pub fn portal_sheet(&self) -> &'static Asset {
        &assets::PORTAL
    }

    pub fn staff_script(&self) -> &'static Asset {
        &assets::STAFF_SCRIPT
    }

    pub fn script(&self) -> &'static Asset {
        &assets::SCRIPT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_the_error_first_and_the_service_last() {
        let page = Page::new(Language::Vietnamese, "/ma").titled("Nhập mã trên thư mời");
        assert_eq!(page.full_title(), "Nhập mã trên thư mời – Khảo sát hài lòng của người dân");
        assert!(page.failed().full_title().starts_with("Lỗi: Nhập mã trên thư mời – "));
    }

    #[test]
    fn changing_the_language_keeps_path_and_query_in_one_parameter() {
        let page = Page::new(Language::Vietnamese, "/qt/tien-do?tinh=Đà Nẵng&a=1");
        let address = page.switch_to("en");
        assert_eq!(address, "/ngon-ngu/en?ve=%2Fqt%2Ftien-do%3Ftinh%3D%C4%90%C3%A0+N%E1%BA%B5ng%26a%3D1");
    }
}
