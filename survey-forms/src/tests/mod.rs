mod sipas_2026;
