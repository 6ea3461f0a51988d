//! What `sipas analyse --explain` prints: versions, then the method texts of `docs/methods`, which are the only copy.

use std::fmt::Write as _;

use super::tree::METHODS;
use crate::draw::Digest;

/// Name and text.
const TEXTS: [(&str, &str); 4] = [
    ("estimates", include_str!("../../../docs/methods/estimates.md")),
    ("weights", include_str!("../../../docs/methods/weights.md")),
    ("confidentiality", include_str!("../../../docs/methods/confidentiality.md")),
    ("design file and table", include_str!("../../../docs/analyse.md")),
];

/// Formulas, conventions and versions: what has to be quoted beside a recomputed figure.
pub fn explain() -> String {
    let mut text = format!("sipas analyse {}\n\nmethods\n", env!("CARGO_PKG_VERSION"));
    for method in METHODS {
        // Writing to a text does not fail.
        let _written = writeln!(text, "  {}: rule {}, {:?}", method.name, method.rule.name(), method.aggregation);
    }
    text.push_str("\ntexts (SHA-256)\n");
    for (name, content) in TEXTS {
        let _written = writeln!(text, "  {name}: {}", Digest::of(content.as_bytes()));
    }
    for (_, content) in TEXTS {
        text.push_str("\n----\n\n");
        text.push_str(content);
    }
    text
}
