//! From stored answers to the analysts' pages.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use chrono::NaiveDate;
use diesel_async::SimpleAsyncConnection as _;
use e2e::House;
use server::campaigns::{self, Campaign, NewCampaign};
use server::places;
use server::results;
use server::staff::Role;

/// Communes of one stratum: weight, answer of everybody but one, answer of that one.
pub(crate) const COMMUNES: [(f64, u8, u8); 4] = [(1.0, 5, 4), (1.0, 4, 5), (3.0, 4, 3), (1.0, 4, 4)];
pub(crate) const PEOPLE: u32 = 10;

/// A campaign in preparation without any answer.
pub(crate) async fn campaign(house: &House) -> Campaign {
    places::load(&house.app, &house.actor).await.unwrap();
    let day = |day| NaiveDate::from_ymd_opt(2026, 10, day).unwrap();
    let new = NewCampaign {
        slug: "sipas-2026".to_owned(),
        name_vi: "SIPAS 2026".to_owned(),
        name_en: "SIPAS 2026".to_owned(),
        year: 2026,
        opens_on: day(1),
        closes_on: day(20),
        results_on: day(30),
        hotline: "1900 0000".to_owned(),
        synthetic: true,
        flush_at_least: 5,
    };
    let version = house.approved(&survey_forms::builtin().remove(0)).await;
    let id = campaigns::create(&house.app, &house.actor, &new, version).await.unwrap();
    campaigns::find(&house.app, id).await.unwrap()
}

/// Puts the answers of [`COMMUNES`] into the store for each of these provinces, every item of a person alike.
pub(crate) async fn answers(house: &House, campaign: &Campaign, provinces: &[&str], people: u32) {
    for province in provinces {
        for (place, (weight, level, last)) in COMMUNES.iter().enumerate() {
            let (id, psu) = (campaign.id, format!("psu-{province}-{place}"));
            house
                .execute(&format!(
                    "INSERT INTO answers.sampling_unit VALUES
                     ('{id}', '{psu}', '{province}-urban', '{province}', 'urban', {weight}, {people});
                 INSERT INTO answers.response
                 SELECT gen_random_uuid(), '{id}', '{psu}', 'web', jsonb_object_agg(
                     'q9_' || lpad(item::text, 2, '0'), CASE WHEN person = {people} THEN {last} ELSE {level} END)
                 FROM generate_series(1, {people}) AS person, generate_series(1, 39) AS item GROUP BY person"
                ))
                .await;
        }
    }
}

pub(crate) async fn computed(house: &House, campaign: &Campaign) {
    results::request(&house.app, &house.actor, campaign).await.unwrap();
    house.work().await;
}

/// Estimate and interval of any indicator by M, worked out by hand from [`COMMUNES`].
pub(crate) fn by_hand() -> (f64, f64, f64) {
    let means = [4.9, 4.1, 3.9, 4.0].map(|mean| mean / 5.0);
    let weights = COMMUNES.map(|(weight, ..)| weight * f64::from(PEOPLE));
    let total: f64 = weights.iter().sum();
    let mean = means.iter().zip(weights).map(|(mean, weight)| mean * weight).sum::<f64>() / total;
    let squares: f64 =
        means.iter().zip(weights).map(|(commune, weight)| (weight * (commune - mean) / total).powi(2)).sum();
    // Four communes in one stratum: n/(n−1) = 4/3, three degrees of freedom, Student's t 3.1824…
    let half = 3.182_446_305_283_71 * (4.0 / 3.0 * squares).sqrt() / (mean * (1.0 - mean));
    let logit = (mean / (1.0 - mean)).ln();
    let expit = |x: f64| 1.0 / (1.0 + (-x).exp());
    (100.0 * mean, 100.0 * expit(logit - half), 100.0 * expit(logit + half))
}

/// 51 indicators by two rules, and the share of every answer to every question.
pub(crate) fn figures_of_a_place() -> usize {
    let form = survey_forms::Form::parse(&survey_forms::builtin().remove(0)).unwrap();
    let answers: usize = form.units().iter().filter_map(|unit| Some(unit.choices()?.codes.len())).sum();
    51 * 2 + answers
}

pub(crate) fn vietnamese(points: f64) -> String {
    format!("{points:.2}").replace('.', ",")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_analyst_reads_the_estimate_and_interval_that_the_answers_give() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48", "79"], PEOPLE).await;
    computed(&house, &campaign).await;
    let (mean, low, high) = by_hand();
    let interval = format!("{} – {}", vietnamese(low), vietnamese(high));
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;

    analyst.get("/pt").await.is(200).shows("SIPAS 2026").shows("120").shows("Tạm tính");
    let page = analyst.get("/pt/ket-qua/sipas-2026").await;
    page.is(200)
        .shows("Hài lòng chung")
        .shows("Dữ liệu mô phỏng")
        .shows("Tạm tính")
        .shows("Số liệu lúc 09:00 ngày 05/10/2026");
    page.shows("Đà Nẵng").shows("Hà Nội").shows("Thành phố Hồ Chí Minh").shows("Cả nước");
    assert_eq!(
        page.text.matches(&format!(">{}<", vietnamese(mean))).count(),
        4,
        "the country and three provinces alike"
    );
    assert_eq!(page.text.matches(&format!(">{interval}<")).count(), 3, "{interval} in every province");
    assert_eq!(page.text.matches(">1 (1–3)<").count(), 3, "no rank without the ranks that are possible");
    page.shows("Khoảng tin cậy của 3 trên 3 tỉnh");
    assert!(!page.text.contains("psu-"), "no commune of the sample is named");

    let item = analyst.get("/pt/ket-qua/sipas-2026?chi-so=q9_31&quy-tac=T&sap-xep=diem").await;
    // Satisfied: 10, 10, 9 and 10 of ten, the third commune three times. Of one province four communes say too little.
    item.is(200).shows("Tỷ lệ hài lòng").shows("độ tin cậy thấp");
    assert_eq!(item.text.matches(&format!(">{}<", vietnamese(100.0 * 57.0 / 60.0))).count(), 1, "the country alone");

    let place = analyst.get("/pt/ket-qua/sipas-2026/48").await;
    place.is(200).shows("Đà Nẵng · SIPAS 2026");
    assert_eq!(place.text.matches("<tr class=\"indicator").count(), 51, "39 items, 9 factors, 2 domains and the whole");
    assert_eq!(place.text.matches(&format!(">{interval}<")).count(), 51);
    assert_eq!(place.text.matches(">1 (1–3)<").count(), 51);

    analyst
        .get("/ngon-ngu/en?ve=%2Fpt%2Fket-qua%2Fsipas-2026")
        .await
        .is(200)
        .shows("Whole country")
        .shows(&format!("{mean:.2}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_also_a_dot_plot_a_map_and_a_line_of_the_years_each_with_its_address() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48", "79"], PEOPLE).await;
    computed(&house, &campaign).await;
    let (mean, ..) = by_hand();
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let table = analyst.get("/pt/ket-qua/sipas-2026").await;
    assert!(!table.text.contains("<svg class=\"picture\"") && table.text.contains("aria-current=\"page\">Bảng<"));

    let dots = analyst.get("/pt/ket-qua/sipas-2026?xem=cham").await;
    dots.is(200).shows("role=\"img\"").shows("Đà Nẵng");
    assert_eq!(dots.text.matches("class=\"picture-dot\"").count(), 4, "the country and three provinces");
    assert_eq!(dots.text.matches(&format!(">{}<", vietnamese(mean))).count(), 4, "and the same in the table under it");

    let map = analyst.get("/pt/ket-qua/sipas-2026?xem=ban-do").await;
    map.is(200)
        .shows("Quần đảo Hoàng Sa")
        .shows("Quần đảo Trường Sa")
        .shows("href=\"/pt/ket-qua/sipas-2026/48?quy-tac=M\"");
    assert_eq!(map.text.matches("<a class=\"country-tile").count(), 3, "places with answers lead to their page");
    assert_eq!(map.text.matches(&format!(">{}<", vietnamese(mean))).count(), 3 + 4);

    let years = analyst.get("/pt/ket-qua/sipas-2026?xem=xu-huong").await;
    years
        .is(200)
        .shows(">80,08<")
        .shows(">83,94<")
        .shows(">2026<")
        .shows("Quyết định 1001/QĐ-BNV")
        .shows("rel=\"noreferrer\"");
    assert_eq!(years.text.matches("class=\"picture-break\"").count(), 4, "one for each change of method");
    assert_eq!(years.text.matches("class=\"picture-series\"").count(), 2, "nothing is joined across a break");

    let item = analyst.get("/pt/ket-qua/sipas-2026?chi-so=q9_31&quy-tac=T&sap-xep=diem&xem=xu-huong").await;
    item.is(200)
        .shows("Chưa có số nào của các năm trước")
        .shows("chi-so=q9_31&#38;quy-tac=T&#38;sap-xep=diem&#38;xem=ban-do");
    assert!(!item.text.contains(">83,94<"), "what was published is the overall index by M");
    assert!(analyst.get("/pt/ket-qua/sipas-2026?xem=gi").await.status < 500);

    let question = analyst.get("/pt/ket-qua/sipas-2026/cau-hoi?cau=q9_31").await;
    let hidden = question.is(200).text.contains("<td class=\"number\">–</td>");
    assert_eq!(question.text.contains("picture-answer"), !hidden, "the rest of a bar would tell a hidden share");
    let other = analyst.get("/pt/ket-qua/sipas-2026/cau-hoi?cau=a1").await;
    assert!(!other.text.contains("picture-answer"), "sex is asked on no scale");
}

#[tokio::test(flavor = "multi_thread")]
async fn few_answers_are_not_shown_and_their_value_is_not_even_stored() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48"], PEOPLE).await;
    answers(&house, &campaign, &["79"], 2).await;
    computed(&house, &campaign).await;
    let told =
        |place: &str| format!("office.result_cell WHERE place_code = '{place}' AND (estimate IS NOT NULL OR n > 0)");
    assert_eq!(house.count(&told("79")).await, 0);
    assert_eq!(house.count(&told("01")).await, 0, "the country less the others would give 79 away");
    assert!(house.count(&told("48")).await > 100);
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let page = analyst.get("/pt/ket-qua/sipas-2026").await;
    page.is(200).shows("ít hơn 10 người trả lời").shows("Đà Nẵng");
    assert_eq!(page.text.matches("<abbr title=\"không công bố").count(), 2);
}

const SHOWN: &str = "(SELECT run_id FROM office.current_run)";

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answers_are_the_same_run_and_new_ones_make_another() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48"], PEOPLE).await;
    let all = format!(
        "SELECT format('%s', (level, place_code, indicator, answer, rule, n, estimate, se, df, deff, ci_low, ci_high, flags)) AS line FROM office.result_cell WHERE run_id = {SHOWN} ORDER BY 1"
    );
    let digests = format!(
        "SELECT encode(response_digest, 'hex') || encode(input_digest, 'hex') || encode(cells_digest, 'hex') AS line FROM office.method_run WHERE id = {SHOWN}"
    );
    computed(&house, &campaign).await;
    let (first, first_digests) = (house.rows(&all).await, house.rows(&digests).await);
    assert_eq!(first.len(), 3 * figures_of_a_place());
    computed(&house, &campaign).await;
    assert_eq!((house.rows(&all).await, house.rows(&digests).await), (first.clone(), first_digests.clone()));
    assert_eq!(house.count("office.method_run").await, 1, "nothing changed: no second run");
    let acts = house
        .rows("SELECT details ->> 'how' AS line FROM office.audit_entry WHERE verb = 'results.compute' ORDER BY happened_at, id")
        .await;
    assert_eq!(acts, ["computed", "unchanged"], "each asking is in the log");
    // Computed from nothing, as by somebody else with the same answers: the same figures to the last bit.
    let cells = "SELECT encode(cells_digest, 'hex') AS line FROM office.method_run ORDER BY computed_at";
    let kept = house.rows(cells).await;
    house.execute("ALTER TABLE office.method_run DISABLE TRIGGER USER; ALTER TABLE office.result_cell DISABLE TRIGGER USER; DELETE FROM office.current_run; DELETE FROM office.method_run").await;
    computed(&house, &campaign).await;
    assert_eq!((house.rows(&all).await, house.rows(cells).await), (first, kept.clone()));

    // The close makes the run final. Its figures are those of the provisional one.
    house.app.clock.advance(chrono::Duration::hours(1));
    house.execute("UPDATE office.campaign SET state = 'closed'").await;
    computed(&house, &campaign).await;
    assert_eq!(house.rows(cells).await, [kept.as_slice(), kept.as_slice()].concat());
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let page = analyst.get("/pt/ket-qua/sipas-2026").await;
    assert!(!page.text.contains("Tạm tính"), "a closed campaign's figures are final");
    answers(&house, &campaign, &["79"], PEOPLE).await;
    house.app.clock.advance(chrono::Duration::hours(1));
    computed(&house, &campaign).await;
    assert_eq!(house.count("office.method_run").await, 3);
    assert_eq!(house.rows(&all).await.len(), 4 * figures_of_a_place());
    assert_ne!(house.rows(&digests).await, first_digests);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_that_was_tampered_with_is_found_and_no_file_is_made_of_it() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48"], PEOPLE).await;
    computed(&house, &campaign).await;
    let run = house.rows(&format!("SELECT {SHOWN}::text AS line")).await.remove(0);
    let address = format!("/pt/ket-qua/sipas-2026/lan-tinh/{run}");
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let whole = analyst.get(&address).await;
    whole.is(200).shows("Nguyên vẹn").shows("can-ban").shows("Câu trả lời (SHA-256)").shows("system:test");
    let digest = house.rows("SELECT encode(cells_digest, 'hex') AS line FROM office.method_run").await.remove(0);
    whole.shows(&digest);

    // One in a million of one figure, by somebody who owns the database.
    let change = "UPDATE office.result_cell SET estimate = estimate + 0.000001 WHERE place_code = '48' AND indicator = 'overall' AND rule = 'M'";
    let refused = house.administrator().await.batch_execute(change).await.unwrap_err();
    assert!(refused.to_string().contains("a run is never changed"), "{refused}");
    house.execute(&format!("ALTER TABLE office.result_cell DISABLE TRIGGER USER; {change}")).await;
    analyst.get(&address).await.is(200).shows("Đã bị thay đổi").shows("không còn đúng như khi tính");
    let job = analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("gi", "tables"), ("dang", "csv")]).await;
    server::jobs::worker::run_next(&house.app).await.unwrap();
    analyst.get(&job.place).await.is(200).shows("không còn đúng như khi tính");
    assert_eq!(house.count("office.export_file").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_are_compared_and_the_input_that_differs_is_named() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48", "79"], 30).await;
    computed(&house, &campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200).shows("/pt/ket-qua/sipas-2026/lan-tinh");
    let more = |psu: &str, people: u32| {
        format!(
            "INSERT INTO answers.response SELECT gen_random_uuid(), '{}', '{psu}', 'web', jsonb_object_agg('q9_' || lpad(item::text, 2, '0'), 3)
             FROM generate_series(1, {people}) AS person, generate_series(1, 39) AS item GROUP BY person",
            campaign.id
        )
    };
    // Six more people in Hà Nội, forty-eight in Đà Nẵng, none in the third.
    house.execute(&more("psu-01-0", 6)).await;
    for commune in 0..4 {
        house.execute(&more(&format!("psu-48-{commune}"), 12)).await;
    }
    house.app.clock.advance(chrono::Duration::minutes(10));
    computed(&house, &campaign).await;
    analyst
        .get("/pt/ket-qua/sipas-2026/lan-tinh")
        .await
        .is(200)
        .shows("09:00 ngày 05/10/2026")
        .shows("09:10 ngày 05/10/2026")
        .shows("Đang hiển thị");
    let page = analyst.get("/pt/ket-qua/sipas-2026/so-sanh").await;
    page.is(200).shows("Câu trả lời (SHA-256)").shows("Đà Nẵng").shows("ở nơi đó số người trả lời thêm quá ít");
    assert!(!page.text.contains("<th scope=\"row\">Hà Nội"), "what six people changed is not told");
    assert!(!page.text.contains("<th scope=\"row\">Cả nước"), "nor by the country less the others");
    assert!(!page.text.contains("Phiếu hỏi (SHA-256)"), "only what differs is named");
    assert!(page.text.contains("\u{2212}"), "the new ones were less satisfied");

    let runs = house.rows("SELECT id::text AS line FROM office.method_run ORDER BY computed_at").await;
    let same = format!("/pt/ket-qua/sipas-2026/so-sanh?truoc={0}&sau={0}", runs[0]);
    analyst.get(&same).await.is(200).shows("Hai lần có cùng mọi đầu vào").shows("0 số liệu khác nhau");
    let mut province = house.sign_in(Role::Analyst, "79").await;
    let page = province.get("/pt/ket-qua/sipas-2026/so-sanh").await;
    assert!(!page.is(200).text.contains("Đà Nẵng"), "another province");
    let nothing = format!("/pt/ket-qua/sipas-2026/lan-tinh/{}", campaign.id);
    analyst.get(&nothing).await.is(404).shows("Không có lần tính này");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_answers_the_page_says_so_and_offers_to_compute() {
    let house = House::start().await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt").await.is(200).shows("Chưa có cuộc khảo sát nào");
    campaign(&house).await;
    analyst.get("/pt").await.is(200).shows("Chưa tính");
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200).shows("chưa được tính kết quả");
    let job = analyst.post("/pt/ket-qua/sipas-2026/tinh", &[]).await;
    job.is(200).shows("Tính kết quả").shows("Đang chờ");
    assert_eq!(
        analyst.post("/pt/ket-qua/sipas-2026/tinh", &[]).await.place,
        job.place,
        "two who ask at once get one run"
    );
    assert_eq!(house.work().await, 1);
    analyst.get(&job.place).await.is(200).shows("Đã xong").shows("/pt/ket-qua/sipas-2026");
    analyst.get("/pt/ket-qua/sipas-2026").await.is(200).shows("chưa có phiếu nào trong kho");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_account_sees_what_its_role_and_place_allow() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48"], PEOPLE).await;
    computed(&house, &campaign).await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    for page in ["/pt", "/pt/ket-qua/sipas-2026", "/pt/ket-qua/sipas-2026/48", "/pt/tep"] {
        coordinator.get(page).await.is(403).shows("analyst");
        house.visitor().get(page).await.is(200).shows("Đăng nhập");
    }
    let mut analyst = house.sign_in(Role::Analyst, "48").await;
    let page = analyst.get("/pt/ket-qua/sipas-2026").await;
    page.is(200).shows("Đà Nẵng").shows("Cả nước");
    assert!(
        !page.text.contains("Hà Nội") && !page.text.contains("Tạo tệp"),
        "another province, or a file with all of them"
    );
    analyst.get("/pt/ket-qua/sipas-2026/48").await.is(200);
    analyst.get("/pt/ket-qua/sipas-2026/01").await.is(403).shows("nơi mình phụ trách");
    analyst.get("/pt/tep").await.is(403);
    analyst.get("/pt").await.is(200);
    analyst.post("/pt/ket-qua/sipas-2026/xuat", &[("gi", "tables"), ("dang", "csv")]).await.is(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_name_nothing_are_told_what_is_missing() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01"], PEOPLE).await;
    computed(&house, &campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get("/pt").await.is(200);
    for (address, sentence) in [
        ("/pt/ket-qua/sipas-1999", "Không có cuộc khảo sát này"),
        ("/pt/ket-qua/sipas-2026?chi-so=q1", "Không có chỉ số này"),
        ("/pt/ket-qua/sipas-2026?quy-tac=Z", "Không có cách tính điểm này"),
        ("/pt/ket-qua/sipas-2026/99", "Không có tỉnh, thành phố này"),
        ("/pt/tep/00000000-0000-7000-8000-000000000000", "đã quá 30 ngày"),
        ("/pt/tep/khong-phai-so", "Không tìm thấy trang"),
    ] {
        analyst.get(address).await.is(404).shows(sentence);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_questionnaire_of_ones_own_measures_with_as_many_levels_as_it_likes() {
    let house = House::start().await;
    places::load(&house.app, &house.actor).await.unwrap();
    let form = survey_forms::builtin().into_iter().find(|form| form.code == "commune-service-point").unwrap();
    let survey = house.survey_of(&form, 4, 6).await;
    for person in &survey.people {
        house.visitor().respond(&person.code).await.is(200).shows("Đã nhận câu trả lời");
    }
    survey.close(&house).await;
    house.work().await;
    let slug = survey.row(&house).await.slug;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    // Everybody took the first level, of five: 24 people of four communes say too little of their province to be shown.
    let page = analyst.get(&format!("/pt/ket-qua/{slug}")).await;
    page.is(200).shows("Phương pháp equal-items").shows("<option value=\"results\"");
    page.shows("Hà Nội").shows("<abbr title=\"không công bố");
    let place = analyst.get(&format!("/pt/ket-qua/{slug}/01")).await;
    assert_eq!(place.is(200).text.matches("<tr class=\"indicator").count(), 6, "overall, two factors, three items");
}
