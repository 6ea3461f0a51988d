-- How the answers to a question are spread: one cell per choice. 0: the figure is of an indicator.
ALTER TABLE office.result_cell ADD COLUMN answer smallint NOT NULL DEFAULT 0;
ALTER TABLE office.result_cell DROP CONSTRAINT result_cell_pkey;
ALTER TABLE office.result_cell ADD PRIMARY KEY (run_id, rule, indicator, answer, place_code);
