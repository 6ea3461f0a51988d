CREATE SCHEMA contact;
GRANT USAGE ON SCHEMA contact TO sipas_contact;

CREATE TABLE contact.frame (
    id           uuid PRIMARY KEY,
    campaign_id  uuid NOT NULL REFERENCES office.campaign,
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
CREATE INDEX frame_campaign ON contact.frame (campaign_id);

-- One row per person of the list; communes and villages repeat their names so that a row is a line of the file.
CREATE TABLE contact.frame_person (
    frame_id      uuid NOT NULL REFERENCES contact.frame ON DELETE CASCADE,
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

CREATE TABLE contact.draw (
    id            uuid PRIMARY KEY,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    frame_id      uuid NOT NULL REFERENCES contact.frame,
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

CREATE TABLE contact.drawn_unit (
    draw_id        uuid NOT NULL REFERENCES contact.draw,
    stage          smallint NOT NULL,
    code           text NOT NULL,
    parent_code    text NOT NULL,
    stratum        text NOT NULL,
    role           text NOT NULL CHECK (role IN ('main', 'reserve')),
    order_number   integer NOT NULL,
    method         text NOT NULL,
    taken          bigint NOT NULL,
    population     bigint NOT NULL,
    size           bigint NOT NULL,
    pi_numerator   bigint NOT NULL,
    pi_denominator bigint NOT NULL,
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

GRANT SELECT, INSERT, UPDATE, DELETE ON contact.frame, contact.frame_person TO sipas_contact;
-- A draw is never edited: rows come once, only its state moves.
GRANT SELECT, INSERT, UPDATE ON contact.draw, contact.invitation TO sipas_contact;
GRANT SELECT, INSERT ON contact.drawn_unit TO sipas_contact;
