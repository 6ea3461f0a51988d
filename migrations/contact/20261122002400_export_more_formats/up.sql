-- Files for Vietnamese Excel and for programs that read columns.
ALTER TABLE office.export_file
    DROP CONSTRAINT export_file_format_check,
    ADD CONSTRAINT export_file_format_check CHECK (format IN ('xlsx', 'csv', 'csv-excel', 'parquet'));
