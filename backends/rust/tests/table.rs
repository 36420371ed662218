//! The report.

use catalog_service::table::{Group, Table};

#[test]
fn groups_add_up_to_the_first_rows() {
    let table = Table::new(3000);
    let (some, all) = (table.report(1500).unwrap(), table.report(3000).unwrap());
    let rows = |groups: &[Group]| -> u64 { groups.iter().map(|group| group.count).sum() };
    assert_eq!((rows(&some.groups), rows(&all.groups)), (1500, 3000));
    for (some, all) in some.groups.iter().zip(&all.groups) {
        assert_eq!(some.region, all.region);
        assert!(some.most_cents <= all.most_cents && some.total_cents < all.total_cents);
        assert_eq!(some.mean_cents, some.total_cents as f64 / some.count as f64);
    }
}

/// An amount is 5000 and its terms times their numbers, and something from 0 to 1999 that none of
/// them knows.
#[test]
fn coefficients_are_near_those_that_the_rows_were_made_with() {
    let coefficients = Table::new(50_000).report(50_000).unwrap().coefficients;
    assert!((coefficients[0] - 5999.5).abs() < 50.0);
    for (term, coefficient) in coefficients.iter().enumerate().skip(1) {
        assert!(
            (coefficient - term as f64).abs() < 0.05,
            "{term}: {coefficient}"
        );
    }
}
