package httpapi

import (
	"net/http"
	"sync/atomic"
	"time"
)

const (
	lookEvery = 20 * time.Millisecond
	lateAfter = 25 * time.Millisecond
	lateLooks = 5
)

// shedder refuses at once what could only be answered late: a request above the most that may be under way, and any while
// the scheduler keeps goroutines waiting.
type shedder struct {
	next     http.Handler
	most     int64
	underWay atomic.Int64
	late     atomic.Int64 // looks in a row that came late
}

// Shed is the variant of the service that sheds load; the standard one lets every request wait.
func Shed(next http.Handler, most int) http.Handler {
	s := &shedder{next: next, most: int64(most)}
	go s.watch()
	return s
}

// watch runs for as long as the process does.
func (s *shedder) watch() {
	for {
		due := time.Now().Add(lookEvery)
		time.Sleep(lookEvery)
		if time.Since(due) > lateAfter {
			s.late.Add(1)
		} else {
			s.late.Store(0)
		}
	}
}

func (s *shedder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == eventsPath { // A stream has no end to wait for: it is not a request under way.
		s.next.ServeHTTP(w, r)
		return
	}
	defer s.underWay.Add(-1)
	full := s.underWay.Add(1) > s.most || s.late.Load() >= lateLooks
	if full && r.URL.Path != "/healthz" {
		w.Header().Set("Retry-After", "1")
		writeProblem(w, http.StatusServiceUnavailable, "the service has more to do than it can")
		return
	}
	s.next.ServeHTTP(w, r)
}
