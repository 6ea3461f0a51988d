-- By which recipe the answers of a campaign are weighted, and what is known of its population.
CREATE TABLE office.weight_recipe (
    campaign_id uuid PRIMARY KEY REFERENCES office.campaign,
    recipe      text NOT NULL CHECK (recipe IN ('can-ban', 'tra-loi', 'dan-so')),
    chosen_by   text NOT NULL,
    chosen_at   timestamptz NOT NULL
);

-- A file of population counts; the newest of a campaign is in force, the others stay for the runs that used them.
CREATE TABLE office.margin_file (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    name        text NOT NULL,
    -- Who counted, and of which day the counts are.
    source      text NOT NULL,
    as_of       date NOT NULL,
    digest      bytea NOT NULL,
    loaded_by   text NOT NULL,
    loaded_at   timestamptz NOT NULL
);
CREATE INDEX margin_file_campaign ON office.margin_file (campaign_id, loaded_at);

CREATE TABLE office.margin (
    file_id    uuid NOT NULL REFERENCES office.margin_file,
    question   text NOT NULL,
    choice     integer NOT NULL,
    place_code text NOT NULL,
    people     bigint NOT NULL CHECK (people >= 0),
    PRIMARY KEY (file_id, question, place_code, choice)
);

GRANT SELECT, INSERT, UPDATE ON office.weight_recipe TO sipas_contact;
GRANT SELECT, INSERT ON office.margin_file, office.margin TO sipas_contact;
