//! Counts for the house's own monitoring: by route and status, never by person, code or address.

use prometheus::{Encoder as _, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};

use crate::error::{Error, Result};

#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    pub requests: IntCounterVec,
    pub seconds: HistogramVec,
    pub jobs: IntCounterVec,
}

impl Metrics {
    pub fn new() -> Result<Self> {
        let failed = |cause: prometheus::Error| Error::internal("metrics").caused_by(cause);
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                Opts::new("sipas_http_requests_total", "Requests answered"),
                &["route", "method", "status"],
            )
            .map_err(failed)?,
            seconds: HistogramVec::new(
                HistogramOpts::new("sipas_http_request_seconds", "Time to answer a request"),
                &["route"],
            )
            .map_err(failed)?,
            jobs: IntCounterVec::new(Opts::new("sipas_jobs_total", "Background jobs that ended"), &["kind", "outcome"])
                .map_err(failed)?,
        };
        metrics.registry.register(Box::new(metrics.requests.clone())).map_err(failed)?;
        metrics.registry.register(Box::new(metrics.seconds.clone())).map_err(failed)?;
        metrics.registry.register(Box::new(metrics.jobs.clone())).map_err(failed)?;
        Ok(metrics)
    }

    pub fn text(&self) -> Result<String> {
        let mut buffer = Vec::new();
        TextEncoder::new()
            .encode(&self.registry.gather(), &mut buffer)
            .map_err(|cause| Error::internal("metrics").caused_by(cause))?;
        String::from_utf8(buffer).map_err(|cause| Error::internal("metrics").caused_by(cause))
    }
}
