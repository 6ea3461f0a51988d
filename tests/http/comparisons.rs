//! A figure explained, provinces beside each other, and a survey beside the one before.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use chrono::NaiveDate;
use e2e::House;
use server::campaigns::{self, Campaign, NewCampaign};
use server::staff::Role;

use crate::results::{PEOPLE, answers, by_hand, campaign, computed, vietnamese};

const SURVEY: &str = "/pt/ket-qua/sipas-2026";

/// The survey of the year before, closed and computed, of the same questionnaire.
async fn year_before(house: &House, campaign: &Campaign) -> Campaign {
    let day = |day| NaiveDate::from_ymd_opt(2025, 10, day).unwrap();
    let new = NewCampaign {
        slug: "sipas-2025".to_owned(),
        name_vi: "SIPAS 2025".to_owned(),
        name_en: "SIPAS 2025".to_owned(),
        year: 2025,
        opens_on: day(1),
        closes_on: day(20),
        results_on: day(30),
        hotline: "1900 0000".to_owned(),
        synthetic: true,
        flush_at_least: 5,
    };
    let id = campaigns::create(&house.app, &house.actor, &new, campaign.form_version_id).await.unwrap();
    let before = campaigns::find(&house.app, id).await.unwrap();
    answers(house, &before, &["01", "48"], PEOPLE).await;
    house.execute("UPDATE office.campaign SET state = 'closed' WHERE slug = 'sipas-2025'").await;
    computed(house, &before).await;
    before
}

/// A province where nearly everybody is little satisfied, more or less so from commune to commune.
async fn unhappy(house: &House, campaign: &Campaign, province: &str) {
    for commune in 0..4 {
        let (id, psu) = (campaign.id, format!("psu-{province}-{commune}"));
        house
            .execute(&format!(
                "INSERT INTO answers.sampling_unit VALUES ('{id}', '{psu}', '{province}-urban', '{province}', 'urban', 1, 20);
                 INSERT INTO answers.response SELECT gen_random_uuid(), '{id}', '{psu}', 'web',
                     jsonb_object_agg('q9_' || lpad(item::text, 2, '0'), CASE WHEN person <= {commune} THEN 3 ELSE 2 END)
                 FROM generate_series(1, 20) AS person, generate_series(1, 39) AS item GROUP BY person"
            ))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_explained_down_to_the_questions() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48"], PEOPLE).await;
    answers(&house, &campaign, &["79"], 2).await;
    // Enough people that the share of every level is exact enough to be told.
    crate::crosstabs::answers(&house, &campaign, &["92"]).await;
    house
        .execute(&format!(
            "INSERT INTO answers.response SELECT gen_random_uuid(), '{}', 'psu-92-' || commune, 'web',
                 (SELECT jsonb_object_agg('q9_' || lpad(item::text, 2, '0'), 3 + abs(hashtext(commune || '-' || person)) % 3)
                  FROM generate_series(1, 39) item)
             FROM generate_series(0, 9) commune, generate_series(1, 60) person",
            campaign.id
        ))
        .await;
    computed(&house, &campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let explain = |place: &str, indicator: &str, rule: &str| {
        format!("{SURVEY}/giai-thich?noi={place}&chi-so={indicator}&quy-tac={rule}")
    };
    analyst.get(SURVEY).await.is(200).shows("/giai-thich?noi=48&#38;chi-so=overall&#38;quy-tac=M");
    let (mean, low, high) = by_hand();
    let told = vietnamese(mean);
    let page = analyst.get(&explain("48", "overall", "M")).await;
    page.is(200).shows("Đà Nẵng: con số này từ đâu ra").shows(&told);
    page.shows(&format!("{} – {}", vietnamese(low), vietnamese(high)));
    page.shows(&format!("(23 × {told} + 16 × {told}) / 39 = {told}"));
    page.shows("Tự trả lời trên mạng")
        .shows(">40<")
        .shows("3 bậc tự do")
        .shows("t = 3,18")
        .shows("theo phương pháp logit");
    assert_eq!(page.text.matches("<li>").count() - page.text.matches("<li><").count(), 39, "every question once");
    let digests = house
        .rows("SELECT unnest(ARRAY[encode(response_digest, 'hex'), encode(cells_digest, 'hex'), id::text]) AS line FROM office.method_run")
        .await;
    for digest in &digests {
        page.shows(digest);
    }
    // Its parts are explained by addresses of their own, and hold together down to the levels.
    page.shows("chi-so=policy");
    let score = "SELECT to_char(100 * estimate, 'FM990D00') AS line FROM office.result_cell WHERE place_code = '92' AND indicator = 'q9_31' AND rule = 'M'";
    let score = house.rows(score).await.remove(0).replace('.', ",");
    let item = analyst.get(&explain("92", "q9_31", "M")).await;
    item.is(200).shows("(0,00 + 2 × 0,00 + 3 × ").shows(&format!("/ 5 = {score}")).shows("Deff").shows("Phiếu giấy");
    analyst.get(&explain("48", "q9_31", "T")).await.is(200).shows("hai mức cao nhất trong 5 mức");
    // Nothing of what is hidden.
    let hidden = analyst.get(&explain("79", "overall", "M")).await;
    hidden.is(200).shows("ít hơn 10 người trả lời").shows("Không viết được phép tính").shows("Không nêu số người");
    assert!(!hidden.text.contains(">8<") && !hidden.text.contains(">10<"), "not how many there were");
    for (address, sentence) in [
        (explain("48", "q1", "M"), "Không có chỉ số này"),
        (explain("48", "overall", "Z"), "Không có cách tính điểm này"),
        (explain("99", "overall", "M"), "Không có tỉnh, thành phố này"),
    ] {
        analyst.get(&address).await.is(404).shows(sentence);
    }
    let mut province = house.sign_in(Role::Analyst, "48").await;
    province.get(&explain("48", "overall", "M")).await.is(200);
    province.get(&explain("VN", "overall", "M")).await.is(200);
    province.get(&explain("01", "overall", "M")).await.is(403).shows("nơi mình phụ trách");
}

#[tokio::test(flavor = "multi_thread")]
async fn provinces_beside_each_other_are_told_apart_only_beyond_chance() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01", "48"], PEOPLE).await;
    unhappy(&house, &campaign, "79").await;
    computed(&house, &campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    analyst.get(SURVEY).await.is(200).shows(&format!("{SURVEY}/doi-chieu"));
    analyst.get(&format!("{SURVEY}/doi-chieu")).await.is(200).shows("Chọn từ hai đến năm tỉnh").shows("Nơi thứ 5");
    let page = analyst.get(&format!("{SURVEY}/doi-chieu?noi=01&noi=48&noi=79&noi=&noi=")).await;
    page.is(200).shows("nơi để so").shows("+0,00").shows("Hài lòng chung").shows("value=\"79\" selected");
    assert_eq!(page.text.matches("trong sai số").count(), 12, "two equal provinces, in twelve indicators");
    assert_eq!(page.text.matches("hơn mức ngẫu nhiên").count(), 12, "the third is another");
    assert!(!page.text.contains("Cuộc trước"), "no survey before this one");
    let many: String = ["01", "48", "79", "31", "92", "46"].map(|code| format!("&noi={code}")).concat();
    analyst.get(&format!("{SURVEY}/doi-chieu?x{many}")).await.is(422).shows("tối đa 5 nơi");
    analyst.get(&format!("{SURVEY}/doi-chieu?noi=99")).await.is(404).shows("Không có tỉnh, thành phố này");
    analyst.get(&format!("{SURVEY}/doi-chieu?quy-tac=Z")).await.is(404);
    analyst.get(&format!("{SURVEY}/doi-chieu?truoc=sipas-1999")).await.is(404).shows("kết quả chính thức");
    let mut province = house.sign_in(Role::Analyst, "48").await;
    let own = province.get(&format!("{SURVEY}/doi-chieu?noi=48")).await;
    assert!(!own.is(200).text.contains("Hà Nội"), "another province");
    province.get(&format!("{SURVEY}/doi-chieu?noi=48&noi=01")).await.is(403).shows("nơi mình phụ trách");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_tells_what_changed_since_the_one_before_and_where_the_series_breaks() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01"], PEOPLE).await;
    unhappy(&house, &campaign, "48").await;
    computed(&house, &campaign).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let alone = analyst.get(SURVEY).await;
    assert!(!alone.is(200).text.contains("So với"), "nothing to compare with");
    year_before(&house, &campaign).await;
    let page = analyst.get(SURVEY).await;
    page.is(200).shows("So với SIPAS 2025 (điểm)").shows("+0,00").shows("trong sai số").shows("hơn mức ngẫu nhiên");
    let years = format!("{SURVEY}/doi-chieu?noi=48&truoc=sipas-2025");
    let page = analyst.get(&years).await;
    page.is(200).shows("Thay đổi so với SIPAS 2025").shows("Cuộc trước").shows("Cả nước").shows("hơn mức ngẫu nhiên");
    assert!(page.text.contains("\u{2212}"), "less satisfied than the year before");
    let first = analyst.get("/pt/ket-qua/sipas-2025").await;
    assert!(!first.is(200).text.contains("So với"), "a later survey is none before");

    let other = "ALTER TABLE office.method_run DISABLE TRIGGER USER; UPDATE office.method_run SET";
    house.execute(&format!("{other} recipe_digest = '\\x00' WHERE NOT provisional")).await;
    let page = analyst.get(SURVEY).await;
    page.is(200).shows("So với SIPAS 2025").shows("đứt chuỗi");
    assert!(!page.text.contains("hơn mức ngẫu nhiên"), "no judgement across a break");
    analyst.get(&years).await.is(200).shows("không phải là thay đổi ý kiến");
    house.execute(&format!("{other} method = 'sipas-2022' WHERE NOT provisional")).await;
    let page = analyst.get(SURVEY).await;
    assert!(!page.is(200).shows("dùng phương pháp khác").text.contains("So với"), "another meaning");
    let page = analyst.get(&years).await;
    assert!(!page.is(200).shows("dùng phương pháp khác").text.contains("Cuộc trước"));
}
