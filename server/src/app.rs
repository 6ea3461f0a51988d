//! What a request or a job may reach, and where every slice's routes and jobs are mounted.

use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::DirBuilderExt as _;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::dev::ServerHandle;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{Data, PayloadConfig, ServiceConfig};
use actix_web::{App as ActixApp, HttpResponse, HttpServer};
use serde_json::Value;
use tokio::sync::watch;

use crate::base::clock::Clock;
use crate::base::db::Database;
use crate::base::keys::Keys;
use crate::base::metrics::Metrics;
use crate::base::web::{errors, fields, headers, observe, onward, origin};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::jobs::worker::{self, Progress};
use crate::jobs::{self, Job};
use crate::{
    api, base, coordination, crosstabs, editions, exports, feedback, fieldwork, frames, health, invitations, keying,
    places, portal, quality, questionnaires, reports, responses, results, samples, staff, tablet, weighting,
};

pub struct App {
    pub config: Config,
    pub database: Database,
    pub clock: Clock,
    pub keys: Keys,
    pub metrics: Metrics,
    pub forms: questionnaires::Forms,
    pub door: responses::Door,
    pub shelf: portal::Shelf,
    pub feedback_limit: feedback::Limit,
    pub crosstab_frames: crosstabs::Frames,
    /// Set by tests only: pages take everybody for somebody who may see the whole country, so that what the database alone keeps back
    /// can be shown.
    first_wall_down: AtomicBool,
}

impl App {
    pub fn open(config: Config, clock: Clock) -> Result<Data<Self>> {
        std::fs::create_dir_all(&config.files.exports)?;
        for private in [&config.files.uploads, &config.files.letters, &config.files.responses] {
            std::fs::DirBuilder::new().recursive(true).mode(0o700).create(private)?;
        }
        Ok(Data::new(Self {
            database: Database::open(
                &config.database.contact_url,
                &config.database.answers_url,
                config.database.connections,
            )?,
            keys: Keys::open(&config.files.keys)?,
            metrics: Metrics::new()?,
            forms: questionnaires::Forms::default(),
            door: responses::Door::default(),
            shelf: portal::Shelf::default(),
            feedback_limit: feedback::Limit::default(),
            crosstab_frames: crosstabs::Frames::default(),
            first_wall_down: AtomicBool::new(false),
            clock,
            config,
        }))
    }
}

impl App {
    /// For the test that only the database's own security is left.
    pub fn take_first_wall_down(&self) {
        self.first_wall_down.store(true, Ordering::Relaxed);
    }

    pub(crate) fn first_wall_is_down(&self) -> bool {
        self.first_wall_down.load(Ordering::Relaxed)
    }
}

pub fn routes(service: &mut ServiceConfig) {
    // Addresses are tried in this order: first the pages of thousands.
    responses::routes::routes(service);
    base::web::shared::routes(service);
    staff::routes::routes(service);
    places::routes::routes(service);
    jobs::routes::routes(service);
    questionnaires::routes::routes(service);
    frames::routes::routes(service);
    samples::routes::routes(service);
    invitations::routes::routes(service);
    fieldwork::routes::routes(service);
    tablet::routes::routes(service);
    keying::routes::routes(service);
    quality::routes::routes(service);
    coordination::routes::routes(service);
    // Before the results, whose `/pt/ket-qua/{slug}/{province}` would take their addresses.
    weighting::routes::routes(service);
    crosstabs::routes::routes(service);
    exports::routes::routes(service);
    results::routes::routes(service);
    editions::routes::routes(service);
    reports::routes::routes(service);
    portal::routes(service);
    feedback::routes::routes(service);
    api::routes::routes(service);
}

/// The slice that owns each job.
pub async fn run_job(app: &Data<App>, job: &Job, progress: &Progress<'_>) -> Result<Value> {
    match job {
        Job::Check { import } => frames::jobs::check(app, *import, progress).await,
        Job::Import { import } => frames::jobs::import(app, *import, progress).await,
        Job::Draw { draw } => samples::jobs::draw(app, *draw, progress).await,
        Job::Invite { draw } => invitations::jobs::issue(app, *draw, progress).await,
        Job::Letters(run) => invitations::print::print(app, run, progress).await,
        Job::Messages { rule } => invitations::messages::jobs::send(app, *rule, progress).await,
        Job::Flush { campaign } => responses::jobs::flush(app, *campaign, progress).await,
        Job::Results { campaign } => results::jobs::compute(app, *campaign, progress).await,
        Job::Quality { campaign } => quality::jobs::compute(app, *campaign, progress).await,
        Job::Export { campaign, contents, format } => {
            exports::jobs::export(app, *campaign, *contents, *format, progress).await
        }
        Job::Freeze { campaign, reason_vi, reason_en } => {
            let reason = editions::Reason { vi: reason_vi.clone(), en: reason_en.clone() };
            editions::jobs::freeze(app, *campaign, reason, progress).await
        }
        Job::Reports { campaign, number } => reports::jobs::write(app, *campaign, *number, progress).await,
        Job::Webhooks => api::jobs::tell(app, progress).await,
    }
}

/// Asks for the work whose time has come; the worker calls it when it has nothing to do.
pub async fn due_jobs(app: &Data<App>) -> Result<()> {
    frames::imports::expire(app).await?;
    invitations::messages::start_due(app).await?;
    fieldwork::pace::note_yesterday(app).await?;
    fieldwork::replacements::make_up(app).await?;
    api::jobs::due(app).await?;
    responses::jobs::due(app).await
}

/// A started web server, and the worker beside it when asked for.
pub struct Running {
    pub address: SocketAddr,
    server: ServerHandle,
    stop_worker: watch::Sender<bool>,
    worker: Option<std::thread::JoinHandle<()>>,
}

impl Running {
    pub async fn stop(mut self) {
        self.stop_worker.send(true).ok();
        self.server.stop(true).await;
        if let Some(worker) = self.worker.take() {
            tokio::task::spawn_blocking(move || worker.join().ok()).await.ok();
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WorkerBeside {
    Yes,
    No,
}

/// Starts serving on `listener`. Call on a tokio runtime; requests run on threads of their own.
pub fn serve(app: &Data<App>, listener: TcpListener, beside: WorkerBeside) -> Result<Running> {
    let address = listener.local_addr()?;
    let shared = app.clone();
    let server = HttpServer::new(move || {
        ActixApp::new()
            .app_data(shared.clone())
            .app_data(PayloadConfig::new(fields::MOST_BYTES))
            .wrap(Compress::default())
            .wrap(from_fn(staff::session::see))
            .wrap(from_fn(origin::refuse_cross_site))
            .wrap(from_fn(errors::pages))
            .wrap(from_fn(onward::tell_scripts))
            .wrap(from_fn(headers::secure))
            .wrap(from_fn(observe::observe))
            .configure(routes)
            .configure(health::routes)
            .default_service(actix_web::web::to(missing))
    })
    .workers(app.config.web.workers)
    .disable_signals()
    .shutdown_timeout(10)
    .listen(listener)?
    .run();
    let handle = server.handle();
    tokio::spawn(server);
    let (stop_worker, stop) = watch::channel(false);
    let worker = (beside == WorkerBeside::Yes).then(|| worker_thread(app.clone(), stop)).transpose()?;
    Ok(Running { address, server: handle, stop_worker, worker })
}

/// Metrics and health on a listener of their own, for the house's machines.
pub fn serve_metrics(app: &Data<App>) -> Result<ServerHandle> {
    let shared = app.clone();
    let server = HttpServer::new(move || {
        ActixApp::new().app_data(shared.clone()).configure(health::routes).configure(health::metrics_routes)
    })
    .workers(1)
    .disable_signals()
    .bind(app.config.web.metrics_listen)?
    .run();
    let handle = server.handle();
    tokio::spawn(server);
    Ok(handle)
}

/// The worker on a thread and runtime of its own.
pub fn worker_thread(app: Data<App>, stop: watch::Receiver<bool>) -> Result<std::thread::JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let thread = std::thread::Builder::new().name("worker".to_owned());
    Ok(thread.spawn(move || tokio::task::LocalSet::new().block_on(&runtime, worker::run(app, stop)))?)
}

async fn missing() -> Result<HttpResponse> {
    Err(Error::not_found("page-missing"))
}
