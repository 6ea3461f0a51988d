-- How a person can be reached beside a letter; empty where the list says nothing.
ALTER TABLE contact.frame_person ADD COLUMN phone text NOT NULL DEFAULT '';
ALTER TABLE contact.frame_person ADD COLUMN email text NOT NULL DEFAULT '';
