//! A browser as far as HTTP goes: cookies, redirects, forms. No script runs in it.

use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, HeaderMap};
use reqwest::{Client, Method, RequestBuilder};

/// What came back after all redirects.
pub struct Answer {
    pub status: u16,
    /// Path and query of the page one ended on.
    pub place: String,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The value of the hidden field `name`, as the first form on the page has it.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let (_, rest) = self.text.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    }

    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        assert!(
            self.text.contains(text),
            "the page at {} ({}) does not show {text:?}:\n{}",
            self.place,
            self.status,
            self.text
        );
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "at {}:\n{}", self.place, self.text);
        self
    }
}

#[derive(Clone)]
pub struct Visitor {
    client: Client,
    home: String,
    csrf: String,
}

impl Visitor {
    pub fn new(home: String) -> Self {
        let client = Client::builder().cookie_store(true).build().unwrap();
        Self { client, home, csrf: String::new() }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.client.get(self.url(path));
        self.send(request).await
    }

    /// Posts `fields` as a form, with the token of the last page seen.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.csrf.clone())];
        all.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let request = self.client.post(self.url(path)).form(&all);
        self.send(request).await
    }

    /// Sends a file as a browser does, with the token of the last page seen before it.
    pub async fn upload(&mut self, path: &str, file_name: &str, content: &[u8]) -> Answer {
        const LINE: &str = "AaB03x";
        let mut body = format!(
            "--{LINE}\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--{LINE}\r\n\
             content-disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\r\n",
            self.csrf
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{LINE}--\r\n").as_bytes());
        let typed = format!("multipart/form-data; boundary={LINE}");
        self.request(Method::POST, path, |request| request.header("content-type", typed).body(body)).await
    }

    /// Anything else: another method, a raw body, other headers. Follows redirects as well.
    pub async fn request(
        &mut self,
        method: Method,
        path: &str,
        change: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Answer {
        let request = change(self.client.request(method, self.url(path)));
        self.send(request).await
    }

    /// How long a download waits for its first byte, and how many there are in all: taken piece by piece, none kept.
    pub async fn first_byte(&self, path: &str) -> (Duration, usize) {
        let begun = Instant::now();
        let mut response = self.client.get(self.url(path)).send().await.expect("the server answers");
        assert_eq!(response.status(), 200, "{path}");
        let (mut first, mut bytes) = (None, 0);
        while let Some(piece) = response.chunk().await.expect("a whole body") {
            first.get_or_insert_with(|| begun.elapsed());
            bytes += piece.len();
        }
        (first.expect("a body"), bytes)
    }

    /// The token of the last page seen.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.home)
    }

    async fn send(&mut self, request: RequestBuilder) -> Answer {
        let response = request.header(ACCEPT, "text/html").send().await.expect("the server answers");
        let status = response.status().as_u16();
        let url = response.url().clone();
        let place = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let headers = response.headers().clone();
        let bytes = response.bytes().await.expect("a whole body").to_vec();
        let answer = Answer { status, place, headers, text: String::from_utf8_lossy(&bytes).into_owned(), bytes };
        if let Some(csrf) = answer.hidden("csrf") {
            self.csrf = csrf;
        }
        answer
    }
}
