-- The columnar copy of each survey's responses (docs/adr/0027): the file that figures are computed from must be the one named here.
CREATE TABLE answers.response_copy (
    campaign_id     uuid PRIMARY KEY,
    responses       bigint NOT NULL CHECK (responses >= 0),
    -- SHA-256 of the set of responses, and of the file that holds them.
    response_digest bytea NOT NULL CHECK (octet_length(response_digest) = 32),
    file_digest     bytea NOT NULL CHECK (octet_length(file_digest) = 32)
);
GRANT SELECT, INSERT, UPDATE ON answers.response_copy TO sipas_answers;
