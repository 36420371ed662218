package catalog

import (
	"cmp"
	"iter"
	"slices"
)

const itemChunkSize = 512

// itemList holds the items in ascending id, cut into chunks that are never empty. A new id is always the highest, so
// adding an item is an append; removing one moves at most a chunk; a scan never walks over the holes that deletes leave.
type itemList struct {
	chunks [][]*Item
	length int
}

// add appends item, whose id must be above every id in the list.
func (l *itemList) add(item *Item) {
	last := len(l.chunks) - 1
	if last < 0 || len(l.chunks[last]) == itemChunkSize {
		l.chunks = append(l.chunks, make([]*Item, 0, itemChunkSize))
		last++
	}
	l.chunks[last] = append(l.chunks[last], item)
	l.length++
}

// replace puts item in the place of the one with its id, which must be in the list.
func (l *itemList) replace(item *Item) {
	chunk := l.chunks[l.chunkFor(item.ID)]
	i, _ := indexIn(chunk, item.ID)
	chunk[i] = item
}

// remove takes the item with this id, which must be in the list, out of it.
func (l *itemList) remove(id int64) {
	c := l.chunkFor(id)
	i, _ := indexIn(l.chunks[c], id)
	l.chunks[c] = slices.Delete(l.chunks[c], i, i+1)
	if len(l.chunks[c]) == 0 {
		l.chunks = slices.Delete(l.chunks, c, c+1)
	}
	l.length--
}

// from yields, ascending, the items whose id is at least first.
func (l *itemList) from(first int64) iter.Seq[*Item] {
	return func(yield func(*Item) bool) {
		c := l.chunkFor(first)
		if c == len(l.chunks) {
			return
		}
		start, _ := indexIn(l.chunks[c], first)
		for _, chunk := range l.chunks[c:] {
			for _, item := range chunk[start:] {
				if !yield(item) {
					return
				}
			}
			start = 0
		}
	}
}

// all returns the items in a slice of the caller's own.
func (l *itemList) all() []*Item {
	items := make([]*Item, 0, l.length)
	for _, chunk := range l.chunks {
		items = append(items, chunk...)
	}
	return items
}

// chunkFor returns the index of the first chunk that holds an id of at least id.
func (l *itemList) chunkFor(id int64) int {
	c, _ := slices.BinarySearchFunc(l.chunks, id, func(chunk []*Item, id int64) int {
		return cmp.Compare(chunk[len(chunk)-1].ID, id)
	})
	return c
}

func indexIn(chunk []*Item, id int64) (int, bool) {
	return slices.BinarySearchFunc(chunk, id, func(item *Item, id int64) int {
		return cmp.Compare(item.ID, id)
	})
}
