DROP INDEX contact.invitation_person;
DROP TABLE contact.opt_out;
DROP TABLE contact.message;
DROP TABLE contact.message_rule;
DROP TABLE contact.letter_file;
DROP TABLE contact.letter_text;
