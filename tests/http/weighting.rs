//! The recipe of the weights and what is known of the population, in the office and in the figures.

use e2e::House;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use server::staff::Role;

use crate::results::{answers, campaign};

const PAGE: &str = "/pt/ket-qua/sipas-2026/trong-so";

/// As a browser sends a file with its source and day.
async fn load(visitor: &mut e2e::Visitor, source: &str, day: &str, content: &str) -> e2e::Answer {
    const LINE: &str = "AaB03x";
    let csrf = visitor.csrf().to_owned();
    let text = |name: &str, value: &str| {
        format!("--{LINE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = [
        text("csrf", &csrf),
        text("nguon", source),
        text("ngay", day),
        format!(
            "--{LINE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"dan-so.csv\"\r\n\r\n{content}\r\n--{LINE}--\r\n"
        ),
    ];
    let typed = format!("multipart/form-data; boundary={LINE}");
    let address = format!("{PAGE}/dan-so");
    visitor.request(Method::POST, &address, |request| request.header(CONTENT_TYPE, typed).body(body.concat())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recipe_is_chosen_and_a_population_taken_whole_or_not_at_all() {
    let house = House::start().await;
    let campaign = campaign(&house).await;
    answers(&house, &campaign, &["01"], 10).await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let page = analyst.get(PAGE).await;
    page.is(200).shows("value=\"can-ban\" checked").shows("Chưa có số dân nào").shows("/pt/ket-qua/sipas-2026/tinh");

    let refused = analyst.post(PAGE, &[("cong-thuc", "dan-so")]).await;
    refused.is(422).shows("Công thức này cần số dân").shows("value=\"dan-so\" checked");
    let refused = load(&mut analyst, "Cục Thống kê", "32/13/2024", "question,choice,place,people\n").await;
    refused.is(422).shows("không sau hôm nay").shows("value=\"Cục Thống kê\"").shows("value=\"32/13/2024\"");
    let broken = "question;choice;place;people\na1;9;VN;5\nb7;1;VN;5\n";
    let refused = load(&mut analyst, "Cục Thống kê", "1/4/2024", broken).await;
    refused
        .is(422)
        .shows("2 chỗ cần sửa")
        .shows("Câu hỏi không có phương án này")
        .shows("b7")
        .shows("Chưa nạp dòng nào");
    assert_eq!(house.count("office.margin_file").await, 0, "all or nothing");

    let sound = "question;choice;place;people\na1;1;VN;400\na1;2;VN;600\n";
    load(&mut analyst, "Cục Thống kê", "1/4/2024", sound)
        .await
        .is(200)
        .shows("01/04/2024")
        .shows("1.000")
        .shows("Cả nước");
    load(&mut analyst, "Cục Thống kê", "1/4/2024", sound).await.is(200);
    assert_eq!(house.count("office.margin_file").await, 1, "the same file is not taken twice");
    analyst.post(PAGE, &[("cong-thuc", "dan-so")]).await.is(200).shows("value=\"dan-so\" checked");
    let told = house.rows("SELECT verb AS line FROM office.audit_entry WHERE verb LIKE 'weights.%' ORDER BY 1").await;
    assert_eq!(told, ["weights.choose", "weights.load_population"]);

    // Of a province one sees the figures, and decides nothing; a coordinator has no business here.
    house.sign_in(Role::Analyst, "48").await.get(PAGE).await.is(403);
    house.sign_in(Role::Coordinator, "VN").await.get(PAGE).await.is(403);
    analyst.get("/pt/ket-qua/sipas-2026/lan-tinh").await.is(200).shows(PAGE);
    analyst.get("/pt/ket-qua/khong-co/trong-so").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_weights_by_its_recipe_and_tells_each_step() {
    let house = House::start().await;
    let (campaign, _) = house.issued("sipas-2026").await;
    // Of each commune's four, three answered: the first and the third are women, the first is very satisfied.
    house
        .execute(&format!(
            "INSERT INTO answers.response
             SELECT gen_random_uuid(), campaign_id, psu, 'web', jsonb_build_object('a1', 1 + person % 2) || jsonb_object_agg(
                 'q9_' || lpad(item::text, 2, '0'), CASE person WHEN 1 THEN 5 ELSE 3 END)
             FROM answers.sampling_unit, generate_series(1, 3) AS person, generate_series(1, 39) AS item
             WHERE campaign_id = '{}' GROUP BY campaign_id, psu, person",
            campaign.id
        ))
        .await;
    let mut analyst = house.sign_in(Role::Analyst, "VN").await;
    let compute = async |analyst: &mut e2e::Visitor| {
        let job = analyst.post("/pt/ket-qua/sipas-2026/tinh", &[]).await.place;
        while server::jobs::worker::run_next(&house.app).await.unwrap() {}
        analyst.get(&job).await
    };
    let country = async |analyst: &mut e2e::Visitor| analyst.get("/pt/ket-qua/sipas-2026").await;
    analyst.get(PAGE).await.is(200);
    compute(&mut analyst).await.is(200);
    country(&mut analyst).await.shows(">73,33<");

    analyst.post(PAGE, &[("cong-thuc", "tra-loi")]).await.is(200);
    compute(&mut analyst).await.shows("Chỉ có 0 người trả lời trong cả cuộc khảo sát, cần ít nhất 30");
    house
        .execute(
            "UPDATE contact.invitation SET status = 'responded' WHERE id IN (
                 SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY stratum ORDER BY person_code) AS place FROM contact.invitation) AS it
                 WHERE place % 4 > 0)",
        )
        .await;
    compute(&mut analyst).await.is(200);
    country(&mut analyst).await.shows(">73,33<");

    let adults =
        house.rows("SELECT round(sum(weight * invited))::text AS line FROM answers.sampling_unit").await.remove(0);
    let adults: u32 = adults.parse().unwrap();
    let men = adults * 6 / 10;
    let counts = format!("question,choice,place,people\na1,1,VN,{men}\na1,2,VN,{}\n", adults - men);
    load(&mut analyst, "Điều tra dân số", "01/04/2026", &counts).await.is(200);
    analyst.post(PAGE, &[("cong-thuc", "dan-so")]).await.is(200);
    compute(&mut analyst).await.is(200);
    // Three in five are men, who give 3 of 5; of the women one half gives 5.
    let share = f64::from(men) / f64::from(adults);
    let expected = 100.0 * (share * 0.6 + (1.0 - share) * 0.8);
    country(&mut analyst).await.shows(&format!(">{}<", format!("{expected:.2}").replace('.', ",")));

    // In the file of single answers each row has its own of these weights: those of the men add up to all men.
    let asked = [("gi", "full"), ("dang", "csv")];
    let job = analyst.post("/pt/ket-qua/sipas-2026/xuat", &asked).await.place;
    while server::jobs::worker::run_next(&house.app).await.unwrap() {}
    analyst.get(&job).await.is(200).shows("Tải tệp về");
    let id = house.rows("SELECT id::text AS line FROM office.export_file").await.remove(0);
    let file = analyst.get(&format!("/pt/tep/{id}")).await.is(200).text.clone();
    let place = |name: &str| file.lines().next().unwrap().split(',').position(|column| column == name).unwrap();
    let (weight, sex) = (place("_weight"), place("a1"));
    let rows = file.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let of_men: f64 =
        rows.filter(|row| row.get(sex) == Some(&"1")).map(|row| row.get(weight).unwrap().parse::<f64>().unwrap()).sum();
    assert!((of_men - f64::from(men)).abs() < 0.01, "{of_men} of {men}");

    let runs = analyst.get("/pt/ket-qua/sipas-2026/lan-tinh").await;
    runs.is(200).shows("Hiệu chỉnh theo dân số").shows("Bù không trả lời").shows("Cơ bản");
    let shown = house.rows("SELECT run_id::text AS line FROM office.current_run").await.remove(0);
    let run = analyst.get(&format!("/pt/ket-qua/sipas-2026/lan-tinh/{shown}")).await;
    run.is(200)
        .shows("Trọng số cơ bản")
        .shows("Chưa rõ có thuộc đối tượng")
        .shows("Cả nước · Giới tính của Ông/Bà: Nam");
    let compared = analyst.get("/pt/ket-qua/sipas-2026/so-sanh").await;
    compared.is(200).shows("Công thức trọng số").shows("Số dân để hiệu chỉnh").shows("đứt chuỗi");

    // What no weights can meet is told with its figures, and the run before stays.
    let counts = format!("question,choice,place,people\na1,1,VN,{}\na1,2,VN,10\n", adults - 10);
    load(&mut analyst, "Điều tra dân số", "01/04/2026", &counts).await.is(200);
    compute(&mut analyst).await.shows("Không có trọng số nào khớp với số dân").shows("a1 VN:");
    assert_eq!(house.rows("SELECT run_id::text AS line FROM office.current_run").await, [shown]);
}
