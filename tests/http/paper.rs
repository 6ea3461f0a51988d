//! What is printed, as it leaves the house. What stands on it is tested where it is made.

use e2e::House;
use server::staff::Role;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_form_is_the_same_file_for_whoever_may_see_the_version() {
    let house = House::start().await;
    let mut coordinator = house.sign_in(Role::Coordinator, "01").await;
    let id = house.approved(&survey_forms::builtin()[0]).await;
    let version = coordinator.get(&format!("/qt/phieu/{id}")).await;
    version.is(200).shows(&format!("href=\"/qt/phieu/{id}/in/vi.pdf\"")).shows("khổ A4 (PDF): English");
    let paper = coordinator.get(&format!("/qt/phieu/{id}/in/vi.pdf")).await;
    paper.is(200);
    assert!(paper.bytes.starts_with(b"%PDF-1.7") && paper.bytes.len() < 300_000);
    assert_eq!(paper.headers["content-type"], "application/pdf");
    let name = paper.headers["content-disposition"].to_str().unwrap();
    assert!(name.starts_with("inline; filename=\"sipas-2026-vi-") && name.ends_with(".pdf\""), "{name}");
    let english = coordinator.get(&format!("/qt/phieu/{id}/in/en.pdf")).await;
    assert_ne!(english.is(200).bytes, paper.bytes);
    assert_eq!(coordinator.get(&format!("/qt/phieu/{id}/in/vi.pdf")).await.bytes, paper.bytes);
    for file in ["km.pdf", "vi.txt", "vi"] {
        coordinator.get(&format!("/qt/phieu/{id}/in/{file}")).await.is(404);
    }
    coordinator.get(&format!("/qt/phieu/{}/in/vi.pdf", Uuid::nil())).await.is(404).shows("Không có phiếu hỏi này");
    house.sign_in(Role::Analyst, "VN").await.get(&format!("/qt/phieu/{id}/in/vi.pdf")).await.is(403);
    assert!(house.visitor().get(&format!("/qt/phieu/{id}/in/vi.pdf")).await.place.starts_with("/dang-nhap"));
}
