//! A series of numbers, and what can be said of it.

use serde::{Deserialize, Serialize};

use crate::json_body::{self, InvalidBody};

const COUNT_MAX: usize = 200_000;
const MAGNITUDE_MAX: f64 = 1e9;
const BINS: usize = 20;

/// At least one number, ascending.
#[derive(Debug)]
pub struct Series {
    sorted: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeriesBody {
    values: Vec<f64>,
}

#[derive(Debug, PartialEq, Serialize)]
pub struct Summary {
    pub count: usize,
    pub mean: f64,
    pub stdev: f64,
    pub min: f64,
    pub max: f64,
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    pub histogram: [usize; BINS],
}

impl Series {
    /// Reads and checks a request body.
    pub fn from_json(body: &[u8]) -> Result<Self, InvalidBody> {
        let SeriesBody { mut values } = json_body::parse(body)?;
        if !(1..=COUNT_MAX).contains(&values.len()) {
            return Err(InvalidBody::Wrong(format!(
                "There must be 1 to {COUNT_MAX} values."
            )));
        }
        if values.iter().any(|value| value.abs() > MAGNITUDE_MAX) {
            return Err(InvalidBody::Wrong(format!(
                "A value must be from -{MAGNITUDE_MAX} to {MAGNITUDE_MAX}."
            )));
        }
        values.sort_unstable_by(f64::total_cmp);
        Ok(Self { sorted: values })
    }

    pub fn summary(&self) -> Summary {
        let mean = self.mean();
        Summary {
            count: self.sorted.len(),
            mean,
            stdev: self.stdev(mean),
            min: self.min(),
            max: self.max(),
            p50: self.percentile(0.50),
            p95: self.percentile(0.95),
            p99: self.percentile(0.99),
            histogram: self.histogram(),
        }
    }

    fn min(&self) -> f64 {
        self.sorted[0]
    }

    fn max(&self) -> f64 {
        self.sorted[self.sorted.len() - 1]
    }

    fn mean(&self) -> f64 {
        self.sorted.iter().sum::<f64>() / self.sorted.len() as f64
    }

    /// Of the population: divided by the count. The deviations would add up to zero in exact
    /// arithmetic; their square corrects what rounding did to the mean.
    fn stdev(&self, mean: f64) -> f64 {
        let count = self.sorted.len() as f64;
        let (squares, deviations) =
            self.sorted
                .iter()
                .fold((0.0, 0.0), |(squares, deviations), value| {
                    let deviation = value - mean;
                    (squares + deviation * deviation, deviations + deviation)
                });
        ((squares - deviations * deviations / count).max(0.0) / count).sqrt()
    }

    /// Interpolated between the two values nearest to rank (n - 1) x `share`.
    fn percentile(&self, share: f64) -> f64 {
        let rank = (self.sorted.len() - 1) as f64 * share;
        let below = self.sorted[rank.floor() as usize];
        let above = self.sorted[rank.ceil() as usize];
        below + rank.fract() * (above - below)
    }

    /// Counts in bins of equal width. The maximum is in the last bin; if all values are equal, all
    /// are in the first.
    fn histogram(&self) -> [usize; BINS] {
        let mut counts = [0; BINS];
        let width = self.max() - self.min();
        if width == 0.0 {
            counts[0] = self.sorted.len();
            return counts;
        }
        for value in &self.sorted {
            let bin = ((value - self.min()) / width * BINS as f64) as usize;
            counts[bin.min(BINS - 1)] += 1;
        }
        counts
    }
}
