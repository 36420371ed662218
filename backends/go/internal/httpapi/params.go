package httpapi

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"twofold/backends/go/internal/catalog"
)

type bounds struct{ least, most int64 }

func pathID(r *http.Request) (int64, error) {
	return parseInteger("the id", r.PathValue("id"), bounds{1, catalog.MaxID})
}

func queryInteger(r *http.Request, name string, within bounds, fallback int64) (int64, error) {
	text, ok := queryValue(r.URL.RawQuery, name)
	if !ok {
		return fallback, nil
	}
	return parseInteger(name, text, within)
}

// queryValue returns the first value of a query parameter. url.ParseQuery would drop a malformed one as if it had not
// been sent; here it comes back as it stands, for its own check to refuse, and a malformed stranger stays ignored.
func queryValue(rawQuery, name string) (string, bool) {
	for pair := range strings.SplitSeq(rawQuery, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if key, err := url.QueryUnescape(key); err != nil || key != name {
			continue
		}
		if unescaped, err := url.QueryUnescape(value); err == nil {
			value = unescaped
		}
		return value, true
	}
	return "", false
}

func parseInteger(name, text string, within bounds) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < within.least || n > within.most {
		return 0, &requestError{
			http.StatusUnprocessableEntity,
			fmt.Sprintf("%s must be a decimal integer from %d to %d", name, within.least, within.most),
		}
	}
	return n, nil
}
