package httpapi

import (
	"net/http"
	"unicode/utf8"

	"twofold/backends/go/internal/catalog"
)

const (
	maxQueryLength = 64
	matchLimit     = 10
)

type match struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Distance int    `json:"distance"`
}

type matches struct {
	Items []match `json:"items"`
}

func (a *API) SearchItems(w http.ResponseWriter, r *http.Request) {
	search(w, r, a.catalog.Search)
}

func (a *API) SearchItemsNative(w http.ResponseWriter, r *http.Request) {
	search(w, r, a.catalog.SearchNative)
}

func search(w http.ResponseWriter, r *http.Request, find func(query string, limit int) []catalog.Match) {
	query, _ := queryValue(r.URL.RawQuery, "q")
	if length := utf8.RuneCountInString(query); length < 1 || length > maxQueryLength || !utf8.ValidString(query) {
		writeError(w, &requestError{http.StatusUnprocessableEntity, "q must be 1 to 64 characters in UTF-8"})
		return
	}
	found := find(query, matchLimit)
	result := matches{make([]match, len(found))}
	for i, match := range found {
		result.Items[i].ID = match.Item.ID
		result.Items[i].Name = match.Item.Name
		result.Items[i].Distance = match.Distance
	}
	writeJSON(w, http.StatusOK, result)
}
