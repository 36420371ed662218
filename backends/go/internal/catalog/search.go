package catalog

import (
	"cmp"
	"slices"
)

// Match is an item that a search found, and how many edits its name is away from the query.
type Match struct {
	Item     *Item
	Distance int
}

// Search returns the limit items whose names are nearest to query by edit distance, nearest first, then by id. It
// looks at every item, and holds the lock only while it takes note of which ones there are.
func (s *Store) Search(query string, limit int) []Match {
	return s.search(limit, newEditDistance(query).to)
}

func (s *Store) search(limit int, distance func(name string) int) []Match {
	nearest := make([]Match, 0, limit+1)
	for _, item := range s.All() {
		match := Match{item, distance(item.Name)}
		if len(nearest) == limit && match.Distance >= nearest[limit-1].Distance {
			continue // At the same distance the item already there has the lower id.
		}
		at, _ := slices.BinarySearchFunc(nearest, match, compareMatches)
		nearest = slices.Insert(nearest, at, match)
		nearest = nearest[:min(len(nearest), limit)]
	}
	return nearest
}

func compareMatches(a, b Match) int {
	return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Item.ID, b.Item.ID))
}

// editDistance is the Levenshtein distance from one text to many others, in code points: the table of the textbook,
// of which two rows are kept. A row has a cell for each prefix of the text that all the others are compared with.
type editDistance struct {
	from              []rune
	previous, current []int
}

func newEditDistance(from string) *editDistance {
	runes := []rune(from)
	return &editDistance{runes, make([]int, len(runes)+1), make([]int, len(runes)+1)}
}

// to returns how many code points must be inserted, deleted or replaced to make text.
func (d *editDistance) to(text string) int {
	previous, current := d.previous, d.current
	for i := range previous {
		previous[i] = i
	}
	row := 0
	for _, wanted := range text {
		row++
		current[0] = row
		for i, given := range d.from {
			replaced := previous[i]
			if given != wanted {
				replaced++
			}
			current[i+1] = min(replaced, previous[i+1]+1, current[i]+1)
		}
		previous, current = current, previous
	}
	return previous[len(d.from)]
}
