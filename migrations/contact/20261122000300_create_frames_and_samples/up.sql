CREATE SCHEMA contact;
GRANT USAGE ON SCHEMA contact TO sipas_contact;

CREATE TABLE contact.frame (
    id           uuid PRIMARY KEY,
    campaign_id  uuid NOT NULL UNIQUE REFERENCES office.campaign,
    file_name    text NOT NULL,
    file_digest  bytea NOT NULL,
    frame_digest bytea NOT NULL,
    synthetic    boolean NOT NULL,
    provinces    integer NOT NULL,
    communes     integer NOT NULL,
    villages     integer NOT NULL,
    persons      bigint NOT NULL,
    imported_at  timestamptz NOT NULL,
    frozen_at    timestamptz
);

-- One row per person of the list; communes and villages repeat their names so that a row is a line of the file.
-- The triggers below hold it to its frame: a foreign key would ask once per person and double the time of an import.
CREATE TABLE contact.frame_person (
    frame_id      uuid NOT NULL,
    code          text NOT NULL,
    province_code text NOT NULL,
    commune_code  text NOT NULL,
    commune_name  text NOT NULL,
    area          text NOT NULL CHECK (area IN ('urban', 'rural')),
    village_code  text NOT NULL,
    village_name  text NOT NULL,
    household     text NOT NULL,
    name          text NOT NULL,
    address       text NOT NULL,
    PRIMARY KEY (frame_id, code)
);

-- A frozen frame never changes, whoever asks.
CREATE FUNCTION contact.refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the frame is frozen';
END $$;

CREATE TRIGGER frame_frozen BEFORE UPDATE OR DELETE ON contact.frame
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION contact.refuse_frozen();

CREATE FUNCTION contact.refuse_rows_of_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT DISTINCT frame_id FROM changed EXCEPT SELECT id FROM contact.frame WHERE frozen_at IS NULL) THEN
        RAISE EXCEPTION 'the frame is frozen';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER frame_person_added AFTER INSERT ON contact.frame_person
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION contact.refuse_rows_of_frozen();
CREATE TRIGGER frame_person_removed AFTER DELETE ON contact.frame_person
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION contact.refuse_rows_of_frozen();

CREATE TABLE contact.draw (
    id            uuid PRIMARY KEY,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    frame_id      uuid NOT NULL,
    design        text NOT NULL,
    design_digest bytea NOT NULL,
    frame_digest  bytea NOT NULL,
    seed          text NOT NULL,
    algorithm     text NOT NULL,
    state         text NOT NULL CHECK (state IN ('requested', 'drawn')),
    list_digest   bytea,
    persons       integer NOT NULL DEFAULT 0,
    reserves      integer NOT NULL DEFAULT 0,
    requested_by  text NOT NULL,
    requested_at  timestamptz NOT NULL,
    drawn_at      timestamptz,
    CHECK (state = 'requested' OR (list_digest IS NOT NULL AND drawn_at IS NOT NULL)),
    -- No re-rolling: one draw per frame, design and seed.
    UNIQUE (frame_id, design_digest, seed)
);
CREATE INDEX draw_campaign ON contact.draw (campaign_id);

-- The published list, column by column: probabilities are exact fractions, `numerator/denominator`.
CREATE TABLE contact.drawn_unit (
    draw_id             uuid NOT NULL REFERENCES contact.draw,
    stage               text NOT NULL CHECK (stage IN ('commune', 'village', 'person')),
    path                text NOT NULL,
    order_number        integer NOT NULL,
    code                text NOT NULL,
    role                text NOT NULL CHECK (role IN ('main', 'reserve')),
    method              text NOT NULL,
    n                   bigint NOT NULL,
    population          bigint NOT NULL,
    size                bigint NOT NULL,
    parent_size         bigint NOT NULL,
    probability         text NOT NULL,
    overall_probability text NOT NULL,
    PRIMARY KEY (draw_id, stage, code)
);

CREATE TABLE contact.invitation (
    id            uuid PRIMARY KEY,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    draw_id       uuid NOT NULL REFERENCES contact.draw,
    person_code   text NOT NULL,
    province_code text NOT NULL,
    stratum       text NOT NULL,
    code_digest   bytea NOT NULL UNIQUE,
    status        text NOT NULL CHECK (status IN ('open', 'responded', 'refused', 'cancelled')),
    UNIQUE (draw_id, person_code)
);
CREATE INDEX invitation_progress ON contact.invitation (campaign_id, province_code, status);

GRANT SELECT, INSERT, UPDATE, DELETE ON contact.frame TO sipas_contact;
GRANT SELECT, INSERT, DELETE ON contact.frame_person TO sipas_contact;
-- A draw is never edited: rows come once, only its state moves.
GRANT SELECT, INSERT, UPDATE ON contact.draw, contact.invitation TO sipas_contact;
GRANT SELECT, INSERT ON contact.drawn_unit TO sipas_contact;
