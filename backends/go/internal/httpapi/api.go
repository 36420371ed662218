// Package httpapi answers the contract's requests from what does the work: the catalog, the upstream, the orders.
package httpapi

import (
	"net/http"
	"path"
	"strings"

	"twofold/backends/go/internal/catalog"
	"twofold/backends/go/internal/fanout"
	"twofold/backends/go/internal/orders"
)

type api struct {
	catalog  *catalog.Store
	upstream *fanout.Client
	orders   *orders.Store
}

// New returns the handler of the whole service. Without an upstream or orders (nil) what needs them answers 503.
func New(catalog *catalog.Store, upstream *fanout.Client, orders *orders.Store) http.Handler {
	a := &api{catalog, upstream, orders}
	mux := http.NewServeMux()

	mux.HandleFunc("GET /healthz", health)
	mux.HandleFunc("/healthz", allowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("GET /items", a.listItems)
	mux.HandleFunc("POST /items", a.createItem)
	mux.HandleFunc("/items", allowOnly(http.MethodGet, http.MethodHead, http.MethodPost))

	mux.HandleFunc("GET /items/search", a.searchItems)

	mux.HandleFunc("GET /items/{id}", a.getItem)
	mux.HandleFunc("PUT /items/{id}", a.replaceItem)
	mux.HandleFunc("DELETE /items/{id}", a.deleteItem)
	mux.HandleFunc("/items/{id}", allowOnly(http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete))

	mux.HandleFunc("POST /series/summary", summarizeSeries)
	mux.HandleFunc("/series/summary", allowOnly(http.MethodPost))

	mux.HandleFunc("GET /fanout", a.fanOut)
	mux.HandleFunc("/fanout", allowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("POST /orders", a.placeOrder)
	mux.HandleFunc("/orders", allowOnly(http.MethodPost))
	mux.HandleFunc("GET /orders/{id}", a.getOrder)
	mux.HandleFunc("/orders/{id}", allowOnly(http.MethodGet, http.MethodHead))

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
