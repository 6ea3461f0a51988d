//! What stands around every page of the public: where one can go, which edition is shown, what a correction changed.

use super::shelf::{self, Public, Released};
use super::view::{View, at};
use crate::app::App;
use crate::base::page::{Link, Page};
use crate::base::text::{Language, Texts, Value};
use crate::editions::content::COUNTRY;
use crate::error::Result;

/// The pages that the header leads to, and the keys of their names.
const SECTIONS: [(&str, &str); 8] = [
    ("/", "portal-nav-home"),
    ("/xu-huong", "portal-nav-trend"),
    ("/ban-do", "portal-nav-map"),
    ("/tinh", "portal-nav-provinces"),
    ("/so-sanh", "portal-nav-compare"),
    ("/du-lieu", "portal-nav-data"),
    ("/phuong-phap", "portal-nav-method"),
    ("/gop-y", "portal-nav-feedback"),
];

/// The endings of a view's files, with the names they go by.
pub(super) const ENDINGS: [(&str, &str); 5] =
    [(".csv", "CSV"), (".json", "JSON"), (".svg", "SVG"), (".png", "PNG"), (".metadata.json", "metadata")];

#[derive(Default)]
pub struct Frame {
    pub sections: Vec<Link>,
    pub home: String,
    /// `Bản sipas-2026/1, công khai lúc …`; empty while nothing is.
    pub edition: String,
    /// Why this page is not as it was.
    pub notes: Vec<String>,
    /// When the results of the survey that was closed come.
    pub announced: Option<String>,
    /// The view's files.
    pub twins: Vec<Link>,
}

/// The frame of a page at `path` (without the language), or of a view.
pub(super) fn frame(texts: Texts, public: &Public, path: &str, view: Option<&View>, place: &str) -> Frame {
    let language = texts.language();
    let section = path.split('/').nth(1).unwrap_or_default();
    let sections = SECTIONS.iter().map(|(to, key)| Link {
        label: texts.get(key).into_owned(),
        path: at(language, to),
        current: to.trim_start_matches('/') == section,
    });
    let newest = public.newest();
    let announced = public.announced.as_ref().map(|(year, day)| {
        let values = [("year", year.clone()), ("day", texts.day(day))];
        texts.with("portal-announced", values).into_owned()
    });
    let twins = view
        .into_iter()
        .flat_map(|view| ENDINGS.iter().map(move |(ending, name)| Link::new(*name, view.address(language, ending))));
    Frame {
        sections: sections.collect(),
        home: at(language, "/"),
        edition: newest.map(|newest| edition(texts, newest)).unwrap_or_default(),
        notes: newest.and_then(|newest| note(texts, newest, place)).into_iter().collect(),
        announced,
        twins: twins.collect(),
    }
}

/// Page and frame of a page that another part of the house shows.
pub async fn around(app: &App, texts: Texts, title: impl Into<String>, path: &str) -> Result<(Page, Frame)> {
    let public = shelf::current(app).await?;
    let addresses = Language::ALL.map(|language| at(language, path));
    Ok((page(texts, &public, title, addresses), frame(texts, &public, path, None, COUNTRY)))
}

/// The page itself: its title, its own address in both languages.
pub(super) fn page(texts: Texts, public: &Public, title: impl Into<String>, addresses: [String; 2]) -> Page {
    let path = addresses.get(usize::from(texts.language() == Language::English)).cloned().unwrap_or_default();
    let synthetic = public.newest().is_some_and(|newest| newest.content.survey.synthetic);
    let page = Page { addresses: Some(addresses), sheet_known: true, synthetic, ..Page::new(texts.language(), path) };
    page.titled(title)
}

pub(super) fn edition(texts: Texts, released: &Released) -> String {
    let moment = released.edition.release_at.map(|moment| texts.moment(moment)).unwrap_or_default();
    texts.with("portal-edition", [("label", released.label()), ("moment", moment)]).into_owned()
}

/// Where a correction changed figures of this place: what was wrong. Pages of the whole country tell of any change.
fn note(texts: Texts, released: &Released, place: &str) -> Option<String> {
    let changed = released.changed.as_ref()?;
    if changed.figures == 0 || (place != COUNTRY && !changed.places.contains(place)) {
        return None;
    }
    let reason = match texts.language() {
        Language::Vietnamese => &released.edition.note_vi,
        Language::English => &released.edition.note_en,
    };
    let values = [
        ("number", Value::from(released.edition.number.to_string())),
        ("reason", Value::from(reason.as_str())),
        ("largest", Value::from(texts.decimal(changed.largest, 2))),
    ];
    Some(texts.with("portal-corrected", values).into_owned())
}
