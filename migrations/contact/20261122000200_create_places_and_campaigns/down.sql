DROP TABLE office.campaign, office.form_version, office.place_predecessor, office.place;
