//! The questionnaires that ship with the program.

use crate::source::{Source, SourceFile};

/// Every built-in form as source; sound, as the tests hold.
pub fn builtin() -> Vec<Source> {
    vec![Source {
        code: "sipas-2026".to_owned(),
        definition: SourceFile::new("sipas-2026/form.toml", include_str!("../forms/sipas-2026/form.toml")),
        wordings: vec![
            ("vi".to_owned(), SourceFile::new("sipas-2026/vi.toml", include_str!("../forms/sipas-2026/vi.toml"))),
            ("en".to_owned(), SourceFile::new("sipas-2026/en.toml", include_str!("../forms/sipas-2026/en.toml"))),
        ],
    }]
}
