//! The table at the end: what was found beside what went in.

use analysis::index::ItemRule;

use super::console::Console;

/// One place of the table, in per cent.
pub(super) struct Line {
    pub(super) place: String,
    pub(super) n: i64,
    pub(super) estimate: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) truth: f64,
}

impl Line {
    pub(super) fn covers(&self) -> bool {
        (self.low..=self.high).contains(&self.truth)
    }
}

/// Prints the nation and its provinces, the most satisfied first.
pub(super) fn print(console: &Console, nation: &Line, provinces: &mut [Line]) {
    provinces.sort_by(|one, other| other.estimate.total_cmp(&one.estimate));
    console.line("");
    console.line(&format!(
        "{:<26} {:>7} {:>8}   {:<17} {:>7}",
        "Satisfaction, per cent", "n", "estimate", "95 % interval", "truth"
    ));
    for line in std::iter::once(nation).chain(&*provinces) {
        let mark = if line.covers() { "" } else { "  outside" };
        console.line(&format!(
            "{:<26} {:>7} {:>8.2}   {:<17} {:>7.2}{mark}",
            line.place,
            line.n,
            line.estimate,
            format!("{:.2} – {:.2}", line.low, line.high),
            line.truth
        ));
    }
}

/// Says how many intervals hold the truth that went in.
pub(super) fn coverage(console: &Console, rule: ItemRule, nation: &Line, provinces: &[Line]) {
    let covered = provinces.iter().filter(|line| line.covers()).count();
    console.line(&format!(
        "Rule {} ({}): {covered} of {} provinces' 95 % intervals hold the simulated truth (about one in twenty is expected not to); the nation's {}.",
        rule.name(),
        if rule == ItemRule::T { "share of the two highest levels" } else { "mean level over the highest" },
        provinces.len(),
        if nation.covers() { "does too" } else { "does not" }
    ));
}
