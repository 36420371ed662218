//! Which names are nearest to a query.

use std::{mem, sync::Arc};

use super::Item;

/// An item that a search found, and how many edits its name is away from the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub item: Arc<Item>,
    pub distance: u32,
}

/// The nearest items of those considered so far.
#[derive(Debug)]
pub struct Search<D> {
    distance: D,
    nearest: Vec<Match>,
    limit: usize,
}

impl<D: FnMut(&str) -> u32> Search<D> {
    pub fn new(distance: D, limit: usize) -> Self {
        Self {
            distance,
            nearest: Vec::with_capacity(limit + 1),
            limit,
        }
    }

    /// Items must come in ascending id: of two at the same distance the earlier one stays ahead.
    pub fn consider(&mut self, item: &Arc<Item>) {
        let distance = (self.distance)(&item.name);
        let rank = self
            .nearest
            .partition_point(|other| other.distance <= distance);
        if rank < self.limit {
            let item = Arc::clone(item);
            self.nearest.insert(rank, Match { item, distance });
            self.nearest.truncate(self.limit);
        }
    }

    pub fn into_matches(self) -> Vec<Match> {
        self.nearest
    }
}

/// The Levenshtein distance from one text to many others, in code points: the table of the
/// textbook, of which two rows are kept.
#[derive(Debug)]
pub struct EditDistance {
    from: Vec<char>,
    // A row has a cell for each prefix of `from`. A name is far shorter than a u32 can count, and
    // narrow cells are worked on more at a time.
    above: Vec<u32>,
    row: Vec<u32>,
}

impl From<&str> for EditDistance {
    fn from(text: &str) -> Self {
        let from: Vec<char> = text.chars().collect();
        let above = vec![0; from.len() + 1];
        let row = above.clone();
        Self { from, above, row }
    }
}

impl EditDistance {
    /// How many code points must be inserted, deleted or replaced to make `text`.
    pub fn to(&mut self, text: &str) -> u32 {
        for (length, cell) in (0..).zip(self.above.iter_mut()) {
            *cell = length;
        }
        for (count, wanted) in (1..).zip(text.chars()) {
            let [first, cells @ ..] = self.row.as_mut_slice() else {
                break; // a row has at least one cell
            };
            *first = count;
            let mut left = count;
            let mut diagonal = self.above[0];
            for ((cell, above), given) in cells.iter_mut().zip(&self.above[1..]).zip(&self.from) {
                let replaced = diagonal + u32::from(*given != wanted);
                left = replaced.min(above + 1).min(left + 1);
                diagonal = *above;
                *cell = left;
            }
            mem::swap(&mut self.above, &mut self.row);
        }
        self.above[self.from.len()]
    }
}
