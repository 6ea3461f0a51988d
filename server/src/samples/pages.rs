//! What the pages of the sample show.

use analysis::design::Design;
use analysis::draw::VerifyError;
use askama::Template;

use super::strata::Stratum;
use super::{Draw, Verification};
use crate::base::page::Page;
use crate::base::parts::{Field, Problem};
use crate::base::seal::hex;
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::campaigns::Campaign;
use crate::places;

#[derive(Template)]
#[template(path = "coordination/samples.html")]
pub(super) struct SamplesPage {
    pub page: Page,
    pub campaign: Campaign,
    pub draws: Vec<Draw>,
    pub frame_frozen: bool,
    /// Shown to who may draw, while drawing is possible.
    pub form: Option<DesignForm>,
    pub problems: Vec<Problem>,
}

impl SamplesPage {
    fn action(&self) -> String {
        format!("{}/mau", self.campaign.address())
    }
}

#[derive(Template)]
#[template(path = "coordination/sample.html")]
pub(super) struct SamplePage {
    pub page: Page,
    pub campaign: Campaign,
    pub draw: Draw,
    pub strata: Vec<StratumRow>,
    pub verdict: Option<Verdict>,
    pub national: bool,
}

impl SamplePage {
    fn back(&self) -> String {
        format!("{}/mau", self.campaign.address())
    }

    fn address(&self) -> String {
        format!("{}/mau/{}", self.campaign.address(), self.draw.id)
    }

    fn verify_action(&self) -> String {
        format!("{}/kiem-tra", self.address())
    }

    /// For the terminal of who checks from outside.
    fn command(&self) -> String {
        let seed = self.draw.seed.replace('\'', "'\\''");
        format!("sipas sample verify --frame khung-mau.csv --design thiet-ke.json --seed '{seed}' --list danh-sach.csv")
    }
}

impl Draw {
    fn frame_digest(&self) -> String {
        hex(&self.frame_digest)
    }

    fn design_digest(&self) -> String {
        hex(&self.design_digest)
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
        let area = texts.get(if counts.area == "urban" { "area-urban" } else { "area-rural" }).into_owned();
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
            Verification::Different(VerifyError::Draw(_)) => texts.get("error-draw-impossible").into_owned(),
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

/// The design as a form: four whole numbers and the seed.
pub(super) struct DesignForm {
    pub numbers: Vec<Field>,
    pub seed: Field,
}

const NUMBERS: [(&str, &str); 4] = [("communes", "10"), ("villages", "2"), ("persons", "5"), ("reserves", "5")];
const GREATEST: u32 = 10_000;

impl DesignForm {
    pub(super) fn empty(texts: Texts) -> Self {
        let number = |(name, usual): (&str, &str)| field(name, &texts.get(&format!("sample-field-{name}")), usual);
        let hint = Some(texts.get("sample-field-seed-hint").into_owned());
        Self {
            numbers: NUMBERS.into_iter().map(number).collect(),
            seed: Field { hint, ..field("seed", &texts.get("sample-field-seed"), "") },
        }
    }

    /// The design and seed that were sent, or the form again with what is wrong.
    pub(super) fn read(name: &str, fields: &Fields, texts: Texts) -> Result<(Design, String), Box<Self>> {
        let mut form = Self::empty(texts);
        let mut values = Vec::new();
        for field in &mut form.numbers {
            fields.get(&field.name).trim().clone_into(&mut field.value);
            // No reserves is a design, no persons is none.
            let least = u32::from(field.name != "reserves");
            match field.value.parse().ok().filter(|number| (least..=GREATEST).contains(number)) {
                Some(number) => values.push(number),
                None => field.error = Some(texts.get("sample-field-number").into_owned()),
            }
        }
        fields.get("seed").trim().clone_into(&mut form.seed.value);
        if form.seed.value.is_empty() || form.seed.value.chars().count() > super::MOST_SEED_LETTERS {
            form.seed.error = Some(texts.get("error-seed").into_owned());
        }
        match (values.as_slice(), &form.seed.error) {
            ([communes, villages_per_commune, persons_per_village, reserves_per_village], None) => Ok((
                Design {
                    name: name.to_owned(),
                    communes: *communes,
                    villages_per_commune: *villages_per_commune,
                    persons_per_village: *persons_per_village,
                    reserves_per_village: *reserves_per_village,
                    ..Design::default()
                },
                form.seed.value,
            )),
            _ => Err(Box::new(form)),
        }
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let all = self.numbers.iter().chain([&self.seed]);
        all.filter_map(|field| Some(Problem::new(&field.id, format!("{}: {}", field.label, field.error.as_ref()?))))
            .collect()
    }
}

fn field(name: &str, label: &str, value: &str) -> Field {
    Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
        ..Field::default()
    }
}
