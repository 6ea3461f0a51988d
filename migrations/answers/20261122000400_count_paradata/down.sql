DROP TABLE answers.paradata_count;
DROP TABLE answers.paradata_waiting;
