//! Letters into files: asked for by place and language, made by the worker, 500 to a file, taken by those who print them.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::web::Data;
use futures_util::stream::{StreamExt as _, TryStreamExt as _, unfold};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::letter::Letters;
use super::list::{self, Line};
use super::store::files::{self, LetterFile};
use super::{contact_key, store, wording};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::db::{Connection, Contact};
use crate::base::seal::{hex, sha256};
use crate::base::{blocking, whole_file};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::jobs::worker::Progress;
use crate::jobs::{Job, PrintRun, queue};

/// What a printing house takes in one piece.
const LETTERS_A_FILE: usize = 500;
/// Files made at the same time: one for each core of a small machine.
const AT_ONCE: usize = 2;

/// Letters of one file.
struct Batch {
    province: String,
    number: i32,
    lines: Vec<Line>,
}

/// Asks for the letters of some places. Two who ask for the same at once get one job.
pub(super) async fn request(app: &App, actor: &Actor, campaign: &Campaign, run: PrintRun) -> Result<Uuid> {
    let draw = draw_with_lists(app, campaign).await?;
    // What cannot be laid out is told now, not by the job.
    letters(app, campaign, &run.languages).await?;
    let details =
        json!({ "draw": draw, "provinces": run.provinces, "communes": run.communes, "languages": run.languages });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.request_letters", subject: campaign.slug.clone(), details },
        async |transaction| queue::enqueue(transaction, &app.clock, &Job::Letters(run.clone()), actor).await,
    )
    .await
}

/// The draw whose codes can still be printed.
pub(super) async fn draw_with_lists(app: &App, campaign: &Campaign) -> Result<Uuid> {
    let issued = store::issued_draw(&mut app.database.contact.read().await?, campaign.id).await?;
    let draw = issued.ok_or_else(|| Error::conflict("no-codes"))?;
    if list::path(app, draw).exists() { Ok(draw) } else { Err(Error::conflict("print-list-gone")) }
}

/// The campaign's letter in these languages.
pub(super) async fn letters(app: &App, campaign: &Campaign, languages: &[String]) -> Result<Letters> {
    let mut words = Vec::new();
    for language in languages {
        words.push(wording::approved(app, campaign, language).await?);
    }
    Letters::new(&app.config.web.public_url, words).map_err(|_too_long| Error::invalid("letter-too-long"))
}

/// What the worker calls. Files an earlier try made stay as they are.
pub async fn print(app: &Data<App>, run: &PrintRun, progress: &Progress<'_>) -> Result<Value> {
    let campaign = campaigns::find(app, run.campaign).await?;
    let draw = draw_with_lists(app, &campaign).await?;
    let letters = Arc::new(letters(app, &campaign, &run.languages).await?);
    let lists = [list::path(app, draw), list::later_path(app, draw)];
    let (counted, wanted) = (lists.clone(), run.clone());
    let total = blocking::run(move || count(&counted, &wanted)).await?;
    progress.report("letters-print", 0, total).await?;

    let batches = unfold(read_ahead(lists, run.clone()), async |mut batches| Some((batches.recv().await?, batches)));
    let work = Work { app, campaign: &campaign, draw, run, letters: &letters };
    let mut files = std::pin::pin!(batches.map(|batch| work.file(batch)).buffered(AT_ONCE));
    let (mut done, mut made, mut printed) = (0, 0, 0);
    while let Some((lines, letters)) = files.try_next().await? {
        done += lines;
        printed += letters;
        made += usize::from(letters > 0);
        progress.report("letters-print", done, total).await?;
    }
    Ok(json!({ "address": format!("{}/thu-moi/in", campaign.address()), "letters": printed, "files": made }))
}

struct Work<'w> {
    app: &'w App,
    campaign: &'w Campaign,
    draw: Uuid,
    run: &'w PrintRun,
    letters: &'w Arc<Letters>,
}

impl Work<'_> {
    /// Lines read, and letters that stand in a file because of them.
    async fn file(&self, batch: Result<Batch>) -> Result<(usize, usize)> {
        let (app, batch) = (self.app, batch?);
        let read = batch.lines.len();
        let count = |letters: i32| usize::try_from(letters).unwrap_or(0);
        let mut connection = app.database.contact.read().await?;
        let earlier = files::made(&mut connection, self.run.run, &batch.province, batch.number).await?;
        drop(connection);
        if let Some(letters) = earlier {
            return Ok((read, count(letters)));
        }
        let lines = living(app, batch.lines).await?;
        if lines.is_empty() {
            return Ok((read, 0));
        }
        let made = LetterFile {
            id: Uuid::now_v7(),
            campaign_id: self.campaign.id,
            draw_id: self.draw,
            run: self.run.run,
            province_code: batch.province,
            number: batch.number,
            letters: i32::try_from(lines.len()).unwrap_or(i32::MAX),
            languages: self.run.languages.join("+"),
            digest: Vec::new(),
            bytes: 0,
            made_at: app.clock.now(),
            destroyed_at: None,
        };
        let (folder, on_disk) = (app.config.files.letters.clone(), on_disk(&made));
        let (letters, title, name) = (Arc::clone(self.letters), self.campaign.name_vi.clone(), on_disk.clone());
        let (digest, bytes) = blocking::run(move || {
            let pdf = letters.print(&title, &lines).map_err(|cause| Error::internal("paper").caused_by(cause))?;
            whole_file::put(&folder, &format!("{name}.part"), &name, &pdf)?;
            Ok((sha256(&pdf), pdf.len()))
        })
        .await?;
        let made = LetterFile { digest: digest.to_vec(), bytes: i64::try_from(bytes).unwrap_or(i64::MAX), ..made };
        let noted = self.note(&made).await;
        if noted.is_err() {
            fs::remove_file(app.config.files.letters.join(on_disk)).ok();
        }
        noted.map(|()| (read, count(made.letters)))
    }

    async fn note(&self, made: &LetterFile) -> Result<()> {
        let details = json!({ "province": made.province_code, "number": made.number, "letters": made.letters, "digest": hex(&made.digest) });
        let actor = Actor::System("worker");
        act(
            &self.app.database.contact,
            &self.app.clock,
            Act { actor: &actor, verb: "invitations.print", subject: self.campaign.slug.clone(), details },
            async |transaction: &mut Connection<Contact>| {
                files::lock(transaction, self.draw).await?;
                if !list::path(self.app, self.draw).exists() {
                    return Err(Error::conflict("print-list-gone"));
                }
                files::insert(transaction, made).await
            },
        )
        .await
    }
}

/// Those whose code is still the one of an open invitation: a code that was cancelled or made anew is printed no more.
async fn living(app: &App, lines: Vec<Line>) -> Result<Vec<Line>> {
    let key = contact_key(app)?;
    let digests: Vec<Vec<u8>> =
        lines.iter().map(|line| Ok(line.code.contact_digest(&key)?.to_vec())).collect::<Result<_>>()?;
    let open = files::open_digests(&mut app.database.contact.read().await?, &digests).await?;
    Ok(lines.into_iter().zip(digests).filter(|(_, digest)| open.contains(digest)).map(|(line, _)| line).collect())
}

fn wanted(run: &PrintRun, line: &Line) -> bool {
    run.provinces.contains(&line.province_code)
        && (run.communes.is_empty() || run.communes.contains(&line.commune_code))
}

fn count(lists: &[PathBuf], run: &PrintRun) -> Result<usize> {
    let mut count = 0;
    for path in lists {
        for line in list::read(path)? {
            count += usize::from(wanted(run, &line?));
        }
    }
    Ok(count)
}

/// Reads the lists on a thread of its own, a little ahead: no more than a few files' lines are in memory.
fn read_ahead(lists: [PathBuf; 2], run: PrintRun) -> mpsc::Receiver<Result<Batch>> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::task::spawn_blocking(move || {
        let send = |batch| sender.blocking_send(batch).is_ok();
        if let Err(error) = cut(&lists, &run, |batch| send(Ok(batch))) {
            send(Err(error));
        }
    });
    receiver
}

/// Cuts the lists, which are in the order of the route, into files. What came later follows in files of its own.
fn cut(lists: &[PathBuf; 2], run: &PrintRun, mut give: impl FnMut(Batch) -> bool) -> Result<()> {
    let mut number = std::collections::HashMap::<String, i32>::new();
    for path in lists {
        let mut lines: Vec<Line> = Vec::new();
        let mut ready = |lines: &mut Vec<Line>| {
            let Some(first) = lines.first() else { return true };
            let province = first.province_code.clone();
            let number = number.entry(province.clone()).and_modify(|number| *number += 1).or_insert(1);
            give(Batch { province, number: *number, lines: std::mem::take(lines) })
        };
        let later = path == &lists[1];
        let chosen = list::read(path)?.filter(|line| line.as_ref().map_or(true, |line| wanted(run, line)));
        let chosen: Box<dyn Iterator<Item = Result<Line>>> = if later {
            // Few, and in the order they came in.
            let mut few: Vec<Line> = chosen.collect::<Result<_>>()?;
            few.sort_by(|a, b| {
                (&a.province_code, &a.commune_code, &a.village).cmp(&(&b.province_code, &b.commune_code, &b.village))
            });
            Box::new(few.into_iter().map(Ok))
        } else {
            Box::new(chosen)
        };
        for line in chosen {
            let line = line?;
            let full = lines.len() == LETTERS_A_FILE;
            let elsewhere = lines.first().is_some_and(|first| first.province_code != line.province_code);
            if (full || elsewhere) && !ready(&mut lines) {
                return Ok(());
            }
            lines.push(line);
        }
        if !ready(&mut lines) {
            return Ok(());
        }
    }
    Ok(())
}

/// The file's name in the letters' directory.
fn on_disk(file: &LetterFile) -> String {
    format!("{}-{}-{}-{}.pdf", list::stem(file.draw_id), file.run, file.province_code, file.number)
}

/// Opens a file for whoever prints it, and notes who took it.
pub(super) async fn take(app: &App, actor: &Actor, campaign: &Campaign, file: &LetterFile) -> Result<Vec<u8>> {
    let path = app.config.files.letters.join(on_disk(file));
    let gone = || Error::not_found("letters-gone");
    let pdf = blocking::run(move || Ok(fs::read(path)?)).await.map_err(|cause| gone().caused_by(cause))?;
    let details = json!({ "province": file.province_code, "number": file.number, "digest": hex(&file.digest) });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.take_letters", subject: campaign.slug.clone(), details },
        async |_transaction| Ok(()),
    )
    .await?;
    Ok(pdf)
}

/// Removes lists and letters. From here on nobody can look a code up.
pub(super) async fn destroy(app: &App, actor: &Actor, campaign: &Campaign, draw: Uuid) -> Result<()> {
    act(
        &app.database.contact,
        &app.clock,
        Act {
            actor,
            verb: "invitations.destroy_print_list",
            subject: campaign.slug.clone(),
            details: json!({ "draw": draw }),
        },
        async |transaction| {
            files::lock(transaction, draw).await?;
            files::destroy(transaction, draw, app.clock.now()).await?;
            // Also what a killed worker left. The list itself goes last: while it stands, destroying can be asked for.
            let list = list::path(app, draw);
            let mut paths = Vec::new();
            for entry in fs::read_dir(&app.config.files.letters)? {
                let path = entry?.path();
                let ours = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&list::stem(draw)));
                if ours && path != list {
                    paths.push(path);
                }
            }
            for path in paths.into_iter().chain([list]) {
                match fs::remove_file(&path) {
                    Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(cause.into()),
                    _ => {}
                }
            }
            Ok(())
        },
    )
    .await
}
