package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"

	"twofold/backends/go/internal/orders"
)

// databaseLog keeps a database that is down from filling the log.
var databaseLog = rate.Sometimes{Interval: time.Second}

func (a *API) PlaceOrder(w http.ResponseWriter, r *http.Request) {
	draft, err := readOrder(w, r)
	if err != nil {
		writeError(w, err)
		return
	}
	if a.orders == nil {
		writeError(w, errNoDatabase)
		return
	}
	order, err := a.orders.Place(r.Context(), draft)
	if err != nil {
		writeError(w, orderError(err))
		return
	}
	w.Header().Set("Location", "/orders/"+strconv.FormatInt(order.ID, 10))
	writeJSON(w, http.StatusCreated, order)
}

func (a *API) GetOrder(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r)
	if err != nil {
		writeError(w, err)
		return
	}
	if a.orders == nil {
		writeError(w, errNoDatabase)
		return
	}
	order, err := a.orders.Get(r.Context(), id)
	if err != nil {
		writeError(w, orderError(err))
		return
	}
	writeJSON(w, http.StatusOK, order)
}

var errNoDatabase = &requestError{http.StatusServiceUnavailable, "this service was started without a database"}

func orderError(err error) error {
	switch {
	case errors.Is(err, orders.ErrNoSuchItem):
		return &requestError{http.StatusUnprocessableEntity, err.Error()}
	case errors.Is(err, orders.ErrOutOfStock):
		return &requestError{http.StatusConflict, err.Error()}
	case errors.Is(err, orders.ErrNoSuchOrder):
		return &requestError{http.StatusNotFound, err.Error()}
	case errors.Is(err, orders.ErrUnavailable):
		databaseLog.Do(func() { log.Print(err) })
		return &requestError{http.StatusServiceUnavailable, orders.ErrUnavailable.Error()}
	}
	return err
}

func readOrder(w http.ResponseWriter, r *http.Request) (orders.Draft, error) {
	fields, err := readObject(w, r)
	if err != nil {
		return orders.Draft{}, err
	}
	draft, err := decodeOrder(fields)
	if err == nil {
		err = draft.Validate()
	}
	if err != nil {
		return orders.Draft{}, &requestError{http.StatusUnprocessableEntity, err.Error()}
	}
	return draft, nil
}

func decodeOrder(fields map[string]json.RawMessage) (orders.Draft, error) {
	if err := requireFields(fields, "customer", "lines"); err != nil {
		return orders.Draft{}, err
	}
	var draft orders.Draft
	for key, raw := range fields {
		var ok bool
		var wrong error
		switch key {
		case "customer":
			draft.Customer, ok = decodeValue[string](raw)
			wrong = orders.ErrCustomer
		case "lines":
			var err error
			draft.Lines, err = decodeLines(raw)
			ok, wrong = err == nil, err
		default:
			wrong = fmt.Errorf("%q is not a field of an order", key)
		}
		if !ok {
			return orders.Draft{}, wrong
		}
	}
	return draft, nil
}

func decodeLines(raw json.RawMessage) ([]orders.DraftLine, error) {
	elements, ok := decodeValue[[]map[string]json.RawMessage](raw)
	if !ok {
		return nil, orders.ErrLines
	}
	lines := make([]orders.DraftLine, len(elements))
	for i, fields := range elements {
		if fields == nil {
			return nil, orders.ErrLines
		}
		var err error
		if lines[i], err = decodeLine(fields); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

func decodeLine(fields map[string]json.RawMessage) (orders.DraftLine, error) {
	if err := requireFields(fields, "item_id", "quantity"); err != nil {
		return orders.DraftLine{}, err
	}
	var line orders.DraftLine
	for key, raw := range fields {
		var ok bool
		var wrong error
		switch key {
		case "item_id":
			line.ItemID, ok = decodeValue[int64](raw)
			wrong = orders.ErrItemID
		case "quantity":
			line.Quantity, ok = decodeValue[int32](raw)
			wrong = orders.ErrQuantity
		default:
			wrong = fmt.Errorf("%q is not a field of a line", key)
		}
		if !ok {
			return orders.DraftLine{}, wrong
		}
	}
	return line, nil
}
