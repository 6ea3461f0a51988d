//! The words of a message with a person's own in their places.

use crate::app::App;
use crate::base::text::{Language, Texts};
use crate::campaigns::Campaign;
use crate::invitations::code::Code;

/// What stands in braces in a rule's words: name, link, code, last day, hotline, the link to get no more.
pub(in crate::invitations) const PLACES: [&str; 6] =
    ["{ten}", "{duong-dan}", "{ma}", "{ngay}", "{tong-dai}", "{thoi-nhan}"];

/// What a message takes from its campaign.
pub(in crate::invitations) struct Text {
    url: String,
    address: String,
    day: String,
    hotline: String,
    /// Stands for the code when we do not have it any more.
    on_the_letter: String,
}

impl Text {
    pub(in crate::invitations) fn new(app: &App, campaign: &Campaign) -> Self {
        let texts = Texts::new(Language::Vietnamese);
        let url = app.config.web.public_url.trim_end_matches('/').to_owned();
        Self {
            address: url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).to_owned(),
            url,
            day: texts.day(campaign.closes_on),
            hotline: campaign.hotline.clone(),
            on_the_letter: texts.get("message-code-on-letter").into_owned(),
        }
    }

    /// A name is one line of its own; it can neither end a header nor stand for another place.
    pub(in crate::invitations) fn fill(&self, words: &str, name: &str, code: Option<&Code>, token: &str) -> String {
        let name: String = name.chars().filter(|sign| !sign.is_control() && !"{}".contains(*sign)).collect();
        let link = code.map_or_else(|| self.address.clone(), |code| format!("{}/v/{}", self.url, code.digits()));
        let code = code.map_or_else(|| self.on_the_letter.clone(), ToString::to_string);
        let values = [name, link, code, self.day.clone(), self.hotline.clone(), self.leave(token)];
        PLACES.iter().zip(values).fold(words.to_owned(), |text, (place, value)| text.replace(place, &value))
    }

    /// Where the holder of a token asks for no more messages.
    pub(in crate::invitations) fn leave(&self, token: &str) -> String {
        format!("{}/thoi-nhan/{token}", self.url)
    }

    /// The words as long as they usually become.
    pub(in crate::invitations) fn longest(app: &App, campaign: &Campaign, words: &str) -> String {
        let code = Code::parse(&"0".repeat(16)).ok();
        Self::new(app, campaign).fill(words, "Nguyễn Thị Phương Thảo", code.as_ref(), &"0".repeat(32))
    }
}
