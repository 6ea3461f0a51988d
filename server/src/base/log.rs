//! What may be logged at all, whatever the operator asks for.

use tracing_subscriber::EnvFilter;

/// The database driver writes the values of a statement into its debug lines: tags among them, which nobody may read.
const SILENT: &[&str] = &["tokio_postgres=warn", "tokio_postgres::query=warn"];

/// `wanted` in the words of `RUST_LOG`, within what may be logged.
pub fn filter(wanted: &str) -> EnvFilter {
    SILENT.iter().filter_map(|directive| directive.parse().ok()).fold(EnvFilter::new(wanted), EnvFilter::add_directive)
}
