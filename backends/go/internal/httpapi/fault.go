package httpapi

import (
	"net/http"
	"os"
	"syscall"
	"time"
)

const (
	timerDelay    = 10 * time.Millisecond
	faultyBytes   = 2 << 30
	bytesPerPage  = 4096
	faultyMessage = "asked to fail"
)

type fault struct {
	Kind string `json:"kind"`
}

// WithFaults returns a handler that can be asked to fail, and leaves everything else to next.
func WithFaults(next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /fault", fail)
	mux.HandleFunc("/fault", AllowOnly(http.MethodPost))
	mux.Handle("/", next)
	return mux
}

// fail makes the service fail as services with a mistake do. Nothing here is caught that would not be elsewhere.
func fail(w http.ResponseWriter, r *http.Request) {
	kind, _ := queryValue(r.URL.RawQuery, "kind")
	switch kind {
	case "panic":
		panic(faultyMessage)
	case "timer":
		time.AfterFunc(timerDelay, func() { panic(faultyMessage) })
		writeJSON(w, http.StatusAccepted, fault{kind})
	case "stack":
		writeJSON(w, http.StatusOK, descend(1))
	case "memory":
		allocate()
		writeJSON(w, http.StatusOK, fault{kind})
	case "abort":
		abort()
	default:
		writeError(w, &requestError{http.StatusUnprocessableEntity, "kind must be panic, timer, stack, memory or abort"})
	}
}

// descend comes back only once the depth has overflowed, which no stack outlasts.
func descend(depth int) int {
	if depth < 0 {
		return depth
	}
	return descend(depth+1) + depth
}

func allocate() {
	block := make([]byte, faultyBytes)
	for i := 0; i < len(block); i += bytesPerPage {
		block[i] = 1
	}
}

// abort ends the process as abort(3) does.
func abort() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGABRT)
	select {}
}
