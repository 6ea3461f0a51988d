DROP TABLE contact.check_back_figure;
DROP TABLE contact.check_back_fact;
DROP TABLE contact.check_back_try;
DROP TABLE contact.check_back;
DROP TABLE contact.check_back_draw;
