//! Tables that analysts make themselves.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::collections::BTreeMap;

use e2e::{House, Visitor};
use server::campaigns::Campaign;
use server::staff::Role;

use crate::results::{campaign, computed};

const TABLE: &str = "/pt/ket-qua/sipas-2026/bang-cheo";

/// Twelve people in each of ten communes of a province. About half are very satisfied, a third satisfied, the others in between, with every item; women have even
/// numbers. Four of Hà Nội have the highest education (a3), five of Đà Nẵng another occupation (a4), and a2 says what a5 says but for three people.
pub(crate) async fn answers(house: &House, campaign: &Campaign, provinces: &[&str]) {
    for province in provinces {
        for commune in 0..10 {
            let (id, psu, weight) = (campaign.id, format!("psu-{province}-{commune}"), 1 + commune % 3);
            house
                .execute(&format!(
                    "INSERT INTO answers.sampling_unit VALUES ('{id}', '{psu}', '{province}-urban', '{province}', 'urban', {weight}, 12);
                     INSERT INTO answers.response
                     SELECT gen_random_uuid(), '{id}', '{psu}', CASE WHEN person < 4 THEN 'paper' ELSE 'web' END,
                         (SELECT jsonb_object_agg('q9_' || lpad(item::text, 2, '0'), CASE abs(hashtext('{psu}' || person)) % 6 WHEN 0 THEN 3 WHEN 1 THEN 4 WHEN 2 THEN 4 ELSE 5 END)
                          FROM generate_series(1, 39) item) || jsonb_build_object(
                         'a1', 1 + person % 2,
                         'a2', CASE WHEN person <= 6 AND NOT (person = 6 AND '{province}' = '01' AND {commune} < 3) THEN 1 ELSE 2 END,
                         'a3', CASE WHEN person = 12 AND '{province}' = '01' AND {commune} < 4 THEN 5 ELSE 1 + person % 3 END,
                         'a4', CASE WHEN person = 1 AND '{province}' = '48' AND {commune} < 5 THEN 2 ELSE 1 END,
                         'a5', CASE WHEN person <= 6 THEN 1 ELSE 2 END)
                     FROM generate_series(1, 12) person"
                ))
                .await;
        }
    }
}

async fn ground(provinces: &[&str]) -> (House, Campaign) {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, provinces).await;
    computed(&house, &campaign).await;
    (house, campaign)
}

/// Percent, interval, n and flags by row and column.
type Figures = BTreeMap<(String, String), [String; 5]>;

async fn figures(visitor: &mut Visitor, query: &str) -> Figures {
    let file = visitor.get(&format!("{TABLE}/tep?{query}")).await;
    file.is(200);
    let field = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let of = |line: &str| {
        let fields = field(line);
        let figures = fields.last_chunk::<5>().unwrap().clone();
        let [row, column, ..] = fields.as_slice() else { panic!("{line}") };
        ((row.clone(), column.clone()), figures)
    };
    file.text.lines().skip(1).map(of).collect()
}

fn near(text: &str, share: &str) -> bool {
    (text.parse::<f64>().unwrap() - 100.0 * share.parse::<f64>().unwrap()).abs() < 1e-4
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_has_the_figures_of_the_run() {
    let (house, _) = ground(&["01", "48"]).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let page = analyst.get(TABLE).await;
    page.is(200).shows("Hàng").shows("Chưa có bảng nào").shows("Thành thị, nông thôn");
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200).shows(TABLE);

    let of_run = |condition: &str| {
        let query = format!(
            "SELECT concat_ws(' ', answer, place_code, estimate, ci_low, ci_high) AS line FROM office.result_cell WHERE indicator = 'q9_31' AND {condition}"
        );
        let house = &house;
        async move { house.rows(&query).await }
    };
    let shares = figures(&mut analyst, "hang=q9_31&cot=_province").await;
    let run = of_run("answer > 2").await;
    assert_eq!(run.len(), 9, "three answers, the country and two provinces");
    let satisfied = figures(&mut analyst, "hang=q9_31&cot=_province&do=T").await;
    let satisfied_of_run = of_run("rule = 'T'").await;
    assert_eq!(satisfied_of_run.len(), 3);
    let of_shares = run.iter().map(|line| (line, &shares));
    for (line, table) in of_shares.chain(satisfied_of_run.iter().map(|line| (line, &satisfied))) {
        let told: Vec<&str> = line.split(' ').collect();
        let row = if told[0] == "0" { String::new() } else { told[0].to_owned() };
        let column = if told[1] == "VN" { String::new() } else { told[1].to_owned() };
        let [percent, low, high, _, flags] = &table[&(row, column)];
        assert!(near(percent, told[2]) && near(low, told[3]) && near(high, told[4]), "{line}: {percent} {low} {high}");
        assert_eq!(flags, "p", "provisional, nothing else");
    }
    let page = analyst.get(&format!("{TABLE}?hang=q9_31&cot=_province")).await;
    page.is(200).shows("theo Tỉnh, thành phố").shows("Đà Nẵng").shows("Mỗi cột cộng lại thành 100 %");
    assert!(!page.text.contains("psu-"), "no commune of the sample is named");

    // The whole is the same with and without columns; without weights everybody counts the same.
    let alone = figures(&mut analyst, "hang=q9_31").await;
    assert_eq!(alone[&("5".to_owned(), String::new())], shares[&("5".to_owned(), String::new())]);
    let plain = figures(&mut analyst, "hang=q9_31&trong-so=khong").await;
    assert_ne!(plain[&("4".to_owned(), String::new())][0], alone[&("4".to_owned(), String::new())][0]);
    // One part of the people is its column.
    let part = figures(&mut analyst, "hang=q9_31&loc=_province%3A48").await;
    assert_eq!(part[&("4".to_owned(), String::new())], shares[&("4".to_owned(), "48".to_owned())]);
    assert_eq!(house.count("office.audit_entry WHERE verb = 'crosstabs.download'").await, 5);
    assert_eq!(house.count("office.crosstab_asked").await, 3, "the same people are asked for once a day");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_cell_is_hidden_with_a_companion() {
    let (house, _) = ground(&["01", "48"]).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let table = figures(&mut analyst, "hang=a3&cot=_province").await;
    let hidden: Vec<_> = table.iter().filter(|(_, figure)| figure[4].contains('c')).map(|(key, _)| key).collect();
    let is_hidden = |row: &str, column: &str| hidden.contains(&&(row.to_owned(), column.to_owned()));
    assert!(is_hidden("5", "01") && is_hidden("5", ""), "four people, in the province and in all");
    for column in ["01", ""] {
        let others = ["1", "2", "3"].iter().filter(|row| is_hidden(row, column)).count();
        assert!(others > 0, "100 less the others would give it away: {hidden:?}");
    }
    for (_, figure) in table.iter().filter(|(_, figure)| figure[4].contains('c')) {
        assert_eq!(figure[..4], ["", "", "", ""], "neither value nor n");
    }
    analyst.get(&format!("{TABLE}?hang=a3&cot=_province")).await.is(200).shows("không công bố");
    // As columns the same four are hidden, with all that was said of them.
    let scores = figures(&mut analyst, "hang=overall&do=M&cot=a3").await;
    let hidden = scores.iter().filter(|(_, figure)| figure[4].contains('c')).count();
    assert!(scores[&(String::new(), "5".to_owned())][4].contains('c') && hidden >= 2, "{scores:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_nearly_the_same_people_is_refused_whoever_has_the_other() {
    let (house, _) = ground(&["01", "48"]).await;
    let mut one = house.sign_in_as("one", Role::Analyst, "VN").await;
    let mut other = house.sign_in_as("other", Role::Analyst, "VN").await;
    // All but five of everybody, and the country is always known.
    let close = one.get(&format!("{TABLE}?hang=q9_31&loc=a4%3A1&cot=_mode")).await;
    close.is(422).shows("so với mọi người trả lời").shows("govuk-error-summary").shows("value=\"a4:1\" selected");
    assert_eq!(house.count("office.crosstab_asked").await, 0, "what was refused was not given");

    one.get(&format!("{TABLE}?hang=q9_31&loc=a5%3A1")).await.is(200);
    let close = other.get(&format!("{TABLE}?hang=q9_01&loc=a2%3A1")).await;
    close.is(422).shows("chưa đến 10 người").shows("Xin chọn phần người dân khác");
    other.get(&format!("{TABLE}/tep?hang=q9_01&loc=a2%3A1")).await.is(422);
    // As a column the same people are hidden, and not alone.
    let columns = figures(&mut other, "hang=q9_31&cot=a2").await;
    assert!(
        columns.iter().filter(|((_, column), _)| !column.is_empty()).all(|(_, figure)| figure[4].contains('c')),
        "{columns:?}"
    );
    // What was given stays as it was.
    one.get(&format!("{TABLE}?hang=q9_02&loc=a5%3A1")).await.is(200);
    let first = figures(&mut one, "hang=q9_31&loc=a5%3A1").await;
    assert!(first.values().any(|figure| !figure[0].is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_has_so_many_tables_of_different_people() {
    let (house, campaign) = ground(&["01"]).await;
    let mut analyst = house.sign_in_as("busy", Role::Analyst, "VN").await;
    analyst.get(&format!("{TABLE}?hang=q9_31&cot=a1")).await.is(200);
    let many = |day: &str| {
        format!(
            "INSERT INTO office.crosstab_asked SELECT '{}', '', 'x' || n, 'staff:busy', '{day}', '2026-10-05T02:00Z' FROM generate_series(1, 99) n",
            campaign.id
        )
    };
    house.execute(&many("2026-10-04")).await;
    analyst.get(&format!("{TABLE}?hang=q9_31&cot=_mode")).await.is(200);
    house.execute("DELETE FROM office.crosstab_asked WHERE split_by = '_mode'").await;
    house.execute(&many("2026-10-05")).await;
    analyst.get(&format!("{TABLE}?hang=q9_31&cot=a3")).await.is(422).shows("100 nhóm người khác nhau");
    analyst.get(&format!("{TABLE}?hang=q9_05&cot=a1")).await.is(200);
    house.sign_in_as("fresh", Role::Analyst, "VN").await.get(&format!("{TABLE}?hang=q9_31&cot=a3")).await.is(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_for_a_province_gets_tables_of_its_province() {
    let (house, _) = ground(&["01", "48"]).await;
    let mut analyst = house.sign_in(Role::Analyst, "48").await;
    let page = analyst.get(&format!("{TABLE}?hang=q9_31&cot=_province")).await;
    page.is(200).shows("Tỉnh, thành phố: Đà Nẵng");
    let (_, table) = page.text.split_once("<table").unwrap();
    assert!(!table.contains("Hà Nội"), "another province");
    let own = figures(&mut analyst, "hang=q9_31").await;
    let mut national = house.sign_in(Role::Analyst, "VN").await;
    assert_eq!(own, figures(&mut national, "hang=q9_31&loc=_province%3A48").await);
    for part in ["_province%3A01", "a1%3A1", "_region%3AR1"] {
        analyst.get(&format!("{TABLE}?hang=q9_31&loc={part}")).await.is(403).shows("nơi mình phụ trách");
        analyst.get(&format!("{TABLE}/tep?hang=q9_31&loc={part}")).await.is(403);
    }
    let query = "hang=q9_31&loc=_province%3A01";
    analyst.post(&format!("{TABLE}/luu"), &[("ten", "x"), ("bang", query)]).await.is(403);
    house.sign_in(Role::Coordinator, "VN").await.get(TABLE).await.is(403);
    house.visitor().get(TABLE).await.is(200).shows("Đăng nhập");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_made_is_told_and_what_was_chosen_stays() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get(TABLE).await.is(200).shows("Chưa có số liệu để lập bảng").shows("Tính kết quả");
    answers(&house, &campaign, &["01"]).await;
    computed(&house, &campaign).await;
    for (query, sentence) in [
        ("hang=q77", "Phiếu hỏi không có"),
        ("hang=%3Cb%3E", "Phiếu hỏi không có"),
        ("hang=q9_31&cot=pair", "để làm cột"),
        ("hang=q9_31&cot=q9_31", "cùng một câu"),
        ("hang=q9_31&do=Z", "cách cho biết này"),
        ("hang=overall", "không có phương án"),
        ("hang=a1&do=M", "không có điểm"),
        ("hang=q9_31&loc=a1", "Không thể chỉ xem"),
        ("hang=q9_31&loc=a1%3A7", "Không thể chỉ xem"),
        ("hang=q9_31&loc=q9_31%3A5", "Không thể chỉ xem"),
        ("hang=q9_31&trong-so=x", "có trọng số hoặc không"),
    ] {
        let page = analyst.get(&format!("{TABLE}?{query}&cot=")).await;
        let page = if query.contains("cot=") { analyst.get(&format!("{TABLE}?{query}")).await } else { page };
        page.is(422).shows(sentence).shows("govuk-error-summary").shows("Lỗi: ");
    }
    let kept = analyst.get(&format!("{TABLE}?hang=a1&do=M&cot=a3")).await;
    kept.is(422).shows("value=\"a1\" selected").shows("value=\"M\" selected").shows("value=\"a3\" selected");
    analyst.get("/pt/ket-qua/sipas-1999/bang-cheo").await.is(404);
    // Answers that came later are not in the run that is shown.
    house.app.clock.advance(chrono::Duration::minutes(20));
    answers(&house, &campaign, &["48"]).await;
    analyst.get(&format!("{TABLE}?hang=a1")).await.is(409).shows("Xin tính lại kết quả");
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_are_kept_with_a_name_and_forgotten_by_their_owner() {
    let (house, _) = ground(&["01", "48"]).await;
    let mut owner = house.sign_in_as("owner", Role::Analyst, "VN").await;
    owner.get(&format!("{TABLE}?hang=q9_31&cot=a1&loc=_province%3A01")).await.is(200).shows("Giữ bảng này");
    let query = "hang=q9_31&do=ty-le&cot=a1&loc=_province%3A01";
    let nameless = owner.post(&format!("{TABLE}/luu"), &[("ten", "  "), ("bang", query)]).await;
    nameless.is(422).shows("Xin đặt tên cho bảng").shows("value=\"_province:01\" selected");
    let name = "<script>alert(1)</script> \"'&";
    let kept = owner.post(&format!("{TABLE}/luu"), &[("ten", name), ("bang", query)]).await;
    kept.is(200).shows("owner");
    assert!(!kept.text.contains("<script>alert"), "a name is text");
    let saved = house.rows("SELECT query AS line FROM office.crosstab_saved").await;
    assert_eq!(saved, [query]);
    let id = house.rows("SELECT id::text AS line FROM office.crosstab_saved").await.remove(0);
    let forget = format!("{TABLE}/bo/{id}");

    let mut colleague = house.sign_in_as("colleague", Role::Analyst, "VN").await;
    let page = colleague.get(TABLE).await;
    page.is(200).shows("cot=a1&").shows("owner");
    assert!(!page.text.contains(&forget), "only the owner forgets it");
    colleague.post(&forget, &[]).await.is(403).shows("Chỉ người giữ bảng");
    let mut province = house.sign_in_as("province", Role::Analyst, "48").await;
    assert!(!province.get(TABLE).await.text.contains("alert(1)"), "not of its place");
    province.post(&forget, &[]).await.is(403);
    owner.get(TABLE).await.is(200).shows(&forget);
    owner.post(&forget, &[]).await.is(200).shows("Chưa có bảng nào");
    owner.post(&forget, &[]).await.is(404).shows("Không còn bảng này");
    let acts = house
        .rows("SELECT verb AS line FROM office.audit_entry WHERE verb LIKE 'crosstabs.%' ORDER BY happened_at, id")
        .await;
    assert_eq!(acts, ["crosstabs.save", "crosstabs.delete"]);
}
