-- What forms look like beside honest ones (docs/adr/0021): figures of ten forms or more, replaced together by each run.

-- Of the whole survey, once for those who answered alone and once for those an interviewer asked.
CREATE TABLE office.quality_rule (
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    mode        text NOT NULL CHECK (mode IN ('alone', 'interviewer')),
    kind        text NOT NULL,
    -- Null while there are too few forms, or no step is rare enough to say anything.
    threshold   smallint,
    origin      text NOT NULL CHECK (origin IN ('normal-tail', 'other-places', 'usual-groups')),
    left_out    integer NOT NULL,
    forms       bigint NOT NULL,
    flagged     bigint NOT NULL,
    honest      double precision NOT NULL,
    judged_at   timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, mode, kind)
);

CREATE TABLE contact.quality_group (
    campaign_id    uuid NOT NULL REFERENCES office.campaign,
    province_code  text NOT NULL,
    interviewer_id uuid NOT NULL REFERENCES office.staff,
    kind           text NOT NULL,
    forms          bigint NOT NULL CHECK (forms >= 10),
    flagged        bigint NOT NULL,
    low            double precision NOT NULL,
    high           double precision NOT NULL,
    expected       double precision NOT NULL,
    stands_out     boolean NOT NULL,
    PRIMARY KEY (campaign_id, interviewer_id, kind)
);

-- What a reviewer makes of it. Words only; nothing is ever taken out of the data by it.
CREATE TABLE contact.quality_note (
    id             uuid PRIMARY KEY,
    campaign_id    uuid NOT NULL REFERENCES office.campaign,
    province_code  text NOT NULL,
    interviewer_id uuid NOT NULL REFERENCES office.staff,
    kind           text NOT NULL,
    verdict        text NOT NULL CHECK (verdict IN ('explained', 'check')),
    reason         text NOT NULL,
    made_by        text NOT NULL,
    made_at        timestamptz NOT NULL
);
CREATE INDEX quality_note_campaign ON contact.quality_note (campaign_id, interviewer_id, kind, made_at);

GRANT SELECT, INSERT, DELETE ON office.quality_rule, contact.quality_group TO sipas_contact;
GRANT SELECT, INSERT ON contact.quality_note TO sipas_contact;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['quality_group', 'quality_note'] LOOP
        EXECUTE format('ALTER TABLE contact.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_place ON contact.%I USING ((SELECT office.place_seen()) IN (''VN'', province_code))', name);
        EXECUTE format('CREATE POLICY no_interviewers ON contact.%I AS RESTRICTIVE USING ((SELECT office.interviewer_seen()) = '''')', name);
    END LOOP;
END $$;
