package httpapi

import (
	"net/http"

	"twofold/backends/go/internal/catalog"
)

const (
	defaultCalls = 8
	maxCalls     = 64
)

type callResult struct {
	Call  int    `json:"call"`
	Value *int64 `json:"value"`
}

type fanOutResult struct {
	Key     int64        `json:"key"`
	Partial bool         `json:"partial"`
	Sum     int64        `json:"sum"`
	Results []callResult `json:"results"`
}

func (a *API) FanOut(w http.ResponseWriter, r *http.Request) {
	const required = -1
	key, err := queryInteger(r, "key", bounds{0, catalog.MaxID}, required)
	if err != nil {
		writeError(w, err)
		return
	}
	if key == required {
		writeError(w, &requestError{http.StatusUnprocessableEntity, "key is missing"})
		return
	}
	calls, err := queryInteger(r, "calls", bounds{1, maxCalls}, defaultCalls)
	if err != nil {
		writeError(w, err)
		return
	}
	if a.upstream == nil {
		writeError(w, &requestError{http.StatusServiceUnavailable, "this service was started without an upstream"})
		return
	}
	writeJSON(w, http.StatusOK, merge(key, a.upstream.Values(r.Context(), key, int(calls))))
}

// merge makes the answer of the values that came; a call whose value did not makes it a partial one.
func merge(key int64, values []*int64) fanOutResult {
	result := fanOutResult{Key: key, Results: make([]callResult, len(values))}
	for call, value := range values {
		result.Results[call] = callResult{call, value}
		if value == nil {
			result.Partial = true
		} else {
			result.Sum += *value
		}
	}
	return result
}
