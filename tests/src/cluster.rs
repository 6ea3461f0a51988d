//! One Postgres for the whole run, and a migrated template from which each test's database is copied in milliseconds.

use std::sync::LazyLock;

use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _};
use server::base::migrations;
use server::base::postgres::{Keep, PrivatePostgres};
use tokio::sync::OnceCell;

/// Where databases are made: our own cluster, or the one `DATABASE_URL` names.
pub struct Cluster {
    own: Option<PrivatePostgres>,
    url: String,
    template: OnceCell<String>,
}

static CLUSTER: LazyLock<Cluster> = LazyLock::new(Cluster::start);

impl Cluster {
    fn start() -> Self {
        match std::env::var("DATABASE_URL") {
            Ok(url) => Self { own: None, url, template: OnceCell::new() },
            Err(_unset) => Self::of(PrivatePostgres::throw_away(Keep::NothingAndHurry).expect("a Postgres of our own")),
        }
    }

    fn of(own: PrivatePostgres) -> Self {
        Self { url: own.url("postgres"), own: Some(own), template: OnceCell::new() }
    }

    pub fn shared() -> &'static Self {
        &CLUSTER
    }

    /// A cluster that waits for the disk, as in production, for one test that kills it; none when `DATABASE_URL` is used.
    pub fn durable() -> Option<&'static Self> {
        Self::shared().own()?;
        let own = PrivatePostgres::throw_away(Keep::Nothing).expect("a Postgres of our own");
        // It lives until the program ends; its shell then removes it.
        Some(Box::leak(Box::new(Self::of(own))))
    }

    /// `kill -9` to each of its processes.
    pub async fn kill(&self) {
        #[derive(diesel::QueryableByName)]
        struct Process {
            #[diesel(sql_type = diesel::sql_types::Integer)]
            pid: i32,
        }
        let mut connection = AsyncPgConnection::establish(&self.url).await.expect("the administrator's connection");
        let query = diesel::sql_query("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()");
        let children: Vec<Process> = RunQueryDsl::load(query, &mut connection).await.expect("the processes");
        let own = self.own().expect("a cluster of our own");
        let postmaster = std::fs::read_to_string(own.data().join("postmaster.pid")).expect("a running Postgres");
        let mut processes = vec![postmaster.lines().next().expect("its number").to_owned()];
        processes.extend(children.iter().map(|process| process.pid.to_string()));
        std::process::Command::new("kill").arg("-9").args(processes).status().expect("kill");
    }

    /// Starts it again on the same data; it ends with what is returned.
    pub fn restart(&self) -> PrivatePostgres {
        let own = self.own().expect("a cluster of our own");
        PrivatePostgres::start(own.directory(), Keep::Data).expect("Postgres recovers")
    }

    /// The data directory and the programs of our own cluster; none when `DATABASE_URL` is used.
    pub fn own(&self) -> Option<&PrivatePostgres> {
        self.own.as_ref()
    }

    pub fn url(&self, database: &str) -> String {
        let (server, _) = self.url.rsplit_once('/').expect("a database URL ends with /name");
        format!("{server}/{database}")
    }

    async fn administer(&self, statement: &str) {
        let mut connection = AsyncPgConnection::establish(&self.url).await.expect("the administrator's connection");
        connection.batch_execute(statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
    }

    /// An empty database.
    pub async fn empty_database(&self) -> String {
        let name = format!("sipas_{}", uuid::Uuid::new_v4().simple());
        self.administer(&format!("CREATE DATABASE {name}")).await;
        name
    }

    /// A migrated database of this test's own.
    pub async fn database(&self) -> String {
        let template = self
            .template
            .get_or_init(|| async {
                let name = self.empty_database().await;
                let url = self.url(&name);
                migrations::up(&url, &url).await.expect("migrations run");
                name
            })
            .await;
        let name = format!("sipas_{}", uuid::Uuid::new_v4().simple());
        self.administer(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")).await;
        name
    }

    pub async fn drop_database(&self, name: &str) {
        self.administer(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    }
}
