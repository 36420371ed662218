package httpapi

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestShedRefusesWhatIsAboveTheMost(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	handler := Shed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" || r.URL.Path == eventsPath {
			begun <- struct{}{}
			<-end
		}
	}), 1)
	ask := func(path string) *httptest.ResponseRecorder {
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
		return recorder
	}

	done := make(chan struct{})
	streams := make(chan int, 2)
	for range cap(streams) {
		go func() { streams <- ask(eventsPath).Code }()
		<-begun
	}
	go func() { ask("/slow"); close(done) }()
	<-begun
	refused := ask("/items/1")
	if refused.Code != http.StatusServiceUnavailable || refused.Header().Get("Retry-After") != "1" {
		t.Errorf("beside the most: %d, %v", refused.Code, refused.Header())
	}
	if healthy := ask("/healthz"); healthy.Code != http.StatusOK {
		t.Errorf("the health of a full service: %d", healthy.Code)
	}
	close(end)
	<-done
	for range cap(streams) {
		if status := <-streams; status != http.StatusOK {
			t.Errorf("a stream: %d", status)
		}
	}
	if served := ask("/items/1"); served.Code != http.StatusOK {
		t.Errorf("after it: %d", served.Code)
	}
}

func TestShedRefusesWhileTheSchedulerIsLate(t *testing.T) {
	s := &shedder{next: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), most: 10}
	s.late.Store(lateLooks)
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/items/1", nil))
	if recorder.Code != http.StatusServiceUnavailable {
		t.Errorf("late: %d", recorder.Code)
	}
}
