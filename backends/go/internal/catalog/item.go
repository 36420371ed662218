// Package catalog holds the items: what a good one is, the seed, and the store they live in. It knows nothing of HTTP.
package catalog

import (
	"errors"
	"unicode/utf8"
)

const (
	// MaxID is the highest id a JSON number carries exactly.
	MaxID = 1<<53 - 1

	maxNameLength = 200
	maxPriceCents = 100_000_000
	maxStock      = 1_000_000
	maxTags       = 8
	maxTagLength  = 32
)

// What is wrong with a field, whether its type or its value.
var (
	ErrName       = errors.New("name must be a string of 1 to 200 characters")
	ErrPriceCents = errors.New("price_cents must be an integer from 0 to 100000000")
	ErrStock      = errors.New("stock must be an integer from 0 to 1000000")
	ErrTags       = errors.New("tags must be an array of at most 8 strings of 1 to 32 characters each")
)

// Draft is an item without its id: what a client sends.
type Draft struct {
	Name       string   `json:"name"`
	PriceCents int64    `json:"price_cents"`
	Stock      int64    `json:"stock"`
	Tags       []string `json:"tags"`
}

// Item is immutable once it is in a Store, so that readers may share it.
type Item struct {
	ID int64 `json:"id"`
	Draft
}

// Validate returns what is wrong with the first field that breaks its rule.
func (d Draft) Validate() error {
	if !lengthWithin(d.Name, maxNameLength) {
		return ErrName
	}
	if d.PriceCents < 0 || d.PriceCents > maxPriceCents {
		return ErrPriceCents
	}
	if d.Stock < 0 || d.Stock > maxStock {
		return ErrStock
	}
	if len(d.Tags) > maxTags {
		return ErrTags
	}
	for _, tag := range d.Tags {
		if !lengthWithin(tag, maxTagLength) {
			return ErrTags
		}
	}
	return nil
}

func lengthWithin(s string, most int) bool {
	return s != "" && utf8.RuneCountInString(s) <= most
}
