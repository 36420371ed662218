// Package table holds rows in memory and reports on them.
package table

import (
	"errors"

	"gonum.org/v1/gonum/mat"
)

const (
	regions = 24
	terms   = 16
	apart   = 0x9e3779b9

	// MinRows is how many rows a report is on at least.
	MinRows = 1000
)

// Group is what a report says of one region.
type Group struct {
	Region     int     `json:"region"`
	Count      int64   `json:"count"`
	TotalCents int64   `json:"total_cents"`
	MeanCents  float64 `json:"mean_cents"`
	MostCents  int64   `json:"most_cents"`
}

// Report is what can be said of rows: amounts by region, and how they follow from the terms by least squares.
type Report struct {
	Rows         int       `json:"rows"`
	Groups       []Group   `json:"groups"`
	Coefficients []float64 `json:"coefficients"`
}

// Table is a table that does not change.
type Table struct {
	regions []uint8
	cents   []float64
	terms   []float64 // row after row
}

// New makes the rows of the contract.
func New(rows int) *Table {
	t := &Table{make([]uint8, rows), make([]float64, rows), make([]float64, rows*terms)}
	for i := range rows {
		id := uint32(i + 1)
		t.regions[i] = uint8(mix(id) % regions)
		cents := 5000 + column(id, terms)%2000
		row := t.terms[i*terms : (i+1)*terms]
		row[0] = 1
		for term := uint32(1); term < terms; term++ {
			value := column(id, term) % 1000
			row[term] = float64(value)
			cents += term * value
		}
		t.cents[i] = float64(cents)
	}
	return t
}

// Rows is how many rows there are.
func (t *Table) Rows() int { return len(t.cents) }

// Report reports on the first rows.
func (t *Table) Report(rows int) (Report, error) {
	coefficients, err := fit(t.terms[:rows*terms], t.cents[:rows])
	return Report{rows, groupsOf(t.regions[:rows], t.cents[:rows]), coefficients}, err
}

func groupsOf(of []uint8, cents []float64) []Group {
	var all [regions]Group
	for i, region := range of {
		group := &all[region]
		amount := int64(cents[i])
		group.Count++
		group.TotalCents += amount
		group.MostCents = max(group.MostCents, amount)
	}
	groups := make([]Group, 0, regions)
	for region, group := range all {
		if group.Count > 0 {
			group.Region = region
			group.MeanCents = float64(group.TotalCents) / float64(group.Count)
			groups = append(groups, group)
		}
	}
	return groups
}

// fit solves the normal equations: the terms are few, and far from depending on each other.
func fit(rows, cents []float64) ([]float64, error) {
	x := mat.NewDense(len(cents), terms, rows)
	var products mat.SymDense
	products.SymOuterK(1, x.T())
	var sums, coefficients mat.VecDense
	sums.MulVec(x.T(), mat.NewVecDense(len(cents), cents))
	var factors mat.Cholesky
	if !factors.Factorize(&products) {
		return nil, errors.New("the terms depend on each other")
	}
	if err := factors.SolveVecTo(&coefficients, &sums); err != nil {
		return nil, err
	}
	return coefficients.RawVector().Data, nil
}

func column(id, number uint32) uint32 { return mix(id + number*apart) }

func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	h ^= h >> 16
	return h
}
