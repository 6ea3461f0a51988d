//! Two tables whose people differ by few tell what those few said.

use thiserror::Error;

use super::LEAST_RESPONDENTS;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{respondents} people are in one of the tables only: what they said could be told from both")]
pub struct TooClose {
    /// Place of the earlier table.
    pub earlier: usize,
    pub respondents: usize,
}

/// Whether a table over the people marked in `asked` may be given to somebody who already has tables over those marked in `earlier`;
/// all of one length, one mark per person. The same people again tell nothing new. Looks at an earlier table only as far as it must: to the
/// tenth person that is in one of the two only.
pub fn check_query<E>(asked: &[bool], earlier: impl IntoIterator<Item = E>) -> Result<(), TooClose>
where
    E: IntoIterator<Item = bool>,
{
    for (place, before) in earlier.into_iter().enumerate() {
        let mut before = before.into_iter();
        let differing = asked.iter().filter(|asked| before.next() != Some(**asked)).take(LEAST_RESPONDENTS as usize);
        let differing = differing.count();
        let longer = before.take((LEAST_RESPONDENTS as usize).saturating_sub(differing)).count();
        let respondents = differing + longer;
        if (1..LEAST_RESPONDENTS as usize).contains(&respondents) {
            return Err(TooClose { earlier: place, respondents });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_differs_by_fewer_than_ten_people_is_refused() {
        let first = |n: usize| (0..200).map(|person| person < n).collect::<Vec<_>>();
        let earlier = [first(150), first(100)];
        let of = |asked: &[bool]| check_query(asked, earlier.iter().map(|marks| marks.iter().copied()));
        assert_eq!(of(&first(109)), Err(TooClose { earlier: 1, respondents: 9 }));
        assert_eq!(of(&first(141)), Err(TooClose { earlier: 0, respondents: 9 }));
        assert_eq!((of(&first(110)), of(&first(100)), of(&first(0))), (Ok(()), Ok(()), Ok(())));
        // Nine swapped for others are eighteen in one table only.
        let swapped: Vec<bool> = (0..200).map(|person| (9..109).contains(&person)).collect();
        assert_eq!(of(&swapped), Ok(()));
    }
}
