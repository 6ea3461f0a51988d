-- Whose figures were asked for in tables made on demand (docs/adr/0032): the part of the population and the columns, never a person.
-- Empty stands for everybody, and for a table without columns.
CREATE TABLE office.crosstab_asked (
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    part        text NOT NULL,
    split_by    text NOT NULL,
    asked_by    text NOT NULL,
    asked_on    date NOT NULL,
    asked_at    timestamptz NOT NULL,
    -- Which came first: a table is judged by those before it.
    turn        bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (campaign_id, part, split_by, asked_by, asked_on)
);
CREATE INDEX crosstab_asked_by ON office.crosstab_asked (asked_by, asked_on);

-- Tables that analysts keep: a name and the address that makes it again.
CREATE TABLE office.crosstab_saved (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    name        text NOT NULL,
    query       text NOT NULL,
    owner       text NOT NULL,
    -- Of the owner's account: others of the same place find it.
    place_code  text NOT NULL,
    saved_at    timestamptz NOT NULL
);
CREATE INDEX crosstab_saved_campaign ON office.crosstab_saved (campaign_id);

GRANT SELECT, INSERT ON office.crosstab_asked TO sipas_contact;
GRANT SELECT, INSERT, DELETE ON office.crosstab_saved TO sipas_contact;
