package catalog

const (
	consonants = "bcdfghjklmnprstv"
	vowels     = "aeio"
)

var seedTags = [...]string{"new", "sale", "eco", "gift", "bulk"}

// NewSeededStore returns a store that holds items 1 to count, the same in every process and every backend.
func NewSeededStore(count uint32) *Store {
	store := &Store{items: make(map[int64]*Item, count)}
	for i := range count {
		store.Create(seedDraft(i + 1))
	}
	return store
}

func seedDraft(i uint32) Draft {
	return Draft{
		Name:       seedName(mix(i)),
		PriceCents: int64(100 + mix(i+1_000_000)%99_901),
		Stock:      int64(mix(i+2_000_000) % 1_000),
		Tags:       tagsOf(mix(i + 3_000_000)),
	}
}

func seedName(h uint32) string {
	name := make([]byte, 0, len("baba bababa"))
	for n := range 5 {
		if n == 2 {
			name = append(name, ' ')
		}
		name = append(name, consonants[h&15], vowels[h>>4&3])
		h >>= 6
	}
	return string(name)
}

func tagsOf(bits uint32) []string {
	tags := []string{}
	for n, tag := range seedTags {
		if bits>>n&1 == 1 {
			tags = append(tags, tag)
		}
	}
	return tags
}

// mix is the finalizer of MurmurHash3.
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	h ^= h >> 16
	return h
}
