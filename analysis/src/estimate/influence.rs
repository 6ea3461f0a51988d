//! Linearised values by sampled unit.

/// `z_i` of the units where it is not nothing, ascending by unit: a province of the nation's 630 communes has ten. Units
/// that are missing count as 0, and they count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Influence(Vec<(u32, f64)>);

impl Influence {
    /// Adds to a unit at or after the last one.
    pub(super) fn add(&mut self, unit: u32, z: f64) {
        match self.0.last_mut() {
            Some((last, sum)) if *last == unit => *sum += z,
            _ => self.0.push((unit, z)),
        }
    }

    /// Σ c·z.
    pub(super) fn combined<'a>(parts: impl IntoIterator<Item = (f64, &'a Self)>) -> Self {
        parts.into_iter().fold(Self::default(), |sum, (factor, part)| {
            let mut both = Self(Vec::with_capacity(sum.0.len() + part.0.len()));
            side_by_side(&sum, part).for_each(|(unit, sum, z)| both.0.push((unit, sum + factor * z)));
            both
        })
    }

    /// Units and values, ascending by unit.
    pub fn units(&self) -> &[(u32, f64)] {
        &self.0
    }
}

/// Every unit of either with both values.
pub(super) fn side_by_side<'a>(a: &'a Influence, b: &'a Influence) -> impl Iterator<Item = (u32, f64, f64)> + 'a {
    let (mut a, mut b) = (a.0.iter().peekable(), b.0.iter().peekable());
    std::iter::from_fn(move || {
        let next = match (a.peek(), b.peek()) {
            (Some((a, _)), Some((b, _))) => *a.min(b),
            (Some((unit, _)), None) | (None, Some((unit, _))) => *unit,
            (None, None) => return None,
        };
        let of = |values: &mut std::iter::Peekable<std::slice::Iter<'a, (u32, f64)>>| {
            values.next_if(|(unit, _)| *unit == next).map_or(0.0, |(_, z)| *z)
        };
        Some((next, of(&mut a), of(&mut b)))
    })
}
