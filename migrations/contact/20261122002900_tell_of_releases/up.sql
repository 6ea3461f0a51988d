-- Addresses of other systems that are told of each release. What notices are signed with is derived from the id: it stands nowhere.
CREATE TABLE office.webhook (
    -- Made with the form: the same form sent again is no second address.
    id         uuid PRIMARY KEY,
    address    text NOT NULL CHECK (length(address) BETWEEN 1 AND 500),
    made_by    text NOT NULL,
    made_at    timestamptz NOT NULL,
    revoked_by text,
    revoked_at timestamptz,
    CONSTRAINT webhook_revoked_whole CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
CREATE UNIQUE INDEX webhook_once ON office.webhook (address) WHERE revoked_at IS NULL;

-- One release told to one address, until it is taken or a day is over.
CREATE TABLE office.webhook_delivery (
    -- Sent along: whoever gets it twice knows it.
    id           uuid PRIMARY KEY,
    webhook_id   uuid NOT NULL REFERENCES office.webhook,
    edition_id   uuid NOT NULL REFERENCES office.edition,
    made_at      timestamptz NOT NULL,
    tries        integer NOT NULL CHECK (tries >= 0),
    -- Of HTTP, as the last try was answered; none without an answer.
    status       integer,
    -- When it is sent, or sent again; none once nothing more is sent.
    next_at      timestamptz,
    delivered_at timestamptz,
    CONSTRAINT webhook_delivery_once UNIQUE (webhook_id, edition_id),
    CONSTRAINT webhook_delivery_ends CHECK (delivered_at IS NULL OR next_at IS NULL)
);
GRANT SELECT, INSERT ON office.webhook, office.webhook_delivery TO sipas_contact;
GRANT UPDATE (revoked_by, revoked_at) ON office.webhook TO sipas_contact;
GRANT UPDATE (tries, status, next_at, delivered_at) ON office.webhook_delivery TO sipas_contact;
