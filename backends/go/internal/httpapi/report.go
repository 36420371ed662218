package httpapi

import (
	"fmt"
	"math"
	"net/http"

	"twofold/backends/go/internal/table"
)

func (a *API) MakeReport(w http.ResponseWriter, r *http.Request) {
	const required = -1
	rows, err := queryInteger(r, "rows", bounds{table.MinRows, math.MaxInt64}, required)
	if err != nil {
		writeError(w, err)
		return
	}
	if a.table == nil {
		writeError(w, &requestError{http.StatusServiceUnavailable, "this service was started without a table"})
		return
	}
	if rows == required || rows > int64(a.table.Rows()) {
		detail := fmt.Sprintf("rows must be an integer from %d to %d", table.MinRows, a.table.Rows())
		writeError(w, &requestError{http.StatusUnprocessableEntity, detail})
		return
	}
	report, err := a.table.Report(int(rows))
	if err != nil {
		writeError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, report)
}
