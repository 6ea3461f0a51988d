-- Files of single answers beside those of figures.
ALTER TABLE office.export_file
    ADD COLUMN contents text NOT NULL DEFAULT 'tables' CHECK (contents IN ('tables', 'safe', 'full'));
