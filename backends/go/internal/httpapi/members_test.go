package httpapi

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"twofold/backends/go/internal/catalog"
	"twofold/backends/go/internal/members"
)

const goodLogin = `{"name":"member-1","password":"kodi difece!"}`

func newMembersHandler(t *testing.T) http.Handler {
	t.Helper()
	folder := os.Getenv("CONTRACT_FOLDER")
	if folder == "" {
		folder = "../../../contract"
	}
	accounts, err := members.Open(filepath.Join(folder, "accounts", "members.json"), "a key of tests", 1)
	if err != nil {
		t.Fatal(err)
	}
	return New(Services{Catalog: catalog.NewSeededStore(10_000), Members: accounts})
}

func readWith(handler http.Handler, id, authorization string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "/members/items/"+id, nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func TestAMemberReadsWithTheToken(t *testing.T) {
	handler := newMembersHandler(t)
	w := request(t, handler, "POST", "/login", "application/json", goodLogin)
	var body tokenBody
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for id, status := range map[string]int{"1": 200, "10001": 404, "x": 422} {
		if w := readWith(handler, id, "Bearer "+body.Token); w.Code != status {
			t.Errorf("%s: %d, want %d", id, w.Code, status)
		}
	}
	for _, authorization := range []string{"", "Bearer", "Bearer x", body.Token, "Bearer " + body.Token + "x"} {
		w := readWith(handler, "x", authorization)
		wantProblem(t, w, 401)
		if w.Header().Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%q is not told how", authorization)
		}
	}
}

func TestLoginsThatAreRefused(t *testing.T) {
	handler := newMembersHandler(t)
	for body, status := range map[string]int{
		"":                                    400,
		"{}":                                  422,
		`{"name":"member-1"}`:                 422,
		`{"name":"member-1","password":""}`:   422,
		`{"name":"member-1","password":null}`: 422,
		`{"name":"member-1","password":"x","more":1}`:    422,
		`{"Name":"member-1","password":"kodi difece!"}`:  422,
		`{"name":"member-1","password":"kodi difece"}`:   401,
		`{"name":"member-65","password":"kodi difece!"}`: 401,
	} {
		wantProblem(t, request(t, handler, "POST", "/login", "application/json", body), status)
	}
	wantProblem(t, request(t, newHandler(t), "POST", "/login", "application/json", goodLogin), 503)
	wantProblem(t, readWith(newHandler(t), "1", "Bearer x"), 503)
}
