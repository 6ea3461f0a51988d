//! A mail relay and a message gateway on this machine, which take what comes and remember it.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What arrived, and whom to refuse.
#[derive(Clone, Default)]
pub struct Arrived(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    messages: Vec<Message>,
    /// Receiver → the answer they get instead of a yes.
    answers: HashMap<String, String>,
    /// Every one of them is answered so.
    all: Option<String>,
}

/// A mail with its headers, or the body that was posted.
#[derive(Clone, Debug)]
pub struct Message {
    pub to: String,
    pub text: String,
    pub headers: String,
}

impl Arrived {
    pub fn all(&self) -> Vec<Message> {
        self.0.lock().unwrap().messages.clone()
    }

    /// From now on this receiver is answered so: `550 no such user`, or a status line of HTTP.
    pub fn refuse(&self, to: &str, answer: &str) {
        self.0.lock().unwrap().answers.insert(to.to_owned(), answer.to_owned());
    }

    /// From now on everybody is answered so; with none, as usual.
    pub fn refuse_all(&self, answer: Option<&str>) {
        self.0.lock().unwrap().all = answer.map(str::to_owned);
    }

    fn answer(&self, to: &str) -> Option<String> {
        let state = self.0.lock().unwrap();
        state.all.clone().or_else(|| state.answers.get(to).cloned())
    }

    fn take(&self, to: &str, headers: String, text: String) {
        self.0.lock().unwrap().messages.push(Message { to: to.to_owned(), text, headers });
    }
}

/// Speaks as much SMTP as a relay must.
pub fn mail_relay() -> (SocketAddr, Arrived) {
    serve(|stream, arrived| {
        let mut writer = stream.try_clone()?;
        let mut reader = BufReader::new(stream);
        writer.write_all(b"220 relay\r\n")?;
        let (mut to, mut line) = (String::new(), String::new());
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let upper = line.to_uppercase();
            let reply = if upper.starts_with("RCPT TO:") {
                line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to);
                arrived.answer(&to).unwrap_or_else(|| "250 yes".to_owned())
            } else if upper.starts_with("DATA") {
                writer.write_all(b"354 go on\r\n")?;
                let mut whole = String::new();
                loop {
                    let before = whole.len();
                    reader.read_line(&mut whole)?;
                    if whole.get(before..) == Some(".\r\n") {
                        whole.truncate(before);
                        break;
                    }
                }
                let (headers, text) = whole.split_once("\r\n\r\n").unwrap_or((&whole, ""));
                arrived.take(&to, headers.to_owned(), text.to_owned());
                "250 taken".to_owned()
            } else if upper.starts_with("QUIT") {
                writer.write_all(b"221 bye\r\n")?;
                return Ok(());
            } else {
                "250 yes".to_owned()
            };
            writer.write_all(format!("{reply}\r\n").as_bytes())?;
        }
    })
}

/// Takes JSON by POST, each key once.
pub fn gateway() -> (SocketAddr, Arrived) {
    serve(|stream, arrived| {
        let mut writer = stream.try_clone()?;
        let mut reader = BufReader::new(stream);
        loop {
            let mut headers = String::new();
            while !headers.ends_with("\r\n\r\n") {
                if reader.read_line(&mut headers)? == 0 {
                    return Ok(());
                }
            }
            let length = headers
                .to_lowercase()
                .split("content-length: ")
                .nth(1)
                .map_or(0, |rest| rest.split('\r').next().unwrap_or_default().parse().unwrap_or(0));
            let mut body = vec![0; length];
            reader.read_exact(&mut body)?;
            let text = String::from_utf8_lossy(&body).into_owned();
            let to = text.split("\"to\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            let answer = arrived.answer(to);
            if answer.is_none() {
                arrived.take(to, headers, text.clone());
            }
            let status = answer.unwrap_or_else(|| "202 Accepted".to_owned());
            let body = "{\"reason\":\"blocked\"}";
            let reply = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            writer.write_all(reply.as_bytes())?;
        }
    })
}

fn serve(speak: impl Fn(TcpStream, &Arrived) -> std::io::Result<()> + Send + Sync + 'static) -> (SocketAddr, Arrived) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its number");
    let arrived = Arrived::default();
    let (speak, shared) = (Arc::new(speak), arrived.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (speak, shared) = (Arc::clone(&speak), shared.clone());
            std::thread::spawn(move || speak(stream, &shared).ok());
        }
    });
    (address, arrived)
}
