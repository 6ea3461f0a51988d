DROP TABLE office.place_file, office.place_origin, office.place;

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

GRANT SELECT, INSERT, UPDATE ON office.place, office.place_predecessor TO sipas_contact;
