DROP TABLE office.edition;
DROP FUNCTION office.keep_editions();
