//! `sipas responses rebuild`: the columnar copies made anew from the database, at will.

use super::say;
use crate::app::App;
use crate::base::clock::Clock;
use crate::base::seal::hex;
use crate::campaigns;
use crate::config::Config;
use crate::error::Result;
use crate::responses::copy;

/// Of one survey, or of all; says of each how many responses it has, the digest of their set, and where its file is.
pub(super) async fn rebuild(config: Config, survey: Option<&str>) -> Result<()> {
    let app = App::open(config, Clock::System)?;
    let surveys = match survey {
        Some(slug) => vec![campaigns::find_by_slug(&app, slug).await?],
        None => campaigns::list(&app).await?,
    };
    for survey in surveys {
        let made = copy::rebuild(&app, &survey).await?;
        let path = copy::path(&app, &survey);
        say(&format!(
            "{}: {} responses, set {}\n  {} (SHA-256 {})",
            survey.slug,
            made.set.count,
            hex(&made.set.digest),
            path.display(),
            hex(&made.digest)
        ));
    }
    Ok(())
}
