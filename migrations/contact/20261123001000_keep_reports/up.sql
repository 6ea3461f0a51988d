-- Reports made of an edition: made again by another version of the program, a file takes the place of the one before.
CREATE TABLE office.report_file (
    edition_id  uuid        NOT NULL REFERENCES office.edition,
    -- In the order that lists show.
    place_order integer     NOT NULL,
    place_code  text        NOT NULL,
    language    text        NOT NULL CHECK (language IN ('vi', 'en')),
    kind        text        NOT NULL CHECK (kind IN ('report', 'slides')),
    file_name   text        NOT NULL,
    digest      bytea       NOT NULL CHECK (length(digest) = 32),
    bytes       bigint      NOT NULL CHECK (bytes > 0),
    made_at     timestamptz NOT NULL,
    PRIMARY KEY (edition_id, file_name)
);
GRANT SELECT, INSERT ON office.report_file TO sipas_contact;
GRANT UPDATE (digest, bytes, made_at) ON office.report_file TO sipas_contact;
