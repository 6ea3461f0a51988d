//! The statements of the busiest path, written by hand. Unlike `sql_query`, diesel keeps these prepared; unlike diesel's own, they
//! need no building and fit into one round trip.

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable};

pub(super) struct Stand<'a> {
    pub tag: &'a [u8],
}

impl QueryId for Stand<'_> {
    type QueryId = Stand<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for Stand<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "SELECT allowed.tag IS NOT NULL, draft.sealed, inbox.body_digest, spent.tag IS NOT NULL, refusal.tag IS NOT NULL FROM (SELECT ",
        );
        out.push_bind_param::<Binary, _>(self.tag)?;
        out.push_sql(
            " AS tag) AS asked LEFT JOIN answers.allowed USING (tag) LEFT JOIN answers.draft USING (tag) LEFT JOIN answers.inbox USING (tag) \
             LEFT JOIN answers.spent USING (tag) LEFT JOIN answers.refusal USING (tag)",
        );
        Ok(())
    }
}

impl Query for Stand<'_> {
    type SqlType = (Bool, Nullable<Binary>, Nullable<Binary>, Bool, Bool);
}

pub(super) struct PutDraft<'a> {
    pub tag: &'a [u8],
    pub sealed: &'a [u8],
    pub before: Option<&'a [u8]>,
}

impl QueryId for PutDraft<'_> {
    type QueryId = PutDraft<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for PutDraft<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO answers.draft AS stands (tag, campaign_id, sealed) SELECT tag, campaign_id, ");
        out.push_bind_param::<Binary, _>(self.sealed)?;
        out.push_sql(" FROM answers.allowed WHERE tag = ");
        out.push_bind_param::<Binary, _>(self.tag)?;
        out.push_sql(" ON CONFLICT (tag) DO UPDATE SET sealed = excluded.sealed WHERE stands.sealed = ");
        out.push_bind_param::<Nullable<Binary>, _>(&self.before)?;
        Ok(())
    }
}

/// How many rows came into the inbox: one or none.
///
/// The lock on the allowed row holds off the close, which deletes it: whoever gets it first decides whether the answer still counts.
pub(super) struct Submit<'a> {
    pub tag: &'a [u8],
    pub day: i32,
    pub digest: &'a [u8],
    pub sealed: &'a [u8],
}

impl QueryId for Submit<'_> {
    type QueryId = Submit<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for Submit<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH invited AS (SELECT tag, campaign_id, psu FROM answers.allowed WHERE tag = ");
        out.push_bind_param::<Binary, _>(self.tag)?;
        out.push_sql(" FOR KEY SHARE), written AS (INSERT INTO answers.inbox (tag, campaign_id, psu, day_key, body_digest, sealed) SELECT tag, campaign_id, psu, ");
        out.push_bind_param::<Integer, _>(&self.day)?;
        out.push_sql(", ");
        out.push_bind_param::<Binary, _>(self.digest)?;
        out.push_sql(", ");
        out.push_bind_param::<Binary, _>(self.sealed)?;
        out.push_sql(
            " FROM invited WHERE NOT EXISTS (SELECT FROM answers.spent WHERE spent.tag = invited.tag) ON CONFLICT (tag) DO NOTHING RETURNING tag), \
             no_draft AS (DELETE FROM answers.draft WHERE tag IN (SELECT tag FROM written)), \
             no_refusal AS (DELETE FROM answers.refusal WHERE tag IN (SELECT tag FROM written)) \
             SELECT count(*) FROM written",
        );
        Ok(())
    }
}

impl Query for Submit<'_> {
    type SqlType = BigInt;
}
