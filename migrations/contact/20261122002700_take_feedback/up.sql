-- What people say of the results, the pages or the survey; answered in public, without who asked.
CREATE TABLE office.feedback (
    id          uuid PRIMARY KEY,
    -- Given to whoever wrote: by it they find the answer.
    receipt     text NOT NULL UNIQUE,
    topic       text NOT NULL CHECK (topic IN ('results', 'survey', 'page', 'other')),
    words       text NOT NULL CHECK (length(words) <= 4000),
    -- How to reach them, if they want; forgotten with the answer.
    contact     text NOT NULL CHECK (length(contact) <= 200),
    language    text NOT NULL,
    -- The day, not the hour.
    received_on date NOT NULL,
    answer      text NOT NULL DEFAULT '' CHECK (length(answer) <= 4000),
    -- Whether question and answer stand on the public page.
    published   boolean NOT NULL DEFAULT false,
    answered_by text,
    answered_at timestamptz,
    CONSTRAINT only_answers_are_published CHECK (NOT published OR answer <> ''),
    CONSTRAINT answered_whole CHECK ((answered_by IS NULL) = (answered_at IS NULL)),
    CONSTRAINT contact_goes_with_the_answer CHECK (answered_by IS NULL OR contact = '')
);
CREATE INDEX feedback_open ON office.feedback (received_on) WHERE answered_by IS NULL;
CREATE INDEX feedback_public ON office.feedback (answered_at DESC) WHERE published;
GRANT SELECT, INSERT ON office.feedback TO sipas_contact;
GRANT UPDATE (contact, answer, published, answered_by, answered_at) ON office.feedback TO sipas_contact;
