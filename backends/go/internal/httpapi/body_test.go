package httpapi

import (
	"fmt"
	"strings"
	"testing"
)

func TestBodiesThatAreNotAnItem(t *testing.T) {
	handler := newHandler(t)
	for body, status := range map[string]int{
		"":                                      400,
		"{":                                     400,
		goodBody[:len(goodBody)-1]:              400,
		goodBody + "x":                          400,
		goodBody + goodBody:                     400,
		`{"name":"\xff","price_cents":1}`:       400,
		`{"name":` + "\"\xff\"" + `}`:           400,
		`null`:                                  422,
		`[]`:                                    422,
		`"name"`:                                422,
		`{}`:                                    422,
		`{"name":"a"}`:                          422,
		`{"price_cents":1}`:                     422,
		`{"Name":"a","price_cents":1}`:          422,
		`{"name":"a","NAME":"b"}`:               422,
		`{"id":1,"name":"a","price_cents":1}`:   422,
		`{"name":"","price_cents":1}`:           422,
		`{"name":"a","price_cents":-1}`:         422,
		`{"name":"a","price_cents":100000001}`:  422,
		`{"name":"a","price_cents":1e30}`:       422,
		`{"name":"a","price_cents":2147483648}`: 422,
		`{"name":"a","price_cents":18446744073709551616}`: 422,
	} {
		t.Run(body, func(t *testing.T) {
			wantProblem(t, request(t, handler, "POST", "/items", "application/json", body), status)
		})
	}
}

func TestTypesAreStrict(t *testing.T) {
	handler := newHandler(t)
	good := map[string]string{"name": `"a"`, "price_cents": "1", "stock": "1", "tags": `["a"]`}
	kinds := map[string][]string{
		"name":        {"1", "1.5", "true", "null", "[]", "{}"},
		"price_cents": {`"12"`, "1.5", "true", "null", "[]", "{}"},
		"stock":       {`"12"`, "1.5", "true", "null", "[]", "{}", "1000001", "-1"},
		"tags":        {`"a"`, "1", "true", "null", "{}", "[1]", "[null]", `[["a"]]`, `[""]`},
	}
	for field, values := range kinds {
		for _, value := range values {
			var members []string
			for name, text := range good {
				if name == field {
					text = value
				}
				members = append(members, fmt.Sprintf("%q:%s", name, text))
			}
			body := "{" + strings.Join(members, ",") + "}"
			t.Run(body, func(t *testing.T) {
				wantProblem(t, request(t, handler, "POST", "/items", "application/json", body), 422)
			})
		}
	}
}

func TestLengthsCountCodePoints(t *testing.T) {
	handler := newHandler(t)
	for _, char := range []string{"a", "é", "😀", `\u0000`, `\ud83d\ude00`} {
		for _, test := range []struct{ name, tag, tags, status int }{
			{200, 32, 8, 201}, {201, 32, 8, 422}, {200, 33, 8, 422}, {200, 32, 9, 422},
		} {
			tags := strings.Repeat(`,"`+strings.Repeat(char, test.tag)+`"`, test.tags)[1:]
			body := fmt.Sprintf(`{"name":"%s","price_cents":1,"tags":[%s]}`, strings.Repeat(char, test.name), tags)
			if w := request(t, handler, "POST", "/items", "application/json", body); w.Code != test.status {
				t.Errorf("%s %+v: %d", char, test, w.Code)
			}
		}
	}
}

func TestContentTypes(t *testing.T) {
	handler := newHandler(t)
	for contentType, status := range map[string]int{
		"application/json":                200,
		"Application/JSON":                200,
		"application/json; charset=utf-8": 200,
		"application/json;charset":        200,
		"":                                415,
		"text/plain":                      415,
		"application/jsonx":               415,
		"application/problem+json":        415,
	} {
		if w := request(t, handler, "PUT", "/items/1", contentType, goodBody); w.Code != status {
			t.Errorf("%q: %d, want %d", contentType, w.Code, status)
		}
	}
}

func TestOrderOfChecks(t *testing.T) {
	handler := newHandler(t)
	for _, test := range []struct {
		target, contentType, body string
		status                    int
	}{
		{"/items/x", "text/plain", "{", 422},
		{"/items/99999", "text/plain", "{", 415},
		{"/items/99999", "application/json", `{"id":1`, 400},
		{"/items/99999", "application/json", `{"id":1}`, 422},
		{"/items/99999", "application/json", goodBody, 404},
	} {
		wantProblem(t, request(t, handler, "PUT", test.target, test.contentType, test.body), test.status)
	}
}

func TestLargestBody(t *testing.T) {
	handler := newHandler(t)
	padded := goodBody + strings.Repeat(" ", maxBodyBytes-len(goodBody))
	if w := request(t, handler, "POST", "/items", "application/json", padded); w.Code != 201 {
		t.Errorf("1 MiB: %d %s", w.Code, w.Body)
	}
	wantProblem(t, request(t, handler, "POST", "/items", "application/json", padded+" "), 413)
}
