//! The table that reports are made of.

use anyhow::ensure;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};
use serde::Serialize;

pub const ROWS_MIN: usize = 1000;

const REGIONS: usize = 24;
const TERMS: usize = 16;
const APART: u32 = 0x9e37_79b9;

/// Rows that do not change.
#[derive(Debug)]
pub struct Table {
    regions: Vec<u8>,
    cents: Vec<f64>,
    /// Row after row.
    terms: Vec<f64>,
}

/// Amounts by region, and how they follow from the terms by least squares.
#[derive(Debug, Serialize)]
pub struct Report {
    pub rows: usize,
    pub groups: Vec<Group>,
    pub coefficients: Vec<f64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Group {
    pub region: usize,
    pub count: u64,
    pub total_cents: u64,
    pub mean_cents: f64,
    pub most_cents: u64,
}

impl Table {
    /// Makes so many rows by the rule of the contract.
    pub fn new(rows: usize) -> Self {
        let mut table = Self {
            regions: Vec::with_capacity(rows),
            cents: Vec::with_capacity(rows),
            terms: Vec::with_capacity(rows * TERMS),
        };
        for id in (1..).take(rows) {
            table.regions.push((mix(id) % REGIONS as u32) as u8);
            table.terms.push(1.0);
            let mut cents = 5000 + column(id, TERMS as u32) % 2000;
            for term in 1..TERMS as u32 {
                let value = column(id, term) % 1000;
                table.terms.push(f64::from(value));
                cents += term * value;
            }
            table.cents.push(f64::from(cents));
        }
        table
    }

    pub fn rows(&self) -> usize {
        self.cents.len()
    }

    /// Reports on the first `rows` rows.
    pub fn report(&self, rows: usize) -> anyhow::Result<Report> {
        let cents = &self.cents[..rows];
        Ok(Report {
            rows,
            groups: groups(&self.regions[..rows], cents),
            coefficients: fit(&self.terms[..rows * TERMS], cents)?,
        })
    }
}

fn groups(regions: &[u8], cents: &[f64]) -> Vec<Group> {
    let mut groups = vec![Group::default(); REGIONS];
    for (region, cents) in regions.iter().zip(cents) {
        let group = &mut groups[usize::from(*region)];
        let amount = *cents as u64;
        group.count += 1;
        group.total_cents += amount;
        group.most_cents = group.most_cents.max(amount);
    }
    for (region, group) in groups.iter_mut().enumerate() {
        group.region = region;
        group.mean_cents = group.total_cents as f64 / group.count as f64;
    }
    groups.retain(|group| group.count > 0);
    groups
}

/// Solves the normal equations: the terms are few, and far from depending on each other.
fn fit(terms: &[f64], cents: &[f64]) -> anyhow::Result<Vec<f64>> {
    let terms = ArrayView2::from_shape((cents.len(), TERMS), terms)?;
    let products = terms.t().dot(&terms);
    let sums = terms.t().dot(&ArrayView1::from(cents));
    let factor = cholesky(&products)?;
    Ok(solve(&factor, sums).to_vec())
}

/// The lower triangle whose product with its transpose is `products`.
fn cholesky(products: &Array2<f64>) -> anyhow::Result<Array2<f64>> {
    let mut factor = Array2::zeros((TERMS, TERMS));
    for i in 0..TERMS {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| factor[[i, k]] * factor[[j, k]]).sum();
            let rest = products[[i, j]] - known;
            factor[[i, j]] = if i == j {
                ensure!(rest > 0.0, "the terms depend on each other");
                rest.sqrt()
            } else {
                rest / factor[[j, j]]
            };
        }
    }
    Ok(factor)
}

/// Forward through the factor, and back through its transpose.
fn solve(factor: &Array2<f64>, mut values: Array1<f64>) -> Array1<f64> {
    for i in 0..TERMS {
        let known: f64 = (0..i).map(|k| factor[[i, k]] * values[k]).sum();
        values[i] = (values[i] - known) / factor[[i, i]];
    }
    for i in (0..TERMS).rev() {
        let known: f64 = (i + 1..TERMS).map(|k| factor[[k, i]] * values[k]).sum();
        values[i] = (values[i] - known) / factor[[i, i]];
    }
    values
}

fn column(id: u32, number: u32) -> u32 {
    mix(id.wrapping_add(number.wrapping_mul(APART)))
}

fn mix(mut h: u32) -> u32 {
    h ^= h >> 16;
    h = h.wrapping_mul(0x85eb_ca6b);
    h ^= h >> 13;
    h = h.wrapping_mul(0xc2b2_ae35);
    h ^ h >> 16
}
