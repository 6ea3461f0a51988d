DROP TABLE office.form_release;
