package httpapi

import (
	"fmt"
	"net/http"
	"strconv"

	"twofold/backends/go/internal/catalog"
)

const (
	defaultLimit = 20
	maxLimit     = 1000
)

type page struct {
	Items     []*catalog.Item `json:"items"`
	NextAfter *int64          `json:"next_after"`
}

// pageWanted reads which page a query asks for.
func pageWanted(r *http.Request) (limit, after int64, err error) {
	if limit, err = queryInteger(r, "limit", bounds{1, maxLimit}, defaultLimit); err != nil {
		return 0, 0, err
	}
	after, err = queryInteger(r, "after", bounds{0, catalog.MaxID}, 0)
	return limit, after, err
}

func (a *API) ListItems(w http.ResponseWriter, r *http.Request) {
	limit, after, err := pageWanted(r)
	if err != nil {
		writeError(w, err)
		return
	}
	items, more := a.catalog.Page(after, int(limit))
	result := page{Items: items}
	if more {
		result.NextAfter = &items[len(items)-1].ID
	}
	writeJSON(w, http.StatusOK, result)
}

func (a *API) CreateItem(w http.ResponseWriter, r *http.Request) {
	draft, err := readDraft(w, r)
	if err != nil {
		writeError(w, err)
		return
	}
	item := a.catalog.Create(draft)
	w.Header().Set("Location", "/items/"+strconv.FormatInt(item.ID, 10))
	writeJSON(w, http.StatusCreated, item)
}

func (a *API) GetItem(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r)
	if err != nil {
		writeError(w, err)
		return
	}
	item, ok := a.catalog.Get(id)
	if !ok {
		writeError(w, noSuchItem(id))
		return
	}
	writeJSON(w, http.StatusOK, item)
}

func (a *API) ReplaceItem(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r)
	if err != nil {
		writeError(w, err)
		return
	}
	draft, err := readDraft(w, r)
	if err != nil {
		writeError(w, err)
		return
	}
	item, ok := a.catalog.Replace(id, draft)
	if !ok {
		writeError(w, noSuchItem(id))
		return
	}
	writeJSON(w, http.StatusOK, item)
}

func (a *API) DeleteItem(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r)
	if err != nil {
		writeError(w, err)
		return
	}
	if !a.catalog.Delete(id) {
		writeError(w, noSuchItem(id))
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func noSuchItem(id int64) error {
	return &requestError{http.StatusNotFound, fmt.Sprintf("there is no item %d", id)}
}
