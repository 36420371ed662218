// Package series describes a series of numbers: its moments, its percentiles and its histogram.
package series

import (
	"math"
	"slices"
)

const bins = 20

// Summary is what Summarize finds.
type Summary struct {
	Count     int       `json:"count"`
	Mean      float64   `json:"mean"`
	Stdev     float64   `json:"stdev"`
	Min       float64   `json:"min"`
	Max       float64   `json:"max"`
	P50       float64   `json:"p50"`
	P95       float64   `json:"p95"`
	P99       float64   `json:"p99"`
	Histogram [bins]int `json:"histogram"`
}

// Summarize describes values, of which there must be at least one, and leaves them sorted.
func Summarize(values []float64) Summary {
	slices.Sort(values)
	mean := meanOf(values)
	return Summary{
		Count:     len(values),
		Mean:      mean,
		Stdev:     stdevOf(values, mean),
		Min:       values[0],
		Max:       values[len(values)-1],
		P50:       percentileOf(values, 0.50),
		P95:       percentileOf(values, 0.95),
		P99:       percentileOf(values, 0.99),
		Histogram: histogramOf(values),
	}
}

func meanOf(values []float64) float64 {
	var sum float64
	for _, value := range values {
		sum += value
	}
	return sum / float64(len(values))
}

// stdevOf is the population's: it divides by the count. The second sum would be zero in exact arithmetic; taking its
// square off corrects what rounding did to the mean.
func stdevOf(values []float64, mean float64) float64 {
	var squares, deviations float64
	for _, value := range values {
		deviation := value - mean
		squares += deviation * deviation
		deviations += deviation
	}
	n := float64(len(values))
	return math.Sqrt(max(0, squares-deviations*deviations/n) / n)
}

// percentileOf interpolates between the two sorted values nearest to rank (n-1)p.
func percentileOf(sorted []float64, p float64) float64 {
	below, share := math.Modf(float64(len(sorted)-1) * p)
	low := sorted[int(below)]
	if share == 0 {
		return low
	}
	return low + share*(sorted[int(below)+1]-low)
}

// histogramOf counts the sorted values in bins of equal width; the maximum is in the last, and if all are equal, all
// are in the first.
func histogramOf(sorted []float64) [bins]int {
	var counts [bins]int
	least := sorted[0]
	width := sorted[len(sorted)-1] - least
	if width == 0 {
		counts[0] = len(sorted)
		return counts
	}
	for _, value := range sorted {
		counts[min(bins-1, int((value-least)/width*bins))]++
	}
	return counts
}
