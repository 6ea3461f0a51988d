DROP TABLE office.webhook_delivery, office.webhook;
