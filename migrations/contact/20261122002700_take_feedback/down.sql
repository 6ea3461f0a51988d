DROP TABLE office.feedback;
