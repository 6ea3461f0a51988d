//! A file on its way in: streamed to disk, so that 200 MB cost no memory.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use actix_multipart::{Field, Multipart};
use actix_web::web::Bytes;
use futures_util::TryStreamExt as _;
use subtle::ConstantTimeEq as _;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::base::blocking;
use crate::error::{Error, Kind, Result};

pub struct Upload {
    pub name: String,
    pub file: File,
}

impl Upload {
    /// The whole file in memory: for files of a few megabytes.
    pub async fn bytes(mut self) -> Result<Vec<u8>> {
        blocking::run(move || {
            let mut bytes = Vec::new();
            self.file.rewind()?;
            self.file.read_to_end(&mut bytes)?;
            Ok(bytes)
        })
        .await
    }
}

/// What was written beside a file, in its order.
const MOST_TEXTS: usize = 8;

/// Takes the field `file` of a form whose first field `csrf` proves that the form is ours.
pub async fn receive(form: Multipart, csrf: &str, directory: &Path, most_megabytes: usize) -> Result<Upload> {
    receive_with(form, csrf, directory, most_megabytes, &mut Vec::new()).await
}

/// The same of a form with texts between the two, which are put into `texts` with their names, also when the file is refused.
pub async fn receive_with(
    mut form: Multipart,
    csrf: &str,
    directory: &Path,
    most_megabytes: usize,
    texts: &mut Vec<(String, String)>,
) -> Result<Upload> {
    let mut ours = false;
    while let Some(field) = form.try_next().await.map_err(|cause| unreadable(&cause))? {
        match field.name() {
            Some("csrf") => {
                let given = short(field).await?;
                ours = !csrf.is_empty() && bool::from(given.as_slice().ct_eq(csrf.as_bytes()));
            }
            Some("file") if ours => return keep(field, directory, most_megabytes).await,
            Some(name) if ours && texts.len() < MOST_TEXTS => {
                let name = name.to_owned();
                let value = String::from_utf8_lossy(&short(field).await?).trim().to_owned();
                texts.push((name, value));
            }
            _ => break,
        }
    }
    if ours { Err(Error::invalid("file-missing")) } else { Err(Error::new(Kind::Forbidden, "form-not-ours")) }
}

async fn short(mut field: Field) -> Result<Vec<u8>> {
    let mut value = Vec::new();
    while let Some(bytes) = field.try_next().await.map_err(|cause| unreadable(&cause))? {
        value.extend_from_slice(&bytes);
        if value.len() > 1024 {
            return Err(Error::new(Kind::BadRequest, "request-unreadable"));
        }
    }
    Ok(value)
}

async fn keep(mut field: Field, directory: &Path, most_megabytes: usize) -> Result<Upload> {
    let name = field.content_disposition().and_then(|it| it.get_filename()).unwrap_or_default().to_owned();
    let (sender, receiver) = mpsc::channel::<Bytes>(16);
    let directory = directory.to_owned();
    let writer = tokio::task::spawn_blocking(move || write(&directory, receiver));
    let mut bytes = 0;
    while let Some(chunk) = field.try_next().await.map_err(|cause| unreadable(&cause))? {
        bytes += chunk.len();
        if bytes > most_megabytes * 1024 * 1024 {
            return Err(Error::new(Kind::TooLarge, "upload-too-large").with("megabytes", most_megabytes));
        }
        // A writer that ended says why below.
        if sender.send(chunk).await.is_err() {
            break;
        }
    }
    drop(sender);
    let file = writer.await.map_err(|cause| Error::internal("blocking").caused_by(cause))??;
    if bytes == 0 { Err(Error::invalid("file-missing")) } else { Ok(Upload { name, file }) }
}

/// The file loses its name at once: it is gone when it is closed, even after a crash.
fn write(directory: &Path, mut chunks: mpsc::Receiver<Bytes>) -> Result<File> {
    let path = directory.join(format!("upload-{}", Uuid::new_v4()));
    let mut file = File::options().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    fs::remove_file(&path)?;
    while let Some(chunk) = chunks.blocking_recv() {
        file.write_all(&chunk)?;
    }
    Ok(file)
}

fn unreadable(cause: &actix_multipart::MultipartError) -> Error {
    Error::new(Kind::BadRequest, "request-unreadable").caused_by(cause.to_string())
}
