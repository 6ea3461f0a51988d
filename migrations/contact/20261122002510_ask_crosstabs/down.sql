DROP TABLE office.crosstab_saved;
DROP TABLE office.crosstab_asked;
