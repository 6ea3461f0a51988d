-- A survey is opened by two people: one proposes it with the checklist, another opens it.
ALTER TABLE office.campaign
    ADD COLUMN opening_proposed_by text,
    ADD COLUMN opening_proposed_at timestamptz,
    ADD COLUMN opened_by text,
    ADD COLUMN opened_at timestamptz,
    ADD CONSTRAINT opened_by_another CHECK (opened_by <> opening_proposed_by);

-- What somebody has typed of a new survey, kept while they type.
CREATE TABLE office.campaign_draft (
    login    text PRIMARY KEY,
    fields   jsonb NOT NULL,
    saved_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON office.campaign_draft TO sipas_contact;
