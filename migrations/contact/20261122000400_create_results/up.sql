CREATE TABLE office.method_run (
    id              uuid PRIMARY KEY,
    campaign_id     uuid NOT NULL REFERENCES office.campaign,
    method          text NOT NULL,
    response_digest bytea NOT NULL,
    responses       bigint NOT NULL,
    provisional     boolean NOT NULL,
    computed_at     timestamptz NOT NULL
);
-- One current run per campaign and method; a new run replaces its cells in one transaction.
CREATE UNIQUE INDEX method_run_current ON office.method_run (campaign_id, method);

CREATE TABLE office.result_cell (
    run_id     uuid NOT NULL REFERENCES office.method_run ON DELETE CASCADE,
    level      text NOT NULL CHECK (level IN ('country', 'province')),
    place_code text NOT NULL,
    indicator  text NOT NULL,
    rule       text NOT NULL,
    n          bigint NOT NULL,
    estimate   double precision,
    se         double precision,
    df         double precision,
    deff       double precision,
    ci_low     double precision,
    ci_high    double precision,
    flags      text NOT NULL,
    PRIMARY KEY (run_id, rule, indicator, place_code)
);

CREATE TABLE office.export_file (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    format      text NOT NULL CHECK (format IN ('csv', 'xlsx')),
    file_name   text NOT NULL,
    digest      bytea NOT NULL,
    bytes       bigint NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON office.method_run, office.result_cell, office.export_file TO sipas_contact;
