CREATE TABLE office.place (
    id          text PRIMARY KEY,
    code        text NOT NULL,
    level       text NOT NULL CHECK (level IN ('country', 'province')),
    kind        text NOT NULL,
    name        text NOT NULL,
    parent_id   text REFERENCES office.place,
    valid_from  date,
    valid_until date
);
CREATE INDEX place_code ON office.place (level, code);

CREATE TABLE office.place_predecessor (
    place_id       text NOT NULL REFERENCES office.place,
    predecessor_id text NOT NULL REFERENCES office.place,
    PRIMARY KEY (place_id, predecessor_id)
);

CREATE TABLE office.form_version (
    id         uuid PRIMARY KEY,
    form_code  text NOT NULL,
    digest     text NOT NULL UNIQUE,
    source     jsonb NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE office.campaign (
    id              uuid PRIMARY KEY,
    slug            text NOT NULL UNIQUE,
    name_vi         text NOT NULL,
    name_en         text NOT NULL,
    year            integer NOT NULL,
    form_version_id uuid NOT NULL REFERENCES office.form_version,
    state           text NOT NULL CHECK (state IN ('preparing', 'open', 'closed')),
    opens_on        date NOT NULL,
    closes_on       date NOT NULL,
    results_on      date NOT NULL,
    hotline         text NOT NULL,
    synthetic       boolean NOT NULL,
    flush_at_least  integer NOT NULL CHECK (flush_at_least >= 1),
    created_at      timestamptz NOT NULL,
    CHECK (opens_on <= closes_on AND closes_on <= results_on)
);

GRANT SELECT, INSERT, UPDATE ON office.place, office.place_predecessor, office.form_version, office.campaign TO sipas_contact;
-- A version of a questionnaire is immutable.
REVOKE UPDATE ON office.form_version FROM sipas_contact;
