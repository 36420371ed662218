package chiapi

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"twofold/backends/go/internal/catalog"
	"twofold/backends/go/internal/httpapi"
)

func answer(handler http.Handler, method, target, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

// The handlers have their own tests: here each path must lead to the right one, whichever router it is.
func TestEveryPathIsAnsweredAsServeMuxDoes(t *testing.T) {
	chi := New(httpapi.Services{Catalog: catalog.NewSeededStore(100)})
	mux := httpapi.New(httpapi.Services{Catalog: catalog.NewSeededStore(100)})
	item := `{"name":"lamp","price_cents":5}`
	for _, request := range []struct{ method, target, body string }{
		{"GET", "/healthz", ""},
		{"GET", "/items?limit=2&after=3", ""},
		{"POST", "/items", item},
		{"POST", "/items", "{"},
		{"PUT", "/items/101", item},
		{"GET", "/items/101", ""},
		{"HEAD", "/items/101", ""},
		{"DELETE", "/items/101", ""},
		{"DELETE", "/items/101", ""},
		{"GET", "/items/x", ""},
		{"GET", "/items/search?q=kodi", ""},
		{"GET", "/items/search-native?q=kodi", ""},
		{"POST", "/series/summary", `{"values":[1,2]}`},
		{"GET", "/fanout?key=1", ""},
		{"POST", "/orders", `{"customer":"a","lines":[{"item_id":1,"quantity":1}]}`},
		{"GET", "/orders/1", ""},
		{"POST", "/inference", `{"features":[]}`},
		{"GET", "/report?rows=1000", ""},
		{"POST", "/login", `{"name":"a","password":"b"}`},
		{"GET", "/members/items/1", ""},
		{"GET", "/pages/items?limit=2", ""},
		{"POST", "/pages/items", ""},
		{"HEAD", "/events", ""},
		{"POST", "/events", ""},
		{"PATCH", "/items", ""},
		{"POST", "/items/1", ""},
		{"GET", "/login", ""},
		{"GET", "/", ""},
		{"GET", "//items", ""},
		{"GET", "/items/1/", ""},
		{"GET", "/items/1/tags", ""},
		{"POST", "/fault?kind=panic", ""},
	} {
		got := answer(chi, request.method, request.target, request.body)
		want := answer(mux, request.method, request.target, request.body)
		if got.Code != want.Code || got.Body.String() != want.Body.String() ||
			got.Header().Get("Allow") != want.Header().Get("Allow") {
			t.Errorf("%s %s: %d %q %s, want %d %q %s", request.method, request.target, got.Code,
				got.Header().Get("Allow"), got.Body, want.Code, want.Header().Get("Allow"), want.Body)
		}
	}
}
