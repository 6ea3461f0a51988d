//! The frames of the one or two campaigns that somebody looks at, kept decoded for a few minutes: whoever tries tables makes many.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use tokio::sync::Mutex;

use super::budget::Sizes;
use crate::app::App;
use crate::base::db::{self, Sight};
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::results::{self, Frame};

/// Each takes some 20 MB at 36,525 responses.
const MOST: usize = 2;
const KEPT: Duration = Duration::minutes(10);

#[derive(Default)]
pub struct Frames(Mutex<Vec<(DateTime<Utc>, Arc<Open>)>>);

/// A frame with what was counted in it.
pub(super) struct Open {
    pub frame: Frame,
    pub sizes: Sizes,
}

/// The frame of the run that is shown; whoever asks while it is being made waits for it.
pub(super) async fn frame(app: &App, campaign: &Campaign) -> Result<Option<Arc<Open>>> {
    let Some(run) = results::current(app, campaign).await? else { return Ok(None) };
    let now = app.clock.now();
    let mut all = app.crosstab_frames.0.lock().await;
    all.retain(|(until, _)| *until > now);
    let known = all.iter().position(|(_, open)| open.frame.run.id == run.id).map(|place| all.remove(place).1);
    let open = match known {
        Some(open) => open,
        // How all cases ended decides the weights, whoever asks: an account for a province sees its own cases only.
        None => match db::seen_by(Sight::everything(), results::frame(app, campaign)).await? {
            Some(frame) => Arc::new(Open { frame, sizes: Sizes::default() }),
            None => return Ok(None),
        },
    };
    // The one that was asked for last stands last.
    if all.len() >= MOST {
        all.remove(0);
    }
    all.push((now + KEPT, open.clone()));
    Ok(Some(open))
}
