//! An item, and what a client may send to make one.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::json_body::{self, InvalidBody};

const NAME_LENGTH: RangeInclusive<usize> = 1..=200;
const PRICE_CENTS_MAX: u32 = 100_000_000;
const STOCK_MAX: u32 = 1_000_000;
const TAGS_MAX: usize = 8;
const TAG_LENGTH: RangeInclusive<usize> = 1..=32;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    pub id: u64,
    pub name: String,
    pub price_cents: u32,
    pub stock: u32,
    pub tags: Vec<String>,
}

/// An item that has no id yet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewItem {
    pub name: String,
    pub price_cents: u32,
    #[serde(default)]
    pub stock: u32,
    #[serde(default)]
    pub tags: Vec<String>,
}

impl Item {
    pub fn new(id: u64, new: NewItem) -> Self {
        let NewItem {
            name,
            price_cents,
            stock,
            tags,
        } = new;
        Self {
            id,
            name,
            price_cents,
            stock,
            tags,
        }
    }
}

impl NewItem {
    /// Reads and checks a request body.
    pub fn from_json(body: &[u8]) -> Result<Self, InvalidBody> {
        let new: Self = json_body::parse(body)?;
        new.check().map_err(InvalidBody::Wrong)?;
        Ok(new)
    }

    fn check(&self) -> Result<(), String> {
        check_length("name", &self.name, NAME_LENGTH)?;
        check_maximum("price_cents", self.price_cents, PRICE_CENTS_MAX)?;
        check_maximum("stock", self.stock, STOCK_MAX)?;
        if self.tags.len() > TAGS_MAX {
            return Err(format!("There may be at most {TAGS_MAX} tags."));
        }
        self.tags
            .iter()
            .try_for_each(|tag| check_length("A tag", tag, TAG_LENGTH))
    }
}

/// Lengths count code points.
fn check_length(what: &str, text: &str, allowed: RangeInclusive<usize>) -> Result<(), String> {
    if allowed.contains(&text.chars().count()) {
        return Ok(());
    }
    let (min, max) = allowed.into_inner();
    Err(format!("{what} must have {min} to {max} characters."))
}

fn check_maximum(what: &str, value: u32, max: u32) -> Result<(), String> {
    if value <= max {
        return Ok(());
    }
    Err(format!("{what} must be from 0 to {max}."))
}
