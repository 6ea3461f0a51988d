//! What stays when the demo is done: a small survey that is open, and people of every role to try it as.

use analysis::design::Design;

use super::console::Console;
use super::office::Office;
use crate::base::chance;
use crate::base::seal::hex;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::fieldwork;
use crate::fieldwork::assignments::{self, Which};
use crate::places::COUNTRY;
use crate::staff::{self, NewAccount, Role};

const NAME: (&str, &str) = ("Diễn tập 2026 (mô phỏng)", "Rehearsal 2026 (simulated)");
/// Who can sign in to look around: role, place, login, name.
const PEOPLE: [(Role, &str, &str, &str); 7] = [
    (Role::Coordinator, COUNTRY, "dieu.phoi", "Điều phối viên mô phỏng"),
    // Drawing and opening take two.
    (Role::Coordinator, COUNTRY, "nguoi.thu.hai", "Điều phối viên thứ hai, mô phỏng"),
    (Role::Analyst, COUNTRY, "phan.tich", "Chuyên viên mô phỏng"),
    // So does publishing.
    (Role::Analyst, COUNTRY, "phat.hanh", "Người phát hành mô phỏng"),
    (Role::Supervisor, VISITED, "giam.sat", "Giám sát viên mô phỏng"),
    (Role::Reviewer, VISITED, "kiem.phieu", "Người kiểm phiếu mô phỏng"),
    (Role::Interviewer, VISITED, "dieu.tra", "Điều tra viên mô phỏng"),
];
/// Where the interviewer of the rehearsal goes.
const VISITED: &str = "01";

pub(super) struct People {
    /// Role, the page it begins on, login.
    pub(super) accounts: Vec<(Role, &'static str)>,
    pub(super) password: String,
}

impl Office<'_> {
    /// A second, small campaign that stays open; returns a code nobody has used, and who can sign in. The interviewer has people to visit.
    pub(super) async fn rehearsal(&self, console: &Console) -> Result<(String, People)> {
        let (campaign, population) = self.prepare("dien-tap-2026", NAME, 2, console).await?;
        let design = Design {
            name: campaign.slug.clone(),
            communes: 4,
            villages_per_commune: 1,
            persons_per_village: 2,
            reserves_per_village: 0,
            ..Design::default()
        };
        let draw = self.drawn(&campaign, &design, console).await?;
        let letters = self.invite(&campaign, draw, &population, console).await?;
        self.open_fieldwork(&campaign).await?;
        let people = self.people(&campaign).await?;
        let unused = letters.into_iter().next().ok_or_else(|| Error::internal("demo-letters"))?;
        Ok((unused.code, people))
    }

    /// Accounts to try, with a password of this run.
    async fn people(&self, campaign: &Campaign) -> Result<People> {
        let password = hex(&chance::secret_bytes::<8>()?);
        let mut accounts = Vec::new();
        for (role, place, login, name) in PEOPLE {
            let account = NewAccount {
                login: login.to_owned(),
                name: name.to_owned(),
                password: password.clone(),
                role,
                place_code: place.to_owned(),
            };
            let id = staff::add(self.app, &self.actor, account).await?;
            accounts.push((role, login));
            if role == Role::Interviewer {
                let known = fieldwork::board::communes(self.app, campaign.id, VISITED).await?;
                let communes: Vec<_> = known.into_iter().map(|(code, _)| code).collect();
                let (app, actor) = (self.app, &self.actor);
                assignments::assign(app, actor, campaign, VISITED, &communes, Which::Free, Some(id)).await?;
            }
        }
        Ok(People { accounts, password })
    }
}
