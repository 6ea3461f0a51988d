//! Reading files and computing for seconds belongs off the threads that serve requests.

use crate::error::{Error, Result};

/// Runs `work` where blocking is fine and waits for it.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| Error::internal("blocking").caused_by(cause))?
}
