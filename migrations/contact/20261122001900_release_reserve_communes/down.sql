DROP INDEX contact.commune_loss_reserve;
ALTER TABLE contact.commune_loss DROP COLUMN reserve_code;
