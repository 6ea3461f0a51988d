//! Codes: issued once, known in clear to the letter alone.

use std::os::unix::fs::PermissionsExt as _;

use e2e::House;
use server::invitations::code::Code;
use server::invitations::{self, recognise};
use server::samples;
use server::staff::Role;

fn codes(lines: &[Vec<String>]) -> Vec<Code> {
    lines.iter().skip(1).filter_map(|line| Code::parse(line.first()?).ok()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sampled_person_gets_a_letter_whose_code_is_recognised() {
    let house = House::start().await;
    let (campaign, draw) = house.issued("thu").await;
    let lines = house.print_list(draw);
    let headings = "code,province_code,province,commune,village,name,address,person,commune_code,replaces";
    assert_eq!(lines[0].join(","), headings);
    let codes = codes(&lines);
    assert_eq!(codes.len(), 544);
    for table in ["contact.invitation", "answers.allowed"] {
        assert_eq!(house.count(table).await, 544, "{table}");
    }
    let allowed = recognise(&house.app, &codes[0]).await.unwrap().expect("a known code");
    assert_eq!(allowed.campaign, campaign.id);
    assert!(recognise(&house.app, &Code::random().unwrap()).await.unwrap().is_none());

    // Each commune stands for as many adults as its sampled persons do.
    let persons: f64 = samples::persons(&house.app, draw)
        .await
        .unwrap()
        .iter()
        .filter(|unit| unit.role == analysis::draw::Role::Main)
        .map(analysis::draw::Unit::weight)
        .sum();
    let units: f64 =
        house.rows("SELECT sum(weight * invited)::text AS line FROM answers.sampling_unit").await[0].parse().unwrap();
    assert!((units / persons - 1.0).abs() < 1e-12, "{units} {persons}");
    assert_eq!(house.count("answers.sampling_unit").await, 34 * 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_code_stands_in_the_database() {
    let house = House::start().await;
    let (_, draw) = house.issued("thu").await;
    let tables = house.rows("SELECT format('%I.%I', table_schema, table_name) AS line FROM information_schema.tables WHERE table_schema IN ('office', 'contact', 'answers')").await;
    let mut everything = String::new();
    for table in tables {
        everything += &house
            .rows(&format!("SELECT coalesce(string_agg(row_to_json(r)::text, ' '), '') AS line FROM {table} r"))
            .await[0];
    }
    assert!(everything.contains("sipas-draw-v1"), "the whole database was read");
    let printed = codes(&house.print_list(draw));
    assert_eq!(printed.len(), 544);
    for code in printed {
        let hex = server::base::seal::hex(code.digits().as_bytes());
        for shape in [code.digits(), code.to_string(), hex] {
            assert!(!everything.contains(&shape), "a code stands in the database");
        }
    }
    let mode = std::fs::metadata(invitations::print_list(&house.app, draw)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issue_that_was_killed_or_asked_for_twice_ends_with_the_same_codes() {
    let house = House::start().await;
    let (campaign, draw) = house.issued("thu").await;
    let before = house.print_list(draw);
    invitations::issue(&house.app, &house.actor, &campaign, draw).await.unwrap();
    house.work().await;
    assert_eq!(house.print_list(draw), before);
    assert_eq!((house.count("contact.invitation").await, house.count("answers.allowed").await), (544, 544));

    // Killed after the answers side was written and before the contact side was: and part of the answers side lost, too.
    house.execute("DELETE FROM contact.invitation; DELETE FROM answers.allowed WHERE get_byte(tag, 0) < 100").await;
    invitations::issue(&house.app, &house.actor, &campaign, draw).await.unwrap();
    house.work().await;
    assert_eq!(house.print_list(draw), before);
    assert_eq!((house.count("contact.invitation").await, house.count("answers.allowed").await), (544, 544));
    for code in codes(&before).iter().step_by(50) {
        assert!(recognise(&house.app, code).await.unwrap().is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_has_the_codes_of_one_draw() {
    let house = House::start().await;
    let campaign = house.campaign("thu").await;
    house.frozen_frame(&campaign).await;
    let [one, other] = [house.drawn(&campaign, "seed").await, house.drawn(&campaign, "another seed").await];
    invitations::issue(&house.app, &house.actor, &campaign, one).await.expect("a job");
    house.work().await;
    let refused = invitations::issue(&house.app, &house.actor, &campaign, other).await.unwrap_err();
    assert_eq!(refused.code, "codes-of-another-draw");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_code_is_worthless_and_a_province_cancels_only_its_own() {
    let house = House::start().await;
    let (_, draw) = house.issued("thu").await;
    let lines = house.print_list(draw);
    let hanoi = lines.iter().find(|line| line[1] == "01").unwrap()[0].clone();
    let elsewhere = lines.iter().find(|line| line[1] == "96").unwrap()[0].clone();
    let mut coordinator = house.sign_in(Role::Coordinator, "01").await;
    coordinator.get("/qt/dot/thu/thu-hoi-ma").await.is(200);
    for (typed, said) in [
        ("", "Nhập 16 chữ số trên thư mời"),
        ("4821 7730", "Ông/Bà đã nhập 8 số"),
        (elsewhere.as_str(), "Không có mã này"),
    ] {
        coordinator
            .post("/qt/dot/thu/thu-hoi-ma", &[("code", typed)])
            .await
            .is(422)
            .shows(said)
            .shows("Lỗi: Thu hồi mã");
    }
    coordinator.post("/qt/dot/thu/thu-hoi-ma", &[("code", &hanoi)]).await.is(200).shows("Đã thu hồi mã");
    assert!(recognise(&house.app, &Code::parse(&hanoi).unwrap()).await.unwrap().is_none());
    assert!(recognise(&house.app, &Code::parse(&elsewhere).unwrap()).await.unwrap().is_some());
    assert_eq!(house.count("contact.invitation WHERE status = 'cancelled' AND province_code = '01'").await, 1);
    assert_eq!(
        house.count("office.audit_entry WHERE verb = 'invitations.cancel' AND actor = 'staff:coordinator.01'").await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_print_file_is_destroyed_by_a_button_and_the_act_is_kept() {
    let house = House::start().await;
    let (_, draw) = house.issued("thu").await;
    let mut coordinator = house.sign_in(Role::Coordinator, "VN").await;
    let page = coordinator.get("/qt/dot/thu/cap-ma").await;
    page.is(200).shows("544").shows(&format!("letters-{draw}.csv"));
    coordinator.post("/qt/dot/thu/thu-moi/huy", &[]).await.is(200).shows("Tệp in thư đã hủy");
    assert!(!invitations::print_list(&house.app, draw).exists());
    assert_eq!(house.count("office.audit_entry WHERE verb = 'invitations.destroy_print_list'").await, 1);
}
