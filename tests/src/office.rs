//! The coordinator's way through a campaign, step by step, over a small made-up nation.

use std::fs::File;
use std::io::Write as _;

use analysis::design::Design;
use server::audit::Actor;
use server::campaigns::{self, Campaign, NewCampaign};
use server::frames::synthetic::{self, Size};
use server::frames::{self, Verdict};
use server::{invitations, places, samples};
use uuid::Uuid;

use crate::House;

impl House {
    /// A campaign in preparation, from 1 October to 30 November 2026.
    pub async fn campaign(&self, slug: &str) -> Campaign {
        places::load(&self.app, &self.actor).await.expect("the places");
        let new = NewCampaign {
            slug: slug.to_owned(),
            name_vi: "Khảo sát thử".to_owned(),
            name_en: "Trial survey".to_owned(),
            year: 2026,
            opens_on: "2026-10-01".parse().unwrap(),
            closes_on: "2026-11-30".parse().unwrap(),
            results_on: "2026-12-31".parse().unwrap(),
            hotline: "1900 1234".to_owned(),
            synthetic: true,
            flush_at_least: 5,
        };
        let version = self.approved(survey_forms::builtin().first().expect("a questionnaire")).await;
        campaigns::create(&self.app, &self.actor, &new, version).await.expect("a campaign");
        self.campaign_now(slug).await
    }

    /// Opens a campaign by two people, without asking for its codes.
    pub async fn open(&self, campaign: &Campaign) {
        campaigns::propose_opening(&self.app, &Actor::System("proposer"), campaign).await.expect("a proposal");
        campaigns::open(&self.app, &self.actor, campaign).await.expect("the campaign opens");
    }

    /// The same with everything a coordinator's opening does: checks, cases.
    pub async fn open_fieldwork(&self, campaign: &Campaign) {
        let proposer = Actor::System("proposer");
        server::coordination::propose_opening(&self.app, &proposer, campaign).await.expect("a proposal");
        server::coordination::open(&self.app, &self.actor, campaign).await.expect("the survey opens");
    }

    /// The campaign as it stands now.
    pub async fn campaign_now(&self, slug: &str) -> Campaign {
        campaigns::find_by_slug(&self.app, slug).await.expect("the campaign")
    }

    pub async fn import(&self, campaign: &Campaign, list: &[u8]) -> Verdict {
        let path = self.directory().join("list.csv");
        File::create(&path).unwrap().write_all(list).unwrap();
        frames::import(&self.app, &self.actor, campaign, "list.csv", File::open(path).unwrap(), true)
            .await
            .expect("a verdict")
    }

    /// A frozen frame of some three thousand persons in all provinces.
    pub async fn frozen_frame(&self, campaign: &Campaign) -> Uuid {
        let mut list = Vec::new();
        let size = Size { communes_per_province: 7..=8, villages_per_commune: 2..=3, adults_per_village: 4..=6 };
        synthetic::write("2026", &size, &mut list).unwrap();
        let Verdict::Imported(frame) = self.import(campaign, &list).await else { panic!("a sound list") };
        frames::freeze(&self.app, &self.actor, frame).await.expect("a frozen frame");
        frame
    }

    /// A draw of 16 persons and 8 reserves in each province.
    pub async fn drawn(&self, campaign: &Campaign, seed: &str) -> Uuid {
        let people = (&self.actor, &Actor::System("second person"));
        let (draw, _) =
            samples::arrange(&self.app, people, campaign, &small_design(), ("the test", seed)).await.expect("a draw");
        self.work().await;
        draw
    }

    /// A campaign whose codes are issued, not yet open.
    pub async fn issued(&self, slug: &str) -> (Campaign, Uuid) {
        let campaign = self.campaign(slug).await;
        self.frozen_frame(&campaign).await;
        let draw = self.drawn(&campaign, "seed").await;
        invitations::issue(&self.app, &self.actor, &campaign, draw).await.expect("a job");
        self.work().await;
        (campaign, draw)
    }

    /// The lines of the print file, headings first.
    pub fn print_list(&self, draw: Uuid) -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(invitations::print_list(&self.app, draw)).expect("the print file");
        text.lines().map(|line| line.split(',').map(ToOwned::to_owned).collect()).collect()
    }
}

pub fn small_design() -> Design {
    Design {
        name: "thu".to_owned(),
        communes: 4,
        villages_per_commune: 2,
        persons_per_village: 2,
        reserves_per_village: 1,
        ..Design::default()
    }
}
