package catalog

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

func idsOf(items []*Item) []int64 {
	ids := make([]int64, 0, len(items))
	for _, item := range items {
		ids = append(ids, item.ID)
	}
	return ids
}

func TestAnIDIsNeverUsedTwice(t *testing.T) {
	store := NewSeededStore(10_000)
	first := store.Create(Draft{Name: "a"})
	if first.ID != 10_001 || !store.Delete(first.ID) {
		t.Fatalf("first created item = %+v", first)
	}
	if second := store.Create(Draft{Name: "b"}); second.ID != 10_002 {
		t.Errorf("id after a delete = %d, want 10002", second.ID)
	}
}

func TestAMissingItemIsNeitherReadNorReplacedNorDeleted(t *testing.T) {
	store := NewSeededStore(10_000)
	store.Delete(7)
	for _, id := range []int64{7, 10_001, MaxID} {
		if _, ok := store.Get(id); ok {
			t.Errorf("Get(%d) found an item", id)
		}
		if _, ok := store.Replace(id, Draft{}); ok {
			t.Errorf("Replace(%d) found an item", id)
		}
		if store.Delete(id) {
			t.Errorf("Delete(%d) found an item", id)
		}
	}
}

func TestReplaceLeavesItemsAlreadyReadAsTheyWere(t *testing.T) {
	store := NewSeededStore(10_000)
	before, _ := store.Get(1)
	after, ok := store.Replace(1, Draft{Name: "new"})
	if !ok || after.ID != 1 || after.Name != "new" || before.Name != "kodi difece" {
		t.Errorf("before %+v, after %+v", before, after)
	}
}

// The model is a sorted slice of ids. Runs of deletes empty whole chunks, at both ends and in between.
func TestPagesAgreeWithAModelAfterRandomCreatesAndDeletes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	store := NewSeededStore(10_000)
	items, _ := store.Page(0, 20_000)
	model := idsOf(items)

	for range 300 {
		for range random.IntN(60) {
			model = append(model, store.Create(Draft{Name: "x"}).ID)
		}
		start := random.IntN(len(model))
		end := min(len(model), start+random.IntN(120))
		for _, id := range model[start:end] {
			if !store.Delete(id) {
				t.Fatalf("Delete(%d) found no item", id)
			}
		}
		model = slices.Delete(model, start, end)

		after, limit := random.Int64N(20_000), 1+random.IntN(1000)
		from, found := slices.BinarySearch(model, after)
		if found {
			from++
		}
		want := model[from:min(from+limit, len(model))]
		got, more := store.Page(after, limit)
		if !slices.Equal(idsOf(got), want) || more != (from+limit < len(model)) {
			t.Fatalf("Page(%d, %d): %d items, more = %v; want %d items", after, limit, len(got), more, len(want))
		}
	}
}

func TestAnEmptyStoreHasAnEmptyPage(t *testing.T) {
	store := NewSeededStore(10_000)
	for id := int64(1); id <= 10_000; id++ {
		store.Delete(id)
	}
	if items, more := store.Page(0, 20); items == nil || len(items) != 0 || more {
		t.Errorf("Page = %v, %v", items, more)
	}
}

func TestConcurrentUseLosesNothing(t *testing.T) {
	const workers, rounds = 8, 500
	store := NewSeededStore(10_000)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := range rounds {
				item := store.Create(Draft{Name: "x"})
				store.Page(item.ID-10, 20)
				if i%2 == 0 {
					store.Delete(item.ID)
				} else {
					store.Replace(item.ID, Draft{Name: "y"})
				}
			}
		})
	}
	group.Wait()
	if items, _ := store.Page(10_000, workers*rounds); len(items) != workers*rounds/2 {
		t.Errorf("%d items left, want %d", len(items), workers*rounds/2)
	}
}
