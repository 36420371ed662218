//! The catalog: items by id, in memory, shared by every request.

mod item;
mod search;
mod seed;

use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

pub use item::{Item, NewItem};
pub use search::{EditDistance, Match};

use rapidfuzz::distance::levenshtein;
use search::Search;

/// Some ten microseconds of work for names like those of the seed.
const SEARCHED_AT_A_TIME: usize = 64;

/// Items behind one lock. They are handed out as [`Arc`]s, so that the lock is held to look up
/// and never to serialise, and never across an await.
#[derive(Debug)]
pub struct Catalog {
    shelf: RwLock<Shelf>,
}

/// A B-tree keeps ids in order whatever holes deletes leave: every operation is logarithmic, and
/// a page costs one look-up plus its own length.
#[derive(Debug)]
struct Shelf {
    items: BTreeMap<u64, Arc<Item>>,
    last_id: u64,
}

/// A run of items in ascending id.
#[derive(Debug)]
pub struct Page {
    pub items: Vec<Arc<Item>>,
    /// Whether an item follows the last one.
    pub more: bool,
}

impl Catalog {
    /// A catalog that holds the first `count` items of the contract's seed.
    pub fn seeded(count: u32) -> Self {
        let items: BTreeMap<u64, Arc<Item>> = (1..=count)
            .map(|id| (u64::from(id), Arc::new(seed::item(id))))
            .collect();
        Self {
            shelf: RwLock::new(Shelf {
                items,
                last_id: u64::from(count),
            }),
        }
    }

    pub fn get(&self, id: u64) -> Option<Arc<Item>> {
        self.read().items.get(&id).cloned()
    }

    /// At most `limit` items with an id above `after`.
    pub fn page(&self, after: u64, limit: usize) -> Page {
        let shelf = self.read();
        let mut following = shelf
            .items
            .range((Bound::Excluded(after), Bound::Unbounded))
            .map(|(_, item)| item);
        let items = following.by_ref().take(limit).cloned().collect();
        Page {
            items,
            more: following.next().is_some(),
        }
    }

    /// The `limit` items whose names are nearest to `query` by edit distance, nearest first, then by
    /// id. Every item is looked at, a few at a time, so that the lock is never held for long; what
    /// is created, replaced or deleted meanwhile is found as it is when its turn comes.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Match> {
        let mut distance = EditDistance::from(query);
        self.search_by(|name| distance.to(name), limit)
    }

    /// The same as one who may choose computes it: by a library.
    pub fn search_native(&self, query: &str, limit: usize) -> Vec<Match> {
        let query = levenshtein::BatchComparator::new(query.chars());
        self.search_by(|name| query.distance(name.chars()) as u32, limit)
    }

    fn search_by(&self, distance: impl FnMut(&str) -> u32, limit: usize) -> Vec<Match> {
        let mut search = Search::new(distance, limit);
        let mut after = 0;
        loop {
            let shelf = self.read();
            let mut following = shelf
                .items
                .range((Bound::Excluded(after), Bound::Unbounded))
                .take(SEARCHED_AT_A_TIME)
                .map(|(_, item)| item)
                .peekable();
            if following.peek().is_none() {
                return search.into_matches();
            }
            for item in following {
                search.consider(item);
                after = item.id;
            }
        }
    }

    /// Adds an item under the next id, which was never used before.
    pub fn create(&self, new: NewItem) -> Arc<Item> {
        let mut shelf = self.write();
        shelf.last_id += 1;
        let item = Arc::new(Item::new(shelf.last_id, new));
        shelf.items.insert(item.id, Arc::clone(&item));
        item
    }

    /// Replaces the item `id`, or does nothing and returns `None` when there is none.
    pub fn replace(&self, id: u64, new: NewItem) -> Option<Arc<Item>> {
        let item = Arc::new(Item::new(id, new));
        *self.write().items.get_mut(&id)? = Arc::clone(&item);
        Some(item)
    }

    /// Removes and returns the item `id`.
    pub fn delete(&self, id: u64) -> Option<Arc<Item>> {
        self.write().items.remove(&id)
    }

    // No panic can leave the shelf half changed, so a poisoned lock is as good as any other.

    fn read(&self) -> RwLockReadGuard<'_, Shelf> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shelf> {
        self.shelf.write().unwrap_or_else(PoisonError::into_inner)
    }
}
