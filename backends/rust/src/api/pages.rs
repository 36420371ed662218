//! `/pages/items`: the catalog for people.

use std::sync::Arc;

use askama::Template;
use axum::{Router, extract::State, response::Html, routing::get};

use super::{
    extract::PageQuery,
    problem::{Problem, failed},
};
use crate::catalog::{Catalog, Item};

pub fn router(catalog: Arc<Catalog>) -> Router {
    Router::new()
        .route("/pages/items", get(show))
        .with_state(catalog)
}

#[derive(Template)]
#[template(path = "items.html")]
struct ItemsPage {
    items: Vec<Arc<Item>>,
    after: u64,
    limit: usize,
    next_after: Option<u64>,
}

async fn show(
    State(catalog): State<Arc<Catalog>>,
    PageQuery { after, limit }: PageQuery,
) -> Result<Html<String>, Problem> {
    let page = catalog.page(after, limit);
    let last_id = page.items.last().map(|item| item.id);
    let shown = ItemsPage {
        items: page.items,
        after,
        limit,
        next_after: last_id.filter(|_| page.more),
    };
    let document = shown.render().map_err(|error| failed(error.into()))?;
    Ok(Html(document))
}
