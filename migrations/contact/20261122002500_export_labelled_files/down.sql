-- Files can be made anew at any time.
DELETE FROM office.export_file WHERE format NOT IN ('xlsx', 'csv', 'csv-excel', 'parquet');
ALTER TABLE office.export_file
    DROP CONSTRAINT export_file_format_check,
    ADD CONSTRAINT export_file_format_check CHECK (format IN ('xlsx', 'csv', 'csv-excel', 'parquet'));
