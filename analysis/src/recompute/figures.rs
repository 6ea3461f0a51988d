//! From checked answers to the tidy table.

use super::design_file::{DesignFile, Domain, Unreliable};
use super::subjects::Subject;
use super::withhold::{self, Withheld};
use super::{RecomputeError, ranks};
use crate::confidentiality::{Disclosure, Support, published_n};
use crate::estimate::{Estimate, Interval, Kind, Measure, Reliability, Tallies};
use crate::frame::{Columns, Responses};
use crate::rank::RankSet;
use crate::table::NATION;

/// One row of the tidy table. What is withheld has remarks and no figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// `nation`, or the columns of the domain joined by `×`.
    pub level: String,
    /// The labels of these columns, joined by `:`; empty for the nation.
    pub domain: String,
    /// The column of an item or quantity, the code of a part or factor, or `overall`.
    pub indicator: String,
    /// The method, `level-1`…, `mean`, `total` or `ratio`.
    pub statistic: String,
    /// Valid answers; of an indicator of several items the people with at least one.
    pub n: Option<u32>,
    /// Of a share: p(1 − p)/V.
    pub n_eff: Option<f64>,
    pub estimate: Option<f64>,
    pub se: Option<f64>,
    pub df: Option<f64>,
    /// Of a single mean: R's deff.
    pub deff: Option<f64>,
    /// 95 %.
    pub interval: Option<Interval>,
    pub remarks: Vec<Remark>,
    /// The ranks that the sample allows, for the whole table at once (95 %).
    pub ranks: Option<RankSet>,
}

/// Why a row lacks something or must be read with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Nobody is in an expected domain.
    EmptyDomain,
    NoAnswers,
    /// An item below this indicator has no valid answer here.
    PartWithoutAnswers,
    /// As many PSUs as strata: no standard error.
    NoDegreesOfFreedom,
    /// The estimated variance is 0 and says nothing.
    AllAlike,
    /// What the standards of publication say of a share; see [`Reliability`].
    Reliability(Reliability),
    Withheld(Withheld),
}

impl Remark {
    pub fn name(self) -> &'static str {
        match self {
            Self::EmptyDomain => "empty-domain",
            Self::NoAnswers => "no-answers",
            Self::PartWithoutAnswers => "part-without-answers",
            Self::NoDegreesOfFreedom => "no-degrees-of-freedom",
            Self::AllAlike => "all-alike",
            Self::Reliability(Reliability::Publish) => "reliable",
            Self::Reliability(Reliability::ReviewDegreesOfFreedom) => "few-degrees-of-freedom",
            Self::Reliability(Reliability::NoVariance) => "no-variance",
            Self::Reliability(Reliability::TooFew) => "unreliable-too-few",
            Self::Reliability(Reliability::TooWide) => "unreliable-too-wide",
            Self::Reliability(Reliability::TooWideForItsSize) => "unreliable-too-wide-for-its-size",
            Self::Withheld(Withheld::Own(Disclosure::FewRespondents)) => "withheld-few-respondents",
            Self::Withheld(Withheld::Own(Disclosure::FewPsus)) => "withheld-few-psus",
            Self::Withheld(Withheld::Own(Disclosure::AllAlike)) => "withheld-all-alike",
            Self::Withheld(Withheld::ForOthers) => "withheld-for-others",
        }
    }
}

/// What a design file makes of a table of answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Recomputed {
    pub figures: Vec<Figure>,
    /// What calibration did to the weights.
    pub weights: Option<String>,
}

/// A figure on its way: where it stands, and what stands behind it.
pub(super) struct Cell {
    pub(super) figure: Figure,
    pub(super) table: usize,
    /// `None` of an empty domain.
    pub(super) group: Option<usize>,
    pub(super) subject: usize,
    pub(super) support: Support,
    /// Where ranks are wanted.
    pub(super) measure: Option<Measure>,
}

impl DesignFile {
    /// Every subject in the nation and in every domain: domains in the order of the file, groups in the order of their
    /// labels, subjects in the order of the file. `columns` as [`Self::read`] gave them.
    pub fn recompute(&self, columns: Columns) -> Result<Recomputed, RecomputeError> {
        let (responses, weights) = self.responses(columns)?;
        let tree = if self.items.is_empty() { None } else { Some(self.tree()?) };
        let subjects = Subject::all(self, tree.as_ref(), &responses)?;
        let nation = Domain::default();
        let domains: Vec<&Domain> = std::iter::once(&nation).chain(&self.domains).collect();
        let mut cells = Vec::new();
        let mut ranked = Vec::new();
        for (table, domain) in domains.iter().enumerate() {
            let by: Vec<&str> = domain.by.iter().map(String::as_str).collect();
            let tallies = Tallies::count(&responses, &by)?;
            self.table(table, domain, &tallies, &subjects, &mut cells)?;
            if domain.rank {
                ranked.push((table, tallies));
            }
        }
        self.withhold(&responses, &domains, &subjects, &mut cells)?;
        for (table, tallies) in ranked {
            ranks::rank(&mut cells, table, subjects.len(), &tallies, &self.rank_seed)?;
        }
        Ok(Recomputed { figures: cells.into_iter().map(|cell| cell.figure).collect(), weights })
    }

    fn table(
        &self,
        table: usize,
        domain: &Domain,
        tallies: &Tallies,
        subjects: &[Subject<'_>],
        cells: &mut Vec<Cell>,
    ) -> Result<(), RecomputeError> {
        let level = if domain.by.is_empty() { NATION.to_owned() } else { domain.by.join("×") };
        let persons: Vec<_> = subjects.iter().map(|subject| subject.persons(tallies)).collect();
        let labels: Vec<String> = tallies.groups().iter().map(|group| group.labels.join(":")).collect();
        let named = |domain: &str, subject: &Subject<'_>| Figure {
            level: level.clone(),
            domain: domain.to_owned(),
            indicator: subject.indicator.clone(),
            statistic: subject.statistic.clone(),
            ..Figure::default()
        };
        for (group, label) in labels.iter().enumerate() {
            for (place, (subject, persons)) in subjects.iter().zip(&persons).enumerate() {
                let nation = subject.nation.as_ref().filter(|_| domain.by.is_empty());
                let (measure, estimate) = if let Some(nation) = nation {
                    nation.figure(subject)?.unzip()
                } else {
                    let measure = subject.measure(tallies, group)?;
                    let estimate = measure.as_ref().map(|measure| tallies.estimate(measure));
                    (measure, estimate)
                };
                let n = persons.as_ref().and_then(|persons| persons.get(group).copied());
                let n = n.or_else(|| estimate.map(|estimate| estimate.n)).unwrap_or_default();
                let reach = tallies.groups().get(group).map(|group| &group.reach);
                let (df, psus) = reach.map_or((0, 0), |reach| (reach.df(), reach.psus()));
                cells.push(Cell {
                    figure: self.figure(named(label, subject), estimate.as_ref(), n, df),
                    table,
                    group: Some(group),
                    subject: place,
                    support: Support {
                        respondents: n,
                        psus: estimate.map_or(psus, |estimate| estimate.psus_answering),
                        all_alike: estimate.is_some_and(|estimate| estimate.all_alike),
                    },
                    measure: measure.filter(|_| domain.rank),
                });
            }
        }
        for missing in domain.expected.iter().filter(|expected| !labels.contains(expected)) {
            for (place, subject) in subjects.iter().enumerate() {
                let (n, remarks) = (Some(0), vec![Remark::EmptyDomain]);
                let support = Support { respondents: 0, psus: 0, all_alike: false };
                let figure = Figure { n, remarks, ..named(missing, subject) };
                cells.push(Cell { figure, table, group: None, subject: place, support, measure: None });
            }
        }
        Ok(())
    }

    fn figure(&self, named: Figure, estimate: Option<&Estimate>, n: u32, df: u32) -> Figure {
        let rounded = self.thresholds().respondents > 0;
        let n = Some(if rounded { published_n(n) } else { n });
        let Some(estimate) = estimate else {
            let remark = if n == Some(0) { Remark::NoAnswers } else { Remark::PartWithoutAnswers };
            return Figure { n, remarks: vec![remark], ..named };
        };
        let reliability = Some(estimate.reliability()).filter(|_| estimate.kind == Kind::Share);
        let told = [
            Some(Remark::NoDegreesOfFreedom).filter(|_| df == 0),
            Some(Remark::AllAlike).filter(|_| estimate.all_alike),
            reliability.filter(|it| *it != Reliability::Publish).map(Remark::Reliability),
        ];
        let named = Figure { remarks: told.into_iter().flatten().collect(), ..named };
        if self.suppression.unreliable == Unreliable::Withhold && reliability.is_some_and(Reliability::is_suppressed) {
            return named;
        }
        Figure {
            n,
            n_eff: estimate.effective_n().filter(|_| df > 0),
            estimate: Some(estimate.value),
            se: Some(estimate.se()).filter(|_| df > 0),
            df: Some(estimate.df),
            deff: estimate.deff.filter(|_| df > 0),
            interval: match self.interval.method() {
                None => estimate.interval(),
                Some(method) => estimate.interval_by(method),
            },
            ..named
        }
    }

    /// Takes the figures out of the cells that would tell what single people said.
    fn withhold(
        &self,
        responses: &Responses,
        domains: &[&Domain],
        subjects: &[Subject<'_>],
        cells: &mut [Cell],
    ) -> Result<(), RecomputeError> {
        let withheld = withhold::withheld(responses, domains, subjects, cells, self.thresholds())?;
        for (cell, why) in cells.iter_mut().zip(withheld) {
            if let Some(why) = why {
                let Figure { level, domain, indicator, statistic, .. } = std::mem::take(&mut cell.figure);
                let remarks = vec![Remark::Withheld(why)];
                cell.figure = Figure { level, domain, indicator, statistic, remarks, ..Figure::default() };
            }
        }
        Ok(())
    }
}
