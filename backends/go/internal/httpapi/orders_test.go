package httpapi

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"twofold/backends/go/internal/orders"
	"twofold/backends/go/internal/pgtest"
)

const goodOrder = `{"customer":"a","lines":[{"item_id":1,"quantity":1}]}`

func handlerOfDatabase(t *testing.T, url string) http.Handler {
	t.Helper()
	store, err := orders.Open(url, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return newHandlerWith(t, nil, store)
}

func TestAnOrderOverHTTP(t *testing.T) {
	server := pgtest.Start(t)
	handler := handlerOfDatabase(t, server.URL)

	body := `{"lines":[{"quantity":2,"item_id":9},{"item_id":4,"quantity":1}],"customer":"<é> \"&\" 😀"}`
	placed := request(t, handler, "POST", "/orders", "application/json", body)
	want := `{"id":1,"customer":"<é> \"&\" 😀","total_cents":220,"lines":[{"item_id":9,"quantity":2,"price_cents":90},{"item_id":4,"quantity":1,"price_cents":40}]}`
	wantBody(t, placed, 201, want)
	if location := placed.Header().Get("Location"); location != "/orders/1" {
		t.Errorf("Location = %q", location)
	}
	wantBody(t, request(t, handler, "GET", "/orders/1", "", ""), 200, want)
	wantProblem(t, request(t, handler, "GET", "/orders/2", "", ""), 404)
	wantProblem(t, request(t, handler, "GET", "/orders/9007199254740991", "", ""), 404)

	wantProblem(t, request(t, handler, "POST", "/orders", "application/json", strings.Replace(goodOrder, `"item_id":1`, `"item_id":101`, 1)), 422)
	server.Exec(t, "update items set stock = 0 where id = 1")
	wantProblem(t, request(t, handler, "POST", "/orders", "application/json", goodOrder), 409)

	server.Exec(t, "drop table order_lines")
	wantProblem(t, request(t, handler, "GET", "/orders/1", "", ""), 503)
	server.Stop(t)
	wantProblem(t, request(t, handler, "POST", "/orders", "application/json", goodOrder), 503)
	wantBody(t, request(t, handler, "GET", "/healthz", "", ""), 200, `{"status":"ok"}`)
}

// What is wrong with a request is said whether or not there is a database.
func TestOrdersThatAreNone(t *testing.T) {
	handler := newHandler(t)
	for body, status := range map[string]int{
		"":                                       400,
		goodOrder + "x":                          400,
		`[]`:                                     422,
		`{}`:                                     422,
		`{"customer":"a"}`:                       422,
		`{"lines":[{"item_id":1,"quantity":1}]}`: 422,
		`{"customer":"a","lines":[]}`:            422,
		`{"customer":"a","lines":null}`:          422,
		`{"customer":"a","lines":{}}`:            422,
		`{"customer":"a","lines":[null]}`:        422,
		`{"customer":"a","lines":[1]}`:           422,
		`{"customer":"a","lines":[{}]}`:          422,
		`{"customer":"a","lines":[{"item_id":1}]}`:                                         422,
		`{"customer":"a","lines":[{"item_id":1,"quantity":1},{"item_id":1,"quantity":2}]}`: 422,
		`{"customer":"a","lines":[{"item_id":1,"quantity":1,"price_cents":1}]}`:            422,
		`{"customer":"a","lines":[{"item_id":1,"quantity":1}],"id":1}`:                     422,
		`{"Customer":"a","lines":[{"item_id":1,"quantity":1}]}`:                            422,
		`{"customer":"a\u0000","lines":[{"item_id":1,"quantity":1}]}`:                      422,
	} {
		t.Run(body, func(t *testing.T) {
			wantProblem(t, request(t, handler, "POST", "/orders", "application/json", body), status)
		})
	}
	good := map[string]string{"customer": `"a"`, "item_id": "1", "quantity": "1"}
	for field := range good {
		values := []string{"null", "true", "1.5", "[]", "{}", `""`, "0", "-1", "101.5", "1e30", "18446744073709551617"}
		if field == "quantity" {
			values = append(values, "101", "4294967297")
		}
		for _, value := range values {
			text := map[string]string{"customer": good["customer"], "item_id": "1", "quantity": "1", field: value}
			body := fmt.Sprintf(`{"customer":%s,"lines":[{"item_id":%s,"quantity":%s}]}`, text["customer"], text["item_id"], text["quantity"])
			wantProblem(t, request(t, handler, "POST", "/orders", "application/json", body), 422)
		}
	}
	wantProblem(t, request(t, handler, "POST", "/orders", "text/plain", "{"), 415)
	for _, id := range []string{"0", "-1", "x", "1.5", "9007199254740992"} {
		wantProblem(t, request(t, handler, "GET", "/orders/"+id, "", ""), 422)
	}
}

func TestWithoutADatabaseThereAreNoOrders(t *testing.T) {
	for name, handler := range map[string]http.Handler{
		"none given": newHandler(t),
		"not there":  handlerOfDatabase(t, "postgresql://a:b@127.0.0.1:1/c"),
	} {
		t.Run(name, func(t *testing.T) {
			wantProblem(t, request(t, handler, "POST", "/orders", "application/json", goodOrder), 503)
			wantProblem(t, request(t, handler, "GET", "/orders/1", "", ""), 503)
		})
	}
}
