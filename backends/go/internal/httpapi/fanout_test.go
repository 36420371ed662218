package httpapi

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"twofold/backends/go/internal/fanout"
)

// upstream answers 10 to every call but the second, which it fails.
func upstream(t *testing.T) *fanout.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/1") {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte(`{"value":10}`))
	}))
	t.Cleanup(server.Close)
	client, err := fanout.NewClient(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestAFailedCallMakesThePartialAnswer(t *testing.T) {
	handler := newHandlerWith(t, upstream(t), nil)
	wantBody(t, request(t, handler, "GET", "/fanout?key=0&calls=1", "", ""), 200,
		`{"key":0,"partial":false,"sum":10,"results":[{"call":0,"value":10}]}`)
	wantBody(t, request(t, handler, "GET", "/fanout?calls=3&key=9007199254740991", "", ""), 200,
		`{"key":9007199254740991,"partial":true,"sum":20,"results":[{"call":0,"value":10},{"call":1,"value":null},{"call":2,"value":10}]}`)
	if w := request(t, handler, "GET", "/fanout?key=1", "", ""); strings.Count(w.Body.String(), `"call"`) != defaultCalls {
		t.Error(w.Body)
	}
}

func TestQueriesOfAFanOut(t *testing.T) {
	handler := newHandlerWith(t, upstream(t), nil)
	for _, query := range []string{
		"", "calls=3", "key=", "key=-1", "key=x", "key=1.5", "key=9007199254740992",
		"key=1&calls=0", "key=1&calls=65", "key=1&calls=", "key=1&calls=x",
	} {
		wantProblem(t, request(t, handler, "GET", "/fanout?"+query, "", ""), 422)
	}
}

func TestWithoutAnUpstreamThereIsNoFanOut(t *testing.T) {
	wantProblem(t, request(t, newHandler(t), "GET", "/fanout?key=1", "", ""), 503)
}
