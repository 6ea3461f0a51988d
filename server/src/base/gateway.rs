//! SMS and Zalo through a gateway's adapter on this machine: we post JSON, it reports back under a signature. docs/operating has the whole of it.

use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::message::{Outcome, reason};
use super::seal::{hex, signature};
use crate::config::GatewayConfig;
use crate::error::{Error, Result};

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Gateway {
    client: Client,
    url: String,
    token: String,
}

impl Gateway {
    pub fn open(config: &GatewayConfig) -> Result<Self> {
        let client =
            Client::builder().timeout(PATIENCE).build().map_err(|cause| Error::internal("gateway").caused_by(cause))?;
        Ok(Self { client, url: config.url.clone(), token: config.token.clone() })
    }

    /// `channel` is `sms` or `zalo`, `to` a number as lists have it (`0912345678`). `id` is the key under which the gateway takes a message
    /// over once, however often it is posted.
    pub async fn send(&self, id: Uuid, channel: &str, to: &str, text: &str) -> Outcome {
        let number = format!("+84{}", to.strip_prefix('0').unwrap_or(to));
        let body = json!({ "id": id, "channel": channel, "to": number, "text": text }).to_string();
        let request = self
            .client
            .post(&self.url)
            .bearer_auth(&self.token)
            .header("content-type", "application/json")
            .header("idempotency-key", id.to_string())
            .body(body);
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) if error.is_connect() => return Outcome::Later,
            Err(_lost) => return Outcome::Unknown,
        };
        let status = answer.status();
        if status.is_success() {
            Outcome::Sent
        } else if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            Outcome::Later
        } else {
            let told: Option<Value> = answer.bytes().await.ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
            let told = told.as_ref().and_then(|told| told.get("reason")).and_then(Value::as_str);
            Outcome::Refused(reason(told.unwrap_or("refused")))
        }
    }
}

/// Whether a report is the gateway's: `given` must be HMAC-SHA256 of the body under the secret both have, in hexadecimal.
pub fn is_signed(config: &GatewayConfig, body: &[u8], given: &str) -> bool {
    signature(config.secret.as_bytes(), body)
        .is_ok_and(|right| bool::from(hex(&right).as_bytes().ct_eq(given.as_bytes())))
}
