//! Validation: which bodies make an item, and which of the two errors the others get.

use catalog_service::{catalog::NewItem, json_body::InvalidBody};
use serde_json::{Value, json};

fn parse(body: &Value) -> Result<NewItem, InvalidBody> {
    NewItem::from_json(body.to_string().as_bytes())
}

#[track_caller]
fn assert_no_item(body: &str) {
    let result = NewItem::from_json(body.as_bytes());
    assert!(
        matches!(result, Err(InvalidBody::Wrong(_))),
        "{body}: {result:?}"
    );
}

#[track_caller]
fn assert_no_json(body: &[u8]) {
    let result = NewItem::from_json(body);
    assert!(
        matches!(result, Err(InvalidBody::NotJson(_))),
        "{body:?}: {result:?}"
    );
}

fn with(field: &str, value: Value) -> Value {
    let mut body = json!({"name": "a", "price_cents": 1, "stock": 2, "tags": ["b"]});
    body[field] = value;
    body
}

#[test]
fn stock_and_tags_have_defaults() {
    let item = parse(&json!({"name": "a", "price_cents": 1})).unwrap();
    assert_eq!((item.stock, item.tags.as_slice()), (0, [].as_slice()));
}

#[test]
fn values_at_the_limits_are_taken() {
    for (field, value) in [
        ("name", json!("😀".repeat(200))),
        ("name", json!("\u{0}")),
        ("price_cents", json!(0)),
        ("price_cents", json!(100_000_000)),
        ("stock", json!(0)),
        ("stock", json!(1_000_000)),
        ("tags", json!([])),
        ("tags", json!(vec!["é".repeat(32); 8])),
    ] {
        parse(&with(field, value)).unwrap();
    }
}

#[test]
fn values_past_the_limits_are_refused() {
    for (field, value) in [
        ("name", json!("")),
        ("name", json!("😀".repeat(201))),
        ("price_cents", json!(-1)),
        ("price_cents", json!(100_000_001)),
        ("stock", json!(-1)),
        ("stock", json!(1_000_001)),
        ("tags", json!([""])),
        ("tags", json!(["é".repeat(33)])),
        ("tags", json!(vec!["a"; 9])),
    ] {
        assert_no_item(&with(field, value).to_string());
    }
}

#[test]
fn wrong_types_are_refused() {
    for value in [json!(null), json!(true), json!(1.5), json!({}), json!([1])] {
        for field in ["name", "price_cents", "stock", "tags"] {
            assert_no_item(&with(field, value.clone()).to_string());
        }
    }
    assert_no_item(r#"{"name": "a", "price_cents": "1"}"#);
    assert_no_item(r#"{"name": "a", "price_cents": 18446744073709551616}"#);
    assert_no_item(r#"{"name": "a", "price_cents": 1e999}"#);
}

#[test]
fn missing_and_unknown_fields_are_refused() {
    assert_no_item(r#"{"name": "a"}"#);
    assert_no_item(r#"{"price_cents": 1}"#);
    assert_no_item(&with("id", json!(1)).to_string());
}

#[test]
fn json_that_is_no_object_is_refused() {
    for body in [
        "null",
        "1",
        r#""a""#,
        r#"["a", 1]"#,
        r#"["a", 1, 2, ["b"]]"#,
    ] {
        assert_no_item(body);
    }
}

#[test]
fn what_is_not_json_is_told_apart_even_behind_a_wrong_field() {
    for body in [
        "",
        " ",
        "{",
        r#"{"name": "a", "price_cents": 1"#,
        r#"{"name": "a", "price_cents": 1} x"#,
        r#"{"name": 1, "price_cents": "#,
        r#"{"id": 1} x"#,
        "[1",
    ] {
        assert_no_json(body.as_bytes());
    }
    assert_no_json(b"{\"name\": \"\xff\", \"price_cents\": 1}");
}
