package httpapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"sync"

	"twofold/backends/go/internal/series"
)

const (
	maxSeriesBytes = 8 << 20
	maxSeriesCount = 200_000
	maxMagnitude   = 1e9
)

// seriesBuffers keeps the megabytes of one request for the next.
type seriesBuffers struct {
	body   bytes.Buffer
	values []float64
}

var seriesPool = sync.Pool{New: func() any { return new(seriesBuffers) }}

func SummarizeSeries(w http.ResponseWriter, r *http.Request) {
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

// decodeSeries decodes into the room that values has.
func decodeSeries(body []byte, values []float64) ([]float64, error) {
	fields, err := decodeObject(body)
	if err != nil {
		return nil, err
	}
	raw, ok := fields["values"]
	values = values[:0]
	if !ok || len(fields) != 1 || json.Unmarshal(raw, &values) != nil {
		return nil, wrongSeries()
	}
	// A null decodes as 0, and nothing but a null puts this word among numbers.
	if count := len(values); count < 1 || count > maxSeriesCount || bytes.Contains(raw, []byte("null")) {
		return nil, wrongSeries()
	}
	return values, nil
}

func wrongSeries() error {
	return &requestError{
		http.StatusUnprocessableEntity,
		"the body must be an object with just values: an array of 1 to 200000 numbers from -1e9 to 1e9",
	}
}
