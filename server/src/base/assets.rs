//! The style sheets and the one script, inside the executable. Their addresses carry a digest of their
//! content, so a browser may keep them for a year and never shows an old one.

use std::io::Write;
use std::sync::LazyLock;

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// For every response that carries an [`Asset`].
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

pub struct Asset {
    /// `/assets/{name}-{digest}.{extension}`.
    pub path: String,
    pub content_type: &'static str,
    pub text: &'static str,
    pub gzipped: Vec<u8>,
    digest: String,
}

/// The citizen's sheet; inlined into a first page.
pub static CITIZEN: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("citizen", "css", "text/css; charset=utf-8", include_str!("../../assets/citizen.css")));

/// The citizen's sheet and everything staff need beside it.
pub static STAFF: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("staff", "css", "text/css; charset=utf-8", include_str!("../../assets/staff.css")));

/// The citizen's sheet and what the public's pages need beside it.
pub static PORTAL: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("portal", "css", "text/css; charset=utf-8", include_str!("../../assets/portal.css")));

/// A help where scripts run: focus on errors, no double sending, answers kept while the network is gone. Every page works without it.
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("page", "js", "text/javascript; charset=utf-8", include_str!("../../assets/page.js")));

/// The same for staff's pages: forms that keep what is typed.
pub static STAFF_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("staff", "js", "text/javascript; charset=utf-8", include_str!("../../assets/staff.js"))
});

/// The questionnaire's engine for a tablet without a network.
pub static WALK: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("walk", "js", "text/javascript; charset=utf-8", include_str!("../../assets/walk.js")));

/// The interviewer's tablet itself.
pub static TABLET: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("tablet", "js", "text/javascript; charset=utf-8", include_str!("../../assets/tablet.js"))
});

pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("tablet", "svg", "image/svg+xml", include_str!("../../assets/tablet.svg")));

/// The asset at a request's path, or none: then the answer is 404.
pub fn find(path: &str) -> Option<&'static Asset> {
    [&*CITIZEN, &*STAFF, &*PORTAL, &*SCRIPT, &*STAFF_SCRIPT, &*WALK, &*TABLET, &*ICON]
        .into_iter()
        .find(|asset| asset.path == path)
}

/// The value of the `css` cookie: which citizen's sheet the browser has been given. Another value, or none,
/// means the sheet must be inlined again.
pub fn citizen_version() -> &'static str {
    &CITIZEN.digest
}

pub fn gzipped(text: &str, level: Compression) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), level);
    // Writing into memory does not fail; were it to, an empty body says "not compressed".
    gzip.write_all(text.as_bytes()).and_then(|()| gzip.finish()).unwrap_or_default()
}

pub fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|value| value.contains("gzip"))
}

impl Asset {
    fn new(name: &str, extension: &str, content_type: &'static str, text: &'static str) -> Self {
        let sha256 = Sha256::digest(text);
        let digest = sha256.iter().take(6).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        let gzipped = gzipped(text, Compression::best());
        Self { path: format!("/assets/{name}-{digest}.{extension}"), content_type, text, gzipped, digest }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_address_changes_with_the_content_and_the_gzipped_body_is_the_same_text() {
        let asset = find(&STAFF.path).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(asset.gzipped.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, asset.text);
        let before = Asset::new("a", "css", "text/css", "a{}").path;
        let after = Asset::new("a", "css", "text/css", "b{}").path;
        assert_ne!(before, after);
        assert!(find("/assets/staff.css").is_none());
    }

    #[test]
    fn the_citizens_sheet_and_the_script_stay_small() {
        assert!(CITIZEN.gzipped.len() <= 9 * 1024, "citizen.css: {} bytes gzipped", CITIZEN.gzipped.len());
        assert!(PORTAL.gzipped.len() <= 12 * 1024, "portal.css: {} bytes gzipped", PORTAL.gzipped.len());
        assert!(SCRIPT.gzipped.len() <= 3 * 1024, "page.js: {} bytes gzipped", SCRIPT.gzipped.len());
        assert!(WALK.gzipped.len() <= 5 * 1024, "walk.js: {} bytes gzipped", WALK.gzipped.len());
        assert!(TABLET.gzipped.len() <= 13 * 1024, "tablet.js: {} bytes gzipped", TABLET.gzipped.len());
    }

    /// Chrome 70 and Firefox 60 on cheap phones, and the browsers inside chat programs.
    #[test]
    fn nothing_needs_a_young_browser() {
        for young in ["?.", "??", "catch {", "{ ...", ".at(", ".flat", "replaceAll", "fromEntries", "await import"] {
            assert!(!SCRIPT.text.contains(young), "page.js: {young}");
        }
        for young in [":has(", ":is(", ":where(", "inset:", "clamp(", "@layer", "@container"] {
            assert!(!CITIZEN.text.contains(young), "citizen.css: {young}");
            assert!(!PORTAL.text.contains(young), "portal.css: {young}");
        }
    }

    #[test]
    fn no_sheet_reaches_for_another_host_or_a_font() {
        for asset in [&*CITIZEN, &*STAFF, &*PORTAL, &*SCRIPT, &*STAFF_SCRIPT, &*WALK, &*TABLET] {
            assert!(!asset.text.contains("url(http") && !asset.text.contains("@import"), "{}", asset.path);
            assert!(!asset.text.contains("@font-face"), "{}", asset.path);
            assert!(!asset.text.contains("sourceMappingURL"), "{}", asset.path);
        }
    }
}
