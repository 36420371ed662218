//! The items whose names are nearest to a text.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Service;
use crate::{catalog::Match, compute, problem::Problem};

const QUERY_LENGTH_MAX: usize = 64;
const MATCHES: usize = 10;

#[derive(Deserialize)]
pub struct SearchQuery {
    q: String,
}

#[derive(Serialize)]
pub struct SearchBody {
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

impl Service {
    pub async fn search(&self, query: SearchQuery) -> Result<SearchBody, Problem> {
        let catalog = Arc::clone(&self.catalog);
        found(query, move |q| catalog.search(q, MATCHES)).await
    }

    pub async fn search_native(&self, query: SearchQuery) -> Result<SearchBody, Problem> {
        let catalog = Arc::clone(&self.catalog);
        found(query, move |q| catalog.search_native(q, MATCHES)).await
    }
}

async fn found(
    SearchQuery { q }: SearchQuery,
    find: impl FnOnce(&str) -> Vec<Match> + Send + 'static,
) -> Result<SearchBody, Problem> {
    if !(1..=QUERY_LENGTH_MAX).contains(&q.chars().count()) {
        return Err(Problem::unprocessable(format!(
            "q must have 1 to {QUERY_LENGTH_MAX} characters."
        )));
    }
    let matches = compute::run(move || find(&q)).await;
    let items = matches.into_iter().map(Found::from).collect();
    Ok(SearchBody { items })
}
