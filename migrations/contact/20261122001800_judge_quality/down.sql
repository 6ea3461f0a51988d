DROP TABLE contact.quality_note;
DROP TABLE contact.quality_group;
DROP TABLE office.quality_rule;
