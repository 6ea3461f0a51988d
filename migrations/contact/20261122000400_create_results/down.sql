DROP TABLE office.export_file, office.result_cell, office.method_run;
