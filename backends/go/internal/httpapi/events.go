package httpapi

import (
	"errors"
	"net/http"
	"time"
)

const eventsPath = "/events"

// StreamEvents sends each second as it begins, until the client goes away, does not keep up, or the service stops.
func (a *API) StreamEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	stream := http.NewResponseController(w)
	subscription := a.events.Subscribe(func() {
		_ = stream.SetWriteDeadline(time.Now()) // A write that waits for the client fails.
	})
	defer subscription.Close()

	// A stream outlasts the time of a request. net/http would end it, too, when the deadline for reading passes.
	err := errors.Join(stream.SetReadDeadline(time.Time{}), stream.SetWriteDeadline(time.Time{}), stream.Flush())
	if err != nil {
		return
	}
	for {
		select {
		case <-r.Context().Done():
			return
		case event, more := <-subscription.Events():
			if !more {
				return
			}
			if _, err := w.Write(event.Text); err != nil {
				return
			}
			if err := stream.Flush(); err != nil {
				return
			}
		}
	}
}
