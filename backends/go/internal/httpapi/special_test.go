package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"twofold/backends/go/internal/catalog"
	"twofold/backends/go/internal/table"
)

func featuresOf(count int) string {
	return `{"features":[1` + strings.Repeat(",1", count-1) + `]}`
}

func TestRowsThatAreNone(t *testing.T) {
	handler := newHandler(t)
	for body, status := range map[string]int{
		"":                    400,
		`{"features":[1,]}`:   400,
		`{}`:                  422,
		`{"features":[]}`:     422,
		`{"features":null}`:   422,
		`{"features":1}`:      422,
		featuresOf(15):        422,
		featuresOf(17):        422,
		featuresOf(16 * 8193): 422,
		featuresOf(15) + "x":  400,
		featuresOf(16 * 8192): 503,
		featuresOf(16):        503,
		`{"features":[` + strings.Repeat("1,", 15) + `null]}`:    422,
		`{"features":[` + strings.Repeat("1,", 15) + `1000001]}`: 422,
		`{"features":[` + strings.Repeat("1,", 15) + `"1"]}`:     422,
	} {
		wantProblem(t, request(t, handler, "POST", "/inference", "application/json", body), status)
	}
	wantProblem(t, request(t, handler, "POST", "/inference", "text/plain", featuresOf(16)), 415)
}

func TestReports(t *testing.T) {
	handler := New(Services{Catalog: catalog.NewSeededStore(10_000), Table: table.New(2000)})
	var report table.Report
	w := request(t, handler, "GET", "/report?rows=2000", "", "")
	if err := json.Unmarshal(w.Body.Bytes(), &report); err != nil || w.Code != http.StatusOK || len(report.Coefficients) != 16 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	for _, rows := range []string{"", "x", "999", "2001", "-1", "1e3", "99999999999999999999"} {
		wantProblem(t, request(t, handler, "GET", fmt.Sprintf("/report?rows=%s", rows), "", ""), 422)
	}
	wantProblem(t, request(t, handler, "GET", "/report", "", ""), 422)
	wantProblem(t, request(t, newHandler(t), "GET", "/report?rows=1000", "", ""), 503)
}
