//! From counts of steps to thresholds, verdicts and what groups amount to.

use std::collections::BTreeMap;

use statrs::function::erf::erfc;

use super::{Kind, LEAST_FORMS, MOST_HONEST, STEPS, Steps, score_interval};
use crate::estimate::Interval;

/// Fewer forms make no threshold.
const LEAST_FOR_A_RULE: u64 = 30;
/// 99.9 %, both sides.
const STANDS_OUT: f64 = 3.290_526_731;
/// Honest places differ among themselves, too: up to this many times the usual share is no sign.
const HONEST_SPREAD: f64 = 3.0;
const USUAL: f64 = 1.959_963_985;
/// The 75 % point of the normal distribution.
const QUARTILE: f64 = 0.674_489_750_2;
/// log2(3) octaves, in half octaves: a third of the median time.
const THIRD: f64 = 3.169_925_001;

type Counts = [u64; STEPS];

/// Forms by group, kind and step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    groups: BTreeMap<String, [Counts; 6]>,
    elsewhere: Counts,
}

impl Tally {
    pub fn add(&mut self, group: &str, steps: &Steps) {
        for kind in Kind::ALL {
            if let Some(step) = steps.get(kind) {
                self.add_forms(group, kind, step, 1);
            }
        }
        if let Some(step) = steps.elsewhere {
            self.add_elsewhere(step, 1);
        }
    }

    /// `forms` of a group with this step.
    pub fn add_forms(&mut self, group: &str, kind: Kind, step: u8, forms: u64) {
        let counts = self.groups.entry(group.to_owned()).or_default().get_mut(kind as usize);
        if let Some(count) = counts.and_then(|counts| counts.get_mut(usize::from(step))) {
            *count += forms;
        }
    }

    /// `forms` with this step against other places.
    pub fn add_elsewhere(&mut self, step: u8, forms: u64) {
        if let Some(count) = self.elsewhere.get_mut(usize::from(step)) {
            *count += forms;
        }
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = (&str, &Counts)> {
        self.groups.iter().filter_map(move |(name, kinds)| Some((name.as_str(), kinds.get(kind as usize)?)))
    }

    fn all(&self, kind: Kind) -> Counts {
        let mut all = Counts::default();
        for (_, counts) in self.of(kind) {
            all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        all
    }
}

/// Where the honest share of a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The tail of a normal distribution through median and upper quartile of log time.
    NormalTail,
    /// Forms of other places.
    OtherPlaces,
    /// The groups that do not stand out; so many do.
    UsualGroups { left_out: usize },
}

/// A threshold, what it found, and what it would find if everybody were honest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    pub kind: Kind,
    /// The least step that is flagged; `None` when there are too few forms, or no step is rare enough to say anything.
    pub from: Option<u8>,
    pub origin: Origin,
    /// Forms of which this is known.
    pub forms: u64,
    pub flagged: u64,
    /// The share of honest forms that would be flagged.
    pub honest: f64,
}

impl Rule {
    /// How many false alarms honest answering would give.
    #[expect(clippy::cast_precision_loss, reason = "forms are far below 2^53")]
    pub fn expected(&self) -> f64 {
        self.honest * self.forms as f64
    }
}

/// A form is flagged, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub kind: Kind,
    pub step: u8,
    /// The threshold it reached.
    pub from: u8,
}

/// What a group of ten forms or more amounts to.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub name: String,
    pub kind: Kind,
    pub forms: u64,
    pub flagged: u64,
    pub share: f64,
    /// 95 %.
    pub interval: Interval,
    /// How many of these forms honest answering would flag.
    pub expected: f64,
    /// The 99.9 % interval lies wholly above three times the honest share.
    pub stands_out: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// One per kind, in the order of [`Kind::ALL`].
    pub rules: Vec<Rule>,
    /// Groups with ten forms or more, per kind those first whose interval begins highest.
    pub groups: Vec<Group>,
}

impl Judgement {
    pub fn verdicts(&self, steps: &Steps) -> Vec<Verdict> {
        let verdict = |rule: &Rule| {
            let (step, from) = (steps.get(rule.kind)?, rule.from?);
            (step >= from).then_some(Verdict { kind: rule.kind, step, from })
        };
        self.rules.iter().filter_map(verdict).collect()
    }
}

/// Thresholds from the counts, and what they find. The same counts give the same judgement.
pub fn judge(tally: &Tally) -> Judgement {
    let rules: Vec<Rule> = Kind::ALL.into_iter().map(|kind| rule(tally, kind)).collect();
    let mut groups = Vec::new();
    for rule in &rules {
        let Some(from) = rule.from else { continue };
        let mut of_kind: Vec<Group> =
            tally.of(rule.kind).filter_map(|(name, counts)| group(name, counts, from, rule)).collect();
        of_kind.sort_by(|a, b| b.interval.low.total_cmp(&a.interval.low));
        groups.append(&mut of_kind);
    }
    Judgement { rules, groups }
}

fn rule(tally: &Tally, kind: Kind) -> Rule {
    let all = tally.all(kind);
    let forms: u64 = all.iter().sum();
    let least = if kind == Kind::TooFast { kind.floor().max(third_of_median(&all)) } else { kind.floor() };
    let mut rule =
        Rule { kind, from: None, origin: honest(tally, kind, least, &all).1, forms, flagged: 0, honest: 0.0 };
    if forms < LEAST_FOR_A_RULE {
        return rule;
    }
    let steps = (least..).take_while(|step| usize::from(*step) < STEPS);
    for step in steps {
        let (share, origin) = honest(tally, kind, step, &all);
        if share <= MOST_HONEST || kind.is_fixed() {
            rule = Rule { from: Some(step), origin, flagged: at_least(&all, step), honest: share, ..rule };
            break;
        }
    }
    rule
}

/// The share of honest forms at this step or above.
fn honest(tally: &Tally, kind: Kind, step: u8, all: &Counts) -> (f64, Origin) {
    match kind {
        Kind::TooFast => (normal_tail(all, step), Origin::NormalTail),
        Kind::Twin => {
            let forms: u64 = tally.elsewhere.iter().sum();
            // Without a null every form may be an honest one.
            let counts = if forms < LEAST_FOR_A_RULE { all } else { &tally.elsewhere };
            let elsewhere = share(at_least(counts, step), counts.iter().sum());
            // Neighbours think alike, too: what is usual within places may be more.
            (elsewhere.max(usual(tally, kind, step).0), Origin::OtherPlaces)
        }
        _ => usual(tally, kind, step),
    }
}

fn usual(tally: &Tally, kind: Kind, step: u8) -> (f64, Origin) {
    let mut kept: Vec<(u64, u64)> = tally
        .of(kind)
        .map(|(_, counts)| (at_least(counts, step), counts.iter().sum()))
        .filter(|(_, forms)| *forms >= LEAST_FORMS)
        .collect();
    let groups = kept.len();
    loop {
        let (flagged, forms) = kept.iter().fold((0, 0), |sum, group| (sum.0 + group.0, sum.1 + group.1));
        let pooled = share(flagged, forms);
        let before = kept.len();
        kept.retain(|(flagged, forms)| !is_above(*flagged, *forms, pooled));
        if kept.len() == before {
            return (pooled, Origin::UsualGroups { left_out: groups - before });
        }
    }
}

/// The 99.9 % interval lies wholly above a share.
fn is_above(flagged: u64, forms: u64, share: f64) -> bool {
    score_interval(flagged, forms, STANDS_OUT).is_some_and(|interval| interval.low > share)
}

fn group(name: &str, counts: &Counts, from: u8, rule: &Rule) -> Option<Group> {
    let forms: u64 = counts.iter().sum();
    if forms < LEAST_FORMS {
        return None;
    }
    let flagged = at_least(counts, from);
    Some(Group {
        name: name.to_owned(),
        kind: rule.kind,
        forms,
        flagged,
        share: share(flagged, forms),
        interval: score_interval(flagged, forms, USUAL)?,
        expected: Rule { forms, ..*rule }.expected(),
        stands_out: is_above(flagged, forms, HONEST_SPREAD * rule.honest),
    })
}

fn at_least(counts: &Counts, step: u8) -> u64 {
    counts.iter().skip(usize::from(step)).sum()
}

#[expect(clippy::cast_precision_loss, reason = "forms are far below 2^53")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Step s holds what lies between s − 1 and s.
fn third_of_median(counts: &Counts) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 24")]
    let step = (quantile(counts, 0.5) + THIRD).ceil() as u8;
    // The whole step must lie beyond a third.
    step + 1
}

fn normal_tail(counts: &Counts, step: u8) -> f64 {
    let median = quantile(counts, 0.5);
    // Half a step is as fine as steps tell.
    let spread = ((quantile(counts, 0.25) - median).abs() / QUARTILE).max(0.5);
    let z = (f64::from(step) - 1.0 - median) / spread;
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// By linear interpolation inside the step.
#[expect(clippy::cast_precision_loss, reason = "forms are far below 2^53")]
fn quantile(counts: &Counts, q: f64) -> f64 {
    let wanted = q * counts.iter().sum::<u64>() as f64;
    let mut before = 0.0;
    for (step, count) in counts.iter().enumerate() {
        let count = *count as f64;
        if count > 0.0 && before + count >= wanted {
            return step as f64 - 1.0 + (wanted - before) / count;
        }
        before += count;
    }
    0.0
}
