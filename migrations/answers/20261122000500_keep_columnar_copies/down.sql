DROP TABLE answers.response_copy;
