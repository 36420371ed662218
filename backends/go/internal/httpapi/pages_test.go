package httpapi

import (
	"strings"
	"testing"
)

func TestPagesForPeople(t *testing.T) {
	handler := newHandler(t)
	item := `{"name":"<b>\"x\" & 'y'","price_cents":1305,"tags":["</ul>"]}`
	request(t, handler, "POST", "/items", "application/json", item)
	for target, wanted := range map[string][]string{
		"/pages/items": {
			"<h1>Items after 0</h1>",
			`<a href="/items/1" title="kodi difece">kodi difece</a>`, "<td>134.73</td>", "<td>220</td>",
			"<ul><li>new</li><li>sale</li><li>eco</li><li>bulk</li></ul>",
			`<a rel="next" href="/pages/items?limit=20&amp;after=20">`,
		},
		"/pages/items?after=10000&limit=2": {
			`title="&lt;b&gt;&#34;x&#34; &amp; &#39;y&#39;">&lt;b&gt;&#34;x&#34; &amp; &#39;y&#39;</a>`,
			"<td>13.05</td>", "<td>sold out</td>", "<li>&lt;/ul&gt;</li>",
		},
	} {
		w := request(t, handler, "GET", target, "", "")
		if w.Code != 200 || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: %d %s", target, w.Code, w.Header())
		}
		for _, part := range wanted {
			if !strings.Contains(w.Body.String(), part) {
				t.Errorf("%s: %s is not in\n%s", target, part, w.Body)
			}
		}
	}
	if last := request(t, handler, "GET", "/pages/items?after=10000", "", ""); strings.Contains(last.Body.String(), "next") {
		t.Error(last.Body)
	}
	for _, query := range []string{"limit=0", "limit=1001", "after=-1", "after=x"} {
		wantProblem(t, request(t, handler, "GET", "/pages/items?"+query, "", ""), 422)
	}
}
