-- Designs as saved objects; a draw is committed to, seeded, confirmed by a second person, drawn, and then never changes.
CREATE TABLE contact.design (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    name        text NOT NULL,
    definition  text NOT NULL,
    digest      bytea NOT NULL,
    saved_by    text NOT NULL,
    saved_at    timestamptz NOT NULL,
    -- Somebody committed to it: from here on it stays as it is.
    used_at     timestamptz,
    UNIQUE (campaign_id, name)
);
GRANT SELECT, INSERT, UPDATE ON contact.design TO sipas_contact;

CREATE FUNCTION contact.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is final', TG_ARGV[0], TG_TABLE_NAME;
END $$;

CREATE TRIGGER design_used BEFORE UPDATE OR DELETE ON contact.design
    FOR EACH ROW WHEN (OLD.used_at IS NOT NULL) EXECUTE FUNCTION contact.refuse_change('a used row');

-- What stands already was asked for by one person.
ALTER TABLE contact.draw
    ADD COLUMN design_id uuid REFERENCES contact.design,
    ADD COLUMN seed_source text NOT NULL DEFAULT '',
    ADD COLUMN committed_by text,
    ADD COLUMN committed_at timestamptz,
    ADD COLUMN seeded_by text,
    ADD COLUMN seeded_at timestamptz,
    ADD COLUMN withdrawn_by text,
    ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE contact.draw RENAME COLUMN requested_by TO confirmed_by;
ALTER TABLE contact.draw RENAME COLUMN requested_at TO confirmed_at;
UPDATE contact.draw SET committed_by = confirmed_by, committed_at = confirmed_at, seeded_by = 'system:before commitments', seeded_at = confirmed_at;
ALTER TABLE contact.draw
    ALTER COLUMN committed_by SET NOT NULL,
    ALTER COLUMN committed_at SET NOT NULL,
    ALTER COLUMN seed_source DROP DEFAULT,
    ALTER COLUMN confirmed_by DROP NOT NULL,
    ALTER COLUMN confirmed_at DROP NOT NULL,
    DROP CONSTRAINT draw_state_check,
    DROP CONSTRAINT draw_check,
    DROP CONSTRAINT draw_frame_id_design_digest_seed_key;
UPDATE contact.draw SET state = 'confirmed' WHERE state = 'requested';
ALTER TABLE contact.draw
    ADD CONSTRAINT draw_state_check CHECK (state IN ('committed', 'seeded', 'confirmed', 'drawn', 'withdrawn')),
    -- The seed is the empty text until it is known.
    ADD CONSTRAINT draw_seeded_check CHECK ((seed <> '') = (seeded_by IS NOT NULL) AND (seeded_by IS NULL) = (seeded_at IS NULL)),
    ADD CONSTRAINT draw_confirmed_check CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL) AND (confirmed_by IS NULL) = (state IN ('committed', 'seeded', 'withdrawn'))),
    ADD CONSTRAINT draw_two_people_check CHECK (confirmed_by <> seeded_by),
    ADD CONSTRAINT draw_drawn_check CHECK ((state = 'drawn') = (list_digest IS NOT NULL AND drawn_at IS NOT NULL)),
    ADD CONSTRAINT draw_withdrawn_check CHECK ((state = 'withdrawn') = (withdrawn_by IS NOT NULL AND withdrawn_at IS NOT NULL));
-- No re-rolling: one commitment that waits, and one draw, per frame, design and seed.
CREATE UNIQUE INDEX draw_once ON contact.draw (frame_id, design_digest, seed) WHERE state <> 'withdrawn';

CREATE TRIGGER draw_kept BEFORE DELETE ON contact.draw
    FOR EACH ROW EXECUTE FUNCTION contact.refuse_change('every row');
CREATE TRIGGER draw_final BEFORE UPDATE ON contact.draw
    FOR EACH ROW WHEN (OLD.state IN ('drawn', 'withdrawn')) EXECUTE FUNCTION contact.refuse_change('a drawn or withdrawn row');
CREATE TRIGGER draw_committed BEFORE UPDATE ON contact.draw
    FOR EACH ROW WHEN ((OLD.campaign_id, OLD.frame_id, OLD.design, OLD.design_digest, OLD.frame_digest, OLD.seed_source, OLD.algorithm, OLD.committed_by, OLD.committed_at)
        IS DISTINCT FROM (NEW.campaign_id, NEW.frame_id, NEW.design, NEW.design_digest, NEW.frame_digest, NEW.seed_source, NEW.algorithm, NEW.committed_by, NEW.committed_at))
    EXECUTE FUNCTION contact.refuse_change('what was committed to');
CREATE TRIGGER draw_confirmed BEFORE UPDATE ON contact.draw
    FOR EACH ROW WHEN (OLD.state = 'confirmed' AND (NEW.state <> 'drawn' OR NEW.seed <> OLD.seed)) EXECUTE FUNCTION contact.refuse_change('a confirmed seed');

ALTER TABLE contact.drawn_unit
    DROP CONSTRAINT drawn_unit_stage_check,
    ADD CONSTRAINT drawn_unit_stage_check CHECK (stage IN ('commune', 'village', 'household', 'person'));
CREATE TRIGGER drawn_unit_final BEFORE UPDATE OR DELETE OR TRUNCATE ON contact.drawn_unit
    FOR EACH STATEMENT EXECUTE FUNCTION contact.refuse_change('every row');
-- Rows come while their draw is confirmed, in the transaction that ends it; none comes later.
CREATE FUNCTION contact.refuse_units_of_drawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT DISTINCT draw_id FROM added EXCEPT SELECT id FROM contact.draw WHERE state = 'confirmed') THEN
        RAISE EXCEPTION 'the list is final';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER drawn_unit_added AFTER INSERT ON contact.drawn_unit
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION contact.refuse_units_of_drawn();
