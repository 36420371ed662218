package catalog

import "github.com/agnivade/levenshtein"

// SearchNative returns what Search does, as one who may choose computes it: with a library.
func (s *Store) SearchNative(query string, limit int) []Match {
	return s.search(limit, func(name string) int { return levenshtein.ComputeDistance(query, name) })
}
