//! What is answered on each route.

use std::sync::Arc;

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError,
    http::header::{AUTHORIZATION, CACHE_CONTROL, ContentType, LOCATION},
    web::{Bytes, Data, Json},
};
use catalog_service::{
    catalog::Item,
    events::{self, Seconds},
    inference::Scores,
    orders::Order,
    problem::Problem,
    series::Summary,
    service::{
        FanOutBody, FanOutQuery, Health, ListBody, PageQuery, ReportQuery, SearchBody, SearchQuery,
        Service, Token,
        fault::{self, FaultQuery},
    },
    table::Report,
};

use super::{
    extract::{Id, JsonBody, KnownQuery},
    refusal::Refusal,
};

type Shared = Data<Service>;
type Answer<T> = Result<Json<T>, Refusal>;

fn answer<T>(result: Result<T, Problem>) -> Answer<T> {
    result.map(Json).map_err(Refusal)
}

pub async fn health(service: Shared) -> Json<Health> {
    Json(service.health())
}

pub async fn list(service: Shared, KnownQuery(query): KnownQuery<PageQuery>) -> Answer<ListBody> {
    answer(service.list(&query))
}

pub async fn create(service: Shared, JsonBody(body): JsonBody) -> Result<HttpResponse, Refusal> {
    let item = service.create(&body)?;
    let location = (LOCATION, format!("/items/{}", item.id));
    Ok(HttpResponse::Created().insert_header(location).json(item))
}

pub async fn read(service: Shared, Id(id): Id) -> Answer<Arc<Item>> {
    answer(service.read(id))
}

/// Takes the id as a result, so that the body is read even when the id is bad.
pub async fn replace(
    service: Shared,
    id: Result<Id, Refusal>,
    body: Result<JsonBody, Refusal>,
) -> Answer<Arc<Item>> {
    let Id(id) = id?;
    let JsonBody(body) = body?;
    answer(service.replace(id, &body))
}

pub async fn delete(service: Shared, Id(id): Id) -> Result<HttpResponse, Refusal> {
    service.delete(id)?;
    Ok(HttpResponse::NoContent().finish())
}

pub async fn show(
    service: Shared,
    KnownQuery(query): KnownQuery<PageQuery>,
) -> Result<HttpResponse, Refusal> {
    let document = service.show(&query)?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .body(document))
}

pub async fn search(
    service: Shared,
    KnownQuery(query): KnownQuery<SearchQuery>,
) -> Answer<SearchBody> {
    answer(service.search(query).await)
}

pub async fn search_native(
    service: Shared,
    KnownQuery(query): KnownQuery<SearchQuery>,
) -> Answer<SearchBody> {
    answer(service.search_native(query).await)
}

pub async fn summarize(service: Shared, JsonBody(body): JsonBody) -> Answer<Summary> {
    answer(service.summarize(body).await)
}

pub async fn fan_out(
    service: Shared,
    KnownQuery(query): KnownQuery<FanOutQuery>,
) -> Answer<FanOutBody> {
    answer(service.fan_out(query).await)
}

pub async fn place_order(
    service: Shared,
    JsonBody(body): JsonBody,
) -> Result<HttpResponse, Refusal> {
    let order = service.place_order(&body).await?;
    let location = (LOCATION, format!("/orders/{}", order.id));
    Ok(HttpResponse::Created().insert_header(location).json(order))
}

pub async fn read_order(service: Shared, Id(id): Id) -> Answer<Order> {
    answer(service.read_order(id).await)
}

pub async fn score(service: Shared, JsonBody(body): JsonBody) -> Answer<Scores> {
    answer(service.score(body).await)
}

pub async fn report(service: Shared, KnownQuery(query): KnownQuery<ReportQuery>) -> Answer<Report> {
    answer(service.report(query).await)
}

pub async fn log_in(service: Shared, JsonBody(body): JsonBody) -> Answer<Token> {
    answer(service.log_in(&body).await)
}

/// Who asks is looked at before the id is.
pub async fn read_as_member(
    service: Shared,
    request: HttpRequest,
    id: Result<Id, Refusal>,
) -> Answer<Arc<Item>> {
    let authorization = request.headers().get(AUTHORIZATION);
    service.admit(authorization.and_then(|value| value.to_str().ok()))?;
    let Id(id) = id?;
    answer(service.read(id))
}

pub async fn stream(seconds: Data<Seconds>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(events::CONTENT_TYPE)
        .insert_header((CACHE_CONTROL, events::CACHE_CONTROL))
        .streaming(seconds.subscribe())
}

pub async fn fail(KnownQuery(query): KnownQuery<FaultQuery>) -> HttpResponse {
    let fault = fault::fail(query);
    let mut response = if fault.is_to_come() {
        HttpResponse::Accepted()
    } else {
        HttpResponse::Ok()
    };
    response.json(fault)
}

/// Takes the body, which actix closes the connection for where it is left unread.
pub async fn unknown_path(_body: Result<Bytes, Error>) -> HttpResponse {
    Refusal(Problem::unknown_path()).error_response()
}

/// Takes the body for the same reason.
pub async fn unknown_method(_body: Result<Bytes, Error>) -> HttpResponse {
    Refusal(Problem::unknown_method()).error_response()
}
