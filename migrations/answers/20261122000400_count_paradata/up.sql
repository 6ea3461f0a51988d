-- How forms come about (docs/adr/0021). Nothing of it stands beside a response.

-- One row per form that was flushed, sealed under the day's key and made anew by every flush, until ten of one interviewer are together.
CREATE TABLE answers.paradata_waiting (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL,
    day_key     integer NOT NULL,
    sealed      bytea NOT NULL
);
CREATE INDEX paradata_waiting_campaign ON answers.paradata_waiting (campaign_id);

-- Forms by pseudonym of the interviewer (empty: answered alone), measure and step. Only ever grows by ten forms or more at once.
CREATE TABLE answers.paradata_count (
    campaign_id uuid NOT NULL,
    interviewer text NOT NULL,
    measure     text NOT NULL,
    step        smallint NOT NULL,
    forms       bigint NOT NULL CHECK (forms > 0),
    PRIMARY KEY (campaign_id, interviewer, measure, step)
);

GRANT SELECT, INSERT, DELETE ON answers.paradata_waiting TO sipas_answers;
GRANT SELECT, INSERT, UPDATE ON answers.paradata_count TO sipas_answers;
