//! Paper: two people key a form, a third decides where they differ, and it is one response among the others.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

use std::fmt::Write as _;

use e2e::{Answer, House, PASSWORD, Survey, Visitor, tiny_form};
use server::invitations;
use server::responses;
use server::staff::Role;

const HOME: &str = "/qt/phieu-giay";
const KEY: &str = "/qt/phieu-giay/nhap";
const SETTLE: &str = "/qt/phieu-giay/chon";

/// A branch, several marks with words, a number with a way out, a grid, words, and what only interviewers ask.
const FORM: &str = r#"
method = "test"
languages = ["vi"]
sections = ["one", "two"]

[[pages]]
code = "dau"
section = "one"
show = ["a1", "a2"]

[[pages]]
code = "nhanh"
section = "one"
show = ["b1"]
when = { unit = "a1", is = 1 }

[[pages]]
code = "cuoi"
section = "two"
show = ["tuoi", "c", "loi", "dtv"]

[[questions]]
code = "a1"
kind = "single"
choices = [1, 2]

[[questions]]
code = "a2"
kind = "multiple"
choices = [1, 2, 3]
write_in = 3

[[questions]]
code = "b1"
kind = "single"
choices = [1, 2, 3]

[[questions]]
code = "tuoi"
kind = "number"
min = 18
max = 120
way_out = "dont_know"

[scales]
muc = [1, 2, 3, 4, 5]

[[questions]]
code = "c"
kind = "grid"
scale = "muc"
way_out = "never"
items = [{ code = "c_1" }, { code = "c_2" }]

[[questions]]
code = "loi"
kind = "text"
max_chars = 300

[[questions]]
code = "dtv"
kind = "single"
choices = [1, 2]
asked_by = "interviewer"
"#;

fn words() -> String {
    let mut words = String::from(
        "title = \"Phiếu giấy thử\"\n[ways_out]\nskipped = \"Bỏ qua\"\ndont_know = \"Không biết\"\nnever = \"Chưa từng\"\n\
         [sections]\none = \"Phần một\"\ntwo = \"Phần hai\"\n[pages]\ndau = \"Đầu\"\nnhanh = \"Nhánh\"\ncuoi = \"Cuối\"\n\
         [scales.muc]\n1 = \"Rất tệ\"\n2 = \"Tệ\"\n3 = \"Vừa\"\n4 = \"Tốt\"\n5 = \"Rất tốt\"\n\
         [items]\nc_1 = \"Thái độ\"\nc_2 = \"Thời gian\"\n",
    );
    for (code, choices) in [("a1", 2), ("a2", 3), ("b1", 3), ("tuoi", 0), ("c", 0), ("loi", 0), ("dtv", 2)] {
        writeln!(words, "[questions.{code}]\nstem = \"Câu hỏi {code}\"").unwrap();
        if choices > 0 {
            writeln!(words, "[questions.{code}.choices]").unwrap();
        }
        for choice in 1..=choices {
            writeln!(words, "{choice} = \"Ý {code} {choice}\"").unwrap();
        }
    }
    words
}

/// One paper form, as it is keyed when nobody makes a mistake.
const PAPER: &[(&str, &str)] = &[
    ("a1", "1"),
    ("a2", "1 3"),
    ("a2_text", "Qua loa phường."),
    ("b1", "2"),
    ("tuoi", "47"),
    ("c_1", "4"),
    ("c_2", "99"),
    ("loi", "Làm tốt"),
];

struct Ground {
    house: House,
    survey: Survey,
    keyers: Vec<Visitor>,
}

impl Ground {
    /// Six invited people in a commune, and four reviewers of the country.
    async fn new() -> Self {
        let house = House::start().await;
        let survey = house.survey_of(&tiny_form("giay", FORM, &words()), 1, 6).await;
        let mut keyers = Vec::new();
        for name in ["an", "binh", "chi", "dung"] {
            keyers.push(house.sign_in_as(name, Role::Reviewer, "VN").await);
        }
        for keyer in &mut keyers {
            keyer.get(HOME).await.is(200);
        }
        Self { house, survey, keyers }
    }

    fn code(&self, person: usize) -> String {
        self.survey.people[person].code.digits()
    }

    async fn open(&mut self, keyer: usize, person: usize) -> Answer {
        let code = self.code(person);
        self.keyers[keyer].post(HOME, &[("code", &code)]).await
    }

    async fn key(&mut self, keyer: usize, person: usize, sheet: &[(&str, &str)]) -> Answer {
        let code = self.code(person);
        let fields: Vec<_> = std::iter::once(("giay.ma", code.as_str())).chain(sheet.iter().copied()).collect();
        self.keyers[keyer].post(KEY, &fields).await
    }

    async fn settle(&mut self, keyer: usize, person: usize, decided: &[(&str, &str)]) -> Answer {
        let code = self.code(person);
        let fields: Vec<_> = std::iter::once(("giay.ma", code.as_str())).chain(decided.iter().copied()).collect();
        self.keyers[keyer].post(SETTLE, &fields).await
    }

    /// After half an hour nobody is signed in any more.
    async fn sign_in_again(&mut self, keyer: usize, login: &str) {
        let mut visitor = self.house.visitor();
        visitor.post("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await;
        visitor.get(HOME).await.is(200);
        self.keyers[keyer] = visitor;
    }

    async fn flush(&self) -> Vec<String> {
        responses::jobs::due(&self.house.app).await.unwrap();
        self.house.work().await;
        self.house.rows("SELECT mode || ' ' || answers::text AS line FROM answers.response ORDER BY 1").await
    }

    async fn flush_now(&self) -> Vec<String> {
        self.house.execute("UPDATE office.campaign SET flush_at_least = 1").await;
        self.flush().await
    }
}

fn with<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = PAPER.iter().filter(|(name, _)| !change.iter().any(|(changed, _)| changed == name));
    kept.copied().chain(change.iter().copied()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_form_stands_on_one_page_with_the_printed_numbers_and_codes() {
    let mut ground = Ground::new().await;
    let page = ground.open(0, 0).await;
    page.is(200)
        .shows("Phần một")
        .shows("1. Câu hỏi a1")
        .shows("<b>1</b> Ý a1 1 · <b>2</b> Ý a1 2")
        .shows("3. Câu hỏi b1");
    page.shows("2. Ý a2 3")
        .shows("5. Thái độ")
        .shows("<b>1</b> Rất tệ")
        .shows("<b>99</b> Chưa từng")
        .shows("98 Không biết");
    assert!(!page.text.contains("Câu hỏi dtv"), "interviewers' questions are not printed");
    let names: Vec<_> = page.names().into_iter().collect();
    assert_eq!(names, ["a1", "a2", "a2_text", "b1", "c_1", "c_2", "loi", "tuoi"]);
    assert!(page.text.contains("<button type=\"submit\" disabled hidden>"), "Enter sends nothing half done");
    assert_eq!(ground.house.count("answers.keying").await, 0, "looking keeps nothing");
    // In English where the questionnaire has no English: its own words, marked as such.
    ground.keyers[0].get("/ngon-ngu/en?ve=%2Fqt%2Fphieu-giay").await.is(200).shows("Code on the form");
    ground.open(0, 0).await.is(200).shows("lang=\"vi\"").shows("Send the form");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_equal_keyings_are_one_response_on_paper() {
    let mut ground = Ground::new().await;
    ground.key(0, 0, PAPER).await.is(200).shows("Đã giữ lần nhập thứ nhất");
    let home = ground.keyers[0].get(HOME).await;
    home.shows("<span class=\"tile__figure\">1</span> phiếu đã nhập một lần");
    // The flush takes no half-keyed form, whoever answers beside it.
    assert_eq!(ground.flush_now().await, [""; 0]);
    assert_eq!(ground.house.count("answers.keying WHERE keyed = 1").await, 1);

    ground.open(1, 0).await.is(200).shows("lần nhập thứ hai");
    let spaced = with(&[("a2", "3,1"), ("a2_text", "qua  loa phường")]);
    let done = ground.key(1, 0, &spaced).await;
    done.is(200).shows("Hai lần nhập khớp nhau").shows("<span class=\"tile__figure\">0</span> phiếu đã nhập một lần");
    assert_eq!((ground.house.count("answers.keying").await, ground.house.count("answers.inbox").await), (0, 1));
    // The reply was lost: the same once more is the same, and nothing is doubled.
    ground.key(0, 0, PAPER).await.is(200).shows("Hai lần nhập khớp nhau");
    ground.open(2, 0).await.is(409).shows("đã có câu trả lời");

    ground.house.app.clock.advance(chrono::Duration::days(1));
    let stored = ground.flush().await;
    assert_eq!(
        stored,
        ["paper {\"a1\": 1, \"a2\": [1, 3], \"b1\": 2, \"c_1\": 4, \"c_2\": 99, \"tuoi\": {\"number\": \"47\"}}"]
    );
    assert_eq!(
        ground.house.rows("SELECT content AS line FROM answers.free_text ORDER BY 1").await,
        ["Làm tốt", "Qua loa phường."]
    );
    ground.sign_in_again(3, "dung").await;
    ground.key(3, 0, PAPER).await.is(409).shows("đã có câu trả lời");
    assert_eq!(ground.house.count("contact.invitation WHERE status = 'responded'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_two_differ_a_third_decides_and_sees_nothing_else() {
    let mut ground = Ground::new().await;
    ground.key(0, 0, PAPER).await.is(200);
    let slips = with(&[("b1", "3"), ("tuoi", ""), ("c_2", "97")]);
    let told = ground.key(1, 0, &slips).await;
    told.is(200).shows("khác nhau 3 ô").shows("<span class=\"tile__figure\">1</span> phiếu hai lần nhập khác nhau");
    assert_eq!(told.place, "/qt/phieu-giay?xong=khac&n=3", "which values, nobody is told");
    assert_eq!(ground.house.count("answers.inbox").await, 0);
    // Neither of the two may go on, also not by another door; their own sheet may come again.
    for keyer in [0, 1] {
        ground.open(keyer, 0).await.is(409).shows("đã nhập phiếu này");
        ground.settle(keyer, 0, &[("b1", "0")]).await.is(409).shows("đã nhập phiếu này");
        ground.key(keyer, 0, &with(&[("c_1", "1")])).await.is(409).shows("đã nhập phiếu này");
    }
    ground.key(1, 0, &slips).await.is(200).shows("khác nhau 3 ô");
    ground.key(2, 0, PAPER).await.is(409).shows("Nhập lại mã để quyết định");

    let page = ground.open(2, 0).await;
    page.is(200)
        .shows("Câu 3. Câu hỏi b1")
        .shows("2 – Ý b1 2")
        .shows("3 – Ý b1 3")
        .shows("Câu 4. Câu hỏi tuoi")
        .shows("Câu 6. Thời gian");
    assert!(!page.text.contains("Câu hỏi a1") && !page.text.contains("Qua loa"), "only what differs");
    // The order tells nobody whose value is whose: nothing stands last, although it was keyed second here and first there.
    let at = |text: &str| page.text.find(text).unwrap();
    assert!(at("99 – Chưa từng") < at("name=\"c_2\" value=\"1\""));

    ground
        .settle(2, 0, &[("b1", "0")])
        .await
        .is(422)
        .shows("Câu 4: chọn điều giấy ghi")
        .shows("Câu 6: chọn điều giấy ghi");
    let both = [("b1", "0"), ("b1.khac", "1"), ("tuoi", "0"), ("c_2.khac", "7")];
    ground.settle(2, 0, &both).await.is(422).shows("Câu 3: chọn một ý, hoặc gõ lại").shows("Câu 6: số này không có");
    assert_eq!(ground.house.count("answers.inbox").await, 0);
    let decided = [("b1", "0"), ("tuoi.khac", "48"), ("c_2", "0")];
    ground.settle(2, 0, &decided).await.is(200).shows("Phiếu đã được nhận");
    ground.settle(2, 0, &decided).await.is(409).shows("thì phiếu đã được nhận");
    assert_eq!((ground.house.count("answers.keying").await, ground.house.count("answers.inbox").await), (0, 1));

    // The first was wrong in one field of nine, the second in three.
    let tally = "SELECT login || ' ' || forms || ' ' || fields || ' ' || wrong AS line FROM office.keying_tally JOIN office.staff ON id = staff_id ORDER BY 1";
    assert_eq!(ground.house.rows(tally).await, ["an 1 8 1", "binh 1 8 3"]);
    let stored = ground.flush_now().await;
    assert!(
        stored[0].contains("\"b1\": 2") && stored[0].contains("\"48\"") && stored[0].contains("\"c_2\": 99"),
        "{stored:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_paper_can_say_is_told_at_its_field_and_what_should_be_passed_over_is_told_once() {
    let mut ground = Ground::new().await;
    let wrong = with(&[("a1", "7"), ("b1", "1 2"), ("tuoi", "130"), ("c_1", "x")]);
    let page = ground.key(0, 0, &wrong).await;
    page.is(422).shows("Câu 1: số này không có").shows("Câu 3: chỉ một số").shows("Câu 4: ghi từ 18 đến 120");
    page.shows("value=\"130\"").shows("value=\"Qua loa phường.\"").shows("href=\"#c_1\"");
    ground.key(0, 0, &with(&[("tuoi", "47"), ("tuoi", "dont_know")])).await.is(422).shows("Câu 4: chỉ một số");
    ground.key(0, 0, &with(&[("dtv", "1")])).await.is(422).shows("ô không thuộc phiếu này");
    assert_eq!(ground.house.count("answers.keying").await, 0);

    // Question 3 is only for who marked 1 at question 1.
    let stray = with(&[("a1", "2")]);
    let warned = ground.key(0, 0, &stray).await;
    warned.is(422).shows("Câu 3: theo các câu trả lời khác").shows("Giấy ghi đúng như thế, gửi").shows("href=\"#b1\"");
    let sent = with(&[("a1", "2"), ("giay.dung", "1")]);
    ground.key(0, 0, &sent).await.is(200).shows("lần nhập thứ nhất");
    ground.key(1, 0, &sent).await.is(200).shows("khớp nhau");
    // Several marks where one belongs, and an empty form, are answers that are missing.
    for keyer in [0, 1] {
        ground.key(keyer, 1, &[("a1", "97"), ("a2", " ")]).await.is(200);
    }
    let stored = ground.flush_now().await;
    assert_eq!(
        stored,
        [
            "paper {\"a1\": 2, \"a2\": [1, 3], \"c_1\": 4, \"c_2\": 99, \"tuoi\": {\"number\": \"47\"}}",
            "paper {\"a1\": 97, \"a2\": 97, \"c_1\": 97, \"c_2\": 97, \"tuoi\": 97}",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_lead_nowhere_each_have_their_sentence() {
    let mut ground = Ground::new().await;
    let code = ground.code(0);
    let (digits, check) = code.split_at(15);
    let swapped = format!("{digits}{}", (check.parse::<u8>().unwrap() + 1) % 10);
    let unknown = server::invitations::code::Code::random().unwrap().digits();
    for (typed, sentence) in [
        ("", "Nhập 16 chữ số"),
        ("4821", "Đã gõ 4 số"),
        (swapped.as_str(), "Có thể gõ nhầm một số"),
        (unknown.as_str(), "Không có mã này"),
    ] {
        ground.keyers[0].post(HOME, &[("code", typed)]).await.is(422).shows(sentence);
        ground.keyers[0].post(KEY, &[("giay.ma", typed), ("a1", "1")]).await.is(422).shows(sentence);
        ground.keyers[0].post(SETTLE, &[("giay.ma", typed)]).await.is(422).shows(sentence);
    }
    // The person lives in Hà Nội.
    let mut elsewhere = ground.house.sign_in(Role::Reviewer, "04").await;
    elsewhere.get(HOME).await.is(200);
    elsewhere.post(HOME, &[("code", &code)]).await.is(422).shows("thuộc tỉnh khác");
    elsewhere.post(KEY, &[("giay.ma", &code), ("a1", "1")]).await.is(422).shows("thuộc tỉnh khác");
    let mut here = ground.house.sign_in(Role::Reviewer, "01").await;
    here.get(HOME).await.is(200);
    here.post(HOME, &[("code", &code)]).await.is(200).shows("1. Câu hỏi a1");

    // A form that was not made by our page, and whoever has another role.
    ground.keyers[0]
        .clone()
        .request(reqwest::Method::POST, KEY, |request| request.form(&[("giay.ma", &code)]))
        .await
        .is(403);
    for role in Role::ALL {
        if role == Role::Reviewer {
            continue;
        }
        let mut visitor = ground.house.sign_in_as(&format!("khac.{role}"), role, "VN").await;
        let watches = role == Role::Coordinator;
        let home = visitor.get(HOME).await;
        assert_eq!(home.status, if watches { 200 } else { 403 }, "{role}");
        assert!(!home.text.contains("name=\"code\""), "{role} has no code to type");
        visitor.post(HOME, &[("code", &code)]).await.is(403);
        visitor.post(KEY, &[("giay.ma", &code), ("a1", "1")]).await.is(403);
        visitor.post(SETTLE, &[("giay.ma", &code)]).await.is(403);
    }
    assert!(ground.house.visitor().get(HOME).await.place.starts_with("/dang-nhap"));

    // A code that was cancelled after the first keying takes what was keyed with it.
    ground.key(0, 0, PAPER).await.is(200);
    let person = ground.survey.people[0].code.clone();
    invitations::cancel(&ground.house.app, &ground.house.actor, "VN", &person).await.unwrap();
    assert_eq!(ground.house.count("answers.keying").await, 0);
    ground.key(1, 0, PAPER).await.is(422).shows("mã đã thu hồi");
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_is_keyed_from_the_first_day_until_the_close_and_the_close_says_what_it_leaves() {
    let mut ground = Ground::new().await;
    ground.key(0, 0, PAPER).await.is(200);
    ground.key(0, 1, PAPER).await.is(200);
    ground.key(1, 1, &with(&[("a1", "2"), ("giay.dung", "1")])).await.is(200).shows("khác nhau 1 ô");
    // The last day for citizens has passed; envelopes lie on the table.
    ground.house.app.clock.advance(chrono::Duration::days(60));
    ground.sign_in_again(0, "an").await;
    ground.key(0, 2, PAPER).await.is(200).shows("lần nhập thứ nhất");

    let campaign = ground.survey.row(&ground.house).await;
    let mut coordinator = ground.house.sign_in(Role::Coordinator, "VN").await;
    coordinator.get("/qt").await.is(200).shows("3 phiếu giấy nhập dở");
    coordinator.get(HOME).await.is(200).shows("<span class=\"tile__figure\">2</span> phiếu đã nhập một lần");
    coordinator.get(&format!("{}/dong", campaign.address())).await.is(200).shows("3 phiếu giấy mới nhập một lần");
    ground.survey.close(&ground.house).await;
    ground.key(0, 3, PAPER).await.is(422).shows("đã đóng");
    ground.house.work().await;
    assert_eq!((ground.house.count("answers.keying").await, ground.house.count("answers.response").await), (0, 0));
    ground.key(0, 0, PAPER).await.is(422).shows("đã đóng");

    let house = House::start().await;
    let forms = tiny_form("giay", FORM, &words());
    let early = house.survey_in_preparation(&forms, 1, 1).await;
    let mut keyer = house.sign_in(Role::Reviewer, "VN").await;
    keyer.get(HOME).await.is(200).shows("Không có cuộc khảo sát nào đang mở");
    keyer.post(HOME, &[("code", &early.people[0].code.digits())]).await.is(422).shows("chưa mở");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_came_another_way_stays_and_the_keying_goes() {
    let mut ground = Ground::new().await;
    ground.key(0, 0, PAPER).await.is(200);
    let code = ground.survey.people[0].code.clone();
    let mut citizen = ground.house.visitor();
    citizen.enter(&code).await;
    let first = citizen.agree().await;
    citizen.walk(first, |asked| Some(asked.values.first().cloned().unwrap_or_else(|| "47".to_owned()))).await;
    citizen.post("/khao-sat/gui", &[]).await.is(200);
    // The row is left until somebody types the code, but it waits for nobody.
    ground.keyers[1].get(HOME).await.shows("<span class=\"tile__figure\">0</span> phiếu đã nhập một lần");
    ground.key(1, 0, PAPER).await.is(409).shows("Câu trả lời ấy được giữ");
    assert_eq!((ground.house.count("answers.keying").await, ground.house.count("answers.inbox").await), (0, 1));

    // The other way round: what two people keyed is the answer that the citizen finds, and may withdraw until the flush.
    ground.key(0, 1, PAPER).await.is(200);
    ground.house.execute("CREATE TABLE public.kept AS SELECT * FROM answers.keying").await;
    ground.key(1, 1, PAPER).await.is(200).shows("khớp nhau");
    // A server that died between the answer and the end of its keyings leaves the row, which does no harm and goes with the next look.
    ground.house.execute("INSERT INTO answers.keying SELECT * FROM public.kept").await;
    ground.keyers[0].get(HOME).await.shows("<span class=\"tile__figure\">0</span> phiếu đã nhập một lần");
    ground.key(1, 1, PAPER).await.is(200).shows("khớp nhau");
    assert_eq!((ground.house.count("answers.keying").await, ground.house.count("answers.inbox").await), (0, 2));
    let mut late = ground.house.visitor();
    let found = late.enter(&ground.survey.people[1].code).await;
    assert_eq!(found.place, "/khao-sat/xong", "{}", found.text);
    late.get("/rut-lai").await.is(200);
    late.post("/rut-lai", &[]).await.is(200);
    assert_eq!(ground.house.count("answers.inbox").await, 1);
    let stored = ground.flush_now().await;
    assert_eq!(stored.len(), 1);
    assert!(stored[0].starts_with("web "), "{stored:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_key_the_same_form_at_the_same_moment_are_first_second_and_third() {
    let ground = Ground::new().await;
    for person in 0..6 {
        let code = ground.code(person);
        let mut tasks = tokio::task::JoinSet::new();
        for (keyer, value) in ground.keyers.iter().cloned().zip(["1", "1", "2", "3"]) {
            let code = code.clone();
            let mut keyer = keyer;
            tasks.spawn(async move {
                let mut fields = with(&[("b1", value)]);
                fields.push(("giay.ma", &code));
                keyer.post(KEY, &fields).await
            });
        }
        let answers = tasks.join_all().await;
        let count = |text: &str| answers.iter().filter(|answer| answer.text.contains(text)).count();
        assert!(answers.iter().all(|answer| [200, 409].contains(&answer.status)));
        assert_eq!(count("Đã giữ lần nhập thứ nhất"), 1, "exactly one is first");
        assert!(count("Hai lần nhập khớp nhau") + count("Hai lần nhập khác nhau") >= 1);
        assert_eq!(
            ground.house.count("answers.keying").await + ground.house.count("answers.inbox").await,
            i64::try_from(person).unwrap() + 1,
            "every form is either an answer or waits"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rates_are_shown_from_ten_forms_on_and_to_the_keyer_and_the_country_only() {
    let mut ground = Ground::new().await;
    ground.key(0, 0, PAPER).await.is(200);
    ground.key(1, 0, PAPER).await.is(200).shows("khớp nhau");
    let home = ground.keyers[0].get(HOME).await;
    home.shows("Độ chính xác khi nhập").shows("<td class=\"number\">–</td>");
    assert_eq!(home.text.matches("<th scope=\"row\">").count(), 1, "a keyer sees nobody else's");
    ground.house.execute("UPDATE office.keying_tally SET forms = 10, fields = 800, wrong = 6").await;
    ground.keyers[0].get(HOME).await.shows("<td class=\"number\">0,75\u{a0}%</td>");
    let mut national = ground.house.sign_in(Role::Coordinator, "VN").await;
    assert_eq!(national.get(HOME).await.is(200).text.matches("<th scope=\"row\">").count(), 2);
    let mut provincial = ground.house.sign_in(Role::Coordinator, "01").await;
    assert!(!provincial.get(HOME).await.is(200).text.contains("Độ chính xác"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_does_not_say_who_keyed_what() {
    let mut ground = Ground::new().await;
    ground.key(0, 0, PAPER).await.is(200);
    ground.key(0, 1, &[("loi", "Canh-bao-rieng-8K")]).await.is(200);
    ground.key(1, 1, PAPER).await.is(200);
    let rows = ground
        .house
        .rows("SELECT row_to_json(k)::text || encode(sealed, 'escape') AS line FROM answers.keying k")
        .await;
    assert_eq!(rows.len(), 2);
    let keyers = ground.house.rows("SELECT id::text AS line FROM office.staff").await;
    for row in &rows {
        assert!(!row.contains("Canh-bao-rieng") && keyers.iter().all(|keyer| !row.contains(keyer)), "{row}");
    }
    let sizes = ground.house.rows("SELECT DISTINCT length(sealed)::text AS line FROM answers.keying").await;
    assert_eq!(sizes, ["4096"], "short and long forms look alike");
    let audit = ground.house.rows("SELECT verb AS line FROM office.audit_entry WHERE verb LIKE 'keying%'").await;
    assert!(audit.is_empty(), "no diary of forms: {audit:?}");
}
