//! The questionnaires that ship with the program.

use crate::source::{Source, SourceFile};

macro_rules! text {
    ($code:literal, $file:literal) => {
        SourceFile::new(concat!($code, "/", $file), include_str!(concat!("../forms/", $code, "/", $file)))
    };
}

/// A folder of `forms/`, named by the code of the form.
macro_rules! form {
    ($code:literal) => {
        Source {
            code: $code.to_owned(),
            definition: text!($code, "form.toml"),
            wordings: vec![("vi".to_owned(), text!($code, "vi.toml")), ("en".to_owned(), text!($code, "en.toml"))],
        }
    };
}

/// Every built-in form as source; sound, as the tests hold. The questionnaire of the year comes first.
pub fn builtin() -> Vec<Source> {
    vec![
        form!("sipas-2026"),
        form!("sipas-2022"),
        form!("sipas-2017"),
        form!("commune-service-point"),
        form!("par-officials"),
    ]
}
