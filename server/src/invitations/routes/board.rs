//! Where a campaign's invitations stand, and the way to all that can be done with them.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use super::super::store::{files, messages as sent};
use super::super::{ProvinceProgress, progress};
use super::messages::outcomes;
use super::{board, campaign, scope};
use crate::app::App;
use crate::base::page::{Link, Page};
use crate::base::web::visit::Visit;
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::staff::session::Coordinator;

#[derive(Template)]
#[template(path = "invitations/board.html")]
struct BoardPage {
    page: Page,
    campaign: Campaign,
    links: Vec<Link>,
    total: ProvinceProgress,
    /// Letters in files, and files.
    printed: (i64, usize),
    /// Channel and what became of its messages.
    messages: Vec<(String, String)>,
    left: i64,
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaign(&app, &slug).await?;
    let texts = visit.texts();
    let total = ProvinceProgress::total(&progress(&app, campaign.id, &signed_in.place_code).await?);
    let files = files::list(&mut app.database.contact.read().await?, campaign.id, scope(&signed_in)).await?;
    let standing = || files.iter().filter(|file| file.destroyed_at.is_none());
    let printed = (standing().map(|file| i64::from(file.letters)).sum(), standing().count());
    let mut connection = app.database.contact.read().await?;
    let counts = sent::counts(&mut connection, campaign.id, scope(&signed_in)).await?;
    let left = sent::left(&mut connection, campaign.id, scope(&signed_in)).await?;
    drop(connection);
    // Over all rules, by channel and outcome.
    let mut sums = BTreeMap::<&str, BTreeMap<&str, i64>>::new();
    for (_, channel, state, count) in &counts {
        *sums.entry(channel).or_default().entry(state).or_default() += count;
    }
    let messages = sums.into_iter().map(|(channel, states)| {
        (texts.get(&format!("channel-{channel}")).into_owned(), outcomes(states.into_iter(), texts))
    });
    let messages = messages.collect();
    let home = board(&campaign);
    let links = [
        ("print-title", "in"),
        ("words-title", "loi"),
        ("find-title", "tim"),
        ("rules-title", "tin"),
        ("payment-title", "ky-nhan"),
    ]
    .map(|(key, path)| Link::new(texts.get(key), format!("{home}/{path}")));
    let mut page = signed_in.page(&visit).titled(texts.get("board-title"));
    page.synthetic = campaign.synthetic;
    visit.ok(&BoardPage { page, campaign, links: links.to_vec(), total, printed, messages, left })
}
