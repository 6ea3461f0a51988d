-- The reserve commune that takes the place of a lost one. Nobody takes the same twice.
ALTER TABLE contact.commune_loss ADD COLUMN reserve_code text;
ALTER TABLE contact.commune_loss ADD CHECK (reserve_code IS NULL OR confirmed_by IS NOT NULL);
CREATE UNIQUE INDEX commune_loss_reserve ON contact.commune_loss (campaign_id, reserve_code);
