-- The answers side. No time, no address, no serial number, no foreign key to the contact side: order is a trace.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sipas_answers') THEN
        CREATE ROLE sipas_answers NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- made by a neighbour's migration at this moment
END $$;
GRANT sipas_answers TO CURRENT_USER;

CREATE SCHEMA IF NOT EXISTS answers;
GRANT USAGE ON SCHEMA answers TO sipas_answers;

-- What the estimates need to know of a sampled commune: its stratum and its weight, under a pseudonym of this campaign.
CREATE TABLE answers.sampling_unit (
    campaign_id   uuid NOT NULL,
    psu           text NOT NULL,
    stratum       text NOT NULL,
    province_code text NOT NULL,
    area          text NOT NULL,
    weight        double precision NOT NULL CHECK (weight > 0),
    invited       integer NOT NULL,
    PRIMARY KEY (campaign_id, psu)
);

-- Who may answer: tag = HMAC-SHA256(key of the campaign, code).
CREATE TABLE answers.allowed (
    tag         bytea PRIMARY KEY,
    campaign_id uuid NOT NULL,
    psu         text NOT NULL,
    FOREIGN KEY (campaign_id, psu) REFERENCES answers.sampling_unit
);

-- Sealed under a key that only the code gives.
CREATE TABLE answers.draft (
    tag         bytea PRIMARY KEY,
    campaign_id uuid NOT NULL,
    sealed      bytea NOT NULL
-- Rewritten with every page: half a block of room lets the new version stand beside the old one, without touching the index.
) WITH (fillfactor = 50);

-- Who said no, sealed so that only the flush can tell the contact side, in batches.
CREATE TABLE answers.refusal (
    tag         bytea PRIMARY KEY,
    campaign_id uuid NOT NULL,
    psu         text NOT NULL,
    day_key     integer NOT NULL,
    sealed      bytea NOT NULL
);

-- A submit writes exactly one row here, and that is its acknowledgement.
CREATE TABLE answers.inbox (
    tag         bytea PRIMARY KEY,
    campaign_id uuid NOT NULL,
    psu         text NOT NULL,
    day_key     integer NOT NULL,
    body_digest bytea NOT NULL,
    sealed      bytea NOT NULL
);
CREATE INDEX inbox_psu ON answers.inbox (campaign_id, psu);
-- A page of random bytes: kept in the row, where one write is enough.
ALTER TABLE answers.inbox ALTER COLUMN sealed SET STORAGE MAIN;

CREATE TABLE answers.spent (
    tag         bytea PRIMARY KEY,
    campaign_id uuid NOT NULL
);

CREATE TABLE answers.response (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL,
    psu         text NOT NULL,
    mode        text NOT NULL CHECK (mode IN ('web', 'interviewer', 'paper')),
    answers     jsonb NOT NULL,
    FOREIGN KEY (campaign_id, psu) REFERENCES answers.sampling_unit
);
CREATE INDEX response_campaign ON answers.response (campaign_id);

-- Own words, apart from the coded answers and without the commune: a sentence can name its writer.
CREATE TABLE answers.free_text (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL,
    unit        text NOT NULL,
    content     text NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON answers.allowed, answers.draft, answers.refusal, answers.inbox TO sipas_answers;
GRANT SELECT, INSERT, DELETE ON answers.spent TO sipas_answers;
GRANT DELETE ON answers.sampling_unit TO sipas_answers;
GRANT SELECT, INSERT ON answers.sampling_unit, answers.response, answers.free_text TO sipas_answers;
