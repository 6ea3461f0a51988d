use super::*;

/// A tree with two domains of these numbers of items, in 4 and 5 factors as since 2022.
fn tree(policy: usize, service: usize) -> Tree {
    let domain = |code: &str, factors: usize, items: usize| {
        let factor = |factor| {
            let items = (0..items).filter(|i| i % factors == factor).map(|i| format!("{code}-{factor}-{i}"));
            Indicator::factor(format!("{code}-{factor}"), items)
        };
        Indicator::new(IndicatorKind::Domain, code, (0..factors).map(factor).collect())
    };
    whole(vec![domain("policy", 4, policy), domain("service", 5, service)]).unwrap()
}

fn whole(parts: Vec<Indicator>) -> Result<Tree, TreeError> {
    Tree::new(Indicator::new(IndicatorKind::Overall, "overall", parts))
}

fn overall<'a>(aggregation: Aggregation<'_>, tree: &'a Tree) -> Vec<(&'a str, f64)> {
    let method = Method { aggregation, ..SIPAS_2026_M };
    match method.composition(tree.overall()).unwrap() {
        Composition::Mean(shares) => shares,
        Composition::Pooled(_) => unreachable!(),
    }
}

/// What published figures say about each rule; the published parts are rounded to ±0.005.
#[test]
fn the_rules_fit_or_miss_the_published_figures_as_worked_out() {
    let mut checked = 0;
    for line in include_str!("../../tests/data/numeric_checks.csv").lines().skip(1) {
        let quoted = line.strip_prefix('"').and_then(|rest| rest.split_once("\","));
        let (case, rest) = quoted.unwrap_or_else(|| line.split_once(',').unwrap());
        let fields: Vec<&str> = rest.split(',').collect();
        let [policy, service, published] = [0, 1, 2].map(|at| fields[at].parse::<f64>().unwrap());
        let [weight, low, high] = [4, 5, 6].map(|at| fields[at].parse::<f64>().unwrap());
        // The survey of 2022 had 33 items, the later ones 39.
        let tree = if case.contains("2022") { tree(14, 19) } else { tree(23, 16) };
        let items = DomainRule::MeanOfItems;
        let aggregation = match fields[3] {
            "two domains equal" => Aggregation::EqualDomains(items),
            "all items equal" => Aggregation::EqualItems(items),
            "nine factors equal" => Aggregation::EqualFactors(items),
            "fixed weight 60/40" => Aggregation::DomainWeights(items, &[("policy", 60.0), ("service", 40.0)]),
            other => panic!("unknown rule {other}"),
        };
        let shares = overall(aggregation, &tree);
        let sum = |start: &str| shares.iter().filter(|(item, _)| item.starts_with(start)).map(|(_, c)| c).sum::<f64>();
        assert!((sum("policy") - weight).abs() < 5e-5, "{line}");
        assert!((sum("policy") + sum("service") - 1.0).abs() < 1e-12, "{line}");
        let predicted = sum("policy") * policy + sum("service") * service;
        assert!(predicted > low - 1e-4 && predicted < high + 1e-4, "{line}: {predicted}");
        // A figure got by subtracting a published change carries two roundings.
        let rounding = if case.contains("subtraction") { 0.01 } else { 0.005 };
        let fits = low <= published + rounding && high >= published - rounding;
        assert_eq!(fits, fields[7] == "fits", "{line}");
        checked += 1;
    }
    assert_eq!(checked, 24);
}

/// Each published year by its method: the two domains put together and rounded once.
#[test]
fn the_methods_give_the_published_figures_of_their_years() {
    let index = |method: Method<'_>, tree: &Tree, policy: f64, service: f64| {
        let Composition::Mean(shares) = method.composition(tree.overall()).unwrap() else { unreachable!() };
        let of = |(item, share): &(&str, f64)| share * if item.starts_with("policy") { policy } else { service };
        half_up(shares.iter().map(of).sum(), method.decimals)
    };
    let (of_2022, later) = (tree(14, 19), tree(23, 16));
    assert_eq!(index(SIPAS_2022, &of_2022, 79.72, 80.43), "80.08");
    assert_eq!(index(SIPAS_2026_M, &later, 83.84, 84.09), "83.94");
    assert_eq!(index(SIPAS_2026_M, &later, 86.51, 86.49), "86.50", "Hà Nội 2024");
    // 2023: the service index that follows from the year after does not fit, the one from its five factors does.
    assert_eq!(index(SIPAS_2026_M, &later, 82.49, 82.896), "82.66");
    assert_eq!(index(SIPAS_2026_M, &later, 82.49, 82.97), "82.69", "published: 82.66");
    // Each method misses the other's year.
    assert_eq!(index(SIPAS_2022, &later, 83.84, 84.09), "83.97", "published: 83.94");
    assert_eq!(index(SIPAS_2026_M, &of_2022, 79.72, 80.43), "80.13", "published: 80.08");
    // 2017–2021 published no parts: only the rule of the item is known by the words of the press.
    assert_eq!((SIPAS_2017.rule, SIPAS_2017.aggregation), (ItemRule::T, SIPAS_2026_T.aggregation));
}

#[test]
fn a_domain_of_unequal_factors_depends_on_its_rule() {
    let parts = vec![Indicator::factor("f", ["a"]), Indicator::factor("g", ["b", "c"])];
    let domain = Indicator::new(IndicatorKind::Domain, "d", parts);
    let of = |rule| {
        let method = Method { aggregation: Aggregation::EqualItems(rule), ..SIPAS_2026_M };
        method.composition(&domain).unwrap()
    };
    assert_eq!(of(DomainRule::MeanOfItems), Composition::Mean(["a", "b", "c"].map(|i| (i, 1.0 / 3.0)).into()));
    assert_eq!(of(DomainRule::MeanOfFactors), Composition::Mean(vec![("a", 0.5), ("b", 0.25), ("c", 0.25)]));
}

#[test]
fn a_method_must_know_the_domains_of_its_tree() {
    use crate::estimate::EstimateError;
    let (tree, items) = (tree(23, 16), DomainRule::MeanOfItems);
    for (weights, named) in
        [(&[("policy", 1.0)][..], "service"), (&[("policy", 0.5), ("service", 0.3), ("trust", 0.2)][..], "trust")]
    {
        let method = Method { aggregation: Aggregation::DomainWeights(items, weights), ..SIPAS_2026_M };
        let error = method.composition(tree.overall()).unwrap_err();
        assert_eq!(error, EstimateError::DomainWithoutWeight { domain: named.into() });
    }
}

#[test]
fn domains_and_factors_may_be_left_out() {
    let factors = vec![Indicator::factor("f", ["a"]), Indicator::factor("g", ["b", "c"])];
    let item = Indicator::new(IndicatorKind::Item, "d", vec![]);
    let tree = whole([factors, vec![item]].concat()).unwrap();
    let items = DomainRule::MeanOfItems;
    assert_eq!(overall(Aggregation::EqualItems(items), &tree), ["a", "b", "c", "d"].map(|item| (item, 0.25)));
    let third = 1.0 / 3.0;
    let factors = [("a", third), ("b", 0.5 * third), ("c", 0.5 * third), ("d", third)];
    assert_eq!(overall(Aggregation::EqualFactors(items), &tree), factors);
    assert_eq!(overall(Aggregation::EqualDomains(items), &tree), factors, "whatever stands under the whole");
}

#[test]
fn a_tree_must_be_sound() {
    let domain = |parts| Indicator::new(IndicatorKind::Domain, "d", parts);
    let none: [&str; 0] = [];
    assert_eq!(whole(vec![domain(vec![])]), Err(TreeError::Empty("d".into())));
    assert_eq!(whole(vec![Indicator::factor("f", none)]), Err(TreeError::Empty("f".into())));
    assert_eq!(whole(vec![Indicator::factor("f", ["a", "a"])]), Err(TreeError::CodeTwice("a".into())));
    assert_eq!(whole(vec![Indicator::factor("overall", ["a"])]), Err(TreeError::CodeTwice("overall".into())));
    assert_eq!(whole(vec![]), Err(TreeError::Empty("overall".into())));
    let inside = domain(vec![Indicator::new(IndicatorKind::Domain, "e", vec![Indicator::factor("f", ["a"])])]);
    assert_eq!(whole(vec![inside]), Err(TreeError::OutOfOrder("e".into())));
    assert_eq!(Tree::new(Indicator::factor("f", ["a"])), Err(TreeError::OutOfOrder("f".into())));
}

#[test]
fn levels_score_by_their_rule() {
    assert_eq!(ItemRule::M.scores(5)[1..6], [0.2, 0.4, 0.6, 0.8, 1.0]);
    assert_eq!(ItemRule::T.scores(5)[1..6], [0.0, 0.0, 0.0, 1.0, 1.0]);
    assert_eq!(ItemRule::Z.scores(5)[1..6], [0.0, 0.25, 0.5, 0.75, 1.0]);
    assert_eq!(ItemRule::T.scores(4)[1..5], [0.0, 0.0, 1.0, 1.0]);
}
