//! One Postgres for the whole run, and a migrated template from which each test's database is copied in milliseconds.

use std::sync::LazyLock;

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use server::base::migrations;
use server::base::postgres::{Keep, PrivatePostgres};
use tokio::sync::OnceCell;

/// Where databases are made: our own cluster, or the one `DATABASE_URL` names.
pub struct Cluster {
    own: Option<PrivatePostgres>,
    url: String,
}

static CLUSTER: LazyLock<Cluster> = LazyLock::new(Cluster::start);
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

impl Cluster {
    fn start() -> Self {
        match std::env::var("DATABASE_URL") {
            Ok(url) => Self { own: None, url },
            Err(_unset) => {
                let own = PrivatePostgres::throw_away(Keep::NothingAndHurry).expect("a Postgres of our own");
                Self { url: own.url("postgres"), own: Some(own) }
            }
        }
    }

    pub fn shared() -> &'static Self {
        &CLUSTER
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
        let template = TEMPLATE
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
