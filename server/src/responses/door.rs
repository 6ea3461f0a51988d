//! What one process remembers between requests: how often wrong codes came, and the campaigns that are open. Both are bounded and
//! may be lost at any moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::throttle::Throttle;
use crate::app::App;
use crate::campaigns::{self, Campaign, State};
use crate::error::Result;

/// An open campaign is read again after this long, so closing one takes effect within it. The flush counts on no more than that.
const FRESH: Duration = Duration::from_secs(1);

#[derive(Default)]
pub struct Door {
    pub(super) throttle: Throttle,
    open: Mutex<HashMap<Uuid, Seen>>,
}

struct Seen {
    campaign: Arc<Campaign>,
    read: Instant,
    /// The same on the server's clock, which a test may move.
    at: DateTime<Utc>,
}

/// The campaign of a session. Only open ones are remembered: opening shows at once.
pub(super) async fn campaign(app: &App, id: Uuid) -> Result<Arc<Campaign>> {
    let now = app.clock.now();
    let fresh = |seen: &Seen| seen.read.elapsed() < FRESH && (now - seen.at).abs() < TimeDelta::seconds(1);
    let seen = app
        .door
        .open
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&id)
        .filter(|seen| fresh(seen))
        .map(|seen| seen.campaign.clone());
    if let Some(campaign) = seen {
        return Ok(campaign);
    }
    let campaign = Arc::new(campaigns::find(app, id).await?);
    let mut open = app.door.open.lock().unwrap_or_else(PoisonError::into_inner);
    if campaign.state() == State::Open {
        open.insert(id, Seen { campaign: campaign.clone(), read: Instant::now(), at: now });
    } else {
        open.remove(&id);
    }
    Ok(campaign)
}

/// The campaign that pages for everybody speak of: the one that is open, else the newest that was.
pub(super) async fn public_campaign(app: &App) -> Result<Option<Campaign>> {
    let rank = |campaign: &Campaign| match campaign.state() {
        State::Open => 0,
        State::Closed => 1,
        State::Preparing => 2,
    };
    Ok(campaigns::list(app).await?.into_iter().min_by_key(rank))
}
