package series

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

func TestSummariesWorkedOutByHand(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   Summary
	}{
		{[]float64{7}, Summary{1, 7, 0, 7, 7, 7, 7, 7, [bins]int{0: 1}}},
		{[]float64{-3, -3, -3}, Summary{3, -3, 0, -3, -3, -3, -3, -3, [bins]int{0: 3}}},
		{[]float64{0.1, 0.1, 0.1}, Summary{3, 0.1, 0, 0.1, 0.1, 0.1, 0.1, 0.1, [bins]int{0: 3}}},
		{[]float64{1, 0}, Summary{2, 0.5, 0.5, 0, 1, 0.5, 0.95, 0.99, [bins]int{0: 1, 19: 1}}},
		{[]float64{4, 2, 4, 5, 4, 5, 7, 9}, Summary{8, 5, 2, 2, 9, 4.5, 8.3, 8.86, [bins]int{0: 1, 5: 3, 8: 2, 14: 1, 19: 1}}},
	} {
		got := Summarize(test.values)
		for _, pair := range [][2]float64{
			{got.Mean, test.want.Mean}, {got.Stdev, test.want.Stdev}, {got.P50, test.want.P50}, {got.P95, test.want.P95}, {got.P99, test.want.P99},
		} {
			if math.Abs(pair[0]-pair[1]) > 1e-9 {
				t.Errorf("%v: %+v, want %+v", test.values, got, test.want)
			}
		}
		if got.Count != test.want.Count || got.Min != test.want.Min || got.Max != test.want.Max || got.Histogram != test.want.Histogram {
			t.Errorf("%v: %+v, want %+v", test.values, got, test.want)
		}
	}
}

// Around a large mean, subtracting the square of the mean from the mean of the squares would leave nothing but rounding.
func TestTheDeviationIsStableAroundALargeMean(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	values := make([]float64, 200_000)
	for i := range values {
		values[i] = 999_999_000 + random.Float64()
	}
	mean, stdev := exactMoments(values)
	got := Summarize(values)
	if math.Abs(got.Mean-mean) > 1e-9*1e9 || math.Abs(got.Stdev-stdev) > 1e-6 {
		t.Errorf("mean %v, stdev %v, want %v, %v", got.Mean, got.Stdev, mean, stdev)
	}
}

func exactMoments(values []float64) (mean, stdev float64) {
	exact := func(value float64) *big.Float { return new(big.Float).SetPrec(400).SetFloat64(value) }
	n, sum, squares := exact(float64(len(values))), exact(0), exact(0)
	for _, value := range values {
		sum.Add(sum, exact(value))
		squares.Add(squares, new(big.Float).Mul(exact(value), exact(value)))
	}
	bigMean := new(big.Float).Quo(sum, n)
	variance := new(big.Float).Quo(squares, n)
	variance.Sub(variance, new(big.Float).Mul(bigMean, bigMean))
	mean, _ = bigMean.Float64()
	stdev, _ = new(big.Float).Sqrt(variance).Float64()
	return mean, stdev
}

func TestEveryValueIsCountedOnceInTheHistogram(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		values := make([]float64, 1+random.IntN(300))
		for i := range values {
			values[i] = math.Ldexp(random.Float64()-0.5, random.IntN(60)-30)
		}
		var total int
		got := Summarize(values)
		for _, count := range got.Histogram {
			total += count
		}
		if total != len(values) || got.Histogram[bins-1] == 0 && got.Min != got.Max {
			t.Fatalf("%d of %d values are counted: %v", total, len(values), got.Histogram)
		}
	}
}

func TestValuesThatDifferByTheLeastPossibleHaveAHistogram(t *testing.T) {
	got := Summarize([]float64{0, math.SmallestNonzeroFloat64})
	if got.Histogram[0] != 1 || got.Histogram[bins-1] != 1 {
		t.Errorf("%v", got.Histogram)
	}
}
