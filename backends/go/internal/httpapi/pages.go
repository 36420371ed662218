package httpapi

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"log"
	"net/http"

	"twofold/backends/go/internal/catalog"
)

//go:embed pages.html
var itemsPageText string

var itemsPage = template.Must(template.New("items").Funcs(template.FuncMap{
	"price": func(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) },
}).Parse(itemsPageText))

// shownPage is what the template shows.
type shownPage struct {
	Items     []*catalog.Item
	After     int64
	Limit     int64
	NextAfter int64 // 0 on the last page
}

func (a *API) ShowItems(w http.ResponseWriter, r *http.Request) {
	limit, after, err := pageWanted(r)
	if err != nil {
		writeError(w, err)
		return
	}
	items, more := a.catalog.Page(after, int(limit))
	shown := shownPage{Items: items, After: after, Limit: limit}
	if more {
		shown.NextAfter = items[len(items)-1].ID
	}

	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := itemsPage.Execute(buffer, shown); err != nil {
		log.Printf("rendering a page of items: %v", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	send(w, http.StatusOK, "text/html; charset=utf-8", buffer.Bytes())
}
