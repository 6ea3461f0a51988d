DROP TABLE office.report_file;
