DROP TABLE contact.frame_import;
