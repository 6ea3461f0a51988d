-- A frame may be a list of places with sizes; a draw from it ends with places, and the list of their people is a frame of its own.
ALTER TABLE contact.frame_person RENAME TO frame_unit;
ALTER INDEX contact.frame_person_pkey RENAME TO frame_unit_pkey;
ALTER TRIGGER frame_person_added ON contact.frame_unit RENAME TO frame_unit_added;
ALTER TRIGGER frame_person_removed ON contact.frame_unit RENAME TO frame_unit_removed;
-- Adults: a person is one, a place has many.
ALTER TABLE contact.frame_unit ADD COLUMN size bigint NOT NULL DEFAULT 1 CHECK (size > 0);

ALTER TABLE contact.frame
    ADD COLUMN level text NOT NULL DEFAULT 'person' CHECK (level IN ('commune', 'village', 'person')),
    ADD COLUMN within_draw uuid REFERENCES contact.draw CHECK (within_draw IS NULL OR level = 'person'),
    DROP CONSTRAINT frame_campaign_id_key;
ALTER TABLE contact.frame ALTER COLUMN level DROP DEFAULT;
CREATE UNIQUE INDEX frame_whole ON contact.frame (campaign_id) WHERE within_draw IS NULL;
CREATE UNIQUE INDEX frame_within ON contact.frame (within_draw) WHERE within_draw IS NOT NULL;
