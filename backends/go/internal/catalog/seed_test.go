package catalog

import (
	"reflect"
	"testing"
)

func TestSeedHoldsTheItemsOfTheContract(t *testing.T) {
	store := NewSeededStore(10_000)
	for _, want := range []Item{
		{1, Draft{"kodi difece", 13473, 220, []string{"new", "sale", "eco", "bulk"}}},
		{2, Draft{"jara rasobo", 78114, 420, []string{"new", "eco"}}},
		{10000, Draft{"toje mepila", 6141, 884, []string{"gift"}}},
	} {
		got, ok := store.Get(want.ID)
		if !ok || !reflect.DeepEqual(*got, want) {
			t.Errorf("item %d = %+v, want %+v", want.ID, got, want)
		}
	}
}

func TestSeedAddsUpToTheTotalsOfTheContract(t *testing.T) {
	items, more := NewSeededStore(10_000).Page(0, 20_000)
	if len(items) != 10_000 || more {
		t.Fatalf("the seed has %d items, more = %v", len(items), more)
	}
	var prices, stock, tags int64
	for _, item := range items {
		prices += item.PriceCents
		stock += item.Stock
		tags += int64(len(item.Tags))
	}
	if prices != 495_328_830 || stock != 4_997_258 || tags != 24_933 {
		t.Errorf("prices %d, stock %d, tags %d", prices, stock, tags)
	}
}

func TestTheStoreStartsWithAsManyItemsAsItIsTold(t *testing.T) {
	store := NewSeededStore(20)
	if _, ok := store.Get(20); !ok {
		t.Error("item 20 is missing")
	}
	if _, ok := store.Get(21); ok {
		t.Error("there is an item 21")
	}
	if item := store.Create(Draft{Name: "n"}); item.ID != 21 {
		t.Errorf("the next item is %d", item.ID)
	}
}
