//! An order as a client sends it.

use std::collections::HashSet;

use serde::Deserialize;

use crate::json_body::{self, InvalidBody, Object};

const CUSTOMER_LENGTH_MAX: usize = 100;
const LINES_MAX: usize = 20;
const ITEM_ID_MAX: i64 = (1 << 53) - 1;
const QUANTITY_MAX: i32 = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub customer: String,
    pub lines: Vec<DraftLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftBody {
    customer: String,
    lines: Vec<Object<DraftLine>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftLine {
    pub item_id: i64,
    pub quantity: i32,
}

impl Draft {
    /// Reads and checks a request body.
    pub fn from_json(body: &[u8]) -> Result<Self, InvalidBody> {
        let DraftBody { customer, lines } = json_body::parse(body)?;
        let lines = lines.into_iter().map(|Object(line)| line).collect();
        let draft = Self { customer, lines };
        draft.check().map_err(InvalidBody::Wrong)?;
        Ok(draft)
    }

    fn check(&self) -> Result<(), String> {
        let length = self.customer.chars().count();
        if !(1..=CUSTOMER_LENGTH_MAX).contains(&length) {
            return Err(format!(
                "customer must have 1 to {CUSTOMER_LENGTH_MAX} characters."
            ));
        }
        if self.customer.contains('\0') {
            return Err("customer must not contain U+0000, which PostgreSQL cannot hold.".into());
        }
        if !(1..=LINES_MAX).contains(&self.lines.len()) {
            return Err(format!("There must be 1 to {LINES_MAX} lines."));
        }
        let mut seen = HashSet::with_capacity(self.lines.len());
        self.lines.iter().try_for_each(|line| {
            line.check()?;
            if !seen.insert(line.item_id) {
                return Err(format!("Item {} is in the order twice.", line.item_id));
            }
            Ok(())
        })
    }
}

impl DraftLine {
    fn check(&self) -> Result<(), String> {
        if !(1..=ITEM_ID_MAX).contains(&self.item_id) {
            return Err(format!("item_id must be from 1 to {ITEM_ID_MAX}."));
        }
        if !(1..=QUANTITY_MAX).contains(&self.quantity) {
            return Err(format!("quantity must be from 1 to {QUANTITY_MAX}."));
        }
        Ok(())
    }
}
