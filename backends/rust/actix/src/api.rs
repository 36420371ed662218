//! HTTP on actix-web: routes, what they read from a request, what they answer.

mod extract;
mod handlers;
mod refusal;

use std::panic::AssertUnwindSafe;

use actix_http::Request;
use actix_service::{IntoServiceFactory, ServiceFactory};
use actix_web::{
    App, Error, Resource,
    body::MessageBody,
    dev::{AppConfig, ServiceRequest, ServiceResponse},
    middleware::{Next, from_fn},
    web::{Data, PayloadConfig, ServiceConfig, delete, get, post, put, resource, to},
};
use catalog_service::{
    events::Seconds,
    problem::Problem,
    service::{BODY_BYTES_MAX, SERIES_BYTES_MAX, Service},
};
use futures_util::FutureExt;

use crate::patience;
use refusal::Refusal;

/// The service; with `faults` also the route that makes it fail.
pub fn app(
    service: Data<Service>,
    seconds: Seconds,
    faults: bool,
) -> impl ServiceFactory<
    Request,
    Config = AppConfig,
    Response = ServiceResponse<impl MessageBody>,
    Error = Error,
    InitError = (),
> {
    App::new()
        .app_data(service)
        .app_data(Data::new(seconds))
        .app_data(PayloadConfig::new(BODY_BYTES_MAX))
        .configure(routes)
        .configure(|config| {
            if faults {
                config.service(at("/fault").route(post().to(handlers::fail)));
            }
        })
        .default_service(to(handlers::unknown_path))
        .wrap(from_fn(catch_panic))
        .wrap(from_fn(patience::watch))
        .into_factory()
}

fn routes(config: &mut ServiceConfig) {
    config
        .service(at("/healthz").route(get().to(handlers::health)))
        .service(
            at("/items")
                .route(get().to(handlers::list))
                .route(post().to(handlers::create)),
        )
        .service(at("/items/search").route(get().to(handlers::search)))
        .service(at("/items/search-native").route(get().to(handlers::search_native)))
        .service(
            at("/items/{id}")
                .route(get().to(handlers::read))
                .route(put().to(handlers::replace))
                .route(delete().to(handlers::delete)),
        )
        .service(at("/pages/items").route(get().to(handlers::show)))
        .service(
            at("/series/summary")
                .app_data(PayloadConfig::new(SERIES_BYTES_MAX))
                .route(post().to(handlers::summarize)),
        )
        .service(at("/fanout").route(get().to(handlers::fan_out)))
        .service(at("/orders").route(post().to(handlers::place_order)))
        .service(at("/orders/{id}").route(get().to(handlers::read_order)))
        .service(at("/inference").route(post().to(handlers::score)))
        .service(at("/report").route(get().to(handlers::report)))
        .service(at("/login").route(post().to(handlers::log_in)))
        .service(at("/members/items/{id}").route(get().to(handlers::read_as_member)))
        .service(at("/events").route(get().to(handlers::stream)));
}

/// A path, of which other methods are a problem of their own.
fn at(path: &str) -> Resource {
    resource(path).default_service(to(handlers::unknown_method))
}

/// A handler that panics costs its request a 500, and not its connection.
pub async fn catch_panic(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    AssertUnwindSafe(next.call(request))
        .catch_unwind()
        .await
        .unwrap_or_else(|_panic| Err(Refusal(Problem::unexpected()).into()))
}
