//! The summary: which bodies make a series, and what is said of it.

use catalog_service::{
    json_body::InvalidBody,
    series::{Series, Summary},
};

fn summary_of(body: &str) -> Summary {
    Series::from_json(body.as_bytes()).unwrap().summary()
}

fn counts(filled: &[(usize, usize)]) -> [usize; 20] {
    let mut counts = [0; 20];
    for &(bin, count) in filled {
        counts[bin] = count;
    }
    counts
}

fn assert_near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-9, "{value}, not {expected}");
}

#[test]
fn a_series_worked_out_by_hand() {
    let summary = summary_of(r#" {"values": [4, 2.0, 4, 5e0, 40e-1, 5, 7, 9]} "#);
    assert_eq!((summary.count, summary.min, summary.max), (8, 2.0, 9.0));
    assert_near(summary.mean, 5.0);
    assert_near(summary.stdev, 2.0);
    assert_near(summary.p50, 4.5);
    assert_near(summary.p95, 8.3);
    assert_near(summary.p99, 8.86);
    let expected = counts(&[(0, 1), (5, 3), (8, 2), (14, 1), (19, 1)]);
    assert_eq!(summary.histogram, expected);
}

#[test]
fn equal_values_are_all_in_the_first_bin() {
    for value in ["0", "7", "-1000000000", "0.1"] {
        let summary = summary_of(&format!(r#"{{"values": [{value}, {value}, {value}]}}"#));
        let number: f64 = value.parse().unwrap();
        assert_eq!(summary.histogram, counts(&[(0, 3)]));
        assert_eq!((summary.min, summary.max), (number, number));
        assert_eq!((summary.p50, summary.p99), (number, number));
        assert_near(summary.mean, number);
        assert_near(summary.stdev, 0.0);
    }
}

#[test]
fn numbers_come_back_exactly() {
    for text in [
        "1000000000",
        "123456.789012345",
        "5e-324",
        "0.30000000000000004",
        "999999999.9999999",
    ] {
        let summary = summary_of(&format!(r#"{{"values": [{text}]}}"#));
        let number: f64 = text.parse().unwrap();
        assert_eq!((summary.min, summary.max), (number, number), "{text}");
    }
}

/// The mean of the squares less the square of the mean would leave nothing but rounding.
#[test]
fn the_deviation_is_stable_around_a_large_mean() {
    let values = ["999999999", "999999998"].repeat(100_000).join(",");
    let summary = summary_of(&format!(r#"{{"values": [{values}]}}"#));
    assert_near(summary.mean, 999_999_998.5);
    assert_near(summary.stdev, 0.5);
    assert_eq!(summary.histogram, counts(&[(0, 100_000), (19, 100_000)]));
}

#[test]
fn what_is_no_series_is_refused() {
    for body in [
        "null",
        "[]",
        "[[1]]",
        "{}",
        r#"{"values": []}"#,
        r#"{"values": null}"#,
        r#"{"values": 1}"#,
        r#"{"values": [null]}"#,
        r#"{"values": ["1"]}"#,
        r#"{"values": [true]}"#,
        r#"{"values": [[1]]}"#,
        r#"{"values": [1000000001]}"#,
        r#"{"values": [-1000000000.1]}"#,
        r#"{"Values": [1]}"#,
        r#"{"values": [1], "more": 1}"#,
        &format!(r#"{{"values": [{}1]}}"#, "1,".repeat(200_000)),
    ] {
        let result = Series::from_json(body.as_bytes());
        assert!(matches!(result, Err(InvalidBody::Wrong(_))), "{result:?}");
    }
}

#[test]
fn what_is_no_json_is_told_apart() {
    for body in [
        "",
        r#"{"values": [1"#,
        r#"{"values": [1,]}"#,
        r#"{"values": [01]}"#,
        r#"{"values": [NaN]}"#,
        r#"{"values": ["x", 1"#,
        r#"{"more": 1, "values": ["#,
        r#"{"values": [1]} x"#,
    ] {
        let result = Series::from_json(body.as_bytes());
        assert!(
            matches!(result, Err(InvalidBody::NotJson(_))),
            "{body}: {result:?}"
        );
    }
}
