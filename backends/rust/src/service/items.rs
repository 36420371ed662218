//! The items of the catalog.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ID_MAX, Service, no_item};
use crate::{
    catalog::{Item, NewItem, Page},
    problem::Problem,
};

const LIMIT_DEFAULT: usize = 20;
const LIMIT_MAX: usize = 1000;

/// Which page of items is wanted.
#[derive(Deserialize)]
#[serde(default)]
pub struct PageQuery {
    pub after: u64,
    pub limit: usize,
}

impl Default for PageQuery {
    fn default() -> Self {
        Self {
            after: 0,
            limit: LIMIT_DEFAULT,
        }
    }
}

#[derive(Serialize)]
pub struct ListBody {
    items: Vec<Arc<Item>>,
    next_after: Option<u64>,
}

impl Service {
    /// The page that is asked for, and after which id the next one begins, where there is one.
    pub(super) fn page(&self, query: &PageQuery) -> Result<(Page, Option<u64>), Problem> {
        if query.after > ID_MAX {
            return Err(Problem::unprocessable(format!(
                "after must be from 0 to {ID_MAX}."
            )));
        }
        if !(1..=LIMIT_MAX).contains(&query.limit) {
            return Err(Problem::unprocessable(format!(
                "limit must be from 1 to {LIMIT_MAX}."
            )));
        }
        let page = self.catalog.page(query.after, query.limit);
        let last_id = page.items.last().map(|item| item.id);
        let next_after = last_id.filter(|_| page.more);
        Ok((page, next_after))
    }

    pub fn list(&self, query: &PageQuery) -> Result<ListBody, Problem> {
        let (page, next_after) = self.page(query)?;
        Ok(ListBody {
            items: page.items,
            next_after,
        })
    }

    pub fn create(&self, body: &[u8]) -> Result<Arc<Item>, Problem> {
        Ok(self.catalog.create(NewItem::from_json(body)?))
    }

    pub fn read(&self, id: u64) -> Result<Arc<Item>, Problem> {
        self.catalog.get(id).ok_or_else(|| no_item(id))
    }

    pub fn replace(&self, id: u64, body: &[u8]) -> Result<Arc<Item>, Problem> {
        let new = NewItem::from_json(body)?;
        self.catalog.replace(id, new).ok_or_else(|| no_item(id))
    }

    pub fn delete(&self, id: u64) -> Result<(), Problem> {
        self.catalog
            .delete(id)
            .map(|_| ())
            .ok_or_else(|| no_item(id))
    }
}
