ALTER TABLE answers.inbox RESET (toast_tuple_target);
ALTER TABLE answers.inbox ALTER COLUMN sealed SET STORAGE MAIN;
ALTER TABLE answers.draft RESET (toast_tuple_target);
ALTER TABLE answers.draft ALTER COLUMN sealed SET STORAGE EXTENDED;
