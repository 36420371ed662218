package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"os"
	"unicode/utf8"

	"twofold/backends/go/internal/catalog"
)

const maxBodyBytes = 1 << 20

// readDraft checks the request's content type, then that its body is JSON, then its fields.
func readDraft(w http.ResponseWriter, r *http.Request) (catalog.Draft, error) {
	fields, err := readObject(w, r)
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

// readObject checks the request's content type, then that its body is a JSON object, which it takes apart.
func readObject(w http.ResponseWriter, r *http.Request) (map[string]json.RawMessage, error) {
	if err := checkContentType(r); err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := readBody(&body, w, r, maxBodyBytes); err != nil {
		return nil, err
	}
	return decodeObject(body.Bytes())
}

func checkContentType(r *http.Request) error {
	// The error only ever tells of parameters, which do not matter here, or comes with an empty type.
	if mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); mediaType != "application/json" {
		return &requestError{http.StatusUnsupportedMediaType, "the content type must be application/json"}
	}
	return nil
}

func readBody(body *bytes.Buffer, w http.ResponseWriter, r *http.Request, most int64) error {
	_, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, most))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &requestError{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body must not exceed %d bytes", most)}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return &requestError{http.StatusRequestTimeout, "the body did not come in time"}
	}
	if err != nil {
		return &requestError{http.StatusBadRequest, "the body could not be read to its end"}
	}
	return nil
}

// decodeObject takes the object apart without a struct, because encoding/json would match field names in any case and
// take null for an absent field.
func decodeObject(body []byte) (map[string]json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := decodeJSON(body, &fields); err != nil {
		return nil, err
	}
	if fields == nil {
		return nil, errNoObject
	}
	return fields, nil
}

var errNoObject = &requestError{http.StatusUnprocessableEntity, "the body must be a JSON object"}

// decodeJSON tells a body that is not JSON from one that is, but of another type.
func decodeJSON(body []byte, into any) error {
	if !utf8.Valid(body) {
		return &requestError{http.StatusBadRequest, "the body is not JSON: it is not valid UTF-8"}
	}
	err := json.Unmarshal(body, into)
	var syntaxError *json.SyntaxError
	if errors.As(err, &syntaxError) {
		return &requestError{http.StatusBadRequest, "the body is not JSON: " + syntaxError.Error()}
	}
	if err != nil {
		return errNoObject
	}
	return nil
}

// requireFields returns what is wrong with the first of the names that is not a field.
func requireFields(fields map[string]json.RawMessage, names ...string) error {
	for _, name := range names {
		if _, ok := fields[name]; !ok {
			return fmt.Errorf("%s is missing", name)
		}
	}
	return nil
}

func decodeDraft(fields map[string]json.RawMessage) (catalog.Draft, error) {
	if err := requireFields(fields, "name", "price_cents"); err != nil {
		return catalog.Draft{}, err
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
