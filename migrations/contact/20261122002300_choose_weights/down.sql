DROP TABLE office.margin;
DROP TABLE office.margin_file;
DROP TABLE office.weight_recipe;
