package httpapi

import (
	"errors"
	"log"
	"net/http"
)

// problem is the body of an error answer (RFC 9457).
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

// requestError is a request that is refused: the status of the answer, and a sentence for a person.
type requestError struct {
	status int
	detail string
}

func (e *requestError) Error() string { return e.detail }

// writeError answers a request that a handler could not grant.
func writeError(w http.ResponseWriter, err error) {
	var refused *requestError
	if !errors.As(err, &refused) {
		log.Printf("unexpected error: %v", err)
		refused = &requestError{http.StatusInternalServerError, "the server failed to answer"}
	}
	writeProblem(w, refused.status, refused.detail)
}

func writeProblem(w http.ResponseWriter, status int, detail string) {
	writeBody(w, status, "application/problem+json", problem{"about:blank", http.StatusText(status), status, detail})
}
