// Package httpapi answers the contract's requests from what does the work: the catalog, the upstream, the orders.
package httpapi

import (
	"net/http"
	"path"
	"strings"

	"twofold/backends/go/internal/catalog"
	"twofold/backends/go/internal/events"
	"twofold/backends/go/internal/fanout"
	"twofold/backends/go/internal/members"
	"twofold/backends/go/internal/model"
	"twofold/backends/go/internal/orders"
	"twofold/backends/go/internal/table"
)

// Services are what does the work. What needs one that is not there (nil) answers 503; the catalog and the
// events always are.
type Services struct {
	Catalog  *catalog.Store
	Events   *events.Hub
	Upstream *fanout.Client
	Orders   *orders.Store
	Model    *model.Model
	Table    *table.Table
	Members  *members.Accounts
}

// API has a handler for each operation of the contract. It knows no router: a handler asks for r.PathValue alone.
type API struct {
	catalog  *catalog.Store
	events   *events.Hub
	upstream *fanout.Client
	orders   *orders.Store
	model    *model.Model
	table    *table.Table
	members  *members.Accounts
}

// NewAPI makes the handlers.
func NewAPI(services Services) *API {
	return &API{services.Catalog, services.Events, services.Upstream, services.Orders, services.Model, services.Table,
		services.Members}
}

// New returns the handler of the whole service on http.ServeMux.
func New(services Services) http.Handler {
	a := NewAPI(services)
	mux := http.NewServeMux()

	mux.HandleFunc("GET /healthz", Health)
	mux.HandleFunc("/healthz", AllowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("GET /items", a.ListItems)
	mux.HandleFunc("POST /items", a.CreateItem)
	mux.HandleFunc("/items", AllowOnly(http.MethodGet, http.MethodHead, http.MethodPost))

	mux.HandleFunc("GET /items/search", a.SearchItems)
	mux.HandleFunc("GET /items/search-native", a.SearchItemsNative)

	mux.HandleFunc("GET /items/{id}", a.GetItem)
	mux.HandleFunc("PUT /items/{id}", a.ReplaceItem)
	mux.HandleFunc("DELETE /items/{id}", a.DeleteItem)
	mux.HandleFunc("/items/{id}", AllowOnly(http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete))

	mux.HandleFunc("POST /series/summary", SummarizeSeries)
	mux.HandleFunc("/series/summary", AllowOnly(http.MethodPost))

	mux.HandleFunc("GET /fanout", a.FanOut)
	mux.HandleFunc("/fanout", AllowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("POST /orders", a.PlaceOrder)
	mux.HandleFunc("/orders", AllowOnly(http.MethodPost))
	mux.HandleFunc("GET /orders/{id}", a.GetOrder)
	mux.HandleFunc("/orders/{id}", AllowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("GET /pages/items", a.ShowItems)
	mux.HandleFunc("/pages/items", AllowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("GET "+eventsPath, a.StreamEvents)
	mux.HandleFunc(eventsPath, AllowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("POST /inference", a.ScoreRows)
	mux.HandleFunc("/inference", AllowOnly(http.MethodPost))

	mux.HandleFunc("GET /report", a.MakeReport)
	mux.HandleFunc("/report", AllowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("POST /login", a.LogIn)
	mux.HandleFunc("/login", AllowOnly(http.MethodPost))
	mux.HandleFunc("GET /members/items/{id}", a.GetMemberItem)
	mux.HandleFunc("/members/items/{id}", AllowOnly(http.MethodGet, http.MethodHead))

	mux.HandleFunc("/", UnknownPath)
	return withoutRedirects(mux)
}

// Health says that the service is ready.
func Health(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, struct {
		Status string `json:"status"`
	}{"ok"})
}

// withoutRedirects answers 404 to the paths that ServeMux would redirect: those with empty or dot segments.
func withoutRedirects(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if escaped := r.URL.EscapedPath(); path.Clean(escaped) != escaped {
			UnknownPath(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// UnknownPath answers a path that is none of the contract.
func UnknownPath(w http.ResponseWriter, r *http.Request) {
	writeProblem(w, http.StatusNotFound, "there is nothing at "+r.URL.EscapedPath())
}

// AllowOnly answers a known path with another method; ServeMux's own answer would be plain text.
func AllowOnly(methods ...string) http.HandlerFunc {
	allow := strings.Join(methods, ", ")
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", allow)
		writeProblem(w, http.StatusMethodNotAllowed, r.Method+" is not allowed here, only "+allow)
	}
}
