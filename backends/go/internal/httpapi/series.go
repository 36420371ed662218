package httpapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"sync"

	"github.com/bytedance/sonic"

	"twofold/backends/go/internal/series"
)

const (
	maxSeriesBytes = 8 << 20
	maxSeriesCount = 200_000
	maxMagnitude   = 1e9
)

type seriesBody struct {
	Values []float64 `json:"values"`
}

// seriesJSON is strict where encoding/json is lax: names are case-sensitive and unknown ones refused.
var seriesJSON = sonic.Config{CaseSensitive: true, DisallowUnknownFields: true, ValidateString: true}.Froze()

// prepareSeries compiles the decoder, so that the first request need not wait for it.
func prepareSeries() error { return sonic.Pretouch(reflect.TypeFor[seriesBody]()) }

// seriesBuffers keeps the megabytes of one request for the next.
type seriesBuffers struct {
	body   bytes.Buffer
	values []float64
}

var seriesPool = sync.Pool{New: func() any { return new(seriesBuffers) }}

func summarizeSeries(w http.ResponseWriter, r *http.Request) {
	buffers := seriesPool.Get().(*seriesBuffers)
	defer seriesPool.Put(buffers)
	values, err := buffers.read(w, r)
	if err != nil {
		writeError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, series.Summarize(values))
}

// read returns the posted numbers; they are the buffers' own.
func (b *seriesBuffers) read(w http.ResponseWriter, r *http.Request) ([]float64, error) {
	if err := checkContentType(r); err != nil {
		return nil, err
	}
	b.body.Reset()
	if err := readBody(&b.body, w, r, maxSeriesBytes); err != nil {
		return nil, err
	}
	values, err := decodeSeries(b.body.Bytes(), b.values)
	if err != nil {
		return nil, err
	}
	b.values = values
	for _, value := range values {
		if value < -maxMagnitude || value > maxMagnitude {
			return nil, wrongSeries()
		}
	}
	return values, nil
}

// decodeSeries decodes into the room that values has. What sonic refuses is looked at again by encoding/json, which
// knows bad JSON from a body of another shape.
func decodeSeries(body []byte, values []float64) ([]float64, error) {
	decoded := seriesBody{values[:0]}
	err := seriesJSON.Unmarshal(body, &decoded)
	if err != nil {
		var anything json.RawMessage
		if err := decodeJSON(body, &anything); err != nil {
			return nil, err
		}
		return nil, wrongSeries()
	}
	if count := len(decoded.Values); count < 1 || count > maxSeriesCount {
		return nil, wrongSeries()
	}
	// A null decodes as 0, and nothing but a null puts this word into a body of this shape.
	if bytes.Contains(body, []byte("null")) {
		return nil, wrongSeries()
	}
	return decoded.Values, nil
}

func wrongSeries() error {
	return &requestError{
		http.StatusUnprocessableEntity,
		"the body must be an object with just values: an array of 1 to 200000 numbers from -1e9 to 1e9",
	}
}
