//! What is drawn at a stage, and how.

use serde::{Deserialize, Serialize};

use crate::draw::{SelectionMethod, Stage};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageRule {
    pub unit: Stage,
    pub method: SelectionMethod,
}

pub(super) fn usual() -> Vec<StageRule> {
    vec![
        StageRule { unit: Stage::Commune, method: SelectionMethod::PpsSystematic },
        StageRule { unit: Stage::Village, method: SelectionMethod::PpsSystematic },
        StageRule { unit: Stage::Person, method: SelectionMethod::SimpleRandom },
    ]
}

pub(super) fn is_usual(stages: &[StageRule]) -> bool {
    stages == usual()
}
