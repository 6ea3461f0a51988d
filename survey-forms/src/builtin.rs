//! The questionnaires that ship with the program.

use crate::source::{Source, SourceFile};

macro_rules! text {
    ($code:literal, $name:literal) => {
        SourceFile::new(
            concat!($code, "/", $name, ".toml"),
            include_str!(concat!("../forms/", $code, "/", $name, ".toml")),
        )
    };
}

/// A folder of `forms/`, named by the code of the form, with its languages. Tày (`tyz`) has no words of its own yet: it
/// shows what a further language takes, marked as not for use.
macro_rules! form {
    ($code:literal, $($language:literal)+) => {
        Source {
            code: $code.to_owned(),
            definition: text!($code, "form"),
            wordings: vec![$(($language.to_owned(), text!($code, $language))),+],
        }
    };
}

/// Every built-in form as source; sound, as the tests hold. The questionnaire of the year comes first.
pub fn builtin() -> Vec<Source> {
    vec![
        form!("sipas-2026", "vi" "en"),
        form!("sipas-2022", "vi" "en"),
        form!("sipas-2017", "vi" "en"),
        form!("commune-service-point", "vi" "en" "tyz"),
        form!("par-officials", "vi" "en"),
    ]
}
