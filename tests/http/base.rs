//! What every request meets: health, errors, headers, language.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use e2e::{Cluster, House};
use reqwest::Method;
use server::base::migrations;

#[tokio::test(flavor = "multi_thread")]
async fn the_server_says_that_it_is_alive_and_ready() {
    let house = House::start().await;
    let mut visitor = house.visitor();
    visitor.get("/health/live").await.is(200).shows("alive");
    visitor.get("/health/ready").await.is(200).shows("ready");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_page_is_told_in_the_visitors_language_and_to_machines_as_a_problem_document() {
    let house = House::start().await;
    let mut visitor = house.visitor();
    visitor.get("/khong-co").await.is(404).shows("Không tìm thấy trang");
    visitor.get("/ngon-ngu/en?ve=%2Fkhong-co").await.is(404).shows("Page not found");
    let client = reqwest::Client::new();
    let document = client.get(house.address("/khong-co")).header("accept", "application/json").send().await.unwrap();
    assert_eq!(document.headers()["content-type"], "application/problem+json");
    let document: serde_json::Value = serde_json::from_slice(&document.bytes().await.unwrap()).unwrap();
    assert_eq!((&document["code"], &document["status"]), (&"page-missing".into(), &404.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_security_headers_and_errors_too() {
    let house = House::start().await;
    for path in ["/dang-nhap", "/khong-co", "/health/live"] {
        let answer = house.visitor().get(path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["referrer-policy"], "strict-origin", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_over_64_kib_is_refused_with_a_sentence() {
    let house = House::start().await;
    let long = "x".repeat(65 * 1024);
    let answer = house.visitor().post("/dang-nhap", &[("login", &long)]).await;
    answer.is(413).shows("Xin rút ngắn rồi gửi lại");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_form_is_refused() {
    let house = House::start().await;
    let answer = house
        .visitor()
        .request(Method::POST, "/dang-nhap", |request| {
            request.header("origin", "https://evil.example").form(&[("login", "a")])
        })
        .await;
    answer.is(403).shows("không phải do hệ thống gửi ra");
}

/// The whole schema as text: tables, columns, indexes, constraints, grants.
async fn schema(url: &str) -> Vec<String> {
    use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl};
    #[derive(diesel::QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    const ALL: &str = "
        SELECT format('%s.%s.%s %s %s', table_schema, table_name, column_name, data_type, is_nullable) AS line
          FROM information_schema.columns WHERE table_schema IN ('office', 'contact', 'answers') AND table_name NOT LIKE '\\_\\_%'
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname IN ('office', 'contact', 'answers') AND tablename NOT LIKE '\\_\\_%'
        UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
          WHERE connamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('office', 'contact', 'answers')) AND conrelid::regclass::text NOT LIKE '%\\_\\_%'
        UNION ALL SELECT format('%s %s.%s %s', grantee, table_schema, table_name, privilege_type) FROM information_schema.table_privileges
          WHERE grantee LIKE 'sipas\\_%'
        ORDER BY 1";
    let mut connection = AsyncPgConnection::establish(url).await.unwrap();
    diesel::sql_query(ALL).load::<Line>(&mut connection).await.unwrap().into_iter().map(|row| row.line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_up_down_up_leave_the_same_schema() {
    let cluster = Cluster::shared();
    let name = cluster.empty_database().await;
    let url = cluster.url(&name);
    migrations::up(&url, &url).await.unwrap();
    let first = schema(&url).await;
    assert!(first.len() > 100, "the schema is there");
    migrations::down(&url, &url).await.unwrap();
    assert_eq!(schema(&url).await, Vec::<String>::new(), "down takes everything away");
    migrations::up(&url, &url).await.unwrap();
    assert_eq!(schema(&url).await, first);
    cluster.drop_database(&name).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roles_of_the_two_sides_never_meet() {
    let house = House::start().await;
    let lines = house
        .rows("SELECT format('%s on %s', grantee, table_schema) AS line FROM information_schema.table_privileges WHERE grantee LIKE 'sipas\\_%' GROUP BY 1 ORDER BY 1")
        .await;
    assert_eq!(lines, ["sipas_answers on answers", "sipas_contact on contact", "sipas_contact on office"]);
    let crossing = house
        .rows(
            "SELECT conname::text AS line FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid
             WHERE (a.relnamespace = 'answers'::regnamespace) <> (b.relnamespace = 'answers'::regnamespace)",
        )
        .await;
    assert!(crossing.is_empty(), "{crossing:?}");
    let timed = house
        .rows(
            "SELECT table_name || '.' || column_name AS line FROM information_schema.columns WHERE table_schema = 'answers' AND table_name NOT LIKE '\\_\\_%'
             AND (data_type LIKE 'time%' OR data_type = 'date' OR column_default LIKE 'nextval%' OR is_identity = 'YES')",
        )
        .await;
    assert!(timed.is_empty(), "the answers side keeps no time and no serial number: {timed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_trail_cannot_be_changed_by_those_who_serve_requests() {
    let house = House::start().await;
    let rights = house
        .rows("SELECT privilege_type::text AS line FROM information_schema.table_privileges WHERE grantee = 'sipas_contact' AND table_name = 'audit_entry' ORDER BY 1")
        .await;
    assert_eq!(rights, ["INSERT", "SELECT"]);
}
