DROP TABLE office.api_token;
