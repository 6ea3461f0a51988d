//! Bad input of `sipas analyse`: each kind has its error, or its flag, and never a number that says nothing.

use analysis::recompute::{Figure, Recomputed};

use crate::recompute::recompute;

/// Two strata of three PSUs with four people each; `change` rewrites a row (0 is the first).
fn data(change: impl Fn(usize, [String; 7]) -> [String; 7]) -> String {
    let mut text = "person,stratum,psu,weight,sex,q1,minutes\n".to_owned();
    for row in 0..24_usize {
        let (stratum, psu) = (row / 12, row / 4);
        let fields = [
            format!("p{row}"),
            format!("h{stratum}"),
            format!("c{psu}"),
            "2.5".to_owned(),
            (1 + row % 2).to_string(),
            (1 + (row * 7 + row / 5) % 5).to_string(),
            (10 + row).to_string(),
        ];
        text.push_str(&change(row, fields).join(","));
        text.push('\n');
    }
    text
}

fn sound() -> String {
    data(|_, fields| fields)
}

/// One field of one row is another text.
fn with(row: usize, column: usize, value: &str) -> String {
    data(|at, mut fields| {
        if at == row {
            value.clone_into(&mut fields[column]);
        }
        fields
    })
}

const DESIGN: &str = r#"
methods = ["sipas-2026-t"]
missing = ["NA"]

[design]
strata = "stratum"
ids = ["psu"]
weight = "weight"
person = "person"

[[items]]
columns = ["q1"]
levels = 5
"#;
const BY_SEX: &str = "[[domains]]\nby = [\"sex\"]\nexpected = [\"1\", \"2\", \"3\"]\n";
const OPEN: &str = "[suppression]\nrespondents = 0\npsus = 0\nalike = 0\nunreliable = \"flag\"\n";

fn refused(design: &str, data: &str) -> String {
    recompute(design, data.as_bytes()).unwrap_err().to_string()
}

fn open(more: &str, data: &str) -> Recomputed {
    recompute(&format!("{DESIGN}{more}{OPEN}"), data.as_bytes()).unwrap()
}

fn figure<'a>(result: &'a Recomputed, level: &str, domain: &str, indicator: &str) -> &'a Figure {
    let found = result.figures.iter().find(|it| it.level == level && it.domain == domain && it.indicator == indicator);
    found.unwrap()
}

fn flags(figure: &Figure) -> String {
    figure.remarks.iter().map(|remark| remark.name()).collect::<Vec<_>>().join(" ")
}

#[test]
fn bad_rows_are_named() {
    let told = |data: &str| refused(DESIGN, data);
    assert_eq!(told(&with(4, 3, "NaN")), "row 5: weight NaN is not a number from 0 up");
    assert_eq!(told(&with(4, 3, "-1")), "row 5: weight -1 is not a number from 0 up");
    assert_eq!(told(&with(4, 3, "")), "row 5: weight  is not a number from 0 up");
    assert_eq!(told(&with(4, 3, "two")), "row 5: weight two is not a number from 0 up");
    assert_eq!(told(&with(7, 0, "p3")), "person p3 stands in the rows 4 and 8");
    assert_eq!(told(&with(7, 5, "6")), "row 8: q1 has the unknown code 6");
    assert_eq!(told(&with(7, 5, "yes")), "row 8: q1 has the unknown code yes");
    assert_eq!(told(&with(7, 2, "")), "row 8: psu is empty");
    assert_eq!(told(&with(7, 2, "NA")), "row 8: psu is empty");
    assert_eq!(told(&with(7, 2, "c5")), "PSU c5 stands in the strata h0 and h1");
    assert_eq!(told("person,stratum,psu,weight,q1\n"), "no rows");
    assert!(told(&sound().replacen("p5,", "p5,x,", 1)).contains("line: 7"));
    let number =
        refused(&format!("{DESIGN}[[quantities]]\ncolumn = \"minutes\"\nstatistic = \"mean\"\n"), &with(2, 6, "ten"));
    assert_eq!(number, "row 3: minutes is no number: ten");
    assert!(recompute(DESIGN, &[0x1f, 0x8b, 8]).unwrap_err().to_string().contains("unpack it first"));
}

#[test]
fn columns_that_are_missing_are_named_all_at_once_with_the_nearest() {
    let design = DESIGN.replace("\"q1\"", "\"Q1\", \"zzzz\"").replace("\"stratum\"", "\"strata\"");
    let told = refused(&design, &sound());
    assert_eq!(
        told,
        "design.strata: the data have no column strata; did you mean stratum?\n\
         items.columns: the data have no column Q1; did you mean q1?\n\
         items.columns: the data have no column zzzz"
    );
    assert!(refused(DESIGN, &sound().replacen("sex", "q1", 1)).contains("column q1 stands twice"));
}

#[test]
fn a_design_file_is_told_line_and_key() {
    let told = |from: &str, to: &str| refused(&DESIGN.replace(from, to), &sound());
    let unknown = told("weight =", "weigth =");
    assert!(unknown.contains("line 8, column 1") && unknown.contains("weigth"), "{unknown}");
    assert!(told("levels = 5", "levels = \"5\"").contains("line 13"), "a type");
    assert_eq!(told("levels = 5", "levels = 12"), "items.levels: 12; from 2 to 11 are possible");
    assert_eq!(told("levels = 5", "levels = 5\nno_answer = [3]"), "items.no_answer: 3 is one of the levels");
    assert_eq!(
        told("sipas-2026-t", "sipas-2030"),
        "methods: sipas-2030 is no method; there are sipas-2017, sipas-2022, sipas-2026-m, sipas-2026-t and own_methods"
    );
    assert_eq!(told("[\"psu\"]", "[]"), "design.ids: at least the column of the PSU is needed");
    assert!(told("[[items]]", "[[domains]]\nby = []\n[[items]]").starts_with("domains.by"));
    assert!(told("person = \"person\"", "lonely_psu = \"collapse\"").starts_with("design.collapse_by"));
    assert_eq!(told("columns = [\"q1\"]", "columns = [\"q1\", \"q1\"]"), "items: code q1 stands twice in the tree");
    let over = "[[quantities]]\ncolumn = \"minutes\"\nstatistic = \"ratio\"\n[[items]]";
    assert_eq!(told("[[items]]", over), "quantities.over: goes together with statistic = \"ratio\"");
}

#[test]
fn lonely_psus_and_strata_that_were_never_drawn_are_refused_by_name() {
    let alone = data(|row, mut fields| {
        if row >= 12 {
            "c3".clone_into(&mut fields[2]);
        }
        fields
    });
    assert_eq!(refused(DESIGN, &alone), "strata with only one PSU have no variance: h1");
    let certain = DESIGN.replace("person = ", "lonely_psu = \"certainty\"\nperson = ");
    assert!(recompute(&certain, alone.as_bytes()).is_ok());
    let collapsed = DESIGN.replace("person = ", "lonely_psu = \"collapse\"\ncollapse_by = \"sex\"\nperson = ");
    assert!(recompute(&collapsed, alone.as_bytes()).is_ok());
    let all = DESIGN.replace("person = ", "all_strata = [\"h0\", \"h1\", \"h2\"]\nperson = ");
    assert_eq!(refused(&all, &sound()), "strata of the population that were never drawn: h2");
}

/// The column `minutes` says how many units there are, or how likely one was.
#[test]
fn sizes_and_chances_that_do_not_fit_the_draw_are_refused_by_name() {
    let told = |key: &str, value: &str| {
        let data = data(|_, mut fields| {
            value.clone_into(&mut fields[6]);
            fields
        });
        refused(&DESIGN.replace("person = ", &format!("{key}\nperson = ")), &data)
    };
    let (fpc, chance) = ("fpc = [\"minutes\"]", "probability = \"minutes\"");
    assert_eq!(told(fpc, "2"), "h0: 3 units were drawn of 2 (minutes)");
    assert_eq!(told(fpc, ""), "h0: minutes is not known");
    assert_eq!(told(fpc, "NaN"), "row 1: minutes is no number: NaN");
    assert_eq!(told(fpc, "inf"), "row 1: minutes is no number: inf");
    assert!(told(fpc, "-5").contains("h0"), "{}", told(fpc, "-5"));
    assert_eq!(told(chance, "0"), "the inclusion probability of c0 is 0");
    assert_eq!(told(chance, "1.01"), "the inclusion probability of c0 is 1.01");
    assert!(
        refused(&DESIGN.replace("person = ", "fpc = [\"minutes\"]\nperson = "), &sound()).contains("h0"),
        "it differs"
    );
}

#[test]
fn one_psu_or_no_weight_at_all_gives_no_number_that_says_nothing() {
    let one = data(|_, mut fields| {
        "h0".clone_into(&mut fields[1]);
        "c0".clone_into(&mut fields[2]);
        fields
    });
    assert_eq!(refused(DESIGN, &one), "strata with only one PSU have no variance: h0");
    let certain = DESIGN.replace("person = ", "lonely_psu = \"certainty\"\nperson = ");
    let result = recompute(&format!("{certain}{OPEN}"), one.as_bytes()).unwrap();
    let all = figure(&result, "nation", "", "q1");
    assert!(all.estimate.is_some() && flags(all).starts_with("no-degrees-of-freedom"), "{all:?}");
    assert_eq!((all.se, all.interval, all.deff, all.n_eff), (None, None, None, None));
    for lonely in ["average", "adjust"] {
        let design = DESIGN.replace("person = ", &format!("lonely_psu = \"{lonely}\"\nperson = "));
        let told = recompute(&format!("{design}{OPEN}"), one.as_bytes());
        assert!(told.is_err() || told.is_ok_and(|it| figure(&it, "nation", "", "q1").se.is_none()), "{lonely}");
    }
    let weightless = data(|_, mut fields| {
        "0".clone_into(&mut fields[3]);
        fields
    });
    let result = open(BY_SEX, &weightless);
    for (level, domain) in [("nation", ""), ("sex", "1"), ("sex", "2")] {
        let nobody = figure(&result, level, domain, "q1");
        assert_eq!((flags(nobody).as_str(), nobody.n, nobody.estimate), ("no-answers", Some(0), None), "{level}");
    }
    let calibrated =
        "[calibration]\nleast_respondents = 5\n[[calibration.margins]]\nby = [\"sex\"]\ntotals = { 1 = 30, 2 = 30 }\n";
    assert!(recompute(&format!("{DESIGN}{calibrated}"), weightless.as_bytes()).is_err());
}

#[test]
fn a_margin_that_cannot_be_met_is_named() {
    let calibration = |more: &str| {
        format!("{DESIGN}[calibration]\nleast_respondents = 5\n{more}[[calibration.margins]]\nby = [\"sex\"]\n")
    };
    let told = |totals: &str, data: &str| refused(&format!("{}totals = {{ {totals} }}\n", calibration("")), data);
    let unmet = told("1 = 1000, 2 = 20", &sound());
    assert!(unmet.starts_with("no weights meet the margins: ") && unmet.contains("of sex is"), "{unmet}");
    assert_eq!(told("1 = 60", &sound()), "margin sex: row 2 has the category \"2\", which has no total");
    assert_eq!(told("1 = 30, 2 = 30", &with(3, 4, "")), "margin sex: row 4 has the category \"\", which has no total");
    assert!(told("1 = 30, 2 = nan", &sound()).contains("the total NaN of 2 is not a number"));
    let negative = told("1 = 30, 2 = -3", &sound());
    assert!(negative.contains("the total -3 of 2 is not a number"), "{negative}");
    let bounds = refused(&format!("{}totals = {{ 1 = 30, 2 = 30 }}\n", calibration("bounds = [1.2, 3.0]\n")), &sound());
    assert!(bounds.starts_with("the bounds 1.2 and 3"), "{bounds}");
    let met = format!("{}totals = {{ 1 = 40, 2 = 30 }}\n", calibration(""));
    let report = recompute(&met, sound().as_bytes()).unwrap().weights.unwrap();
    assert!(report.contains("sex\t1\t12\t40.00\t30.00\t40.00"), "{report}");
}

#[test]
fn what_has_no_figure_has_a_flag() {
    // Nobody of sex 3; women of one PSU only; everybody satisfied.
    let result = open(BY_SEX, &sound());
    assert_eq!(flags(figure(&result, "sex", "3", "q1")), "empty-domain");
    assert_eq!(figure(&result, "sex", "3", "q1").n, Some(0));
    let one_psu = data(|row, mut fields| {
        fields[4] = if row < 3 { "2" } else { "1" }.to_owned();
        fields
    });
    let result = open(BY_SEX, &one_psu);
    let women = figure(&result, "sex", "2", "q1");
    assert!(flags(women).starts_with("no-degrees-of-freedom") && women.estimate.is_some());
    assert_eq!((women.se, women.interval, women.df), (None, None, Some(0.0)));
    let none = data(|row, mut fields| {
        if row % 2 == 1 {
            fields[5] = ["", "NA", "97"][row % 3].to_owned();
        }
        fields
    });
    let result = open(BY_SEX, &none);
    assert_eq!(flags(figure(&result, "sex", "2", "q1")), "no-answers");
    for (code, share) in [("5", 1.0), ("1", 0.0)] {
        let alike = data(|_, mut fields| {
            code.clone_into(&mut fields[5]);
            fields
        });
        let result = open(&BY_SEX.replace("expected", "rank = true\nexpected"), &alike);
        assert_eq!(figure(&result, "sex", "1", "q1").ranks, None, "a variance of 0 makes no rank certain");
        let all = figure(&result, "nation", "", "q1");
        assert_eq!((all.estimate, all.se), (Some(share), Some(0.0)));
        assert!(flags(all).contains("all-alike") && flags(all).contains("no-variance"), "{}", flags(all));
        let interval = all.interval.unwrap();
        assert!(interval.high - interval.low > 0.01, "the planned interval");
    }
}

/// The sums of a table give the only hidden cell away, so that another one goes with it.
#[test]
fn small_cells_are_withheld_with_others() {
    let few = |row: usize| if row < 6 { "2" } else { "1" };
    let data = data(|row, mut fields| {
        few(row).clone_into(&mut fields[4]);
        fields
    });
    let result = recompute(&format!("{DESIGN}{BY_SEX}"), data.as_bytes()).unwrap();
    let of = |domain| figure(&result, "sex", domain, "q1");
    assert_eq!(flags(of("2")), "withheld-few-respondents");
    assert_eq!(flags(of("1")), "withheld-for-others");
    for hidden in [of("1"), of("2")] {
        assert_eq!((hidden.n, hidden.estimate, hidden.se, hidden.df, hidden.interval), (None, None, None, None, None));
    }
    let nation = figure(&result, "nation", "", "q1");
    assert_eq!((flags(nation).as_str(), nation.n), ("unreliable-too-few", None), "24 answers");
    assert_eq!(figure(&open(BY_SEX, &data), "sex", "2", "q1").n, Some(6));
}

#[test]
fn quantities_have_means_totals_and_ratios() {
    let more = "[[quantities]]\ncolumn = \"minutes\"\nstatistic = \"mean\"\n[[quantities]]\ncolumn = \"minutes\"\n\
                statistic = \"total\"\n[[quantities]]\ncolumn = \"minutes\"\nstatistic = \"ratio\"\nover = \"weight2\"\n";
    let data = sound().replacen("sex", "weight2", 1);
    let result = open(more, &data);
    let of = |statistic: &str| result.figures.iter().find(|it| it.statistic == statistic).unwrap();
    assert_eq!(of("mean").estimate, Some(21.5));
    assert_eq!(of("total").estimate, Some(21.5 * 24.0 * 2.5));
    assert!((of("ratio").estimate.unwrap() - 21.5 / 1.5).abs() < 1e-12);
    assert!([of("mean"), of("total"), of("ratio")].iter().all(|it| it.se.unwrap() > 0.0 && it.interval.is_some()));
}
