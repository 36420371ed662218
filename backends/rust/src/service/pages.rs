//! The catalog for people.

use std::sync::Arc;

use askama::Template;

use super::{PageQuery, Service};
use crate::{catalog::Item, problem::Problem};

#[derive(Template)]
#[template(path = "items.html")]
struct ItemsPage {
    items: Vec<Arc<Item>>,
    after: u64,
    limit: usize,
    next_after: Option<u64>,
}

impl Service {
    /// The document, in HTML.
    pub fn show(&self, query: &PageQuery) -> Result<String, Problem> {
        let (page, next_after) = self.page(query)?;
        let shown = ItemsPage {
            items: page.items,
            after: query.after,
            limit: query.limit,
            next_after,
        };
        shown
            .render()
            .map_err(|error| Problem::failed(error.into()))
    }
}
