-- Places with dates, down to villages: a row is a place as it was from one day to another. The product's own list is loaded again at the start.
DROP TABLE office.place_predecessor;
DROP TABLE office.place;

CREATE TABLE office.place (
    code        text NOT NULL,
    valid_from  date NOT NULL,
    valid_until date NOT NULL,
    level       text NOT NULL CHECK (level IN ('country', 'region', 'province', 'district', 'commune', 'village')),
    kind        text NOT NULL,
    name        text NOT NULL,
    -- The name without marks and without "xã", "tỉnh" …: what somebody who looks for it types.
    name_key    text NOT NULL,
    parent_code text NOT NULL,
    PRIMARY KEY (code, valid_from),
    CHECK (valid_from <= valid_until)
);
CREATE INDEX place_parent ON office.place (parent_code);
CREATE INDEX place_key ON office.place (name_key text_pattern_ops);

-- What became of whom: `share` is the part of the origin's people who came to live in the place.
CREATE TABLE office.place_origin (
    code        text NOT NULL,
    valid_from  date NOT NULL,
    origin_code text NOT NULL,
    origin_from date NOT NULL,
    share       double precision NOT NULL CHECK (share > 0 AND share <= 1),
    PRIMARY KEY (code, valid_from, origin_code, origin_from),
    FOREIGN KEY (code, valid_from) REFERENCES office.place,
    FOREIGN KEY (origin_code, origin_from) REFERENCES office.place
);
CREATE INDEX place_origin_origin ON office.place_origin (origin_code, origin_from);

-- The files the places come from.
CREATE TABLE office.place_file (
    digest    bytea PRIMARY KEY,
    name      text NOT NULL,
    places    integer NOT NULL,
    loaded_by text NOT NULL,
    loaded_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON office.place, office.place_origin TO sipas_contact;
GRANT SELECT, INSERT, UPDATE ON office.place_file TO sipas_contact;
