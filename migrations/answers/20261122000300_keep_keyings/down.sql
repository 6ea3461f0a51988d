DROP TABLE answers.keying;
