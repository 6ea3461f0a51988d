//! `sipas form check`: a questionnaire from its files, without configuration or database.

use std::fs;
use std::path::Path;

use survey_forms::{Form, Source, SourceFile};

/// What the questionnaire holds; the error names every defect with file and line.
pub(super) fn check(directory: &Path) -> Result<String, String> {
    let source = source(directory)?;
    let form = Form::parse(&source).map_err(|defects| {
        let lines: Vec<String> = defects.iter().map(ToString::to_string).collect();
        format!("defects: {}\n{}", defects.len(), lines.join("\n"))
    })?;
    Ok(format!(
        "{}: {} pages, {} questions, {} columns of answers, languages {}\nmethod  {}\ndigest  {}",
        form.code(),
        form.pages().len(),
        form.question_count(),
        form.units().len(),
        form.languages().join(", "),
        form.method(),
        form.digest(),
    ))
}

/// The directory's name is the form's code.
fn source(directory: &Path) -> Result<Source, String> {
    let at = |path: &Path, cause: &dyn std::fmt::Display| format!("{}: {cause}", path.display());
    let entries = fs::read_dir(directory).map_err(|cause| at(directory, &cause))?;
    let code = directory.canonicalize().map_err(|cause| at(directory, &cause))?;
    let code = code.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let mut definition = None;
    let mut wordings = Vec::new();
    for entry in entries {
        let path = entry.map_err(|cause| at(directory, &cause))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".toml"))
        else {
            continue;
        };
        let text = fs::read_to_string(&path).map_err(|cause| at(&path, &cause))?;
        let file = SourceFile::new(path.display().to_string(), text);
        if name == "form" { definition = Some(file) } else { wordings.push((name.to_owned(), file)) }
    }
    wordings.sort_by(|(one, _), (other, _)| one.cmp(other));
    let definition = definition.ok_or_else(|| format!("{}: there is no form.toml", directory.display()))?;
    Ok(Source { code, definition, wordings })
}
