ALTER POLICY own_cases ON contact.invitation
    USING (CASE (SELECT office.interviewer_seen()) WHEN '' THEN true ELSE EXISTS (SELECT FROM contact.field_case WHERE field_case.invitation_id = invitation.id) END);
ALTER POLICY own_cases ON contact.frame_unit
    USING (CASE (SELECT office.interviewer_seen()) WHEN '' THEN true ELSE EXISTS (
        SELECT FROM contact.field_case JOIN contact.draw ON draw.id = field_case.draw_id
        WHERE field_case.person_code = frame_unit.code AND draw.frame_id = frame_unit.frame_id) END);
