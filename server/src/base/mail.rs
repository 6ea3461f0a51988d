//! E-mail through a relay on this machine, which queues, signs and encrypts on the way out.

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use uuid::Uuid;

use super::message::Outcome;
use crate::config::MailConfig;
use crate::error::{Error, Kind, Result};

pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
}

pub struct Letter<'l> {
    /// Names the message for good: the same one is never another's.
    pub id: Uuid,
    pub to: &'l str,
    pub name: &'l str,
    pub subject: &'l str,
    pub text: &'l str,
    /// Where its reader asks for no more of them.
    pub leave: &'l str,
}

impl Mail {
    /// An error when the relay does not answer: nothing has been sent then.
    pub async fn open(config: &MailConfig) -> Result<Self> {
        let unreachable = || Error::new(Kind::Unavailable, "channel-unreachable");
        let sender = config.sender.parse().map_err(|_unreadable| Error::internal("mail-sender"))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(config.relay.ip().to_string())
            .port(config.relay.port())
            .build();
        match transport.test_connection().await {
            Ok(true) => Ok(Self { transport, sender }),
            Ok(false) => Err(unreachable()),
            Err(cause) => Err(unreachable().caused_by(cause)),
        }
    }

    pub async fn send(&self, letter: &Letter<'_>) -> Outcome {
        let Some(message) = self.message(letter) else { return Outcome::Refused("address".to_owned()) };
        match self.transport.send(message).await {
            Ok(_taken) => Outcome::Sent,
            Err(error) if error.is_permanent() => {
                let status = error.status().map(u16::from);
                Outcome::Refused(format!("SMTP {}", status.map_or_else(String::new, |status| status.to_string())))
            }
            Err(error) if error.is_transient() => Outcome::Later,
            Err(_lost) => Outcome::Unknown,
        }
    }

    /// None for an address that is none. The library encodes names and subjects, so that none of them can begin a new header.
    fn message(&self, letter: &Letter<'_>) -> Option<Message> {
        let address: Address = letter.to.parse().ok()?;
        let one_line = |text: &str| text.chars().filter(|sign| !sign.is_control()).collect::<String>();
        let id = format!("<{}@{}>", letter.id, self.sender.email.domain());
        Message::builder()
            .from(self.sender.clone())
            .to(Mailbox::new(Some(one_line(letter.name)), address))
            .subject(one_line(letter.subject))
            .message_id(Some(id))
            .header(Leave(format!("<{}>", letter.leave)))
            .header(LeaveByPost)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.to_owned())
            .ok()
    }
}

/// `List-Unsubscribe` (RFC 2369).
#[derive(Clone)]
struct Leave(String);

impl Header for Leave {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// One press in the reader's program is enough (RFC 8058).
#[derive(Clone)]
struct LeaveByPost;

impl Header for LeaveByPost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_text: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}
