//! What the pages of the sample show.

use analysis::draw::VerifyError;
use analysis::preview::{Preview, ProvincePreview};
use askama::Template;
use uuid::Uuid;

use super::form::DesignForm;
use super::strata::Stratum;
use super::{Draw, SavedDesign, Verification, words};
use crate::base::page::Page;
use crate::base::parts::{Field, Problem};
use crate::base::seal::hex;
use crate::base::text::Texts;
use crate::campaigns::Campaign;
use crate::places;

#[derive(Template)]
#[template(path = "coordination/samples.html")]
pub(super) struct SamplesPage {
    pub page: Page,
    pub campaign: Campaign,
    pub designs: Vec<SavedDesign>,
    pub draws: Vec<Draw>,
    pub frame_frozen: bool,
    pub national: bool,
}

#[derive(Template)]
#[template(path = "coordination/sample_form.html")]
pub(super) struct FormPage {
    pub page: Page,
    pub back: String,
    pub action: String,
    pub form: DesignForm,
    pub problems: Vec<Problem>,
}

#[derive(Template)]
#[template(path = "coordination/sample_design.html")]
pub(super) struct DesignPage {
    pub page: Page,
    pub campaign: Campaign,
    pub saved: SavedDesign,
    pub words: Vec<(String, String)>,
    /// What would be drawn, or why nothing can be.
    pub ahead: Result<Ahead, String>,
    pub rho: Field,
    /// Shown to who may commit, while that is possible.
    pub source: Option<Field>,
    pub problems: Vec<Problem>,
    pub national: bool,
}

impl DesignPage {
    fn back(&self) -> String {
        format!("{}/mau", self.campaign.address())
    }

    fn address(&self) -> String {
        format!("{}/mau/thiet-ke/{}", self.campaign.address(), self.saved.id)
    }

    fn clone_address(&self) -> String {
        format!("{}/mau/thiet-ke?tu={}", self.campaign.address(), self.saved.id)
    }

    fn commit_action(&self) -> String {
        format!("{}/cam-ket", self.address())
    }
}

/// A preview in words.
pub(super) struct Ahead {
    pub preview: Preview,
    pub provinces: Vec<(String, ProvincePreview)>,
    pub warnings: Vec<String>,
    texts: Texts,
}

impl Ahead {
    pub(super) fn new(preview: Preview, texts: Texts) -> Self {
        let warnings = preview.warnings.iter().map(|warning| words::warning(warning, texts)).collect();
        let named = |row: &ProvincePreview| {
            (places::province_name(&row.province).unwrap_or(&row.province).to_owned(), row.clone())
        };
        let provinces = preview.provinces.iter().map(named).collect();
        Self { preview, provinces, warnings, texts }
    }

    fn stratum(&self, path: &str) -> String {
        words::stratum(path, self.texts)
    }

    fn whole(&self, number: impl std::fmt::Display) -> String {
        self.texts.decimal(number, 0)
    }

    fn persons(&self) -> String {
        self.texts.decimal(self.preview.strata.iter().map(|stratum| stratum.persons).sum::<f64>(), 0)
    }
}

#[derive(Template)]
#[template(path = "coordination/sample.html")]
pub(super) struct SamplePage {
    pub page: Page,
    pub campaign: Campaign,
    pub draw: Draw,
    pub words: Vec<(String, String)>,
    pub strata: Vec<StratumRow>,
    pub verdict: Option<Verdict>,
    pub seed: Field,
    pub problems: Vec<Problem>,
    pub national: bool,
    /// The reader typed the seed in, so somebody else must confirm it.
    pub own: bool,
    /// The draw of places within which this one goes on.
    pub first: Option<Uuid>,
}

impl SamplePage {
    fn back(&self) -> String {
        format!("{}/mau", self.campaign.address())
    }

    fn address(&self) -> String {
        self.draw.address(&self.campaign)
    }

    fn action(&self, what: &str) -> String {
        format!("{}/{what}", self.address())
    }

    fn is(&self, name: &str) -> bool {
        self.draw.state().name() == name
    }

    /// For the terminal of who checks from outside.
    fn command(&self) -> String {
        let seed = self.draw.seed.replace('\'', "'\\''");
        let within = if self.first.is_some() { " --within dia-ban-da-rut.csv" } else { "" };
        format!(
            "sipas sample verify --frame khung-mau.csv --design thiet-ke.json --seed '{seed}' --list danh-sach.csv{within}"
        )
    }

    /// The address of the draw of places within which this one goes on.
    fn first_address(&self) -> Option<String> {
        Some(format!("{}/mau/{}", self.campaign.address(), self.first?))
    }

    /// It ended with places: their people are to be listed.
    fn people_wanted(&self) -> bool {
        self.draw.drawn_at.is_some() && !self.draw.names_persons()
    }
}

impl Draw {
    pub(super) fn address(&self, campaign: &Campaign) -> String {
        format!("{}/mau/{}", campaign.address(), self.id)
    }

    pub(super) fn frame_digest(&self) -> String {
        hex(&self.frame_digest)
    }

    pub(super) fn design_digest(&self) -> String {
        hex(&self.design_digest)
    }

    fn state_name(&self, texts: Texts) -> String {
        texts.get(&format!("draw-state-{}", self.state().name())).into_owned()
    }

    fn colour(&self) -> &'static str {
        self.state().colour()
    }

    /// What was done with it, by whom and when, in order.
    pub(super) fn history(&self, texts: Texts) -> Vec<(String, String)> {
        let told = |who: &str, at| {
            texts.with("job-asked", [("who", who.to_owned()), ("moment", texts.moment(at))]).into_owned()
        };
        let steps = [
            ("draw-committed", Some(&self.committed_by), Some(self.committed_at)),
            ("draw-seeded", self.seeded_by.as_ref(), self.seeded_at),
            ("draw-confirmed", self.confirmed_by.as_ref(), self.confirmed_at),
            ("draw-withdrawn", self.withdrawn_by.as_ref(), self.withdrawn_at),
        ];
        let done = steps.into_iter().filter_map(|(key, who, at)| Some((texts.get(key).into_owned(), told(who?, at?))));
        let drawn = self.drawn_at.map(|at| (texts.get("draw-drawn").into_owned(), texts.moment(at)));
        done.chain(drawn).collect()
    }
}

impl SavedDesign {
    fn short_digest(&self) -> String {
        hex(&self.digest).chars().take(12).collect()
    }

    pub(super) fn hex_digest(&self) -> String {
        hex(&self.digest)
    }
}

pub(super) struct StratumRow {
    pub name: String,
    pub area: String,
    pub counts: Stratum,
}

impl StratumRow {
    pub(super) fn new(counts: Stratum, texts: Texts) -> Self {
        let name = places::province_name(&counts.province).unwrap_or(&counts.province).to_owned();
        let mut area = words::area(&counts.area, texts);
        if !counts.group.is_empty() {
            area = format!("{area}, {}", counts.group);
        }
        Self { name, area, counts }
    }
}

/// What drawing again said, in words.
pub(super) struct Verdict {
    pub same: bool,
    pub sentence: String,
}

impl Verdict {
    pub(super) fn new(verification: &Verification, texts: Texts) -> Self {
        let sentence = match verification {
            Verification::Same => texts.get("sample-same").into_owned(),
            Verification::FrameDiffers => texts.get("sample-frame-differs").into_owned(),
            Verification::DigestDiffers => texts.get("sample-digest-differs").into_owned(),
            Verification::Impossible | Verification::Different(VerifyError::Draw(_)) => {
                texts.get("sample-impossible").into_owned()
            }
            Verification::Different(VerifyError::Missing(unit)) => {
                texts.with("sample-missing", [("code", unit.code.as_str()), ("path", unit.path.as_str())]).into_owned()
            }
            Verification::Different(VerifyError::NotDrawn(unit)) => texts
                .with("sample-not-drawn", [("code", unit.code.as_str()), ("path", unit.path.as_str())])
                .into_owned(),
            Verification::Different(VerifyError::Different { unit, field, expected, found }) => {
                let values = [
                    ("code", unit.code.as_str()),
                    ("field", field),
                    ("expected", expected.as_str()),
                    ("found", found.as_str()),
                ];
                texts.with("sample-different", values).into_owned()
            }
        };
        Self { same: *verification == Verification::Same, sentence }
    }
}

/// A line to write: a seed, where it comes from, a number.
pub(super) fn line(name: &str, value: &str, error: Option<String>, texts: Texts) -> Field {
    Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(&format!("sample-field-{name}")).into_owned(),
        hint: Some(texts.get(&format!("sample-field-{name}-hint")).into_owned()),
        value: value.to_owned(),
        error,
    }
}

#[derive(Template)]
#[template(path = "coordination/sample_withdraw.html")]
pub(super) struct WithdrawPage {
    pub page: Page,
    pub back: String,
    pub draw: Draw,
}

impl WithdrawPage {
    fn action(&self) -> String {
        format!("{}/rut-lai", self.back)
    }
}
