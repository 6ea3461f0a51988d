-- Invitations on their way: letters on paper, messages, and who wants none.

-- What a campaign's letter says in a language instead of our own words. A second person approves it.
CREATE TABLE contact.letter_text (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    language    text NOT NULL,
    title       text NOT NULL,
    body        text NOT NULL,
    written_by  text NOT NULL,
    written_at  timestamptz NOT NULL,
    approved_by text,
    approved_at timestamptz,
    CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CHECK (approved_by <> written_by)
);
CREATE INDEX letter_text_campaign ON contact.letter_text (campaign_id, language, written_at);

-- A file of letters on the disk: one province, at most 500 of them. The row outlives the file.
CREATE TABLE contact.letter_file (
    id            uuid PRIMARY KEY,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    draw_id       uuid NOT NULL REFERENCES contact.draw,
    -- One request to print.
    run           uuid NOT NULL,
    province_code text NOT NULL,
    number        integer NOT NULL,
    letters       integer NOT NULL,
    languages     text NOT NULL,
    digest        bytea NOT NULL,
    bytes         bigint NOT NULL,
    made_at       timestamptz NOT NULL,
    destroyed_at  timestamptz,
    UNIQUE (run, province_code, number)
);
CREATE INDEX letter_file_campaign ON contact.letter_file (campaign_id, province_code);

-- Who is written to, when, by which channel, with which words.
CREATE TABLE contact.message_rule (
    id          uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES office.campaign,
    channel     text NOT NULL CHECK (channel IN ('email', 'sms', 'zalo')),
    audience    text NOT NULL CHECK (audience IN ('open', 'unwritten')),
    -- 'hand': a person starts it; else that many days before the last day or after the first day of the window.
    moment      text NOT NULL CHECK (moment IN ('hand', 'before_close', 'after_opening')),
    days        integer NOT NULL CHECK (days BETWEEN 0 AND 365),
    subject     text NOT NULL,
    body        text NOT NULL,
    written_by  text NOT NULL,
    written_at  timestamptz NOT NULL,
    started_by  text,
    started_at  timestamptz,
    withdrawn_at timestamptz,
    CHECK ((started_by IS NULL) = (started_at IS NULL))
);
CREATE INDEX message_rule_campaign ON contact.message_rule (campaign_id, written_at);

-- One message to one person under one rule. The row is written before the message leaves, its outcome after: what stays 'sending' was
-- interrupted, nobody knows whether it left, and it is not repeated.
CREATE TABLE contact.message (
    id            uuid PRIMARY KEY,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    rule_id       uuid NOT NULL REFERENCES contact.message_rule,
    invitation_id uuid NOT NULL REFERENCES contact.invitation,
    province_code text NOT NULL,
    channel       text NOT NULL,
    state         text NOT NULL CHECK (state IN ('sending', 'waiting', 'sent', 'delivered', 'bounced', 'refused', 'unknown')),
    reason        text NOT NULL DEFAULT '',
    UNIQUE (rule_id, invitation_id)
);
CREATE INDEX message_campaign ON contact.message (campaign_id, province_code, channel, state);
CREATE INDEX message_invitation ON contact.message (invitation_id);

-- Who wants no messages. The token in the link is not the code, and only its keyed digest stands here.
CREATE TABLE contact.opt_out (
    invitation_id uuid PRIMARY KEY REFERENCES contact.invitation,
    campaign_id   uuid NOT NULL REFERENCES office.campaign,
    province_code text NOT NULL,
    token_digest  bytea NOT NULL UNIQUE,
    opted_out_at  timestamptz,
    -- 'link', 'gateway' or 'office'.
    opted_out_by  text,
    CHECK ((opted_out_at IS NULL) = (opted_out_by IS NULL))
);
CREATE INDEX opt_out_campaign ON contact.opt_out (campaign_id, province_code);

GRANT SELECT, INSERT, UPDATE ON contact.letter_text, contact.letter_file, contact.message_rule, contact.message, contact.opt_out TO sipas_contact;
-- The code of an invitation may be made anew.
CREATE INDEX invitation_person ON contact.invitation (campaign_id, person_code);
