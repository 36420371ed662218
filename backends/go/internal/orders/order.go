// Package orders places orders in PostgreSQL and reads them back. It knows nothing of HTTP.
package orders

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	// MaxID is the highest id a JSON number carries exactly.
	MaxID = 1<<53 - 1

	maxCustomerLength = 100
	maxLines          = 20
	maxQuantity       = 100
)

// What is wrong with a field, whether its type or its value.
var (
	ErrCustomer = errors.New("customer must be a string of 1 to 100 characters, none of them NUL")
	ErrLines    = errors.New("lines must be an array of 1 to 20 objects")
	ErrItemID   = errors.New("item_id must be an integer from 1 to 9007199254740991")
	ErrQuantity = errors.New("quantity must be an integer from 1 to 100")
)

// Why a good draft is not placed, or an order not read.
var (
	ErrNoSuchItem  = errors.New("an item of the order does not exist")
	ErrOutOfStock  = errors.New("the stock is too low")
	ErrNoSuchOrder = errors.New("there is no such order")
	ErrUnavailable = errors.New("the database cannot answer")
)

// Draft is an order as a client sends it.
type Draft struct {
	Customer string
	Lines    []DraftLine
}

// DraftLine is what is wanted of one item.
type DraftLine struct {
	ItemID   int64
	Quantity int32
}

// Order is one that has been placed.
type Order struct {
	ID         int64  `json:"id"`
	Customer   string `json:"customer"`
	TotalCents int64  `json:"total_cents"`
	Lines      []Line `json:"lines"`
}

// Line is one item of an order, at the price it had when the order was placed.
type Line struct {
	ItemID     int64 `json:"item_id"`
	Quantity   int32 `json:"quantity"`
	PriceCents int32 `json:"price_cents"`
}

// Validate returns what is wrong with the first field that breaks its rule.
func (d Draft) Validate() error {
	if length := utf8.RuneCountInString(d.Customer); length < 1 || length > maxCustomerLength {
		return ErrCustomer
	}
	if strings.ContainsRune(d.Customer, 0) { // The one character that PostgreSQL's text cannot hold.
		return ErrCustomer
	}
	if len(d.Lines) < 1 || len(d.Lines) > maxLines {
		return ErrLines
	}
	seen := make(map[int64]bool, len(d.Lines))
	for _, line := range d.Lines {
		if line.ItemID < 1 || line.ItemID > MaxID {
			return ErrItemID
		}
		if line.Quantity < 1 || line.Quantity > maxQuantity {
			return ErrQuantity
		}
		if seen[line.ItemID] {
			return fmt.Errorf("item %d is in the order twice", line.ItemID)
		}
		seen[line.ItemID] = true
	}
	return nil
}
