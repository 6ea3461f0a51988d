//! The files that stand beside each view: the same figures and the same picture.

use super::answer::Body;
use super::data::{metadata, unwritten};
use super::grid::Grid;
use super::map::indicator;
use super::shelf::Public;
use super::view::View;
use super::{compare, map, province, sdg, trend};
use crate::base::picture::Picture;
use crate::base::text::Texts;
use crate::error::{Error, Result};

/// Pixels of a PNG for one of the picture: sharp on paper at the width of a column.
const SCALE: f32 = 3.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Csv,
    Json,
    Svg,
    Png,
    Metadata,
}

impl Ending {
    /// A path without its ending, and the ending; none for a page.
    pub(super) fn split(path: &str) -> Option<(&str, Self)> {
        const KNOWN: [(&str, Ending); 5] = [
            (".metadata.json", Ending::Metadata),
            (".csv", Ending::Csv),
            (".json", Ending::Json),
            (".svg", Ending::Svg),
            (".png", Ending::Png),
        ];
        KNOWN.into_iter().find_map(|(ending, kind)| Some((path.strip_suffix(ending)?, kind)))
    }

    fn text(self) -> &'static str {
        match self {
            Self::Csv => ".csv",
            Self::Json => ".json",
            Self::Svg => ".svg",
            Self::Png => ".png",
            Self::Metadata => ".metadata.json",
        }
    }
}

/// # Errors
/// Not found, if there is nothing to show under this address.
pub(super) fn make(texts: Texts, public: &Public, view: &View, ending: Ending) -> Result<Body> {
    let name = |ending: Ending| Some(format!("{}{}", view.file_name(), ending.text()));
    let json = |value: &serde_json::Value| Ok::<_, Error>(serde_json::to_vec_pretty(value)?);
    Ok(match ending {
        Ending::Csv => {
            Body::file("text/csv; charset=utf-8", name(ending), grid(texts, public, view)?.csv().map_err(unwritten)?)
        }
        Ending::Json => Body::file("application/json", None, json(&grid(texts, public, view)?.json())?),
        Ending::Metadata => {
            let (grid, title) = (grid(texts, public, view)?, title(texts, public, view)?);
            let notes = match view {
                View::Trend => trend::breaks(texts),
                View::Sdg => vec![texts.get("sdg-derived").into_owned()],
                _ => Vec::new(),
            };
            let page = view.address(texts.language(), "");
            Body::file("application/json", None, json(&metadata(texts, public, &title, &grid, &page, &notes))?)
        }
        Ending::Svg => Body::file("image/svg+xml", None, picture(texts, public, view)?.file().into_bytes()),
        Ending::Png => {
            let png = picture(texts, public, view)?.png(SCALE);
            Body::file("image/png", None, png.map_err(|cause| Error::internal("portal-file").caused_by(cause))?)
        }
    })
}

fn title(texts: Texts, public: &Public, view: &View) -> Result<String> {
    Ok(match view {
        View::Trend => trend::title(texts),
        View::Sdg => sdg::title(texts, public),
        View::Map { indicator: wanted, .. } => {
            let released = public.newest().ok_or_else(nothing)?;
            map::title(texts, released, indicator(released, wanted.as_deref())?)
        }
        View::Province { code, .. } => province::title(texts, public, code),
        View::Compare { codes, .. } => compare::title(texts, codes),
    })
}

fn grid(texts: Texts, public: &Public, view: &View) -> Result<Grid> {
    let language = texts.language();
    Ok(match view {
        View::Trend => trend::grid(texts, public),
        View::Sdg => sdg::grid(texts, public),
        View::Map { indicator: wanted, rule } => {
            let released = public.newest().ok_or_else(nothing)?;
            map::grid(released, indicator(released, wanted.as_deref())?, rule, language)
        }
        View::Province { code, rule } => province::grid(public, code, rule, language),
        View::Compare { codes, rule } => compare::grid(public, codes, rule, language),
    })
}

fn picture(texts: Texts, public: &Public, view: &View) -> Result<Picture> {
    let picture = match view {
        View::Trend => trend::picture(texts, public),
        View::Sdg => sdg::picture(texts, public),
        View::Map { indicator: wanted, rule } => {
            let released = public.newest().ok_or_else(nothing)?;
            Some(map::picture(texts, released, indicator(released, wanted.as_deref())?, rule))
        }
        View::Province { code, rule } => province::picture(texts, public, code, rule),
        View::Compare { codes, rule } => compare::picture(texts, public, codes, rule),
    };
    picture.ok_or_else(nothing)
}

fn nothing() -> Error {
    Error::not_found("portal-nothing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_the_longest_that_fits() {
        assert_eq!(Ending::split("/tinh/ha-noi.metadata.json"), Some(("/tinh/ha-noi", Ending::Metadata)));
        assert_eq!(Ending::split("/xu-huong.json"), Some(("/xu-huong", Ending::Json)));
        assert_eq!(Ending::split("/tinh/ha-noi"), None);
    }
}
