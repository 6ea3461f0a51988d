//! The texts a form is made of: what is stored, and what the digest of a form version is taken over.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A form as text. Its code is its identity across versions; its digest is that of one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub code: String,
    pub definition: SourceFile,
    /// Language code (`vi`, `en`) and its wording.
    pub wordings: Vec<(String, SourceFile)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Where the text came from, for messages only.
    pub name: String,
    pub text: String,
}

impl SourceFile {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

impl Source {
    /// SHA-256 in lower-case hex over the code and every text, each with its length before it, wordings by language.
    /// File names and the kind of line break do not count: the same words give the same digest on every machine.
    pub fn digest(&self) -> String {
        let mut wordings: Vec<_> = self.wordings.iter().collect();
        wordings.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut parts = vec![self.code.clone(), self.definition.text.clone()];
        for (language, file) in wordings {
            parts.push(language.clone());
            parts.push(file.text.clone());
        }
        let mut hash = Sha256::new();
        for part in parts {
            let part = part.replace("\r\n", "\n");
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    }
}
