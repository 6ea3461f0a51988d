//! What the answers mean.
