ALTER TABLE office.staff DROP CONSTRAINT staff_role_check;
ALTER TABLE office.staff ADD CONSTRAINT staff_role_check
    CHECK (role IN ('administrator', 'coordinator', 'supervisor', 'interviewer', 'reviewer', 'analyst'));

-- The second wall. Before a request reads, the server says whose eyes it reads with: a province's code, VN for the whole country;
-- whoever says nothing sees no row. What the application forgets to filter, the database does not show.
CREATE FUNCTION office.place_seen() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('sipas.place', true), '') $$;

-- In brackets with SELECT it is asked once per statement, not once per row.
ALTER TABLE contact.frame_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_place ON contact.frame_person USING ((SELECT office.place_seen()) IN ('VN', province_code));
ALTER TABLE contact.invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_place ON contact.invitation USING ((SELECT office.place_seen()) IN ('VN', province_code));
ALTER TABLE contact.drawn_unit ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_place ON contact.drawn_unit USING ((SELECT office.place_seen()) IN ('VN', split_part(path, '/', 1)));

GRANT EXECUTE ON FUNCTION office.place_seen() TO sipas_contact;
