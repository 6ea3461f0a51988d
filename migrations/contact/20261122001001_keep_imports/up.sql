-- A list on its way in: sent, checked, then taken or not. What the check found lies beside the file, not here.
CREATE TABLE contact.frame_import (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    job_id      uuid NOT NULL,
    file_name   text NOT NULL,
    language    text NOT NULL,
    state       text NOT NULL CHECK (state IN ('received', 'checked', 'importing', 'imported', 'cancelled')),
    -- What a coordinator said unclear names of provinces mean: text of the file to code.
    answers     jsonb NOT NULL,
    sent_by     text NOT NULL,
    sent_at     timestamptz NOT NULL
);
-- One at a time: who sends another list puts the one before aside.
CREATE UNIQUE INDEX frame_import_open ON contact.frame_import (campaign_id) WHERE state IN ('received', 'checked', 'importing');

GRANT SELECT, INSERT, UPDATE ON contact.frame_import TO sipas_contact;
