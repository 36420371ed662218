// Package chiapi mounts the handlers of the contract on chi.
package chiapi

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"twofold/backends/go/internal/httpapi"
)

// New returns the handler of the whole service.
func New(services httpapi.Services) http.Handler {
	api := httpapi.NewAPI(services)
	router := chi.NewRouter()
	router.Use(middleware.GetHead)
	router.NotFound(httpapi.UnknownPath)
	router.MethodNotAllowed(wrongMethod(router))

	router.Get("/healthz", httpapi.Health)
	router.Get("/items", api.ListItems)
	router.Post("/items", api.CreateItem)
	router.Get("/items/search", api.SearchItems)
	router.Get("/items/search-native", api.SearchItemsNative)
	router.Get("/items/{id}", api.GetItem)
	router.Put("/items/{id}", api.ReplaceItem)
	router.Delete("/items/{id}", api.DeleteItem)
	router.Post("/series/summary", httpapi.SummarizeSeries)
	router.Get("/fanout", api.FanOut)
	router.Post("/orders", api.PlaceOrder)
	router.Get("/orders/{id}", api.GetOrder)
	router.Post("/inference", api.ScoreRows)
	router.Get("/report", api.MakeReport)
	router.Post("/login", api.LogIn)
	router.Get("/members/items/{id}", api.GetMemberItem)
	router.Get("/pages/items", api.ShowItems)
	router.Get("/events", api.StreamEvents)
	return router
}

// wrongMethod names the methods that the path does have, as chi's own answer would, in a problem document.
func wrongMethod(routes chi.Routes) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			if !routes.Match(chi.NewRouteContext(), method, r.URL.Path) {
				continue
			}
			allowed = append(allowed, method)
			if method == http.MethodGet {
				allowed = append(allowed, http.MethodHead) // by middleware.GetHead
			}
		}
		httpapi.AllowOnly(allowed...)(w, r)
	}
}
