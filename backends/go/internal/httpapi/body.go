package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"unicode/utf8"

	"twofold/backends/go/internal/catalog"
)

const maxBodyBytes = 1 << 20

// readDraft checks the request's content type, then that its body is JSON, then its fields.
func readDraft(w http.ResponseWriter, r *http.Request) (catalog.Draft, error) {
	// The error only ever tells of parameters, which do not matter here, or comes with an empty type.
	if mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); mediaType != "application/json" {
		return catalog.Draft{}, &requestError{http.StatusUnsupportedMediaType, "the content type must be application/json"}
	}
	body, err := readBody(w, r)
	if err != nil {
		return catalog.Draft{}, err
	}
	fields, err := decodeObject(body)
	if err != nil {
		return catalog.Draft{}, err
	}
	draft, err := decodeDraft(fields)
	if err == nil {
		err = draft.Validate()
	}
	if err != nil {
		return catalog.Draft{}, &requestError{http.StatusUnprocessableEntity, err.Error()}
	}
	return draft, nil
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, &requestError{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body must not exceed %d bytes", maxBodyBytes)}
	}
	if err != nil {
		return nil, &requestError{http.StatusBadRequest, "the body could not be read to its end"}
	}
	return body, nil
}

// decodeObject takes the object apart without a struct, because encoding/json would match field names in any case and
// take null for an absent field.
func decodeObject(body []byte) (map[string]json.RawMessage, error) {
	if !utf8.Valid(body) {
		return nil, &requestError{http.StatusBadRequest, "the body is not JSON: it is not valid UTF-8"}
	}
	var fields map[string]json.RawMessage
	err := json.Unmarshal(body, &fields)
	var syntaxError *json.SyntaxError
	if errors.As(err, &syntaxError) {
		return nil, &requestError{http.StatusBadRequest, "the body is not JSON: " + syntaxError.Error()}
	}
	if err != nil || fields == nil {
		return nil, &requestError{http.StatusUnprocessableEntity, "the body must be a JSON object"}
	}
	return fields, nil
}

func decodeDraft(fields map[string]json.RawMessage) (catalog.Draft, error) {
	for _, required := range []string{"name", "price_cents"} {
		if _, ok := fields[required]; !ok {
			return catalog.Draft{}, fmt.Errorf("%s is missing", required)
		}
	}
	draft := catalog.Draft{Tags: []string{}}
	for key, raw := range fields {
		var ok bool
		var wrong error
		switch key {
		case "name":
			draft.Name, ok = decodeValue[string](raw)
			wrong = catalog.ErrName
		case "price_cents":
			draft.PriceCents, ok = decodeValue[int64](raw)
			wrong = catalog.ErrPriceCents
		case "stock":
			draft.Stock, ok = decodeValue[int64](raw)
			wrong = catalog.ErrStock
		case "tags":
			draft.Tags, ok = decodeStrings(raw)
			wrong = catalog.ErrTags
		default:
			wrong = fmt.Errorf("%q is not a field of an item", key)
		}
		if !ok {
			return catalog.Draft{}, wrong
		}
	}
	return draft, nil
}

// decodeValue decodes a value of exactly this type: unlike with json.Unmarshal, null is not one.
func decodeValue[T any](raw json.RawMessage) (T, bool) {
	var value *T
	if err := json.Unmarshal(raw, &value); err != nil || value == nil {
		var zero T
		return zero, false
	}
	return *value, true
}

func decodeStrings(raw json.RawMessage) ([]string, bool) {
	elements, ok := decodeValue[[]*string](raw)
	if !ok {
		return nil, false
	}
	values := make([]string, len(elements))
	for i, element := range elements {
		if element == nil {
			return nil, false
		}
		values[i] = *element
	}
	return values, true
}
