package httpapi

import (
	"net/http"
	"testing"
)

// What ends the process is tried by twofold verify.
func TestFaultsAreThereOnlyWhereTheyAreAskedFor(t *testing.T) {
	plain := newHandler(t)
	wantProblem(t, request(t, plain, "POST", "/fault?kind=panic", "", ""), http.StatusNotFound)
	faulty := WithFaults(plain)
	for _, query := range []string{"", "?kind=", "?kind=sleep"} {
		wantProblem(t, request(t, faulty, "POST", "/fault"+query, "", ""), http.StatusUnprocessableEntity)
	}
	wantProblem(t, request(t, faulty, "GET", "/fault?kind=abort", "", ""), http.StatusMethodNotAllowed)
	wantBody(t, request(t, faulty, "GET", "/healthz", "", ""), http.StatusOK, `{"status":"ok"}`)
	wantProblem(t, request(t, faulty, "GET", "/nowhere", "", ""), http.StatusNotFound)
}

func TestAPanicIsOne(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("nothing panicked")
		}
	}()
	request(t, WithFaults(newHandler(t)), "POST", "/fault?kind=panic", "", "")
}
