-- The fieldwork: whom an interviewer visits, how each visit went, who is asked instead.

-- One row per invited person. Days only, no hours: an hour beside a door is an hour beside an answer.
CREATE TABLE contact.field_case (
    invitation_id uuid PRIMARY KEY REFERENCES contact.invitation,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    draw_id       uuid NOT NULL REFERENCES contact.draw,
    person_code   text NOT NULL,
    province_code text NOT NULL,
    commune_code  text NOT NULL,
    village_code  text NOT NULL,
    role          text NOT NULL CHECK (role IN ('main', 'reserve')),
    -- Along the route: the order of the drawn list, which is that of the places.
    position      integer NOT NULL,
    interviewer_id uuid REFERENCES office.staff,
    attempts      integer NOT NULL DEFAULT 0,
    -- Of the last visit; empty before the first.
    outcome       text NOT NULL DEFAULT '',
    outcome_on    date,
    appointment   text NOT NULL DEFAULT '',
    UNIQUE (draw_id, person_code)
);
CREATE INDEX field_case_place ON contact.field_case (campaign_id, province_code, commune_code);
CREATE INDEX field_case_interviewer ON contact.field_case (interviewer_id, campaign_id);

-- The id comes from the form or the tablet, so that a visit sent twice is one visit.
CREATE TABLE contact.visit (
    id             uuid PRIMARY KEY,
    invitation_id  uuid NOT NULL REFERENCES contact.field_case,
    campaign_id    uuid NOT NULL REFERENCES office.campaign,
    province_code  text NOT NULL,
    interviewer_id uuid NOT NULL REFERENCES office.staff,
    visited_on     date NOT NULL,
    outcome        text NOT NULL,
    appointment    text NOT NULL,
    note           text NOT NULL
);
CREATE INDEX visit_case ON contact.visit (invitation_id);

-- A person who cannot be reached is replaced by the next reserve of the same village; nobody picks a name.
CREATE TABLE contact.replacement (
    id             uuid PRIMARY KEY,
    invitation_id  uuid NOT NULL REFERENCES contact.field_case,
    campaign_id    uuid NOT NULL REFERENCES office.campaign,
    draw_id        uuid NOT NULL REFERENCES contact.draw,
    province_code  text NOT NULL,
    village_code   text NOT NULL,
    reason         text NOT NULL,
    attempts       integer NOT NULL,
    requested_by   text NOT NULL,
    requested_at   timestamptz NOT NULL,
    state          text NOT NULL CHECK (state IN ('requested', 'approved', 'refused')),
    decided_by     text,
    decided_at     timestamptz,
    decision       text NOT NULL DEFAULT '',
    reserve_code   text,
    CHECK ((state = 'requested') = (decided_by IS NULL)),
    CHECK ((state = 'approved') = (reserve_code IS NOT NULL)),
    CHECK (decided_by <> requested_by),
    UNIQUE (draw_id, reserve_code)
);
CREATE UNIQUE INDEX replacement_open ON contact.replacement (invitation_id) WHERE state <> 'refused';
CREATE INDEX replacement_campaign ON contact.replacement (campaign_id, state);

-- A whole commune that cannot be surveyed (a flood): an act of its own, for a primary sampling unit is gone.
CREATE TABLE contact.commune_loss (
    id            uuid PRIMARY KEY,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    province_code text NOT NULL,
    commune_code  text NOT NULL,
    reason        text NOT NULL,
    requested_by  text NOT NULL,
    requested_at  timestamptz NOT NULL,
    confirmed_by  text,
    confirmed_at  timestamptz,
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CHECK (confirmed_by <> requested_by),
    UNIQUE (campaign_id, commune_code)
);

-- How many had answered at the end of each day, per commune: the pace.
CREATE TABLE contact.day_count (
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    province_code text NOT NULL,
    commune_code  text NOT NULL,
    day           date NOT NULL,
    responded     integer NOT NULL,
    PRIMARY KEY (campaign_id, commune_code, province_code, day)
);

-- Assignments made together, with what was before: they can be taken back for ten minutes.
CREATE TABLE contact.assignment_act (
    id             uuid PRIMARY KEY,
    campaign_id    uuid NOT NULL REFERENCES office.campaign,
    province_code  text NOT NULL,
    interviewer_id uuid REFERENCES office.staff,
    made_by        text NOT NULL,
    made_at        timestamptz NOT NULL,
    before         jsonb NOT NULL,
    undone_at      timestamptz
);

GRANT SELECT, INSERT, UPDATE ON contact.field_case, contact.replacement, contact.commune_loss, contact.day_count, contact.assignment_act TO sipas_contact;
-- What was seen at a door is not rewritten.
GRANT SELECT, INSERT ON contact.visit TO sipas_contact;

-- An interviewer sees nobody but those assigned to them.
CREATE FUNCTION office.interviewer_seen() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('sipas.interviewer', true), '') $$;
GRANT EXECUTE ON FUNCTION office.interviewer_seen() TO sipas_contact;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['field_case', 'visit', 'replacement', 'commune_loss', 'day_count', 'assignment_act'] LOOP
        EXECUTE format('ALTER TABLE contact.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_place ON contact.%I USING ((SELECT office.place_seen()) IN (''VN'', province_code))', name);
    END LOOP;
END $$;

CREATE POLICY own_cases ON contact.field_case AS RESTRICTIVE
    USING ((SELECT office.interviewer_seen()) IN ('', interviewer_id::text));
CREATE POLICY own_visits ON contact.visit AS RESTRICTIVE
    USING ((SELECT office.interviewer_seen()) IN ('', interviewer_id::text));
CREATE POLICY own_cases ON contact.frame_person AS RESTRICTIVE
    USING ((SELECT office.interviewer_seen()) = '' OR EXISTS (
        SELECT FROM contact.field_case JOIN contact.draw ON draw.id = field_case.draw_id
        WHERE field_case.person_code = frame_person.code AND draw.frame_id = frame_person.frame_id));
CREATE POLICY own_cases ON contact.invitation AS RESTRICTIVE
    USING ((SELECT office.interviewer_seen()) = '' OR EXISTS (SELECT FROM contact.field_case WHERE field_case.invitation_id = invitation.id));
CREATE POLICY no_interviewers ON contact.drawn_unit AS RESTRICTIVE USING ((SELECT office.interviewer_seen()) = '');
CREATE POLICY no_interviewers ON contact.assignment_act AS RESTRICTIVE USING ((SELECT office.interviewer_seen()) = '');
