package httpapi

import (
	"strings"
	"testing"
)

func TestASearchAnswersTheNearestTen(t *testing.T) {
	handler := newHandler(t)
	w := request(t, handler, "GET", "/items/search?q=kodi%20difece", "", "")
	if body := w.Body.String(); !strings.HasPrefix(body, `{"items":[{"id":1,"name":"kodi difece","distance":0},`) || strings.Count(body, `"id"`) != 10 {
		t.Error(body)
	}
	if plus := request(t, handler, "GET", "/items/search?other=%zz&q=kodi+difece", "", ""); plus.Body.String() != w.Body.String() {
		t.Error(plus.Body)
	}
}

func TestASearchSeesTheCatalogAsItStands(t *testing.T) {
	handler := newHandler(t)
	request(t, handler, "POST", "/items", "application/json", `{"name":"日本語 😀","price_cents":1}`)
	request(t, handler, "DELETE", "/items/1", "", "")
	w := request(t, handler, "GET", "/items/search?q=%E6%97%A5%E6%9C%AC%E8%AA%9E%20%F0%9F%98%81", "", "")
	if !strings.HasPrefix(w.Body.String(), `{"items":[{"id":10001,"name":"日本語 😀","distance":1},`) {
		t.Error(w.Body)
	}
	w = request(t, handler, "GET", "/items/search?q=kodi+difece", "", "")
	if strings.Contains(w.Body.String(), `"id":1,`) {
		t.Error(w.Body)
	}
}

func TestQueriesOfASearch(t *testing.T) {
	handler := newHandler(t)
	for query, status := range map[string]int{
		"q=" + strings.Repeat("%F0%9F%98%80", 64): 200,
		"q=%00":       200,
		"q=%26%3D%25": 200,
		"":            422,
		"q":           422,
		"q=":          422,
		"Q=a":         422,
		"q=%ff":       422,
		"q=%ED%A0%80": 422,
		"q=" + strings.Repeat("%F0%9F%98%80", 65): 422,
		"q=" + strings.Repeat("a", 65):            422,
	} {
		if w := request(t, handler, "GET", "/items/search?"+query, "", ""); w.Code != status {
			t.Errorf("%s: %d, want %d", query, w.Code, status)
		}
	}
}
