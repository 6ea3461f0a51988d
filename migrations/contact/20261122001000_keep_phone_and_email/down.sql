ALTER TABLE contact.frame_person DROP COLUMN email;
ALTER TABLE contact.frame_person DROP COLUMN phone;
