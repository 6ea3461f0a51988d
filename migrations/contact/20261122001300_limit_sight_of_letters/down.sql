DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['letter_file', 'message', 'opt_out'] LOOP
        EXECUTE format('DROP POLICY no_interviewers ON contact.%I', name);
        EXECUTE format('DROP POLICY own_place ON contact.%I', name);
        EXECUTE format('ALTER TABLE contact.%I DISABLE ROW LEVEL SECURITY', name);
    END LOOP;
END $$;
