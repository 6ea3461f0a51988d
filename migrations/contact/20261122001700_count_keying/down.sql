DROP TABLE office.keying_tally;
