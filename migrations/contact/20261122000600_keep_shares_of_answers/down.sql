DELETE FROM office.result_cell WHERE answer <> 0;
ALTER TABLE office.result_cell DROP CONSTRAINT result_cell_pkey;
ALTER TABLE office.result_cell ADD PRIMARY KEY (run_id, rule, indicator, place_code);
ALTER TABLE office.result_cell DROP COLUMN answer;
