-- Files that carry their labels: SPSS (one language each), Stata, R.
ALTER TABLE office.export_file
    DROP CONSTRAINT export_file_format_check,
    ADD CONSTRAINT export_file_format_check
        CHECK (format IN ('xlsx', 'csv', 'csv-excel', 'parquet', 'sav-vi', 'sav-en', 'dta', 'r'));
