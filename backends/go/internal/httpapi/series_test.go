package httpapi

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"twofold/backends/go/internal/series"
)

const seriesTarget = "/series/summary"

func TestASeriesIsSummarized(t *testing.T) {
	w := request(t, newHandler(t), "POST", seriesTarget, "application/json; charset=utf-8", ` { "values" : [4, 2.0,20e-1,4 ] } `)
	wantBody(t, w, 200, `{"count":4,"mean":3,"stdev":1,"min":2,"max":4,"p50":3,"p95":4,"p99":4,`+
		`"histogram":[2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,2]}`)
}

func TestNumbersComeBackExactly(t *testing.T) {
	for _, text := range []string{"1000000000", "-1000000000", "0.1", "123456.789012345", "5e-324", "0.30000000000000004", "999999999.9999999"} {
		var got series.Summary
		w := request(t, newHandler(t), "POST", seriesTarget, "application/json", `{"values":[`+text+`]}`)
		err := json.Unmarshal(w.Body.Bytes(), &got)
		var want float64
		_ = json.Unmarshal([]byte(text), &want)
		if err != nil || got.Min != want || got.Max != want || got.P99 != want {
			t.Errorf("%s: %s", text, w.Body)
		}
	}
}

func TestBodiesThatAreNotASeries(t *testing.T) {
	handler := newHandler(t)
	for body, status := range map[string]int{
		"":                            400,
		"{":                           400,
		`{"values":[1]`:               400,
		`{"values":[1,]}`:             400,
		`{"values":[01]}`:             400,
		`{"values":[.5]}`:             400,
		`{"values":[1.]}`:             400,
		`{"values":[+1]}`:             400,
		`{"values":[0x1]}`:            400,
		`{"values":[Infinity]}`:       400,
		`{"values":[1 2]}`:            400,
		`{"values":[1]} x`:            400,
		`{"values":["x",1`:            400,
		`{"more":1,"values":[`:        400,
		"{\"values\":[\"\xff\"]}":     400,
		"{\"values\":[1],\"\xff\":1}": 400,
		"{\"values\":[1\x00]}":        400,
		`null`:                        422,
		`1`:                           422,
		`[]`:                          422,
		`[[1]]`:                       422,
		`{}`:                          422,
		`{"values":[]}`:               422,
		`{"values":null}`:             422,
		`{"values":1}`:                422,
		`{"values":{}}`:               422,
		`{"values":"1"}`:              422,
		`{"values":[null]}`:           422,
		`{"values":[1,null,2]}`:       422,
		`{"values":["1"]}`:            422,
		`{"values":[true]}`:           422,
		`{"values":[[1]]}`:            422,
		`{"values":[{}]}`:             422,
		`{"values":[1000000001]}`:     422,
		`{"values":[-1000000000.1]}`:  422,
		`{"values":[1e999]}`:          422,
		`{"values":[-1e400]}`:         422,
		`{"Values":[1]}`:              422,
		`{"values":[1],"more":1}`:     422,
		`{"values":[1],"null":1}`:     422,
	} {
		t.Run(body, func(t *testing.T) {
			wantProblem(t, request(t, handler, "POST", seriesTarget, "application/json", body), status)
		})
	}
	wantProblem(t, request(t, handler, "POST", seriesTarget, "text/plain", "{"), 415)
}

func seriesOf(count int, number string) string {
	return `{"values":[` + number + strings.Repeat(","+number, count-1) + `]}`
}

func TestTheLargestSeries(t *testing.T) {
	handler := newHandler(t)
	for _, test := range []struct {
		body   string
		status int
	}{
		{seriesOf(maxSeriesCount, "7"), 200},
		{seriesOf(maxSeriesCount+1, "7"), 422},
		{seriesOf(maxSeriesCount, "-123456789.123456789012345678901"), 200},
		{"{" + strings.Repeat(" ", maxSeriesBytes-len(`{"values":[1]}`)) + `"values":[1]}`, 200},
		{"{" + strings.Repeat(" ", maxSeriesBytes) + `"values":[1]}`, 413},
		{seriesOf(maxSeriesBytes/2-10, "7"), 422},
	} {
		if w := request(t, handler, "POST", seriesTarget, "application/json", test.body); w.Code != test.status {
			t.Errorf("%d bytes: %d, want %d", len(test.body), w.Code, test.status)
		}
	}
}

func TestARequestSeesNothingOfTheOneBefore(t *testing.T) {
	handler := newHandler(t)
	request(t, handler, "POST", seriesTarget, "application/json", seriesOf(1000, "9"))
	w := request(t, handler, "POST", seriesTarget, "application/json", `{"values":[1]}`)
	if !strings.HasPrefix(w.Body.String(), `{"count":1,"mean":1,`) {
		t.Error(w.Body)
	}
	wantProblem(t, request(t, handler, "POST", seriesTarget, "application/json", `{}`), 422)
}

// What it takes is what a decoder of the whole body takes, and so are the numbers.
func FuzzDecodeSeries(f *testing.F) {
	for _, seed := range []string{`{"values":[1,2.5,-3e2]}`, `{"values":[]}`, ` { "values" : [ 1e999 ] } `, `{"values":[null,0]}`, `{"\u0076alues":[1]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		values, err := decodeSeries(body, nil)
		var fields map[string][]*float64
		wantErr := decodeJSON(body, &fields)
		want, ok := fields["values"]
		ok = ok && wantErr == nil && len(fields) == 1 && len(want) > 0 && !slices.Contains(want, nil)
		if ok != (err == nil) {
			t.Fatalf("%q: %v, want %v", body, err, wantErr)
		}
		for i := range values {
			if math.Float64bits(values[i]) != math.Float64bits(*want[i]) {
				t.Fatalf("%q: %v, want %v", body, values[i], *want[i])
			}
		}
	})
}
