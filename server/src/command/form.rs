//! `sipas form`: a questionnaire from its files and into others, without configuration or database.

use std::fs;
use std::path::Path;

use survey_forms::{Form, Source, SourceFile, xlsform};

use crate::questionnaires;

/// What the questionnaire holds; the error names every defect with file and line.
pub(super) fn check(form: &Path) -> Result<String, String> {
    Ok(summary(&parsed(&source(form)?)?))
}

/// Writes the questionnaire of a workbook into a new directory.
pub(super) fn import(workbook: &Path, directory: &Path) -> Result<String, String> {
    let bytes = fs::read(workbook).map_err(|cause| at(workbook, &cause))?;
    let code = directory.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let (source, notes) = xlsform::import_with_notes(&bytes, code)
        .map_err(|refusals| format!("cannot be kept: {}\n{}", refusals.len(), lines(&refusals)))?;
    let source = Source { code: code.to_owned(), ..source };
    let form = parsed(&source)?;
    fs::create_dir(directory).map_err(|cause| at(directory, &cause))?;
    let files = source.wordings.iter().map(|(language, file)| (format!("{language}.toml"), &file.text));
    for (name, text) in files.chain([("form.toml".to_owned(), &source.definition.text)]) {
        let path = directory.join(name);
        fs::write(&path, text).map_err(|cause| at(&path, &cause))?;
    }
    Ok(format!("{}\n{}", summary(&form), lines(&notes)))
}

/// By the ending of the file's name: a workbook, or the codebook in one of its forms.
pub(super) fn export(form: &Path, file: &Path) -> Result<String, String> {
    let form = parsed(&source(form)?)?;
    let content = match file.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx") => xlsform::export(&form).map_err(|cause| cause.to_string())?,
        Some("csv") => form.codebook().csv(form.source_language()).into_bytes(),
        Some("xml") => form.codebook().ddi().into_bytes(),
        _ => return Err(format!("{}: the name must end in .xlsx, .csv or .xml", file.display())),
    };
    fs::write(file, content).map_err(|cause| at(file, &cause))?;
    Ok(format!("wrote {}", file.display()))
}

/// The form on paper.
pub(super) fn print(form: &Path, language: &str, file: &Path) -> Result<String, String> {
    let form = parsed(&source(form)?)?;
    if !form.languages().iter().any(|offered| offered == language) {
        return Err(format!("{language}: the languages are {}", form.languages().join(", ")));
    }
    let content = questionnaires::print(&form, language).map_err(|cause| cause.to_string())?;
    fs::write(file, content).map_err(|cause| at(file, &cause))?;
    Ok(format!("wrote {}", file.display()))
}

fn parsed(source: &Source) -> Result<Form, String> {
    Form::parse(source).map_err(|defects| format!("defects: {}\n{}", defects.len(), lines(&defects)))
}

fn lines(things: &[impl ToString]) -> String {
    things.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn at(path: &Path, cause: &dyn std::fmt::Display) -> String {
    format!("{}: {cause}", path.display())
}

fn summary(form: &Form) -> String {
    format!(
        "{}: {} pages, {} questions, {} columns of answers, languages {}\nmethod  {}\ndigest  {}",
        form.code(),
        form.pages().len(),
        form.question_count(),
        form.units().len(),
        form.languages().join(", "),
        form.method(),
        form.digest(),
    )
}

/// The directory's name is the form's code; without a directory of that name, a built-in form's code.
fn source(directory: &Path) -> Result<Source, String> {
    if !directory.exists()
        && let Some(built_in) = survey_forms::builtin().into_iter().find(|source| Path::new(&source.code) == directory)
    {
        return Ok(built_in);
    }
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
