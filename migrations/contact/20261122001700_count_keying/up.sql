-- How well each person keys paper, in sums alone: a row for each form would be a diary.
CREATE TABLE office.keying_tally (
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    staff_id    uuid NOT NULL REFERENCES office.staff,
    forms       bigint NOT NULL,
    fields      bigint NOT NULL,
    wrong       bigint NOT NULL CHECK (wrong BETWEEN 0 AND fields),
    PRIMARY KEY (campaign_id, staff_id)
);
GRANT SELECT, INSERT, UPDATE ON office.keying_tally TO sipas_contact;
