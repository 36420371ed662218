const BINS = 20

/** Count, mean, spread, percentiles and histogram of at least one number. */
export function summarize(numbers) {
  const values = Float64Array.from(numbers).sort()
  const count = values.length
  const [min, max] = [values[0], values[count - 1]]
  return {
    count,
    ...meanAndStdev(values),
    min,
    max,
    p50: percentile(values, 0.5),
    p95: percentile(values, 0.95),
    p99: percentile(values, 0.99),
    histogram: histogram(values, min, max),
  }
}

// Two passes, of which the second also sees how far off the first one's mean is.
function meanAndStdev(values) {
  let sum = 0
  for (const value of values) sum += value
  const roughMean = sum / values.length

  let deviations = 0
  let squares = 0
  for (const value of values) {
    const deviation = value - roughMean
    deviations += deviation
    squares += deviation * deviation
  }
  const correction = deviations / values.length
  const variance = squares / values.length - correction * correction
  return { mean: roughMean + correction, stdev: Math.sqrt(Math.max(variance, 0)) }
}

function percentile(sorted, share) {
  const rank = (sorted.length - 1) * share
  const below = Math.floor(rank)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (rank - below) * (sorted[above] - sorted[below])
}

function histogram(values, min, max) {
  const counts = new Array(BINS).fill(0)
  if (min === max) {
    counts[0] = values.length
    return counts
  }
  const width = max - min
  for (const value of values) {
    const bin = Math.floor(((value - min) / width) * BINS)
    counts[Math.min(bin, BINS - 1)]++
  }
  return counts
}
