package httpapi

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"twofold/backends/go/internal/catalog"
	"twofold/backends/go/internal/fanout"
	"twofold/backends/go/internal/orders"
)

const goodBody = `{"name":"lamp","price_cents":5}`

func newHandler(t *testing.T) http.Handler {
	t.Helper()
	return newHandlerWith(t, nil, nil)
}

func newHandlerWith(t *testing.T, upstream *fanout.Client, placed *orders.Store) http.Handler {
	t.Helper()
	return New(Services{Catalog: catalog.NewSeededStore(10_000), Upstream: upstream, Orders: placed})
}

func request(t *testing.T, handler http.Handler, method, target, contentType, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func wantProblem(t *testing.T, w *httptest.ResponseRecorder, status int) {
	t.Helper()
	var body problem
	err := json.Unmarshal(w.Body.Bytes(), &body)
	if w.Code != status || w.Header().Get("Content-Type") != "application/problem+json" || err != nil ||
		body.Type != "about:blank" || body.Title == "" || body.Status != status || body.Detail == "" {
		t.Errorf("got %d %q %s, want problem %d", w.Code, w.Header().Get("Content-Type"), w.Body, status)
	}
}

func wantBody(t *testing.T, w *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	if w.Code != status || w.Header().Get("Content-Type") != "application/json" || strings.TrimSpace(w.Body.String()) != body {
		t.Errorf("got %d %q %s, want %d %s", w.Code, w.Header().Get("Content-Type"), w.Body, status, body)
	}
}

func TestHealth(t *testing.T) {
	wantBody(t, request(t, newHandler(t), "GET", "/healthz", "", ""), 200, `{"status":"ok"}`)
}

func TestAnItemFromCreateToDelete(t *testing.T) {
	handler := newHandler(t)

	created := request(t, handler, "POST", "/items", "application/json; charset=utf-8", goodBody)
	wantBody(t, created, 201, `{"id":10001,"name":"lamp","price_cents":5,"stock":0,"tags":[]}`)
	if location := created.Header().Get("Location"); location != "/items/10001" {
		t.Errorf("Location = %q", location)
	}

	replacement := `{"name":"<b> & \u2028","price_cents":6,"stock":7,"tags":["x"]}`
	stored := `{"id":10001,"name":"<b> & \u2028","price_cents":6,"stock":7,"tags":["x"]}`
	wantBody(t, request(t, handler, "PUT", "/items/10001", "application/json", replacement), 200, stored)
	wantBody(t, request(t, handler, "GET", "/items/10001", "", ""), 200, stored)

	deleted := request(t, handler, "DELETE", "/items/10001", "", "")
	if deleted.Code != 204 || deleted.Body.Len() != 0 {
		t.Errorf("delete: %d %s", deleted.Code, deleted.Body)
	}
	for _, method := range []string{"GET", "DELETE"} {
		wantProblem(t, request(t, handler, method, "/items/10001", "", ""), 404)
	}
	wantProblem(t, request(t, handler, "PUT", "/items/10001", "application/json", goodBody), 404)
}

func TestPages(t *testing.T) {
	handler := newHandler(t)
	for target, want := range map[string]struct {
		count     int
		nextAfter int64
	}{
		"/items":                                 {20, 20},
		"/items?limit=1000&after=8999":           {1000, 9999},
		"/items?limit=1000&after=9000":           {1000, 0},
		"/items?after=9007199254740991":          {0, 0},
		"/items?other=%zz&x;y&limit=1&limit=bad": {1, 1},
	} {
		var got page
		w := request(t, handler, "GET", target, "", "")
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Items == nil || len(got.Items) != want.count {
			t.Errorf("%s: %d %d items, error %v", target, w.Code, len(got.Items), err)
			continue
		}
		if (got.NextAfter == nil) != (want.nextAfter == 0) || got.NextAfter != nil && *got.NextAfter != want.nextAfter {
			t.Errorf("%s: next_after is not %d: %s", target, want.nextAfter, w.Body)
		}
	}
}

func TestRefusedPathsAndQueries(t *testing.T) {
	handler := newHandler(t)
	for target, status := range map[string]int{
		"/":                              404,
		"/item":                          404,
		"/items/":                        404,
		"/items//1":                      404,
		"//items":                        404,
		"/items/1/x":                     404,
		"/items/10001":                   404,
		"/items/9007199254740991":        404,
		"/items/9007199254740992":        422,
		"/items/0":                       422,
		"/items/-1":                      422,
		"/items/1.5":                     422,
		"/items/1%2F2":                   422,
		"/items/%2e%2e":                  422,
		"/items/99999999999999999999999": 422,
		"/items?limit=0":                 422,
		"/items?limit=1001":              422,
		"/items?limit=":                  422,
		"/items?limit":                   422,
		"/items?limit=%zz":               422,
		"/items?limit=5;after=3":         422,
		"/items?after=-1":                422,
		"/items?after=9007199254740992":  422,
	} {
		t.Run(target, func(t *testing.T) {
			wantProblem(t, request(t, handler, "GET", target, "", ""), status)
		})
	}
}

func TestAnotherMethodIsNotAllowed(t *testing.T) {
	handler := newHandler(t)
	for target, allow := range map[string]string{
		"/healthz": "GET, HEAD",
		"/items":   "GET, HEAD, POST",
		"/items/1": "GET, HEAD, PUT, DELETE",

		"/series/summary": "POST",
		"/fanout":         "GET, HEAD",
		"/orders":         "POST",
		"/orders/1":       "GET, HEAD",
	} {
		w := request(t, handler, "PATCH", target, "", "")
		wantProblem(t, w, 405)
		if w.Header().Get("Allow") != allow {
			t.Errorf("%s: Allow = %q", target, w.Header().Get("Allow"))
		}
	}
}
