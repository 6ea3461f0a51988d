DROP TABLE office.campaign_draft;
ALTER TABLE office.campaign
    DROP CONSTRAINT opened_by_another,
    DROP COLUMN opened_at,
    DROP COLUMN opened_by,
    DROP COLUMN opening_proposed_at,
    DROP COLUMN opening_proposed_by;
