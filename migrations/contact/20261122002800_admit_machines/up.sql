-- Machines of other systems: what each may read, and until when. The token itself stands nowhere.
CREATE TABLE office.api_token (
    -- Made with the form: the same form sent again is no second token.
    id             uuid PRIMARY KEY,
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    -- SHA-256 of the token.
    digest         bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
    reads_progress boolean NOT NULL,
    reads_exports  boolean NOT NULL,
    made_by        text NOT NULL,
    made_on        date NOT NULL,
    -- The last day on which it opens anything.
    expires_on     date NOT NULL,
    revoked_by     text,
    revoked_at     timestamptz,
    -- The day, not the hour.
    last_used_on   date,
    CONSTRAINT reads_something CHECK (reads_progress OR reads_exports),
    CONSTRAINT not_for_ever CHECK (expires_on BETWEEN made_on AND made_on + 400),
    CONSTRAINT revoked_whole CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
GRANT SELECT, INSERT ON office.api_token TO sipas_contact;
GRANT UPDATE (revoked_by, revoked_at, last_used_on) ON office.api_token TO sipas_contact;
