//! The order of checks and the shape of errors, over the router.

use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use catalog_service::{api, events::Clock, service::Service};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

const JSON: &str = "application/json; charset=utf-8";
const GOOD: &str = r#"{"name": "a", "price_cents": 1}"#;

fn app() -> Router {
    api::router(Service::of_items(10_000), Clock::default().seconds())
}

async fn send(
    app: &Router,
    method: &str,
    path: &str,
    content_type: &str,
    body: &str,
) -> Response<Body> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, content_type)
        .body(Body::from(body.to_owned()))
        .unwrap();
    app.clone().oneshot(request).await.unwrap()
}

async fn json_of(response: Response<Body>) -> Value {
    let body = response.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test]
async fn checks_run_in_the_order_of_the_contract() {
    let app = app();
    for (path, content_type, body, status) in [
        ("/items/0", "text/plain", "{", 422),
        ("/items/99999", "application/ld+json", "{", 415),
        ("/items/99999", JSON, "{", 400),
        ("/items/99999", JSON, "{}", 422),
        ("/items/99999", JSON, GOOD, 404),
        ("/items/1", JSON, GOOD, 200),
    ] {
        let response = send(&app, "PUT", path, content_type, body).await;
        assert_eq!(response.status(), status, "{path} {content_type} {body}");
    }
}

#[tokio::test]
async fn the_other_bodies_are_checked_in_the_same_order() {
    let app = app();
    let order = r#"{"customer": "a", "lines": [{"item_id": 1, "quantity": 1}]}"#;
    for (path, content_type, body, status) in [
        ("/series/summary", "text/plain", "{", 415),
        ("/series/summary", JSON, "{", 400),
        ("/series/summary", JSON, "{}", 422),
        ("/series/summary", JSON, r#"{"values": [1]}"#, 200),
        ("/inference", "text/plain", "{", 415),
        ("/inference", JSON, "{", 400),
        ("/inference", JSON, "{}", 422),
        ("/login", "text/plain", "{", 415),
        ("/login", JSON, "{", 400),
        ("/login", JSON, r#"{"name": "x", "password": ""}"#, 422),
        ("/login", JSON, r#"{"name": "x", "password": "x"}"#, 503),
        ("/orders", "text/plain", "{", 415),
        ("/orders", JSON, "{", 400),
        ("/orders", JSON, "{}", 422),
        ("/orders", JSON, order, 503),
    ] {
        let response = send(&app, "POST", path, content_type, body).await;
        assert_eq!(response.status(), status, "{path} {content_type} {body}");
    }
}

#[tokio::test]
async fn a_series_may_have_eight_mebibytes() {
    let app = app();
    let body = r#"{"values": [1]}"#;
    for (length, status) in [(8 << 20, 200), ((8 << 20) + 1, 413)] {
        let body = " ".repeat(length - body.len()) + body;
        let response = send(&app, "POST", "/series/summary", JSON, &body).await;
        assert_eq!(response.status(), status, "{length}");
    }
}

#[tokio::test]
async fn a_search_answers_the_nearest_ten() {
    let app = app();
    let answer = send(&app, "GET", "/items/search?q=kodi%20difece&x=%zz", JSON, "").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let found = json_of(answer).await;
    assert_eq!(found["items"].as_array().unwrap().len(), 10);
    assert_eq!(
        found["items"][0],
        json!({"id": 1, "name": "kodi difece", "distance": 0})
    );
    for (length, status) in [(64, 200), (65, 422)] {
        let path = format!("/items/search?q={}", "%F0%9F%98%80".repeat(length));
        let response = send(&app, "GET", &path, JSON, "").await;
        assert_eq!(response.status(), status, "{length}");
    }
}

#[tokio::test]
async fn create_answers_with_the_item_and_its_place() {
    let response = send(&app(), "POST", "/items", JSON, GOOD).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()[header::LOCATION], "/items/10001");
    assert_eq!(
        json_of(response).await,
        json!({"id": 10001, "name": "a", "price_cents": 1, "stock": 0, "tags": []})
    );
}

#[tokio::test]
async fn a_page_names_the_next_one() {
    let app = app();
    for (query, count, next_after) in [
        ("", 20, json!(20)),
        ("?limit=1000&after=9000", 1000, json!(null)),
        ("?limit=2&after=9997&other=x", 2, json!(9999)),
    ] {
        let page = json_of(send(&app, "GET", &format!("/items{query}"), JSON, "").await).await;
        assert_eq!(page["items"].as_array().unwrap().len(), count, "{query}");
        assert_eq!(page["next_after"], next_after, "{query}");
    }
}

async fn text_of(response: Response<Body>) -> String {
    let body = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}

#[tokio::test]
async fn a_page_for_people_shows_its_items_escaped() {
    let app = app();
    let first = send(&app, "GET", "/pages/items", JSON, "").await;
    assert_eq!(first.status(), StatusCode::OK);
    assert_eq!(
        first.headers()[header::CONTENT_TYPE],
        "text/html; charset=utf-8"
    );
    let first = text_of(first).await;
    for part in [
        "<h1>Items after 0</h1>",
        r#"<a href="/items/1" title="kodi difece">kodi difece</a>"#,
        "<td>134.73</td>\n<td>220</td>",
        "<ul><li>new</li><li>sale</li><li>eco</li><li>bulk</li></ul>",
        r#"<a rel="next" href="/pages/items?limit=20&amp;after=20">"#,
    ] {
        assert!(first.contains(part), "{part} is not in {first}");
    }
    let item = r#"{"name": "<b>\"x\" & 'y'", "price_cents": 1305, "tags": ["</ul>"]}"#;
    send(&app, "POST", "/items", JSON, item).await;
    let path = "/pages/items?after=10000&limit=2";
    let last = text_of(send(&app, "GET", path, JSON, "").await).await;
    for part in [
        "&#60;b&#62;&#34;x&#34; &#38; &#39;y&#39;</a>",
        "<td>13.05</td>\n<td>sold out</td>",
        "<li>&#60;/ul&#62;</li>",
    ] {
        assert!(last.contains(part), "{part} is not in {last}");
    }
    assert!(!last.contains("next"), "{last}");
}

#[tokio::test]
async fn errors_are_problems() {
    let app = app();
    for (method, path, status) in [
        ("GET", "/items/10001", 404),
        ("GET", "/nothing", 404),
        ("PATCH", "/items", 405),
        ("GET", "/items/9007199254740992", 422),
        ("GET", "/items?limit=0", 422),
        ("GET", "/pages/items?limit=1001", 422),
        ("GET", "/pages/items?after=-1", 422),
        ("GET", "/items?limit=x", 422),
        ("GET", "/items?after=-1", 422),
        ("PATCH", "/series/summary", 405),
        ("GET", "/items/search", 422),
        ("GET", "/items/search-native", 422),
        ("GET", "/members/items/1", 503),
        ("GET", "/items/search?q=", 422),
        ("GET", "/fanout", 422),
        ("GET", "/fanout?key=9007199254740992", 422),
        ("GET", "/fanout?key=1&calls=0", 422),
        ("GET", "/fanout?key=1&calls=65", 422),
        ("GET", "/fanout?key=1", 503),
        ("GET", "/report", 422),
        ("GET", "/report?rows=x", 422),
        ("GET", "/report?rows=1000", 503),
        ("GET", "/orders/0", 422),
        ("GET", "/orders/x", 422),
        ("GET", "/orders/1", 503),
    ] {
        let response = send(&app, method, path, JSON, "").await;
        assert_eq!(response.status(), status, "{method} {path}");
        assert_eq!(
            response.headers()[header::CONTENT_TYPE],
            "application/problem+json"
        );
        let problem = json_of(response).await;
        assert_eq!(problem["type"], "about:blank");
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string() && problem["detail"].is_string());
    }
}

async fn panicking() {
    panic!("a fault of the handler's own");
}

#[tokio::test]
async fn a_panic_costs_its_request_a_500() {
    let app = api::with_panics_caught(Router::new().route("/panic", axum::routing::get(panicking)));
    let response = send(&app, "GET", "/panic", JSON, "").await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(
        response.headers()[header::CONTENT_TYPE],
        "application/problem+json"
    );
}

// What ends the process is tried by twofold verify.
#[tokio::test]
async fn faults_are_there_only_where_they_are_asked_for() {
    let plain = send(&app(), "POST", "/fault?kind=panic", JSON, "").await;
    assert_eq!(plain.status(), 404);
    let faulty = api::router_with_faults(Service::of_items(1), Clock::default().seconds());
    for (query, status) in [("", 422), ("?kind=sleep", 422), ("?kind=panic", 500)] {
        let path = format!("/fault{query}");
        let answer = send(&faulty, "POST", &path, JSON, "").await;
        assert_eq!(answer.status(), status, "{query}");
    }
}
