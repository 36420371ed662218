// Package httpapi answers the contract's requests from a catalog store.
package httpapi

import (
	"net/http"
	"path"
	"strings"

	"twofold/backends/go/internal/catalog"
)

type api struct {
	store *catalog.Store
}

// New returns the handler of the whole service.
func New(store *catalog.Store) http.Handler {
	a := &api{store: store}
	mux := http.NewServeMux()

	mux.HandleFunc("GET /healthz", health)
	mux.HandleFunc("/healthz", allowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("GET /items", a.listItems)
	mux.HandleFunc("POST /items", a.createItem)
	mux.HandleFunc("/items", allowOnly(http.MethodGet, http.MethodHead, http.MethodPost))

	mux.HandleFunc("GET /items/{id}", a.getItem)
	mux.HandleFunc("PUT /items/{id}", a.replaceItem)
	mux.HandleFunc("DELETE /items/{id}", a.deleteItem)
	mux.HandleFunc("/items/{id}", allowOnly(http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete))

	mux.HandleFunc("/", unknownPath)
	return withoutRedirects(mux)
}

func health(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, struct {
		Status string `json:"status"`
	}{"ok"})
}

// withoutRedirects answers 404 to the paths that ServeMux would redirect: those with empty or dot segments.
func withoutRedirects(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if escaped := r.URL.EscapedPath(); path.Clean(escaped) != escaped {
			unknownPath(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func unknownPath(w http.ResponseWriter, r *http.Request) {
	writeProblem(w, http.StatusNotFound, "there is nothing at "+r.URL.EscapedPath())
}

// allowOnly answers a known path with another method; ServeMux's own answer would be plain text.
func allowOnly(methods ...string) http.HandlerFunc {
	allow := strings.Join(methods, ", ")
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", allow)
		writeProblem(w, http.StatusMethodNotAllowed, r.Method+" is not allowed here, only "+allow)
	}
}
