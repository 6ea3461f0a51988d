//! Who is asked again: a decision over values.

use std::collections::BTreeMap;

use analysis::draw::{Chance, Digest, frame_digest};
use uuid::Uuid;

use super::store::check_back::Candidate;

/// Whoever has that many interviews done is checked at least twice.
const MANY: usize = 10;
const AT_LEAST: usize = 2;

/// Which cases are drawn, with their interviewers, and the digest of those they were drawn from.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    pub cases: Vec<(Uuid, Uuid)>,
    pub candidates: usize,
    pub digest: Digest,
}

/// How many of an interviewer's interviews are checked: the share, rounded up; at least two of ten or more.
fn wanted(done: usize, share: usize) -> usize {
    let part = (done * share).div_ceil(100);
    if done >= MANY { part.max(AT_LEAST) } else { part }
}

/// Draws inside each interviewer's cases those with the smallest numbers, until with earlier draws the share is reached. The number of a
/// case is HMAC-SHA256 as in a draw of a sample (`sipas-draw-v1`): seed, digest of the candidates' ids, and `check-back <share>` in the
/// place of the design; purpose `check-back`, path the interviewer, unit the case. So anybody who has the list draws the same.
pub(super) fn choose(cases: &[Candidate], share: usize, seed: &str) -> Drawn {
    let ids: Vec<String> = cases.iter().filter(|case| !case.drawn).map(|case| case.invitation_id.to_string()).collect();
    let digest = frame_digest(ids.iter().map(|id| (id.as_str(), 1)));
    let chance = Chance::new(seed, digest, Digest::of(format!("check-back {share}").as_bytes()));
    let mut by_interviewer: BTreeMap<Uuid, Vec<&Candidate>> = BTreeMap::new();
    for case in cases {
        by_interviewer.entry(case.interviewer_id).or_default().push(case);
    }
    let mut drawn = Vec::new();
    for (interviewer, done) in by_interviewer {
        let before = done.iter().filter(|case| case.drawn).count();
        let missing = wanted(done.len(), share).saturating_sub(before);
        let mut free: Vec<Uuid> = done.iter().filter(|case| !case.drawn).map(|case| case.invitation_id).collect();
        let path = interviewer.to_string();
        free.sort_by_cached_key(|case| chance.bits("check-back", &path, &case.to_string(), 0));
        drawn.extend(free.into_iter().take(missing).map(|case| (case, interviewer)));
    }
    Drawn { cases: drawn, candidates: ids.len(), digest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(of: &[(u128, usize)]) -> Vec<Candidate> {
        let case = |interviewer: u128, at: usize| Candidate {
            invitation_id: Uuid::from_u128(interviewer * 1_000 + at as u128),
            interviewer_id: Uuid::from_u128(interviewer),
            drawn: false,
        };
        of.iter().flat_map(|(interviewer, done)| (0..*done).map(move |at| case(*interviewer, at))).collect()
    }

    #[test]
    fn everybody_is_checked_by_the_share_and_whoever_has_ten_at_least_twice() {
        for (done, share, expected) in
            [(0, 5, 0), (3, 5, 1), (9, 10, 1), (10, 5, 2), (60, 5, 3), (61, 5, 4), (100, 10, 10)]
        {
            assert_eq!(wanted(done, share), expected, "{share} % of {done}");
        }
    }

    #[test]
    fn the_same_list_and_seed_draw_the_same_and_a_second_draw_only_adds_what_is_missing() {
        let mut list = cases(&[(1, 60), (2, 12), (3, 4)]);
        let first = choose(&list, 5, "xổ số 22/11");
        let count = |drawn: &Drawn, who: u128| drawn.cases.iter().filter(|case| case.1 == Uuid::from_u128(who)).count();
        assert_eq!([1, 2, 3].map(|who| count(&first, who)), [3, 2, 1]);
        assert_eq!((first.candidates, &choose(&list, 5, "xổ số 22/11")), (76, &first));
        assert_ne!(choose(&list, 5, "xổ số 23/11").cases, first.cases);
        let mut turned = list.clone();
        turned.reverse();
        assert_eq!(choose(&turned, 5, "xổ số 22/11"), first);
        for case in &mut list {
            case.drawn = first.cases.iter().any(|(drawn, _)| *drawn == case.invitation_id);
        }
        assert!(choose(&list, 5, "mới").cases.is_empty());
        let more = choose(&list, 10, "mới");
        assert_eq!([1, 2, 3].map(|who| count(&more, who)), [3, 0, 0]);
        assert!(more.cases.iter().all(|case| !first.cases.contains(case)));
    }
}
