//! A started server with its own database, keys and clock.

use std::net::TcpListener;
use std::path::Path;

use actix_web::web::Data;
use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection as _, AsyncPgConnection};
use server::app::{self, App, Running, WorkerBeside};
use server::audit::Actor;
use server::base::clock::Clock;
use server::base::scratch::Scratch;
use server::config::Config;
use server::jobs::worker;
use server::staff::{self, NewAccount};

use crate::{Cluster, Visitor};

/// Long enough, and the same for every account of every test.
pub const PASSWORD: &str = "mật khẩu đủ dài 2026";

pub struct House {
    pub app: Data<App>,
    pub actor: Actor,
    running: Running,
    cluster: &'static Cluster,
    database: String,
    files: Scratch,
}

/// 9:00 in Viet Nam on 5 October 2026.
pub fn morning() -> DateTime<Utc> {
    "2026-10-05T02:00:00Z".parse().unwrap()
}

impl House {
    /// 9:00 in Viet Nam on 5 October 2026; move it with `app.clock.advance`.
    pub async fn start() -> Self {
        Self::at(morning()).await
    }

    pub async fn at(time: DateTime<Utc>) -> Self {
        Self::on(Cluster::shared(), time, &[]).await
    }

    /// On another cluster and with settings of its own, over those of every test.
    pub async fn on(cluster: &'static Cluster, time: DateTime<Utc>, own: &[(&str, String)]) -> Self {
        let database = cluster.database().await;
        let url = cluster.url(&database);
        let files = Scratch::new("test").expect("a directory of our own");
        let directory = files.path();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let settings = [
            ("DATABASE_URL", url.as_str()),
            ("SIPAS_DATABASE_CONNECTIONS", "6"),
            ("SIPAS_WEB_WORKERS", "1"),
            ("SIPAS_WEB_PUBLIC_URL", &format!("http://{}", listener.local_addr().unwrap())),
            ("SIPAS_FILES_KEYS", directory.join("keys").to_str().unwrap()),
            ("SIPAS_FILES_EXPORTS", directory.join("exports").to_str().unwrap()),
            ("SIPAS_FILES_UPLOADS", directory.join("uploads").to_str().unwrap()),
            ("SIPAS_FILES_LETTERS", directory.join("letters").to_str().unwrap()),
            ("SIPAS_FILES_RESPONSES", directory.join("responses").to_str().unwrap()),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let own = own.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let config = Config::read(None, settings.into_iter().chain(own)).expect("the test's configuration");
        let app = App::open(config, Clock::held_at(time)).expect("the app opens");
        let running = app::serve(&app, listener, WorkerBeside::No).expect("the server starts");
        Self { app, actor: Actor::System("test"), running, cluster, database, files }
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    /// Somebody with an empty cookie jar.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.address(""))
    }

    /// Runs every job that waits, and those they lead to; returns how many. Panics on a job that failed.
    pub async fn work(&self) -> usize {
        let mut count = 0;
        while worker::run_next(&self.app).await.expect("the queue answers") {
            count += 1;
        }
        let failed = self
            .rows("SELECT kind || ': ' || coalesce(error_code, '') AS line FROM office.job WHERE state <> 'done'")
            .await;
        assert!(failed.is_empty(), "jobs are left: {failed:?}");
        count
    }

    /// Makes an account and signs it in.
    pub async fn sign_in(&self, role: staff::Role, place_code: &str) -> Visitor {
        self.sign_in_as(&format!("{role}.{}", place_code.to_lowercase()), role, place_code).await
    }

    /// The same under a login of one's own, for what needs two people of one role.
    pub async fn sign_in_as(&self, login: &str, role: staff::Role, place_code: &str) -> Visitor {
        let account = NewAccount {
            login: login.to_owned(),
            name: format!("Người thử {role}"),
            password: PASSWORD.to_owned(),
            role,
            place_code: place_code.to_owned(),
        };
        staff::add(&self.app, &self.actor, account).await.expect("an account");
        let mut visitor = self.visitor();
        let answer = visitor.post("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await;
        assert_ne!(answer.place, "/dang-nhap", "the sign-in was refused: {}", answer.text);
        visitor
    }

    /// A connection of the administrator, who sees both sides: for looking, as an attacker or a test would.
    pub async fn administrator(&self) -> AsyncPgConnection {
        AsyncPgConnection::establish(&self.cluster.url(&self.database)).await.expect("the administrator's connection")
    }

    /// The one text column `line` of a query, asked as administrator.
    pub async fn rows(&self, query: &str) -> Vec<String> {
        use diesel_async::RunQueryDsl;
        #[derive(diesel::QueryableByName)]
        struct Line {
            #[diesel(sql_type = diesel::sql_types::Text)]
            line: String,
        }
        let rows: Vec<Line> = diesel::sql_query(query)
            .load(&mut self.administrator().await)
            .await
            .unwrap_or_else(|cause| panic!("{query}: {cause}"));
        rows.into_iter().map(|row| row.line).collect()
    }

    /// `SELECT count(*) FROM …`.
    pub async fn count(&self, from: &str) -> i64 {
        self.rows(&format!("SELECT count(*)::text AS line FROM {from}")).await.first().unwrap().parse().unwrap()
    }

    /// Runs a statement as administrator.
    pub async fn execute(&self, statement: &str) {
        use diesel_async::SimpleAsyncConnection as _;
        self.administrator()
            .await
            .batch_execute(statement)
            .await
            .unwrap_or_else(|cause| panic!("{statement}: {cause}"));
    }

    pub fn database(&self) -> &str {
        &self.database
    }

    pub fn directory(&self) -> &Path {
        self.files.path()
    }
}
