package catalog

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestTheLibraryFindsWhatTheTextbookFinds(t *testing.T) {
	store := NewSeededStore(10_000)
	random := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("abé🦊 \x00")
	for range 300 {
		name := make([]rune, 1+random.IntN(12))
		for i := range name {
			name[i] = alphabet[random.IntN(len(alphabet))]
		}
		store.Create(Draft{Name: string(name)})
		if want, got := store.Search(string(name), 10), store.SearchNative(string(name), 10); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: %v, want %v", string(name), got, want)
		}
	}
}
