//! `/items/search`.

use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::get};
use serde::{Deserialize, Serialize};

use super::{extract::KnownQuery, problem::Problem};
use crate::{
    catalog::{Catalog, Match},
    compute,
};

const QUERY_LENGTH_MAX: usize = 64;
const MATCHES: usize = 10;

pub fn router(catalog: Arc<Catalog>) -> Router {
    Router::new()
        .route("/items/search", get(search))
        .route("/items/search-native", get(search_native))
        .with_state(catalog)
}

#[derive(Deserialize)]
struct SearchQuery {
    q: String,
}

#[derive(Serialize)]
struct SearchBody {
    items: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    id: u64,
    name: String,
    distance: u32,
}

impl From<Match> for Found {
    fn from(Match { item, distance }: Match) -> Self {
        Self {
            id: item.id,
            name: item.name.clone(),
            distance,
        }
    }
}

async fn search(
    State(catalog): State<Arc<Catalog>>,
    KnownQuery(query): KnownQuery<SearchQuery>,
) -> Result<Json<SearchBody>, Problem> {
    answer(query, move |q| catalog.search(q, MATCHES)).await
}

async fn search_native(
    State(catalog): State<Arc<Catalog>>,
    KnownQuery(query): KnownQuery<SearchQuery>,
) -> Result<Json<SearchBody>, Problem> {
    answer(query, move |q| catalog.search_native(q, MATCHES)).await
}

async fn answer(
    SearchQuery { q }: SearchQuery,
    find: impl FnOnce(&str) -> Vec<Match> + Send + 'static,
) -> Result<Json<SearchBody>, Problem> {
    if !(1..=QUERY_LENGTH_MAX).contains(&q.chars().count()) {
        return Err(Problem::unprocessable(format!(
            "q must have 1 to {QUERY_LENGTH_MAX} characters."
        )));
    }
    let matches = compute::run(move || find(&q)).await;
    let items = matches.into_iter().map(Found::from).collect();
    Ok(Json(SearchBody { items }))
}
