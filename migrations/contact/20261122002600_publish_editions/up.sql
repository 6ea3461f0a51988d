-- What is published of a survey: immutable, numbered, approved by one person and released by another (docs/adr/0031).
CREATE TABLE office.edition (
    id            uuid PRIMARY KEY,
    campaign_id   uuid     NOT NULL REFERENCES office.campaign,
    number        integer  NOT NULL CHECK (number > 0),
    run_id        uuid     NOT NULL REFERENCES office.method_run,
    -- The document that everything public is made of: JSON, and its SHA-256.
    content       bytea    NOT NULL,
    digest        bytea    NOT NULL CHECK (length(digest) = 32),
    -- What was looked at before anybody could approve, with figures.
    checks        jsonb    NOT NULL,
    -- Whether each of them that must hold holds.
    sound         boolean  NOT NULL,
    -- Why there is another edition; empty for the first.
    note_vi       text     NOT NULL,
    note_en       text     NOT NULL,
    frozen_by     text     NOT NULL,
    frozen_at     timestamptz NOT NULL,
    approved_by   text,
    approved_at   timestamptz,
    -- Who ordered the release, when, and the moment it happens.
    released_by   text,
    ordered_at    timestamptz,
    release_at    timestamptz,
    UNIQUE (campaign_id, number),
    CONSTRAINT only_the_first_has_no_reason CHECK (number = 1 OR (note_vi <> '' AND note_en <> '')),
    CONSTRAINT approved_whole CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CONSTRAINT only_what_is_sound_is_approved CHECK (approved_by IS NULL OR sound),
    CONSTRAINT ordered_whole CHECK ((released_by IS NULL) = (release_at IS NULL) AND (released_by IS NULL) = (ordered_at IS NULL)),
    CONSTRAINT only_what_is_approved_is_released CHECK (released_by IS NULL OR approved_by IS NOT NULL),
    CONSTRAINT released_by_another CHECK (released_by <> approved_by),
    CONSTRAINT released_after_the_order CHECK (release_at >= ordered_at)
);
GRANT SELECT, INSERT ON office.edition TO sipas_contact;
GRANT UPDATE (approved_by, approved_at, released_by, ordered_at, release_at) ON office.edition TO sipas_contact;

-- What was approved stays approved; a release can be stopped before its moment, never after. Whoever reaches the database.
CREATE FUNCTION office.keep_editions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an edition is never deleted';
    END IF;
    IF (NEW.id, NEW.campaign_id, NEW.number, NEW.run_id, NEW.content, NEW.digest, NEW.checks, NEW.sound, NEW.note_vi, NEW.note_en, NEW.frozen_by, NEW.frozen_at)
        IS DISTINCT FROM
       (OLD.id, OLD.campaign_id, OLD.number, OLD.run_id, OLD.content, OLD.digest, OLD.checks, OLD.sound, OLD.note_vi, OLD.note_en, OLD.frozen_by, OLD.frozen_at) THEN
        RAISE EXCEPTION 'an edition is never changed';
    END IF;
    IF OLD.approved_by IS NOT NULL AND (NEW.approved_by, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by, OLD.approved_at) THEN
        RAISE EXCEPTION 'an approval is never taken back';
    END IF;
    IF OLD.release_at <= now() AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'what is public stays public';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE ON office.edition
    FOR EACH ROW EXECUTE FUNCTION office.keep_editions();
