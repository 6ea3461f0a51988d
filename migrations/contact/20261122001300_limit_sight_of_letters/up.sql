-- Letters and messages are seen by place as the people they go to are, and not by interviewers.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['letter_file', 'message', 'opt_out'] LOOP
        EXECUTE format('ALTER TABLE contact.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_place ON contact.%I USING ((SELECT office.place_seen()) IN (''VN'', province_code))', name);
        EXECUTE format('CREATE POLICY no_interviewers ON contact.%I AS RESTRICTIVE USING ((SELECT office.interviewer_seen()) = '''')', name);
    END LOOP;
END $$;
