DROP POLICY no_interviewers ON contact.drawn_unit;
DROP POLICY own_cases ON contact.invitation;
DROP POLICY own_cases ON contact.frame_person;
DROP TABLE contact.assignment_act, contact.day_count, contact.commune_loss, contact.replacement, contact.visit, contact.field_case;
DROP FUNCTION office.interviewer_seen();
