package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"twofold/backends/go/internal/model"
)

const (
	maxRows    = 8192
	maxFeature = 1e6
)

type scores struct {
	Scores []float64 `json:"scores"`
}

func (a *API) ScoreRows(w http.ResponseWriter, r *http.Request) {
	features, err := readFeatures(w, r)
	if err != nil {
		writeError(w, err)
		return
	}
	if a.model == nil {
		writeError(w, &requestError{http.StatusServiceUnavailable, "this service was started without a model"})
		return
	}
	scored, err := a.model.Score(features)
	if err != nil {
		writeError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, scores{scored})
}

func readFeatures(w http.ResponseWriter, r *http.Request) ([]float64, error) {
	fields, err := readObject(w, r)
	if err != nil {
		return nil, err
	}
	raw, ok := fields["features"]
	var features []float64
	if !ok || len(fields) != 1 || json.Unmarshal(raw, &features) != nil || !areRows(raw, features) {
		return nil, &requestError{http.StatusUnprocessableEntity, fmt.Sprintf(
			"the body must be an object with just features: 1 to %d rows of %d numbers from -1e6 to 1e6, one after another",
			maxRows, model.Features)}
	}
	return features, nil
}

func areRows(raw json.RawMessage, features []float64) bool {
	count := len(features)
	// A null decodes as 0, and nothing but a null puts this word among numbers.
	if count < 1 || count > maxRows*model.Features || count%model.Features != 0 || bytes.Contains(raw, []byte("null")) {
		return false
	}
	for _, feature := range features {
		if feature < -maxFeature || feature > maxFeature {
			return false
		}
	}
	return true
}
