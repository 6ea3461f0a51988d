DROP TABLE office.job, office.audit_entry, office.sign_in_attempt, office.staff_session, office.staff;
