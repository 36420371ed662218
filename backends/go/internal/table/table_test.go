package table

import (
	"math"
	"testing"
)

func TestGroupsAddUpToTheFirstRows(t *testing.T) {
	table := New(3000)
	report, err := table.Report(1500)
	if err != nil || report.Rows != 1500 || len(report.Groups) != regions {
		t.Fatal(report, err)
	}
	var count, total int64
	for i, group := range report.Groups {
		if group.Region != i || group.MeanCents != float64(group.TotalCents)/float64(group.Count) {
			t.Error(group)
		}
		count += group.Count
		total += group.TotalCents
		for row := range 1500 {
			if int(table.regions[row]) == i && int64(table.cents[row]) > group.MostCents {
				t.Errorf("row %d has more than the most of region %d", row, i)
			}
		}
	}
	var want int64
	for _, cents := range table.cents[:1500] {
		want += int64(cents)
	}
	if count != 1500 || total != want {
		t.Errorf("%d rows, %d cents, want %d", count, total, want)
	}
}

// What least squares leave over is at a right angle to every term.
func TestCoefficientsLeaveNothingThatATermExplains(t *testing.T) {
	table := New(3000)
	report, err := table.Report(3000)
	if err != nil {
		t.Fatal(err)
	}
	var left [terms]float64
	for row := range 3000 {
		x := table.terms[row*terms : (row+1)*terms]
		rest := table.cents[row]
		for i, coefficient := range report.Coefficients {
			rest -= coefficient * x[i]
		}
		for i := range left {
			left[i] += x[i] * rest / 3000
		}
	}
	for i, rest := range left {
		if math.Abs(rest) > 1e-3 {
			t.Errorf("term %d leaves %v", i, rest)
		}
	}
}
