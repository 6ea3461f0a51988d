//! A notice to another system: JSON that is posted under a signature. Of the answer nothing but the status is read.

use std::net::SocketAddr;
use std::time::Duration;

use hyper::header::{CONTENT_TYPE, USER_AGENT};
use hyper::{Request, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use uuid::Uuid;

use super::seal::{hex, signature};
use crate::error::{Error, Result};

const PATIENCE: Duration = Duration::from_secs(10);

/// Whether a notice may go there: by HTTPS to one of `hosts`, which are names with a port where it is not the usual one. Without TLS
/// only to this machine, where it is one of `hosts`, too.
pub fn may_go(address: &str, hosts: &[String]) -> bool {
    let Ok(address) = address.parse::<Uri>() else { return false };
    let Some(host) = address.authority().map(|host| host.as_str().to_lowercase()) else { return false };
    let is_here = || host.parse::<SocketAddr>().is_ok_and(|here| here.ip().is_loopback());
    let by = address.scheme_str();
    hosts.contains(&host) && (by == Some("https") || by == Some("http") && is_here())
}

/// Sends notices. Redirects are not followed: they could lead to where nothing may go.
pub struct Messenger(Client<HttpsConnector<HttpConnector>, String>);

impl Messenger {
    /// Trusts whom this machine trusts.
    pub fn open() -> Result<Self> {
        let connector = HttpsConnectorBuilder::new().with_native_roots()?.https_or_http().enable_http1().build();
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector)))
    }

    /// The status of the answer; none where none came. `id` is the same however often a notice is sent.
    pub async fn post(&self, address: &str, id: Uuid, secret: &str, body: String) -> Result<Option<u16>> {
        let request = Request::post(address)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, "sipas")
            .header("idempotency-key", id.to_string())
            .header("x-signature", hex(&signature(secret.as_bytes(), body.as_bytes())?))
            .body(body)
            .map_err(|cause| Error::internal("notice").caused_by(cause))?;
        let answer = tokio::time::timeout(PATIENCE, self.0.request(request)).await;
        Ok(answer.ok().and_then(std::result::Result::ok).map(|answer| answer.status().as_u16()))
    }
}

#[cfg(test)]
mod tests {
    use super::may_go;

    #[test]
    fn only_listed_hosts_are_told_and_only_this_machine_without_tls() {
        let hosts = ["bao.example.gov.vn", "bao.example.gov.vn:8443", "127.0.0.1:8090"].map(str::to_owned);
        for good in [
            "https://bao.example.gov.vn",
            "https://BAO.example.gov.vn/sipas?khoa=1",
            "https://bao.example.gov.vn:8443/x",
            "http://127.0.0.1:8090/x",
        ] {
            assert!(may_go(good, &hosts), "{good}");
        }
        for bad in [
            "",
            "/x",
            "bao.example.gov.vn",
            "http://bao.example.gov.vn/x",
            "ftp://bao.example.gov.vn/x",
            "https://bao.example.gov.vn:22/x",
            "https://bao.example.gov.vn@example.com/x",
            "https://ai@bao.example.gov.vn/x",
            "https://bao.example.gov.vn.example.com/x",
            "https://example.com/bao.example.gov.vn",
            "http://127.0.0.1:22/",
            "http://127.0.0.1:8090.example.com/",
        ] {
            assert!(!may_go(bad, &hosts), "{bad}");
        }
    }
}
