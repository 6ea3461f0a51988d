DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT tablename AS name FROM pg_policies WHERE policyname = 'own_place' AND schemaname = 'contact' AND tablename <> 'drawn_unit' LOOP
        EXECUTE format('ALTER POLICY own_place ON contact.%I USING ((SELECT office.place_seen()) IN (''VN'', province_code))', policy.name);
    END LOOP;
    FOR policy IN SELECT tablename AS name FROM pg_policies WHERE policyname = 'no_interviewers' AND schemaname = 'contact' LOOP
        EXECUTE format('ALTER POLICY no_interviewers ON contact.%I USING ((SELECT office.interviewer_seen()) = '''')', policy.name);
    END LOOP;
END $$;
ALTER POLICY own_place ON contact.drawn_unit USING ((SELECT office.place_seen()) IN ('VN', split_part(path, '/', 1)));
ALTER POLICY own_cases ON contact.field_case USING ((SELECT office.interviewer_seen()) IN ('', interviewer_id::text));
ALTER POLICY own_visits ON contact.visit USING ((SELECT office.interviewer_seen()) IN ('', interviewer_id::text));
ALTER POLICY own_cases ON contact.invitation
    USING ((SELECT office.interviewer_seen()) = '' OR EXISTS (SELECT FROM contact.field_case WHERE field_case.invitation_id = invitation.id));
ALTER POLICY own_cases ON contact.frame_person
    USING ((SELECT office.interviewer_seen()) = '' OR EXISTS (
        SELECT FROM contact.field_case JOIN contact.draw ON draw.id = field_case.draw_id
        WHERE field_case.person_code = frame_person.code AND draw.frame_id = frame_person.frame_id));
