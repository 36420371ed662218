//! The order of checks and the shape of errors, over the app; what each operation answers is tried
//! with axum's routes and by twofold verify.

use actix_web::{
    body::{BoxBody, MessageBody},
    dev::{Service as _, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{CONTENT_TYPE, HeaderName, LOCATION},
    },
    test,
    web::Data,
};
use catalog_actix::api;
use catalog_service::{events::Clock, service::Service};
use serde_json::{Value, json};

const JSON: &str = "application/json; charset=utf-8";
const GOOD: &str = r#"{"name": "a", "price_cents": 1}"#;

/// What a service with ten thousand items answers, one request after another.
async fn ask(
    faults: bool,
    requests: impl IntoIterator<Item = (&'static str, String, &'static str, String)>,
) -> Vec<ServiceResponse<BoxBody>> {
    let service = Data::new(Service::of_items(10_000));
    let seconds = Clock::default().seconds();
    let app = test::init_service(api::app(service, seconds, faults)).await;
    let mut answers = Vec::new();
    for (method, path, content_type, body) in requests {
        let request = test::TestRequest::with_uri(&path)
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .insert_header((CONTENT_TYPE, content_type))
            .set_payload(body)
            .to_request();
        let answer = match app.call(request).await {
            Ok(answer) => answer.map_into_boxed_body(),
            Err(error) => {
                let request = test::TestRequest::default().to_http_request();
                ServiceResponse::from_err(error, request)
            }
        };
        answers.push(answer);
    }
    answers
}

async fn statuses<const N: usize>(
    faults: bool,
    requests: [(&'static str, &str, &'static str, &str); N],
) -> Vec<u16> {
    let requests =
        requests.map(|(method, path, kind, body)| (method, path.to_owned(), kind, body.to_owned()));
    let answers = ask(faults, requests).await;
    answers.iter().map(|it| it.status().as_u16()).collect()
}

fn header_of(answer: &ServiceResponse, name: HeaderName) -> Option<&str> {
    answer.headers().get(name)?.to_str().ok()
}

fn json_of(answer: ServiceResponse) -> Value {
    let body = answer.into_body().try_into_bytes().unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[actix_web::test]
async fn checks_run_in_the_order_of_the_contract() {
    let order = r#"{"customer": "a", "lines": [{"item_id": 1, "quantity": 1}]}"#;
    let statuses = statuses(
        false,
        [
            ("PUT", "/items/0", "text/plain", "{"),
            ("PUT", "/items/99999", "application/ld+json", "{"),
            ("PUT", "/items/99999", JSON, "{"),
            ("PUT", "/items/99999", JSON, "{}"),
            ("PUT", "/items/99999", JSON, GOOD),
            ("PUT", "/items/1", "Application/JSON", GOOD),
            ("DELETE", "/items/1", JSON, ""),
            ("DELETE", "/items/1", JSON, ""),
            ("POST", "/orders", "text/plain", order),
            ("POST", "/orders", JSON, "{}"),
            ("POST", "/orders", JSON, order),
            ("POST", "/login", JSON, r#"{"name": "x", "password": "x"}"#),
            ("POST", "/inference", JSON, "{"),
            ("GET", "/members/items/0", JSON, ""),
        ],
    )
    .await;
    assert_eq!(
        statuses,
        [
            422, 415, 400, 422, 404, 200, 204, 404, 415, 422, 503, 503, 400, 503
        ]
    );
}

#[actix_web::test]
async fn errors_are_problems() {
    let cases = [
        ("GET", "/items/10001", 404),
        ("GET", "/items/x", 422),
        ("GET", "/items/9007199254740992", 422),
        ("GET", "/nothing", 404),
        ("PATCH", "/items", 405),
        ("GET", "/items?limit=0", 422),
        ("GET", "/items?limit=x", 422),
        ("GET", "/items/search?q=", 422),
        ("GET", "/fanout?key=1&calls=65", 422),
        ("GET", "/report?rows=1000", 503),
        ("POST", "/fault?kind=panic", 404),
    ];
    let requests = cases.map(|(method, path, _)| (method, path.to_owned(), JSON, String::new()));
    for (answer, (method, path, status)) in ask(false, requests).await.into_iter().zip(cases) {
        assert_eq!(answer.status(), status, "{method} {path}");
        let content_type = header_of(&answer, CONTENT_TYPE);
        assert_eq!(content_type, Some("application/problem+json"));
        let problem = json_of(answer);
        assert_eq!(problem["type"], "about:blank");
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string() && problem["detail"].is_string());
    }
}

#[actix_web::test]
async fn what_is_created_is_answered_with_its_place() {
    let request = ("POST", "/items".to_owned(), JSON, GOOD.to_owned());
    let answer = ask(false, [request]).await.remove(0);
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_eq!(header_of(&answer, LOCATION), Some("/items/10001"));
    assert_eq!(
        json_of(answer),
        json!({"id": 10001, "name": "a", "price_cents": 1, "stock": 0, "tags": []})
    );
}

#[actix_web::test]
async fn a_series_may_be_longer_than_another_body() {
    let padded = |body: &str, length: usize| " ".repeat(length - body.len()) + body;
    let values = r#"{"values": [1]}"#;
    let statuses = statuses(
        false,
        [
            ("POST", "/series/summary", JSON, &padded(values, 8 << 20)),
            (
                "POST",
                "/series/summary",
                JSON,
                &padded(values, (8 << 20) + 1),
            ),
            ("POST", "/items", JSON, &padded(GOOD, 1 << 20)),
            ("POST", "/items", JSON, &padded(GOOD, (1 << 20) + 1)),
        ],
    )
    .await;
    assert_eq!(statuses, [200, 413, 201, 413]);
}

// What ends the process is tried by twofold verify.
#[actix_web::test]
async fn a_panic_costs_its_request_a_500() {
    let statuses = statuses(
        true,
        [
            ("POST", "/fault", JSON, ""),
            ("POST", "/fault?kind=sleep", JSON, ""),
            ("POST", "/fault?kind=panic", JSON, ""),
            ("GET", "/items/1", JSON, ""),
        ],
    )
    .await;
    assert_eq!(statuses, [422, 422, 500, 200]);
}
