-- A version of a questionnaire is proposed by one person and approved by another before a campaign may use it.
CREATE TABLE office.form_release (
    version_id  uuid PRIMARY KEY REFERENCES office.form_version,
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    approved_by text,
    approved_at timestamptz,
    CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CHECK (approved_by <> proposed_by)
);
-- What campaigns use already was decided before there were approvals.
INSERT INTO office.form_release
SELECT id, 'system:before approvals', created_at, 'system:migration', created_at FROM office.form_version;

GRANT SELECT, INSERT, UPDATE ON office.form_release TO sipas_contact;
