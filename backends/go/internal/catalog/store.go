package catalog

import "sync"

// Store is the catalog in memory. It is safe for concurrent use.
type Store struct {
	mu      sync.RWMutex
	items   map[int64]*Item
	inOrder itemList
	lastID  int64
}

// Get returns the item with this id, if there is one.
func (s *Store) Get(id int64) (*Item, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	item, ok := s.items[id]
	return item, ok
}

// Page returns, ascending, at most limit items whose id is above after, and whether more follow.
func (s *Store) Page(after int64, limit int) (items []*Item, more bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	items = make([]*Item, 0, min(limit, len(s.items)))
	for item := range s.inOrder.from(after + 1) {
		if len(items) == limit {
			return items, true
		}
		items = append(items, item)
	}
	return items, false
}

// All returns every item as it stands, in ascending id.
func (s *Store) All() []*Item {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.inOrder.all()
}

// Create stores the draft under the next id, which no item has had before.
func (s *Store) Create(draft Draft) *Item {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastID++
	item := &Item{ID: s.lastID, Draft: draft}
	s.items[item.ID] = item
	s.inOrder.add(item)
	return item
}

// Replace puts the draft in the place of the item with this id, if there is one.
func (s *Store) Replace(id int64, draft Draft) (*Item, bool) {
	item := &Item{ID: id, Draft: draft}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.items[id]; !ok {
		return nil, false
	}
	s.items[id] = item
	s.inOrder.replace(item)
	return item, true
}

// Delete removes the item with this id and reports whether there was one.
func (s *Store) Delete(id int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.items[id]; !ok {
		return false
	}
	delete(s.items, id)
	s.inOrder.remove(id)
	return true
}
