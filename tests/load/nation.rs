//! A whole survey: one letter for each of many persons, in 918 communes.

use analysis::design::Design;
use e2e::{House, small_design};
use server::audit::Actor;
use server::campaigns::Campaign;
use server::frames::synthetic::{self, Size};
use server::frames::{self, Verdict};
use server::{invitations, samples};

pub(crate) async fn issued(house: &House, slug: &str, persons_per_village: u32) -> Campaign {
    let campaign = house.campaign(slug).await;
    let mut list = Vec::new();
    let adults = persons_per_village + 1..=persons_per_village + 2;
    let size = Size {
        communes_per_province: 60..=60,
        villages_per_commune: 4..=4,
        adults_per_village: u64::from(*adults.start())..=u64::from(*adults.end()),
    };
    synthetic::write("2026", &size, &mut list).unwrap();
    let Verdict::Imported(frame) = house.import(&campaign, &list).await else { panic!("a sound list") };
    frames::freeze(&house.app, &house.actor, frame).await.unwrap();
    let design = Design {
        communes: 27,
        villages_per_commune: 4,
        persons_per_village,
        reserves_per_village: 1,
        ..small_design()
    };
    let people = (&house.actor, &Actor::System("second person"));
    let (draw, _) = samples::arrange(&house.app, people, &campaign, &design, ("the bench", "seed")).await.unwrap();
    house.work().await;
    invitations::issue(&house.app, &house.actor, &campaign, draw).await.unwrap();
    house.work().await;
    house.campaign_now(slug).await
}
