// Package httpapi answers the contract's requests from what does the work: the catalog, the upstream, the orders.
package httpapi

import (
	"net/http"
	"path"
	"strings"

	"twofold/backends/go/internal/catalog"
	"twofold/backends/go/internal/fanout"
	"twofold/backends/go/internal/members"
	"twofold/backends/go/internal/model"
	"twofold/backends/go/internal/orders"
	"twofold/backends/go/internal/table"
)

// Services are what does the work. What needs one that is not there (nil) answers 503; the catalog always is.
type Services struct {
	Catalog  *catalog.Store
	Upstream *fanout.Client
	Orders   *orders.Store
	Model    *model.Model
	Table    *table.Table
	Members  *members.Accounts
}

type api struct {
	catalog  *catalog.Store
	upstream *fanout.Client
	orders   *orders.Store
	model    *model.Model
	table    *table.Table
	members  *members.Accounts
}

// New returns the handler of the whole service.
func New(services Services) http.Handler {
	a := &api{services.Catalog, services.Upstream, services.Orders, services.Model, services.Table, services.Members}
	mux := http.NewServeMux()

	mux.HandleFunc("GET /healthz", health)
	mux.HandleFunc("/healthz", allowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("GET /items", a.listItems)
	mux.HandleFunc("POST /items", a.createItem)
	mux.HandleFunc("/items", allowOnly(http.MethodGet, http.MethodHead, http.MethodPost))

	mux.HandleFunc("GET /items/search", a.searchItems)
	mux.HandleFunc("GET /items/search-native", a.searchItemsNative)

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

	mux.HandleFunc("POST /inference", a.scoreRows)
	mux.HandleFunc("/inference", allowOnly(http.MethodPost))

	mux.HandleFunc("GET /report", a.makeReport)
	mux.HandleFunc("/report", allowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("POST /login", a.logIn)
	mux.HandleFunc("/login", allowOnly(http.MethodPost))
	mux.HandleFunc("GET /members/items/{id}", a.getMemberItem)
	mux.HandleFunc("/members/items/{id}", allowOnly(http.MethodGet, http.MethodHead))

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
