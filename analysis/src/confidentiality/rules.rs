//! When a cell tells too much by itself.

/// What stands behind a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support {
    /// People with a valid answer, not weighted.
    pub respondents: u32,
    pub psus: u32,
    /// All of them answered the same.
    pub all_alike: bool,
}

/// Three is usual for counts; an opinion about the office next door needs a larger crowd to hide in.
pub const LEAST_RESPONDENTS: u32 = 10;
pub const LEAST_PSUS: u32 = 3;
/// Fewer people of one opinion, and everybody knows what each of them said.
pub const LEAST_ALIKE: u32 = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disclosure {
    FewRespondents,
    FewPsus,
    AllAlike,
}

/// What a cell must reach to be shown; 0 asks for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    pub respondents: u32,
    pub psus: u32,
    /// Of cells whose people all answered the same.
    pub alike: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { respondents: LEAST_RESPONDENTS, psus: LEAST_PSUS, alike: LEAST_ALIKE }
    }
}

impl Thresholds {
    /// Why a cell must not be shown. Where nobody answered there is nobody to protect.
    pub fn disclosure(&self, support: &Support) -> Option<Disclosure> {
        if support.respondents == 0 {
            None
        } else if support.respondents < self.respondents {
            Some(Disclosure::FewRespondents)
        } else if support.psus < self.psus {
            Some(Disclosure::FewPsus)
        } else if support.all_alike && support.respondents < self.alike {
            Some(Disclosure::AllAlike)
        } else {
            None
        }
    }
}

/// n as it is shown: to the nearest five below a hundred, since exact counts beside weighted shares give small cells away.
pub fn published_n(n: u32) -> u32 {
    if n < 100 { (n + 2) / 5 * 5 } else { n }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_shown_from_ten_people_in_three_communes_of_two_opinions() {
        let of =
            |respondents, psus, all_alike| Thresholds::default().disclosure(&Support { respondents, psus, all_alike });
        assert_eq!(of(9, 9, false), Some(Disclosure::FewRespondents));
        assert_eq!(of(10, 2, false), Some(Disclosure::FewPsus));
        assert_eq!(of(29, 3, true), Some(Disclosure::AllAlike));
        assert_eq!((of(10, 3, false), of(30, 3, true), of(0, 0, true)), (None, None, None));
    }

    #[test]
    fn n_is_rounded_to_five_below_a_hundred() {
        let rounded = [10, 12, 13, 97, 98, 99, 100, 101].map(published_n);
        assert_eq!(rounded, [10, 10, 15, 95, 100, 100, 100, 101]);
    }
}
