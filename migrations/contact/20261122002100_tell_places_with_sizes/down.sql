DROP INDEX contact.frame_within;
DROP INDEX contact.frame_whole;
ALTER TABLE contact.frame ADD CONSTRAINT frame_campaign_id_key UNIQUE (campaign_id), DROP COLUMN within_draw, DROP COLUMN level;
ALTER TABLE contact.frame_unit DROP COLUMN size;
ALTER TRIGGER frame_unit_removed ON contact.frame_unit RENAME TO frame_person_removed;
ALTER TRIGGER frame_unit_added ON contact.frame_unit RENAME TO frame_person_added;
ALTER INDEX contact.frame_unit_pkey RENAME TO frame_person_pkey;
ALTER TABLE contact.frame_unit RENAME TO frame_person;
