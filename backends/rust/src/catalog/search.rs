//! Which names are nearest to a query.

use std::{mem, sync::Arc};

use super::Item;

/// An item that a search found, and how many edits its name is away from the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub item: Arc<Item>,
    pub distance: usize,
}

/// The nearest items of those considered so far.
#[derive(Debug)]
pub struct Search {
    distance: EditDistance,
    nearest: Vec<Match>,
    limit: usize,
}

impl Search {
    pub fn new(query: &str, limit: usize) -> Self {
        Self {
            distance: EditDistance::from(query),
            nearest: Vec::with_capacity(limit + 1),
            limit,
        }
    }

    /// Items must come in ascending id: of two at the same distance the earlier one stays ahead.
    pub fn consider(&mut self, item: &Arc<Item>) {
        let distance = self.distance.to(&item.name);
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
    // A row has a cell for each prefix of `from`.
    above: Vec<usize>,
    row: Vec<usize>,
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
    pub fn to(&mut self, text: &str) -> usize {
        for (length, cell) in self.above.iter_mut().enumerate() {
            *cell = length;
        }
        for (count, wanted) in (1..).zip(text.chars()) {
            self.row[0] = count;
            let mut left = count;
            let cells = self.row[1..].iter_mut();
            for ((cell, above), given) in cells.zip(self.above.windows(2)).zip(&self.from) {
                let replaced = above[0] + usize::from(*given != wanted);
                left = replaced.min(above[1] + 1).min(left + 1);
                *cell = left;
            }
            mem::swap(&mut self.above, &mut self.row);
        }
        self.above[self.from.len()]
    }
}
