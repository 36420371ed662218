package httpapi

import (
	"bytes"
	"encoding/json"
	"log"
	"net/http"
	"strconv"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func writeJSON(w http.ResponseWriter, status int, value any) {
	writeBody(w, status, "application/json", value)
}

// writeBody encodes value in full before it sends anything, so that the length is known and a failure is still a 500.
func writeBody(w http.ResponseWriter, status int, contentType string, value any) {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()

	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		log.Printf("encoding %T: %v", value, err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}

	send(w, status, contentType, buffer.Bytes())
}

func send(w http.ResponseWriter, status int, contentType string, body []byte) {
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // A client that has gone away needs no answer.
}
