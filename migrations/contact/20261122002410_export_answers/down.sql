-- Files can be made anew at any time.
DELETE FROM office.export_file WHERE contents <> 'tables';
ALTER TABLE office.export_file DROP COLUMN contents;
