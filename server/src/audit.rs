//! Who did what to what: one append-only row in the same transaction as the change itself.
//!
//! Staff's writes and the system's own go through [`act`]; there is no other way to write on the contact side except the
//! queue's and the sessions' book-keeping. A citizen's write leaves no row here: it would carry a time, and a time is a trace.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use crate::base::clock::Clock;
use crate::base::db::{Connection, Contact, Side};
use crate::error::Result;
use crate::schema::office::audit_entry;

/// Who acts: the login of a member of staff, the name of another system's token, or the part of the system that acts by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Staff(String),
    Machine(String),
    System(&'static str),
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Staff(login) => write!(f, "staff:{login}"),
            Self::Machine(name) => write!(f, "machine:{name}"),
            Self::System(part) => write!(f, "system:{part}"),
        }
    }
}

/// One act: `verb` is `slice.verb`, `subject` what it was done to, `details` what a reader of the log needs.
#[derive(Clone, Debug)]
pub struct Act<'a> {
    pub actor: &'a Actor,
    pub verb: &'static str,
    pub subject: String,
    pub details: Value,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = audit_entry)]
pub struct Entry {
    pub id: Uuid,
    pub happened_at: DateTime<Utc>,
    pub actor: String,
    pub verb: String,
    pub subject: String,
    pub details: Value,
}

/// Runs `work` and records `act`, both or neither. `work` may run again when the database asks for it.
pub async fn act<T>(
    contact: &Side<Contact>,
    clock: &Clock,
    act: Act<'_>,
    work: impl AsyncFn(&mut Connection<Contact>) -> Result<T>,
) -> Result<T> {
    contact
        .transaction(act.verb, async |transaction| {
            let value = work(transaction).await?;
            record(transaction, clock, &act).await?;
            Ok(value)
        })
        .await
}

async fn record(transaction: &mut Connection<Contact>, clock: &Clock, act: &Act<'_>) -> Result<()> {
    let entry = Entry {
        id: Uuid::now_v7(),
        happened_at: clock.now(),
        actor: act.actor.to_string(),
        verb: act.verb.to_owned(),
        subject: act.subject.clone(),
        details: act.details.clone(),
    };
    diesel::insert_into(audit_entry::table).values(entry).execute(&mut **transaction).await?;
    Ok(())
}

/// The newest entries first.
pub async fn newest(connection: &mut Connection<Contact>, limit: i64) -> Result<Vec<Entry>> {
    Ok(audit_entry::table
        .order((audit_entry::happened_at.desc(), audit_entry::id.desc()))
        .limit(limit)
        .select(Entry::as_select())
        .load(&mut **connection)
        .await?)
}
