//! `/items` and `/items/{id}`.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderName, StatusCode, header::LOCATION},
    routing::get,
};
use serde::Serialize;

use super::{
    extract::{Id, JsonBody, PageQuery},
    problem::Problem,
};
use crate::catalog::{Catalog, Item, NewItem};

pub fn router(catalog: Arc<Catalog>) -> Router {
    Router::new()
        .route("/items", get(list).post(create))
        .route("/items/{id}", get(read).put(replace).delete(delete))
        .with_state(catalog)
}

#[derive(Serialize)]
struct ListBody {
    items: Vec<Arc<Item>>,
    next_after: Option<u64>,
}

async fn list(State(catalog): State<Arc<Catalog>>, query: PageQuery) -> Json<ListBody> {
    let page = catalog.page(query.after, query.limit);
    let last_id = page.items.last().map(|item| item.id);
    Json(ListBody {
        items: page.items,
        next_after: last_id.filter(|_| page.more),
    })
}

async fn create(
    State(catalog): State<Arc<Catalog>>,
    body: JsonBody,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Arc<Item>>), Problem> {
    let item = catalog.create(body.parse(NewItem::from_json)?);
    let location = format!("/items/{}", item.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(item)))
}

async fn read(State(catalog): State<Arc<Catalog>>, Id(id): Id) -> Result<Json<Arc<Item>>, Problem> {
    catalog.get(id).map(Json).ok_or_else(|| no_item(id))
}

/// Takes the id as a result, so that the body is read even when the id is bad.
async fn replace(
    State(catalog): State<Arc<Catalog>>,
    id: Result<Id, Problem>,
    body: Result<JsonBody, Problem>,
) -> Result<Json<Arc<Item>>, Problem> {
    let Id(id) = id?;
    let new = body?.parse(NewItem::from_json)?;
    catalog
        .replace(id, new)
        .map(Json)
        .ok_or_else(|| no_item(id))
}

async fn delete(State(catalog): State<Arc<Catalog>>, Id(id): Id) -> Result<StatusCode, Problem> {
    catalog
        .delete(id)
        .map(|_| StatusCode::NO_CONTENT)
        .ok_or_else(|| no_item(id))
}

fn no_item(id: u64) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        format!("There is no item with the id {id}."),
    )
}
