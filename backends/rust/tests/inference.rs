//! The model's scores.

use std::{env, fs, path::PathBuf};

use catalog_service::{
    inference::{Model, Rows},
    json_body::InvalidBody,
};
use serde::Deserialize;
use serde_json::{Value, json};

const ROW: [u32; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

#[derive(Deserialize)]
struct Cases {
    rows: Vec<Vec<u32>>,
    scores: Vec<f64>,
}

/// Beside the backend, unless a copy of the backend is tested.
fn folder() -> PathBuf {
    env::var_os("CONTRACT_FOLDER")
        .map_or_else(|| PathBuf::from("../contract"), PathBuf::from)
        .join("model")
}

fn rows(features: &Value) -> Result<Rows, InvalidBody> {
    Rows::from_json(json!({ "features": features }).to_string().as_bytes())
}

/// In batches of several sizes.
#[test]
fn rows_get_the_scores_that_the_trainer_gave_them() {
    let cases = fs::read(folder().join("cases.json")).unwrap();
    let cases: Cases = serde_json::from_slice(&cases).unwrap();
    let model = Model::open(folder().join("trees.onnx")).unwrap();
    let scores_of = |rows_of: &[Vec<u32>]| {
        let rows = rows(&json!(rows_of.concat())).unwrap();
        model.score(&rows).scores
    };
    for count in [1, 2, cases.rows.len()] {
        let scores = scores_of(&cases.rows[..count]);
        assert_eq!(scores.len(), count);
        for (score, expected) in scores.iter().zip(&cases.scores) {
            assert!(
                (f64::from(*score) - expected).abs() < 1e-5,
                "{score} {expected}"
            );
        }
    }
}

#[test]
fn a_file_that_is_no_such_model_is_refused_with_the_reason() {
    let whole = fs::read(folder().join("trees.onnx")).unwrap();
    let mut other_mode = whole.clone();
    let place = whole.windows(10).position(|bytes| bytes == b"BRANCH_LEQ");
    other_mode[place.unwrap()..][..10].copy_from_slice(b"BRANCH_GTE");
    let file = tempfile::NamedTempFile::new().unwrap();
    for (bytes, reason) in [
        (&whole[..whole.len() / 2], "it is not ONNX"),
        (&[], "its graph has more or less than one operation"),
        (&other_mode, "is neither LEAF nor BRANCH_LEQ"),
    ] {
        fs::write(&file, bytes).unwrap();
        let said = format!("{:#}", Model::open(&file).unwrap_err());
        assert!(said.contains(reason), "{said}");
    }
}

#[test]
fn what_are_no_rows_is_refused() {
    let with_last = |last: Value| {
        let mut row = ROW.map(Value::from).to_vec();
        row[15] = last;
        json!(row)
    };
    for features in [
        json!([]),
        json!(ROW[1..]),
        json!([ROW.to_vec(), vec![1]].concat()),
        with_last(json!("1")),
        with_last(json!(null)),
        with_last(json!(1_000_000.01)),
        json!(1),
        json!(ROW.repeat(8193)),
    ] {
        let refused = matches!(rows(&features), Err(InvalidBody::Wrong(_)));
        assert!(refused, "{:.80}", features.to_string());
    }
    assert!(rows(&with_last(json!(-1e6))).is_ok());
    assert!(rows(&json!(ROW.repeat(8192))).is_ok());
}
