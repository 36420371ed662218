//! Trees that decide by comparing features with thresholds, and add up.

use std::collections::HashMap;

use anyhow::{Context, ensure};

use super::onnx::Ensemble;

/// Stands in for a feature where a node is a leaf.
const LEAF: usize = usize::MAX;

/// A node of any tree. The children of a node come after it, so that every walk ends.
#[derive(Debug)]
struct Node {
    feature: usize,
    /// The threshold, or what the leaf adds.
    value: f32,
    /// Where to go on: at or below the threshold, and above it.
    children: [usize; 2],
}

#[derive(Debug)]
pub struct Trees {
    nodes: Vec<Node>,
    roots: Vec<usize>,
}

impl Trees {
    /// Takes trees of which every leaf adds to the score of one class, as those of two classes do.
    pub fn new(ensemble: &Ensemble, features: usize) -> anyhow::Result<Self> {
        ensure!(
            ensemble.integers("classlabels_int64s")? == [0, 1]
                && ensemble.integers("class_ids")?.iter().all(|id| *id == 0),
            "its trees are not of the two classes 0 and 1"
        );
        ensure!(
            ensemble.text("post_transform")? == b"LOGISTIC",
            "its scores are not made probabilities by the logistic function"
        );
        let nodes = nodes(ensemble, features)?;
        let mut roots = vec![true; nodes.len()];
        for child in nodes.iter().flat_map(|node| node.children) {
            roots[child] = child == 0; // of leaves, which is itself no child
        }
        let roots = (0..nodes.len()).filter(|place| roots[*place]).collect();
        Ok(Self { nodes, roots })
    }

    /// The sum of what the trees say of a row, which has the features that were asked for.
    pub fn sum(&self, row: &[f32]) -> f32 {
        self.roots.iter().map(|root| self.leaf(*root, row)).sum()
    }

    fn leaf(&self, root: usize, row: &[f32]) -> f32 {
        let mut node = &self.nodes[root];
        while node.feature != LEAF {
            let above = row[node.feature] > node.value;
            node = &self.nodes[node.children[usize::from(above)]];
        }
        node.value
    }
}

fn nodes(ensemble: &Ensemble, features: usize) -> anyhow::Result<Vec<Node>> {
    let names = Names::new(ensemble)?;
    let weights = weights(ensemble)?;
    let modes = ensemble.texts("nodes_modes")?;
    let of_features = ensemble.integers("nodes_featureids")?;
    let thresholds = ensemble.floats("nodes_values")?;
    let ways = [
        ensemble.integers("nodes_truenodeids")?,
        ensemble.integers("nodes_falsenodeids")?,
    ];
    let lengths = [modes.len(), of_features.len(), thresholds.len()];
    ensure!(
        lengths
            .into_iter()
            .chain(ways.map(<[i64]>::len))
            .all(|length| length == names.nodes.len()),
        "its lists of nodes differ in length"
    );
    let node = |place: usize| {
        let (tree, id) = names.nodes[place];
        if modes[place] == b"LEAF" {
            let weight = weights.get(&(tree, id));
            return Ok(Node {
                feature: LEAF,
                value: *weight
                    .with_context(|| format!("leaf {id} of tree {tree} has no weight"))?,
                children: [0, 0],
            });
        }
        ensure!(
            modes[place] == b"BRANCH_LEQ",
            "node {id} of tree {tree} is neither LEAF nor BRANCH_LEQ"
        );
        let feature = usize::try_from(of_features[place]).ok();
        let child = |way: &[i64]| names.place_after(place, (tree, way[place]));
        Ok(Node {
            feature: feature
                .filter(|feature| *feature < features)
                .with_context(|| format!("node {id} of tree {tree} has an unknown feature"))?,
            value: thresholds[place],
            children: [child(ways[0])?, child(ways[1])?],
        })
    };
    (0..names.nodes.len()).map(node).collect()
}

/// What nodes are called: a tree and a number in it.
struct Names {
    nodes: Vec<(i64, i64)>,
    places: HashMap<(i64, i64), usize>,
}

impl Names {
    fn new(ensemble: &Ensemble) -> anyhow::Result<Self> {
        let trees = ensemble.integers("nodes_treeids")?.iter().copied();
        let ids = ensemble.integers("nodes_nodeids")?.iter().copied();
        let nodes: Vec<_> = trees.zip(ids).collect();
        let places = nodes.iter().copied().zip(0..).collect();
        Ok(Self { nodes, places })
    }

    fn place_after(&self, place: usize, name: (i64, i64)) -> anyhow::Result<usize> {
        let found = self.places.get(&name).copied();
        found.filter(|found| *found > place).with_context(|| {
            let (tree, id) = name;
            format!("node {id} of tree {tree} does not come after its parent")
        })
    }
}

fn weights(ensemble: &Ensemble) -> anyhow::Result<HashMap<(i64, i64), f32>> {
    let trees = ensemble.integers("class_treeids")?.iter().copied();
    let ids = ensemble.integers("class_nodeids")?.iter().copied();
    let weights = ensemble.floats("class_weights")?.iter().copied();
    Ok(trees.zip(ids).zip(weights).collect())
}
