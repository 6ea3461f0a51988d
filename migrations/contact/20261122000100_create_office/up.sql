-- The office: who works here, what they did, and the work that runs in the background.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sipas_contact') THEN
        CREATE ROLE sipas_contact NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- made by a neighbour's migration at this moment
END $$;
GRANT sipas_contact TO CURRENT_USER;

CREATE SCHEMA IF NOT EXISTS office;
GRANT USAGE ON SCHEMA office TO sipas_contact;

CREATE TABLE office.staff (
    id            uuid PRIMARY KEY,
    login         text NOT NULL UNIQUE,
    name          text NOT NULL,
    password_hash text NOT NULL,
    role          text NOT NULL CHECK (role IN ('coordinator', 'analyst')),
    place_code    text NOT NULL,
    created_at    timestamptz NOT NULL,
    disabled_at   timestamptz
);

CREATE TABLE office.staff_session (
    token_digest bytea PRIMARY KEY,
    staff_id     uuid NOT NULL REFERENCES office.staff ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL
);

CREATE TABLE office.sign_in_attempt (
    id        uuid PRIMARY KEY,
    login     text NOT NULL,
    tried_at  timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_login ON office.sign_in_attempt (login, tried_at);

CREATE TABLE office.audit_entry (
    id          uuid PRIMARY KEY,
    happened_at timestamptz NOT NULL,
    actor       text NOT NULL,
    verb        text NOT NULL,
    subject     text NOT NULL,
    details     jsonb NOT NULL
);
CREATE INDEX audit_entry_happened ON office.audit_entry (happened_at, id);

CREATE TABLE office.job (
    id           uuid PRIMARY KEY,
    kind         text NOT NULL,
    payload      jsonb NOT NULL,
    dedup_key    text NOT NULL,
    state        text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    attempts     integer NOT NULL DEFAULT 0,
    run_after    timestamptz NOT NULL,
    leased_until timestamptz,
    lease        uuid,
    step         text NOT NULL DEFAULT '',
    done_count   bigint NOT NULL DEFAULT 0,
    total_count  bigint NOT NULL DEFAULT 0,
    error_code   text,
    outcome      jsonb NOT NULL DEFAULT '{}',
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    started_at   timestamptz,
    finished_at  timestamptz
);
-- Two people pressing the same button join the same job.
CREATE UNIQUE INDEX job_open_once ON office.job (dedup_key) WHERE state IN ('waiting', 'running');
CREATE INDEX job_next ON office.job (run_after, id) WHERE state IN ('waiting', 'running');

GRANT SELECT, INSERT, UPDATE, DELETE ON office.staff, office.staff_session, office.sign_in_attempt, office.job TO sipas_contact;
-- The audit trail is append-only: nobody who serves requests may change or remove a row.
GRANT SELECT, INSERT ON office.audit_entry TO sipas_contact;
