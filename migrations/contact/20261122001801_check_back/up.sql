-- Check-back (phúc tra, docs/adr/0022): some of those who were interviewed are asked again by somebody else.

CREATE TABLE contact.check_back_draw (
    id               uuid PRIMARY KEY,
    campaign_id      uuid NOT NULL REFERENCES office.campaign,
    province_code    text NOT NULL,
    -- Per cent.
    share            smallint NOT NULL CHECK (share BETWEEN 5 AND 10),
    seed             text NOT NULL,
    -- SHA-256 over the cases it was drawn from.
    candidates       bigint NOT NULL,
    candidate_digest bytea NOT NULL,
    drawn            bigint NOT NULL,
    made_by          text NOT NULL,
    made_at          timestamptz NOT NULL
);
CREATE INDEX check_back_draw_place ON contact.check_back_draw (campaign_id, province_code);

CREATE TABLE contact.check_back (
    invitation_id  uuid PRIMARY KEY REFERENCES contact.field_case,
    campaign_id    uuid NOT NULL REFERENCES office.campaign,
    province_code  text NOT NULL,
    draw_id        uuid NOT NULL REFERENCES contact.check_back_draw,
    -- Who had the case when it was drawn.
    interviewer_id uuid NOT NULL REFERENCES office.staff,
    checker_id     uuid NOT NULL REFERENCES office.staff,
    state          text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'unreached')),
    attempts       integer NOT NULL DEFAULT 0,
    -- How the interview came about, as the person tells it; empty until then.
    came           text NOT NULL DEFAULT '',
    about_when     text NOT NULL DEFAULT '',
    length         text NOT NULL DEFAULT '',
    filled_by      text NOT NULL DEFAULT '',
    pressure       text NOT NULL DEFAULT '',
    note           text NOT NULL DEFAULT '',
    CHECK (checker_id <> interviewer_id)
);
CREATE INDEX check_back_campaign ON contact.check_back (campaign_id, province_code, checker_id);

-- The id comes from the form: a try sent twice is one.
CREATE TABLE contact.check_back_try (
    id            uuid PRIMARY KEY,
    invitation_id uuid NOT NULL REFERENCES contact.check_back,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    province_code text NOT NULL,
    checker_id    uuid NOT NULL REFERENCES office.staff,
    tried_on      date NOT NULL,
    reached       boolean NOT NULL
);

-- Answers to the neutral questions, sealed, with the interviewer and without the person.
CREATE TABLE contact.check_back_fact (
    id            uuid PRIMARY KEY,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    province_code text NOT NULL,
    sealed        bytea NOT NULL
);
CREATE INDEX check_back_fact_campaign ON contact.check_back_fact (campaign_id);

-- Main file beside check-back, ten answers or more on both sides; without an interviewer those of a province who have too few.
CREATE TABLE contact.check_back_figure (
    campaign_id    uuid NOT NULL REFERENCES office.campaign,
    province_code  text NOT NULL,
    interviewer    text NOT NULL,
    unit           text NOT NULL,
    forms          bigint NOT NULL CHECK (forms >= 10),
    checked        bigint NOT NULL CHECK (checked >= 10),
    probability    double precision,
    choice         integer NOT NULL,
    difference     double precision NOT NULL,
    low            double precision NOT NULL,
    high           double precision NOT NULL,
    PRIMARY KEY (campaign_id, province_code, interviewer, unit)
);

GRANT SELECT, INSERT, UPDATE ON contact.check_back TO sipas_contact;
GRANT SELECT, INSERT ON contact.check_back_draw, contact.check_back_try, contact.check_back_fact TO sipas_contact;
GRANT SELECT, INSERT, DELETE ON contact.check_back_figure TO sipas_contact;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['check_back_draw', 'check_back', 'check_back_try', 'check_back_fact', 'check_back_figure'] LOOP
        EXECUTE format('ALTER TABLE contact.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_place ON contact.%I USING ((SELECT office.place_seen()) IN (''VN'', province_code))', name);
        -- Whoever is checked must not learn by whom, or that it will happen.
        EXECUTE format('CREATE POLICY no_interviewers ON contact.%I AS RESTRICTIVE USING ((SELECT office.interviewer_seen()) = '''')', name);
    END LOOP;
END $$;
