//! Which figures may be published: the flags of the reference, every one.

use analysis::estimate::{Reliability, Tallies};

use crate::data::{Agreement, golden, survey};
use crate::estimates::{place, satisfied};

fn flag(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::Publish => "publish",
        Reliability::ReviewDegreesOfFreedom => "review_df",
        Reliability::NoVariance => "suppress_or_review",
        Reliability::TooFew => "suppress_size",
        Reliability::TooWide => "suppress_width",
        Reliability::TooWideForItsSize => "suppress_relwidth",
    }
}

#[test]
fn province_by_sex_by_area_is_mostly_not_to_be_published() {
    let tallies = Tallies::count(&survey("province", "psu"), &["province", "sex", "urban"]).unwrap();
    let mut agreement = Agreement::default();
    let (mut published, mut reviewed) = (0, 0);
    for row in golden(include_bytes!("../data/publication_flags.csv.gz")) {
        let measure = satisfied(&tallies, place(&tallies, &row, &["province", "sex", "urban"]), &row["item"]);
        let estimate = tallies.estimate(&measure);
        let reliability = estimate.reliability();
        assert_eq!(flag(reliability), row["flag"], "{row:?}");
        assert_eq!(estimate.n, row["n"].parse::<u32>().unwrap());
        assert_eq!(estimate.psus_answering, row["psus"].parse::<u32>().unwrap());
        published += u32::from(reliability == Reliability::Publish);
        reviewed += u32::from(reliability == Reliability::ReviewDegreesOfFreedom);
        agreement.rows += 1;
    }
    agreement.report("publication_flags", 750);
    assert_eq!((published, reviewed), (81, 341));
}
