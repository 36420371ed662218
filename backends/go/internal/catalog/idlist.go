package catalog

import (
	"cmp"
	"iter"
	"slices"
)

const idChunkSize = 512

// idList holds the ids in use in ascending order, cut into chunks that are never empty. A new id is always the highest,
// so adding one is an append; removing one moves at most a chunk; a scan never walks over the holes that deletes leave.
type idList struct {
	chunks [][]int64
}

// add appends id, which must be above every id in the list.
func (l *idList) add(id int64) {
	last := len(l.chunks) - 1
	if last < 0 || len(l.chunks[last]) == idChunkSize {
		l.chunks = append(l.chunks, make([]int64, 0, idChunkSize))
		last++
	}
	l.chunks[last] = append(l.chunks[last], id)
}

// remove takes id, which must be in the list, out of it.
func (l *idList) remove(id int64) {
	c := l.chunkFor(id)
	i, _ := slices.BinarySearch(l.chunks[c], id)
	l.chunks[c] = slices.Delete(l.chunks[c], i, i+1)
	if len(l.chunks[c]) == 0 {
		l.chunks = slices.Delete(l.chunks, c, c+1)
	}
}

// from yields, ascending, the ids that are at least first.
func (l *idList) from(first int64) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		c := l.chunkFor(first)
		if c == len(l.chunks) {
			return
		}
		start, _ := slices.BinarySearch(l.chunks[c], first)
		for _, chunk := range l.chunks[c:] {
			for _, id := range chunk[start:] {
				if !yield(id) {
					return
				}
			}
			start = 0
		}
	}
}

// chunkFor returns the index of the first chunk that holds an id of at least id.
func (l *idList) chunkFor(id int64) int {
	c, _ := slices.BinarySearchFunc(l.chunks, id, func(chunk []int64, id int64) int {
		return cmp.Compare(chunk[len(chunk)-1], id)
	})
	return c
}
