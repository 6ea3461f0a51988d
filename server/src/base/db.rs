//! The two sides of the database. Each has its own pool and role; a value of one side cannot reach a query of the other,
//! and there is no transaction over both: one would link every answer to its person.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::pin::pin;
use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{Text, Timestamptz};
use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{
    AnsiTransactionManager, AsyncConnection as _, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _,
    TransactionManager as _,
};
use futures_util::{FutureExt as _, StreamExt as _};
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::error::{Error, Kind, Result};

/// Staff, places, campaigns, frames, draws, invitations, results.
pub enum Contact {}
/// Allowed tags, drafts, inbox, responses.
pub enum Answers {}

pub trait Name {
    const ROLE: &'static str;
    /// Whether its rows belong to places, which not everybody may see.
    const HAS_PLACES: bool;
}

impl Name for Contact {
    const ROLE: &'static str = "sipas_contact";
    const HAS_PLACES: bool = true;
}

impl Name for Answers {
    const ROLE: &'static str = "sipas_answers";
    const HAS_PLACES: bool = false;
}

/// Whose eyes the contact side is read with. Row-level security shows nothing else, whatever a query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// No row that belongs to a place: a citizen, somebody who is not signed in.
    Nobody,
    /// The code of a province, or `VN` for the whole country.
    Place(String),
    /// Of this place only the persons assigned to this member of staff.
    Interviewer { place: String, id: Uuid },
}

impl Sight {
    /// Jobs, commands, and the few acts of people without an account that concern their own invitation.
    pub fn everything() -> Self {
        Self::Place("VN".to_owned())
    }
}

tokio::task_local! {
    static SIGHT: Sight;
}

/// Runs `work` with these eyes. Every request runs in one (`staff::session::see`); outside of requests everything is seen.
pub async fn seen_by<F: Future>(sight: Sight, work: F) -> F::Output {
    SIGHT.scope(sight, work).await
}

pub struct Side<N> {
    /// Connections that see no row of any place.
    plain: Pool<AsyncPgConnection>,
    /// Connections that are told what they see each time they are taken.
    sighted: Pool<AsyncPgConnection>,
    url: String,
    name: PhantomData<fn() -> N>,
}

impl<N> Clone for Side<N> {
    fn clone(&self) -> Self {
        Self { plain: self.plain.clone(), sighted: self.sighted.clone(), url: self.url.clone(), name: PhantomData }
    }
}

/// A connection of one side; dereferences to diesel's.
pub struct Connection<N> {
    inner: Object<AsyncPgConnection>,
    name: PhantomData<fn() -> N>,
}

impl<N> Deref for Connection<N> {
    type Target = AsyncPgConnection;
    fn deref(&self) -> &AsyncPgConnection {
        &self.inner
    }
}

impl<N> DerefMut for Connection<N> {
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        &mut self.inner
    }
}

#[derive(Clone)]
pub struct Database {
    pub contact: Side<Contact>,
    pub answers: Side<Answers>,
}

impl Database {
    /// Opens both pools; connections are made when first needed.
    pub fn open(contact_url: &str, answers_url: &str, connections: usize) -> Result<Self> {
        Ok(Self { contact: Side::open(contact_url, connections)?, answers: Side::open(answers_url, connections)? })
    }
}

const TRIES: u32 = 5;
const WAIT_FOR_A_CONNECTION: Duration = Duration::from_secs(10);

impl<N: Name> Side<N> {
    fn open(url: &str, connections: usize) -> Result<Self> {
        // Conditions that may be left out, and what a reader sees, make a plan for all values a bad one for most.
        let sighted = Self::pool(url, connections, "; SET plan_cache_mode TO force_custom_plan")?;
        Ok(Self { plain: Self::pool(url, connections, "")?, sighted, url: url.to_owned(), name: PhantomData })
    }

    /// What every connection is told first.
    fn beginning(further: &str) -> String {
        format!(
            "SET ROLE {}; SET search_path TO ''; SET statement_timeout TO '10min'; SET jit TO off{further}",
            N::ROLE
        )
    }

    fn pool(url: &str, connections: usize, further: &'static str) -> Result<Pool<AsyncPgConnection>> {
        let mut config = ManagerConfig::default();
        // A closed connection is noticed by its socket; the usual test query would double the round trips of every page.
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(move |url| {
            async move {
                let mut connection = AsyncPgConnection::establish(url).await?;
                connection
                    .batch_execute(&Self::beginning(further))
                    .await
                    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(connection)
            }
            .boxed()
        });
        let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new_with_config(url, config);
        Pool::builder(manager)
            .max_size(connections)
            .wait_timeout(Some(WAIT_FOR_A_CONNECTION))
            .runtime(deadpool::Runtime::Tokio1)
            .build()
            .map_err(|cause| Error::internal("database").caused_by(cause))
    }

    /// For reading, outside any transaction.
    pub async fn read(&self) -> Result<Connection<N>> {
        let sight = SIGHT.try_with(Sight::clone).unwrap_or_else(|_outside_of_requests| Sight::everything());
        let inner = match sight {
            Sight::Place(place) if N::HAS_PLACES => self.sighted(place, String::new()).await?,
            Sight::Interviewer { place, id } if N::HAS_PLACES => self.sighted(place, id.to_string()).await?,
            _ => self.plain.get().await?,
        };
        Ok(Connection { inner, name: PhantomData })
    }

    async fn sighted(&self, place: String, interviewer: String) -> Result<Object<AsyncPgConnection>> {
        let mut connection = self.sighted.get().await?;
        let see = sql::<Text>("set_config('sipas.place', ").bind::<Text, _>(place);
        let see = see.sql(", false) || set_config('sipas.interviewer', ").bind::<Text, _>(interviewer);
        diesel::select(see.sql(", false)")).execute(&mut *connection).await?;
        Ok(connection)
    }

    /// Gives `take` what one `COPY … TO STDOUT` sends, piece by piece. On a connection of its own: those of the pool cannot copy.
    pub async fn copy_out(&self, statement: &str, mut take: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let lost = |cause| Error::new(Kind::Unavailable, "database").caused_by(cause);
        let (client, connection) = tokio_postgres::connect(&self.url, NoTls).await.map_err(lost)?;
        let connection = tokio::spawn(connection);
        let copied = async {
            client.batch_execute(&Self::beginning("")).await.map_err(lost)?;
            let mut pieces = pin!(client.copy_out(statement).await.map_err(lost)?);
            while let Some(piece) = pieces.next().await {
                take(&piece.map_err(lost)?)?;
            }
            Ok(())
        };
        let outcome = copied.await;
        connection.abort();
        outcome
    }

    /// `Ok` when the database answers.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.read().await?.batch_execute("SELECT 1").await?)
    }

    /// One of Postgres's own settings, e.g. `fsync`.
    pub async fn setting(&self, name: &str) -> Result<String> {
        let setting = diesel::select(sql::<Text>("current_setting(").bind::<Text, _>(name).sql(")"));
        Ok(setting.get_result(&mut *self.read().await?).await?)
    }

    /// What the database's machine thinks the time is.
    pub async fn time(&self) -> Result<DateTime<Utc>> {
        Ok(diesel::select(sql::<Timestamptz>("clock_timestamp()")).get_result(&mut *self.read().await?).await?)
    }

    /// Runs `work` in one transaction and tries again when Postgres asks for it (serialisation failure, deadlock), so `work`
    /// may run more than once. `name` is for the log. Staff's acts go through `audit::act`, which adds their audit row.
    pub async fn transaction<T>(
        &self,
        name: &'static str,
        work: impl AsyncFn(&mut Connection<N>) -> Result<T>,
    ) -> Result<T> {
        let mut attempt = 1;
        loop {
            let mut connection = self.read().await?;
            AnsiTransactionManager::begin_transaction(&mut *connection).await?;
            // A dropped connection with an open transaction never returns to the pool: Postgres rolls back.
            let outcome = match work(&mut connection).await {
                Ok(value) => AnsiTransactionManager::commit_transaction(&mut *connection)
                    .await
                    .map(|()| value)
                    .map_err(Error::from),
                Err(error) => {
                    AnsiTransactionManager::rollback_transaction(&mut *connection).await.ok();
                    Err(error)
                }
            };
            match outcome {
                Err(error) if attempt < TRIES && wants_another_try(&error) => {
                    tracing::info!(transaction = name, attempt, "the database asked to try again");
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }
}

fn wants_another_try(error: &Error) -> bool {
    let Some(DieselError::DatabaseError(kind, information)) =
        error.cause().and_then(|cause| cause.downcast_ref::<DieselError>())
    else {
        return false;
    };
    error.kind == Kind::Internal
        && (matches!(kind, DatabaseErrorKind::SerializationFailure)
            || information.message().contains("deadlock detected"))
}

/// True when the row was refused because an equal key stands already.
pub fn is_duplicate(error: &DieselError) -> bool {
    matches!(error, DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
}
