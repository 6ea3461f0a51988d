-- Paper that one person has keyed, or two whose keyings differ, until it is one answer: sealed under a key that only the code gives, with
-- who keyed it inside. It lasts as long as its code may answer.
CREATE TABLE answers.keying (
    tag         bytea PRIMARY KEY REFERENCES answers.allowed ON DELETE CASCADE,
    campaign_id uuid NOT NULL,
    keyed       smallint NOT NULL CHECK (keyed IN (1, 2)),
    sealed      bytea NOT NULL
);
ALTER TABLE answers.keying ALTER COLUMN sealed SET STORAGE EXTERNAL;
GRANT SELECT, INSERT, UPDATE, DELETE ON answers.keying TO sipas_answers;
