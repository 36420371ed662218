//! What is answered on each route.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{
        HeaderMap, HeaderName, StatusCode,
        header::{AUTHORIZATION, LOCATION},
    },
    response::Html,
};

use super::extract::{Id, JsonBody, KnownQuery};
use crate::{
    catalog::Item,
    inference::Scores,
    orders::Order,
    problem::Problem,
    series::Summary,
    service::{
        FanOutBody, FanOutQuery, Health, ListBody, PageQuery, ReportQuery, SearchBody, SearchQuery,
        Service, Token,
        fault::{self, Fault, FaultQuery},
    },
    table::Report,
};

type Shared = State<Arc<Service>>;
type Answer<T> = Result<Json<T>, Problem>;
type Created<T> = Result<(StatusCode, [(HeaderName, String); 1], Json<T>), Problem>;

pub async fn health(State(service): Shared) -> Json<Health> {
    Json(service.health())
}

pub async fn list(
    State(service): Shared,
    KnownQuery(query): KnownQuery<PageQuery>,
) -> Answer<ListBody> {
    service.list(&query).map(Json)
}

pub async fn create(State(service): Shared, JsonBody(body): JsonBody) -> Created<Arc<Item>> {
    let item = service.create(&body)?;
    let location = format!("/items/{}", item.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(item)))
}

pub async fn read(State(service): Shared, Id(id): Id) -> Answer<Arc<Item>> {
    service.read(id).map(Json)
}

/// Takes the id as a result, so that the body is read even when the id is bad.
pub async fn replace(
    State(service): Shared,
    id: Result<Id, Problem>,
    body: Result<JsonBody, Problem>,
) -> Answer<Arc<Item>> {
    let Id(id) = id?;
    let JsonBody(body) = body?;
    service.replace(id, &body).map(Json)
}

pub async fn delete(State(service): Shared, Id(id): Id) -> Result<StatusCode, Problem> {
    service.delete(id)?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn show(
    State(service): Shared,
    KnownQuery(query): KnownQuery<PageQuery>,
) -> Result<Html<String>, Problem> {
    service.show(&query).map(Html)
}

pub async fn search(
    State(service): Shared,
    KnownQuery(query): KnownQuery<SearchQuery>,
) -> Answer<SearchBody> {
    service.search(query).await.map(Json)
}

pub async fn search_native(
    State(service): Shared,
    KnownQuery(query): KnownQuery<SearchQuery>,
) -> Answer<SearchBody> {
    service.search_native(query).await.map(Json)
}

pub async fn summarize(State(service): Shared, JsonBody(body): JsonBody) -> Answer<Summary> {
    service.summarize(body).await.map(Json)
}

pub async fn fan_out(
    State(service): Shared,
    KnownQuery(query): KnownQuery<FanOutQuery>,
) -> Answer<FanOutBody> {
    service.fan_out(query).await.map(Json)
}

pub async fn place_order(State(service): Shared, JsonBody(body): JsonBody) -> Created<Order> {
    let order = service.place_order(&body).await?;
    let location = format!("/orders/{}", order.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(order)))
}

pub async fn read_order(State(service): Shared, Id(id): Id) -> Answer<Order> {
    service.read_order(id).await.map(Json)
}

pub async fn score(State(service): Shared, JsonBody(body): JsonBody) -> Answer<Scores> {
    service.score(body).await.map(Json)
}

pub async fn report(
    State(service): Shared,
    KnownQuery(query): KnownQuery<ReportQuery>,
) -> Answer<Report> {
    service.report(query).await.map(Json)
}

pub async fn log_in(State(service): Shared, JsonBody(body): JsonBody) -> Answer<Token> {
    service.log_in(&body).await.map(Json)
}

/// Who asks is looked at before the id is.
pub async fn read_as_member(
    State(service): Shared,
    headers: HeaderMap,
    id: Result<Id, Problem>,
) -> Answer<Arc<Item>> {
    let authorization = headers.get(AUTHORIZATION);
    service.admit(authorization.and_then(|value| value.to_str().ok()))?;
    let Id(id) = id?;
    service.read(id).map(Json)
}

pub async fn fail(KnownQuery(query): KnownQuery<FaultQuery>) -> (StatusCode, Json<Fault>) {
    let fault = fault::fail(query);
    let status = if fault.is_to_come() {
        StatusCode::ACCEPTED
    } else {
        StatusCode::OK
    };
    (status, Json(fault))
}

pub async fn unknown_path() -> Problem {
    Problem::unknown_path()
}

pub async fn unknown_method() -> Problem {
    Problem::unknown_method()
}
