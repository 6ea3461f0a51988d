-- A run stays as it was computed (docs/adr/0026): what went in, by digest, and the digest of what came out.
-- Rows from before do not say what went in; whoever asks again has them computed anew.
DELETE FROM office.method_run;
DROP INDEX office.method_run_current;
ALTER TABLE office.method_run
    ADD COLUMN form_digest   text   NOT NULL,
    -- Of the communes drawn, with stratum and weight.
    ADD COLUMN design_digest bytea  NOT NULL,
    ADD COLUMN recipe        text   NOT NULL,
    ADD COLUMN recipe_digest bytea  NOT NULL,
    -- Of what a recipe takes besides; null where it asks for none.
    ADD COLUMN margin_digest bytea,
    ADD COLUMN case_digest   bytea,
    ADD COLUMN engine        text   NOT NULL,
    ADD COLUMN seed          bigint NOT NULL,
    ADD COLUMN input_digest  bytea  NOT NULL UNIQUE,
    ADD COLUMN cells         bigint NOT NULL,
    ADD COLUMN cells_digest  bytea  NOT NULL,
    -- What each step did to the weights.
    ADD COLUMN steps         jsonb  NOT NULL,
    ADD COLUMN requested_by  text   NOT NULL;
CREATE INDEX method_run_campaign ON office.method_run (campaign_id, computed_at);

-- A hidden figure has no n either: counts add up.
ALTER TABLE office.result_cell ALTER COLUMN n DROP NOT NULL;

-- Which run the pages and files show.
CREATE TABLE office.current_run (
    campaign_id uuid PRIMARY KEY REFERENCES office.campaign,
    run_id      uuid NOT NULL REFERENCES office.method_run,
    shown_at    timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON office.current_run TO sipas_contact;

-- Nobody edits what was computed, whoever reaches the database.
CREATE FUNCTION office.refuse_other_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a run is never changed';
END $$;
CREATE TRIGGER method_run_stays BEFORE UPDATE OR DELETE ON office.method_run
    FOR EACH ROW EXECUTE FUNCTION office.refuse_other_figures();
CREATE TRIGGER result_cell_stays BEFORE UPDATE OR DELETE ON office.result_cell
    FOR EACH ROW EXECUTE FUNCTION office.refuse_other_figures();
REVOKE UPDATE, DELETE ON office.method_run, office.result_cell FROM sipas_contact;
