package catalog

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestEditDistancesOfKnownPairs(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"kitten", "sitting", 3},
		{"flaw", "lawn", 2},
		{"a", "a", 0},
		{"a", "b", 1},
		{"ab", "ba", 2},
		{"abc", "", 3},
		{"é", "e", 1},
		{"😀", "a", 1},
		{"日本語", "日語", 1},
		{"a\x00b", "ab", 1},
	} {
		if got := newEditDistance(test.a).to(test.b); got != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.a, test.b, got, test.want)
		}
		if got := newEditDistance(test.b).to(test.a); got != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.b, test.a, got, test.want)
		}
	}
}

// distanceByDefinition follows the definition, from the ends of both texts, without a table.
func distanceByDefinition(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return max(len(a), len(b))
	}
	if a[len(a)-1] == b[len(b)-1] {
		return distanceByDefinition(a[:len(a)-1], b[:len(b)-1])
	}
	return 1 + min(
		distanceByDefinition(a[:len(a)-1], b),
		distanceByDefinition(a, b[:len(b)-1]),
		distanceByDefinition(a[:len(a)-1], b[:len(b)-1]),
	)
}

func TestEditDistancesAgreeWithTheDefinition(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	text := func() string {
		runes := make([]rune, random.IntN(7))
		for i := range runes {
			runes[i] = []rune("abé😀")[random.IntN(4)]
		}
		return string(runes)
	}
	for range 500 {
		from := text()
		distance := newEditDistance(from)
		for range 3 {
			to := text()
			if got, want := distance.to(to), distanceByDefinition([]rune(from), []rune(to)); got != want {
				t.Fatalf("from %q to %q: %d, want %d", from, to, got, want)
			}
		}
	}
}

func TestASearchFindsWhatSortingEveryItemFinds(t *testing.T) {
	store := NewSeededStore(10_000)
	store.Delete(1)
	store.Replace(2, Draft{Name: "日本語"})
	for range 12 {
		store.Create(Draft{Name: "kodi difece"})
	}
	for _, query := range []string{"kodi difece", "日本語", "x", "jara", "mepila toje rasobo and a long tail behind it"} {
		var want []Match
		for _, item := range store.All() {
			want = append(want, Match{item, newEditDistance(item.Name).to(query)})
		}
		slices.SortFunc(want, compareMatches)
		if got := store.Search(query, 10); !slices.Equal(got, want[:10]) {
			t.Errorf("%q: %v, want %v", query, got, want[:10])
		}
	}
}

func TestASearchOfFewItemsFindsThemAll(t *testing.T) {
	store := NewSeededStore(10_000)
	for id := range int64(10_000 - 3) {
		store.Delete(id + 1)
	}
	if got := store.Search("x", 10); len(got) != 3 {
		t.Errorf("found %d items of 3", len(got))
	}
}
