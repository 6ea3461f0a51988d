//! Who may see what: every address, every role, one's own place and another; then once more with the application's own checks taken
//! away, so that the database alone stands guard.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::fs;
use std::path::Path;

use e2e::{House, Visitor};
use server::staff::Role;

const OWN: &str = "01";
const OTHER: &str = "04";

/// Every address the program answers, as written in its routes: method and pattern.
fn routes() -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src")];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for part in text.split(".route(\"").skip(1) {
                let (pattern, rest) = part.split_once('"').unwrap();
                let method = if rest.starts_with(", get()") { "GET" } else { "POST" };
                found.push((method, pattern.to_owned()));
            }
        }
    }
    found.sort();
    found.dedup();
    assert!(found.len() > 60, "the routes were found: {}", found.len());
    found
}

/// A survey under way in all provinces, with cases, visits and requests in the other one.
struct Ground {
    house: House,
    slug: String,
    /// A case, an act and a request of the other province: what an address with an id is tried with.
    foreign_case: String,
    foreign_commune: String,
    draw: String,
    /// Codes of the other province's sampled persons, and the ends of their addresses.
    marks: Vec<String>,
}

impl Ground {
    async fn new() -> Self {
        let house = House::start().await;
        let (campaign, draw) = house.issued("thu").await;
        house.open_fieldwork(&campaign).await;
        assert!(house.count("contact.field_case").await > 500);
        let one = async |query: &str| house.rows(query).await.first().unwrap().clone();
        let of = format!("FROM contact.field_case WHERE province_code = '{OTHER}' ORDER BY position LIMIT 1");
        let foreign_case = one(&format!("SELECT invitation_id::text AS line {of}")).await;
        let foreign_commune = one(&format!("SELECT commune_code AS line {of}")).await;
        let mut marks =
            house.rows(&format!("SELECT code AS line FROM contact.frame_unit WHERE province_code = '{OTHER}'")).await;
        assert!(marks.len() > 50);
        marks.push(", Cao Bằng".to_owned());
        Self { house, slug: campaign.slug, foreign_case, foreign_commune, draw: draw.to_string(), marks }
    }

    /// The address with everything in braces filled by what belongs to the other province.
    fn address(&self, pattern: &str) -> String {
        let campaign_part = pattern.contains("{slug}");
        let id = if pattern.contains("/mau/") { &self.draw } else { &self.foreign_case };
        let mut address = pattern
            .replace("{slug}", &self.slug)
            .replace("{province}", OTHER)
            .replace("{commune}", &self.foreign_commune)
            .replace("{case}", &self.foreign_case)
            .replace("{draw}", &self.draw)
            .replace("{id}", id)
            .replace("{act}", &self.foreign_case);
        while let Some((before, rest)) = address.clone().split_once('{') {
            let (_, after) = rest.split_once('}').unwrap();
            address = format!("{before}x{after}");
        }
        if campaign_part {
            format!("{address}?tinh={OTHER}&xa={}&noi={OTHER}&loc=_province%3A{OTHER}&hang=a1", self.foreign_commune)
        } else {
            address
        }
    }

    /// Everything of the other province's rows that a write could change.
    async fn other_province(&self) -> Vec<String> {
        let tables = self
            .house
            .rows("SELECT format('%I', table_name) AS line FROM information_schema.columns WHERE table_schema = 'contact' AND column_name = 'province_code' ORDER BY 1")
            .await;
        assert!(tables.len() >= 8, "{tables:?}");
        let mut told = Vec::new();
        for table in tables {
            let query = format!(
                "SELECT '{table} ' || count(*) || ' ' || coalesce(md5(string_agg(row::text, '|' ORDER BY row::text)), '') AS line FROM contact.{table} row WHERE province_code = '{OTHER}'"
            );
            told.extend(self.house.rows(&query).await);
        }
        told
    }

    /// Tries every address as somebody of the own province; says which showed or changed what is not theirs.
    async fn foreign_rows(&self, visitor: &mut Visitor, who: &str) -> Vec<String> {
        let before = self.other_province().await;
        let mut leaks = Vec::new();
        for (method, pattern) in routes() {
            let address = self.address(&pattern);
            let answer = if method == "GET" {
                visitor.get(&address).await
            } else if pattern == "/dang-xuat" || pattern == "/dang-nhap" {
                continue;
            } else {
                let fields = [
                    ("xa", self.foreign_commune.as_str()),
                    ("tinh", OTHER),
                    ("nguoi", "nobody"),
                    ("viec", "open"),
                    ("ly-do", "không có lý do nào"),
                    ("duyet", "1"),
                    ("ket-qua", "refused"),
                    ("bang", "hang=a1&loc=_province%3A04"),
                ];
                visitor.post(&address, &fields).await
            };
            assert_ne!(answer.status, 500, "{who} {method} {address}: {}", answer.text);
            let shown = self.marks.iter().find(|mark| answer.text.contains(mark.as_str()));
            if let Some(mark) = shown {
                leaks.push(format!("{who} {method} {address} ({}) shows {mark}", answer.status));
            }
        }
        let after = self.other_province().await;
        if before != after {
            leaks.push(format!("{who} changed rows of another province: {before:?} → {after:?}"));
        }
        leaks
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_role_sees_or_changes_another_places_rows_and_the_database_alone_holds_that_too() {
    let ground = Ground::new().await;
    let mut visitors = Vec::new();
    for role in Role::ALL {
        visitors.push((role, ground.house.sign_in(role, OWN).await));
    }
    for (role, visitor) in &mut visitors {
        let leaks = ground.foreign_rows(visitor, &format!("{role} of {OWN}")).await;
        assert!(leaks.is_empty(), "{leaks:#?}");
    }
    let mut stranger = ground.house.visitor();
    let leaks = ground.foreign_rows(&mut stranger, "somebody not signed in").await;
    assert!(leaks.is_empty(), "{leaks:#?}");

    // From here on every page believes that everybody may see the whole country.
    ground.house.app.take_first_wall_down();
    for (role, visitor) in &mut visitors {
        let leaks = ground.foreign_rows(visitor, &format!("{role} of {OWN}, first wall down")).await;
        assert!(leaks.is_empty(), "{leaks:#?}");
    }
}

/// The test above can fail: who may see the country does see the other province.
#[tokio::test(flavor = "multi_thread")]
async fn the_country_is_seen_by_who_may_see_it() {
    let ground = Ground::new().await;
    let mut national = ground.house.sign_in(Role::Coordinator, "VN").await;
    let address = format!("/qt/dot/{}/ho-so/{}", ground.slug, ground.foreign_case);
    national.get(&address).await.is(200).shows(", Cao Bằng");
    let list = national.get(&format!("/qt/dot/{}/ho-so?tinh={OTHER}", ground.slug)).await;
    assert!(list.is(200).text.contains(", Cao Bằng"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interviewer_sees_nobody_but_those_given_to_them() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let mut interviewer = house.sign_in(Role::Interviewer, OWN).await;
    interviewer.get("/dtv").await.is(200).shows("Hết việc hôm nay");
    house
        .execute(&format!(
            "UPDATE contact.field_case SET interviewer_id = (SELECT id FROM office.staff WHERE role = 'interviewer')
             WHERE position = (SELECT min(position) FROM contact.field_case WHERE province_code = '{OWN}')"
        ))
        .await;
    let persons = |given: &str| {
        format!(
            "SELECT person_code AS line FROM contact.field_case WHERE province_code = '{OWN}' AND interviewer_id IS {given} NULL"
        )
    };
    let own =
        house.rows("SELECT invitation_id::text AS line FROM contact.field_case WHERE interviewer_id IS NOT NULL").await;
    assert_eq!((own.len(), house.rows(&persons("NOT")).await.len()), (1, 1));
    interviewer.get("/dtv").await.is(200).shows(&own[0]);
    interviewer.get(&format!("/dtv/ho-so/{}", own[0])).await.is(200).shows("Ghi kết quả lần đến");
    // A colleague's case of the same province, asked for by its address.
    let another = house
        .rows("SELECT invitation_id::text AS line FROM contact.field_case WHERE interviewer_id IS NULL LIMIT 1")
        .await;
    interviewer.get(&format!("/dtv/ho-so/{}", another[0])).await.is(404);
    house.app.take_first_wall_down();
    interviewer.get(&format!("/dtv/ho-so/{}", another[0])).await.is(404);
    interviewer.get(&format!("/qt/dot/{}/ho-so", ground.slug)).await.is(403);
}
