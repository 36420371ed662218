const BINS = 20

/** At least one number in a few. */
export function summarize(numbers) {
  const sorted = new Float64Array(numbers).sort()
  const count = sorted.length
  const min = sorted[0]
  const max = sorted[count - 1]
  const mean = meanOf(sorted)

  let squares = 0
  const histogram = new Array(BINS).fill(0)
  for (let i = 0; i < count; i++) {
    squares += (sorted[i] - mean) ** 2
    // Where all are equal this is 0 / 0, and | 0 makes the first bin of it.
    const bin = (((sorted[i] - min) / (max - min)) * BINS) | 0
    histogram[bin < BINS ? bin : BINS - 1]++
  }

  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share))
  return { count, mean, stdev: Math.sqrt(squares / count), min, max, p50, p95, p99, histogram }
}

/** Kahan's sum, which does not lose what is small beside it. */
function meanOf(values) {
  let sum = 0
  let lost = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] - lost
    const next = sum + value
    lost = next - sum - value
    sum = next
  }
  return sum / values.length
}

function percentile(sorted, share) {
  const rank = (sorted.length - 1) * share
  const below = sorted[Math.floor(rank)]
  const above = sorted[Math.ceil(rank)]
  return below + (rank % 1) * (above - below)
}
