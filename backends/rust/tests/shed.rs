//! The variant of the service that sheds load, over a router.

use std::{num::NonZeroUsize, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header::RETRY_AFTER},
    response::Response,
    routing::get,
};
use catalog_service::api;
use tokio::sync::Notify;
use tower::ServiceExt;

async fn ask(app: &Router, path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).unwrap();
    app.clone().oneshot(request).await.unwrap()
}

#[tokio::test]
async fn a_request_above_the_most_is_refused_and_health_is_not() {
    let (begun, end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (begins, ends) = (Arc::clone(&begun), Arc::clone(&end));
    let slow = get(move || async move {
        begins.notify_one();
        ends.notified().await;
    });
    let router = Router::new()
        .route("/slow", slow)
        .route("/healthz", get(async || {}))
        .route("/items/1", get(async || {}))
        .route("/events", get(async || {}));
    let app = api::shed(router, NonZeroUsize::MIN);

    let first = tokio::spawn({
        let app = app.clone();
        async move { ask(&app, "/slow").await.status() }
    });
    begun.notified().await;
    let refused = ask(&app, "/items/1").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.headers()[RETRY_AFTER], "1");
    for path in ["/healthz", "/events"] {
        assert_eq!(ask(&app, path).await.status(), StatusCode::OK, "{path}");
    }
    end.notify_one();
    assert_eq!(first.await.unwrap(), StatusCode::OK);
    assert_eq!(ask(&app, "/items/1").await.status(), StatusCode::OK);
}
